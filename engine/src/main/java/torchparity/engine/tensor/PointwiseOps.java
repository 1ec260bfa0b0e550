package torchparity.engine.tensor;

import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.piped;

import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Operations that work element by element, with broadcasting. */
public final class PointwiseOps {
  public static final Op ADD = scaled("add", "Sum.", Tensor::add);
  public static final Op SUB =
      scaled("sub", "Difference, the first minus the second.", Tensor::sub);
  public static final Op MUL = scaled("mul", "Product, element by element.", Tensor::mul);
  public static final Op DIV = scaled("div", "Quotient, the first by the second.", Tensor::div);

  public static final Op MAXIMUM =
      Op.of(
          "maximum",
          "The greater of two elements; NaN if either is.",
          (t, a) -> wrap(a.tensor(0).handle().maximum(a.tensor(1).handle())),
          piped("tensor1_id"),
          piped("tensor2_id"));

  public static final Op NEG = unary("neg", "The negative of each element.", Tensor::neg);
  public static final Op EXP = unary("exp", "e to the power of each element.", Tensor::exp);
  public static final Op SIN = unary("sin", "Sine of each element, in radians.", Tensor::sin);

  static final Op ADD_ = inPlace("add_", "Sum, in place.", Tensor::add_);
  static final Op SUB_ = inPlace("sub_", "Difference, in place.", Tensor::sub_);
  static final Op MUL_ = inPlace("mul_", "Product, in place.", Tensor::mul_);

  static final List<Op> ALL = List.of(ADD, SUB, MUL, DIV, MAXIMUM, NEG, EXP, SIN);

  private PointwiseOps() {}

  private static torchparity.engine.tensor.Tensor wrap(Tensor handle) {
    return new torchparity.engine.tensor.Tensor(handle);
  }

  private static Op unary(String name, String summary, UnaryOperator<Tensor> kernel) {
    return Op.of(
        name, summary, (t, a) -> wrap(kernel.apply(a.tensor(0).handle())), piped("tensor_id"));
  }

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

  /** {@code first op (alpha * second)}, where alpha is 1 if absent; the second may be a number. */
  private static Op scaled(String name, String summary, BinaryOperator<Tensor> kernel) {
    return Op.of(
        name,
        summary,
        (t, a) -> {
          Tensor second = operand(a.get(1));
          Tensor factor = a.get(2) == null ? null : operand(a.get(2));
          return wrap(
              kernel.apply(a.tensor(0).handle(), factor == null ? second : factor.mul(second)));
        },
        piped("tensor1_id"),
        piped("tensor2_id"),
        flag(
            "alpha", ParameterType.SCALAR, "factor of the second: a number or the id of a tensor"));
  }

  /**
   * A tensor, or a Python number: PyTorch wraps it in a 0-d tensor that does not take part in dtype
   * promotion within its category.
   */
  private static Tensor operand(@Nullable Object value) {
    if (value instanceof torchparity.engine.tensor.Tensor tensor) {
      return tensor.handle();
    }
    return torch.wrapped_scalar_tensor(Native.scalar((Number) Objects.requireNonNull(value)));
  }
}
