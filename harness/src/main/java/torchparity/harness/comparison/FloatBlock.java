package torchparity.harness.comparison;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Some thousand elements of two float32 arrays, as bits and as numbers. Each question is a loop of
 * its own over arrays that stay in the cache, without a branch or a call, because that is the form
 * that HotSpot's C2 turns into vector instructions: a single loop that asks everything takes six
 * times as long.
 */
final class FloatBlock {
  static final int SIZE = 4096;

  /**
   * Numbers that are less than this many units in the last place apart have an exact difference in
   * float32: of one sign they are within a factor of two, of two signs both are subnormal (Sterbenz
   * 1974, theorem 4.3.1).
   */
  private static final int EXACT_DIFFERENCE = 1 << 22;

  /** More than what four roundings to float32 take away. */
  private static final double NEAR = 1 - 1e-6;

  private static final int LOWEST_EXPONENT_BIT = 1 << 23;

  private final IntBuffer expectedBits;
  private final IntBuffer actualBits;
  private final FloatBuffer expected;
  private final FloatBuffer actual;

  final int[] e = new int[SIZE];
  final int[] a = new int[SIZE];
  private final float[] x = new float[SIZE];
  private final float[] y = new float[SIZE];
  private final int[] ulps = new int[SIZE];
  private final float[] signed = new float[SIZE];
  private final float[] beyond = new float[SIZE];
  private int n;

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

  /** True if an element of either side is infinite, NaN or -0.0. */
  boolean hasSpecial() {
    return hasSpecial(e, n) || hasSpecial(a, n);
  }

  private static boolean hasSpecial(int[] bits, int n) {
    int any = 0;
    for (int i = 0; i < n; i++) {
      int other = bits[i] ^ Integer.MIN_VALUE; // 0 for -0.0
      int overflow = (bits[i] & Integer.MAX_VALUE) + LOWEST_EXPONENT_BIT; // of all ones
      any |= overflow | ~(other | -other);
    }
    return any < 0;
  }

  /**
   * Computes the differences, where no element is special.
   *
   * @return a bound on the distances in units in the last place, or -1 if some are too far apart
   */
  int subtract() {
    int start = expectedBits.position() - n;
    expected.position(start).get(x, 0, n);
    actual.position(start).get(y, 0, n);
    int any = 0;
    for (int i = 0; i < n; i++) {
      int ulp = ordered(a[i]) - ordered(e[i]);
      ulps[i] = ulp;
      any |= ulp ^ (ulp >> (Integer.SIZE - 1));
    }
    for (int i = 0; i < n; i++) {
      signed[i] = y[i] - x[i];
    }
    return any >= EXACT_DIFFERENCE - 1 ? -1 : any + 1;
  }

  /** As {@link Ulp#ordered}, in 32 bits: differences of what is close together do not overflow. */
  private static int ordered(int bits) {
    return bits ^ ((bits >> (Integer.SIZE - 1)) & Integer.MAX_VALUE);
  }

  /** How many elements are at least this many units in the last place apart. */
  int atLeast(int least) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += (least - 1 - Math.abs(ulps[i])) >>> (Integer.SIZE - 1);
    }
    return count;
  }

  /** How many elements of the candidate are greater. */
  int above() {
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += -ulps[i] >>> (Integer.SIZE - 1);
    }
    return count;
  }

  /** How many are less. */
  int below() {
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += ulps[i] >>> (Integer.SIZE - 1);
    }
    return count;
  }

  /** The sum of {@code actual - expected}. */
  double sum() {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int whole = n & ~3;
    for (int i = 0; i < whole; i += 4) {
      s0 += signed[i];
      s1 += signed[i + 1];
      s2 += signed[i + 2];
      s3 += signed[i + 3];
    }
    for (int i = whole; i < n; i++) {
      s0 += signed[i];
    }
    return s0 + s1 + (s2 + s3);
  }

  /**
   * True if an element may be further apart than {@code limit}, than {@code share} of what is
   * allowed, or than {@code relative * |expected|}; rounding here never makes it false.
   */
  boolean mayExceed(double limit, double share, Allowance.ByHand allowed, double relative) {
    float most = below(limit);
    float constant = below(NEAR * share * allowed.atol());
    float factor = below(NEAR * share * allowed.rtol());
    float slope = below(NEAR * relative);
    for (int i = 0; i < n; i++) {
      float size = Math.abs(x[i]);
      float least = Math.min(constant + factor * size, slope * size) - Float.MIN_VALUE;
      beyond[i] = Math.abs(signed[i]) - Math.min(most, least);
    }
    return greatest(beyond, n) > 0;
  }

  /** A float32 that is finite and not above {@code bound}; NaN is above all, as in an extreme. */
  private static float below(double bound) {
    if (!(bound < Float.MAX_VALUE)) {
      return Float.MAX_VALUE;
    }
    float rounded = (float) bound;
    float floor = rounded > bound ? Math.nextDown(rounded) : rounded;
    return floor < Float.MIN_NORMAL ? 0 : floor; // a subnormal one is rounded too coarsely
  }

  /** In four parts, as a single one would wait for itself. */
  private static float greatest(float[] of, int n) {
    float m0 = 0;
    float m1 = 0;
    float m2 = 0;
    float m3 = 0;
    int whole = n & ~3;
    for (int i = 0; i < whole; i += 4) {
      m0 = of[i] > m0 ? of[i] : m0;
      m1 = of[i + 1] > m1 ? of[i + 1] : m1;
      m2 = of[i + 2] > m2 ? of[i + 2] : m2;
      m3 = of[i + 3] > m3 ? of[i + 3] : m3;
    }
    for (int i = whole; i < n; i++) {
      m0 = of[i] > m0 ? of[i] : m0;
    }
    return Math.max(Math.max(m0, m1), Math.max(m2, m3));
  }
}
