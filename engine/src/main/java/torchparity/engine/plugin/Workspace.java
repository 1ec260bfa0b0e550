package torchparity.engine.plugin;

import java.util.ArrayList;
import java.util.List;
import torchparity.cases.Dtype;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Span;
import torchparity.engine.tensor.ExactProducts;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;

/** What lives between calls: the tensors, and torch with its default dtype. */
final class Workspace {
  private final Registry registry = new Registry();
  private Torch plain;
  private Torch torch;
  private boolean exact;

  Workspace(Torch torch) {
    this.plain = torch;
    this.torch = torch;
  }

  Torch torch() {
    return torch;
  }

  Registry registry() {
    return registry;
  }

  void setDefaultDtype(Dtype dtype) {
    plain = plain.withDefaultDtype(dtype);
    setExactProducts(exact);
  }

  /** From now on, matrix products are computed without BLAS, or again with it. */
  void setExactProducts(boolean exact) {
    this.exact = exact;
    torch = exact ? plain.intercepted(new ExactProducts()) : plain;
  }

  /** The id of {@code tensor} as a value; nothing for a gradient that does not exist. */
  NuValue id(Tensor tensor, Span span) {
    return tensor.isDefined()
        ? new NuValue.Str(registry.register(tensor), span)
        : new NuValue.Nothing(span);
  }

  /** The values of a list, or the value itself where one stands for a list of one. */
  static List<NuValue> items(NuValue value) {
    return value instanceof NuValue.Items items ? items.values() : List.of(value);
  }

  /** The tensors whose ids {@code value} holds: a list of ids, or one id. */
  List<Tensor> tensors(NuValue value) throws NuException {
    List<Tensor> tensors = new ArrayList<>();
    for (NuValue item : items(value)) {
      tensors.add(registry.find(item));
    }
    return tensors;
  }
}
