package torchparity.engine.tensor;

import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.piped;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import torchparity.cases.Dtype;

/**
 * Operations that reduce or normalize along a dimension. Negative dimensions count from the end.
 */
public final class ReductionOps {
  private static final Parameter DIM =
      flag("dim", ParameterType.INTEGER, "the dimension to reduce; all of them by default");
  private static final Parameter KEEPDIM =
      flag("keepdim", ParameterType.BOOLEAN, "whether the reduced dimension stays, with size 1");
  private static final Parameter DTYPE =
      flag("dtype", ParameterType.DTYPE, "dtype of the result; the tensor's own by default");

  public static final Op SUM =
      Op.of(
          "sum",
          "Sum of the elements.",
          (t, a) -> {
            Tensor x = a.tensor(0).handle();
            return new torchparity.engine.tensor.Tensor(
                a.get(1) == null
                    ? x.sum(Native.optional(a.dtype(3)))
                    : x.sum(
                        new long[] {a.integer(1)}, a.flag(2, false), Native.optional(a.dtype(3))));
          },
          piped("tensor_id"),
          DIM,
          KEEPDIM,
          DTYPE);

  public static final Op MEAN =
      Op.of(
          "mean",
          "Mean of the elements.",
          (t, a) -> {
            Tensor x = a.tensor(0).handle();
            return new torchparity.engine.tensor.Tensor(
                a.get(1) == null
                    ? a.dtype(3) == null ? x.mean() : x.mean(Native.optional(a.dtype(3)))
                    : x.mean(
                        new long[] {a.integer(1)}, a.flag(2, false), Native.optional(a.dtype(3))));
          },
          piped("tensor_id"),
          DIM,
          KEEPDIM,
          DTYPE);

  public static final Op MAX =
      Op.of(
          "max",
          "Greatest element; with a dimension, the values of torch.max.",
          (t, a) -> {
            Tensor x = a.tensor(0).handle();
            return new torchparity.engine.tensor.Tensor(
                a.get(1) == null
                    ? x.max()
                    // get0() points into the pair: without a copy it outlives what it points to.
                    : new Tensor(x.max(a.integer(1), a.flag(2, false)).get0()));
          },
          piped("tensor_id"),
          DIM,
          KEEPDIM);

  public static final Op ARGMAX =
      Op.of(
          "argmax",
          "Index of the greatest element (int64); the first one if several are equal.",
          (t, a) ->
              new torchparity.engine.tensor.Tensor(
                  a.tensor(0).handle().argmax(Native.optional(a, 1), a.flag(2, false))),
          piped("tensor_id"),
          DIM,
          KEEPDIM);

  public static final Op SOFTMAX =
      Op.of(
          "softmax",
          "Exponentials, scaled to sum to one along a dimension.",
          (t, a) ->
              new torchparity.engine.tensor.Tensor(
                  a.tensor(0).handle().softmax(a.integer(1, -1), Native.optional(a.dtype(2)))),
          piped("tensor_id"),
          flag("dim", ParameterType.INTEGER, "the dimension; the last one by default"),
          DTYPE);

  public static final Op LOG_SOFTMAX =
      Op.of(
          "log_softmax",
          "Logarithm of the softmax along a dimension.",
          (t, a) -> new torchparity.engine.tensor.Tensor(logSoftmax(a)),
          piped("tensor_id"),
          flag("dim", ParameterType.INTEGER, "the dimension; the last one by default"),
          DTYPE);

  static final List<Op> ALL = List.of(SUM, MEAN, MAX, ARGMAX, SOFTMAX, LOG_SOFTMAX);

  private ReductionOps() {}

  private static Tensor logSoftmax(Arguments a) {
    Tensor x = a.tensor(0).handle();
    long dim = a.integer(1, -1);
    Dtype dtype = a.dtype(2);
    // The short form spares a native object in the innermost loop.
    return dtype == null ? x.log_softmax(dim) : x.log_softmax(dim, Native.optional(dtype));
  }
}
