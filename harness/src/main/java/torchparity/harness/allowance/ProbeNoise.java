package torchparity.harness.allowance;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

/** What noise does to one probe, row by row. */
final class ProbeNoise {
  /** A finder's difference counts as a kink from this many times what is proportional. */
  private static final double NOT_PROPORTIONAL = 3;

  /** From so many times what separates neighbours on, runs lie on two sides of a kink. */
  private static final double FAR_FROM_ONE = 10;

  /** How much further than a near other run a run without noise is apart, at most. */
  private static final double BESIDE_TO_MEDIAN = 2;

  /** What may follow from a kink that the finders saw, as other runs pass it at other moments. */
  private static final double KINK_FACTOR = 4;

  private static final int FEW = 8;
  private static final double RISK = 0.05;

  private final double[] tight;
  private final double[] reach;
  private final List<HostTensor> outcomes;

  ProbeNoise(double[] tight, double[] reach, List<HostTensor> outcomes) {
    this.tight = tight.clone();
    this.reach = reach.clone();
    this.outcomes = List.copyOf(outcomes);
  }

  /** Bound of each row where the response to noise is proportional to it. */
  double[] tight() {
    return tight.clone();
  }

  /** Bound of each row where a kink lies near; equal to {@link #tight} elsewhere. */
  double[] reach() {
    return reach.clone();
  }

  /**
   * What single steps came to, in the rows that have a kink near: each element is there to be as
   * near as {@link #tight} to one of these, as a kink is passed or is not. NaN in other rows; empty
   * if there is none.
   */
  List<HostTensor> outcomes() {
    return outcomes;
  }

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
    int width = base.numel() / rows;
    double[][] near = Spread.columns(base, noisy, rows);
    double[][] far = Spread.columns(base, finders, rows);
    double[] ulps = Spread.ulps(base, rows);
    // A number or two alone have no many elements to take the greatest of: the greatest run then.
    boolean few = (rows == 1 || !isCumulative) && width <= FEW;
    boolean isCurve = width == 1; // its horizon is where some of the runs have left it
    double[] tight = new double[rows];
    double[] medians = new double[rows];
    boolean[] divided = new boolean[rows];
    boolean anyFar = IntStream.range(0, rows).anyMatch(r -> max(near[r]) > FAR_FROM_ONE * ulps[r]);
    double[] sides = anyFar ? Spread.sides(base, noisy, rows) : Spread.noSides(rows);
    for (int r = 0; r < rows; r++) {
      medians[r] = median(near[r]);
      double usual = upperMedian(near[r]);
      tight[r] = few ? max(near[r]) : usual;
      boolean twoSides = Double.isFinite(medians[r]) && usual > FAR_FROM_ONE * (sides[r] + ulps[r]);
      if (twoSides) {
        medians[r] = Math.min(medians[r], BESIDE_TO_MEDIAN * sides[r]);
      }
      double middle = medians[r] + ulps[r];
      divided[r] = !isCurve && (twoSides || (isCumulative && tight[r] > FAR_FROM_ONE * middle));
      if (!isCumulative || divided[r]) {
        tight[r] = Math.min(tight[r], NoiseModel.AMPLITUDE * middle);
      }
    }
    double typical = Lift.typicalFactor(tight, medians, ulps, divided);
    for (int r = 0; r < rows; r++) {
      if (medians[r] > 0 && Double.isFinite(medians[r])) {
        double lifted = typical * medians[r] * Lift.widening(medians[r], max(far[r]));
        tight[r] = Math.max(tight[r], lifted);
      }
    }
    double[] reach = new double[rows];
    boolean[] kinks = new boolean[rows];
    double scale = NoiseModel.FINDER_AMPLITUDE / NoiseModel.AMPLITUDE * NOT_PROPORTIONAL;
    for (int r = 0; r < rows; r++) {
      if (isCumulative && r > 0) {
        tight[r] = Math.max(tight[r], tight[r - 1]);
      }
      double all = Math.max(max(near[r]), max(far[r]));
      kinks[r] =
          divided[r]
              || max(far[r]) > scale * (tight[r] + ulps[r])
              || max(near[r]) > NOT_PROPORTIONAL * (tight[r] + ulps[r]);
      reach[r] = kinks[r] && isCumulative ? Math.max(tight[r], KINK_FACTOR * all) : tight[r];
      if (isCumulative && r > 0) {
        reach[r] = Math.max(reach[r], reach[r - 1]);
      }
    }
    boolean anyKink = IntStream.range(0, rows).anyMatch(r -> kinks[r]);
    List<HostTensor> outcomes =
        anyKink && !isCumulative
            ? Stream.concat(Stream.of(base), noisy.stream()).map(o -> only(o, kinks)).toList()
            : List.of();
    return new ProbeNoise(tight, reach, outcomes);
  }

  private static HostTensor only(HostTensor tensor, boolean[] rows) {
    double[] values = InstanceNoise.doubles(tensor);
    int width = values.length / rows.length;
    for (int i = 0; i < values.length; i++) {
      values[i] = rows[i / width] ? values[i] : Double.NaN;
    }
    return like(tensor, values);
  }

  /** Each element of {@code expected} or of an outcome, whichever {@code actual} is nearest to. */
  HostTensor nearestOutcome(HostTensor expected, HostTensor actual) {
    List<HostTensor> alike =
        outcomes.stream().filter(o -> o.shape().equals(expected.shape())).toList();
    double[] nearest = InstanceNoise.doubles(expected);
    for (int i = 0; i < nearest.length; i++) {
      double value = actual.getDouble(i);
      for (HostTensor outcome : alike) {
        double candidate = outcome.getDouble(i);
        if (Math.abs(candidate - value) < Math.abs(nearest[i] - value)) {
          nearest[i] = candidate;
        }
      }
    }
    return like(expected, nearest);
  }

  private static HostTensor like(HostTensor tensor, double[] values) {
    if (tensor.dtype() != Dtype.FLOAT32) {
      return HostTensor.ofDoubles(tensor.shape(), values);
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return HostTensor.ofFloats(tensor.shape(), floats);
  }

  /** True if no noise moved any bit: the probe does not depend on a product. */
  boolean isUntouched() {
    return max(reach) == 0;
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
