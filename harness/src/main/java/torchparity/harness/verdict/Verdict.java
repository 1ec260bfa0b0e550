package torchparity.harness.verdict;

/** How a candidate's instance compares, the worst first. */
public enum Verdict {
  /** One of the two ports crashed, ran out of time or reported an error: nothing was compared. */
  FAILED,
  /** At least one probe differs by more than is allowed, is missing, or is of another kind. */
  MISMATCH,
  /** The reference disagrees with itself: nothing can be said about the candidate. */
  NON_DETERMINISTIC,
  /** The two agree, but the network does not learn: agreement means nothing. */
  DEAD,
  /** A port does not know the scenario. */
  NOT_RUN,
  /** It differs, as {@code known-differences.yaml} says with a reason. */
  KNOWN_DIFFERENCE,
  /** It matches, after too few epochs to tell whether anything is learned. */
  TOO_SHORT,
  MATCH;

  /** True if a run with this verdict does not pass. */
  public boolean fails() {
    return this == FAILED || this == MISMATCH || this == NON_DETERMINISTIC || this == DEAD;
  }
}
