package torchparity.harness.comparison;

import java.util.List;

/**
 * What one pass over two arrays of one dtype finds.
 *
 * @param elements number of elements
 * @param mismatched elements further apart than allowed, NaN included
 * @param maxAbsolute greatest absolute difference; NaN if an element of one side alone is NaN
 * @param maxAbsoluteAt flat index of it, or -1 if no bit differs
 * @param maxRelative greatest {@code |actual - expected| / |expected|}
 * @param maxRelativeAt flat index of it, or -1
 * @param maxUlp greatest distance in units in the last place
 * @param ulps how many elements are 0, 1, 2 to 3, 4 to 7, ... units in the last place apart
 * @param used greatest share of its allowance that an element takes; infinite if nothing is allowed
 * @param usedAt flat index of it, or -1
 * @param meanDifference mean of {@code actual - expected}, over all elements
 * @param above elements where the candidate is greater
 * @param below elements where it is less
 * @param notFinite NaN and infinities
 */
public record Statistics(
    long elements,
    long mismatched,
    double maxAbsolute,
    long maxAbsoluteAt,
    double maxRelative,
    long maxRelativeAt,
    long maxUlp,
    List<Long> ulps,
    double used,
    long usedAt,
    double meanDifference,
    long above,
    long below,
    Census notFinite) {
  public Statistics {
    ulps = List.copyOf(ulps);
  }

  /** True if the candidate has more NaN or infinities than the reference. */
  public boolean hasLostNumbers() {
    return notFinite.actualNan + notFinite.actualInfinite
        > notFinite.expectedNan + notFinite.expectedInfinite;
  }

  /** How many elements of each side are no finite numbers. */
  public record Census(
      long expectedNan, long actualNan, long expectedInfinite, long actualInfinite) {}
}
