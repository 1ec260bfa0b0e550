package torchparity.harness.allowance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

/** How far runs of one probe are apart, row by row: the greatest of a row's elements counts. */
final class Spread {
  /** So many numbers tell sides apart; of one or two, runs are near one another by chance. */
  private static final int ENOUGH_TO_TELL_SIDES = 3;

  private Spread() {}

  /** For each row, its greatest difference in each run. */
  static double[][] columns(HostTensor base, List<HostTensor> runs, int rows) {
    double[][] columns = new double[rows][runs.size()];
    for (int k = 0; k < runs.size(); k++) {
      double[] differences = differences(base, runs.get(k), rows);
      for (int r = 0; r < rows; r++) {
        columns[r][k] = differences[r];
      }
    }
    return columns;
  }

  private static double[] differences(HostTensor base, HostTensor other, int rows) {
    int width = base.numel() / rows;
    double[] greatest = new double[rows];
    for (int i = 0; i < base.numel(); i++) {
      double apart = Math.abs(base.getDouble(i) - other.getDouble(i));
      int row = i / width;
      // A NaN on either side is no bound at all.
      greatest[row] =
          apart <= greatest[row]
              ? greatest[row]
              : Double.isNaN(apart) ? Double.POSITIVE_INFINITY : apart;
    }
    return greatest;
  }

  /** One unit in the last place of each row's greatest finite element. */
  static double[] ulps(HostTensor base, int rows) {
    int width = base.numel() / rows;
    double[] ulps = new double[rows];
    for (int i = 0; i < base.numel(); i++) {
      double v = Math.abs(base.getDouble(i));
      double ulp = base.dtype() == Dtype.FLOAT32 ? Math.ulp((float) v) : Math.ulp(v);
      ulps[i / width] = Double.isFinite(ulp) ? Math.max(ulps[i / width], ulp) : ulps[i / width];
    }
    return ulps;
  }

  /** How wide the sides are on which runs lie: infinite where no two could be told apart. */
  static double[] sides(HostTensor base, List<HostTensor> noisy, int rows) {
    return base.numel() / rows < ENOUGH_TO_TELL_SIDES ? noSides(rows) : beside(base, noisy, rows);
  }

  /** The same where there is no sign of two sides. */
  static double[] noSides(int rows) {
    double[] none = new double[rows];
    Arrays.fill(none, Double.POSITIVE_INFINITY);
    return none;
  }

  /**
   * How far most of the runs are at most from the second nearest other one: from one that lies on
   * the same side of a kink, where some of the runs passed it and some did not.
   */
  private static double[] beside(HostTensor base, List<HostTensor> noisy, int rows) {
    double[][] near = new double[rows][noisy.size()];
    for (int k = 0; k < noisy.size(); k++) {
      List<HostTensor> others = new ArrayList<>(noisy);
      others.set(k, base);
      double[][] apart = columns(noisy.get(k), others, rows);
      for (int r = 0; r < rows; r++) {
        Arrays.sort(apart[r]);
        near[r][k] = apart[r][Math.min(1, apart[r].length - 1)];
      }
    }
    return Arrays.stream(near)
        .mapToDouble(n -> Arrays.stream(n).sorted().toArray()[n.length / 2])
        .toArray();
  }
}
