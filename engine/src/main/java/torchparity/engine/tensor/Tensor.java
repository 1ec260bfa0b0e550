package torchparity.engine.tensor;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

/**
 * A tensor in native memory. It belongs to the {@link Scope} that was open when it was made, and
 * lives until that scope closes.
 */
public final class Tensor {
  private final org.bytedeco.pytorch.Tensor handle;

  Tensor(org.bytedeco.pytorch.Tensor handle) {
    this.handle = handle;
  }

  org.bytedeco.pytorch.Tensor handle() {
    return handle;
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
      new BytePointer(dense.data_ptr()).get(bytes);
      return HostTensor.copyOf(dtype(), shape(), ByteBuffer.wrap(bytes));
    }
  }

  @Override
  public String toString() {
    return dtype() + shape().toString();
  }
}
