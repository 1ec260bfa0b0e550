"""The program in its first form, before it was simplified for porting: the class SimpleNN, the
optimizer torch.optim.SGD, targets chosen by indexing, a two-dimensional meshgrid.

It stands in the Python port's place, and records what that records.
"""

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import torch

import decision_grid
import scenarios
from port import main

Model = dict[str, torch.Tensor]


class SimpleNN:
    """Two layers; its parameters are drawn, or those that it is given."""

    def __init__(self, inp: int = 2, hid: int = 20, out: int = 3, given: Model | None = None) -> None:
        if given is None:
            self.weight1 = torch.randn(hid, inp, requires_grad=True)
            self.bias1 = torch.randn(hid, requires_grad=True)
            self.weight2 = torch.randn(out, hid, requires_grad=True)
            self.bias2 = torch.randn(out, requires_grad=True)
        else:
            self.weight1, self.bias1, self.weight2, self.bias2 = given.values()

    def parameters(self) -> list[torch.Tensor]:
        return [self.weight1, self.bias1, self.weight2, self.bias2]

    def hidden(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.mm(x, self.weight1.t()) + self.bias1
        return torch.max(torch.tensor(0.0), x)  # ReLU

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return torch.mm(self.hidden(x), self.weight2.t()) + self.bias2


def chosen(logp: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    return logp[range(len(logp)), targets]


def primitive_cross_entropy_loss(outputs: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    return -chosen(torch.log_softmax(outputs, dim=1), targets).mean()


def train_model(
    model: SimpleNN,
    X: torch.Tensor,
    y: torch.Tensor,
    epochs: int = 1000,
    lr: float = 0.1,
    after_step: Callable[[int, float], None] = lambda epoch, loss: None,
) -> list[float]:
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        outputs = model(X)
        loss = primitive_cross_entropy_loss(outputs, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        after_step(epoch + 1, losses[-1])
    return losses


def class_grid(model: SimpleNN, X: torch.Tensor, step: float = 0.1) -> decision_grid.Grid:
    points = X.tolist()
    x_min, x_max = min(p[0] for p in points) - 1, max(p[0] for p in points) + 1
    y_min, y_max = min(p[1] for p in points) - 1, max(p[1] for p in points) + 1
    x_range, y_range = torch.arange(x_min, x_max, step), torch.arange(y_min, y_max, step)
    xx, yy = torch.meshgrid(x_range, y_range, indexing="xy")
    mesh_points = torch.stack([xx.flatten(), yy.flatten()], dim=1)
    with torch.no_grad():
        outputs = model(mesh_points)
        _, Z = torch.max(outputs, dim=1)
    return decision_grid.Grid(x_range, y_range, outputs, Z.reshape(xx.shape))


def named(net: SimpleNN) -> Model:
    """The parameters under the names of their probes."""
    return dict(zip(("w1", "b1", "w2", "b2"), net.parameters(), strict=True))


# The scenarios know models as named tensors.
scenarios.model_init = lambda hid: named(SimpleNN(hid=hid))
scenarios.model_hidden = lambda model, x: SimpleNN(given=model).hidden(x)
scenarios.model_forward_pass = lambda model, x: SimpleNN(given=model)(x)
scenarios.chosen = chosen
scenarios.cross_entropy_loss = primitive_cross_entropy_loss
scenarios.train = lambda model, *rest: train_model(SimpleNN(given=model), *rest)
scenarios.class_grid = lambda model, *rest: class_grid(SimpleNN(given=model), *rest)

if __name__ == "__main__":
    main()
