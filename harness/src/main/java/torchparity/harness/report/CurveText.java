package torchparity.harness.report;

import java.util.Locale;
import torchparity.harness.verdict.CurveVerdict;

/** What a loss curve shows, in a sentence. */
final class CurveText {
  private CurveText() {}

  static String of(CurveVerdict v) {
    if (v instanceof CurveVerdict.Rounding) {
      return "rounding alone; " + bias(v);
    }
    if (v instanceof CurveVerdict.AtKink k) {
      return "rounding, past a kink of ReLU from epoch %d on; %s".formatted(k.from(), bias(v));
    }
    if (v instanceof CurveVerdict.Biased b) {
      return "systematic from epoch %d on: the candidate is %s; %s"
          .formatted(b.from(), b.bias().meanRelative() < 0 ? "lower" : "higher", bias(v));
    }
    if (v instanceof CurveVerdict.Departed d) {
      return "they part at epoch %d, to no lasting side; %s".formatted(d.from(), bias(v));
    }
    if (v instanceof CurveVerdict.WithinDistribution w) {
      return "predictable up to epoch %d only; past it compared as a sample: p = %s; %s"
          .formatted(w.horizon() - 1, number(w.p()), bias(v));
    }
    CurveVerdict.OutsideDistribution o = (CurveVerdict.OutsideDistribution) v;
    return "predictable up to epoch %d only; past it not as noisy runs are: p = %s; %s"
        .formatted(o.horizon() - 1, number(o.p()), bias(v));
  }

  private static String bias(CurveVerdict v) {
    CurveVerdict.Bias b = v.bias();
    return String.format(
        Locale.ROOT,
        "mean difference %+.2g of the loss, %.0f %% of epochs to that side, p = %s",
        b.meanRelative(),
        100 * b.sameSign(),
        number(b.p()));
  }

  private static String number(double p) {
    return String.format(Locale.ROOT, "%.2g", p);
  }
}
