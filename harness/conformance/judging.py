"""Holds what the plugin answered against what CPython computed."""

import re
from pathlib import Path
from typing import Any

import numpy
import torch

import declare


def is_tensors(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, torch.Tensor) for v in value) and value != []


def ulps(a: torch.Tensor, b: torch.Tensor) -> int | str:
    """The greatest distance in units in the last place, or what differs."""
    if a.dtype != b.dtype:
        return f"dtype {b.dtype} instead of {a.dtype}"
    if a.shape != b.shape:
        return f"shape {list(b.shape)} instead of {list(a.shape)}"
    x, y = a.detach().contiguous().numpy(), b.contiguous().numpy()
    if not a.is_floating_point():
        return 0 if (x == y).all() else "other integers"
    same = (x == y) & (numpy.signbit(x) == numpy.signbit(y)) | (numpy.isnan(x) & numpy.isnan(y))
    if same.all():
        return 0
    if (numpy.isnan(x) != numpy.isnan(y)).any():
        return "NaN on one side only"
    bits = {4: numpy.int32, 8: numpy.int64}[x.itemsize]
    def ordered(v):
        i = v.view(bits).astype(object)
        return numpy.where(i >= 0, i, -1 - (i + 2 ** (8 * v.itemsize - 1)))
    distances = abs(ordered(numpy.atleast_1d(x)) - ordered(numpy.atleast_1d(y)))
    return int(distances[~numpy.atleast_1d(same)].max())


def words(message: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", message.lower())


class Tally:
    """What was seen of one command."""

    def __init__(self) -> None:
        self.cases = self.raised = self.same_words = self.exact = self.worst = 0
        self.faults: list[str] = []


def judge(case: declare.Case, want: Any, outcome: dict, tensors: dict, tally: Tally) -> None:
    tally.cases += 1
    if isinstance(want, Exception):
        tally.raised += 1
        if outcome["error"] is None:
            tally.faults.append(f"{case.name}: PyTorch raises '{str(want)[:150]}', we do not")
        else:
            first = str(want).split("\n")[0]
            tally.same_words += words(first)[:60] in words(outcome["error"])
            tally.exact += 1
        return
    if outcome["error"] is not None:
        tally.faults.append(f"{case.name}: we raise {outcome['error'][:300]}")
        return
    if not is_tensors(want) and not (want == [] and case.command in ("unbind", "split", "chunk")):
        exact = outcome["value"] == want
        tally.exact += exact
        if not exact:
            tally.faults.append(f"{case.name}: {outcome['value']} instead of {want}")
        return
    found = [tensors[f"{outcome['name']}.{p}"] for p in range(outcome["count"])]
    if len(found) != len(want):
        tally.faults.append(f"{case.name}: {len(found)} tensors instead of {len(want)}")
        return
    worst = 0
    for a, b in zip(want, found):
        distance = ulps(a, b)
        if isinstance(distance, str):
            tally.faults.append(f"{case.name}: {distance}")
            return
        worst = max(worst, distance)
    tally.exact += worst == 0
    tally.worst = max(tally.worst, worst)


def read_bounds() -> dict[str, tuple[int, str]]:
    bounds = {}
    for line in (Path(__file__).parent / "bounds.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            command, bound, why = line.split("\t")
            bounds[command] = (int(bound), why)
    return bounds
