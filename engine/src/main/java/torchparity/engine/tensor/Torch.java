package torchparity.engine.tensor;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

/**
 * PyTorch's functions under their own names. Dtypes are explicit, except where Python uses the
 * default dtype, which this object holds. Results belong to the innermost open {@link Scope}.
 */
public final class Torch {
  static {
    // JavaCPP would read the process's memory size at each native allocation, 1 to 2 us a time.
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
  }

  private final Dtype defaultDtype;
  private final @Nullable Interceptor interceptor;

  private Torch(Dtype defaultDtype, @Nullable Interceptor interceptor) {
    this.defaultDtype = defaultDtype;
    this.interceptor = interceptor;
    torch.set_default_dtype(torch.scalarTypeToTypeMeta(ScalarTypes.of(defaultDtype)));
  }

  /**
   * Loads libtorch and the operations, and pins its threads and OpenBLAS's, which are two pools.
   *
   * @throws LinkageError if the native libraries cannot be loaded
   */
  public static Torch start(int threads, Dtype defaultDtype) {
    torch.set_num_threads(threads);
    openblas_nolapack.blas_set_num_threads(threads);
    OpCatalogue.load();
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

  /** This facade with {@code outer} around every operation, and around what is there already. */
  public Torch intercepted(Interceptor outer) {
    Interceptor inner = interceptor;
    return new Torch(
        defaultDtype,
        inner == null
            ? outer
            : (op, arguments, proceed) ->
                outer.around(op, arguments, () -> inner.around(op, arguments, proceed)));
  }

  /** Whether this thread records history for {@code backward}. */
  public static boolean isGradEnabled() {
    return GradMode.is_enabled();
  }

  /** This facade with another default dtype, libtorch's own included. */
  public Torch withDefaultDtype(Dtype dtype) {
    return new Torch(dtype, interceptor);
  }

  public Dtype defaultDtype() {
    return defaultDtype;
  }

  /**
   * The one point through which every operation passes.
   *
   * @throws TorchException if libtorch refuses
   */
  public Tensor call(Op op, Arguments arguments) {
    return interceptor == null
        ? run(op, arguments)
        : interceptor.around(op, arguments, () -> run(op, arguments));
  }

  private Tensor call(Op op, @Nullable Object... values) {
    return call(op, Arguments.of(values));
  }

  private Tensor run(Op op, Arguments arguments) {
    try {
      return op.kernel().run(this, arguments);
    } catch (RuntimeException e) {
      // JavaCPP turns a C++ exception into exactly this class; a subclass is a mistake of ours.
      throw e.getClass() == RuntimeException.class ? new TorchException(op, e) : e;
    }
  }

  /** Seeds the global generator; the stream is CPython's. */
  public void manualSeed(long seed) {
    call(RandomOps.MANUAL_SEED, seed);
  }

  /** Switches the recording of history on or off for this thread; answers with what it was. */
  public boolean gradEnabled(boolean enabled) {
    boolean before = GradMode.is_enabled();
    GradMode.set_enabled(enabled);
    return before;
  }

  /** Python's {@code with torch.no_grad():}, for try-with-resources. */
  public NoGrad noGrad() {
    return new NoGrad();
  }

  /** {@code torch.randn(*sizes)} in the default dtype. */
  public Tensor randn(long... sizes) {
    return call(RandomOps.RANDN, boxed(sizes));
  }

  /** {@code torch.randn(*sizes, requires_grad=True)} in the default dtype. */
  public Tensor randnRequiringGrad(long... sizes) {
    return call(RandomOps.RANDN, boxed(sizes), null, null, true);
  }

  /** {@code torch.full(sizes, value, dtype=dtype)}. */
  public Tensor full(List<Long> sizes, Number value, Dtype dtype) {
    return call(CreationOps.FULL, sizes, value, dtype);
  }

  /** {@code torch.arange(start, end, step)} in the default dtype. */
  public Tensor arange(double start, double end, double step) {
    return call(CreationOps.ARANGE, start, end, step);
  }

  /** {@code torch.tensor(value)}: a scalar in the default dtype. */
  public Tensor tensor(double value) {
    return tensor(List.of(), value);
  }

  /** {@code torch.tensor(values).reshape(shape)} in the default dtype. */
  public Tensor tensor(List<Long> shape, double... values) {
    return tensor(
        defaultDtype == Dtype.FLOAT64
            ? HostTensor.ofDoubles(shape, values)
            : HostTensor.ofFloats(shape, floats(values)),
        false);
  }

  /** A copy of {@code host} in native memory, in its own dtype. */
  public Tensor tensor(HostTensor host, boolean requiresGrad) {
    return call(CreationOps.TENSOR, host, requiresGrad);
  }

  /** {@code a + b}. */
  public Tensor add(Tensor a, Tensor b) {
    return call(PointwiseOps.ADD, a, b);
  }

  /** {@code a - b}. */
  public Tensor sub(Tensor a, Tensor b) {
    return call(PointwiseOps.SUB, a, b);
  }

  /** {@code a -= b}. */
  public Tensor subInPlace(Tensor a, Tensor b) {
    return call(PointwiseOps.SUB_, a, b);
  }

  /** {@code a * b}. */
  public Tensor mul(Tensor a, Tensor b) {
    return call(PointwiseOps.MUL, a, b);
  }

  /** {@code a * factor}: a Python number does not change the dtype of a floating-point tensor. */
  public Tensor mul(Tensor a, double factor) {
    return call(PointwiseOps.MUL, a, factor);
  }

  /** {@code torch.maximum(a, b)}. */
  public Tensor maximum(Tensor a, Tensor b) {
    return call(PointwiseOps.MAXIMUM, a, b);
  }

  /** {@code -a}. */
  public Tensor neg(Tensor a) {
    return call(UnaryOps.NEG, a);
  }

  /** {@code torch.mm(a, b)}: (N, K) x (K, M) -> (N, M). */
  public Tensor mm(Tensor a, Tensor b) {
    return call(LinearAlgebraOps.MM, a, b);
  }

  /** {@code a.t()}: (N, M) -> (M, N). */
  public Tensor t(Tensor a) {
    return call(ShapeOps.T, a);
  }

  /** {@code torch.cat(tensors, dim=dim)}. */
  public Tensor cat(List<Tensor> tensors, long dim) {
    return call(ShapeOps.CAT, tensors, dim);
  }

  /** {@code torch.stack(tensors, dim=dim)}. */
  public Tensor stack(List<Tensor> tensors, long dim) {
    return call(ShapeOps.STACK, tensors, dim);
  }

  /** {@code torch.gather(a, dim, index)}; the index is int64. */
  public Tensor gather(Tensor a, long dim, Tensor index) {
    return call(ShapeOps.GATHER, a, dim, index);
  }

  /** {@code a.squeeze(dim)}. */
  public Tensor squeeze(Tensor a, long dim) {
    return call(ShapeOps.SQUEEZE, a, dim);
  }

  /** {@code a.unsqueeze(dim)}. */
  public Tensor unsqueeze(Tensor a, long dim) {
    return call(ShapeOps.UNSQUEEZE, a, dim);
  }

  /** {@code a.repeat(*sizes)}. */
  public Tensor repeat(Tensor a, long... sizes) {
    return call(ShapeOps.REPEAT, a, boxed(sizes));
  }

  /** {@code a.repeat_interleave(repeats)}. */
  public Tensor repeatInterleave(Tensor a, long repeats) {
    return call(ShapeOps.REPEAT_INTERLEAVE, a, repeats);
  }

  /** {@code a.reshape(*shape)}. */
  public Tensor reshape(Tensor a, long... shape) {
    return call(ShapeOps.RESHAPE, a, boxed(shape));
  }

  /** {@code torch.log_softmax(a, dim=dim)}. */
  public Tensor logSoftmax(Tensor a, long dim) {
    return call(ReductionOps.LOG_SOFTMAX, a, dim);
  }

  /** {@code a.mean()}. */
  public Tensor mean(Tensor a) {
    return call(ReductionOps.MEAN, a);
  }

  /** {@code torch.argmax(a, dim=dim)}: int64. */
  public Tensor argmax(Tensor a, long dim) {
    return call(ReductionOps.ARGMAX, a, dim);
  }

  /** {@code loss.backward()}. */
  public void backward(Tensor loss) {
    call(AutogradOps.BACKWARD, loss);
  }

  /** {@code a.grad}, which shares the gradient's memory; null where Python answers None. */
  public @Nullable Tensor grad(Tensor a) {
    Tensor grad = call(AutogradOps.GRAD, a);
    return grad.isDefined() ? grad : null;
  }

  /** {@code a.zero_()}. */
  public void zeroInPlace(Tensor a) {
    call(AutogradOps.ZERO_, a);
  }

  private static List<Long> boxed(long... values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
