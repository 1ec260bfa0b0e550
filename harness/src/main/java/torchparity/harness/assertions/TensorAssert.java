package torchparity.harness.assertions;

import org.assertj.core.api.AbstractAssert;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

/**
 * Assertions about a tensor, with the defaults, the rules and the messages of {@code
 * torch.testing.assert_close}: dtype and shape must be the same, NaN equals nothing, infinities
 * equal themselves.
 *
 * <pre>{@code
 * assertThatTensor(actual).isCloseTo(expected);
 * assertThatTensor(actual).isCloseTo(expected, 1e-3, 1e-5);
 * }</pre>
 *
 * <p>Source: {@code torch.testing.assert_close}, PyTorch 2.13.
 */
public final class TensorAssert extends AbstractAssert<TensorAssert, HostTensor> {
  private static final double ATOL_FLOAT32 = 1e-5;
  private static final double RTOL_FLOAT32 = 1.3e-6;
  private static final double BOTH_FLOAT64 = 1e-7;

  private TensorAssert(HostTensor actual) {
    super(actual, TensorAssert.class);
  }

  /** Begins an assertion about {@code actual}. */
  public static TensorAssert assertThatTensor(HostTensor actual) {
    return new TensorAssert(actual);
  }

  /**
   * Each element is within {@code atol + rtol * |expected|}, with PyTorch's defaults: float32 rtol
   * 1.3e-6 and atol 1e-5, float64 1e-7 and 1e-7, other dtypes exactly.
   *
   * @throws AssertionError with PyTorch's message
   */
  public TensorAssert isCloseTo(HostTensor expected) {
    isNotNull();
    return switch (expected.dtype()) {
      case FLOAT32 -> isCloseTo(expected, RTOL_FLOAT32, ATOL_FLOAT32);
      case FLOAT64 -> isCloseTo(expected, BOTH_FLOAT64, BOTH_FLOAT64);
      case INT32, INT64, UINT8, BOOL -> isCloseTo(expected, 0, 0);
    };
  }

  /**
   * As {@link #isCloseTo(HostTensor)}, with these tolerances.
   *
   * @throws IllegalArgumentException if one is negative or NaN
   */
  public TensorAssert isCloseTo(HostTensor expected, double rtol, double atol) {
    isNotNull();
    if (!(rtol >= 0 && atol >= 0)) {
      throw new IllegalArgumentException(
          "tolerances must not be negative: rtol %s, atol %s".formatted(rtol, atol));
    }
    String problem = new Closeness(actual, expected, rtol, atol).problem();
    if (!problem.isEmpty()) {
      throw failure("%s", problem);
    }
    return this;
  }

  /** Dtype, shape and every bit are the same; a NaN equals its copy, and -0.0 is not 0.0. */
  public TensorAssert isEqualInEveryBit(HostTensor expected) {
    isNotNull();
    if (!actual.bitEquals(expected)) {
      String problem = new Closeness(actual, expected, 0, 0).problem();
      throw failure(
          "%s", problem.isEmpty() ? "Equal numbers, but not equal bits (-0.0 and 0.0)" : problem);
    }
    return this;
  }

  /** The dtype is {@code expected}. */
  public TensorAssert hasDtype(Dtype expected) {
    isNotNull();
    if (actual.dtype() != expected) {
      throw failure("%s", Closeness.attribute("dtype", actual.dtype(), expected));
    }
    return this;
  }
}
