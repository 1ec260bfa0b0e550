"""The trace recorder of the Python port: one call, probe("data.X", X), records one tensor.

The job, trace and event formats are described in cases/FORMATS.md.
"""

import hashlib
import json
import os
import platform
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file


class Events:
    """Appends one JSON object per line to the file that the job names."""

    def __init__(self, path: str) -> None:
        self._file = open(path, "a", encoding="utf-8")

    def say(self, event: str, **fields: Any) -> None:
        self._file.write(json.dumps({"event": event, **fields}) + "\n")
        self._file.flush()


class Recorder:
    """Collects the probes of one case instance, in the order of the calls, and saves the trace."""

    def __init__(self, instance: dict[str, Any], events: Events) -> None:
        self._instance = instance
        self._events = events
        self._tensors: dict[str, torch.Tensor] = {}

    def probe(self, name: str, tensor: torch.Tensor) -> None:
        """Records a copy of `tensor`, detached, under `name`."""
        if name in self._tensors:
            raise ValueError(f"probe {name!r} was recorded twice")
        self._tensors[name] = tensor.detach().clone().contiguous()

    def step(self, epoch: int, epochs: int, loss: float) -> None:
        """Reports progress; it is shown to people and never compared."""
        self._events.say("step", instance=self._instance["id"], epoch=epoch, epochs=epochs, loss=loss)

    def save(self, sources: list[Path]) -> None:
        """Writes tensors.safetensors, then index.json, whose presence says the trace is whole."""
        folder = Path(self._instance["trace"])
        folder.mkdir(parents=True, exist_ok=True)
        save_file(self._tensors, folder / "tensors.safetensors")
        index = {
            "format": "torch-parity-trace/1",
            "instance": self._instance["id"],
            "probes": list(self._tensors),
            "provenance": provenance(sources),
        }
        partial = folder / "index.json.partial"
        partial.write_text(json.dumps(index, indent=2), encoding="utf-8")
        os.replace(partial, folder / "index.json")


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
        "sources_sha256": digest.hexdigest(),
    }
