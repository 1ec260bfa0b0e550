package torchparity.harness.comparison;

/**
 * How far two values may be apart: {@code |actual - expected| <= atol + rtol * |expected|}.
 *
 * <p>Source: {@code torch.testing.assert_close}, PyTorch 2.13. With {@link #EXACT} the bits must be
 * the same, so that -0.0 and 0.0 differ; with any other tolerance they are equal. NaN is never
 * within a tolerance, and equal to NaN only if exact bits are compared.
 */
public record Tolerance(double rtol, double atol) {
  public static final Tolerance EXACT = new Tolerance(0, 0);

  /**
   * Checks the two bounds.
   *
   * @throws IllegalArgumentException if a bound is negative, infinite or NaN
   */
  public Tolerance {
    if (!(rtol >= 0 && atol >= 0 && Double.isFinite(rtol) && Double.isFinite(atol))) {
      throw new IllegalArgumentException(
          "tolerances must be finite and not negative: rtol %s, atol %s".formatted(rtol, atol));
    }
  }

  public boolean isExact() {
    return rtol == 0 && atol == 0;
  }

  /** The allowed absolute difference at {@code expected}. */
  public double allowedAt(double expected) {
    return atol + rtol * Math.abs(expected);
  }
}
