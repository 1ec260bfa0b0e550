package torchparity.engine.oplog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Dtype;
import torchparity.cases.LogWindow;
import torchparity.cases.OpLogWriter;
import torchparity.cases.OpRecord;
import torchparity.engine.tensor.Arguments;
import torchparity.engine.tensor.Interceptor;
import torchparity.engine.tensor.Op;
import torchparity.engine.tensor.Parameter;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;

/**
 * Logs the operations of one case instance, as its caller sees them: what an operation calls in
 * turn is not logged. Tensors from before the window appear as {@link OpRecord#GIVEN}.
 */
public final class OpLogger implements Interceptor, Closeable {
  private static final String BACKWARD = "backward";

  private final OpLogWriter writer;
  private final LogWindow window;
  private final Supplier<Optional<CallSite>> caller;
  private final Map<Tensor, Integer> lines = new HashMap<>(); // a tensor equals itself alone
  private boolean inside;
  private int backwards;

  /**
   * A logger.
   *
   * @param folder the trace folder
   * @param window which part of the run to log
   * @param caller asked at each operation where it was called
   */
  public OpLogger(Path folder, LogWindow window, Supplier<Optional<CallSite>> caller)
      throws IOException {
    this.writer = new OpLogWriter(folder);
    this.window = window;
    this.caller = caller;
  }

  /** A logger that finds callers on the Java stack. */
  public static OpLogger ofJava(Path folder, LogWindow window) throws IOException {
    return new OpLogger(folder, window, CallSite::ofJava);
  }

  @Override
  public Tensor around(Op op, Arguments arguments, Supplier<Tensor> proceed) {
    if (inside) {
      return proceed.get();
    }
    inside = true;
    try {
      return window.contains(backwards) ? logged(op, arguments, proceed) : proceed.get();
    } finally {
      inside = false;
      backwards += op.name().equals(BACKWARD) ? 1 : 0;
    }
  }

  /** Logs that {@code tensor} was recorded as the probe {@code name}. */
  public void probe(String name, Tensor tensor) {
    if (window.contains(backwards)) {
      JsonNode text = JsonNodeFactory.instance.textNode(name);
      append(call(OpRecord.PROBE, List.of(line(tensor)), Map.of("name", text), null), null);
    }
  }

  private Tensor logged(Op op, Arguments arguments, Supplier<Tensor> proceed) {
    List<JsonNode> inputs = new ArrayList<>();
    Map<String, JsonNode> attributes = new LinkedHashMap<>();
    sort(op, arguments, inputs, attributes);
    Tensor result;
    try {
      result = proceed.get();
    } catch (RuntimeException e) {
      append(call(op.name(), inputs, attributes, String.valueOf(e.getMessage())), null);
      throw e;
    }
    OpRecord record = call(op.name(), inputs, attributes, null);
    if (result.isDefined()) {
      lines.put(result, append(record, result));
    } else {
      append(record, null);
    }
    return result;
  }

  private void sort(
      Op op, Arguments arguments, List<JsonNode> inputs, Map<String, JsonNode> attributes) {
    for (int i = 0; i < op.parameters().size(); i++) {
      Parameter parameter = op.parameters().get(i);
      Object value = arguments.get(i);
      if (value instanceof Tensor tensor) {
        inputs.add(line(tensor));
      } else if (value instanceof List<?> list && holdsTensors(list)) {
        list.forEach(item -> inputs.add(line((Tensor) item)));
      } else if (value instanceof Number number && parameter.isPiped()) {
        inputs.add(JsonNodeFactory.instance.objectNode().set("number", json(number)));
      } else if (value != null) {
        attributes.put(parameter.name(), json(value));
      }
    }
  }

  private static boolean holdsTensors(List<?> list) {
    return !list.isEmpty() && list.get(0) instanceof Tensor;
  }

  private static JsonNode json(Object value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (value instanceof Double || value instanceof Float) {
      return json.numberNode(((Number) value).doubleValue());
    } else if (value instanceof Number number) {
      return json.numberNode(number.longValue());
    } else if (value instanceof Boolean flag) {
      return json.booleanNode(flag);
    } else if (value instanceof Dtype dtype) {
      return json.textNode(dtype.torchName());
    } else if (value instanceof List<?> list) {
      var array = json.arrayNode();
      list.forEach(item -> array.add(json(item)));
      return array;
    }
    return json.textNode(value.toString());
  }

  private JsonNode line(Tensor tensor) {
    Integer known = lines.get(tensor);
    if (known == null) {
      known = append(call(OpRecord.GIVEN, List.of(), Map.of(), null), tensor);
      lines.put(tensor, known);
    }
    return JsonNodeFactory.instance.numberNode(known);
  }

  private OpRecord call(
      String op, List<JsonNode> inputs, Map<String, JsonNode> attributes, @Nullable String error) {
    Optional<CallSite> site = caller.get();
    return new OpRecord(
        op,
        inputs,
        attributes,
        !Torch.isGradEnabled(),
        false,
        null,
        null,
        null,
        null,
        site.map(CallSite::file).orElse(null),
        site.map(CallSite::line).orElse(null),
        error);
  }

  private int append(OpRecord call, @Nullable Tensor result) {
    try {
      return result == null
          ? writer.append(call, null)
          : writer.append(call.asLeaf(result.isLeafWithGrad()), result.toHost());
    } catch (IOException e) {
      throw new UncheckedIOException("the op log cannot be written", e);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
