"""Runs a job: one scenario after the other, with a probe at each agreed point."""

import json
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from blobs import generate_data
from cross_entropy import chosen, cross_entropy_loss, log_probabilities
from decision_grid import class_grid
from forward_pass import Model, model_forward_pass, model_hidden, model_init
from products import computed_as
from recorder import Events, Recorder
from sgd_training import train

Parameters = dict[str, Any]
Data = tuple[torch.Tensor, torch.Tensor]


def data_blobs(p: Parameters, r: Recorder) -> Data:
    X, y = generate_data(p["n_samples"], p["centers"], p["cluster_std"], p["skew_factor"])
    r.probe("data.X", X)
    r.probe("data.y", y)
    return X, y


def initial(p: Parameters, r: Recorder) -> tuple[Data, Model]:
    data = data_blobs(p, r)
    model = model_init(hid=p["hidden_size"])
    probe_parameters(r, "init", model)
    return data, model


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

    def after_step(epoch: int, loss: float) -> None:
        if epoch == 1:
            for name, parameter in model.items():
                if parameter.grad is None:
                    raise ValueError(f"{name} has no gradient after the first step")
                r.probe(f"grad.{name}", parameter.grad)
            probe_parameters(r, "step", model)
        if epoch % 100 == 0:
            r.step(epoch, p["epochs"], loss)

    losses = train(model, X, y, p["epochs"], p["lr"], after_step)
    r.probe("train.loss", torch.tensor(losses))
    probe_parameters(r, "final", model)


def decision_grid(p: Parameters, r: Recorder) -> None:
    (X, y), model = initial(p, r)

    def after_step(epoch: int, loss: float) -> None:
        if epoch % 100 == 0:
            r.step(epoch, p["epochs"], loss)

    train(model, X, y, p["epochs"], p["lr"], after_step)
    grid = class_grid(model, X, p["grid_step"])
    for name, tensor in grid._asdict().items():
        r.probe(f"grid.{name}", tensor)


def probe_parameters(r: Recorder, prefix: str, model: Model) -> None:
    for name, parameter in model.items():
        r.probe(f"{prefix}.{name}", parameter)


SCENARIOS: dict[str, Callable[[Parameters, Recorder], Any]] = {
    "data-blobs": data_blobs,
    "forward-pass": forward_pass,
    "cross-entropy": cross_entropy,
    "sgd-training": sgd_training,
    "decision-grid": decision_grid,
}


def run_job(job_file: Path) -> None:
    """Runs every instance of a job; an error in one is an event, and the next one still runs."""
    job = json.loads(job_file.read_text(encoding="utf-8"))
    torch.set_num_threads(job["threads"])
    events = Events(job["events"])
    for instance in job["instances"]:
        run(instance, events)


def run(instance: dict[str, Any], events: Events) -> None:
    name = instance["id"]
    scenario = SCENARIOS.get(instance["scenario"])
    if scenario is None:
        events.say("not_run", instance=name, message=f"no scenario {instance['scenario']!r}")
        return
    events.say("started", instance=name)
    try:
        torch.set_default_dtype(getattr(torch, instance["dtype"]))
        torch.manual_seed(instance["seed"])
        recorder = Recorder(instance, events)
        with computed_as(instance.get("products", "blas")), recorder.logging():
            scenario(instance["parameters"], recorder)
        recorder.finish(sorted(Path(__file__).parent.glob("*.py")))
        events.say("finished", instance=name)
    except KeyError as error:
        events.say("failed", instance=name, message=f"parameter {error} is missing")
    except Exception as error:
        traceback.print_exc()
        events.say("failed", instance=name, message=f"{type(error).__name__}: {error}")
