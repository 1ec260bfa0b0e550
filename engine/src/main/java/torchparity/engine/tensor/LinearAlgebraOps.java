package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.binary;
import static torchparity.engine.tensor.Declaration.wrap;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.piped;

import java.util.List;
import java.util.function.BinaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import torchparity.cases.Dtype;

/** Products of matrices and vectors. They go through BLAS, which rounds in its own order. */
public final class LinearAlgebraOps {
  public static final Op MM =
      product("mm", "Matrix product of (N, K) and (K, M).", (x, y) -> x.mm(y))
          .terms("matmul", "matrix")
          .between("[[1.0 2.0] [3.0 4.0]]", "[[1.0] [10.0]]", "[[21.0], [43.0]]");

  static final List<Op> ALL =
      List.of(
          MM,
          product(
                  "matmul",
                  "Product of vectors, matrices, or batches of them.",
                  (x, y) -> x.matmul(y))
              .terms("mm", "@")
              .between("[1.0 2.0]", "[[1.0] [10.0]]", "[21.0]"),
          product(
                  "bmm",
                  "Matrix products of two batches (B, N, K) and (B, K, M).",
                  (x, y) -> x.bmm(y))
              .terms("batch")
              .between("[[[1.0 2.0]]]", "[[[1.0] [10.0]]]", "[[[21.0]]]"),
          product("mv", "Product of a matrix (N, K) and a vector (K).", (x, y) -> x.mv(y))
              .between("[[1.0 2.0] [3.0 4.0]]", "[1.0 10.0]", "[21.0, 43.0]"),
          product("dot", "Sum of the products of two vectors' elements.", (x, y) -> x.dot(y))
              .terms("scalar product", "inner")
              .between("[1.0 2.0]", "[1.0 10.0]", "21.0"),
          binary(
                  "outer",
                  "Products of each element of one vector and each of another.",
                  (x, y) -> x.outer(y))
              .between("[1.0 2.0]", "[1.0 10.0]", "[[1.0, 10.0], [2.0, 20.0]]"),
          binary("kron", "Kronecker product.", (x, y) -> x.kron(y))
              .between("[1 2]", "[1 10]", "[1, 10, 2, 20]"),
          Op.of(
                  "addmm",
                  "beta first + alpha (second @ third).",
                  (t, a) ->
                      wrap(
                          torch.addmm(
                              a.tensor(0).handle(),
                              a.tensor(1).handle(),
                              a.tensor(2).handle(),
                              Native.scalar(a.get(3) == null ? 1L : a.number(3)),
                              Native.scalar(a.get(4) == null ? 1L : a.number(4)))),
                  piped("tensor_id"),
                  piped("matrix1_id"),
                  piped("matrix2_id"),
                  flag("beta", ParameterType.NUMBER, "factor of the first, 1 by default"),
                  flag("alpha", ParameterType.NUMBER, "factor of the product, 1 by default"))
              .shows(
                  "[1.0]", "(torch tensor [[1.0 2.0]]) (torch tensor [[1.0] [10.0]])", "[[22.0]]"),
          Op.of(
                  "linear",
                  "x @ weight.t() + bias; torch.nn.functional.linear.",
                  (t, a) ->
                      wrap(
                          torch.linear(
                              a.tensor(0).handle(),
                              a.tensor(1).handle(),
                              Native.optionalTensor(a, 2))),
                  piped("tensor_id"),
                  piped("weight_id"),
                  flag("bias", ParameterType.TENSOR, "id of a tensor that is added"))
              .terms("layer")
              .between("[1.0 2.0]", "[[1.0 10.0]]", "[21.0]"));

  private LinearAlgebraOps() {}

  /**
   * A product. PyTorch refuses operands of different dtypes; nutorch, in which every number is
   * float32, cannot meet them, so that integers are taken as the other operand's floats.
   */
  private static Op product(String name, String summary, BinaryOperator<Tensor> kernel) {
    return binary(name, summary, (x, y) -> kernel.apply(asFloatOf(x, y), asFloatOf(y, x)));
  }

  private static Tensor asFloatOf(Tensor x, Tensor other) {
    if (x.is_floating_point() || !other.is_floating_point()) {
      return x;
    }
    Dtype dtype = ScalarTypes.dtype(x.scalar_type());
    return dtype == Dtype.BOOL ? x : x.to(other.scalar_type());
  }
}
