package torchparity.engine.port;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;

/** A network of two layers: its parameters and its forward pass. */
final class ForwardPass {
  private final Torch torch;

  ForwardPass(Torch torch) {
    this.torch = torch;
  }

  /**
   * The parameters, which training changes in place.
   *
   * @param w1 (hid, inp)
   * @param b1 (hid)
   * @param w2 (out, hid)
   * @param b2 (out)
   */
  record Model(Tensor w1, Tensor b1, Tensor w2, Tensor b2) {
    /** The parameters in the order in which they were drawn. */
    List<Tensor> parameters() {
      return List.of(w1, b1, w2, b2);
    }

    /** The parameters under their names, in the same order. */
    Map<String, Tensor> byName() {
      Map<String, Tensor> names = new LinkedHashMap<>();
      names.put("w1", w1);
      names.put("b1", b1);
      names.put("w2", w2);
      names.put("b2", b2);
      return names;
    }
  }

  Model modelInit(long inp, long hid, long out) {
    return new Model(
        torch.randnRequiringGrad(hid, inp),
        torch.randnRequiringGrad(hid),
        torch.randnRequiringGrad(out, hid),
        torch.randnRequiringGrad(out));
  }

  /** Points (N, inp) -> hidden units (N, hid), after max(0, x). */
  Tensor modelHidden(Model model, Tensor x) {
    x = torch.add(torch.mm(x, torch.t(model.w1)), model.b1);
    return torch.maximum(torch.tensor(0.0), x); // ReLU
  }

  /** Points (N, inp) -> logits (N, out). */
  Tensor modelForwardPass(Model model, Tensor x) {
    x = modelHidden(model, x);
    return torch.add(torch.mm(x, torch.t(model.w2)), model.b2);
  }
}
