package torchparity.engine.plugin.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command's signature, as {@code help} shows it.
 *
 * @param name the whole command, {@code torch mm}
 * @param summary one sentence
 * @param rest what all further positional arguments are, if they are allowed
 * @param inputOutput which types come out for which types going in
 * @param terms words that {@code help --find} finds it by
 * @param examples calls and what they result in
 */
public record Signature(
    String name,
    String summary,
    List<Argument> required,
    List<Argument> optional,
    @Nullable Argument rest,
    List<Argument> flags,
    List<InputOutput> inputOutput,
    List<String> terms,
    List<Example> examples) {
  public Signature {
    required = List.copyOf(required);
    optional = List.copyOf(optional);
    flags = List.copyOf(flags);
    inputOutput = List.copyOf(inputOutput);
    terms = List.copyOf(terms);
    examples = List.copyOf(examples);
  }

  /**
   * A positional argument or a flag.
   *
   * @param words what Nushell proposes while it is typed
   */
  public record Argument(String name, Shape shape, String help, List<String> words) {
    public Argument {
      words = List.copyOf(words);
    }

    public Argument(String name, Shape shape, String help) {
      this(name, shape, help, List.of());
    }
  }

  /** One way through the command. */
  public record InputOutput(NuType input, NuType output) {}

  /**
   * A call.
   *
   * @param result what it results in, in Nushell's notation
   */
  public record Example(String code, String result) {}

  public static Signature of(String name, String summary) {
    return new Signature(
        name, summary, List.of(), List.of(), null, List.of(), List.of(), List.of(), List.of());
  }

  public Signature required(Argument argument) {
    return new Signature(
        name,
        summary,
        with(required, argument),
        optional,
        rest,
        flags,
        inputOutput,
        terms,
        examples);
  }

  public Signature required(String argument, Shape shape, String help) {
    return required(new Argument(argument, shape, help));
  }

  public Signature optional(Argument argument) {
    return new Signature(
        name,
        summary,
        required,
        with(optional, argument),
        rest,
        flags,
        inputOutput,
        terms,
        examples);
  }

  public Signature optional(String argument, Shape shape, String help) {
    return optional(new Argument(argument, shape, help));
  }

  public Signature rest(Argument argument) {
    return new Signature(
        name, summary, required, optional, argument, flags, inputOutput, terms, examples);
  }

  public Signature flag(Argument flag) {
    return new Signature(
        name, summary, required, optional, rest, with(flags, flag), inputOutput, terms, examples);
  }

  public Signature flag(String flag, Shape shape, String help) {
    return flag(new Argument(flag, shape, help));
  }

  public Signature from(NuType input, NuType output) {
    return new Signature(
        name,
        summary,
        required,
        optional,
        rest,
        flags,
        with(inputOutput, new InputOutput(input, output)),
        terms,
        examples);
  }

  public Signature terms(String... words) {
    return new Signature(
        name, summary, required, optional, rest, flags, inputOutput, List.of(words), examples);
  }

  public Signature example(String code, String result) {
    return new Signature(
        name,
        summary,
        required,
        optional,
        rest,
        flags,
        inputOutput,
        terms,
        with(examples, new Example(code, result)));
  }

  private static <T> List<T> with(List<T> list, T more) {
    List<T> longer = new ArrayList<>(list);
    longer.add(more);
    return longer;
  }
}
