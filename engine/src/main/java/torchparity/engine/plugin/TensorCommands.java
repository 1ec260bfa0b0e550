package torchparity.engine.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuType;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Shape;
import torchparity.engine.plugin.protocol.Signature;
import torchparity.engine.tensor.NoGrad;
import torchparity.engine.tensor.ParameterType;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;

/** Commands that bring numbers in and out, and that step and clear gradients. */
final class TensorCommands {
  private static final double DEFAULT_LR = 0.01;

  private TensorCommands() {}

  static List<Command> all() {
    return List.of(
        Command.immediate(
            Signature.of(
                    "torch tensor",
                    "A tensor of a number, a range, a table, or nested lists of numbers.")
                .optional(
                    "data",
                    new Shape.OneOf(List.of(Shape.NUMBER, Shape.ANY)),
                    "a number, a range, a table or nested lists")
                .flag(flag("dtype", ParameterType.DTYPE, "dtype of the elements"))
                .flag(flag("device", ParameterType.DEVICE, "cpu"))
                .flag(
                    flag(
                        "requires_grad",
                        ParameterType.BOOLEAN,
                        "whether gradients are computed for it"))
                .from(NuType.ANY, NuType.STRING)
                .terms("create", "list", "array")
                .example(
                    "torch tensor [[1.5 -2.0] [0.0 3.0]] | torch value",
                    "[[1.5, -2.0], [0.0, 3.0]]")
                .example("torch tensor 1..3 | torch value", "[1, 2, 3]"),
            TensorCommands::tensor),
        Command.immediate(
            one("torch value", "The elements as a number or as nested lists.", NuType.ANY)
                .terms("list", "item", "tolist")
                .example("torch tensor [1.0 2.0] | torch value", "[1.0, 2.0]"),
            (call, w) ->
                Literal.format(w.registry().find(call.pipedOrPositional()).toHost(), call.head())),
        Command.immediate(
            one("torch shape", "The sizes of the dimensions.", NuType.INTS)
                .terms("size", "dimensions")
                .example("torch tensor [[1.0 2.0 3.0]] | torch shape", "[1, 3]"),
            (call, w) -> shape(w.registry().find(call.pipedOrPositional()), call)),
        Command.immediate(
            one("torch dtype", "PyTorch's name of the element type.", NuType.STRING)
                .terms("type")
                .example("torch tensor [1 2] | torch dtype", "int64"),
            (call, w) ->
                new NuValue.Str(
                    w.registry().find(call.pipedOrPositional()).dtype().torchName(), call.head())),
        Command.immediate(
            several(
                    "torch zero_grad",
                    "Sets the gradients of tensors to zero; answers with their ids.")
                .terms("gradient", "reset")
                .example(
                    "let w = torch tensor [1.0] --requires_grad true; torch sum $w | torch"
                        + " backward; torch zero_grad [$w] | ignore; torch grad $w | torch value",
                    "[0.0]"),
            TensorCommands::zeroGrad),
        Command.immediate(
            several("torch sgd_step", "Subtracts lr times its gradient from each tensor, in place.")
                .flag("lr", Shape.NUMBER, "learning rate, 0.01 by default")
                .terms("optimizer", "gradient descent", "train")
                .example(
                    "let w = torch tensor [3.0] --requires_grad true; torch square $w | torch sum |"
                        + " torch backward; torch sgd_step [$w] --lr 0.5 | first | torch value",
                    "[0.0]"),
            TensorCommands::sgdStep));
  }

  private static Signature.Argument flag(String name, ParameterType type, String help) {
    return new Signature.Argument(
        name,
        type == ParameterType.BOOLEAN ? Shape.BOOLEAN : Shape.STRING,
        help,
        OpCommand.words(type, List.of()));
  }

  private static Signature one(String name, String summary, NuType output) {
    return Signature.of(name, summary)
        .optional("tensor_id", Shape.STRING, "id of a tensor")
        .from(NuType.STRING, output)
        .from(NuType.NOTHING, output);
  }

  private static Signature several(String name, String summary) {
    return Signature.of(name, summary)
        .optional("tensor_ids", Shape.TENSORS, "ids of tensors, or one id")
        .from(NuType.STRING, NuType.STRINGS)
        .from(NuType.STRINGS, NuType.STRINGS)
        .from(NuType.NOTHING, NuType.STRINGS);
  }

  private static NuValue tensor(Invocation call, Workspace w) throws NuException {
    Optional<NuValue> dtypeFlag = call.flag("dtype");
    Dtype dtype = dtypeFlag.isPresent() ? Conversions.dtype(dtypeFlag.get()) : null;
    Optional<NuValue> device = call.flag("device");
    if (device.isPresent()) {
      Conversions.device(device.get());
    }
    Optional<NuValue> grad = call.flag("requires_grad");
    boolean requiresGrad = grad.isPresent() && Conversions.bool(grad.get());
    NuValue data = call.pipedOrPositional();
    HostTensor host = Literal.parse(data, dtype, w.torch().defaultDtype(), requiresGrad);
    if (requiresGrad && !host.dtype().isFloatingPoint()) {
      throw new NuException(
          "Invalid dtype",
          "only tensors of floats can require gradients, not of " + host.dtype().torchName(),
          dtypeFlag.map(NuValue::span).orElse(call.head()));
    }
    return w.id(w.torch().tensor(host, requiresGrad), call.head());
  }

  private static NuValue shape(Tensor tensor, Invocation call) {
    List<NuValue> sizes = new ArrayList<>();
    tensor.shape().forEach(size -> sizes.add(new NuValue.Int(size, call.head())));
    return new NuValue.Items(sizes, call.head());
  }

  /** Ids of tensors, at least one. */
  static NuValue ids(Invocation call) throws NuException {
    NuValue ids = call.pipedOrPositional();
    if (Workspace.items(ids).isEmpty()) {
      throw new NuException("Empty list", "no ids", ids.span());
    }
    return ids;
  }

  /** Ids as a list, one id too: that is how nutorch answers. */
  private static NuValue list(NuValue ids, Invocation call) {
    return new NuValue.Items(Workspace.items(ids), call.head());
  }

  private static NuValue zeroGrad(Invocation call, Workspace w) throws NuException {
    NuValue ids = ids(call);
    Torch torch = w.torch();
    for (Tensor p : w.tensors(ids)) {
      Tensor grad = torch.grad(p);
      if (grad != null) {
        torch.zeroInPlace(grad);
      }
    }
    return list(ids, call);
  }

  private static NuValue sgdStep(Invocation call, Workspace w) throws NuException {
    NuValue ids = ids(call);
    Optional<NuValue> flag = call.flag("lr");
    double lr = flag.isPresent() ? Conversions.number(flag.get()).doubleValue() : DEFAULT_LR;
    List<Tensor> parameters = w.tensors(ids);
    Torch torch = w.torch();
    try (NoGrad unused = torch.noGrad()) {
      for (Tensor p : parameters) {
        Tensor grad = torch.grad(p);
        if (grad != null) {
          torch.subInPlace(p, torch.mul(grad, lr));
        }
      }
    }
    return list(ids, call);
  }
}
