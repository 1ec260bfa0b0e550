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
 * Numbers and nested lists as tensors, and back. As {@code torch.tensor} of PyTorch 2.13 does, a
 * tensor of floats has the default dtype, one of ints int64, one of bools bool.
 */
final class Literal {
  private final List<Long> shape = new ArrayList<>();
  private final List<NuValue> leaves = new ArrayList<>();

  private Literal() {}

  /**
   * The tensor that {@code value} spells out.
   *
   * @param dtype what was asked for, if anything was
   * @throws NuException naming the item that is no number, or the list that has another length
   */
  static HostTensor parse(NuValue value, @Nullable Dtype dtype, Dtype defaultDtype)
      throws NuException {
    Literal literal = new Literal();
    literal.findShape(value);
    literal.collect(value, 0);
    return literal.elements(dtype == null ? literal.inferred(defaultDtype) : dtype);
  }

  /** The elements of {@code tensor} as a number or as nested lists. */
  static NuValue format(HostTensor tensor, Span span) {
    return format(tensor, 0, 0, span);
  }

  private void findShape(NuValue value) {
    NuValue first = value;
    while (first instanceof NuValue.Items items) {
      shape.add((long) items.values().size());
      if (items.values().isEmpty()) {
        return;
      }
      first = items.values().get(0);
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
    if (!(value instanceof NuValue.Items items)) {
      throw Conversions.unexpected("a list like the ones before", value);
    }
    long expected = shape.get(depth);
    if (items.values().size() != expected) {
      throw new NuException(
          "Invalid shape",
          "expected %d items like the lists before, got %d"
              .formatted(expected, items.values().size()),
          value.span(),
          "All lists of one depth must have the same length.");
    }
    for (NuValue item : items.values()) {
      collect(item, depth + 1);
    }
  }

  private Dtype inferred(Dtype defaultDtype) {
    if (leaves.isEmpty() || leaves.stream().anyMatch(NuValue.Real.class::isInstance)) {
      return defaultDtype;
    }
    return leaves.stream().allMatch(NuValue.Bool.class::isInstance) ? Dtype.BOOL : Dtype.INT64;
  }

  private HostTensor elements(Dtype dtype) {
    ByteBuffer bytes =
        ByteBuffer.allocate(leaves.size() * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (NuValue leaf : leaves) {
      switch (dtype) {
        case FLOAT32 -> bytes.putFloat((float) real(leaf));
        case FLOAT64 -> bytes.putDouble(real(leaf));
        case INT32 -> bytes.putInt((int) whole(leaf));
        case INT64 -> bytes.putLong(whole(leaf));
        case UINT8 -> bytes.put((byte) whole(leaf));
        case BOOL -> bytes.put((byte) (real(leaf) != 0 ? 1 : 0));
      }
    }
    return HostTensor.copyOf(dtype, shape, bytes.flip());
  }

  private static double real(NuValue leaf) {
    return leaf instanceof NuValue.Real f ? f.value() : whole(leaf);
  }

  private static long whole(NuValue leaf) {
    if (leaf instanceof NuValue.Int i) {
      return i.value();
    }
    return leaf instanceof NuValue.Real f
        ? (long) f.value()
        : ((NuValue.Bool) leaf).value() ? 1 : 0;
  }

  private static NuValue format(HostTensor tensor, int depth, int offset, Span span) {
    if (depth == tensor.shape().size()) {
      return switch (tensor.dtype()) {
        case FLOAT32, FLOAT64 -> new NuValue.Real(tensor.getDouble(offset), span);
        case INT32, INT64, UINT8 -> new NuValue.Int(tensor.getLong(offset), span);
        case BOOL -> new NuValue.Bool(tensor.getLong(offset) != 0, span);
      };
    }
    int size = Math.toIntExact(tensor.shape().get(depth));
    int stride = 1;
    for (int d = depth + 1; d < tensor.shape().size(); d++) {
      stride *= Math.toIntExact(tensor.shape().get(d));
    }
    List<NuValue> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.add(format(tensor, depth + 1, offset + i * stride, span));
    }
    return new NuValue.Items(items, span);
  }
}
