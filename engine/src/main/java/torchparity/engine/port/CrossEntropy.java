package torchparity.engine.port;

import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;

/** Cross-entropy, from log-probabilities and the ones that the targets choose. */
final class CrossEntropy {
  private final Torch torch;

  CrossEntropy(Torch torch) {
    this.torch = torch;
  }

  /** Logits (N, C) -> log-probabilities (N, C). */
  Tensor logProbabilities(Tensor logits) {
    return torch.logSoftmax(logits, 1);
  }

  /** Log-probabilities (N, C) -> those of the targets (N); targets are int64. */
  Tensor chosen(Tensor logp, Tensor targets) {
    return torch.squeeze(torch.gather(logp, 1, torch.unsqueeze(targets, 1)), 1);
  }

  /** Logits (N, C) -> the mean negative log-probability of the targets, a scalar. */
  Tensor crossEntropyLoss(Tensor logits, Tensor targets) {
    return torch.neg(torch.mean(chosen(logProbabilities(logits), targets)));
  }
}
