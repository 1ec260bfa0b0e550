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
 * scale of its terms, also where they cancel. Where many terms of one sign are added, their sum is
 * rounded once a term, and its relative error grows as the square root of their number: {@code
 * sqrt(N) / 3} for N equal terms. The backward pass sums over the N rows of the first factor, so
 * the gradient of the second one gets that as relative noise. The noise has its own generator and
 * leaves the global stream alone.
 *
 * <p>Source: Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, sections 3.5 and
 * 4.2 (rounding of products and sums).
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
    Tensor a = arguments.tensor(0);
    Tensor b = arguments.tensor(1);
    var first = noisy(a, amplitude);
    var second = noisy(b, amplitude);
    if (!b.handle().requires_grad()) {
      return new Tensor(first.mm(second));
    }
    // The value of one factor with the gradient of another, which is off by the rounding of a sum.
    double ofSum = Math.max(1, Math.sqrt((double) a.handle().size(0)) / 3);
    var gradient = noisy(b, amplitude * ofSum);
    return new Tensor(first.mm(second.detach().add(gradient.sub(gradient.detach()))));
  }

  private org.bytedeco.pytorch.Tensor noisy(Tensor a, double size) {
    Dtype dtype = a.dtype();
    double roundoff = dtype == Dtype.FLOAT64 ? FLOAT64_ROUNDOFF : FLOAT32_ROUNDOFF;
    var noise =
        torch.randn(a.handle().shape(), new GeneratorOptional(generator), Native.options(dtype));
    return a.handle().addcmul(a.handle(), noise, new Scalar(size * roundoff));
  }
}
