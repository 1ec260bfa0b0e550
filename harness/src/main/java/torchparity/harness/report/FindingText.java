package torchparity.harness.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import torchparity.harness.comparison.Difference;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.comparison.RowPattern;
import torchparity.harness.comparison.Tolerance;

/** What a finding says, in a sentence. */
final class FindingText {
  private FindingText() {}

  static String of(ProbeFinding finding) {
    if (finding instanceof ProbeFinding.Match match) {
      return match.difference().maxUlp() == 0
          ? "identical"
          : "greatest difference %s".formatted(number(match.difference().maxAbsolute()));
    }
    if (finding instanceof ProbeFinding.ValueMismatch mismatch) {
      return mismatch(mismatch.difference()) + pattern(mismatch.pattern());
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

  private static String mismatch(Difference d) {
    return "%d of %d elements differ: by up to %s at %s (relative %s), %s"
        .formatted(
            d.mismatched(),
            d.elements(),
            number(d.maxAbsolute()),
            index(d.maxAbsoluteIndex()),
            number(d.maxRelative()),
            allowed(d.tolerance()));
  }

  private static String allowed(Tolerance t) {
    if (t.isExact()) {
      return "none is allowed";
    }
    String atol = t.atol() > 0 ? number(t.atol()) : "";
    String rtol = t.rtol() > 0 ? "%s of the value".formatted(number(t.rtol())) : "";
    return "allowed " + atol + (atol.isEmpty() || rtol.isEmpty() ? "" : " + ") + rtol;
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

  static String number(double value) {
    return value >= 1e-3 && value < 1e4
        ? rounded(value)
        : String.format(Locale.ROOT, "%.1e", value);
  }
}
