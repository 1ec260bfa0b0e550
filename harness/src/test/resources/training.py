"""The training of training_as_printed.nu in CPython, with its skew bug or without. Prints the losses as JSON.

Usage: training.py EPOCHS buggy|mended blas|exact
"""

import json
import sys

import torch
from torch_parity.products import computed_as


def generate_data(buggy: bool) -> tuple[torch.Tensor, torch.Tensor]:
    points, labels = [], []
    for i, c in enumerate([[0.0, 0.0], [3.0, 0.0], [1.5, 2.5]]):
        center = torch.tensor(c)
        p = torch.randn(100, 2) * 0.7 + center
        if i in (1, 2):
            s = 0.3 * (i - 1)
            skew = torch.tensor([[1.0, s], [s, 1.0]])
            p = torch.mm(p, skew) if buggy else torch.mm(p - center, skew) + center
        points.append(p)
        labels.append(torch.full((100,), i, dtype=torch.long))
    return torch.cat(points), torch.cat(labels)


def train(epochs: int, buggy: bool) -> list[float]:
    torch.manual_seed(42)
    x, y = generate_data(buggy)
    w1, b1, w2, b2 = ps = [torch.randn(*s, requires_grad=True) for s in [(20, 2), (20,), (3, 20), (3,)]]
    losses = []
    for _ in range(epochs):
        hidden = torch.maximum(torch.mm(x, w1.t()) + b1, torch.tensor([0.0]))
        log_probs = torch.log_softmax(torch.mm(hidden, w2.t()) + b2, 1)
        loss = -log_probs.gather(1, y.unsqueeze(1)).squeeze(1).mean()
        for p in ps:
            p.grad = None
        loss.backward()
        with torch.no_grad():
            for p in ps:
                p -= 0.1 * p.grad
        losses.append(loss.item())
    return losses


torch.set_num_threads(1)
with computed_as({"products": sys.argv[3]}):
    print(json.dumps(train(int(sys.argv[1]), sys.argv[2] == "buggy")))
