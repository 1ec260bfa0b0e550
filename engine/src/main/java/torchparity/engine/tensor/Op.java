package torchparity.engine.tensor;

import java.util.List;

/**
 * One operation of the facade, declared once for every caller.
 *
 * @param name the function's name in {@code torch}
 * @param summary what it computes, in one sentence
 * @param parameters in the order of its arguments
 * @param kernel computes the result
 */
public record Op(String name, String summary, List<Parameter> parameters, Kernel kernel) {
  public Op {
    parameters = List.copyOf(parameters);
  }

  static Op of(String name, String summary, Kernel kernel, Parameter... parameters) {
    return new Op(name, summary, List.of(parameters), kernel);
  }

  /** Computes an operation's result; temporaries are left to the open {@link Scope}. */
  public interface Kernel {
    /**
     * The result, or the argument itself where PyTorch works in place.
     *
     * @param torch for operations that are made of others, and for the default dtype
     */
    Tensor run(Torch torch, Arguments arguments);
  }
}
