"""Ridge regression on measurements in different units, by gradient descent."""

import torch

from torch_parity import parameter, probe, step


def measurements(n):
    """Three quantities, X (n, 3), and what depends on them, y (n, 1), with some noise."""
    X = torch.randn(n, 3) * torch.tensor([1.0, 5.0, 0.2]) + torch.tensor([10.0, -3.0, 0.5])
    y = torch.mm(X, torch.tensor([[2.0], [-1.0], [4.0]])) + 0.1 * torch.randn(n, 1)
    return X, y


def scaled(X):
    """Each column about its own mean, in units of its greatest distance from there."""
    centred = X - X.mean(dim=0)
    return centred / centred.abs().amax(dim=0)


def fit(X, y, epochs, lr, penalty):
    """Weights (3, 1) and bias (1) that minimise the mean squared error and a penalty."""
    w = torch.zeros(3, 1, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    for epoch in range(1, epochs + 1):
        step(epoch)
        residual = torch.mm(X, w) + b - y
        loss = (residual * residual).mean() + penalty * (w * w).sum()
        probe("loss", loss)
        loss.backward()
        with torch.no_grad():
            for p in (w, b):
                p -= lr * p.grad
                p.grad.zero_()
    step()
    return w, b


def main():
    X, y = measurements(parameter("n_samples", 60))
    probe("data.X", X)
    probe("data.y", y)
    X = scaled(X)
    probe("scaled.X", X)
    w, b = fit(X, y, parameter("epochs", 50), parameter("lr", 0.3), parameter("penalty", 0.01))
    probe("weights", w)
    probe("bias", b)
    print("weights", w.flatten().tolist(), "bias", b.item())


if __name__ == "__main__":
    main()
