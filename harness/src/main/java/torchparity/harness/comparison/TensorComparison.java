package torchparity.harness.comparison;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import torchparity.cases.HostTensor;

/**
 * Compares two tensors: dtype, then shape, then every element.
 *
 * <p>Source: {@code torch.testing.assert_close}, PyTorch 2.13, with {@code equal_nan=False};
 * infinities are equal to themselves.
 */
public final class TensorComparison {
  private TensorComparison() {}

  /** What {@code actual} is, compared with {@code expected}, at the probe {@code name}. */
  public static ProbeFinding compare(
      String name, HostTensor expected, HostTensor actual, Tolerance tolerance) {
    if (expected.dtype() != actual.dtype()) {
      return new ProbeFinding.DtypeMismatch(name, expected.dtype(), actual.dtype());
    }
    if (!expected.shape().equals(actual.shape())) {
      return new ProbeFinding.ShapeMismatch(name, expected.shape(), actual.shape());
    }
    Difference difference = difference(expected, actual, tolerance);
    return difference.mismatched() == 0
        ? new ProbeFinding.Match(name, difference)
        : new ProbeFinding.ValueMismatch(
            name, difference, RowPattern.find(expected, actual, tolerance));
  }

  private static Difference difference(HostTensor expected, HostTensor actual, Tolerance tol) {
    Greatest absolute = new Greatest();
    Greatest relative = new Greatest();
    long mismatched = 0;
    long maxUlp = 0;
    double used = 0;
    for (int i = 0; i < expected.numel(); i++) {
      long ulp = ulp(expected, actual, i);
      if (ulp == 0) {
        if (!tol.isExact() && Double.isNaN(expected.getDouble(i))) {
          mismatched++;
          used = Double.POSITIVE_INFINITY;
        }
        continue;
      }
      double e = expected.getDouble(i);
      double a = actual.getDouble(i);
      double apart = a == e && expected.dtype().isFloatingPoint() ? 0 : Math.abs(a - e);
      absolute.offer(apart, i);
      relative.offer(apart == 0 ? 0 : apart / Math.abs(e), i);
      maxUlp = Math.max(maxUlp, ulp);
      // Not 'apart > allowed', which is false for NaN.
      if (tol.isExact() || !(apart <= tol.allowedAt(e)) || Double.isInfinite(apart)) {
        mismatched++;
      }
      used = Math.max(used, share(apart, tol.allowedAt(e)));
    }
    return new Difference(
        expected.numel(),
        mismatched,
        absolute.value,
        index(absolute.at, expected.shape()),
        relative.value,
        index(relative.at, expected.shape()),
        maxUlp,
        used,
        tol);
  }

  /** Also where both are infinite or NaN, which no allowance covers. */
  private static double share(double apart, double allowed) {
    double share = apart == 0 ? 0 : apart / allowed;
    return Double.isNaN(share) ? Double.POSITIVE_INFINITY : share;
  }

  /** Distance at element {@code i}; 0 means that the bits are the same. */
  private static long ulp(HostTensor expected, HostTensor actual, int i) {
    return switch (expected.dtype()) {
      case FLOAT32 ->
          Ulp.distance(
              expected.bytes().getFloat(i * Float.BYTES), actual.bytes().getFloat(i * Float.BYTES));
      case FLOAT64 -> Ulp.distance(expected.getDouble(i), actual.getDouble(i));
      case INT32, INT64, UINT8, BOOL -> {
        long e = expected.getLong(i);
        long a = actual.getLong(i);
        yield e == a ? 0 : Math.max(1, Math.abs(a - e));
      }
    };
  }

  private static List<Long> index(int flat, List<Long> shape) {
    if (flat < 0) {
      return List.of();
    }
    List<Long> index = new ArrayList<>();
    long rest = flat;
    for (int d = shape.size() - 1; d >= 0; d--) {
      index.add(rest % shape.get(d));
      rest /= shape.get(d);
    }
    Collections.reverse(index);
    return index;
  }

  /** The greatest value offered so far; a NaN is greater than any number. */
  private static final class Greatest {
    private double value;
    private int at = -1;

    void offer(double candidate, int i) {
      if (at < 0 || Double.compare(candidate, value) > 0) {
        value = candidate;
        at = i;
      }
    }
  }
}
