"""The CPython port of the network.

With --job it runs a job of Torch Parity's; alone it trains, shows the loss every 100 epochs and
draws its plots.
"""

import argparse
import time
from pathlib import Path

import torch

from blobs import generate_data
from decision_grid import class_grid
from forward_pass import model_init
from scenarios import run_job
from sgd_training import train


def demo(epochs: int, plot: Path | None) -> None:
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    torch.manual_seed(42)
    X, y = generate_data()
    net = model_init()
    width = len(str(epochs))

    def show(epoch: int, loss: float) -> None:
        if epoch % 100 == 0:
            print(f"epoch {epoch:{width}d}/{epochs}  loss {loss:.4f}", flush=True)

    print(f"{epochs} epochs on {len(X)} points", flush=True)
    start = time.perf_counter()
    losses = train(net, X, y, epochs=epochs, lr=0.1, after_step=show)
    print(f"{epochs} epochs in {time.perf_counter() - start:.3f} s")

    if plot is not None:
        from plots import plot_loss, plot_raw_data, plot_results

        plot.mkdir(parents=True, exist_ok=True)
        plot_raw_data(plot, X, y)
        plot_loss(plot, losses)
        plot_results(plot, X, y, class_grid(net, X))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--job", type=Path, help="job file to run")
    parser.add_argument("--epochs", type=int, default=3000, help="training steps, without a job")
    parser.add_argument("--plot", type=Path, help="folder for the plots, without a job")
    arguments = parser.parse_args()
    if arguments.epochs < 0:
        parser.error("--epochs must be 0 or more")
    if arguments.job is not None:
        run_job(arguments.job)
    else:
        demo(arguments.epochs, arguments.plot)


if __name__ == "__main__":
    main()
