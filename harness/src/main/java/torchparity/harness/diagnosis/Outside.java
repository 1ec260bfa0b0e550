package torchparity.harness.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import torchparity.cases.HostTensor;
import torchparity.cases.OpLog;
import torchparity.cases.OpRecord;

/**
 * Numbers that leave torch and come back: a program reads the loss of each epoch, and makes a
 * tensor of them at the end. A replay has to make it of the replayed losses.
 */
final class Outside {
  private static final Set<String> CREATIONS = Set.of("arange", "linspace", "full", "tensor");

  private final OpLog log;

  /** Results with one element, by their value's bits: the line that made it. */
  private final Map<Long, Integer> scalars = new HashMap<>();

  private Outside(OpLog log) {
    this.log = log;
  }

  /**
   * The records of {@code log}, where a 1-D tensor of numbers that were read from earlier results
   * is a stack of those results.
   */
  static List<OpRecord> asStacks(OpLog log) {
    Outside outside = new Outside(log);
    List<OpRecord> records = new ArrayList<>();
    try {
      for (int n = 0; n < log.records().size(); n++) {
        records.add(outside.asStack(n).orElse(log.records().get(n)));
        outside.keep(n);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }

  private void keep(int n) throws IOException {
    OpRecord record = log.records().get(n);
    if (!record.inputs().isEmpty() && isOfRank(record, 0)) {
      Optional<HostTensor> value = log.value(n);
      if (value.isPresent() && value.get().dtype().isFloatingPoint()) {
        scalars.put(bits(value.get(), 0), n);
      }
    }
  }

  private static boolean isOfRank(OpRecord record, int rank) {
    return record.shape() != null && record.shape().size() == rank;
  }

  private static long bits(HostTensor value, int i) {
    return Double.doubleToRawLongBits(value.getDouble(i));
  }

  private Optional<OpRecord> asStack(int n) throws IOException {
    OpRecord record = log.records().get(n);
    if (!record.op().equals("tensor") || !isOfRank(record, 1)) {
      return Optional.empty();
    }
    Optional<HostTensor> literal = log.value(n);
    if (literal.isEmpty() || !literal.get().dtype().isFloatingPoint()) {
      return Optional.empty();
    }
    List<JsonNode> inputs = new ArrayList<>();
    for (int i = 0; i < literal.get().numel(); i++) {
      Integer source = scalars.get(bits(literal.get(), i));
      if (source == null) {
        return Optional.empty();
      }
      inputs.add(JsonNodeFactory.instance.numberNode(source));
    }
    return inputs.isEmpty() ? Optional.empty() : Optional.of(record.asStackOf(inputs));
  }

  /** True if line {@code n} puts single numbers together, as a program does with its losses. */
  static boolean isStack(OpGraph g, int n) {
    return g.record(n).op().equals("stack")
        && g.record(n).sources().allMatch(i -> isOfRank(g.record(i), 0));
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
