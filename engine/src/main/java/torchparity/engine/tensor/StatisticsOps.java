package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.DTYPE;
import static torchparity.engine.tensor.Declaration.on;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.ReductionOps.overDims;

import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import torchparity.cases.Dtype;

/** Operations that sum up how elements are spread. */
final class StatisticsOps {
  private static final Parameter CORRECTION =
      flag(
          "correction",
          ParameterType.NUMBER,
          "subtracted from the number of elements that is divided by, 1 by default");

  private static final Op STD =
      overDims(
              "std",
              "Standard deviation.",
              on((x, a) -> x.std(optionalDims(a), correction(a), a.flag(2, false))),
              CORRECTION)
          .terms("deviation", "spread")
          .shows("[1.0 3.0]", "--correction 0", "1.0");

  private static final Op VAR =
      overDims(
              "var",
              "Variance.",
              on((x, a) -> x.var(optionalDims(a), correction(a), a.flag(2, false))),
              CORRECTION)
          .terms("variance")
          .shows("[1.0 3.0]", "2.0");

  private static final Op NANSUM =
      overDims(
              "nansum",
              "Sum of the elements that are not NaN.",
              on(
                  (x, a) ->
                      x.nansum(optionalDims(a), a.flag(2, false), Native.optional(a.dtype(3)))),
              DTYPE)
          .shows("[1.0 NaN 2.0]", "3.0");

  private static final Op LOGSUMEXP =
      overDims(
              "logsumexp",
              "Logarithm of the sum of the exponentials.",
              on((x, a) -> x.logsumexp(a.get(1) == null ? every(x) : a.dims(1), a.flag(2, false))))
          .shows("[-inf 2.0]", "2.0");

  private static final Op NORM =
      overDims(
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
              flag("p", ParameterType.NUMBER, "the power, 2 by default; inf for the greatest"))
          .terms("length", "magnitude")
          .shows("[3.0 4.0]", "5.0");

  static final List<Op> ALL = List.of(STD, VAR, NANSUM, LOGSUMEXP, NORM);

  private StatisticsOps() {}

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
