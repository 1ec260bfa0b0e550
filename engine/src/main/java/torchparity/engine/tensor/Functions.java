package torchparity.engine.tensor;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

/** The operations that Java code calls, as methods; every operation is in {@link OpCatalogue}. */
abstract sealed class Functions permits Torch {
  /** The dtype of new tensors of floats. */
  public abstract Dtype defaultDtype();

  /**
   * The one point through which every operation passes.
   *
   * @throws TorchException if libtorch refuses
   */
  public abstract Tensor call(Op op, Arguments arguments);

  final Tensor call(Op op, @Nullable Object... values) {
    return call(op, Arguments.of(values));
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
        defaultDtype() == Dtype.FLOAT64
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
    return call(ScanOps.LOG_SOFTMAX, a, dim);
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
