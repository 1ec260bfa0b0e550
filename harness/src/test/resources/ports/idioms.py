"""Ways of writing one thing in PyTorch, logged into the folder that is the only argument."""

import sys
from pathlib import Path

import torch
from torch_parity.oplog import OpLog

torch.manual_seed(7)
log = OpLog(Path(sys.argv[1]), {"from": 0, "to": 9})
with log:
    a = torch.randn(4, 3)
    b = torch.rand(4, 3)
    log.probe("numbers", 1 - a + 2 / (b + 1) - 3 / (b + 2) + 3 * (a**2) + (a > 0.5) * b)
    log.probe("names", torch.concat([a.sum(axis=1), b.sum(1), a.std(0, False), b.var(1, unbiased=True)]))
    log.probe("views", a.view(2, 6).flip(0)[:, 1:].roll(1, 0) + torch.nn.functional.relu(b.reshape((2, 6))[:, :5]))
    log.probe("chosen", torch.where(a > 0, a, 0.5).max(dim=1).values + b.argmax(1) % 2)
    log.probe("norm", torch.norm(a[0:2]) + torch.nn.functional.one_hot(torch.tensor([1, 2]), 3))

    rows = torch.arange(4)
    log.probe("indexed", a[rows, b.argmax(1) - 1] + a[rows].sum() + a[a > 0].mean() + b[a[:, 0] > 0, 1].sum())

    n = torch.arange(6)
    n.add_(2)
    log.probe("integers", (10 - n) * n[()] + n.masked_fill(n > 4, 1))

    c = torch.zeros(4, 3)
    c[:, 0] += 2 * a[:, 1]
    c[:, 1].mul_(3).add_(1)
    c[a > 0] = 7.0
    c[1:3] = a[1:3]
    log.probe("in place", c + 0)

    w = torch.randn(2, 3, requires_grad=True)
    with torch.no_grad():
        w[0].fill_(0)  # a view of a leaf
    log.probe("leaf", w + 0)
    torch.sparse_coo_tensor([[0], [1]], [2.0], (2, 2)).to_dense()
log.close()
