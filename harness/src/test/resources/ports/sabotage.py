"""The real Python port with one thing broken, as SABOTAGE says: each of these must be noticed."""

import json
import os
import random
import signal
import sys
from pathlib import Path

ROOT = Path(os.environ["PARITY_ROOT"])
sys.path.insert(0, str(ROOT / "python"))

import torch

import blobs
import forward_pass
import port
import scenarios
from torch_parity import recorder

SABOTAGE = Path(__file__).stem
probe = recorder.Recorder.probe


def tampered(name, change):
    """Records change(tensor) in place of the probe called name; None leaves it out."""

    def record(self, probed, tensor):
        if probed == name:
            tensor = change(tensor.detach().clone())
        if tensor is not None:
            probe(self, probed, tensor)

    recorder.Recorder.probe = record


def one_wrong(tensor):
    tensor[123, 1] += 1e-3
    return tensor


def wrong_shape_of_w1(model, x):
    """w1 drawn as (2, hidden) and used without t: it runs and is wrong."""
    x = torch.mm(x, model["w1"].reshape(2, -1)) + model["b1"]
    return torch.max(torch.tensor(0.0), x)


def crash(self, probed, tensor):
    if probed == "init.b1":
        os.kill(os.getpid(), signal.SIGSEGV)
    probe(self, probed, tensor)


def raises(self, probed, tensor):
    if probed == "init.b1":
        raise RuntimeError("the port's own error")
    probe(self, probed, tensor)


if SABOTAGE == "constant":
    generate = blobs.generate_data
    scenarios.generate_data = lambda n, c, std, skew: generate(n, c, std, skew + 1e-4)
elif SABOTAGE == "missing_probe":
    tampered("forward.hidden", lambda tensor: None)
elif SABOTAGE == "float64":
    tampered("init.b2", lambda tensor: tensor.double())
elif SABOTAGE == "one_element":
    tampered("forward.logits", one_wrong)
elif SABOTAGE == "without_t":
    forward_pass.model_hidden = wrong_shape_of_w1
    scenarios.model_hidden = wrong_shape_of_w1
elif SABOTAGE == "nan":
    tampered("loss.value", lambda tensor: tensor * float("nan"))
elif SABOTAGE == "crash":
    recorder.Recorder.probe = crash
elif SABOTAGE == "raises":
    recorder.Recorder.probe = raises
elif SABOTAGE == "silent":
    sys.exit(0)
elif SABOTAGE == "bad_events":
    job = json.loads(Path(sys.argv[2]).read_text())
    Path(job["events"]).write_text("this is not JSON\n")
    sys.exit(0)
elif SABOTAGE == "no_learning":
    scenarios.SCENARIOS["sgd-training"] = lambda p, r: scenarios.sgd_training({**p, "lr": 0.0}, r)
elif SABOTAGE == "unsteady_steps":
    tampered("steps.loss", lambda tensor: tensor + random.SystemRandom().random())
elif SABOTAGE == "knows_nothing":
    scenarios.SCENARIOS.clear()
else:
    raise SystemExit(f"no sabotage is called {SABOTAGE}")

port.main()
