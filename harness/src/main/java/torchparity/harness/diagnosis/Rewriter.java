package torchparity.harness.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import torchparity.cases.HostTensor;
import torchparity.cases.OpLogWriter;
import torchparity.cases.OpRecord;

/** Applies edits to a log and writes the result as a log, to be replayed. */
final class Rewriter {
  private static final Set<String> VALUES = Set.of("tensor", OpRecord.GIVEN, "grad");

  private final OpGraph graph;
  private final List<Edit> edits;
  private final OpLogWriter out;

  /** For each old line the new number of its result, or -1. */
  private final int[] moved;

  private final boolean whole;

  /** For each old line the results of the steps that were put before it. */
  private final Map<Integer, List<Integer>> before = new HashMap<>();

  private Rewriter(OpGraph graph, List<Edit> edits, OpLogWriter out, boolean whole) {
    this.whole = whole;
    this.graph = graph;
    this.edits = edits;
    this.out = out;
    this.moved = new int[graph.size()];
    Arrays.fill(moved, -1);
  }

  /** Writes the edited log into {@code folder}; {@code graph} comes from a replay itself. */
  static void write(OpGraph graph, List<Edit> edits, Path folder) throws IOException {
    write(graph, edits, folder, false);
  }

  /** Writes a log as it was recorded, with every value that it has. */
  static void writeRecorded(OpGraph graph, Path folder) throws IOException {
    write(graph, List.of(), folder, true);
  }

  private static void write(OpGraph graph, List<Edit> edits, Path folder, boolean whole)
      throws IOException {
    Files.createDirectories(folder);
    try (OpLogWriter out = new OpLogWriter(folder)) {
      new Rewriter(graph, edits, out, whole).write();
    }
  }

  private void write() throws IOException {
    List<Integer> order = new ArrayList<>();
    for (int n = 0; n < graph.size(); n++) {
      order.add(n);
    }
    for (Edit edit : edits) {
      if (edit instanceof Edit.Reorder reorder) {
        List<Integer> places = List.copyOf(new TreeSet<>(reorder.order()));
        for (int i = 0; i < places.size(); i++) {
          order.set(places.get(i), reorder.order().get(i));
        }
      }
    }
    for (int n : order) {
      moved[n] = line(n);
    }
  }

  private int line(int n) throws IOException {
    OpRecord record = graph.record(n);
    List<JsonNode> inputs = new ArrayList<>();
    for (int i = 0; i < record.inputs().size(); i++) {
      inputs.add(
          record.source(i).isPresent()
              ? number(moved[record.source(i).getAsInt()])
              : record.inputs().get(i));
    }
    for (Edit edit : editsOf(n)) {
      if (edit instanceof Edit.Bypass bypass) {
        return moved[record.source(bypass.input()).orElseThrow(Rewriter::noWay)];
      } else if (edit instanceof Edit.Value literal) {
        return append(record, literal.value());
      } else if (edit instanceof Edit.Replace replace) {
        return steps(n, replace.steps(), -1);
      } else if (edit instanceof Edit.Before before) {
        record.source(before.input()).orElseThrow(Rewriter::noWay);
        inputs.set(before.input(), number(steps(n, before.steps(), -1)));
      }
    }
    int result = append(record.withInputs(inputs), value(n, record));
    for (Edit edit : editsOf(n)) {
      if (edit instanceof Edit.After after) {
        steps(n, after.steps(), result);
      }
    }
    return result;
  }

  private List<Edit> editsOf(int n) {
    return edits.stream().filter(e -> e.lines().contains(n)).toList();
  }

  private int steps(int n, List<Edit.Step> steps, int self) throws IOException {
    List<Integer> results = new ArrayList<>();
    for (Edit.Step step : steps) {
      List<JsonNode> inputs = new ArrayList<>();
      for (Operand operand : step.operands()) {
        inputs.add(input(n, operand, results, self));
      }
      OpRecord call = step.call().at(graph.record(n).file(), graph.record(n).line());
      boolean literal = inputs.isEmpty() && step.operands().isEmpty() && call.op().equals("tensor");
      if (literal) {
        throw new IllegalArgumentException("a literal is an operand, not a step");
      }
      results.add(append(call.withInputs(inputs), null));
    }
    before.put(n, results);
    return results.get(results.size() - 1);
  }

  private JsonNode input(int n, Operand operand, List<Integer> results, int self)
      throws IOException {
    if (operand instanceof Operand.Plain plain) {
      return plain.input();
    } else if (operand instanceof Operand.Line line) {
      return number(moved[line.number()]);
    } else if (operand instanceof Operand.Before put) {
      return number(Objects.requireNonNull(before.get(put.line())).get(put.step()));
    } else if (operand instanceof Operand.Earlier earlier) {
      return number(results.get(earlier.step()));
    } else if (operand instanceof Operand.Literal literal) {
      OpRecord call = OpRecord.of("tensor", List.of(), Map.of());
      return number(append(call, literal.value()));
    } else if (operand instanceof Operand.Path path) {
      int at = n;
      for (int i : path.inputs()) {
        at = graph.record(at).source(i).orElseThrow(Rewriter::noWay);
      }
      return number(moved[at]);
    }
    return number(self);
  }

  private static IllegalArgumentException noWay() {
    return new IllegalArgumentException("the way to an argument does not exist here");
  }

  private int append(OpRecord record, @Nullable HostTensor value) throws IOException {
    if (record.sources().anyMatch(source -> source < 0)) {
      throw new IllegalArgumentException("an argument is not there yet at " + record.place());
    }
    return out.append(record.withoutValue(), value);
  }

  /** Values that a replay cannot compute from others; those of all others would only cost. */
  private @Nullable HostTensor value(int n, OpRecord record) throws IOException {
    boolean needed = record.isOpaque() || VALUES.contains(record.op());
    if (!needed && !whole) {
      return null;
    }
    Optional<HostTensor> value = graph.log().value(n);
    return value.orElse(null);
  }

  private static JsonNode number(int n) {
    return JsonNodeFactory.instance.numberNode(n);
  }
}
