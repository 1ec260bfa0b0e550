package torchparity.harness.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import torchparity.cases.HostTensor;
import torchparity.cases.OpRecord;

/**
 * Numbers that leave torch and come back: a program reads the loss of each epoch, and makes a
 * tensor of them at the end. A replay has to make it of the replayed losses.
 */
final class Outside {
  private static final Set<String> CREATIONS = Set.of("arange", "linspace", "full", "tensor");

  private final OpGraph graph;

  /** Results with one element, by their value's bits: the line that made it. */
  private final Map<Long, Integer> scalars = new HashMap<>();

  Outside(OpGraph graph) throws IOException {
    this.graph = graph;
    for (int n = 0; n < graph.size(); n++) {
      Optional<HostTensor> value = graph.log().value(n);
      boolean computed = !graph.record(n).inputs().isEmpty();
      if (computed && value.isPresent() && isFloatScalar(value.get())) {
        scalars.put(bits(value.get(), 0), n);
      }
    }
  }

  private static boolean isFloatScalar(HostTensor value) {
    return value.shape().isEmpty() && value.dtype().isFloatingPoint();
  }

  private static long bits(HostTensor value, int i) {
    return Double.doubleToRawLongBits(value.getDouble(i));
  }

  /**
   * Line {@code n}, if it makes a 1-D tensor of numbers that were read from earlier results, as a
   * stack of those results.
   */
  Optional<OpRecord> asStack(int n) throws IOException {
    Optional<HostTensor> literal = graph.log().value(n);
    if (!graph.record(n).op().equals("tensor")
        || literal.isEmpty()
        || literal.get().shape().size() != 1
        || !literal.get().dtype().isFloatingPoint()) {
      return Optional.empty();
    }
    List<JsonNode> inputs = new ArrayList<>();
    for (int i = 0; i < literal.get().numel(); i++) {
      Integer source = scalars.get(bits(literal.get(), i));
      if (source == null || source >= n) {
        return Optional.empty();
      }
      inputs.add(JsonNodeFactory.instance.numberNode(source));
    }
    return inputs.isEmpty() ? Optional.empty() : Optional.of(graph.record(n).asStackOf(inputs));
  }

  /**
   * True if the candidate's first line that counts takes nothing but numbers: if something differs
   * already, so may numbers that were read from it.
   */
  static boolean mayFollow(Divergence d) {
    return !d.actual().isEmpty()
        && CREATIONS.contains(d.candidate().record(d.actual().first()).op());
  }
}
