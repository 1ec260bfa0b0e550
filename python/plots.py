"""The program's three figures, drawn with matplotlib."""

import os
from pathlib import Path

# Matplotlib keeps settings and a font cache: here, not in the home folder of whoever runs this.
os.environ.setdefault(
    "MPLCONFIGDIR", str(Path(__file__).resolve().parent.parent / ".parity" / "matplotlib")
)

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import torch

from decision_grid import Grid


def scatter(X: torch.Tensor, y: torch.Tensor) -> None:
    plt.scatter(X[:, 0], X[:, 1], c=y, alpha=0.8, cmap="viridis")


def plot_raw_data(folder: Path, X: torch.Tensor, y: torch.Tensor) -> None:
    scatter(X, y)
    save(folder / "raw_data.png", "Raw data")


def plot_loss(folder: Path, losses: list[float]) -> None:
    plt.plot(range(1, len(losses) + 1), losses)
    plt.xlabel("epoch")
    plt.ylabel("loss")
    save(folder / "loss.png", "Training loss")


def plot_results(folder: Path, X: torch.Tensor, y: torch.Tensor, grid: Grid) -> None:
    plt.contourf(grid.xs, grid.ys, grid.Z, alpha=0.4, cmap="viridis")
    scatter(X, y)
    save(folder / "decision_boundary.png", "Decision boundary")


def save(file: Path, title: str) -> None:
    plt.title(title)
    plt.savefig(file)
    plt.close()
