package torchparity.cases;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An immutable tensor in Java memory: dtype, shape and the elements' exact bits, row-major and
 * little-endian. It owns its bytes, so NaN payloads, infinities and -0.0 stay as they were written.
 */
public final class HostTensor {
  private final Dtype dtype;
  private final List<Long> shape;
  private final ByteBuffer bytes;

  private HostTensor(Dtype dtype, List<Long> shape, ByteBuffer bytes) {
    this.dtype = dtype;
    this.shape = shape;
    this.bytes = bytes;
  }

  /**
   * Copies the remaining bytes of {@code source}.
   *
   * @throws IllegalArgumentException if a dimension is negative, or the byte count is not {@code
   *     product(shape) * dtype.bytes()}
   */
  public static HostTensor copyOf(Dtype dtype, List<Long> shape, ByteBuffer source) {
    long expected = byteCount(dtype, shape);
    if (source.remaining() != expected) {
      throw new IllegalArgumentException(
          "%s tensor of shape %s takes %d bytes, got %d"
              .formatted(dtype, shape, expected, source.remaining()));
    }
    ByteBuffer copy = ByteBuffer.allocate((int) expected).put(source.duplicate()).flip();
    return new HostTensor(dtype, List.copyOf(shape), copy);
  }

  public static HostTensor ofFloats(List<Long> shape, float... values) {
    ByteBuffer b = littleEndian(values.length * Float.BYTES);
    for (float v : values) {
      b.putInt(Float.floatToRawIntBits(v));
    }
    return copyOf(Dtype.FLOAT32, shape, b.flip());
  }

  public static HostTensor ofDoubles(List<Long> shape, double... values) {
    ByteBuffer b = littleEndian(values.length * Double.BYTES);
    for (double v : values) {
      b.putLong(Double.doubleToRawLongBits(v));
    }
    return copyOf(Dtype.FLOAT64, shape, b.flip());
  }

  public static HostTensor ofLongs(List<Long> shape, long... values) {
    ByteBuffer b = littleEndian(values.length * Long.BYTES);
    for (long v : values) {
      b.putLong(v);
    }
    return copyOf(Dtype.INT64, shape, b.flip());
  }

  /**
   * Bytes that a tensor takes.
   *
   * @throws IllegalArgumentException if a dimension is negative or the result exceeds 2^31-1, the
   *     most one Java buffer holds
   */
  static long byteCount(Dtype dtype, List<Long> shape) {
    long count = dtype.bytes();
    try {
      for (long dim : shape) {
        if (dim < 0) {
          throw new IllegalArgumentException("shape " + shape + " has a negative dimension");
        }
        count = Math.multiplyExact(count, dim);
      }
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("shape " + shape + " overflows a 64-bit byte count", e);
    }
    if (count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "shape %s of %s takes %d bytes; one tensor may take at most %d"
              .formatted(shape, dtype, count, Integer.MAX_VALUE));
    }
    return count;
  }

  public Dtype dtype() {
    return dtype;
  }

  /** The dimensions, outermost first; empty for a scalar. */
  public List<Long> shape() {
    return shape;
  }

  /** Number of elements. */
  public int numel() {
    return bytes.capacity() / dtype.bytes();
  }

  /** A read-only, little-endian view of all elements. */
  public ByteBuffer bytes() {
    return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN).rewind();
  }

  /**
   * Element {@code i} in row-major order as a double; int64 beyond 2^53 is rounded, so compare
   * those with {@link #getLong}.
   */
  public double getDouble(int i) {
    ByteBuffer b = bytes();
    return switch (dtype) {
      case FLOAT32 -> b.getFloat(i * Float.BYTES);
      case FLOAT64 -> b.getDouble(i * Double.BYTES);
      case INT32, INT64, UINT8, BOOL -> (double) getLong(i);
    };
  }

  /**
   * Element {@code i} in row-major order, exact.
   *
   * @throws IllegalStateException for a floating-point tensor
   */
  public long getLong(int i) {
    ByteBuffer b = bytes();
    return switch (dtype) {
      case INT32 -> b.getInt(i * Integer.BYTES);
      case INT64 -> b.getLong(i * Long.BYTES);
      case UINT8, BOOL -> Byte.toUnsignedLong(b.get(i));
      case FLOAT32, FLOAT64 -> throw new IllegalStateException("not an integer tensor: " + this);
    };
  }

  /** The same numbers in float64, exactly; dtype must be a floating-point one or an int32. */
  public HostTensor inDouble() {
    double[] numbers = new double[numel()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = getDouble(i);
    }
    return ofDoubles(shape, numbers);
  }

  /** What index {@code i} of the first dimension selects, a copy. */
  public HostTensor row(int i) {
    long rows = shape.get(0);
    if (i < 0 || i >= rows) {
      throw new IndexOutOfBoundsException("row " + i + " of " + this);
    }
    int size = bytes.capacity() / (int) rows;
    return copyOf(
        dtype,
        shape.subList(1, shape.size()),
        bytes.duplicate().clear().position(i * size).limit((i + 1) * size));
  }

  /** True if dtype, shape and every bit are the same. */
  public boolean bitEquals(HostTensor other) {
    return dtype == other.dtype && shape.equals(other.shape) && bytes.equals(other.bytes);
  }

  @Override
  public String toString() {
    return dtype + shape.toString();
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
