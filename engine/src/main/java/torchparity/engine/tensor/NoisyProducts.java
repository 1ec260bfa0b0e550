package torchparity.engine.tensor;

import static torchparity.engine.tensor.NoiseSource.gradientAlone;
import static torchparity.engine.tensor.NoiseSource.scaled;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
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
 * {@linkplain NoiseSource#walk random walk} along the rows, on both factors of a term, so that
 * elements differ. The gradient of the larger factor gets a walk along the M terms of its sums.
 *
 * <p>Source: Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, sections 3.1, 4.2
 * and 4.3 (rounding of products and sums).
 */
public final class NoisyProducts implements Interceptor {
  private final NoiseSource source;

  /**
   * Noise of one run.
   *
   * @param amplitude in unit roundoffs; two real libraries differ about as much as with 1
   */
  public NoisyProducts(long seed, double amplitude) {
    this.source = new NoiseSource(seed, amplitude);
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
    double unit = source.unit(dtype);
    long n = a.size(0);
    long k = b.size(0);
    long m = b.size(1);
    var plainA = a.detach();
    var plainB = b.detach();
    var terms = plainA.square().mm(plainB.square()).sqrt();
    Scalar ofSum = new Scalar(unit * Math.sqrt(Math.max(0, k - 1) / 2.0));
    var result = plainA.mm(plainB).addcmul(terms, source.normal(dtype, n, m), ofSum);
    if (a.requires_grad()) {
      var noisyB = scaled(plainB, source.walk(m, k, dtype).t(), unit);
      result = result.add(gradientAlone(a.mm(noisyB)));
    }
    if (b.requires_grad()) {
      double share = unit / Math.sqrt(2);
      var noisyA = scaled(plainA, source.walk(n, k, dtype), share);
      var part = gradientAlone(noisyA.mm(b));
      result = result.add(scaled(part, source.walk(n, m, dtype), share));
    }
    return result;
  }
}
