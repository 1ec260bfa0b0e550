"""The CPython port as a process: reads a job file, leaves one trace for each case instance."""

import argparse
import json
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

import blobs
from recorder import Events, Recorder

Parameters = dict[str, Any]
SOURCES = [Path(__file__).parent / name for name in ("blobs.py",)]


def data_blobs(p: Parameters, recorder: Recorder) -> None:
    X, y = blobs.generate_data(p["n_samples"], p["centers"], p["cluster_std"], p["skew_factor"])
    recorder.probe("data.X", X)
    recorder.probe("data.y", y)


SCENARIOS: dict[str, Callable[[Parameters, Recorder], None]] = {
    "data-blobs": data_blobs,
}


def run(instance: dict[str, Any], events: Events) -> None:
    """Runs one case instance; an error in it is an event, and the next instance still runs."""
    scenario = SCENARIOS.get(instance["scenario"])
    if scenario is None:
        events.say("not_run", instance=instance["id"], message=f"no scenario {instance['scenario']!r}")
        return
    events.say("started", instance=instance["id"])
    try:
        torch.set_default_dtype(getattr(torch, instance["dtype"]))
        torch.manual_seed(instance["seed"])
        recorder = Recorder(instance, events)
        scenario(instance["parameters"], recorder)
        recorder.finish(SOURCES)
        events.say("finished", instance=instance["id"])
    except Exception as error:
        traceback.print_exc()
        events.say("failed", instance=instance["id"], message=f"{type(error).__name__}: {error}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--job", required=True, type=Path, help="the job file")
    job = json.loads(parser.parse_args().job.read_text(encoding="utf-8"))
    torch.set_num_threads(job["threads"])
    events = Events(job["events"])
    for instance in job["instances"]:
        run(instance, events)


if __name__ == "__main__":
    main()
