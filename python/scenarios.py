"""Runs a job: one scenario after the other, with a probe at each agreed point."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from blobs import generate_data
from cross_entropy import chosen, cross_entropy_loss, log_probabilities
from decision_grid import class_grid
from forward_pass import Model, model_forward_pass, model_hidden, model_init
from sgd_training import train
from torch_parity import jobs
from torch_parity.recorder import Recorder


class Parameters(dict[str, Any]):
    """A scenario's parameters; one that is missing is named."""

    def __missing__(self, name: str) -> Any:
        raise ValueError(f"parameter {name!r} is missing")


Data = tuple[torch.Tensor, torch.Tensor]
PARAMETERS = ("w1", "b1", "w2", "b2")


def data_blobs(p: Parameters, r: Recorder) -> Data:
    X, y = r.given("data.X"), r.given("data.y")
    if X is None or y is None:
        X, y = generate_data(p["n_samples"], p["centers"], p["cluster_std"], p["skew_factor"])
    r.probe("data.X", X)
    r.probe("data.y", y)
    return X, y


def initial(p: Parameters, r: Recorder) -> tuple[Data, Model]:
    data = data_blobs(p, r)
    if r.given("init.w1") is None:
        model = model_init(hid=p["hidden_size"])
    else:
        model = model_of({name: needed(r, f"init.{name}") for name in PARAMETERS})
    probe_parameters(r, "init", model)
    return data, model


def needed(r: Recorder, name: str) -> torch.Tensor:
    tensor = r.given(name)
    if tensor is None:
        raise ValueError(f"the job gives no input {name!r}")
    return tensor


def model_of(tensors: Model) -> Model:
    """A network of its own whose parameters begin at the given values."""
    return {name: t.clone().requires_grad_() for name, t in tensors.items()}


def forward_pass(p: Parameters, r: Recorder) -> tuple[Data, Model]:
    (X, y), model = initial(p, r)
    r.probe("forward.hidden", model_hidden(model, X))
    r.probe("forward.logits", model_forward_pass(model, X))
    return (X, y), model


def cross_entropy(p: Parameters, r: Recorder) -> None:
    (X, y), model = forward_pass(p, r)
    logits = model_forward_pass(model, X)
    log_probs = log_probabilities(logits)
    r.probe("loss.log_probs", log_probs)
    r.probe("loss.chosen", chosen(log_probs, y))
    r.probe("loss.value", cross_entropy_loss(logits, y))


def sgd_training(p: Parameters, r: Recorder) -> None:
    (X, y), model = initial(p, r)
    if not 1 <= p["state_every"] <= p["epochs"]:
        raise ValueError("parameter 'state_every' must be 1 to 'epochs'")
    states: list[Model] = []

    def after_step(epoch: int, loss: float) -> None:
        if epoch == 1:
            for name, parameter in model.items():
                if parameter.grad is None:
                    raise ValueError(f"{name} has no gradient after the first step")
                r.probe(f"grad.{name}", parameter.grad)
            probe_parameters(r, "step", model)
        if epoch % p["state_every"] == 0:
            states.append({name: w.detach().clone() for name, w in model.items()})
        if epoch % 100 == 0:
            r.progress(epoch, p["epochs"], loss)

    losses = train(model, X, y, p["epochs"], p["lr"], after_step)
    for name in model:
        r.probe(f"train.{name}", torch.stack([state[name] for state in states]))
    probe_losses(r, losses)
    probe_parameters(r, "final", model)
    with torch.no_grad():
        logits = model_forward_pass(model, X)
    r.probe("final.logits", logits)
    r.probe("final.classes", torch.argmax(logits, dim=1))


def training_steps(p: Parameters, r: Recorder) -> None:
    """One step from each of the given states: no time for rounding to grow."""
    X, y = needed(r, "data.X"), needed(r, "data.y")
    results: dict[str, list[torch.Tensor]] = {}
    for s in range(len(needed(r, "states.w1"))):
        model = model_of({name: needed(r, f"states.{name}")[s] for name in PARAMETERS})
        loss = torch.tensor(train(model, X, y, 1, p["lr"])[0])
        results.setdefault("steps.loss", []).append(loss)
        for name, w in model.items():
            if w.grad is None:
                raise ValueError(f"{name} has no gradient after a step")
            results.setdefault(f"steps.grad.{name}", []).append(w.grad)
            results.setdefault(f"steps.{name}", []).append(w.detach())
    for name, stack in results.items():
        r.probe(name, torch.stack(stack))


def decision_grid(p: Parameters, r: Recorder) -> None:
    (X, y), model = initial(p, r)

    def after_step(epoch: int, loss: float) -> None:
        if epoch % 100 == 0:
            r.progress(epoch, p["epochs"], loss)

    losses = train(model, X, y, p["epochs"], p["lr"], after_step)
    probe_losses(r, losses)
    grid = class_grid(model, X, p["grid_step"])
    for name, tensor in grid._asdict().items():
        r.probe(f"grid.{name}", tensor)


def probe_losses(r: Recorder, losses: list[float]) -> None:
    r.probe("train.loss", torch.tensor(losses))


def probe_parameters(r: Recorder, prefix: str, model: Model) -> None:
    for name, parameter in model.items():
        r.probe(f"{prefix}.{name}", parameter)


SCENARIOS: dict[str, Callable[[Parameters, Recorder], Any]] = {
    "data-blobs": data_blobs,
    "forward-pass": forward_pass,
    "cross-entropy": cross_entropy,
    "sgd-training": sgd_training,
    "training-steps": training_steps,
    "decision-grid": decision_grid,
}


def run_job(job_file: Path) -> None:
    """Runs every instance of a job; an error in one is an event, and the next one still runs."""
    jobs.run_job(jobs.read(job_file), find, sources)


def find(instance: dict[str, Any]) -> Callable[[Recorder], Any] | None:
    scenario = SCENARIOS.get(instance["scenario"])
    return None if scenario is None else lambda r: scenario(Parameters(instance["parameters"]), r)


def sources() -> list[Path]:
    """The port's files: the ones here, and the program that was started, a variant perhaps."""
    program = Path(sys.argv[0]).resolve()
    folder = Path(__file__).resolve().parent
    here = {*folder.glob("*.py"), *folder.glob("src/torch_parity/*.py")}
    return sorted(here | ({program} if program.is_file() else set()))
