package torchparity.harness.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import torchparity.cases.OpRecord;
import torchparity.harness.diagnosis.OpGraph.Value;

/**
 * Puts operations of the candidate into the reference's terms: each argument becomes the way from
 * an anchor, a line of the reference, to the same value there, so that the operation can be put in
 * wherever the anchor's place in the program comes by.
 */
final class Translation {
  private static final int FURTHEST = 6;

  private final OpGraph reference;
  private final OpGraph candidate;
  private final int anchor;
  private final boolean after;

  private Translation(Divergence divergence, int anchor, boolean after) {
    this.reference = divergence.reference();
    this.candidate = divergence.candidate();
    this.anchor = anchor;
    this.after = after;
  }

  /** Of operations that stand in the place of the anchor, or before it. */
  static Translation at(Divergence divergence, int anchor) {
    return new Translation(divergence, anchor, false);
  }

  /** Of operations after the anchor, which may use its result. */
  static Translation after(Divergence divergence, int anchor) {
    return new Translation(divergence, anchor, true);
  }

  /**
   * The candidate's {@code lines}, each of which may use the ones before it; empty if one of them
   * uses a value that the reference does not have before the anchor.
   */
  Optional<List<Edit.Step>> steps(List<Integer> lines) {
    List<Edit.Step> steps = new ArrayList<>();
    for (int line : lines) {
      OpRecord record = candidate.record(line);
      List<Operand> operands = new ArrayList<>();
      for (JsonNode input : record.inputs()) {
        Optional<Operand> operand =
            input.isInt()
                ? operand(input.intValue(), lines)
                : Optional.of(new Operand.Plain(input));
        if (operand.isEmpty()) {
          return Optional.empty();
        }
        operands.add(operand.get());
      }
      steps.add(new Edit.Step(record, operands));
    }
    return Optional.of(steps);
  }

  private Optional<Operand> operand(int source, List<Integer> lines) {
    int step = lines.indexOf(source);
    if (step >= 0) {
      return Optional.of(new Operand.Earlier(step));
    }
    Optional<Value> value = candidate.value(source);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<Integer>> path = path(value.get());
    if (path.isPresent()) {
      return Optional.of(path.get().isEmpty() ? new Operand.Self() : new Operand.Path(path.get()));
    }
    OptionalInt line = reference.lastLineBefore(anchor, value.get());
    if (line.isPresent()) {
      return Optional.of(new Operand.Line(line.getAsInt()));
    }
    return literal(source);
  }

  private Optional<Operand> literal(int source) {
    if (!candidate.record(source).op().equals("tensor")) {
      return Optional.empty();
    }
    return candidate.tensor(source).map(Operand.Literal::new);
  }

  /** The shortest way from the anchor to {@code value}, input by input. */
  private Optional<List<Integer>> path(Value value) {
    Deque<Map.Entry<Integer, List<Integer>>> open = new ArrayDeque<>();
    open.add(Map.entry(anchor, List.of()));
    while (!open.isEmpty()) {
      Map.Entry<Integer, List<Integer>> here = open.remove();
      if ((after || here.getKey() != anchor) && holds(here.getKey(), value)) {
        return Optional.of(here.getValue());
      }
      if (here.getValue().size() < FURTHEST) {
        OpRecord record = reference.record(here.getKey());
        for (int i = 0; i < record.inputs().size(); i++) {
          if (record.source(i).isPresent()) {
            List<Integer> further = new ArrayList<>(here.getValue());
            further.add(i);
            open.add(Map.entry(record.source(i).getAsInt(), further));
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean holds(int line, @Nullable Value value) {
    return reference.value(line).equals(Optional.ofNullable(value));
  }
}
