"""The trace recorder: one call, probe("data.X", X), records one tensor.

The job, trace and event formats are described in cases/FORMATS.md.
"""

import hashlib
import json
import math
import os
import platform
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from torch_parity.oplog import OpLog

# Environment variables by which a library computes otherwise.
SETTINGS = ("ATEN_CPU_CAPABILITY", "MKL_CBWR", "OPENBLAS_CORETYPE")


NAME = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}"
TELL_EVERY_SECONDS = 0.5


def save(name: str, tensor: torch.Tensor, folder: Path) -> None:
    save_file({name: tensor.detach().cpu().contiguous()}, folder / f"{name}.safetensors")


class Events:
    """Appends one JSON object per line to the file that the job names."""

    def __init__(self, path: str) -> None:
        self._file = open(path, "a", encoding="utf-8")

    def say(self, event: str, **fields: Any) -> None:
        self._file.write(json.dumps({"event": event, **fields}) + "\n")
        self._file.flush()


class Recorder:
    """Records the probes of one case instance as they come, and tells of progress."""

    def __init__(self, instance: dict[str, Any], events: Events) -> None:
        self._log: OpLog | None = None
        self._instance = instance
        self._events = events
        self._folder = Path(instance["trace"])
        self._folder.mkdir(parents=True, exist_ok=True)
        self._index = open(self._folder / "probes.jsonl", "x", encoding="utf-8")
        self._names: set[str] = set()
        self._rows: dict[str, list[torch.Tensor]] = {}
        self._step: int | None = None
        self._in_step: set[str] = set()
        self._told = 0.0
        self.parameters: dict[str, Any] = instance.get("parameters", {})
        inputs = instance.get("inputs")
        self._inputs = {} if inputs is None else load_file(inputs)

    def given(self, name: str) -> torch.Tensor | None:
        """The tensor that the job gives to stand in for the probe `name`, or None."""
        return self._inputs.get(name)

    def probe(self, name: str, tensor: Any) -> None:
        """Records a copy of `tensor`, detached, under `name`; in a step, as a row of that name."""
        if re.fullmatch(NAME, name) is None:
            raise ValueError(f"{name!r} is no probe's name: letters, digits, '.', '_' and '-'")
        with self._log.paused() if self._log else nullcontext():
            value = tensor if isinstance(tensor, torch.Tensor) else torch.as_tensor(tensor)
            if self._step is None:
                self._new(name)
                save(name, value, self._folder)
            else:
                self._row(name, value)
        if name not in self._rows or len(self._rows[name]) == 1:
            self._index.write(json.dumps({"probe": name}) + "\n")
            self._index.flush()
        if self._log and isinstance(tensor, torch.Tensor):
            self._log.probe(name if self._step is None else f"{name}.{self._step}", tensor)

    def _new(self, name: str) -> None:
        if name in self._names:
            raise ValueError(f"probe {name!r} was recorded twice")
        self._names.add(name)

    def _row(self, name: str, value: torch.Tensor) -> None:
        if name in self._in_step:
            raise ValueError(f"probe {name!r} was recorded twice in step {self._step}")
        if name not in self._rows:
            self._new(name)
        self._in_step.add(name)
        self._rows.setdefault(name, []).append(value.detach().clone())

    def step(self, n: int | None = None) -> None:
        """Begins step `n`: what is recorded in it becomes a row. Without a number steps are over."""
        self._step = n
        self._in_step.clear()
        if n is not None and time.monotonic() - self._told > TELL_EVERY_SECONDS:
            self._told = time.monotonic()
            self._events.say("step", instance=self._instance["id"], epoch=n)

    def save_rows(self) -> None:
        """Writes the probes of steps, a row for each."""
        for name, rows in self._rows.items():
            save(name, torch.stack(rows), self._folder)
        self._rows = {}

    @contextmanager
    def logging(self) -> Iterator[None]:
        """Logs the operations of its block, if the job asks for that."""
        window = self._instance.get("log")
        if window is None:
            yield
            return
        self._log = OpLog(self._folder, window)
        try:
            with self._log:
                yield
        finally:
            self._log.close()

    def progress(self, epoch: int, epochs: int, loss: float) -> None:
        """Reports progress; it is shown to people and never compared."""
        shown = loss if math.isfinite(loss) else None
        self._events.say("step", instance=self._instance["id"], epoch=epoch, epochs=epochs, loss=shown)

    def finish(self, sources: list[Path]) -> None:
        """Writes trace.json, whose presence says that the trace is whole."""
        self.save_rows()
        self._index.close()
        summary = {
            "format": "torch-parity-trace/1",
            "instance": self._instance["id"],
            "provenance": provenance(sources),
        }
        partial = self._folder / "trace.json.partial"
        partial.write_text(json.dumps(summary, indent=2), encoding="utf-8")
        os.replace(partial, self._folder / "trace.json")


def provenance(sources: list[Path]) -> dict[str, str]:
    """Versions, CPU capability, threads and the hash of the port's files."""
    digest = hashlib.sha256()
    for source in sorted(sources):
        digest.update(source.read_bytes())
    return {
        "runtime": f"CPython {platform.python_version()}",
        "torch": torch.__version__,
        "cpu_capability": torch.backends.cpu.get_cpu_capability(),
        "threads": str(torch.get_num_threads()),
        "default_dtype": str(torch.get_default_dtype()).removeprefix("torch."),
        "sources_sha256": digest.hexdigest(),
        **{name: os.environ[name] for name in SETTINGS if name in os.environ},
    }
