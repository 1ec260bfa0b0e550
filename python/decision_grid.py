"""The classes that a network assigns to a grid over the data."""

from typing import NamedTuple

import torch

from forward_pass import Model, model_forward_pass


class Grid(NamedTuple):
    """Axes xs and ys (1-D), logits (len(ys) * len(xs), 3), x fastest, classes Z (len(ys), len(xs))."""

    xs: torch.Tensor
    ys: torch.Tensor
    logits: torch.Tensor
    Z: torch.Tensor


def class_grid(model: Model, X: torch.Tensor, step: float = 0.1) -> Grid:
    """Bounds and step are Python floats, so doubles, whatever the dtype of X."""
    x_min, x_max = X[:, 0].min().item() - 1, X[:, 0].max().item() + 1
    y_min, y_max = X[:, 1].min().item() - 1, X[:, 1].max().item() + 1

    xs, ys = torch.arange(x_min, x_max, step), torch.arange(y_min, y_max, step)
    mesh = torch.stack([xs.repeat(len(ys)), ys.repeat_interleave(len(xs))], dim=1)

    with torch.no_grad():
        logits = model_forward_pass(model, mesh)
        Z = torch.argmax(logits, dim=1).reshape(len(ys), len(xs))

    return Grid(xs, ys, logits, Z)
