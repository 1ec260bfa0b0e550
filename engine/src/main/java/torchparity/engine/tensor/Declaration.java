package torchparity.engine.tensor;

import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.piped;

import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** What the declarations of operations have in common. */
final class Declaration {
  static final Parameter KEEPDIM =
      flag("keepdim", ParameterType.BOOLEAN, "whether the reduced dimension stays, with size 1");
  static final Parameter DTYPE =
      flag("dtype", ParameterType.DTYPE, "dtype of the result; the tensor's own by default");

  private Declaration() {}

  /** A kernel over the handle of the first argument, which is a tensor. */
  interface NativeKernel {
    Tensor apply(Tensor x, Arguments a);
  }

  static Op.Kernel on(NativeKernel kernel) {
    return (t, a) -> wrap(kernel.apply(a.tensor(0).handle(), a));
  }

  static torchparity.engine.tensor.Tensor wrap(Tensor handle) {
    return new torchparity.engine.tensor.Tensor(handle);
  }

  /** An operation on every element of one tensor. */
  static Op unary(String name, String summary, UnaryOperator<Tensor> kernel) {
    return Op.of(
        name, summary, (t, a) -> wrap(kernel.apply(a.tensor(0).handle())), piped("tensor_id"));
  }

  /** An operation on the elements of two tensors, with broadcasting. */
  static Op binary(String name, String summary, BinaryOperator<Tensor> kernel) {
    return Op.of(
        name,
        summary,
        (t, a) -> wrap(kernel.apply(a.tensor(0).handle(), a.tensor(1).handle())),
        piped("tensor1_id"),
        piped("tensor2_id"));
  }

  /** As {@link #binary}, where a Python number may stand for the second tensor. */
  static Op arithmetic(String name, String summary, BinaryOperator<Tensor> kernel) {
    return Op.of(
        name,
        summary,
        (t, a) -> wrap(kernel.apply(a.tensor(0).handle(), operand(a.get(1)))),
        piped("tensor1_id"),
        operandParameter("tensor2_id"));
  }

  static Parameter operandParameter(String name) {
    return new Parameter(
        name, ParameterType.SCALAR, Parameter.Form.PIPED, "id of a tensor, or a number");
  }

  /**
   * A tensor, or a Python number: PyTorch wraps it in a 0-d tensor that does not take part in dtype
   * promotion within its category.
   */
  static Tensor operand(@Nullable Object value) {
    if (value instanceof torchparity.engine.tensor.Tensor tensor) {
      return tensor.handle();
    }
    return torch.wrapped_scalar_tensor(Native.scalar((Number) Objects.requireNonNull(value)));
  }

  /** Values and indices; the pair's members point into it, so that each is copied. */
  static torchparity.engine.tensor.Tensor pair(T_TensorTensor_T pair) {
    return torchparity.engine.tensor.Tensor.ofParts(
        wrap(new Tensor(pair.get0())), wrap(new Tensor(pair.get1())));
  }

  /** The members of a vector; they point into it, so that each is copied. */
  static torchparity.engine.tensor.Tensor parts(TensorVector vector) {
    int count = Math.toIntExact(vector.size());
    if (count == 0) {
      return wrap(new Tensor()); // undefined: no tensors at all
    }
    torchparity.engine.tensor.Tensor[] parts = new torchparity.engine.tensor.Tensor[count];
    for (int i = 0; i < count; i++) {
      parts[i] = wrap(new Tensor(vector.get(i)));
    }
    return torchparity.engine.tensor.Tensor.ofParts(parts);
  }

  /** A value of the host language, as a 0-d bool tensor. */
  static torchparity.engine.tensor.Tensor truth(boolean value) {
    return torchparity.engine.tensor.Tensor.fromHost(
        torchparity.cases.HostTensor.copyOf(
            torchparity.cases.Dtype.BOOL,
            java.util.List.of(),
            java.nio.ByteBuffer.wrap(new byte[] {(byte) (value ? 1 : 0)})),
        false);
  }
}
