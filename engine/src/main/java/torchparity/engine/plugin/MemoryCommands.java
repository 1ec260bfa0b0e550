package torchparity.engine.plugin;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuType;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Shape;
import torchparity.engine.plugin.protocol.Signature;
import torchparity.engine.plugin.protocol.Span;

/** Commands that free tensors and tell which there are, and blocks of the user's program. */
final class MemoryCommands {
  private MemoryCommands() {}

  static List<Command> all() {
    return List.of(
        Command.immediate(
            Signature.of("torch free", "Frees tensors; answers with their ids.")
                .optional("tensor_ids", Shape.TENSORS, "ids of tensors, or one id")
                .from(NuType.STRING, NuType.STRINGS)
                .from(NuType.STRINGS, NuType.STRINGS)
                .from(NuType.NOTHING, NuType.STRINGS)
                .terms("memory", "delete")
                .example("torch tensor 1.0 | torch free | length", "1"),
            MemoryCommands::free),
        new Command(
            Signature.of(
                    "torch tidy",
                    "Runs a block and frees the tensors it made, except those it returns.")
                .required("block", new Shape.Closure(), "what to run")
                .from(NuType.ANY, NuType.ANY)
                .from(NuType.NOTHING, NuType.ANY)
                .terms("memory", "scope")
                .example("torch tidy { torch tensor 2.0 | torch mul 3.0 } | torch value", "6.0"),
            MemoryCommands::tidy),
        new Command(
            Signature.of("torch no_grad", "Runs a block without recording history for gradients.")
                .required("block", new Shape.Closure(), "what to run")
                .from(NuType.ANY, NuType.ANY)
                .from(NuType.NOTHING, NuType.ANY)
                .terms("autograd", "inference")
                .example(
                    "let w = torch tensor [1.0] --requires_grad true; torch no_grad { torch mul $w"
                        + " 2.0 } | torch requires_grad",
                    "false"),
            MemoryCommands::noGrad),
        Command.immediate(
            Signature.of("torch memory", "How many tensors there are, and their bytes.")
                .from(NuType.NOTHING, NuType.RECORD)
                .terms("leak", "bytes", "usage")
                .example("torch memory | columns", "[tensors, bytes]"),
            MemoryCommands::memory),
        Command.immediate(
            Signature.of("torch tensors", "A table of all tensors: id, dtype, shape.")
                .from(NuType.NOTHING, NuType.ANY)
                .terms("list", "ids")
                .example(
                    "torch tidy { torch tensor [1.0 2.0]; torch tensors | last | get shape }",
                    "[2]"),
            MemoryCommands::tensors));
  }

  private static NuValue free(Invocation call, Workspace w) throws NuException {
    List<NuValue> items = Workspace.items(TensorCommands.ids(call));
    Set<String> names = new HashSet<>();
    for (NuValue item : items) {
      w.registry().find(item);
      if (!names.add(Conversions.text(item))) {
        throw new NuException("Invalid input", "this id stands twice", item.span());
      }
    }
    names.forEach(w.registry()::free);
    return new NuValue.Items(items, call.head());
  }

  private static NuValue.Closure block(Invocation call) throws NuException {
    NuValue block = call.argument(0, "block");
    if (block instanceof NuValue.Closure closure) {
      return closure;
    }
    throw Conversions.unexpected("a block", block);
  }

  private static Response tidy(Invocation call, Workspace w) throws NuException {
    long mark = w.registry().mark();
    return new Response.Evaluate(
        block(call),
        call.input(),
        result -> {
          Set<String> kept = new HashSet<>();
          collectIds(result, kept);
          w.registry().freeSince(mark, kept);
          return new Response.Result(result);
        },
        () -> w.registry().freeSince(mark, Set.of()));
  }

  private static Response noGrad(Invocation call, Workspace w) throws NuException {
    NuValue.Closure block = block(call);
    boolean before = w.torch().gradEnabled(false);
    return new Response.Evaluate(
        block,
        call.input(),
        result -> {
          w.torch().gradEnabled(before);
          return new Response.Result(result);
        },
        () -> w.torch().gradEnabled(before));
  }

  private static void collectIds(NuValue value, Set<String> ids) {
    if (value instanceof NuValue.Str s) {
      ids.add(s.value());
    } else if (value instanceof NuValue.Items items) {
      items.values().forEach(item -> collectIds(item, ids));
    } else if (value instanceof NuValue.Fields fields) {
      fields.values().values().forEach(field -> collectIds(field, ids));
    }
  }

  private static NuValue memory(Invocation call, Workspace w) {
    Span at = call.head();
    return new NuValue.Fields(
        ordered(
            "tensors", new NuValue.Int(w.registry().size(), at),
            "bytes", new NuValue.Int(w.registry().bytes(), at)),
        at);
  }

  private static NuValue tensors(Invocation call, Workspace w) {
    Span at = call.head();
    List<NuValue> rows =
        w.registry().all().entrySet().stream()
            .map(
                e -> {
                  List<NuValue> sizes =
                      e.getValue().shape().stream()
                          .map(size -> (NuValue) new NuValue.Int(size, at))
                          .toList();
                  Map<String, NuValue> row =
                      ordered(
                          "id", new NuValue.Str(e.getKey(), at),
                          "dtype", new NuValue.Str(e.getValue().dtype().torchName(), at));
                  row.put("shape", new NuValue.Items(sizes, at));
                  return (NuValue) new NuValue.Fields(row, at);
                })
            .toList();
    return new NuValue.Items(rows, at);
  }

  private static Map<String, NuValue> ordered(
      String name1, NuValue value1, String name2, NuValue value2) {
    Map<String, NuValue> fields = new java.util.LinkedHashMap<>();
    fields.put(name1, value1);
    fields.put(name2, value2);
    return fields;
  }
}
