package torchparity.engine.plugin;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import torchparity.cases.HostTensor;
import torchparity.cases.MalformedFileException;
import torchparity.cases.Safetensors;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuType;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Shape;
import torchparity.engine.plugin.protocol.Signature;
import torchparity.engine.plugin.protocol.Span;
import torchparity.engine.tensor.Tensor;

/** Commands that write tensors to files and read them back, bit by bit. */
final class FileCommands {
  private static final String ROUND_TRIP =
      "let file = mktemp --tmpdir --suffix .safetensors; {x: (torch tensor [1.0 2.0])} | torch save"
          + " $file; let x = torch load $file | get x | torch value; rm $file; $x";

  private FileCommands() {}

  static List<Command> all() {
    return List.of(
        new Command(
            Signature.of("torch save", "Writes a record of tensors to a safetensors file.")
                .required("path", Shape.FILE, "the file, replaced if it exists")
                .flag("caller", Shape.ANY, "span that an op log names in place of the command's")
                .from(NuType.RECORD, NuType.NOTHING)
                .terms("write", "export", "safetensors")
                .example(ROUND_TRIP, "[1.0, 2.0]"),
            FileCommands::save),
        new Command(
            Signature.of("torch load", "Reads a record of tensors from a safetensors file.")
                .required("path", Shape.FILE, "the file")
                .flag("requires_grad", Shape.BOOLEAN, "whether gradients are computed for them")
                .from(NuType.NOTHING, NuType.RECORD)
                .terms("read", "import", "safetensors")
                .example(ROUND_TRIP, "[1.0, 2.0]"),
            FileCommands::load));
  }

  private static Response save(Invocation call, Workspace w) throws NuException {
    if (!(call.input() instanceof NuValue.Fields fields)) {
      throw new NuException(
          "Missing input",
          "expected a record of tensor ids, got " + call.input().typeName(),
          call.head(),
          "Write `{x: $x, y: $y} | torch save file.safetensors`.");
    }
    Optional<NuValue> caller = call.flag("caller");
    if (caller.isPresent()) {
      w.calledAt(span(caller.get()));
    }
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, NuValue> field : fields.values().entrySet()) {
      Tensor tensor = w.registry().find(field.getValue());
      tensors.put(field.getKey(), tensor.toHost());
      w.recorded(field.getKey(), tensor);
    }
    NuValue path = call.argument(0, "path");
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

  /** A span as {@code metadata} shows it. */
  private static Span span(NuValue value) throws NuException {
    if (value instanceof NuValue.Fields fields
        && fields.values().get("start") instanceof NuValue.Int start
        && fields.values().get("end") instanceof NuValue.Int end) {
      return new Span(start.value(), end.value());
    }
    throw new NuException(
        "Invalid caller",
        "expected a span, with start and end",
        value.span(),
        "Write `--caller (metadata $name).span`.");
  }

  private static Response load(Invocation call, Workspace w) throws NuException {
    NuValue path = call.argument(0, "path");
    String name = Conversions.text(path);
    Optional<NuValue> flag = call.flag("requires_grad");
    boolean grad = flag.isPresent() && Conversions.bool(flag.get());
    return new Response.AskDirectory(
        directory -> {
          Map<String, NuValue> ids = new LinkedHashMap<>();
          for (Map.Entry<String, HostTensor> tensor : read(directory, name, path).entrySet()) {
            boolean requiresGrad = grad && tensor.getValue().dtype().isFloatingPoint();
            ids.put(
                tensor.getKey(),
                w.id(w.torch().tensor(tensor.getValue(), requiresGrad), call.head()));
          }
          return new Response.Result(new NuValue.Fields(ids, call.head()));
        });
  }

  private static Map<String, HostTensor> read(String directory, String name, NuValue path)
      throws NuException {
    try {
      return Safetensors.read(Path.of(directory).resolve(name));
    } catch (NoSuchFileException e) {
      throw new NuException("Cannot read the file", "there is no such file", path.span());
    } catch (IOException | IllegalArgumentException | MalformedFileException e) {
      throw new NuException("Cannot read the file", String.valueOf(e.getMessage()), path.span());
    }
  }
}
