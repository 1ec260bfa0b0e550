package torchparity.cases;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One line of an op log: an operation that a port carried out, in the order of time. The number of
 * the line, from 0, names the result in the inputs of later lines.
 *
 * @param op PyTorch's name of the operation; {@link #GIVEN} for a tensor from before the log began,
 *     {@link #PROBE} where a tensor was recorded
 * @param inputs the tensors among the arguments, in order: the number of the line that made it, or
 *     {@code {"number": 0.1}} where a plain number stands in a tensor's place
 * @param attributes the other arguments, by name
 * @param noGrad whether autograd was off
 * @param leaf whether the result is a leaf that requires a gradient
 * @param dtype PyTorch's name of the result's dtype; null if there is no result
 * @param shape dimensions of the result
 * @param digest the first 128 bits of the SHA-256 of the result's elements, row-major and
 *     little-endian, in hexadecimal
 * @param at where those bytes begin in {@code ops.bin}; null for more than {@link #MOST_BYTES}
 * @param file source file of the call, as people know it
 * @param line line of the call, from 1
 * @param error why the operation failed, if it did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OpRecord(
    String op,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<JsonNode> inputs,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, JsonNode> attributes,
    @JsonProperty("no_grad") @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean noGrad,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean leaf,
    @Nullable String dtype,
    @Nullable List<Long> shape,
    @Nullable String digest,
    @Nullable Long at,
    @Nullable String file,
    @Nullable Integer line,
    @Nullable String error) {
  /** A tensor that existed before the log began, or came from elsewhere. */
  public static final String GIVEN = "given";

  /** A tensor was recorded; the attribute {@code name} says as which probe. */
  public static final String PROBE = "probe";

  /** Attribute of an operation that a replay did not know, and took the value of from the log. */
  public static final String OPAQUE = "opaque";

  /** Larger values are known by their digest alone. */
  public static final int MOST_BYTES = 1 << 16;

  public OpRecord {
    if (op == null) {
      throw new IllegalArgumentException("'op' is missing");
    }
    inputs = inputs == null ? List.of() : List.copyOf(inputs);
    attributes =
        attributes == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    shape = shape == null ? null : List.copyOf(shape);
  }

  /** A call without a result yet, from nowhere in particular. */
  public static OpRecord of(String op, List<JsonNode> inputs, Map<String, JsonNode> attributes) {
    return new OpRecord(
        op, inputs, attributes, false, false, null, null, null, null, null, null, null);
  }

  /** This record of a result that is, or is not, a leaf that requires a gradient. */
  public OpRecord asLeaf(boolean isLeaf) {
    return new OpRecord(
        op, inputs, attributes, noGrad, isLeaf, dtype, shape, digest, at, file, line, error);
  }

  /** This call on other inputs. */
  public OpRecord withInputs(List<JsonNode> others) {
    return new OpRecord(
        op, others, attributes, noGrad, leaf, dtype, shape, digest, at, file, line, error);
  }

  /** This call with other arguments that are no tensors. */
  public OpRecord withAttributes(Map<String, JsonNode> others) {
    return new OpRecord(
        op, inputs, others, noGrad, leaf, dtype, shape, digest, at, file, line, error);
  }

  /** This record in a log that does not keep its value. */
  public OpRecord withoutValue() {
    return new OpRecord(
        op, inputs, attributes, noGrad, leaf, dtype, shape, digest, null, file, line, error);
  }

  /** This call with autograd off. */
  public OpRecord withoutGrad() {
    return new OpRecord(
        op, inputs, attributes, true, leaf, dtype, shape, digest, at, file, line, error);
  }

  /** This call from another place. */
  public OpRecord at(@Nullable String otherFile, @Nullable Integer otherLine) {
    return new OpRecord(
        op,
        inputs,
        attributes,
        noGrad,
        leaf,
        dtype,
        shape,
        digest,
        at,
        otherFile,
        otherLine,
        error);
  }

  /** The same result as a stack of one-element results, without history. */
  public OpRecord asStackOf(List<JsonNode> scalars) {
    return new OpRecord(
        "stack", scalars, Map.of(), true, false, dtype, shape, digest, null, file, line, null);
  }

  /** This record of an operation that a replay does not know: its value comes from the log. */
  public OpRecord opaque() {
    Map<String, JsonNode> marked = new LinkedHashMap<>(attributes);
    marked.put(OPAQUE, BooleanNode.TRUE);
    return new OpRecord(
        op, inputs, marked, noGrad, leaf, dtype, shape, digest, at, file, line, error);
  }

  @JsonIgnore
  public boolean isOpaque() {
    return attributes.containsKey(OPAQUE);
  }

  /** This call, failed. */
  public OpRecord failed(String problem) {
    return new OpRecord(
        op, inputs, attributes, noGrad, leaf, null, null, null, null, file, line, problem);
  }

  /** True if the operation left a tensor. */
  @JsonIgnore
  public boolean hasResult() {
    return digest != null;
  }

  /** The line that made input {@code i}; empty if that is a plain number, or there is none. */
  public OptionalInt source(int i) {
    if (i >= inputs.size()) {
      return OptionalInt.empty();
    }
    JsonNode input = inputs.get(i);
    return input.isInt() ? OptionalInt.of(input.intValue()) : OptionalInt.empty();
  }

  /** The lines that made the inputs. */
  public IntStream sources() {
    return inputs.stream().filter(JsonNode::isInt).mapToInt(JsonNode::intValue);
  }

  /** {@code file:line}, or what is known of it. */
  @JsonIgnore
  public String place() {
    return file == null ? "" : line == null ? file : file + ":" + line;
  }
}
