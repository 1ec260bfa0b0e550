package torchparity.harness.verdict;

/** What the loss curves of two runs show, epoch by epoch. */
public sealed interface CurveVerdict {
  /** How the candidate lies to the reference, over the epochs that can be predicted. */
  Bias bias();

  /** First epoch, from 1, that cannot be predicted; beyond the last one if all can be. */
  int horizon();

  /**
   * Whether one side is persistently lower or higher.
   *
   * @param meanRelative mean of {@code (candidate - reference) / reference}
   * @param sameSign share of the differing epochs in which the difference has the sign of the mean
   * @param p two-sided p-value of the mean against those of the noisy runs, by Student's t with one
   *     degree of freedom for each of them
   */
  record Bias(double meanRelative, double sameSign, double p) {}

  /** All differences are rounding. */
  record Rounding(int horizon, Bias bias) implements CurveVerdict {}

  /**
   * From an epoch on the curves differ as noisy runs do that pass a kink at another moment.
   *
   * @param from the first such epoch, from 1
   */
  record AtKink(int horizon, Bias bias, int from) implements CurveVerdict {}

  /** One side is persistently lower or higher, by more than rounding explains. */
  record Biased(int horizon, Bias bias, int from) implements CurveVerdict {}

  /** They part at an epoch, by more than rounding explains, to no lasting side. */
  record Departed(int horizon, Bias bias, int from) implements CurveVerdict {}

  /**
   * Past the horizon the candidate behaves as the noisy runs do.
   *
   * @param p two-sided p-value of the mean log loss past the horizon, as a further observation
   */
  record WithinDistribution(int horizon, Bias bias, double p) implements CurveVerdict {}

  /** Past the horizon it does not. */
  record OutsideDistribution(int horizon, Bias bias, double p) implements CurveVerdict {}

  /** True unless the curves differ by more than rounding explains. */
  default boolean matches() {
    return this instanceof Rounding || this instanceof AtKink || this instanceof WithinDistribution;
  }
}
