package torchparity.engine.tensor;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import torchparity.cases.Dtype;

/**
 * Puts seeded noise in where libraries round differently: each element of both factors of a matrix
 * product becomes {@code x * (1 + amplitude * u * n)}, with n standard normal and u the unit
 * roundoff (2^-24 in float32, 2^-53 in float64). An element of the product so moves on the scale of
 * the componentwise error bound, |A||B|, also where terms cancel; and so do both products of the
 * backward pass, which use the same factors. The noise has its own generator and leaves the global
 * stream alone.
 *
 * <p>Source: Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, section 3.5.
 */
public final class NoisyProducts implements Interceptor {
  private static final double FLOAT32_ROUNDOFF = 0x1p-24;
  private static final double FLOAT64_ROUNDOFF = 0x1p-53;

  private final Generator generator;
  private final double amplitude;

  /**
   * Noise of one run.
   *
   * @param amplitude standard deviation in unit roundoffs
   */
  public NoisyProducts(long seed, double amplitude) {
    this.generator = torch.make_generator_cpu(seed);
    this.amplitude = amplitude;
  }

  @Override
  public Tensor around(Op op, Arguments arguments, Supplier<Tensor> proceed) {
    if (!op.equals(LinearAlgebraOps.MM)) {
      return proceed.get();
    }
    return new Tensor(noisy(arguments.tensor(0)).mm(noisy(arguments.tensor(1))));
  }

  private org.bytedeco.pytorch.Tensor noisy(Tensor a) {
    Dtype dtype = a.dtype();
    double roundoff = dtype == Dtype.FLOAT64 ? FLOAT64_ROUNDOFF : FLOAT32_ROUNDOFF;
    var noise =
        torch.randn(a.handle().shape(), new GeneratorOptional(generator), Native.options(dtype));
    return a.handle().addcmul(a.handle(), noise, new Scalar(amplitude * roundoff));
  }
}
