"""A program that knows nothing of Torch Parity."""

from dataclasses import dataclass

import torch


@dataclass
class Line:
    slope: torch.Tensor
    losses: list[float]


class Model:
    def predict(self, x):
        return 3 * x


def fit(x, y, *, lr=0.1):
    slope = torch.zeros(1, requires_grad=True)
    losses = []
    for _ in range(4):
        loss = ((slope * x - y) ** 2).mean()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            slope -= lr * slope.grad
            slope.grad.zero_()
    return Line(slope, losses)


if __name__ == "__main__":
    points = torch.randn(30)
    print(fit(points, Model().predict(points)).slope.item())
    fit(points, points)
