package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.binary;
import static torchparity.engine.tensor.Declaration.operand;
import static torchparity.engine.tensor.Declaration.operandParameter;
import static torchparity.engine.tensor.Declaration.wrap;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.piped;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Arithmetic, element by element, with broadcasting. */
public final class PointwiseOps {
  public static final Op ADD =
      scaled("add", "Sum.", Tensor::add, Tensor::add, Tensor::add)
          .terms("plus", "+")
          .between("[1.0 2.0]", "[3.0 4.0]", "[4.0, 6.0]")
          .shows("[1 2]", "10 --alpha 2", "[21, 22]");
  public static final Op SUB =
      scaled(
              "sub",
              "Difference, the first minus the second.",
              Tensor::sub,
              Tensor::sub,
              Tensor::sub)
          .terms("minus", "-")
          .between("[3.0 4.0]", "[1.0 2.0]", "[2.0, 2.0]");
  public static final Op MUL =
      scaled("mul", "Product, element by element.", Tensor::mul, Tensor::mul, null)
          .terms("times", "*")
          .between("[1.0 2.0]", "[3.0 4.0]", "[3.0, 8.0]")
          .shows("[1.0 2.0]", "0.5", "[0.5, 1.0]");
  public static final Op DIV =
      scaled("div", "Quotient, the first by the second.", Tensor::div, Tensor::div, null)
          .terms("divide", "/")
          .between("[3.0 8.0]", "[2.0 4.0]", "[1.5, 2.0]");

  public static final Op MAXIMUM =
      binary("maximum", "The greater of two elements; NaN if either is.", (x, y) -> x.maximum(y))
          .terms("max", "relu")
          .between("[1.0 4.0]", "[2.0 3.0]", "[2.0, 4.0]");

  static final Op ADD_ = inPlace("add_", "Sum, in place.", Tensor::add_);
  static final Op SUB_ = inPlace("sub_", "Difference, in place.", Tensor::sub_);
  static final Op MUL_ = inPlace("mul_", "Product, in place.", Tensor::mul_);

  static final List<Op> ALL = List.of(ADD, SUB, MUL, DIV, MAXIMUM);

  private PointwiseOps() {}

  /** {@code a.name(b)}: changes the first, and answers with it; the second may be a number. */
  private static Op inPlace(String name, String summary, BinaryOperator<Tensor> kernel) {
    return Op.of(
        name,
        summary,
        (t, a) -> {
          Tensor unused = kernel.apply(a.tensor(0).handle(), operand(a.get(1)));
          return a.tensor(0);
        },
        piped("tensor1_id"),
        piped("tensor2_id"));
  }

  /**
   * {@code first op (alpha * second)}, where alpha is 1 if absent. A number as alpha is PyTorch's
   * own for add and sub, which fuses product and sum; a tensor is nutorch's.
   */
  private static Op scaled(
      String name,
      String summary,
      BinaryOperator<Tensor> kernel,
      BiFunction<Tensor, Scalar, Tensor> byNumber,
      @Nullable Fused fused) {
    return Op.of(
        name,
        summary,
        (t, a) -> {
          Tensor first = a.tensor(0).handle();
          Object alpha = a.get(2);
          if (alpha == null) {
            return wrap(
                a.get(1) instanceof Number number
                    ? byNumber.apply(first, Native.scalar(number))
                    : kernel.apply(first, a.tensor(1).handle()));
          }
          Tensor second = operand(a.get(1));
          return wrap(
              alpha instanceof Number number && fused != null
                  ? fused.apply(first, second, Native.scalar(number))
                  : kernel.apply(first, operand(alpha).mul(second)));
        },
        piped("tensor1_id"),
        operandParameter("tensor2_id"),
        flag(
            "alpha", ParameterType.SCALAR, "factor of the second: a number or the id of a tensor"));
  }

  private interface Fused {
    Tensor apply(Tensor first, Tensor second, Scalar alpha);
  }
}
