package torchparity.harness.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import torchparity.harness.comparison.Allowance;
import torchparity.harness.comparison.Difference;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.comparison.RowPattern;
import torchparity.harness.comparison.Statistics;

/** What a finding says, in a sentence. */
public final class FindingText {
  private FindingText() {}

  static String of(ProbeFinding finding) {
    if (finding instanceof ProbeFinding.Match match) {
      return match.difference().isIdentical() ? "identical" : measured(match.difference());
    }
    if (finding instanceof ProbeFinding.ValueMismatch mismatch) {
      return mismatch(mismatch.difference()) + pattern(mismatch.pattern());
    }
    if (finding instanceof ProbeFinding.AtKink kink) {
      return (kink.supposed()
              ? "%s; %d rows from %d on differ while training agrees: put down to a kink (up to %s, a share set by hand)"
              : "%s; %d rows from %d on pass a kink at another moment (up to %s)")
          .formatted(measured(kink.difference()), kink.rows(), kink.first(), number(kink.reach()));
    }
    if (finding instanceof ProbeFinding.AtMargin margin) {
      String decides = margin.atKink() ? "a kink passed at another moment" : "rounding";
      return "%d cells differ, all where %s decides: margin up to %s, allowed %s"
          .formatted(margin.cells(), decides, number(margin.margin()), number(margin.allowed()));
    }
    if (finding instanceof ProbeFinding.PastHorizon past) {
      Difference d = past.difference();
      String seen =
          d.allowed() > 0
              ? measured(d)
              : "%d of %d elements differ"
                  .formatted(d.statistics().mismatched(), d.statistics().elements());
      return "%s; not predictable from epoch %d on".formatted(seen, past.horizon() + 1);
    }
    if (finding instanceof ProbeFinding.Empty empty) {
      return "no element was recorded: shape " + empty.shape();
    }
    if (finding instanceof ProbeFinding.DtypeMismatch dtype) {
      return "dtype is %s, expected %s".formatted(dtype.actual(), dtype.expected());
    }
    if (finding instanceof ProbeFinding.ShapeMismatch shape) {
      return "shape is %s, expected %s".formatted(shape.actual(), shape.expected());
    }
    return finding instanceof ProbeFinding.Missing
        ? "was not recorded"
        : "is not among the reference's probes";
  }

  private static String measured(Difference d) {
    return "seen %s, allowed %s, ratio %s%s"
        .formatted(
            number(seenAtWorst(d)), number(d.allowed()), number(d.used()), byHand(d.allowance()));
  }

  /** The difference of the element that takes the greatest share of its allowance. */
  static double seenAtWorst(Difference d) {
    return d.allowed() > 0 && Double.isFinite(d.allowed())
        ? d.used() * d.allowed()
        : d.statistics().maxAbsolute();
  }

  private static String byHand(Allowance allowance) {
    return allowance instanceof Allowance.ByHand hand
        ? " (set by hand: " + hand.reason() + ")"
        : "";
  }

  private static String mismatch(Difference d) {
    Statistics s = d.statistics();
    return "%d of %d elements differ: by up to %s at %s (relative %s), %s"
        .formatted(
            s.mismatched(),
            s.elements(),
            number(s.maxAbsolute()),
            index(d.maxAbsoluteIndex()),
            number(s.maxRelative()),
            d.allowance().isExact()
                ? "none is allowed"
                : "allowed %s (ratio %s)%s"
                    .formatted(number(d.allowed()), number(d.used()), byHand(d.allowance())));
  }

  private static String pattern(RowPattern p) {
    String rows =
        p.isBlock()
            ? p.count() == 1
                ? "; row %d only".formatted(p.first())
                : "; rows %d..%d only".formatted(p.first(), p.last())
            : "";
    return p.shift().isEmpty() ? rows : rows + "; all by " + vector(p.shift());
  }

  private static String vector(List<Double> shift) {
    return shift.stream().map(FindingText::rounded).collect(Collectors.joining(", ", "(", ")"));
  }

  /** Three digits after the leading one, without trailing zeros. */
  private static String rounded(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : String.valueOf(value);
    }
    return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  private static String index(List<Long> index) {
    return index.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }

  /** A number as people read it. */
  public static String number(double value) {
    return value == 0 || !Double.isFinite(value) || (value >= 1e-3 && value < 1e4)
        ? rounded(value)
        : String.format(Locale.ROOT, "%.1e", value);
  }
}
