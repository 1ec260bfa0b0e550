package torchparity.engine.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * One operation of the facade, declared once for every caller.
 *
 * @param name the function's name in {@code torch}
 * @param summary what it computes, in one sentence
 * @param parameters in the order of its arguments
 * @param kernel computes the result
 * @param output what the result stands for
 * @param terms other words that people look for
 * @param examples calls of its command
 */
public record Op(
    String name,
    String summary,
    List<Parameter> parameters,
    Kernel kernel,
    Output output,
    List<String> terms,
    List<Example> examples) {
  public Op {
    parameters = List.copyOf(parameters);
    terms = List.copyOf(terms);
    examples = List.copyOf(examples);
  }

  static Op of(String name, String summary, Kernel kernel, Parameter... parameters) {
    return new Op(name, summary, List.of(parameters), kernel, Output.TENSOR, List.of(), List.of());
  }

  Op answers(Output other) {
    return new Op(name, summary, parameters, kernel, other, terms, examples);
  }

  Op terms(String... words) {
    return new Op(name, summary, parameters, kernel, output, List.of(words), examples);
  }

  Op example(String code, String result) {
    List<Example> more = new ArrayList<>(examples);
    more.add(new Example(code, result));
    return new Op(name, summary, parameters, kernel, output, terms, more);
  }

  /** An example of a command with one tensor: {@code torch tensor INPUT | torch NAME ARGUMENTS}. */
  Op shows(String input, String arguments, String result) {
    return example(
        "torch tensor %s | torch %s | torch value"
            .formatted(input, arguments.isEmpty() ? name : name + " " + arguments),
        result);
  }

  /** As {@link #shows(String, String, String)}, without arguments. */
  Op shows(String input, String result) {
    return shows(input, "", result);
  }

  /** An example with a second tensor. */
  Op between(String first, String second, String result) {
    return shows(first, "(torch tensor " + second + ")", result);
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
