package torchparity.harness.diagnosis;

import java.util.List;
import java.util.OptionalInt;

/**
 * A cause that a hypothesis proposes, with the change to the reference that would bring about what
 * the candidate computed.
 *
 * @param cause what kind of mistake it is
 * @param claim what the candidate does instead, in words
 * @param edits what to change in the reference's log to test it
 * @param line the candidate's line that is to blame, if it is not where the results part
 */
record Suspicion(Cause cause, String claim, List<Edit> edits, OptionalInt line) {
  Suspicion {
    edits = List.copyOf(edits);
  }

  /** How many operations it puts in one after the other. */
  int longest() {
    return edits.stream()
        .filter(edit -> !(edit instanceof Edit.After))
        .mapToInt(edit -> edit.steps().size())
        .max()
        .orElse(0);
  }

  /**
   * False if an operation is said to be there once too often, on no line of its own, and the
   * candidate calls nothing of what is put in more often than the reference: that its bits come out
   * may be an accident.
   */
  boolean isBorneOut(Divergence d) {
    return cause != Cause.EXTRA_OP
        || line.isPresent()
        || d.candidateStops()
        || edits.stream()
            .flatMap(edit -> edit.steps().stream())
            .map(step -> step.call().op())
            .anyMatch(op -> d.candidate().count(op) > d.reference().count(op));
  }

  Suspicion(Cause cause, String claim, List<Edit> edits) {
    this(cause, claim, edits, OptionalInt.empty());
  }
}
