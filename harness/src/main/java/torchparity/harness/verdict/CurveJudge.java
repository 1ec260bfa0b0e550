package torchparity.harness.verdict;

import java.util.List;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.StreamingStatistics;
import torchparity.cases.HostTensor;
import torchparity.harness.comparison.ProbeFinding;

/**
 * Tells what two loss curves show.
 *
 * <p>Bias: the mean relative difference of the candidate over the predictable epochs, divided by
 * the root mean square of the same mean of the K noisy runs, is compared with Student's t of K
 * degrees of freedom. Epochs are not independent, so that a sign test over epochs would be wrong;
 * whole runs are. Past the horizon: the mean log loss of the candidate as one more observation
 * beside the K + 1 runs of the engine, by the prediction interval of a normal sample.
 *
 * <p>Source: NIST/SEMATECH e-Handbook of Statistical Methods, 7.2.2 (t test) and 7.2.6 (prediction
 * interval).
 */
final class CurveJudge {
  /** A false alarm past the horizon is to happen once in so many curves. */
  private static final double SIGNIFICANT = 1e-5;

  private static final double PERSISTENT = 0.9;

  private final double[] reference;
  private final double[] candidate;
  private final List<double[]> engine;
  private final int horizon;

  /**
   * Curves.
   *
   * @param engine the loss of every epoch of the run without noise, then of the noisy ones
   * @param horizon first epoch, from 0, that cannot be predicted
   */
  CurveJudge(HostTensor reference, HostTensor candidate, List<double[]> engine, int horizon) {
    this.reference = doubles(reference);
    this.candidate = doubles(candidate);
    this.engine = engine;
    this.horizon = Math.min(horizon, reference.numel());
  }

  private static double[] doubles(HostTensor tensor) {
    double[] values = new double[tensor.numel()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.getDouble(i);
    }
    return values;
  }

  CurveVerdict judge(ProbeFinding finding) {
    CurveVerdict.Bias bias = bias();
    if (finding instanceof ProbeFinding.ValueMismatch m) {
      int from = (int) m.pattern().first() + 1;
      return bias.p() < SIGNIFICANT && bias.sameSign() >= PERSISTENT
          ? new CurveVerdict.Biased(horizon + 1, bias, from)
          : new CurveVerdict.Departed(horizon + 1, bias, from);
    }
    if (horizon < reference.length) {
      double p = pastHorizon();
      return p < SIGNIFICANT
          ? new CurveVerdict.OutsideDistribution(horizon + 1, bias, p)
          : new CurveVerdict.WithinDistribution(horizon + 1, bias, p);
    }
    return finding instanceof ProbeFinding.AtKink k
        ? new CurveVerdict.AtKink(horizon + 1, bias, (int) k.first() + 1)
        : new CurveVerdict.Rounding(horizon + 1, bias);
  }

  private CurveVerdict.Bias bias() {
    double mean = meanRelative(reference, candidate);
    int same = 0;
    int differing = 0;
    for (int e = 0; e < horizon; e++) {
      double d = candidate[e] - reference[e];
      differing += d != 0 ? 1 : 0;
      same += d * mean > 0 ? 1 : 0;
    }
    double square = 0;
    for (double[] noisy : engine.subList(Math.min(1, engine.size()), engine.size())) {
      double m = meanRelative(engine.get(0), noisy);
      square += m * m;
    }
    int runs = engine.size() - 1;
    double scale = runs > 0 ? Math.sqrt(square / runs) : 0;
    double p = mean == 0 ? 1 : scale == 0 ? 0 : twoSided(mean / scale, runs);
    return new CurveVerdict.Bias(mean, differing == 0 ? 0 : same / (double) differing, p);
  }

  private double meanRelative(double[] from, double[] to) {
    double sum = 0;
    int n = Math.min(horizon, Math.min(from.length, to.length));
    for (int e = 0; e < n; e++) {
      sum += (to[e] - from[e]) / Math.abs(from[e]);
    }
    return n == 0 ? 0 : sum / n;
  }

  private double pastHorizon() {
    StreamingStatistics sample = new StreamingStatistics();
    engine.forEach(curve -> sample.addValue(meanLog(curve)));
    double n = sample.getN();
    double spread = sample.getStandardDeviation() * Math.sqrt(1 + 1 / n);
    double apart = meanLog(candidate) - sample.getMean();
    return apart == 0 ? 1 : spread > 0 ? twoSided(apart / spread, (int) n - 1) : 0;
  }

  private double meanLog(double[] curve) {
    double sum = 0;
    int n = 0;
    for (int e = horizon; e < curve.length; e++) {
      sum += Math.log(curve[e]);
      n++;
    }
    return sum / n;
  }

  private static double twoSided(double t, int degrees) {
    return Double.isFinite(t)
        ? 2 * new TDistribution(degrees).cumulativeProbability(-Math.abs(t))
        : 0;
  }
}
