package torchparity.harness.comparison;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How two tensors of one dtype and shape differ, and what was allowed.
 *
 * @param maxAbsoluteIndex where the greatest difference is, one number per dimension
 * @param worstIndex where the greatest share of the allowance is taken
 * @param allowed the allowed difference there
 * @param allowance what was allowed
 */
public record Difference(
    Statistics statistics,
    List<Long> maxAbsoluteIndex,
    List<Long> worstIndex,
    double allowed,
    Allowance allowance) {
  public Difference {
    maxAbsoluteIndex = List.copyOf(maxAbsoluteIndex);
    worstIndex = List.copyOf(worstIndex);
  }

  /** True if no bit differs. */
  public boolean isIdentical() {
    return statistics.maxUlp() == 0;
  }

  /** Greatest share of the allowance that an element takes: above 1 it is mismatched. */
  public double used() {
    return statistics.used();
  }

  static List<Long> index(long flat, List<Long> shape) {
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
}
