package torchparity.engine.tensor;

import static torchparity.engine.tensor.NoiseSource.gradientAlone;
import static torchparity.engine.tensor.NoiseSource.scaled;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import torchparity.cases.Dtype;

/**
 * Puts seeded noise in where a port that is not built on PyTorch rounds differently, besides
 * products: into functions such as the exponential, into sums and means, and into the gradient of
 * what is added to every row. Single sums, products and quotients of two numbers are rounded alike
 * by all.
 *
 * <p>With u the unit roundoff and n standard normal, a result is multiplied by {@code 1 + amplitude
 * * u * n}, and so is the gradient that comes back through it; the sum of N terms by {@code sqrt(N)
 * / 3} times as much, which is what N terms of one sign come to. The gradient of a row that is
 * added to all rows is a sum over them, and gets a {@linkplain NoiseSource#walk random walk}.
 *
 * <p>Source: Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, section 4.2; IEEE
 * 754-2019, section 9.2 (functions need not be rounded correctly).
 */
public final class NoisyFunctions implements Interceptor {
  private static final Set<String> FUNCTIONS =
      Set.of(
          "log_softmax",
          "softmax",
          "exp",
          "expm1",
          "log",
          "log1p",
          "log2",
          "log10",
          "pow",
          "sin",
          "cos",
          "tan",
          "tanh",
          "sigmoid",
          "erf",
          "std",
          "var",
          "logsumexp",
          "cross_entropy");
  private static final Set<String> SUMS = Set.of("sum", "mean");
  private static final Set<String> ADDITIONS = Set.of("add", "sub");

  private final NoiseSource source;

  /** Noise of one run, as that of {@link NoisyProducts}. */
  public NoisyFunctions(long seed, double amplitude) {
    this.source = new NoiseSource(seed, amplitude);
  }

  /** The operations that get noise. */
  static Set<String> named() {
    Set<String> all = new TreeSet<>(FUNCTIONS);
    all.addAll(SUMS);
    all.addAll(ADDITIONS);
    return all;
  }

  @Override
  public Tensor around(Op op, Arguments arguments, Supplier<Tensor> proceed) {
    Tensor result = proceed.get();
    if (!result.isDefined() || !result.dtype().isFloatingPoint()) {
      return result;
    }
    Dtype dtype = result.dtype();
    var handle = result.handle();
    if (FUNCTIONS.contains(op.name()) || SUMS.contains(op.name())) {
      long terms = arguments.tensor(0).handle().numel() / Math.max(1, handle.numel());
      double ofSum = SUMS.contains(op.name()) ? Math.max(1, Math.sqrt((double) terms) / 3) : 1;
      long[] shape = result.shape().stream().mapToLong(Long::longValue).toArray();
      return new Tensor(scaled(handle, source.normal(dtype, shape), source.unit(dtype) * ofSum));
    }
    if (ADDITIONS.contains(op.name()) && arguments.get(1) instanceof Tensor row) {
      return isAddedToRows(row, result) ? new Tensor(withWalk(row, handle, dtype)) : result;
    }
    return result;
  }

  private static boolean isAddedToRows(Tensor row, Tensor result) {
    return result.shape().size() == 2
        && row.handle().requires_grad()
        && row.shape().equals(result.shape().subList(1, 2));
  }

  /** The result, in whose gradient each row counts with a walk along the rows. */
  private org.bytedeco.pytorch.Tensor withWalk(
      Tensor row, org.bytedeco.pytorch.Tensor result, Dtype dtype) {
    var part = gradientAlone(row.handle().expand_as(result));
    var walk = source.walk(result.size(0), result.size(1), dtype);
    return result.add(scaled(part, walk, source.unit(dtype)).sub(part));
  }
}
