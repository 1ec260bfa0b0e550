package torchparity.engine.tensor;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import torchparity.cases.Dtype;

/**
 * Puts seeded noise in where libraries round differently: at the matrix product of the forward
 * pass, and at both of the backward pass.
 *
 * <p>Each element of a factor becomes {@code x * (1 + amplitude * u * n)}, with n standard normal
 * and u the unit roundoff (2^-24 in float32, 2^-53 in float64), so that a product moves on the
 * scale of its terms, also where they cancel. A sum over many terms is rounded once a term: in a
 * register of L lanes the error grows as the square root of n / (6 L) beside that of the terms, so
 * the factor that the backward pass sums over its N rows gets so much more noise. The noise has its
 * own generator and leaves the global stream alone.
 *
 * <p>Source: Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, sections 3.5 and
 * 4.2 (rounding of sums); 512-bit registers.
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
    if (!op.equals(ShapeOps.MM)) {
      return proceed.get();
    }
    Tensor a = arguments.tensor(0);
    Tensor b = arguments.tensor(1);
    double lanes = a.dtype() == Dtype.FLOAT64 ? 8 : 16;
    double rows = Math.max(1, Math.sqrt(a.handle().size(0) / (6 * lanes)));
    double columns = Math.max(1, Math.sqrt(b.handle().size(1) / (6 * lanes)));
    var forward = noisy(a, amplitude).mm(noisy(b, amplitude));
    if (rows == 1 && columns == 1) {
      return new Tensor(forward);
    }
    // The value of one product with the gradient of another.
    var backward = noisy(a, amplitude * rows).mm(noisy(b, amplitude * columns));
    return new Tensor(backward.add(forward.sub(backward).detach()));
  }

  private org.bytedeco.pytorch.Tensor noisy(Tensor a, double size) {
    Dtype dtype = a.dtype();
    double roundoff = dtype == Dtype.FLOAT64 ? FLOAT64_ROUNDOFF : FLOAT32_ROUNDOFF;
    var noise =
        torch.randn(a.handle().shape(), new GeneratorOptional(generator), Native.options(dtype));
    return a.handle().addcmul(a.handle(), noise, new Scalar(size * roundoff));
  }
}
