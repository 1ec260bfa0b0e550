package torchparity.engine.tensor;

import java.util.function.Supplier;

/**
 * Computes each matrix product without BLAS, as {@code (a.unsqueeze(2) * b.unsqueeze(0)).sum(1)}:
 * (N, K) x (K, M) through (N, K, M) to (N, M). Every libtorch of one version rounds that alike, and
 * gradients flow through it.
 */
public final class ExactProducts implements Interceptor {
  @Override
  public Tensor around(Op op, Arguments arguments, Supplier<Tensor> proceed) {
    if (!op.equals(LinearAlgebraOps.MM) || !areMatrices(arguments)) {
      return proceed.get();
    }
    return new Tensor(
        arguments
            .tensor(0)
            .handle()
            .unsqueeze(2)
            .mul(arguments.tensor(1).handle().unsqueeze(0))
            .sum(1));
  }

  /** Anything else is left to {@code mm} itself, which says what is wrong. */
  static boolean areMatrices(Arguments arguments) {
    var a = arguments.tensor(0).handle();
    var b = arguments.tensor(1).handle();
    return a.dim() == 2
        && b.dim() == 2
        && a.size(1) == b.size(0)
        && a.scalar_type().intern() == b.scalar_type().intern();
  }
}
