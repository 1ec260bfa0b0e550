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
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;

/** Commands that bring numbers in and out, and that step and clear gradients. */
final class TensorCommands {
  private static final double DEFAULT_LR = 0.01;
  private static final Shape IDS =
      new Shape.OneOf(List.of(new Shape.ListOf(Shape.STRING), Shape.STRING));

  private TensorCommands() {}

  static List<Command> all() {
    return List.of(
        Command.immediate(
            Signature.of("torch tensor", "A tensor of a number or of nested lists of numbers.")
                .optional(
                    "data",
                    new Shape.OneOf(List.of(Shape.NUMBER, Shape.ANY)),
                    "a number or nested lists")
                .flag("dtype", Shape.STRING, "float32, float64, int32, int64, uint8 or bool")
                .flag("device", Shape.STRING, "cpu")
                .flag("requires_grad", Shape.BOOLEAN, "whether gradients are computed for it")
                .from(NuType.ANY, NuType.STRING),
            TensorCommands::tensor),
        Command.immediate(
            one("torch value", "The elements as a number or as nested lists.", NuType.ANY),
            (call, w) ->
                Literal.format(w.registry().find(call.pipedOrPositional()).toHost(), call.head())),
        Command.immediate(
            one("torch shape", "The sizes of the dimensions.", NuType.INTS),
            (call, w) -> shape(w.registry().find(call.pipedOrPositional()), call)),
        Command.immediate(
            one("torch dtype", "PyTorch's name of the element type.", NuType.STRING),
            (call, w) ->
                new NuValue.Str(
                    w.registry().find(call.pipedOrPositional()).dtype().torchName(), call.head())),
        Command.immediate(
            several("torch zero_grad", "Sets the gradients of tensors to zero, in place."),
            TensorCommands::zeroGrad),
        Command.immediate(
            several("torch sgd_step", "Subtracts lr times its gradient from each tensor, in place.")
                .flag("lr", Shape.NUMBER, "learning rate, 0.01 by default"),
            TensorCommands::sgdStep));
  }

  private static Signature one(String name, String summary, NuType output) {
    return Signature.of(name, summary)
        .optional("tensor_id", Shape.STRING, "id of a tensor")
        .from(NuType.STRING, output)
        .from(NuType.NOTHING, output);
  }

  private static Signature several(String name, String summary) {
    return Signature.of(name, summary)
        .optional("tensor_ids", IDS, "ids of tensors, or one id")
        .from(NuType.STRING, NuType.STRING)
        .from(NuType.STRINGS, NuType.STRINGS)
        .from(NuType.NOTHING, NuType.ANY);
  }

  private static NuValue tensor(Invocation call, Workspace w) throws NuException {
    Optional<NuValue> dtypeFlag = call.flag("dtype");
    Dtype dtype = dtypeFlag.isPresent() ? Conversions.dtype(dtypeFlag.get()) : null;
    boolean requiresGrad =
        call.flag("requires_grad").orElse(null) instanceof NuValue.Bool b && b.value();
    HostTensor host = Literal.parse(call.pipedOrPositional(), dtype, w.torch().defaultDtype());
    return w.id(w.torch().tensor(host, requiresGrad), call.head());
  }

  private static NuValue shape(Tensor tensor, Invocation call) {
    List<NuValue> sizes = new ArrayList<>();
    tensor.shape().forEach(size -> sizes.add(new NuValue.Int(size, call.head())));
    return new NuValue.Items(sizes, call.head());
  }

  private static NuValue zeroGrad(Invocation call, Workspace w) throws NuException {
    NuValue ids = call.pipedOrPositional();
    Torch torch = w.torch();
    for (Tensor p : w.tensors(ids)) {
      torch.grad(p).ifPresent(torch::zeroInPlace);
    }
    return ids;
  }

  private static NuValue sgdStep(Invocation call, Workspace w) throws NuException {
    NuValue ids = call.pipedOrPositional();
    Optional<NuValue> flag = call.flag("lr");
    double lr = flag.isPresent() ? Conversions.number(flag.get()).doubleValue() : DEFAULT_LR;
    List<Tensor> parameters = w.tensors(ids);
    Torch torch = w.torch();
    torch.noGrad(
        () -> {
          for (Tensor p : parameters) {
            torch.grad(p).ifPresent(grad -> torch.subInPlace(p, torch.mul(grad, lr)));
          }
        });
    return ids;
  }
}
