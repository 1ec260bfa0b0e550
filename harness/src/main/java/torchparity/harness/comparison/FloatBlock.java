package torchparity.harness.comparison;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Some thousand elements of two float32 arrays, gone through in strips that stay in the first
 * cache. What is gathered from all elements is kept in a lane for each place of a strip, and
 * brought together once for a block: loops without a branch, a call or a result of their own are
 * the form that HotSpot's C2 turns into vector instructions, from Java 17 on. A loop that asks
 * everything of one element after the other takes ten times as long.
 */
final class FloatBlock {
  static final int SIZE = 8192;
  private static final int STRIP = 512;

  /**
   * Numbers that are less than this many units in the last place apart have an exact difference in
   * float32: of one sign they are within a factor of two, of two signs both are subnormal (Sterbenz
   * 1974, theorem 4.3.1).
   */
  private static final int EXACT_DIFFERENCE = 1 << 22;

  /** More than what four roundings to float32 take away. */
  private static final double NEAR = 1 - 1e-6;

  private static final int LOWEST_EXPONENT_BIT = 1 << 23;

  /** Differences are multiplied by it, so that no bound near one of them is subnormal. */
  private static final float SCALE = 1 << 24;

  private final IntBuffer expectedBits;
  private final IntBuffer actualBits;
  private final FloatBuffer expected;
  private final FloatBuffer actual;

  final int[] e = new int[SIZE];
  final int[] a = new int[SIZE];
  private final int[] ulps = new int[SIZE];
  private int n;

  private final int[] eBits = new int[STRIP];
  private final int[] aBits = new int[STRIP];
  private final int[] ulp = new int[STRIP];
  private final float[] x = new float[STRIP];
  private final float[] y = new float[STRIP];

  private final int[] special = new int[STRIP];
  private final int[] far = new int[STRIP];
  private final int[] signs = new int[STRIP];
  private final float[] total = new float[STRIP];
  private final float[] lost = new float[STRIP];
  private final float[] beyond = new float[STRIP];

  FloatBlock(ByteBuffer expected, ByteBuffer actual) {
    this.expectedBits = expected.asIntBuffer();
    this.actualBits = actual.asIntBuffer();
    this.expected = expected.asFloatBuffer();
    this.actual = actual.asFloatBuffer();
  }

  /** Reads the next elements, and answers how many; 0 at the end. */
  int next() {
    n = Math.min(SIZE, expectedBits.remaining());
    expectedBits.get(e, 0, n);
    actualBits.get(a, 0, n);
    return n;
  }

  /** True if both sides are the same bit by bit, and nothing is infinite, NaN or -0.0. */
  boolean isEqual() {
    if (!Arrays.equals(e, 0, n, a, 0, n)) {
      return false;
    }
    int any = 0;
    for (int i = 0; i < n; i++) {
      any |= special(e[i]);
    }
    return any >= 0;
  }

  /**
   * What was seen in a block, sums and counts as {@link Statistics} has them.
   *
   * @param isSpecial an element of either side is infinite, NaN or -0.0; nothing else is then known
   * @param bound on the distances in units in the last place, or -1 if some are too far apart for
   *     this block's arithmetic; nothing else is then known
   * @param mayExceed false only if no element exceeds the limits
   */
  record Gathered(
      boolean isSpecial, int bound, boolean mayExceed, int above, int below, double sum) {}

  /** Goes through the block once. */
  Gathered gather(Limits limits) {
    clear();
    int start = expectedBits.position() - n;
    for (int strip = 0; strip < n; strip += STRIP) {
      int length = Math.min(STRIP, n - strip);
      System.arraycopy(e, strip, eBits, 0, length);
      System.arraycopy(a, strip, aBits, 0, length);
      bits(length);
      System.arraycopy(ulp, 0, ulps, strip, length);
      expected.position(start + strip).get(x, 0, length);
      actual.position(start + strip).get(y, 0, length);
      sum(length);
      exceed(length, limits);
    }
    int bound = any(far);
    boolean tooFar = bound < 0 || bound >= EXACT_DIFFERENCE;
    int above = 0;
    int below = 0;
    double sum = 0;
    float most = 0;
    for (int j = 0; j < STRIP; j++) {
      above += signs[j] & 0xffff;
      below += signs[j] >>> Short.SIZE;
      sum += (double) total[j] + lost[j];
      most += beyond[j];
    }
    boolean mayExceed = !(most <= 0); // NaN is an overflow
    return new Gathered(any(special) < 0, tooFar ? -1 : bound, mayExceed, above, below, sum);
  }

  private void clear() {
    for (int[] lanes : new int[][] {special, far, signs}) {
      Arrays.fill(lanes, 0);
    }
    for (float[] lanes : new float[][] {total, lost, beyond}) {
      Arrays.fill(lanes, 0);
    }
  }

  private void bits(int length) {
    for (int j = 0; j < length; j++) {
      int distance = ordered(aBits[j]) - ordered(eBits[j]);
      ulp[j] = distance;
      far[j] |= Math.abs(distance);
      signs[j] += (-distance >>> (Integer.SIZE - 1)) + ((distance >>> (Integer.SIZE - 1)) << 16);
    }
    for (int j = 0; j < length; j++) {
      special[j] |= special(eBits[j]) | special(aBits[j]);
    }
  }

  /** Negative for what is infinite, NaN or -0.0. */
  private static int special(int bits) {
    int other = bits ^ Integer.MIN_VALUE; // 0 for -0.0
    int overflow = (bits & Integer.MAX_VALUE) + LOWEST_EXPONENT_BIT; // of all ones
    return overflow | ~(other | -other);
  }

  /** As {@link Ulp#ordered}, in 32 bits: differences of what is close together do not overflow. */
  private static int ordered(int bits) {
    return bits ^ ((bits >> (Integer.SIZE - 1)) & Integer.MAX_VALUE);
  }

  /**
   * Sums the differences with what each addition loses (TwoSum: Knuth, The Art of Computer
   * Programming 2, 4.2.2, theorem B).
   */
  private void sum(int length) {
    for (int j = 0; j < length; j++) {
      float difference = y[j] - x[j];
      float before = total[j];
      float after = before + difference;
      float added = after - before;
      lost[j] += (before - (after - added)) + (difference - added);
      total[j] = after;
    }
  }

  /** {@code |t| + t} is positive where {@code t} is, and else 0. */
  private void exceed(int length, Limits limits) {
    float most = limits.most;
    float constant = limits.constant;
    float factor = limits.factor;
    float slope = limits.slope;
    for (int j = 0; j < length; j++) {
      float apart = Math.abs(y[j] - x[j]) * SCALE;
      float size = Math.abs(x[j]);
      float t = apart - most;
      float u = apart - (constant + factor * size);
      float v = apart - slope * size;
      beyond[j] += (Math.abs(t) + t) + (Math.abs(u) + u) + (Math.abs(v) + v);
    }
  }

  private static int any(int[] lanes) {
    int any = 0;
    for (int lane : lanes) {
      any |= lane;
    }
    return any;
  }

  /** How many elements are at least this many units in the last place apart, once gathered. */
  int atLeast(int least) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += (least - 1 - Math.abs(ulps[i])) >>> (Integer.SIZE - 1);
    }
    return count;
  }

  /** What an element must exceed to be a new extreme, rounded down and scaled. */
  static final class Limits {
    /** What every element exceeds that differs. */
    static final Limits NONE = new Limits(0, 0, new Allowance.ByHand(0, 0, "none"), 0);

    private final float most;
    private final float constant;
    private final float factor;
    private final float slope;

    /**
     * An element may be one if it is further apart than {@code limit}, than {@code share} of what
     * is allowed, or than {@code relative * |expected|}.
     */
    Limits(double limit, double share, Allowance.ByHand allowed, double relative) {
      most = scaled(limit, Float.MAX_VALUE);
      constant = scaled(NEAR * share * allowed.atol(), Float.MAX_VALUE);
      // Of what is compared here, zeros and subnormals alone are further apart than their size.
      factor = scaled(NEAR * share * allowed.rtol(), SCALE);
      slope = scaled(NEAR * relative, SCALE);
    }

    /**
     * A float32 that is neither above the scaled bound nor above {@code most}; NaN is above all.
     */
    private static float scaled(double bound, float most) {
      double exact = bound * SCALE;
      if (!(exact < most)) {
        return most;
      }
      float rounded = (float) exact;
      return rounded > exact ? Math.nextDown(rounded) : rounded;
    }
  }
}
