package torchparity.harness.comparison;

import java.nio.ByteBuffer;
import java.util.List;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

/**
 * Compares two tensors: dtype, then shape, then every element.
 *
 * <p>Source: {@code torch.testing.assert_close}, PyTorch 2.13, with {@code equal_nan=False};
 * infinities are equal to themselves.
 */
public final class TensorComparison {
  private TensorComparison() {}

  /** What {@code actual} is, compared with {@code expected}, at the probe {@code name}. */
  public static ProbeFinding compare(
      String name, HostTensor expected, HostTensor actual, Allowance allowance) {
    if (expected.dtype() != actual.dtype()) {
      return new ProbeFinding.DtypeMismatch(name, expected.dtype(), actual.dtype());
    }
    if (!expected.shape().equals(actual.shape())) {
      return new ProbeFinding.ShapeMismatch(name, expected.shape(), actual.shape());
    }
    if (expected.numel() == 0) {
      return new ProbeFinding.Empty(name, expected.shape());
    }
    Difference difference =
        difference(expected.dtype(), expected.shape(), expected.bytes(), actual.bytes(), allowance);
    return difference.statistics().mismatched() == 0
        ? new ProbeFinding.Match(name, difference)
        : new ProbeFinding.ValueMismatch(
            name, difference, RowPattern.find(expected, actual, allowance));
  }

  /** How two arrays of one dtype and shape differ; they may be mapped files. */
  public static Difference difference(
      Dtype dtype, List<Long> shape, ByteBuffer expected, ByteBuffer actual, Allowance allowance) {
    Statistics s = OnePass.compare(dtype, expected, actual, allowance);
    long worst = s.usedAt() < 0 ? 0 : s.usedAt();
    double allowed =
        s.elements() == 0 ? 0 : allowance.at(worst, value(dtype, expected, (int) worst));
    return new Difference(
        s,
        Difference.index(s.maxAbsoluteAt(), shape),
        Difference.index(s.usedAt(), shape),
        allowed,
        allowance);
  }

  private static double value(Dtype dtype, ByteBuffer bytes, int i) {
    int at = bytes.position() + i * dtype.bytes();
    return switch (dtype) {
      case FLOAT32 -> bytes.getFloat(at);
      case FLOAT64 -> bytes.getDouble(at);
      case INT32 -> bytes.getInt(at);
      case INT64 -> (double) bytes.getLong(at);
      case UINT8, BOOL -> bytes.get(at) & 0xff;
    };
  }
}
