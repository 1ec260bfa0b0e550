package torchparity.engine.plugin;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuType;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Shape;
import torchparity.engine.plugin.protocol.Signature;
import torchparity.engine.tensor.Arguments;
import torchparity.engine.tensor.Op;
import torchparity.engine.tensor.Parameter;
import torchparity.engine.tensor.ParameterType;

/**
 * Derives a command from an operation: {@code torch NAME}, in nutorch's two call forms. Tensors
 * come through the pipeline or as arguments; two tensors may come one each way.
 */
final class OpCommand {
  private final Op op;
  private final List<Parameter> tensors;

  private OpCommand(Op op) {
    this.op = op;
    this.tensors = op.parameters().stream().filter(Parameter::isPiped).toList();
  }

  static Command of(Op op) {
    OpCommand command = new OpCommand(op);
    return Command.immediate(command.signature(), command::run);
  }

  private Signature signature() {
    Signature s = Signature.of("torch " + op.name(), op.summary());
    for (Parameter p : op.parameters()) {
      Shape shape = shape(p.type());
      s =
          switch (p.form()) {
            case PIPED, OPTIONAL -> s.optional(p.name(), shape, p.help());
            case PIPE_ONLY -> s;
            case POSITIONAL -> s.required(p.name(), shape, p.help());
            case REST -> s.rest(p.name(), shape, p.help());
            case FLAG -> s.flag(p.name(), shape, p.help());
          };
    }
    if (tensors.isEmpty()) {
      return s.from(NuType.NOTHING, NuType.STRING);
    }
    if (tensors.get(0).form() == Parameter.Form.PIPED) {
      s = s.from(NuType.NOTHING, NuType.ANY);
    }
    boolean several = tensors.size() > 1 || tensors.get(0).type() == ParameterType.TENSORS;
    s = several ? s.from(NuType.STRINGS, NuType.STRING) : s;
    return tensors.get(0).type() == ParameterType.TENSORS ? s : s.from(NuType.STRING, NuType.ANY);
  }

  private static Shape shape(ParameterType type) {
    return switch (type) {
      case TENSOR, DTYPE, DEVICE -> Shape.STRING;
      case TENSORS -> new Shape.ListOf(Shape.STRING);
      case NUMBER -> Shape.NUMBER;
      case INTEGER -> Shape.INT;
      case INTEGERS -> new Shape.ListOf(Shape.INT);
      case BOOLEAN -> Shape.BOOLEAN;
      case SCALAR -> new Shape.OneOf(List.of(Shape.NUMBER, Shape.STRING));
    };
  }

  private NuValue run(Invocation call, Workspace workspace) throws NuException {
    List<NuValue> given = tensors.isEmpty() ? List.of() : givenTensors(call);
    List<@Nullable Object> values = new ArrayList<>();
    int nextTensor = 0;
    int nextPositional = 0;
    for (Parameter p : op.parameters()) {
      if (p.type() == ParameterType.TENSORS) {
        values.add(workspace.tensors(call.pipedOrPositional()));
      } else if (p.isPiped()) {
        values.add(workspace.registry().find(given.get(nextTensor++)));
      } else if (p.form() == Parameter.Form.REST) {
        values.add(rest(p, call.positional(), nextPositional, workspace));
      } else {
        NuValue value =
            p.form() == Parameter.Form.FLAG
                ? call.flag(p.name()).orElse(null)
                : nextPositional < call.positional().size()
                    ? call.positional().get(nextPositional++)
                    : null;
        values.add(
            value == null ? null : Conversions.argument(p.type(), value, workspace.registry()));
      }
    }
    return workspace.id(workspace.torch().call(op, Arguments.of(values.toArray())), call.head());
  }

  private static List<Object> rest(
      Parameter p, List<NuValue> positional, int from, Workspace workspace) throws NuException {
    List<Object> rest = new ArrayList<>();
    for (NuValue value : positional.subList(from, positional.size())) {
      rest.add(Conversions.argument(p.type(), value, workspace.registry()));
    }
    return rest;
  }

  /** The values that stand for tensors, those of the pipeline first. */
  private List<NuValue> givenTensors(Invocation call) throws NuException {
    if (tensors.get(0).form() == Parameter.Form.PIPE_ONLY) {
      if (!call.hasInput()) {
        throw new NuException(
            "Missing input",
            "the tensor must come through the pipeline",
            call.head(),
            "Write `$tensor | %s ...`.".formatted(call.command()));
      }
      return List.of(call.input());
    }
    if (tensors.size() == 1) {
      return List.of(call.pipedOrPositional());
    }
    List<NuValue> given = new ArrayList<>();
    if (call.hasInput()) {
      given.addAll(Workspace.items(call.input()));
    }
    given.addAll(call.positional());
    if (given.size() != tensors.size()) {
      throw new NuException(
          "Invalid input count",
          "expected %d tensors, got %d: %d through the pipeline, %d as arguments"
              .formatted(
                  tensors.size(),
                  given.size(),
                  given.size() - call.positional().size(),
                  call.positional().size()),
          call.head());
    }
    return given;
  }
}
