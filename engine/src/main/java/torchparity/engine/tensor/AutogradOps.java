package torchparity.engine.tensor;

import static torchparity.engine.tensor.Parameter.piped;

import java.util.List;

/** Gradients. */
public final class AutogradOps {
  public static final Op BACKWARD =
      Op.of(
          "backward",
          "Adds the gradients of a scalar to every leaf it depends on; answers with the scalar.",
          (t, a) -> {
            a.tensor(0).handle().backward();
            return a.tensor(0);
          },
          piped("loss_id"));

  /** The gradient, sharing its memory; an undefined tensor if there is none. */
  public static final Op GRAD =
      Op.of(
          "grad",
          "The gradient accumulated so far; nothing if there is none.",
          (t, a) -> new Tensor(a.tensor(0).handle().grad()),
          piped("tensor_id"));

  public static final Op DETACH =
      Op.of(
          "detach",
          "The same elements without their history.",
          (t, a) -> new Tensor(a.tensor(0).handle().detach()),
          piped("tensor_id"));

  public static final Op CLONE =
      Op.of(
          "clone",
          "A copy in memory of its own.",
          (t, a) -> new Tensor(a.tensor(0).handle().clone()),
          piped("tensor_id"));

  /** {@code a.zero_()}: zeros in place. */
  static final Op ZERO_ =
      Op.of(
          "zero_",
          "Zeros, in place.",
          (t, a) -> {
            a.tensor(0).handle().zero_();
            return a.tensor(0);
          },
          piped("tensor_id"));

  static final List<Op> ALL = List.of(BACKWARD, GRAD, DETACH, CLONE);

  private AutogradOps() {}
}
