package torchparity.harness.report;

import java.util.Locale;
import torchparity.harness.verdict.AcrossSeeds;

/** What several seeds show together, in words. */
final class SeedsText {
  private SeedsText() {}

  static String of(AcrossSeeds a) {
    return String.format(
        Locale.ROOT,
        "over %d seeds, %s, %s, %s: %s; the first probe that differs is %s",
        a.seeds(),
        ResultDocument.Comparison.title(a.caseName(), a.start()),
        a.dtype(),
        a.pair().title(),
        loss(a),
        String.join(" or ", a.roots()));
  }

  private static String loss(AcrossSeeds a) {
    String where =
        switch (a.side()) {
          case ALWAYS_LOWER -> "the loss is always lower";
          case ALWAYS_HIGHER -> "the loss is always higher";
          case LOWER -> "the loss is lower with %d of the seeds".formatted(a.lower());
          case HIGHER -> "the loss is higher with %d of the seeds".formatted(a.higher());
          case NEITHER -> "the loss is to no side, lower with %d of them".formatted(a.lower());
        };
    if (a.lower() + a.higher() == 0) {
      return "the loss is the same";
    }
    return String.format(
        Locale.ROOT,
        "%s, by %+.3g %% on average (from %+.3g %% to %+.3g %%, by the seed), p = %.2g",
        where,
        100 * a.mean(),
        100 * a.least(),
        100 * a.greatest(),
        a.p());
  }
}
