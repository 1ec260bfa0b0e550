"""The trace recorder of the Python port: one call, probe("data.X", X), records one tensor.

The job, trace and event formats are described in cases/FORMATS.md.
"""

import hashlib
import json
import math
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from oplog import OpLog

# Environment variables by which a library computes otherwise.
SETTINGS = ("ATEN_CPU_CAPABILITY", "MKL_CBWR", "OPENBLAS_CORETYPE")


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
        inputs = instance.get("inputs")
        self._inputs = {} if inputs is None else load_file(inputs)

    def given(self, name: str) -> torch.Tensor | None:
        """The tensor that the job gives to stand in for the probe `name`, or None."""
        return self._inputs.get(name)

    def probe(self, name: str, tensor: torch.Tensor) -> None:
        """Records a copy of `tensor`, detached, under `name`."""
        if name in self._names:
            raise ValueError(f"probe {name!r} was recorded twice")
        self._names.add(name)
        with self._log.paused() if self._log else nullcontext():
            save_file({name: tensor.detach().contiguous()}, self._folder / f"{name}.safetensors")
        self._index.write(json.dumps({"probe": name}) + "\n")
        self._index.flush()
        if self._log:
            self._log.probe(name, tensor)

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

    def step(self, epoch: int, epochs: int, loss: float) -> None:
        """Reports progress; it is shown to people and never compared."""
        shown = loss if math.isfinite(loss) else None
        self._events.say("step", instance=self._instance["id"], epoch=epoch, epochs=epochs, loss=shown)

    def finish(self, sources: list[Path]) -> None:
        """Writes trace.json, whose presence says that the trace is whole."""
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
