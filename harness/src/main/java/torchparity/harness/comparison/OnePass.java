package torchparity.harness.comparison;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Dtype;

/**
 * Reads two arrays once, block by block, and gathers all statistics. The arrays may be mapped
 * files: a block at a time is copied to the heap.
 */
public final class OnePass {
  private static final int BLOCK = 4096;

  private final Allowance allowance;
  private final boolean exact;
  private final Allowance.@Nullable ByHand plain;
  private final long[] ulps = new long[65];
  private long mismatched;
  private double maxAbsolute;
  private long maxAbsoluteAt = -1;
  private double maxRelative;
  private long maxRelativeAt = -1;
  private long maxUlp;
  private double used;
  private long usedAt = -1;
  private double sum;
  private long above;
  private long below;
  private final long[] census = new long[4];

  private OnePass(Allowance allowance) {
    this.allowance = allowance;
    this.exact = allowance.isExact();
    this.plain = plain(allowance);
  }

  /** A bound that is one formula for all elements; the exact one asks for no bound. */
  private static Allowance.@Nullable ByHand plain(Allowance allowance) {
    if (allowance instanceof Allowance.ByHand hand) {
      return hand;
    }
    return allowance.isExact() ? new Allowance.ByHand(0, Double.MAX_VALUE, "exact") : null;
  }

  /**
   * Compares the remaining bytes of two buffers of equal length, little-endian.
   *
   * @param dtype of both
   */
  public static Statistics compare(
      Dtype dtype, ByteBuffer expected, ByteBuffer actual, Allowance allowance) {
    OnePass pass = new OnePass(allowance);
    ByteBuffer e = expected.slice().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer a = actual.slice().order(ByteOrder.LITTLE_ENDIAN);
    switch (dtype) {
      case FLOAT32 -> pass.floats(e, a);
      case FLOAT64 -> pass.doubles(e.asLongBuffer(), a.asLongBuffer());
      case INT32 -> pass.integers(e.remaining() / 4, i -> e.getInt(4 * i), i -> a.getInt(4 * i));
      case INT64 -> pass.integers(e.remaining() / 8, i -> e.getLong(8 * i), i -> a.getLong(8 * i));
      case UINT8, BOOL -> pass.integers(e.remaining(), i -> e.get(i) & 0xff, i -> a.get(i) & 0xff);
    }
    return pass.result(e.remaining() / dtype.bytes());
  }

  private void floats(ByteBuffer expected, ByteBuffer actual) {
    FloatBlock block = new FloatBlock(expected, actual);
    long start = 0;
    for (int n = block.next(); n > 0; n = block.next()) {
      if (block.isEqual()) {
        ulps[0] += n;
      } else {
        differing(block, n, start);
      }
      start += n;
    }
  }

  /** Takes what the block gathered, unless it may hold a new extreme. */
  private void differing(FloatBlock block, int n, long start) {
    FloatBlock.Gathered seen = block.gather(limits());
    if (seen.isSpecial()) {
      for (int i = 0; i < n; i++) {
        special(start + i, block.e[i], block.a[i]);
      }
      return;
    }
    boolean mayBeExtreme =
        plain == null
            || maxAbsoluteAt < 0
            || seen.bound() < 0
            || seen.mayExceed()
            || (seen.bound() > maxUlp && block.atLeast((int) maxUlp + 1) > 0);
    if (mayBeExtreme) {
      finiteFloats(block.e, block.a, n, start);
      return;
    }
    int apart = seen.above() + seen.below();
    ulps[0] += n - apart;
    mismatched += exact ? apart : 0;
    int bucket = 1;
    for (int least = 2; least <= seen.bound() && apart > 0; least *= 2) {
      int further = block.atLeast(least);
      ulps[bucket++] += apart - further;
      apart = further;
    }
    ulps[bucket] += apart;
    above += seen.above();
    below += seen.below();
    sum += seen.sum();
  }

  private FloatBlock.Limits limits() {
    return plain == null
        ? FloatBlock.Limits.NONE
        : new FloatBlock.Limits(maxAbsolute, Math.min(1, used), plain, maxRelative);
  }

  private void special(long i, int x, int y) {
    double e = Float.intBitsToFloat(x);
    double a = Float.intBitsToFloat(y);
    any(i, e, a, Ulp.distance((float) e, (float) a), x == y);
  }

  /** The innermost loop, without a branch that depends on a typical element. */
  private void finiteFloats(int[] e, int[] a, int n, long start) {
    double blockSum = 0;
    long blockAbove = 0;
    long blockBelow = 0;
    long blockUlp = 0;
    for (int i = 0; i < n; i++) {
      int x = e[i];
      int y = a[i];
      long ulp = Math.abs(Ulp.ordered(x) - Ulp.ordered(y));
      ulps[Long.SIZE - Long.numberOfLeadingZeros(ulp)]++;
      blockUlp = Math.max(blockUlp, ulp);
      double expected = Float.intBitsToFloat(x);
      double difference = Float.intBitsToFloat(y) - expected;
      double apart = Math.abs(difference);
      blockSum += difference;
      blockAbove += difference > 0 ? 1 : 0;
      blockBelow += difference < 0 ? 1 : 0;
      if (apart > maxAbsolute || (ulp > 0 && maxAbsoluteAt < 0)) {
        maxAbsolute = apart;
        maxAbsoluteAt = start + i;
      }
      if (apart > maxRelative * Math.abs(expected)) {
        offerRelative(apart / Math.abs(expected), start + i);
      }
      double allowed = exact ? 0 : allowance.at(start + i, expected);
      if (exact ? ulp > 0 : apart > allowed) {
        mismatched++;
      }
      if (apart > used * allowed) {
        offerShare(apart / allowed, start + i);
      }
    }
    maxUlp = Math.max(maxUlp, blockUlp);
    sum += blockSum;
    above += blockAbove;
    below += blockBelow;
  }

  private void doubles(LongBuffer expected, LongBuffer actual) {
    long[] e = new long[BLOCK];
    long[] a = new long[BLOCK];
    long start = 0;
    while (expected.hasRemaining()) {
      int n = Math.min(BLOCK, expected.remaining());
      expected.get(e, 0, n);
      actual.get(a, 0, n);
      for (int i = 0; i < n; i++) {
        double x = Double.longBitsToDouble(e[i]);
        double y = Double.longBitsToDouble(a[i]);
        any(start + i, x, y, Ulp.distance(x, y), e[i] == a[i]);
      }
      start += n;
    }
  }

  private interface Integers {
    long at(int i);
  }

  private void integers(int n, Integers expected, Integers actual) {
    for (int i = 0; i < n; i++) {
      long e = expected.at(i);
      long a = actual.at(i);
      any(i, (double) e, (double) a, apart(e, a), e == a);
    }
  }

  /** {@code |actual - expected|}, or the greatest long where it is greater. */
  private static long apart(long expected, long actual) {
    long difference = actual - expected;
    boolean overflow = ((actual ^ expected) & (actual ^ difference)) < 0;
    return overflow || difference == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(difference);
  }

  /** One element of any kind; NaN is never within an allowance, and equal to its very bits only. */
  private void any(long i, double e, double a, long ulp, boolean sameBits) {
    census[0] += Double.isNaN(e) ? 1 : 0;
    census[1] += Double.isNaN(a) ? 1 : 0;
    census[2] += Double.isInfinite(e) ? 1 : 0;
    census[3] += Double.isInfinite(a) ? 1 : 0;
    ulps[Long.SIZE - Long.numberOfLeadingZeros(ulp)]++;
    maxUlp = Math.max(maxUlp, ulp);
    if (sameBits) {
      if (!exact && Double.isNaN(e)) {
        mismatched++;
        offerShare(Double.POSITIVE_INFINITY, i);
      }
      return;
    }
    double apart = a == e ? 0 : Math.abs(a - e);
    if (maxAbsoluteAt < 0 || Double.compare(apart, maxAbsolute) > 0) {
      maxAbsolute = apart;
      maxAbsoluteAt = i;
    }
    offerRelative(apart == 0 ? 0 : apart / Math.abs(e), i);
    double allowed = allowance.at(i, e);
    // Not 'apart > allowed', which is false for NaN.
    if (exact || !(apart <= allowed) || Double.isInfinite(apart)) {
      mismatched++;
    }
    double share = apart == 0 ? 0 : apart / allowed;
    offerShare(Double.isNaN(share) ? Double.POSITIVE_INFINITY : share, i);
    sum += a == e ? 0 : a - e;
    above += a > e ? 1 : 0;
    below += a < e ? 1 : 0;
  }

  private void offerRelative(double relative, long i) {
    if (maxRelativeAt < 0 || Double.compare(relative, maxRelative) > 0) {
      maxRelative = relative;
      maxRelativeAt = i;
    }
  }

  private void offerShare(double share, long i) {
    if (usedAt < 0 || share > used) {
      used = share;
      usedAt = i;
    }
  }

  private Statistics result(long elements) {
    int last = ulps.length - 1;
    while (last > 0 && ulps[last] == 0) {
      last--;
    }
    List<Long> histogram = new ArrayList<>();
    Arrays.stream(ulps, 0, last + 1).forEach(histogram::add);
    return new Statistics(
        elements,
        mismatched,
        maxAbsolute,
        maxAbsoluteAt,
        maxRelative,
        maxRelativeAt,
        maxUlp,
        histogram,
        used,
        usedAt,
        elements == 0 ? 0 : sum / elements,
        above,
        below,
        new Statistics.Census(census[0], census[1], census[2], census[3]));
  }
}
