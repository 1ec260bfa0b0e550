package torchparity.engine.tensor;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Dtype;

/**
 * libtorch in this process, with PyTorch's functions under their own names. Dtypes are explicit,
 * except where Python uses the default dtype, which this object holds. Results belong to the
 * innermost open {@link Scope}.
 */
public final class Torch extends Functions {
  static {
    // JavaCPP would read the process's memory size at each native allocation, 1 to 2 us a time.
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    // Scopes free everything; the collector's watch over each result is a twentieth of training.
    System.setProperty("org.bytedeco.javacpp.noPointerGC", "true");
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

  @Override
  public Dtype defaultDtype() {
    return defaultDtype;
  }

  /**
   * The one point through which every operation passes.
   *
   * @throws TorchException if libtorch refuses
   */
  @Override
  public Tensor call(Op op, Arguments arguments) {
    return interceptor == null
        ? run(op, arguments)
        : interceptor.around(op, arguments, () -> run(op, arguments));
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
}
