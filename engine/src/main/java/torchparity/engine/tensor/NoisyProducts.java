package torchparity.engine.tensor;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import torchparity.cases.Dtype;

/**
 * Puts seeded noise in where libraries round differently: into the sums of a matrix product, of the
 * forward pass and of both of the backward pass.
 *
 * <p>A library adds the K terms of an element in its own order, and rounds each partial sum. With u
 * the unit roundoff (2^-24 in float32, 2^-53 in float64), T the norm of the terms and n standard
 * normal, the result of a forward product (N, K) by (K, M) gets {@code amplitude * u * sqrt((K - 1)
 * / 2) * T * n}: partial sums of terms with either sign grow as a square root. One term alone is
 * rounded alike by all.
 *
 * <p>The gradient of the smaller factor is a sum over the N rows of the larger one, and many of its
 * terms have one sign. There each term is multiplied by {@code 1 + amplitude * u * w}, where w is a
 * random walk along the rows: what rounding every partial sum comes to. The walk has {@link #LANES}
 * lanes and stands on both factors of a term, so that elements differ. Kernels add in one lane (MKL
 * at these shapes) or in several; with u in place of the u / sqrt(3) of a single rounding, two
 * lanes come to what one lane does to terms of one sign. The gradient of the larger factor gets a
 * walk along the M terms of its sums.
 *
 * <p>The noise has its own generator and leaves the global stream alone.
 *
 * <p>Source: Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, sections 3.1, 4.2
 * and 4.3 (rounding of products and sums).
 */
public final class NoisyProducts implements Interceptor {
  private static final double FLOAT32_ROUNDOFF = 0x1p-24;
  private static final double FLOAT64_ROUNDOFF = 0x1p-53;
  private static final long LANES = 2;

  private final Generator generator;
  private final double amplitude;

  /**
   * Noise of one run.
   *
   * @param amplitude in unit roundoffs; two real libraries differ about as much as with 1
   */
  public NoisyProducts(long seed, double amplitude) {
    this.generator = torch.make_generator_cpu(seed);
    this.amplitude = amplitude;
  }

  @Override
  public Tensor around(Op op, Arguments arguments, Supplier<Tensor> proceed) {
    if (!op.equals(LinearAlgebraOps.MM) || !ExactProducts.areMatrices(arguments)) {
      return proceed.get();
    }
    var a = arguments.tensor(0).handle();
    var b = arguments.tensor(1).handle();
    Dtype dtype = arguments.tensor(0).dtype();
    return new Tensor(
        a.numel() >= b.numel() ? product(a, b, dtype) : product(b.t(), a.t(), dtype).t());
  }

  /** The product of {@code a} (N, K), the larger one, and {@code b} (K, M). */
  private org.bytedeco.pytorch.Tensor product(
      org.bytedeco.pytorch.Tensor a, org.bytedeco.pytorch.Tensor b, Dtype dtype) {
    double unit = amplitude * (dtype == Dtype.FLOAT64 ? FLOAT64_ROUNDOFF : FLOAT32_ROUNDOFF);
    var plainA = a.detach();
    var plainB = b.detach();
    var terms = plainA.square().mm(plainB.square()).sqrt();
    double ofSum = unit * Math.sqrt(Math.max(0, b.size(0) - 1) / 2.0);
    var result =
        plainA
            .mm(plainB)
            .addcmul(terms, normal(terms.size(0), terms.size(1), dtype), scalar(ofSum));
    if (a.requires_grad()) {
      var walk = walk(b.size(1), b.size(0), dtype).t();
      result = result.add(gradientAlone(a.mm(plainB.addcmul(plainB, walk, scalar(unit)))));
    }
    if (b.requires_grad()) {
      Scalar share = scalar(unit / Math.sqrt(2));
      var left = plainA.addcmul(plainA, walk(a.size(0), a.size(1), dtype), share);
      var part = gradientAlone(left.mm(b));
      var walk = walk(a.size(0), b.size(1), dtype);
      result = result.add(part.addcmul(part, walk, share));
    }
    return result;
  }

  /** Zero, with the gradient of {@code x}. */
  private static org.bytedeco.pytorch.Tensor gradientAlone(org.bytedeco.pytorch.Tensor x) {
    return x.sub(x.detach());
  }

  /** Random walks along {@code rows} in {@link #LANES} lanes, one in each of the columns. */
  private org.bytedeco.pytorch.Tensor walk(long rows, long columns, Dtype dtype) {
    long steps = (rows + LANES - 1) / LANES;
    return normal(steps, LANES * columns, dtype)
        .cumsum(0)
        .reshape(steps * LANES, columns)
        .narrow(0, 0, rows);
  }

  private org.bytedeco.pytorch.Tensor normal(long rows, long columns, Dtype dtype) {
    return torch.randn(
        new long[] {rows, columns}, new GeneratorOptional(generator), Native.options(dtype));
  }

  private static Scalar scalar(double value) {
    return new Scalar(value);
  }
}
