package torchparity.harness.report.html;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Thins out long curves without losing what a person would see: of each stretch the first point,
 * and the least and the greatest of every curve.
 */
final class Decimation {
  private final int most;

  /**
   * @param most how many stretches there are
   */
  Decimation(int most) {
    this.most = most;
  }

  /** Indices to keep of curves of {@code length} points each, in order; the last is among them. */
  int[] keep(int length, List<double[]> curves) {
    TreeSet<Integer> kept = new TreeSet<>();
    int stretch = Math.max(1, (length + most - 1) / most);
    for (int from = 0; from < length; from += stretch) {
      int to = Math.min(length, from + stretch);
      kept.add(from);
      for (double[] curve : curves) {
        extremes(curve, from, Math.min(to, curve.length), kept);
      }
    }
    if (length > 0) {
      kept.add(length - 1);
    }
    return kept.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void extremes(double[] curve, int from, int to, Set<Integer> kept) {
    int least = -1;
    int greatest = -1;
    boolean gap = false;
    for (int i = from; i < to; i++) {
      if (!Double.isFinite(curve[i])) {
        if (!gap) {
          kept.add(i); // Where a curve stops being finite is what people look for.
        }
        gap = true;
        continue;
      }
      least = least < 0 || curve[i] < curve[least] ? i : least;
      greatest = greatest < 0 || curve[i] > curve[greatest] ? i : greatest;
    }
    if (least >= 0) {
      kept.add(least);
      kept.add(greatest);
    }
  }
}
