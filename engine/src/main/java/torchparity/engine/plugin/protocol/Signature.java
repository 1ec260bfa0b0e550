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
 */
public record Signature(
    String name,
    String summary,
    List<Argument> required,
    List<Argument> optional,
    @Nullable Argument rest,
    List<Argument> flags,
    List<InputOutput> inputOutput) {
  public Signature {
    required = List.copyOf(required);
    optional = List.copyOf(optional);
    flags = List.copyOf(flags);
    inputOutput = List.copyOf(inputOutput);
  }

  /** A positional argument or a flag. */
  public record Argument(String name, Shape shape, String help) {}

  /** One way through the command. */
  public record InputOutput(NuType input, NuType output) {}

  public static Signature of(String name, String summary) {
    return new Signature(name, summary, List.of(), List.of(), null, List.of(), List.of());
  }

  public Signature required(String argument, Shape shape, String help) {
    return new Signature(
        name, summary, with(required, argument, shape, help), optional, rest, flags, inputOutput);
  }

  public Signature optional(String argument, Shape shape, String help) {
    return new Signature(
        name, summary, required, with(optional, argument, shape, help), rest, flags, inputOutput);
  }

  public Signature rest(String argument, Shape shape, String help) {
    return new Signature(
        name, summary, required, optional, new Argument(argument, shape, help), flags, inputOutput);
  }

  public Signature flag(String flag, Shape shape, String help) {
    return new Signature(
        name, summary, required, optional, rest, with(flags, flag, shape, help), inputOutput);
  }

  public Signature from(NuType input, NuType output) {
    List<InputOutput> ways = new ArrayList<>(inputOutput);
    ways.add(new InputOutput(input, output));
    return new Signature(name, summary, required, optional, rest, flags, ways);
  }

  private static List<Argument> with(List<Argument> list, String name, Shape shape, String help) {
    List<Argument> longer = new ArrayList<>(list);
    longer.add(new Argument(name, shape, help));
    return longer;
  }
}
