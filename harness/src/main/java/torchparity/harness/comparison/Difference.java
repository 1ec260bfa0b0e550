package torchparity.harness.comparison;

import java.util.List;

/**
 * How two tensors of one dtype and shape differ.
 *
 * @param elements number of elements compared
 * @param mismatched number of elements further apart than allowed, NaN included
 * @param maxAbsolute greatest absolute difference; NaN if an element of one side alone is NaN
 * @param maxAbsoluteIndex where {@code maxAbsolute} is, one number per dimension
 * @param maxRelative greatest {@code |actual - expected| / |expected|}
 * @param maxRelativeIndex where {@code maxRelative} is
 * @param maxUlp greatest distance in units in the last place; 0 for integer tensors that agree
 * @param used greatest share of the allowance that an element takes: above 1 it is mismatched;
 *     infinite where nothing is allowed
 * @param tolerance what was allowed
 */
public record Difference(
    long elements,
    long mismatched,
    double maxAbsolute,
    List<Long> maxAbsoluteIndex,
    double maxRelative,
    List<Long> maxRelativeIndex,
    long maxUlp,
    double used,
    Tolerance tolerance) {
  public Difference {
    maxAbsoluteIndex = List.copyOf(maxAbsoluteIndex);
    maxRelativeIndex = List.copyOf(maxRelativeIndex);
  }
}
