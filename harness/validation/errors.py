"""The real Python port with one small error of fixed size, which PARITY_ERROR names."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(os.environ["PARITY_ROOT"]) / "python"))

import torch

import blobs
import port
import scenarios
import sgd_training
from torch_parity import recorder

ERROR = os.environ["PARITY_ERROR"]
probe = recorder.Recorder.probe


def tampered(name, change):
    """Records change(tensor) in place of the probe called name."""

    def record(self, probed, tensor):
        probe(self, probed, change(tensor.detach().clone()) if probed == name else tensor)

    recorder.Recorder.probe = record


def one_wrong(tensor):
    tensor[123, 1] += 1e-3
    return tensor


def swapped(tensor):
    tensor[[10, 11]] = tensor[[11, 10]]
    return tensor


def trained(change):
    """Trains with change(model, lr, epoch) in place of each step."""
    step = sgd_training.sgd_step
    train = sgd_training.train
    state = {}

    def changed_step(ps, lr=0.1):
        change(step, ps, lr, state)

    def fresh_train(*args, **kwargs):
        state.clear()
        return train(*args, **kwargs)

    sgd_training.sgd_step = changed_step
    scenarios.train = fresh_train


def scaled_gradient(step, ps, lr, state):
    ps[3].grad *= 1.01
    step(ps, lr)


def stale_gradient(step, ps, lr, state):
    """b2 is updated with the gradient of the step before, and not at all in the first."""
    now = ps[3].grad.clone()
    ps[3].grad.copy_(state.get("last", torch.zeros_like(now)))
    step(ps, lr)
    ps[3].grad.copy_(now)
    state["last"] = now


def moved_bias(train):
    def moved(model, *args, **kwargs):
        with torch.no_grad():
            model["b1"][0] += 1e-5
        return train(model, *args, **kwargs)

    return moved


if ERROR == "lr":
    trained(lambda step, ps, lr, state: step(ps, lr * 1.001))
elif ERROR == "bias":
    scenarios.train = moved_bias(sgd_training.train)
elif ERROR == "skew":
    generate = blobs.generate_data
    scenarios.generate_data = lambda n, c, std, skew: generate(n, c, std, skew + 1e-4)
elif ERROR == "cluster_std":
    generate = blobs.generate_data
    scenarios.generate_data = lambda n, c, std, skew: generate(n, c, std * 1.0001, skew)
elif ERROR == "gradient_scale":
    trained(scaled_gradient)
elif ERROR == "one_element":
    tampered("final.logits", one_wrong)
elif ERROR == "swapped_rows":
    tampered("final.logits", swapped)
elif ERROR == "stale_gradient":
    trained(stale_gradient)
else:
    raise SystemExit(f"no error is called {ERROR!r}")

port.main()
