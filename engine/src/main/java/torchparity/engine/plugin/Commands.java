package torchparity.engine.plugin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import torchparity.cases.Dtype;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuType;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Shape;
import torchparity.engine.plugin.protocol.Signature;
import torchparity.engine.tensor.OpCatalogue;

/** Every command of the plugin, by name. */
final class Commands {
  private final Map<String, Command> byName = new LinkedHashMap<>();

  Commands() {
    List<Command> commands = new ArrayList<>();
    commands.add(
        Command.immediate(
            Signature.of("torch", "A short guide to tensors and PyTorch's operations on them.")
                .optional("name", Shape.STRING, "of a command; without one, this guide")
                .from(NuType.NOTHING, NuType.STRING)
                .terms("tensor", "pytorch", "machine learning")
                .example("torch | lines | first | str contains Nushell", "true"),
            (call, w) -> guide(call)));
    OpCatalogue.all().forEach(op -> commands.add(OpCommand.of(op)));
    commands.addAll(TensorCommands.all());
    commands.addAll(MemoryCommands.all());
    commands.addAll(LogCommands.all());
    commands.addAll(FileCommands.all());
    commands.addAll(settings());
    commands.add(VersionCommand.command());
    commands.forEach(command -> byName.put(command.name(), command));
  }

  List<Signature> signatures() {
    return byName.values().stream().map(Command::signature).toList();
  }

  /**
   * The command that {@code call} asks for.
   *
   * @throws NuException if there is none, which only an outdated plugin registry brings about
   */
  Command find(Invocation call) throws NuException {
    Command command = byName.get(call.command());
    if (command == null) {
      throw new NuException(
          "Unknown command",
          "this version of the plugin has no such command",
          call.head(),
          "Run `plugin add` again: Nushell's registry knows another version.");
    }
    return command;
  }

  private static List<Command> settings() {
    return List.of(
        Command.immediate(
            Signature.of("torch manual_seed", "Seeds the random number generator.")
                .required("seed", Shape.INT, "the seed")
                .from(NuType.NOTHING, NuType.NOTHING)
                .terms("random", "reproducible")
                .example("torch manual_seed 42; torch randn 0 | torch value", "[]"),
            (call, w) -> {
              w.torch().manualSeed(Conversions.integer(call.argument(0, "seed")));
              return new NuValue.Nothing(call.head());
            }),
        Command.immediate(
            Signature.of("torch set_default_dtype", "Sets the dtype of new tensors of floats.")
                .required(
                    new Signature.Argument(
                        "dtype", Shape.STRING, "float32 or float64", List.of("float32", "float64")))
                .from(NuType.NOTHING, NuType.NOTHING)
                .terms("precision")
                .example(
                    "torch set_default_dtype float32; torch tensor [1.0] | torch dtype", "float32"),
            Commands::setDefaultDtype),
        Command.immediate(
            Signature.of("torch set_products", "Sets how matrix products are computed.")
                .required(
                    new Signature.Argument(
                        "products",
                        Shape.STRING,
                        "blas, or exact: without BLAS",
                        List.of("blas", "exact")))
                .from(NuType.NOTHING, NuType.NOTHING)
                .terms("blas", "exact")
                .example("torch set_products blas", "null"),
            Commands::setProducts),
        Command.immediate(
            Signature.of("torch devices", "The devices that tensors can be on.")
                .from(NuType.NOTHING, NuType.STRINGS)
                .terms("cpu", "cuda")
                .example("torch devices", "[cpu]"),
            (call, w) ->
                new NuValue.Items(List.of(new NuValue.Str("cpu", call.head())), call.head())));
  }

  private static NuValue setDefaultDtype(Invocation call, Workspace w) throws NuException {
    NuValue name = call.argument(0, "name");
    Dtype dtype = Conversions.dtype(name);
    if (!dtype.isFloatingPoint()) {
      throw new NuException("Invalid dtype", "the default must be float32 or float64", name.span());
    }
    w.setDefaultDtype(dtype);
    return new NuValue.Nothing(call.head());
  }

  private static NuValue setProducts(Invocation call, Workspace w) throws NuException {
    NuValue products = call.argument(0, "name");
    if (!(products instanceof NuValue.Str name)
        || !List.of("blas", "exact").contains(name.value())) {
      throw new NuException("Invalid products", "must be blas or exact", products.span());
    }
    w.setExactProducts(name.value().equals("exact"));
    return new NuValue.Nothing(call.head());
  }

  /**
   * The overview.
   *
   * @throws NuException if a word follows: Nushell took it for no command, so there is none
   */
  private NuValue guide(Invocation call) throws NuException {
    if (call.positional().isEmpty()) {
      return new NuValue.Str(overview(), call.head());
    }
    NuValue word = call.positional().get(0);
    String name = word instanceof NuValue.Str text ? text.value() : "";
    throw new NuException(
        "Unknown command",
        "there is no command `torch %s`".formatted(name),
        word.span(),
        similar(name) + "`torch` alone lists all commands.");
  }

  private String similar(String name) {
    String beginning = name.substring(0, Math.min(2, name.length()));
    String names =
        byName.keySet().stream()
            .filter(known -> known.startsWith("torch "))
            .map(known -> known.substring("torch ".length()))
            .filter(known -> known.contains(name) || known.startsWith(beginning))
            .sorted(Comparator.comparing((String known) -> !known.contains(name)))
            .limit(6)
            .collect(Collectors.joining(", "));
    return names.isEmpty() || name.isEmpty() ? "" : "Similar: %s. ".formatted(names);
  }

  /** What a person needs first; {@code help torch NAME} tells the rest. */
  private String overview() {
    String names =
        byName.keySet().stream()
            .filter(name -> name.startsWith("torch "))
            .map(name -> name.substring("torch ".length()))
            .sorted()
            .collect(Collectors.joining(" "));
    return """
        Tensors in Nushell, computed by PyTorch. A tensor is known by its id, a string:

          let x = torch tensor [[1.0 2.0] [3.0 4.0]]
          $x | torch mm $x | torch add 1.0 | torch value

        Tensors stay until `torch free $x`, or the end of the `torch tidy { ... }` that they were
        made in. `help torch NAME` explains a command, `help --find WORD` looks for one. There are:

        """
        + wrapped(names);
  }

  private static String wrapped(String words) {
    return words.replaceAll("(.{1,76})(?: |$)", "  $1\n").stripTrailing();
  }
}
