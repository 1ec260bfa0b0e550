"""Cross-entropy, from log-probabilities and the ones that the targets choose."""

import torch


def log_probabilities(logits: torch.Tensor) -> torch.Tensor:
    """Logits (N, C) -> log-probabilities (N, C)."""
    return torch.log_softmax(logits, dim=1)


def chosen(logp: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Log-probabilities (N, C) -> those of the targets (N,)."""
    return torch.gather(logp, 1, targets.unsqueeze(1)).squeeze(1)


def cross_entropy_loss(logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Logits (N, C) -> the mean negative log-probability of the targets, a scalar."""
    return -chosen(log_probabilities(logits), targets).mean()
