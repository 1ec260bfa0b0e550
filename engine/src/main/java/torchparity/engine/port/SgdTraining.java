package torchparity.engine.port;

import java.util.List;
import torchparity.engine.port.ForwardPass.Model;
import torchparity.engine.tensor.NoGrad;
import torchparity.engine.tensor.Scope;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;

/** Gradient descent on all points at once. */
final class SgdTraining {
  private final Torch torch;
  private final ForwardPass forwardPass;
  private final CrossEntropy crossEntropy;

  SgdTraining(Torch torch) {
    this.torch = torch;
    this.forwardPass = new ForwardPass(torch);
    this.crossEntropy = new CrossEntropy(torch);
  }

  /** Called after each step with the epoch, from 1, and its loss. */
  interface AfterStep {
    void accept(int epoch, double loss);
  }

  /** Vanilla gradient descent, in place: p <- p - lr * p.grad. */
  void sgdStep(List<Tensor> ps, double lr) {
    try (NoGrad unused = torch.noGrad()) {
      for (Tensor p : ps) {
        Tensor grad = torch.grad(p);
        if (grad != null) {
          torch.subInPlace(p, torch.mul(grad, lr));
        }
      }
    }
  }

  /** The loss of every epoch, before that epoch's step. */
  double[] train(Model model, Tensor X, Tensor y, int epochs, double lr, AfterStep afterStep) {
    double[] losses = new double[epochs];
    List<Tensor> ps = model.parameters();

    for (int epoch = 1; epoch <= epochs; epoch++) {
      try (Scope epochScope = new Scope()) {
        // forward & loss
        Tensor logits = forwardPass.modelForwardPass(model, X);
        Tensor loss = crossEntropy.crossEntropyLoss(logits, y);

        // zero existing grads, back-prop, SGD update
        for (Tensor p : ps) {
          Tensor grad = torch.grad(p);
          if (grad != null) {
            torch.zeroInPlace(grad);
          }
        }
        torch.backward(loss);
        sgdStep(ps, lr);

        losses[epoch - 1] = loss.item();
        afterStep.accept(epoch, losses[epoch - 1]);
      }
    }

    return losses;
  }
}
