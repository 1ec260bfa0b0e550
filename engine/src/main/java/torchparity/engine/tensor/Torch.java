package torchparity.engine.tensor;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

/**
 * PyTorch's functions under their own names. Dtypes are explicit, except where Python uses the
 * default dtype, which this object holds. Results belong to the innermost open {@link Scope}.
 */
public final class Torch {
  private final Dtype defaultDtype;
  private final @Nullable Interceptor interceptor;

  private Torch(Dtype defaultDtype, @Nullable Interceptor interceptor) {
    this.defaultDtype = defaultDtype;
    this.interceptor = interceptor;
  }

  /**
   * Loads libtorch and pins its threads and OpenBLAS's, which are two pools.
   *
   * @throws LinkageError if the native libraries cannot be loaded
   */
  public static Torch start(int threads, Dtype defaultDtype) {
    torch.set_num_threads(threads);
    openblas_nolapack.blas_set_num_threads(threads);
    return new Torch(defaultDtype, null);
  }

  /** Version of the presets, for example {@code 2.13.0-1.5.14}: libtorch's, then JavaCPP's. */
  public static String version() {
    String version = torch.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  /** The instruction set that libtorch's kernels use, for example {@code AVX512}. */
  public static String cpuCapability() {
    try (BytePointer name = torch.get_cpu_capability()) {
      return name.getString();
    }
  }

  /** This facade with {@code interceptor} around every operation. */
  public Torch intercepted(Interceptor interceptor) {
    return new Torch(defaultDtype, interceptor);
  }

  /** The one point through which every operation passes. */
  Tensor call(Op op, Object... values) {
    Op.Arguments arguments = new Op.Arguments(Arrays.asList(values));
    return interceptor == null
        ? run(op, arguments)
        : interceptor.around(op, arguments, () -> run(op, arguments));
  }

  private static Tensor run(Op op, Op.Arguments arguments) {
    try {
      return op.kernel().run(arguments);
    } catch (TorchException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new TorchException(op, e);
    }
  }

  /** Seeds the global generator; the stream is CPython's. */
  public void manualSeed(long seed) {
    torch.manual_seed(seed);
  }

  /** {@code torch.randn(*sizes)} in the default dtype. */
  public Tensor randn(long... sizes) {
    return call(Ops.RANDN, Arrays.stream(sizes).boxed().toList(), defaultDtype);
  }

  /** {@code torch.full(sizes, value, dtype=dtype)}. */
  public Tensor full(List<Long> sizes, Number value, Dtype dtype) {
    return call(Ops.FULL, sizes, value, dtype);
  }

  /** {@code torch.tensor(value)}: a scalar in the default dtype. */
  public Tensor tensor(double value) {
    return tensor(List.of(), value);
  }

  /** {@code torch.tensor(values).reshape(shape)} in the default dtype. */
  public Tensor tensor(List<Long> shape, double... values) {
    return call(Ops.TENSOR, hostTensor(shape, values));
  }

  /** {@code a + b}. */
  public Tensor add(Tensor a, Tensor b) {
    return call(Ops.ADD, a, b);
  }

  /** {@code a - b}. */
  public Tensor sub(Tensor a, Tensor b) {
    return call(Ops.SUB, a, b);
  }

  /** {@code a * b}. */
  public Tensor mul(Tensor a, Tensor b) {
    return call(Ops.MUL, a, b);
  }

  /** {@code torch.mm(a, b)}: (N, K) x (K, M) -> (N, M). */
  public Tensor mm(Tensor a, Tensor b) {
    return call(Ops.MM, a, b);
  }

  /** {@code torch.cat(tensors, dim=dim)}. */
  public Tensor cat(List<Tensor> tensors, long dim) {
    return call(Ops.CAT, tensors, dim);
  }

  private HostTensor hostTensor(List<Long> shape, double... values) {
    if (defaultDtype == Dtype.FLOAT64) {
      return HostTensor.ofDoubles(shape, values);
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return HostTensor.ofFloats(shape, floats);
  }
}
