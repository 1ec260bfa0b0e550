package torchparity.engine.tensor;

import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.piped;

import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/** Gradients, and changes in place. */
public final class AutogradOps {
  public static final Op BACKWARD =
      Op.of(
              "backward",
              "Adds the gradients of a scalar to every leaf it depends on; answers with the scalar.",
              (t, a) -> {
                org.bytedeco.pytorch.Tensor loss = a.tensor(0).handle();
                boolean retain = a.flag(2, false);
                if (a.get(1) == null && !retain) {
                  loss.backward();
                } else {
                  loss.backward(
                      a.get(1) == null ? new org.bytedeco.pytorch.Tensor() : a.tensor(1).handle(),
                      new BoolOptional(retain),
                      false,
                      new TensorArrayRefOptional());
                }
                return a.tensor(0);
              },
              piped("loss_id"),
              flag("gradient", ParameterType.TENSOR, "id of a tensor: what comes from above"),
              flag("retain_graph", ParameterType.BOOLEAN, "whether it can be done again"))
          .terms("gradient", "backprop", "autograd")
          .example(
              "let w = torch tensor [1.0 2.0] --requires_grad true; torch mul $w $w | torch sum"
                  + " | torch backward; $w | torch grad | torch value",
              "[2.0, 4.0]");

  /** The gradient, sharing its memory; an undefined tensor if there is none. */
  public static final Op GRAD =
      Op.of(
              "grad",
              "The gradient accumulated so far; nothing if there is none.",
              (t, a) -> new Tensor(a.tensor(0).handle().grad()),
              piped("tensor_id"))
          .terms("gradient", "autograd")
          .example("torch tensor [1.0] --requires_grad true | torch grad", "null");

  public static final Op DETACH =
      Op.of(
              "detach",
              "The same elements without their history.",
              (t, a) -> new Tensor(a.tensor(0).handle().detach()),
              piped("tensor_id"))
          .terms("autograd")
          .example(
              "torch tensor [1.0] --requires_grad true | torch detach | torch requires_grad",
              "false");

  /** {@code a.zero_()}: zeros in place. */
  static final Op ZERO_ =
      Op.of(
              "zero_",
              "Zeros, in place; answers with the tensor.",
              (t, a) -> {
                a.tensor(0).handle().zero_();
                return a.tensor(0);
              },
              piped("tensor_id"))
          .shows("[1.0 2.0]", "[0.0, 0.0]");

  private static final Op COPY_ =
      Op.of(
              "copy_",
              "The elements of the second copied into the first; answers with the first.",
              (t, a) -> {
                a.tensor(0).handle().copy_(a.tensor(1).handle());
                return a.tensor(0);
              },
              piped("tensor_id"),
              piped("source_id"))
          .terms("assign", "in place")
          .between("[0.0 0.0]", "[1.0 2.0]", "[1.0, 2.0]");

  private static final Op REQUIRES_GRAD_ =
      Op.of(
              "requires_grad_",
              "Has gradients computed for a tensor, or no more; answers with it.",
              (t, a) -> {
                a.tensor(0).handle().requires_grad_(a.flag(1, true));
                return a.tensor(0);
              },
              piped("tensor_id"),
              flag("requires_grad", ParameterType.BOOLEAN, "true by default"))
          .terms("autograd")
          .example("torch tensor [1.0] | torch requires_grad_ | torch requires_grad", "true");

  private static final Op REQUIRES_GRAD =
      Op.of(
              "requires_grad",
              "Whether gradients are computed for a tensor: true or false.",
              (t, a) -> Declaration.truth(a.tensor(0).handle().requires_grad()),
              piped("tensor_id"))
          .answers(Output.VALUE)
          .terms("autograd")
          .example("torch tensor [1.0] | torch requires_grad", "false");

  private static final Op IS_LEAF =
      Op.of(
              "is_leaf",
              "Whether a tensor is no result of an operation with gradients: true or false.",
              (t, a) -> Declaration.truth(a.tensor(0).handle().is_leaf()),
              piped("tensor_id"))
          .answers(Output.VALUE)
          .terms("autograd")
          .example("torch tensor [1.0] --requires_grad true | torch neg | torch is_leaf", "false");

  static final List<Op> ALL =
      List.of(BACKWARD, GRAD, DETACH, ZERO_, COPY_, REQUIRES_GRAD_, REQUIRES_GRAD, IS_LEAF);

  private AutogradOps() {}
}
