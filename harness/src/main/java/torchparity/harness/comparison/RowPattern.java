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
    Shift shift = new Shift(width);
    long first = -1;
    long last = -1;
    long count = 0;
    for (int row = 0; row < rows; row++) {
      if (differs(expected, actual, allowance, row * width, width)) {
        first = first < 0 ? row : first;
        last = row;
        count++;
        shift.add(expected, actual, row * width);
      }
    }
    return new RowPattern(first, last, count, rows, shift.common());
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

  /** How far rows moved, each column by itself. */
  private static final class Shift {
    private final int width;
    private final double[] sum;
    private final double[] least;
    private final double[] greatest;
    private long rows;

    private Shift(int width) {
      this.width = width <= WIDEST_SHIFT ? width : 0; // wider ones are not looked at
      sum = new double[this.width];
      least = new double[this.width];
      greatest = new double[this.width];
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    }

    private void add(HostTensor expected, HostTensor actual, int from) {
      rows++;
      for (int column = 0; column < width; column++) {
        double moved = actual.getDouble(from + column) - expected.getDouble(from + column);
        sum[column] += moved;
        least[column] = Math.min(least[column], moved);
        greatest[column] = Math.max(greatest[column], moved);
      }
    }

    /** The mean, if it is that of every row to one part in a thousand, or empty. */
    private List<Double> common() {
      if (width == 0 || rows < 2) {
        return List.of();
      }
      List<Double> mean = new ArrayList<>();
      double scale = 0;
      double spread = 0;
      for (int column = 0; column < width; column++) {
        mean.add(sum[column] / rows);
        scale = Math.max(scale, Math.abs(sum[column] / rows));
        spread = Math.max(spread, greatest[column] - least[column]);
      }
      return spread <= SAME * scale ? mean : List.of();
    }
  }
}
