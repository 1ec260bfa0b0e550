package torchparity.engine.tensor;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

/**
 * A tensor in native memory. It belongs to the {@link Scope} that was open when it was made, and
 * lives until that scope closes.
 */
public final class Tensor {
  private final org.bytedeco.pytorch.Tensor handle;

  /** Further results of the operation that made this one. */
  private final List<Tensor> others;

  Tensor(org.bytedeco.pytorch.Tensor handle) {
    this(handle, List.of());
  }

  private Tensor(org.bytedeco.pytorch.Tensor handle, List<Tensor> others) {
    this.handle = handle;
    this.others = others;
  }

  /** The answer of an operation with several results; the first stands for all. */
  static Tensor ofParts(Tensor... parts) {
    return new Tensor(parts[0].handle, List.of(parts).subList(1, parts.length));
  }

  /** All results of the operation that made this tensor, which is the first of them. */
  public List<Tensor> parts() {
    List<Tensor> parts = new ArrayList<>();
    parts.add(this);
    parts.addAll(others);
    return parts;
  }

  org.bytedeco.pytorch.Tensor handle() {
    return handle;
  }

  /** Copies {@code host} to native memory. */
  static Tensor fromHost(HostTensor host, boolean requiresGrad) {
    boolean number =
        host.shape().isEmpty()
            && host.dtype().isFloatingPoint()
            && !Double.isNaN(host.getDouble(0)); // a NaN's payload must survive
    if (number) {
      Scalar value = new Scalar(host.getDouble(0));
      return owned(torch.scalar_tensor(value, Native.options(host.dtype())), requiresGrad);
    }
    long[] shape = host.shape().stream().mapToLong(Long::longValue).toArray();
    org.bytedeco.pytorch.Tensor made =
        torch.empty(shape, Native.options(host.dtype()), new MemoryFormatOptional());
    if (host.numel() > 0) {
      byte[] bytes = new byte[host.bytes().remaining()];
      host.bytes().get(bytes);
      new BytePointer(made.data_ptr()).put(bytes);
    }
    return owned(made, requiresGrad);
  }

  private static Tensor owned(org.bytedeco.pytorch.Tensor made, boolean requiresGrad) {
    return new Tensor(requiresGrad ? made.requires_grad_(true) : made);
  }

  /** False for the gradient of a tensor that has none. */
  public boolean isDefined() {
    return handle.defined();
  }

  /** True for a parameter: a tensor that requires a gradient and was computed from nothing. */
  public boolean isLeafWithGrad() {
    return handle.requires_grad() && handle.is_leaf();
  }

  /** Python's {@code a.grad = grad}. */
  public void setGrad(Tensor grad) {
    handle.mutable_grad().put(grad.handle);
  }

  /** Python's {@code a.grad = None}. */
  public void clearGrad() {
    handle.mutable_grad().reset();
  }

  /** Keeps this tensor beyond its scope, until {@link #release}. */
  public void retain() {
    handle.retainReference();
  }

  /** Gives up what {@link #retain} kept. */
  public void release() {
    handle.close();
  }

  /** Python's {@code item()} of a floating-point tensor with one element. */
  public double item() {
    return handle.item_double();
  }

  /**
   * Where the memory begins that the elements lie in; views of it have the same. Not through
   * storage(): JavaCPP would free the memory along with the pointer that it hands out.
   */
  public long memoryAddress() {
    return handle.numel() == 0
        ? 0
        : handle.const_data_ptr().address() - handle.storage_offset() * dtype().bytes();
  }

  /** Bytes from the beginning of that memory to the last element. */
  public long memoryBytes() {
    if (handle.numel() == 0) {
      return 0;
    }
    long last = handle.storage_offset();
    for (long d = 0; d < handle.dim(); d++) {
      last += (handle.size(d) - 1) * handle.stride(d);
    }
    return (last + 1) * dtype().bytes();
  }

  public Dtype dtype() {
    return ScalarTypes.dtype(handle.scalar_type());
  }

  /** The dimensions, outermost first; empty for a scalar. */
  public List<Long> shape() {
    return Arrays.stream(handle.shape()).boxed().toList();
  }

  /** Copies the elements' exact bits to Java memory, in row-major order whatever the strides. */
  public HostTensor toHost() {
    try (PointerScope temporaries = new PointerScope()) {
      org.bytedeco.pytorch.Tensor dense = handle.detach().contiguous();
      byte[] bytes = new byte[Math.toIntExact(dense.nbytes())];
      if (bytes.length > 0) {
        new BytePointer(dense.data_ptr()).get(bytes);
      }
      return HostTensor.copyOf(dtype(), shape(), ByteBuffer.wrap(bytes));
    }
  }

  @Override
  public String toString() {
    return dtype() + shape().toString();
  }
}
