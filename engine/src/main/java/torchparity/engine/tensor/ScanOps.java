package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.DTYPE;
import static torchparity.engine.tensor.Declaration.on;
import static torchparity.engine.tensor.Declaration.wrap;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.piped;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import torchparity.cases.Dtype;

/** Operations that keep the shape and go along one dimension. */
public final class ScanOps {
  private static final Parameter LAST_DIM =
      flag("dim", ParameterType.INTEGER, "the dimension; the last one by default");

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
                          .softmax(
                              a.integer(1, -1), Native.optional(ReductionOps.floating(t, a, 2)))),
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
                Dtype dtype = ReductionOps.floating(t, a, 2);
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

  private static final Op DIFF =
      Op.of(
              "diff",
              "Each element minus the one before it, n times.",
              on(
                  (x, a) ->
                      org.bytedeco.pytorch.global.torch.diff(
                          x,
                          a.integer(1, 1),
                          a.integer(2, -1),
                          new TensorOptional(),
                          new TensorOptional())),
              Parameter.pipeOnly("tensor_id"),
              flag("n", ParameterType.INTEGER, "how often, once by default"),
              flag("dim", ParameterType.INTEGER, "the dimension; the last one by default"))
          .terms("difference")
          .shows("[1 4 9]", "[3, 5]");

  static final List<Op> ALL = List.of(CUMSUM, CUMPROD, SOFTMAX, LOG_SOFTMAX, DIFF);

  private ScanOps() {}
}
