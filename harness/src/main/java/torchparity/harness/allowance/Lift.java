package torchparity.harness.allowance;

import java.util.stream.IntStream;

/** By how much the bounds of rows are to lie above the medians of their runs. */
final class Lift {
  /** By how much a bound is at least to exceed what a real difference is likely to be. */
  private static final double LEAST_SAFETY = 3;

  private Lift() {}

  /**
   * How far bounds lie above the medians of their rows: eight runs tell the median well, and the
   * factor is much the same in all rows, so rows that were lucky are lifted to that. Rows that move
   * by less than their last place say nothing of it where others say more.
   */
  static double typicalFactor(double[] tight, double[] medians, double[] ulps, boolean[] divided) {
    double[] factors = factors(tight, medians, ulps, divided);
    if (factors.length > 0) {
      return ProbeNoise.median(factors);
    }
    double[] all = factors(tight, medians, new double[ulps.length], divided);
    return all.length > 0 ? Math.min(NoiseModel.AMPLITUDE, ProbeNoise.median(all)) : 1;
  }

  private static double[] factors(
      double[] tight, double[] medians, double[] least, boolean[] divided) {
    return IntStream.range(0, tight.length)
        .filter(r -> !divided[r] && medians[r] > least[r] && Double.isFinite(tight[r]))
        .mapToDouble(r -> tight[r] / medians[r])
        .toArray();
  }

  /**
   * What restores the safety factor where the noise of products is not all there is: the rounding
   * of each update, say, is set off by any noise and does not grow with its amplitude A. Of the
   * two, {@code near^2 = rest^2 + A^2 products^2} and the same of {@code far}; a real difference is
   * about {@code sqrt(rest^2 + products^2)}.
   */
  static double widening(double near, double far) {
    if (near == 0 || !Double.isFinite(near)) {
      return 1;
    }
    double squareOfNear = NoiseModel.AMPLITUDE * NoiseModel.AMPLITUDE;
    double squareOfFar = NoiseModel.FINDER_AMPLITUDE * NoiseModel.FINDER_AMPLITUDE;
    double products = Math.max(0, (far * far - near * near) / (squareOfFar - squareOfNear));
    double real = Math.sqrt(Math.max(0, near * near - (squareOfNear - 1) * products));
    return Math.max(1, LEAST_SAFETY * real / near);
  }
}
