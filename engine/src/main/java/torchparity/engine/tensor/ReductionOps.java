package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.DTYPE;
import static torchparity.engine.tensor.Declaration.KEEPDIM;
import static torchparity.engine.tensor.Declaration.on;
import static torchparity.engine.tensor.Declaration.wrap;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.piped;

import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Dtype;

/** Operations that reduce or normalize along dimensions. Negative dimensions count from the end. */
public final class ReductionOps {
  static final Parameter DIM =
      flag("dim", ParameterType.INTEGER, "the dimension to reduce; all of them by default");
  private static final Parameter DIMS =
      flag("dim", ParameterType.DIMS, "the dimension or dimensions to reduce; all by default");
  private static final Parameter LAST_DIM =
      flag("dim", ParameterType.INTEGER, "the dimension; the last one by default");
  private static final Parameter CORRECTION =
      flag(
          "correction",
          ParameterType.NUMBER,
          "subtracted from the number of elements that is divided by, 1 by default");

  public static final Op SUM =
      Op.of(
              "sum",
              "Sum of the elements.",
              on(
                  (x, a) ->
                      a.get(1) == null
                          ? x.sum(Native.optional(a.dtype(3)))
                          : x.sum(a.dims(1), a.flag(2, false), Native.optional(a.dtype(3)))),
              piped("tensor_id"),
              DIMS,
              KEEPDIM,
              DTYPE)
          .terms("total")
          .shows("[[1 2] [3 4]]", "10")
          .shows("[[1.0 2.0] [3.0 4.0]]", "--dim 1", "[3.0, 7.0]");

  public static final Op MEAN =
      Op.of(
              "mean",
              "Mean of the elements; of integers, in the default dtype.",
              (t, a) -> {
                Tensor x = a.tensor(0).handle();
                Dtype dtype = floating(t, a, 3);
                if (a.get(1) != null) {
                  return wrap(x.mean(a.dims(1), a.flag(2, false), Native.optional(dtype)));
                }
                // The short form spares a native object in the innermost loop.
                return wrap(dtype == null ? x.mean() : x.mean(Native.optional(dtype)));
              },
              piped("tensor_id"),
              DIMS,
              KEEPDIM,
              DTYPE)
          .terms("average")
          .shows("[1.0 2.0 6.0]", "3.0");

  public static final Op MAX =
      Op.of(
              "max",
              "Greatest element; with a dimension, the greatest along it.",
              on(
                  (x, a) ->
                      a.get(1) == null
                          ? x.max()
                          // get0() points into the pair: without a copy it outlives what it points
                          // to.
                          : new Tensor(x.max(a.integer(1), a.flag(2, false)).get0())),
              piped("tensor_id"),
              DIM,
              KEEPDIM)
          .terms("greatest")
          .shows("[[1.0 5.0] [7.0 2.0]]", "--dim 1", "[5.0, 7.0]");

  private static final Op MIN =
      Op.of(
              "min",
              "Least element; with a dimension, the least along it.",
              on(
                  (x, a) ->
                      a.get(1) == null
                          ? x.min()
                          : new Tensor(x.min(a.integer(1), a.flag(2, false)).get0())),
              piped("tensor_id"),
              DIM,
              KEEPDIM)
          .terms("least")
          .shows("[[1.0 5.0] [7.0 2.0]]", "--dim 1", "[1.0, 2.0]");

  public static final Op ARGMAX =
      Op.of(
              "argmax",
              "Index of the greatest element (int64); the first one if several are equal.",
              on((x, a) -> x.argmax(Native.optional(a, 1), a.flag(2, false))),
              piped("tensor_id"),
              DIM,
              KEEPDIM)
          .shows("[[1.0 5.0] [7.0 2.0]]", "--dim 1", "[1, 0]");

  private static final Op ARGMIN =
      Op.of(
              "argmin",
              "Index of the least element (int64); the first one if several are equal.",
              on((x, a) -> x.argmin(Native.optional(a, 1), a.flag(2, false))),
              piped("tensor_id"),
              DIM,
              KEEPDIM)
          .shows("[[1.0 5.0] [7.0 2.0]]", "--dim 1", "[0, 1]");

  private static final Op PROD =
      Op.of(
              "prod",
              "Product of the elements.",
              on(
                  (x, a) ->
                      a.get(1) == null
                          ? x.prod(Native.optional(a.dtype(3)))
                          : x.prod(a.integer(1), a.flag(2, false), Native.optional(a.dtype(3)))),
              piped("tensor_id"),
              DIM,
              KEEPDIM,
              DTYPE)
          .terms("product")
          .shows("[2 3 4]", "24");

  private static final Op AMAX =
      Op.of(
              "amax",
              "Greatest element; gradients go to all that are equal.",
              on((x, a) -> x.amax(a.dims(1), a.flag(2, false))),
              piped("tensor_id"),
              DIMS,
              KEEPDIM)
          .shows("[[1.0 5.0] [7.0 2.0]]", "--dim 0", "[7.0, 5.0]");

  private static final Op AMIN =
      Op.of(
              "amin",
              "Least element; gradients go to all that are equal.",
              on((x, a) -> x.amin(a.dims(1), a.flag(2, false))),
              piped("tensor_id"),
              DIMS,
              KEEPDIM)
          .shows("[[1.0 5.0] [7.0 2.0]]", "--dim 0", "[1.0, 2.0]");

  private static final Op ALL_OF =
      Op.of(
              "all",
              "Whether all elements are other than zero.",
              on((x, a) -> a.get(1) == null ? x.all() : x.all(a.dims(1), a.flag(2, false))),
              piped("tensor_id"),
              DIMS,
              KEEPDIM)
          .terms("every")
          .shows("[[true false] [true true]]", "--dim 1", "[false, true]");

  private static final Op ANY_OF =
      Op.of(
              "any",
              "Whether any element is other than zero.",
              on((x, a) -> a.get(1) == null ? x.any() : x.any(a.dims(1), a.flag(2, false))),
              piped("tensor_id"),
              DIMS,
              KEEPDIM)
          .terms("some")
          .shows("[[true false] [false false]]", "--dim 1", "[true, false]");

  private static final Op STD =
      Op.of(
              "std",
              "Standard deviation.",
              on((x, a) -> x.std(optionalDims(a), correction(a), a.flag(2, false))),
              piped("tensor_id"),
              DIMS,
              KEEPDIM,
              CORRECTION)
          .terms("deviation", "spread")
          .shows("[1.0 3.0]", "--correction 0", "1.0");

  private static final Op VAR =
      Op.of(
              "var",
              "Variance.",
              on((x, a) -> x.var(optionalDims(a), correction(a), a.flag(2, false))),
              piped("tensor_id"),
              DIMS,
              KEEPDIM,
              CORRECTION)
          .terms("variance")
          .shows("[1.0 3.0]", "2.0");

  private static final Op NANSUM =
      Op.of(
              "nansum",
              "Sum of the elements that are not NaN.",
              on(
                  (x, a) ->
                      x.nansum(optionalDims(a), a.flag(2, false), Native.optional(a.dtype(3)))),
              piped("tensor_id"),
              DIMS,
              KEEPDIM,
              DTYPE)
          .shows("[1.0 NaN 2.0]", "3.0");

  private static final Op LOGSUMEXP =
      Op.of(
              "logsumexp",
              "Logarithm of the sum of the exponentials.",
              on((x, a) -> x.logsumexp(a.get(1) == null ? every(x) : a.dims(1), a.flag(2, false))),
              piped("tensor_id"),
              DIMS,
              KEEPDIM)
          .shows("[-inf 2.0]", "2.0");

  private static final Op COUNT_NONZERO =
      Op.of(
              "count_nonzero",
              "How many elements are other than zero (int64).",
              on((x, a) -> a.get(1) == null ? x.count_nonzero() : x.count_nonzero(a.dims(1))),
              piped("tensor_id"),
              DIMS)
          .shows("[0 3 4]", "2");

  private static final Op NORM =
      Op.of(
              "norm",
              "The p-norm of the elements, the square root of the sum of squares by default.",
              on(
                  (x, a) ->
                      org.bytedeco.pytorch.global.torch.linalg_vector_norm(
                          x,
                          a.get(3) == null ? new Scalar(2L) : Native.scalar(a.number(3)),
                          optionalDims(a),
                          a.flag(2, false),
                          Native.optional((Dtype) null))),
              piped("tensor_id"),
              DIMS,
              KEEPDIM,
              flag("p", ParameterType.NUMBER, "the power, 2 by default; inf for the greatest"))
          .terms("length", "magnitude")
          .shows("[3.0 4.0]", "5.0");

  private static final Op CUMSUM =
      Op.of(
              "cumsum",
              "Sum of each element and those before it.",
              on((x, a) -> x.cumsum(a.integer(1, -1), Native.optional(a.dtype(2)))),
              piped("tensor_id"),
              LAST_DIM,
              DTYPE)
          .terms("running", "accumulate")
          .shows("[1 2 3]", "[1, 3, 6]");

  private static final Op CUMPROD =
      Op.of(
              "cumprod",
              "Product of each element and those before it.",
              on((x, a) -> x.cumprod(a.integer(1, -1), Native.optional(a.dtype(2)))),
              piped("tensor_id"),
              LAST_DIM,
              DTYPE)
          .terms("running", "accumulate")
          .shows("[1 2 3]", "[1, 2, 6]");

  public static final Op SOFTMAX =
      Op.of(
              "softmax",
              "Exponentials, scaled to sum to one along a dimension.",
              (t, a) ->
                  wrap(
                      a.tensor(0)
                          .handle()
                          .softmax(a.integer(1, -1), Native.optional(floating(t, a, 2)))),
              piped("tensor_id"),
              LAST_DIM,
              DTYPE)
          .terms("probabilities", "activation")
          .shows("[0.0 0.0]", "--dim 0", "[0.5, 0.5]");

  public static final Op LOG_SOFTMAX =
      Op.of(
              "log_softmax",
              "Logarithm of the softmax along a dimension.",
              (t, a) -> {
                Tensor x = a.tensor(0).handle();
                long dim = a.integer(1, -1);
                Dtype dtype = floating(t, a, 2);
                // The short form spares a native object in the innermost loop.
                return wrap(
                    dtype == null
                        ? x.log_softmax(dim)
                        : x.log_softmax(dim, Native.optional(dtype)));
              },
              piped("tensor_id"),
              LAST_DIM,
              DTYPE)
          .terms("probabilities")
          .shows("[5.0]", "--dim 0", "[0.0]");

  static final List<Op> ALL =
      List.of(
          SUM,
          MEAN,
          MAX,
          MIN,
          ARGMAX,
          ARGMIN,
          PROD,
          AMAX,
          AMIN,
          ALL_OF,
          ANY_OF,
          STD,
          VAR,
          NANSUM,
          LOGSUMEXP,
          COUNT_NONZERO,
          NORM,
          CUMSUM,
          CUMPROD,
          SOFTMAX,
          LOG_SOFTMAX);

  private ReductionOps() {}

  /**
   * The dtype asked for; the default dtype for integers, which PyTorch refuses and nutorch computes
   * as float32.
   */
  private static @Nullable Dtype floating(Torch t, Arguments a, int i) {
    Dtype asked = a.dtype(i);
    return asked != null || a.tensor(0).handle().is_floating_point() ? asked : t.defaultDtype();
  }

  /** The array must outlive the reference to it, which the open scope sees to. */
  private static LongArrayRefOptional optionalDims(Arguments a) {
    if (a.get(1) == null) {
      return new LongArrayRefOptional();
    }
    long[] dims = a.dims(1);
    return new LongArrayRefOptional(new LongArrayRef(new LongPointer(dims), dims.length));
  }

  private static ScalarOptional correction(Arguments a) {
    return a.get(3) == null
        ? new ScalarOptional(new Scalar(1L))
        : new ScalarOptional(Native.scalar(a.number(3)));
  }

  private static long[] every(Tensor x) {
    long[] dims = new long[Math.toIntExact(x.dim())];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = i;
    }
    return dims;
  }
}
