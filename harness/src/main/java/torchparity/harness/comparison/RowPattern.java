package torchparity.harness.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import torchparity.cases.HostTensor;

/**
 * Which rows of a tensor differ by more than is allowed, and whether all of them by the same
 * vector. A row is what one index of the first dimension selects; a scalar has one row.
 *
 * @param first first row that differs
 * @param last last row that differs
 * @param count how many rows differ
 * @param rows how many rows there are
 * @param shift {@code actual - expected} if it is the same for every row that differs, to one part
 *     in a thousand; empty otherwise
 */
public record RowPattern(long first, long last, long count, long rows, List<Double> shift) {
  private static final double SAME = 1e-3;
  private static final int WIDEST_SHIFT = 8;

  public RowPattern {
    shift = List.copyOf(shift);
  }

  /** True if the rows that differ are a block without a gap, and not all rows. */
  public boolean isBlock() {
    return count < rows && last - first + 1 == count;
  }

  static RowPattern find(HostTensor expected, HostTensor actual, Allowance allowance) {
    int rows = expected.shape().isEmpty() ? 1 : Math.toIntExact(expected.shape().get(0));
    int width = expected.numel() / rows;
    List<Integer> differing = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      if (differs(expected, actual, allowance, row * width, width)) {
        differing.add(row);
      }
    }
    if (differing.isEmpty()) {
      return new RowPattern(-1, -1, 0, rows, List.of());
    }
    return new RowPattern(
        differing.get(0),
        differing.get(differing.size() - 1),
        differing.size(),
        rows,
        shift(expected, actual, differing, width));
  }

  private static boolean differs(
      HostTensor expected, HostTensor actual, Allowance allowance, int from, int width) {
    for (int i = from; i < from + width; i++) {
      double e = expected.getDouble(i);
      double a = actual.getDouble(i);
      if (e != a && !(Math.abs(a - e) <= allowance.at(i, e))) {
        return true;
      }
    }
    return false;
  }

  private static List<Double> shift(
      HostTensor expected, HostTensor actual, List<Integer> rows, int width) {
    if (width > WIDEST_SHIFT || rows.size() < 2) {
      return List.of();
    }
    double[] sum = new double[width];
    double[] least = new double[width];
    double[] greatest = new double[width];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    for (int row : rows) {
      for (int column = 0; column < width; column++) {
        int i = row * width + column;
        double moved = actual.getDouble(i) - expected.getDouble(i);
        sum[column] += moved;
        least[column] = Math.min(least[column], moved);
        greatest[column] = Math.max(greatest[column], moved);
      }
    }
    List<Double> shift = new ArrayList<>();
    double scale = 0;
    double spread = 0;
    for (int column = 0; column < width; column++) {
      shift.add(sum[column] / rows.size());
      scale = Math.max(scale, Math.abs(sum[column] / rows.size()));
      spread = Math.max(spread, greatest[column] - least[column]);
    }
    return spread <= SAME * scale ? shift : List.of();
  }
}
