package torchparity.harness.assertions;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

/**
 * Compares two tensors as {@code torch.testing.assert_close} does, and words what differs as it
 * does.
 *
 * <p>Source: {@code torch/testing/_comparison.py}, PyTorch 2.13.
 */
record Closeness(HostTensor actual, HostTensor expected, double rtol, double atol) {
  /** What the comparison finds first: shape, dtype, then values; empty if they are close. */
  String problem() {
    if (!actual.shape().equals(expected.shape())) {
      return attribute("shape", size(actual.shape()), size(expected.shape()));
    }
    if (actual.dtype() != expected.dtype()) {
      return attribute("dtype", "torch." + actual.dtype(), "torch." + expected.dtype());
    }
    return values();
  }

  static String attribute(String name, Object actual, Object expected) {
    return "The values for attribute '%s' do not match: %s != %s."
        .formatted(name, actual, expected);
  }

  private static String size(List<Long> shape) {
    return shape.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "torch.Size([", "])"));
  }

  private String values() {
    int mismatched = 0;
    int absoluteAt = -1;
    int relativeAt = -1;
    double absolute = 0;
    double relative = 0;
    for (int i = 0; i < actual.numel(); i++) {
      if (isClose(i)) {
        continue;
      }
      mismatched++;
      double difference = absolute(i);
      double share = rounded(difference / Math.abs(expected.getDouble(i)));
      if (absoluteAt < 0 || isGreater(difference, absolute)) {
        absolute = difference;
        absoluteAt = i;
      }
      if (relativeAt < 0 || isGreater(share, relative)) {
        relative = share;
        relativeAt = i;
      }
    }
    return mismatched == 0 ? "" : message(mismatched, absolute, absoluteAt, relative, relativeAt);
  }

  private boolean isClose(int i) {
    if (!actual.dtype().isFloatingPoint() && rtol == 0 && atol == 0) {
      return actual.getLong(i) == expected.getLong(i);
    }
    double a = actual.getDouble(i);
    double e = expected.getDouble(i);
    boolean near = Double.isFinite(e) && Math.abs(a - e) <= atol + rtol * Math.abs(e);
    return a == e || near;
  }

  private double absolute(int i) {
    return rounded(Math.abs(actual.getDouble(i) - expected.getDouble(i)));
  }

  /** As PyTorch computes it: in the dtype, of integers in float32. */
  private double rounded(double value) {
    return actual.dtype() == Dtype.FLOAT64 ? value : (float) value;
  }

  /** NaN is greater than everything, as for {@code torch.max}; the first of equals stays. */
  private static boolean isGreater(double value, double than) {
    return Double.isNaN(value) ? !Double.isNaN(than) : value > than;
  }

  private String message(
      int mismatched, double absolute, int absoluteAt, double relative, int relativeAt) {
    boolean equality = rtol == 0 && atol == 0;
    String how = equality ? "equal" : "close";
    if (expected.shape().isEmpty()) {
      return "Scalars are not %s!%n%nExpected %s but got %s.%nAbsolute difference: %s%s%nRelative difference: %s%s"
          .formatted(
              how,
              number(expected.getDouble(0)),
              number(actual.getDouble(0)),
              number(absolute),
              allowed(equality, atol),
              Python.number(relative),
              allowed(equality, rtol));
    }
    return ("Tensor-likes are not %s!%n%nMismatched elements: %d / %d (%s%%)%n"
            + "Greatest absolute difference: %s at index %s%s%n"
            + "Greatest relative difference: %s at index %s%s")
        .formatted(
            how,
            mismatched,
            actual.numel(),
            String.format(Locale.ROOT, "%.1f", 100.0 * mismatched / actual.numel()),
            number(absolute),
            index(absoluteAt),
            allowed(equality, atol),
            Python.number(relative),
            index(relativeAt),
            allowed(equality, rtol));
  }

  private String number(double value) {
    return actual.dtype().isFloatingPoint() ? Python.number(value) : String.valueOf((long) value);
  }

  private static String allowed(boolean equality, double tolerance) {
    return equality ? "" : " (up to %s allowed)".formatted(Python.number(tolerance));
  }

  private String index(int flat) {
    List<Long> index = new ArrayList<>();
    long rest = flat;
    for (int d = expected.shape().size() - 1; d >= 0; d--) {
      index.add(rest % expected.shape().get(d));
      rest /= expected.shape().get(d);
    }
    Collections.reverse(index);
    String inside = index.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return index.size() == 1 ? "(" + inside + ",)" : "(" + inside + ")";
  }

  /** Numbers as Python prints them. */
  private static final class Python {
    private static final int SCIENTIFIC_FROM = 16;

    private Python() {}

    static String number(double value) {
      if (Double.isNaN(value)) {
        return "nan";
      }
      if (Double.isInfinite(value)) {
        return value > 0 ? "inf" : "-inf";
      }
      if (value == 0) {
        return 1 / value < 0 ? "-0.0" : "0.0";
      }
      BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
      int exponent = digits.precision() - digits.scale() - 1;
      if (exponent >= -4 && exponent < SCIENTIFIC_FROM) {
        String plain = digits.toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
      }
      BigDecimal mantissa = digits.movePointLeft(exponent).stripTrailingZeros();
      return "%se%s%02d"
          .formatted(mantissa.toPlainString(), exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
  }
}
