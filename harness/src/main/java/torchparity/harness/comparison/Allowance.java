package torchparity.harness.comparison;

import torchparity.cases.Dtype;

/** How far two values may be apart at one probe, and why that far. */
public sealed interface Allowance {
  /** The allowed absolute difference of element {@code i}, whose reference is {@code expected}. */
  double at(long i, double expected);

  /** True if the bits must be the same, so that -0.0 and 0.0 differ and a NaN equals its copy. */
  default boolean isExact() {
    return this instanceof Exact;
  }

  /** Every bit must be the same. */
  record Exact() implements Allowance {
    @Override
    public double at(long i, double expected) {
      return 0;
    }
  }

  /**
   * Set by a person: {@code |actual - expected| <= atol + rtol * |expected|}.
   *
   * <p>Source: {@code torch.testing.assert_close}, PyTorch 2.13.
   */
  record ByHand(double rtol, double atol, String reason) implements Allowance {
    /**
     * Checks the two bounds.
     *
     * @throws IllegalArgumentException if a bound is negative, infinite or NaN, or both are 0
     */
    public ByHand {
      if (!(rtol >= 0 && atol >= 0 && Double.isFinite(rtol) && Double.isFinite(atol))) {
        throw new IllegalArgumentException(
            "tolerances must be finite and not negative: rtol %s, atol %s".formatted(rtol, atol));
      }
    }

    @Override
    public double at(long i, double expected) {
      return atol + rtol * Math.abs(expected);
    }
  }

  /**
   * Computed from what noise does: a bound for each row, plus one unit in the last place of the
   * element, by which both sides' last rounding may differ. A row is what one index of the first
   * dimension selects, or everything.
   */
  final class Computed implements Allowance {
    private final double[] rows;
    private final long width;
    private final boolean isFloat32;

    /**
     * An allowance.
     *
     * @param rows bound of each row; infinite where nothing can be predicted
     * @param width elements in a row
     * @param dtype of the elements
     */
    public Computed(double[] rows, long width, Dtype dtype) {
      this.rows = rows.clone();
      this.width = Math.max(1, width);
      this.isFloat32 = dtype == Dtype.FLOAT32;
    }

    @Override
    public double at(long i, double expected) {
      double ulp = isFloat32 ? Math.ulp((float) expected) : Math.ulp(expected);
      return rows[(int) (i / width)] + ulp;
    }

    /** The bounds of all rows. */
    public double[] rows() {
      return rows.clone();
    }
  }
}
