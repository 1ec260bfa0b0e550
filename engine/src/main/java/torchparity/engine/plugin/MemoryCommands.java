package torchparity.engine.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import torchparity.cases.HostTensor;
import torchparity.cases.MalformedFileException;
import torchparity.cases.Safetensors;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuType;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Shape;
import torchparity.engine.plugin.protocol.Signature;
import torchparity.engine.tensor.Tensor;

/** Commands that free tensors, and write and read them. */
final class MemoryCommands {
  private MemoryCommands() {}

  static List<Command> all() {
    return List.of(
        Command.immediate(
            Signature.of("torch free", "Frees tensors; answers with their ids.")
                .optional(
                    "tensor_ids",
                    new Shape.OneOf(List.of(new Shape.ListOf(Shape.STRING), Shape.STRING)),
                    "ids of tensors, or one id")
                .from(NuType.STRING, NuType.STRINGS)
                .from(NuType.STRINGS, NuType.STRINGS)
                .from(NuType.NOTHING, NuType.STRINGS),
            MemoryCommands::free),
        new Command(
            Signature.of(
                    "torch tidy",
                    "Runs a block and frees the tensors it made, except those it returns.")
                .required("block", new Shape.Closure(), "what to run")
                .from(NuType.ANY, NuType.ANY)
                .from(NuType.NOTHING, NuType.ANY),
            MemoryCommands::tidy),
        new Command(
            Signature.of("torch save", "Writes a record of tensors to a safetensors file.")
                .required("path", Shape.STRING, "the file, replaced if it exists")
                .from(NuType.RECORD, NuType.NOTHING),
            MemoryCommands::save),
        new Command(
            Signature.of("torch load", "Reads a safetensors file as a record of tensors.")
                .required("path", Shape.STRING, "the file")
                .flag("requires_grad", Shape.BOOLEAN, "whether gradients are computed for them")
                .from(NuType.NOTHING, NuType.RECORD),
            MemoryCommands::load));
  }

  private static NuValue free(Invocation call, Workspace w) throws NuException {
    NuValue ids = call.pipedOrPositional();
    List<NuValue> items = Workspace.items(ids);
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

  private static Response tidy(Invocation call, Workspace w) throws NuException {
    if (!(call.positional().get(0) instanceof NuValue.Closure block)) {
      throw Conversions.unexpected("a block", call.positional().get(0));
    }
    long mark = w.registry().mark();
    return new Response.Evaluate(
        block,
        call.input(),
        result -> {
          Set<String> kept = new HashSet<>();
          collectIds(result, kept);
          w.registry().freeSince(mark, kept);
          return new Response.Result(result);
        },
        () -> w.registry().freeSince(mark, Set.of()));
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

  private static Response save(Invocation call, Workspace w) throws NuException {
    if (!(call.input() instanceof NuValue.Fields fields)) {
      throw new NuException(
          "Missing input",
          "expected a record of tensor ids, got " + call.input().typeName(),
          call.head(),
          "Write `{x: $x, y: $y} | torch save file.safetensors`.");
    }
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, NuValue> field : fields.values().entrySet()) {
      Tensor tensor = w.registry().find(field.getValue());
      tensors.put(field.getKey(), tensor.toHost());
      w.recorded(field.getKey(), tensor);
    }
    NuValue path = call.positional().get(0);
    String name = Conversions.text(path);
    return new Response.AskDirectory(
        directory -> {
          try {
            Safetensors.write(Path.of(directory).resolve(name), tensors);
            return new Response.Result(new NuValue.Nothing(call.head()));
          } catch (IOException | IllegalArgumentException e) {
            throw new NuException("Cannot write the file", String.valueOf(e), path.span());
          }
        });
  }

  private static Response load(Invocation call, Workspace w) throws NuException {
    NuValue path = call.positional().get(0);
    String name = Conversions.text(path);
    boolean grad = call.flag("requires_grad").orElse(null) instanceof NuValue.Bool b && b.value();
    return new Response.AskDirectory(
        directory -> {
          Map<String, NuValue> ids = new LinkedHashMap<>();
          try {
            for (Map.Entry<String, HostTensor> e :
                Safetensors.read(Path.of(directory).resolve(name)).entrySet()) {
              boolean requiresGrad = grad && e.getValue().dtype().isFloatingPoint();
              ids.put(e.getKey(), w.id(w.torch().tensor(e.getValue(), requiresGrad), call.head()));
            }
          } catch (IOException | MalformedFileException e) {
            throw new NuException("Cannot read the file", String.valueOf(e), path.span());
          }
          return new Response.Result(new NuValue.Fields(ids, call.head()));
        });
  }
}
