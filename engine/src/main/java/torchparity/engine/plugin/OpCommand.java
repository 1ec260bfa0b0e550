package torchparity.engine.plugin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuType;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Shape;
import torchparity.engine.plugin.protocol.Signature;
import torchparity.engine.plugin.protocol.Span;
import torchparity.engine.tensor.Arguments;
import torchparity.engine.tensor.Example;
import torchparity.engine.tensor.Op;
import torchparity.engine.tensor.Parameter;
import torchparity.engine.tensor.ParameterType;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.TorchException;

/**
 * Derives a command from an operation: {@code torch NAME}, in nutorch's two call forms. Tensors
 * come through the pipeline or as arguments; where there are several, they may come both ways.
 */
final class OpCommand {
  private static final List<String> DTYPES =
      List.of("float32", "float64", "int32", "int64", "uint8", "bool");

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
    Signature s =
        Signature.of("torch " + op.name(), op.summary()).terms(op.terms().toArray(String[]::new));
    for (Parameter p : op.parameters()) {
      Signature.Argument argument =
          new Signature.Argument(p.name(), place(p), p.help(), words(p.type(), p.words()));
      s =
          switch (p.form()) {
            case PIPED, OPTIONAL -> s.optional(argument);
            case PIPE_ONLY -> s;
            case POSITIONAL -> s.required(argument);
            case REST -> s.rest(argument);
            case FLAG -> s.flag(argument);
          };
    }
    for (Example example : op.examples()) {
      s = s.example(example.code(), example.result());
    }
    return ways(s);
  }

  private Signature ways(Signature s) {
    NuType output =
        switch (op.output()) {
          case TENSOR -> NuType.STRING;
          case VALUE -> NuType.BOOL;
          case TENSORS -> NuType.STRINGS;
          case VALUES_AND_INDICES -> NuType.ANY;
        };
    if (tensors.isEmpty()) {
      return s.from(NuType.NOTHING, output);
    }
    // grad may answer with nothing, and Nushell holds commands to what they declare.
    NuType answer = op.name().equals("grad") ? NuType.ANY : output;
    if (tensors.get(0).form() == Parameter.Form.PIPED) {
      s = s.from(NuType.NOTHING, answer);
    }
    boolean several = tensors.size() > 1 || tensors.get(0).type() == ParameterType.TENSORS;
    s = several ? s.from(NuType.STRINGS, answer) : s;
    return tensors.get(0).type() == ParameterType.TENSORS ? s : s.from(NuType.STRING, answer);
  }

  static List<String> words(ParameterType type, List<String> own) {
    return switch (type) {
      case DTYPE -> DTYPES;
      case DEVICE -> List.of("cpu");
      case BOOLEAN -> List.of("true", "false");
      default -> own;
    };
  }

  /**
   * The shape at a parameter's place. Where a number may be an operand, it may come first when a
   * tensor comes through the pipeline, so that the places of all operands take one.
   */
  private Shape place(Parameter p) {
    boolean number =
        tensors.stream()
            .anyMatch(t -> t.type() == ParameterType.SCALAR || t.type() == ParameterType.NUMBER);
    return p.form() == Parameter.Form.PIPED && number
        ? new Shape.OneOf(List.of(Shape.NUMBER, Shape.STRING))
        : shape(p);
  }

  private static Shape shape(Parameter p) {
    return switch (p.type()) {
      case TENSOR, DTYPE, DEVICE, WORD -> Shape.STRING;
      case TENSORS -> Shape.STRINGS;
      case NUMBER -> Shape.NUMBER;
      case INTEGER -> Shape.INT;
      case INTEGERS -> Shape.INTS;
      case DIMS, SIZES -> new Shape.OneOf(List.of(Shape.INT, Shape.INTS));
      case BOOLEAN -> Shape.BOOLEAN;
      case SCALAR -> new Shape.OneOf(List.of(Shape.NUMBER, Shape.STRING));
    };
  }

  private NuValue run(Invocation call, Workspace workspace) throws NuException {
    Registry registry = workspace.registry();
    List<NuValue> given = tensors.isEmpty() ? List.of() : givenTensors(call);
    List<Parameter> parameters = op.parameters();
    @Nullable Object[] values = new @Nullable Object[parameters.size()];
    @Nullable NuValue[] origins = new @Nullable NuValue[parameters.size()];
    int nextTensor = 0;
    int nextPositional = 0;
    for (int i = 0; i < values.length; i++) {
      Parameter p = parameters.get(i);
      if (p.type() == ParameterType.TENSORS) {
        origins[i] = call.pipedOrPositional();
        values[i] = workspace.tensors(call.pipedOrPositional());
        if (Workspace.items(call.pipedOrPositional()).isEmpty()) {
          throw new NuException("Empty list", "no tensors", call.pipedOrPositional().span());
        }
      } else if (p.form() == Parameter.Form.REST) {
        values[i] = rest(p, call, nextPositional);
        origins[i] =
            nextPositional < call.positional().size()
                ? call.positional().get(nextPositional)
                : null;
      } else {
        origins[i] =
            p.isPiped()
                ? given.get(nextTensor++)
                : p.form() == Parameter.Form.FLAG
                    ? call.named().get(p.name())
                    : nextPositional < call.positional().size()
                        ? call.positional().get(nextPositional++)
                        : null;
        values[i] = origins[i] == null ? null : Conversions.argument(p, origins[i], registry);
      }
      if (values[i] == null && p.form() == Parameter.Form.POSITIONAL) {
        throw new NuException(
            "Missing input", "the argument '" + p.name() + "' is missing", call.head());
      }
    }
    try {
      return answer(workspace.torch().call(op, Arguments.of(values)), workspace, call.head());
    } catch (TorchException e) {
      throw Refusal.of(e, new Origins(parameters, Arrays.asList(origins), call));
    }
  }

  private NuValue answer(Tensor result, Workspace workspace, Span span) {
    return switch (op.output()) {
      case TENSOR -> workspace.id(result, span);
      case VALUE -> Literal.format(result.toHost(), span);
      case TENSORS -> {
        List<NuValue> ids = new ArrayList<>();
        if (result.isDefined()) {
          result.parts().forEach(part -> ids.add(workspace.id(part, span)));
        }
        yield new NuValue.Items(ids, span);
      }
      case VALUES_AND_INDICES -> {
        List<Tensor> parts = result.parts();
        yield parts.size() == 1
            ? workspace.id(result, span)
            : new NuValue.Fields(
                Map.of(
                    "values", workspace.id(parts.get(0), span),
                    "indices", workspace.id(parts.get(1), span)),
                span);
      }
    };
  }

  private static List<Long> rest(Parameter p, Invocation call, int from) throws NuException {
    List<NuValue> given = call.positional().subList(from, call.positional().size());
    if (given.isEmpty()) {
      throw new NuException(
          "Missing shape",
          "expected " + p.help(),
          call.head(),
          "Write `%s 2 3`, or `%s [2 3]`.".formatted(call.command(), call.command()));
    }
    if (given.size() == 1 && given.get(0) instanceof NuValue.Items) {
      return Conversions.integers(given.get(0));
    }
    List<Long> rest = new ArrayList<>();
    for (NuValue value : given) {
      rest.add(Conversions.integer(value));
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
