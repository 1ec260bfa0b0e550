package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.DTYPE;
import static torchparity.engine.tensor.Declaration.KEEPDIM;
import static torchparity.engine.tensor.Declaration.on;
import static torchparity.engine.tensor.Declaration.wrap;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.piped;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Dtype;

/** Operations that reduce dimensions. Negative ones count from the end. */
public final class ReductionOps {
  static final Parameter DIM =
      flag("dim", ParameterType.INTEGER, "the dimension to reduce; all of them by default");
  static final Parameter DIMS =
      flag("dim", ParameterType.DIMS, "the dimension or dimensions to reduce; all by default");

  public static final Op SUM =
      overDims(
              "sum",
              "Sum of the elements.",
              on(
                  (x, a) ->
                      a.get(1) == null
                          ? x.sum(Native.optional(a.dtype(3)))
                          : x.sum(a.dims(1), a.flag(2, false), Native.optional(a.dtype(3)))),
              DTYPE)
          .terms("total")
          .shows("[[1 2] [3 4]]", "10")
          .shows("[[1.0 2.0] [3.0 4.0]]", "--dim 1", "[3.0, 7.0]");

  public static final Op MEAN =
      overDims(
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
              DTYPE)
          .terms("average")
          .shows("[1.0 2.0 6.0]", "3.0");

  private static final Op PROD =
      overDim(
              "prod",
              "Product of the elements.",
              on(
                  (x, a) ->
                      a.get(1) == null
                          ? x.prod(Native.optional(a.dtype(3)))
                          : x.prod(a.integer(1), a.flag(2, false), Native.optional(a.dtype(3)))),
              DTYPE)
          .terms("product")
          .shows("[2 3 4]", "24");

  public static final Op MAX =
      overDim(
              "max",
              "Greatest element; with a dimension, the greatest along it.",
              on(
                  (x, a) ->
                      a.get(1) == null
                          ? x.max()
                          // get0() points into the pair: without a copy it outlives what it points
                          // to.
                          : new Tensor(x.max(a.integer(1), a.flag(2, false)).get0())))
          .terms("greatest")
          .shows("[[1.0 5.0] [7.0 2.0]]", "--dim 1", "[5.0, 7.0]");

  private static final Op MIN =
      overDim(
              "min",
              "Least element; with a dimension, the least along it.",
              on(
                  (x, a) ->
                      a.get(1) == null
                          ? x.min()
                          : new Tensor(x.min(a.integer(1), a.flag(2, false)).get0())))
          .terms("least")
          .shows("[[1.0 5.0] [7.0 2.0]]", "--dim 1", "[1.0, 2.0]");

  public static final Op ARGMAX =
      overDim(
              "argmax",
              "Index of the greatest element (int64); the first one if several are equal.",
              on((x, a) -> x.argmax(Native.optional(a, 1), a.flag(2, false))))
          .shows("[[1.0 5.0] [7.0 2.0]]", "--dim 1", "[1, 0]");

  private static final Op ARGMIN =
      overDim(
              "argmin",
              "Index of the least element (int64); the first one if several are equal.",
              on((x, a) -> x.argmin(Native.optional(a, 1), a.flag(2, false))))
          .shows("[[1.0 5.0] [7.0 2.0]]", "--dim 1", "[0, 1]");

  private static final Op AMAX =
      overDims(
              "amax",
              "Greatest element; gradients go to all that are equal.",
              on((x, a) -> x.amax(a.dims(1), a.flag(2, false))))
          .shows("[[1.0 5.0] [7.0 2.0]]", "--dim 0", "[7.0, 5.0]");

  private static final Op AMIN =
      overDims(
              "amin",
              "Least element; gradients go to all that are equal.",
              on((x, a) -> x.amin(a.dims(1), a.flag(2, false))))
          .shows("[[1.0 5.0] [7.0 2.0]]", "--dim 0", "[1.0, 2.0]");

  private static final Op ALL_OF =
      overDims(
              "all",
              "Whether all elements are other than zero.",
              on((x, a) -> a.get(1) == null ? x.all() : x.all(a.dims(1), a.flag(2, false))))
          .terms("every")
          .shows("[[true false] [true true]]", "--dim 1", "[false, true]");

  private static final Op ANY_OF =
      overDims(
              "any",
              "Whether any element is other than zero.",
              on((x, a) -> a.get(1) == null ? x.any() : x.any(a.dims(1), a.flag(2, false))))
          .terms("some")
          .shows("[[true false] [false false]]", "--dim 1", "[true, false]");

  private static final Op COUNT_NONZERO =
      Op.of(
              "count_nonzero",
              "How many elements are other than zero (int64).",
              on((x, a) -> a.get(1) == null ? x.count_nonzero() : x.count_nonzero(a.dims(1))),
              piped("tensor_id"),
              DIMS)
          .shows("[0 3 4]", "2");

  static final List<Op> ALL =
      List.of(SUM, MEAN, PROD, MAX, MIN, ARGMAX, ARGMIN, AMAX, AMIN, ALL_OF, ANY_OF, COUNT_NONZERO);

  private ReductionOps() {}

  /**
   * The dtype asked for; the default dtype for integers, which PyTorch refuses and nutorch computes
   * as float32.
   */
  static @Nullable Dtype floating(Torch t, Arguments a, int i) {
    Dtype asked = a.dtype(i);
    return asked != null || a.tensor(0).handle().is_floating_point() ? asked : t.defaultDtype();
  }

  /** A reduction over one dimension or several, or over all. */
  static Op overDims(String name, String summary, Op.Kernel kernel, Parameter... more) {
    return reduction(name, summary, kernel, DIMS, more);
  }

  /** A reduction over one dimension, or over all. */
  static Op overDim(String name, String summary, Op.Kernel kernel, Parameter... more) {
    return reduction(name, summary, kernel, DIM, more);
  }

  private static Op reduction(
      String name, String summary, Op.Kernel kernel, Parameter dim, Parameter... more) {
    Parameter[] parameters = new Parameter[3 + more.length];
    parameters[0] = piped("tensor_id");
    parameters[1] = dim;
    parameters[2] = KEEPDIM;
    System.arraycopy(more, 0, parameters, 3, more.length);
    return Op.of(name, summary, kernel, parameters);
  }
}
