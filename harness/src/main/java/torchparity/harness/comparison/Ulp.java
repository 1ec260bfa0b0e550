package torchparity.harness.comparison;

/**
 * Distance of two floating-point numbers in units in the last place: how many representable numbers
 * lie between them, plus one. -0.0 and 0.0 are one step apart, infinity is one step beyond the
 * largest number, and NaN is infinitely far from everything but the same bits.
 */
final class Ulp {
  /** The distance of a NaN from any other bits. */
  static final long UNDEFINED = Long.MAX_VALUE;

  private Ulp() {}

  static long distance(float a, float b) {
    int x = Float.floatToRawIntBits(a);
    int y = Float.floatToRawIntBits(b);
    if (x == y) {
      return 0;
    }
    return Float.isNaN(a) || Float.isNaN(b) ? UNDEFINED : Math.abs(ordered(x) - ordered(y));
  }

  static long distance(double a, double b) {
    long x = Double.doubleToRawLongBits(a);
    long y = Double.doubleToRawLongBits(b);
    if (x == y) {
      return 0;
    }
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return UNDEFINED;
    }
    long distance = ordered(x) - ordered(y);
    // Opposite signs near the ends of the range: the true distance needs 65 bits.
    boolean overflow = ((ordered(x) ^ ordered(y)) & (ordered(x) ^ distance)) < 0;
    return overflow ? UNDEFINED - 1 : Math.abs(distance);
  }

  /** Maps bits to integers in the order of the numbers: negative numbers run downwards from -1. */
  static long ordered(int bits) {
    return bits ^ ((bits >> (Integer.SIZE - 1)) & Integer.MAX_VALUE); // no branch on the sign
  }

  private static long ordered(long bits) {
    return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
  }
}
