package torchparity.engine.plugin;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Span;

/**
 * Numbers, ranges, nested lists and tables as tensors, and back. As {@code torch.tensor} of PyTorch
 * 2.13 does, a tensor of floats has the default dtype, one of ints int64, one of bools bool.
 */
final class Literal {
  private static final int MOST_DIMENSIONS = 64;
  private static final int MOST_IN_A_RANGE = 1 << 27;

  private final List<Long> shape = new ArrayList<>();
  private final List<NuValue> leaves = new ArrayList<>();

  private Literal() {}

  /**
   * The tensor that {@code value} spells out.
   *
   * @param dtype what was asked for, if anything was
   * @throws NuException naming the item that is no number, or the list that has another length
   */
  static HostTensor parse(NuValue value, @Nullable Dtype dtype, Dtype defaultDtype, boolean grad)
      throws NuException {
    Literal literal = new Literal();
    literal.findShape(value);
    literal.collect(value, 0);
    return literal.elements(dtype == null ? literal.inferred(defaultDtype, grad) : dtype, value);
  }

  /** The elements of {@code tensor} as a number or as nested lists. */
  static NuValue format(HostTensor tensor, Span span) {
    return format(tensor, tensor.bytes(), 0, span);
  }

  /** The items of a list, the columns of a table's row, the numbers of a range; null for others. */
  private static @Nullable List<NuValue> items(NuValue value) throws NuException {
    if (value instanceof NuValue.Items items) {
      return items.values();
    }
    if (value instanceof NuValue.Fields row) {
      return List.copyOf(row.values().values());
    }
    return value instanceof NuValue.Range range ? numbers(range) : null;
  }

  private static List<NuValue> numbers(NuValue.Range range) throws NuException {
    double count = range.count();
    if (!(count <= MOST_IN_A_RANGE)) {
      throw new NuException(
          "Invalid input",
          "this range has %s numbers; at most %d are taken"
              .formatted(
                  count == Math.rint(count) ? "%.0f".formatted(count) : "too many",
                  MOST_IN_A_RANGE),
          range.span(),
          "`torch arange` makes long ranges.");
    }
    List<NuValue> numbers = new ArrayList<>((int) count);
    for (int i = 0; i < count; i++) {
      double number = range.start() + i * range.step();
      numbers.add(
          range.whole()
              ? new NuValue.Int((long) number, range.span())
              : new NuValue.Real(number, range.span()));
    }
    return numbers;
  }

  private void findShape(NuValue value) throws NuException {
    List<NuValue> items = items(value);
    while (items != null) {
      shape.add((long) items.size());
      if (shape.size() > MOST_DIMENSIONS) {
        throw new NuException(
            "Invalid shape",
            "nested deeper than %d lists".formatted(MOST_DIMENSIONS),
            value.span());
      }
      items = items.isEmpty() ? null : items(items.get(0));
    }
  }

  private void collect(NuValue value, int depth) throws NuException {
    if (depth == shape.size()) {
      if (!(value instanceof NuValue.Int
          || value instanceof NuValue.Real
          || value instanceof NuValue.Bool)) {
        throw Conversions.unexpected("a number", value);
      }
      leaves.add(value);
      return;
    }
    List<NuValue> items = items(value);
    if (items == null) {
      throw Conversions.unexpected("a list like the ones before", value);
    }
    long expected = shape.get(depth);
    if (items.size() != expected) {
      throw new NuException(
          "Invalid shape",
          "expected %d items like the lists before, got %d".formatted(expected, items.size()),
          value.span(),
          "All lists of one depth must have the same length.");
    }
    for (NuValue item : items) {
      collect(item, depth + 1);
    }
  }

  private Dtype inferred(Dtype defaultDtype, boolean grad) {
    if (grad || leaves.isEmpty() || leaves.stream().anyMatch(NuValue.Real.class::isInstance)) {
      return defaultDtype;
    }
    return leaves.stream().allMatch(NuValue.Bool.class::isInstance) ? Dtype.BOOL : Dtype.INT64;
  }

  private HostTensor elements(Dtype dtype, NuValue value) throws NuException {
    if ((long) leaves.size() * dtype.bytes() > Integer.MAX_VALUE) {
      throw new NuException(
          "Out of memory",
          "%d elements are too many for one list".formatted(leaves.size()),
          value.span());
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(leaves.size() * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (NuValue leaf : leaves) {
      switch (dtype) {
        case FLOAT32 -> bytes.putFloat((float) real(leaf));
        case FLOAT64 -> bytes.putDouble(real(leaf));
        case INT32 -> bytes.putInt((int) whole(leaf, Integer.MIN_VALUE, Integer.MAX_VALUE, dtype));
        case INT64 -> bytes.putLong(whole(leaf, Long.MIN_VALUE, Long.MAX_VALUE, dtype));
        case UINT8 -> bytes.put((byte) whole(leaf, -255, 255, dtype));
        case BOOL -> bytes.put((byte) (real(leaf) != 0 ? 1 : 0));
      }
    }
    return HostTensor.copyOf(dtype, shape, bytes.flip());
  }

  private static double real(NuValue leaf) {
    if (leaf instanceof NuValue.Real f) {
      return f.value();
    }
    return leaf instanceof NuValue.Int i ? i.value() : ((NuValue.Bool) leaf).value() ? 1 : 0;
  }

  /** An integer; a float loses its fraction, as in PyTorch, but must be finite and in range. */
  private static long whole(NuValue leaf, long least, long most, Dtype dtype) throws NuException {
    long whole =
        leaf instanceof NuValue.Int i
            ? i.value()
            : leaf instanceof NuValue.Real f
                ? (long) f.value()
                : ((NuValue.Bool) leaf).value() ? 1 : 0;
    boolean finite = !(leaf instanceof NuValue.Real f) || Math.abs(f.value()) < 0x1p63;
    if (!finite || whole < least || whole > most) {
      throw new NuException(
          "Invalid input",
          "%s does not fit into %s"
              .formatted(
                  leaf instanceof NuValue.Real f ? (Object) f.value() : (Object) whole,
                  dtype.torchName()),
          leaf.span());
    }
    return whole;
  }

  private static NuValue format(HostTensor tensor, ByteBuffer elements, int depth, Span span) {
    if (depth == tensor.shape().size()) {
      return switch (tensor.dtype()) {
        case FLOAT32 -> new NuValue.Real(elements.getFloat(), span);
        case FLOAT64 -> new NuValue.Real(elements.getDouble(), span);
        case INT32 -> new NuValue.Int(elements.getInt(), span);
        case INT64 -> new NuValue.Int(elements.getLong(), span);
        case UINT8 -> new NuValue.Int(Byte.toUnsignedLong(elements.get()), span);
        case BOOL -> new NuValue.Bool(elements.get() != 0, span);
      };
    }
    int size = Math.toIntExact(tensor.shape().get(depth));
    List<NuValue> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.add(format(tensor, elements, depth + 1, span));
    }
    return new NuValue.Items(items, span);
  }
}
