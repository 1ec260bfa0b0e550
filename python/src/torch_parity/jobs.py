"""Runs the instances of a job, one after the other."""

import json
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

import torch_parity
from torch_parity.products import computed_as
from torch_parity.recorder import Events, Recorder

Instance = dict[str, Any]


def read(job_file: Path) -> dict[str, Any]:
    try:
        return json.loads(job_file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        print(f"{Path(sys.argv[0]).name}: the job file {job_file} cannot be read: {error}", file=sys.stderr)
        sys.exit(2)


def run_job(
    job: dict[str, Any],
    find: Callable[[Instance], Callable[[Recorder], Any] | None],
    sources: Callable[[], list[Path]],
) -> None:
    """Runs every instance of a job; an error in one is an event, and the next one still runs.

    `find` gives what to run for an instance, or None if there is nothing of that name; `sources`
    the files that a trace was made by.
    """
    torch.set_num_threads(job["threads"])
    events = Events(job["events"])
    for instance in job["instances"]:
        action = find(instance)
        if action is None:
            message = f"no scenario {instance['scenario']!r}"
            events.say("not_run", instance=instance["id"], message=message)
        else:
            run(instance, events, action, sources)


def run(
    instance: Instance,
    events: Events,
    action: Callable[[Recorder], Any],
    sources: Callable[[], list[Path]],
) -> None:
    name = instance["id"]
    events.say("started", instance=name)
    recorder = None
    try:
        torch.set_default_dtype(getattr(torch, instance["dtype"]))
        torch.manual_seed(instance["seed"])
        recorder = Recorder(instance, events)
        torch_parity.recording = recorder
        with computed_as(instance), recorder.logging():
            action(recorder)
        recorder.finish(sources())
        events.say("finished", instance=name)
    except (Exception, SystemExit) as error:
        traceback.print_exc()
        if recorder is not None:
            recorder.save_rows()
        events.say("failed", instance=name, message=f"{type(error).__name__}: {error}")
    finally:
        torch_parity.recording = None
