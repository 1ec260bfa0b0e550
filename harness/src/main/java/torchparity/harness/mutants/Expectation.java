package torchparity.harness.mutants;

/** What a mutant must lead to. */
public enum Expectation {
  /** A probe that differs. */
  MISMATCH,
  /** An error of the port, with its message. */
  CRASH,
  /** Nothing: the same values, computed in another way. */
  HARMLESS
}
