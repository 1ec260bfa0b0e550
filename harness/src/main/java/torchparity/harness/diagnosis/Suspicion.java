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
        .mapToInt(
            edit ->
                edit instanceof Edit.Replace replace
                    ? replace.steps().size()
                    : edit instanceof Edit.Before before ? before.steps().size() : 0)
        .max()
        .orElse(0);
  }

  Suspicion(Cause cause, String claim, List<Edit> edits) {
    this(cause, claim, edits, OptionalInt.empty());
  }
}
