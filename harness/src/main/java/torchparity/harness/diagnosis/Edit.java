package torchparity.harness.diagnosis;

import java.util.List;
import java.util.Set;
import torchparity.cases.HostTensor;
import torchparity.cases.OpRecord;

/** A change to a log that is to be replayed; {@code lines} are those that it changes. */
sealed interface Edit {
  Set<Integer> lines();

  /** What it puts in; nothing by default. */
  default List<Step> steps() {
    return List.of();
  }

  /** An operation that the log did not have: what is called, and on what. */
  record Step(OpRecord call, List<Operand> operands) {
    public Step {
      operands = List.copyOf(operands);
    }
  }

  /** The lines are not carried out; what uses their results gets their input {@code input}. */
  record Bypass(Set<Integer> lines, int input) implements Edit {
    public Bypass {
      lines = Set.copyOf(lines);
    }
  }

  /** The steps are carried out in place of each line; the last gives its result. */
  record Replace(Set<Integer> lines, List<Step> steps) implements Edit {
    public Replace {
      lines = Set.copyOf(lines);
      steps = List.copyOf(steps);
    }
  }

  /**
   * The steps are carried out before each line; the last result becomes its input {@code input}.
   */
  record Before(Set<Integer> lines, int input, List<Step> steps) implements Edit {
    public Before {
      lines = Set.copyOf(lines);
      steps = List.copyOf(steps);
    }
  }

  /** The steps are carried out after each line; its result stays. */
  record After(Set<Integer> lines, List<Step> steps) implements Edit {
    public After {
      lines = Set.copyOf(lines);
      steps = List.copyOf(steps);
    }
  }

  /** The lines, which are literals, have another value. */
  record Value(Set<Integer> lines, HostTensor value) implements Edit {
    public Value {
      lines = Set.copyOf(lines);
    }
  }

  /** The lines, which are without inputs, are carried out in another order: that of the list. */
  record Reorder(List<Integer> order) implements Edit {
    public Reorder {
      order = List.copyOf(order);
    }

    @Override
    public Set<Integer> lines() {
      return Set.copyOf(order);
    }
  }
}
