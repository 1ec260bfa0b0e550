package torchparity.harness.comparison;

import java.util.List;
import java.util.Optional;
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

  /** Both sides recorded no element: nothing was compared. */
  record Empty(String probe, List<Long> shape) implements ProbeFinding {
    public Empty {
      shape = List.copyOf(shape);
    }
  }

  /**
   * The choice of a greatest logit differs, but only where rounding can decide it, or a kink that
   * the logits passed.
   *
   * @param cells how many choices differ
   * @param margin greatest distance of the two best logits where they do
   * @param allowed the margin that can be bridged there
   * @param atKink whether it takes the kink to bridge it
   */
  record AtMargin(
      String probe,
      Difference difference,
      long cells,
      double margin,
      double allowed,
      boolean atKink)
      implements ProbeFinding {}

  /**
   * Further apart than proportional rounding explains, but no further than noisy runs go that pass
   * a kink of ReLU at another moment.
   *
   * @param rows how many rows are beyond the proportional allowance
   * @param first the first of them
   * @param reach the allowance where a kink lies near, at the worst element
   * @param supposed whether no noisy run went so far, and {@code reach} is what is put down to a
   *     kink because training agrees step by step, or in its losses where a case has no steps
   */
  record AtKink(
      String probe, Difference difference, long rows, long first, double reach, boolean supposed)
      implements ProbeFinding {}

  /**
   * Past the step up to which rounding lets the values be predicted at all: judged by the loss
   * curve's statistics instead.
   *
   * @param horizon first epoch that cannot be predicted
   */
  record PastHorizon(String probe, Difference difference, long horizon) implements ProbeFinding {}

  /** The reference recorded the probe, the candidate did not. */
  record Missing(String probe) implements ProbeFinding {}

  /** The candidate recorded a probe that the reference does not have. */
  record Unexpected(String probe) implements ProbeFinding {}

  /** What was measured, or empty where nothing could be. */
  default Optional<Difference> measured() {
    return this instanceof Match m
        ? Optional.of(m.difference)
        : this instanceof AtKink k
            ? Optional.of(k.difference)
            : this instanceof AtMargin m
                ? Optional.of(m.difference)
                : this instanceof PastHorizon p
                    ? Optional.of(p.difference)
                    : this instanceof ValueMismatch v
                        ? Optional.of(v.difference)
                        : Optional.empty();
  }

  /** True unless the two sides differ by more than rounding explains. */
  default boolean matches() {
    return this instanceof Match
        || this instanceof AtKink
        || this instanceof AtMargin
        || this instanceof PastHorizon;
  }
}
