package torchparity.harness.allowance;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import torchparity.cases.HostTensor;

/** What noise does to one probe, row by row. */
final class ProbeNoise {
  /** A finder's difference counts as a kink from this many times what is proportional. */
  private static final double NOT_PROPORTIONAL = 3;

  /** By how much a bound is at least to exceed what a real difference is likely to be. */
  private static final double LEAST_SAFETY = 3;

  private static final int FEW = 8;
  private static final double RISK = 0.05;

  private final double[] tight;
  private final double[] reach;

  ProbeNoise(double[] tight, double[] reach) {
    this.tight = tight.clone();
    this.reach = reach.clone();
  }

  /** Bound of each row where the response to noise is proportional to it. */
  double[] tight() {
    return tight.clone();
  }

  /** Bound of each row where a kink lies near; equal to {@link #tight} elsewhere. */
  double[] reach() {
    return reach.clone();
  }

  /** What may follow from a kink that the finders saw, as other runs pass it at other moments. */
  private static final double KINK_FACTOR = 4;

  /**
   * Bounds from the runs of one probe.
   *
   * @param base the run without noise
   * @param noisy those of {@link NoiseModel#AMPLITUDE}
   * @param finders those of {@link NoiseModel#FINDER_AMPLITUDE}
   * @param isPerRow whether each row has a bound of its own
   * @param isCumulative whether rows follow one another, so that a difference is handed on
   */
  static ProbeNoise of(
      HostTensor base,
      List<HostTensor> noisy,
      List<HostTensor> finders,
      boolean isPerRow,
      boolean isCumulative) {
    int rows = isPerRow && !base.shape().isEmpty() ? Math.toIntExact(base.shape().get(0)) : 1;
    double[][] near = columns(base, noisy, rows);
    double[][] far = columns(base, finders, rows);
    double[] ulps = ulps(base, rows);
    // A number or two alone have no many elements to take the greatest of: the greatest run then.
    boolean few = (rows == 1 || !isCumulative) && base.numel() / rows <= FEW;
    double[] tight = new double[rows];
    double[] medians = new double[rows];
    for (int r = 0; r < rows; r++) {
      medians[r] = median(near[r]);
      tight[r] = few ? max(near[r]) : upperMedian(near[r]);
      if (!isCumulative) {
        tight[r] = Math.min(tight[r], NoiseModel.AMPLITUDE * (medians[r] + ulps[r]));
      }
    }
    pool(tight, medians);
    for (int r = 0; r < rows; r++) {
      tight[r] *= widening(medians[r], max(far[r]));
    }
    double[] reach = new double[rows];
    double scale = NoiseModel.FINDER_AMPLITUDE / NoiseModel.AMPLITUDE * NOT_PROPORTIONAL;
    for (int r = 0; r < rows; r++) {
      if (isCumulative && r > 0) {
        tight[r] = Math.max(tight[r], tight[r - 1]);
      }
      double all = Math.max(max(near[r]), max(far[r]));
      boolean kink =
          max(far[r]) > scale * (tight[r] + ulps[r])
              || max(near[r]) > NOT_PROPORTIONAL * (tight[r] + ulps[r]);
      reach[r] = kink ? Math.max(tight[r], KINK_FACTOR * all) : tight[r];
      if (isCumulative && r > 0) {
        reach[r] = Math.max(reach[r], reach[r - 1]);
      }
    }
    return new ProbeNoise(tight, reach);
  }

  /** True if no noise moved any bit: the probe does not depend on a product. */
  boolean isUntouched() {
    return max(reach) == 0;
  }

  /**
   * Lifts rows that were lucky: eight runs tell the middle of a row well, and how far above it the
   * bound lies is much the same in all rows.
   */
  private static void pool(double[] tight, double[] medians) {
    double[] factors =
        IntStream.range(0, tight.length)
            .filter(r -> medians[r] > 0 && Double.isFinite(tight[r]))
            .mapToDouble(r -> tight[r] / medians[r])
            .toArray();
    double typical = factors.length == 0 ? 1 : median(factors);
    for (int r = 0; r < tight.length; r++) {
      tight[r] = Math.max(tight[r], typical * medians[r]);
    }
  }

  /**
   * What restores the safety factor where the noise of products is not all there is: the rounding
   * of each update, say, is set off by any noise and does not grow with its amplitude A. Of the
   * two, {@code near^2 = rest^2 + A^2 products^2} and the same of {@code far}; a real difference is
   * about {@code sqrt(rest^2 + products^2)}.
   */
  private static double widening(double near, double far) {
    if (near == 0 || !Double.isFinite(near)) {
      return 1;
    }
    double squareOfNear = NoiseModel.AMPLITUDE * NoiseModel.AMPLITUDE;
    double squareOfFar = NoiseModel.FINDER_AMPLITUDE * NoiseModel.FINDER_AMPLITUDE;
    double products = Math.max(0, (far * far - near * near) / (squareOfFar - squareOfNear));
    double real = Math.sqrt(Math.max(0, near * near - (squareOfNear - 1) * products));
    return Math.max(1, LEAST_SAFETY * real / near);
  }

  /** For each row, its greatest difference in each run. */
  private static double[][] columns(HostTensor base, List<HostTensor> runs, int rows) {
    double[][] columns = new double[rows][runs.size()];
    for (int k = 0; k < runs.size(); k++) {
      double[] differences = differences(base, runs.get(k), rows);
      for (int r = 0; r < rows; r++) {
        columns[r][k] = differences[r];
      }
    }
    return columns;
  }

  private static double[] differences(HostTensor base, HostTensor other, int rows) {
    int width = base.numel() / rows;
    double[] greatest = new double[rows];
    for (int i = 0; i < base.numel(); i++) {
      double apart = Math.abs(base.getDouble(i) - other.getDouble(i));
      int row = i / width;
      // A NaN on either side is no bound at all.
      greatest[row] =
          apart <= greatest[row]
              ? greatest[row]
              : Double.isNaN(apart) ? Double.POSITIVE_INFINITY : apart;
    }
    return greatest;
  }

  private static double[] ulps(HostTensor base, int rows) {
    int width = base.numel() / rows;
    double[] ulps = new double[rows];
    for (int i = 0; i < base.numel(); i++) {
      double v = Math.abs(base.getDouble(i));
      double ulp =
          base.dtype() == torchparity.cases.Dtype.FLOAT32 ? Math.ulp((float) v) : Math.ulp(v);
      ulps[i / width] = Math.max(ulps[i / width], ulp);
    }
    return ulps;
  }

  /**
   * An upper confidence bound of the median of what the values are drawn from: of eight, the
   * seventh. It lies below the median with a probability of at most {@link #RISK}, whatever the
   * distribution, as then seven of eight would have to. The median itself is exceeded by half of
   * all samples of eight.
   *
   * <p>Source: David and Nagaraja, Order Statistics, 3rd edition, section 7.1.
   */
  static double upperMedian(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    BinomialDistribution below = new BinomialDistribution(sorted.length, 0.5);
    int rank = 1;
    while (rank < sorted.length && 1 - below.cumulativeProbability(rank - 1) > RISK) {
      rank++;
    }
    return sorted[rank - 1];
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElse(0);
  }
}
