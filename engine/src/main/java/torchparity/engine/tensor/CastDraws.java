package torchparity.engine.tensor;

import java.util.Objects;
import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch;
import torchparity.cases.Dtype;

/**
 * Draws random numbers in float32 and casts them up, so that a float64 run computes with the very
 * numbers of the float32 run: {@code randn} in float64 is another stream.
 */
public final class CastDraws implements Interceptor {
  @Override
  public Tensor around(Op op, Arguments arguments, Supplier<Tensor> proceed) {
    if (!op.equals(RandomOps.RANDN)) {
      return proceed.get();
    }
    var drawn = torch.randn(arguments.integers(0), Native.options(Dtype.FLOAT32));
    var cast = drawn.to(Objects.requireNonNull(ScalarTypes.of(Dtype.FLOAT64)));
    return new Tensor(arguments.flag(3, false) ? cast.requires_grad_(true) : cast);
  }
}
