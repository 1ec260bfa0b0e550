"""Gradient descent on all points at once."""

from collections.abc import Callable

import torch

from cross_entropy import cross_entropy_loss
from forward_pass import Model, model_forward_pass, model_get_parameters


def sgd_step(ps: list[torch.Tensor], lr: float = 0.1) -> None:
    """Vanilla gradient descent, in place: p <- p - lr * p.grad."""
    with torch.no_grad():
        for p in ps:
            if p.grad is not None:
                p -= lr * p.grad


def train(
    model: Model,
    X: torch.Tensor,
    y: torch.Tensor,
    epochs: int = 1000,
    lr: float = 0.1,
    after_step: Callable[[int, float], None] = lambda epoch, loss: None,
) -> list[float]:
    """The loss of every epoch, before that epoch's step; epochs count from 1 in `after_step`."""
    losses = []
    ps = model_get_parameters(model)

    for epoch in range(1, epochs + 1):
        # forward & loss
        logits = model_forward_pass(model, X)
        loss = cross_entropy_loss(logits, y)

        # zero existing grads, back-prop, SGD update
        for p in ps:
            if p.grad is not None:
                p.grad.zero_()
        loss.backward()
        sgd_step(ps, lr)

        losses.append(loss.item())
        after_step(epoch, losses[-1])

    return losses
