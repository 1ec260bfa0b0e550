package torchparity.harness.diagnosis;

import java.util.ArrayList;
import java.util.List;
import torchparity.harness.diagnosis.Diagnosis.Aligned;
import torchparity.harness.diagnosis.Diagnosis.Call;

/**
 * Puts the calls of two sides beside each other: those of the longest common subsequence of
 * operations in one row each, what lies between them in pairs as far as both have some. Source:
 * Wagner and Fischer, The string-to-string correction problem, J. ACM 21 (1974).
 */
final class Alignment {
  private final List<Call> left;
  private final List<Call> right;

  /** The length of the longest common subsequence of what comes from here on, on both sides. */
  private final int[][] common;

  private Alignment(List<Call> left, List<Call> right) {
    this.left = left;
    this.right = right;
    this.common = new int[left.size() + 1][right.size() + 1];
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        common[i][j] =
            alike(i, j) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
  }

  static List<Aligned> of(List<Call> left, List<Call> right) {
    return new Alignment(left, right).rows();
  }

  private boolean alike(int i, int j) {
    return left.get(i).op().equals(right.get(j).op());
  }

  private List<Aligned> rows() {
    List<Aligned> rows = new ArrayList<>();
    List<Call> onlyLeft = new ArrayList<>();
    List<Call> onlyRight = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < left.size() || j < right.size()) {
      if (i < left.size() && j < right.size() && alike(i, j)) {
        pair(onlyLeft, onlyRight, rows);
        rows.add(new Aligned(left.get(i++), right.get(j++)));
      } else if (j == right.size() || (i < left.size() && common[i + 1][j] >= common[i][j + 1])) {
        onlyLeft.add(left.get(i++));
      } else {
        onlyRight.add(right.get(j++));
      }
    }
    pair(onlyLeft, onlyRight, rows);
    return rows;
  }

  private static void pair(List<Call> onlyLeft, List<Call> onlyRight, List<Aligned> rows) {
    for (int k = 0; k < Math.max(onlyLeft.size(), onlyRight.size()); k++) {
      rows.add(
          new Aligned(
              k < onlyLeft.size() ? onlyLeft.get(k) : null,
              k < onlyRight.size() ? onlyRight.get(k) : null));
    }
    onlyLeft.clear();
    onlyRight.clear();
  }
}
