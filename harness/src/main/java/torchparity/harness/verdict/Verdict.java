package torchparity.harness.verdict;

/** How a candidate's instance compares, the worst first. */
public enum Verdict {
  /** One of the two ports crashed, ran out of time or reported an error: nothing was compared. */
  FAILED,
  /** At least one probe differs by more than is allowed, is missing, or is of another kind. */
  MISMATCH,
  /** A port does not know the scenario. */
  NOT_RUN,
  MATCH
}
