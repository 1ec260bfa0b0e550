package torchparity.harness.comparison;

import java.util.List;
import torchparity.cases.Dtype;

/** What comparing one probe of two traces found. */
public sealed interface ProbeFinding {
  /** Name of the probe. */
  String probe();

  /** Both sides agree in dtype and shape, and every element is within the tolerance. */
  record Match(String probe, Difference difference) implements ProbeFinding {}

  /**
   * At least one element is further apart than allowed.
   *
   * @param pattern which rows differ, and how
   */
  record ValueMismatch(String probe, Difference difference, RowPattern pattern)
      implements ProbeFinding {}

  record DtypeMismatch(String probe, Dtype expected, Dtype actual) implements ProbeFinding {}

  record ShapeMismatch(String probe, List<Long> expected, List<Long> actual)
      implements ProbeFinding {
    public ShapeMismatch {
      expected = List.copyOf(expected);
      actual = List.copyOf(actual);
    }
  }

  /** The reference recorded the probe, the candidate did not. */
  record Missing(String probe) implements ProbeFinding {}

  /** The candidate recorded a probe that the reference does not have. */
  record Unexpected(String probe) implements ProbeFinding {}

  /** True for {@link Match} alone. */
  default boolean matches() {
    return this instanceof Match;
  }
}
