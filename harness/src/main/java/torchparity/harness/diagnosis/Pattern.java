package torchparity.harness.diagnosis;

import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import torchparity.cases.HostTensor;

/**
 * What the numbers alone say of the first probe that differs: all are a multiple of the
 * reference's, or added up on the way, or some rows were never computed. It proves nothing, and
 * holds where operations differ too much to be compared one by one.
 *
 * @param claim in words
 */
record Pattern(Cause cause, String claim) {
  /** What rounding may make of a float32 number on the way. */
  private static final double ROUNDING = 1e-4;

  /** Factors nearer to 1 than this are no pattern. */
  private static final double LEAST = 1e-2;

  /** The pattern of the first probe that differs; empty if it has none or is not in the logs. */
  static Optional<Pattern> of(Divergence d) {
    for (Map.Entry<String, Integer> probe : d.reference().probes().entrySet()) {
      Integer there = d.candidate().probes().get(probe.getKey());
      if (there == null
          || d.reference().value(probe.getValue()).equals(d.candidate().value(there))) {
        continue;
      }
      HostTensor expected = d.reference().recorded(probe.getKey()).orElse(null);
      HostTensor actual = d.candidate().recorded(probe.getKey()).orElse(null);
      if (expected == null || actual == null || !areAlike(expected, actual)) {
        return Optional.empty();
      }
      return of(probe.getKey(), expected, actual, d.candidate());
    }
    return Optional.empty();
  }

  private static boolean areAlike(HostTensor expected, HostTensor actual) {
    return expected.dtype() == actual.dtype()
        && expected.dtype().isFloatingPoint()
        && expected.shape().equals(actual.shape());
  }

  private static Optional<Pattern> of(
      String probe, HostTensor expected, HostTensor actual, OpGraph candidate) {
    int rows = expected.shape().isEmpty() ? 1 : Math.toIntExact(expected.shape().get(0));
    int width = rows == 0 ? 0 : expected.numel() / rows;
    double size = 0;
    double dot = 0;
    for (int i = 0; i < expected.numel(); i++) {
      size += expected.getDouble(i) * expected.getDouble(i);
      dot += expected.getDouble(i) * actual.getDouble(i);
    }
    double factor = dot / size;
    boolean isMultiple = sizes(expected) > 1 && isMultiple(expected, actual, factor);
    if (isMultiple && Math.abs(factor - 1) > LEAST) {
      return Optional.of(
          new Pattern(
              factor < 0 ? Cause.SIGN : Cause.SCALE,
              "`%s` is %.6g times what the reference has".formatted(probe, factor)));
    }
    return running(probe, expected, actual)
        .or(() -> width > 0 ? unset(probe, expected, actual, rows, candidate) : Optional.empty());
  }

  /** How many sizes other than 0 the numbers have: any two numbers have a ratio. */
  static long sizes(HostTensor value) {
    return IntStream.range(0, value.numel())
        .mapToDouble(i -> Math.abs(value.getDouble(i)))
        .filter(size -> size > 0)
        .distinct()
        .count();
  }

  private static boolean isMultiple(HostTensor expected, HostTensor actual, double factor) {
    double greatest = 0;
    double left = 0;
    for (int i = 0; i < expected.numel(); i++) {
      greatest = Math.max(greatest, Math.abs(actual.getDouble(i)));
      left = Math.max(left, Math.abs(actual.getDouble(i) - factor * expected.getDouble(i)));
    }
    return greatest > 0 && left <= ROUNDING * greatest;
  }

  /** Numbers that were added up on the way, as a loss that is shown over many steps. */
  private static Optional<Pattern> running(String probe, HostTensor expected, HostTensor actual) {
    boolean isSum = sizes(expected) > 1;
    boolean isMean = sizes(expected) > 1;
    double sum = 0;
    for (int i = 0; i < expected.numel(); i++) {
      sum += expected.getDouble(i);
      isSum &= Math.abs(actual.getDouble(i) - sum) <= ROUNDING * Math.abs(sum);
      isMean &= Math.abs(actual.getDouble(i) - sum / (i + 1)) <= ROUNDING * Math.abs(sum / (i + 1));
    }
    return isSum || isMean
        ? Optional.of(
            new Pattern(
                Cause.WRONG_PROBE,
                "`%s` is the running %s of what the reference has"
                    .formatted(probe, isSum ? "sum" : "mean")))
        : Optional.empty();
  }

  private static Optional<Pattern> unset(
      String probe, HostTensor expected, HostTensor actual, int rows, OpGraph candidate) {
    int width = expected.numel() / rows;
    int first = -1;
    int last = -1;
    for (int row = 0; row < rows; row++) {
      boolean zero = true;
      boolean close = true;
      for (int i = row * width; i < (row + 1) * width; i++) {
        double e = expected.getDouble(i);
        double a = actual.getDouble(i);
        zero &= a == 0;
        close &= Math.abs(a - e) <= ROUNDING * Math.max(1, Math.abs(e));
      }
      if (!close && !zero) {
        return Optional.empty();
      } else if (!close && first >= 0 && last < row - 1) {
        return Optional.empty(); // zeros here and there
      } else if (!close) {
        first = first < 0 ? row : first;
        last = row;
      }
    }
    if (first < 0 || (first == 0 && last == rows - 1)) {
      return Optional.empty();
    }
    boolean computed =
        IntStream.rangeClosed(first, last).allMatch(r -> isComputed(expected.row(r), candidate));
    return Optional.of(
        new Pattern(
            computed ? Cause.WRONG_PROBE : Cause.MISSING_OP,
            "rows %d to %d of `%s` are 0: %s"
                .formatted(
                    first,
                    last,
                    probe,
                    computed
                        ? "their numbers were computed, and are not where they belong"
                        : "nothing was computed for them")));
  }

  private static boolean isComputed(HostTensor row, OpGraph g) {
    return IntStream.range(0, g.size())
        .anyMatch(n -> g.tensor(n).filter(t -> t.bitEquals(row)).isPresent());
  }
}
