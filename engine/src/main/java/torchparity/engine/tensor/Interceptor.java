package torchparity.engine.tensor;

import java.util.function.Supplier;

/** Stands around every operation: it may log the call, replace its result, or skip it. */
public interface Interceptor {
  /**
   * Answers one call.
   *
   * @param proceed computes the result as usual; not calling it skips the operation
   */
  Tensor around(Op op, Arguments arguments, Supplier<Tensor> proceed);
}
