"""A port that doubles a number each epoch, without torch, and makes the mistake that it is told.

factor@N   triples from epoch N on          keeps      triples from the second instance on
fails@N    ends at epoch N                  unlogged   leaves no op log
stops@N    goes no further than epoch N     garbled    leaves an op log that is none
"""

import hashlib
import json
import struct
import sys
from pathlib import Path


class Log:
    """An op log, within the window that was asked for."""

    def __init__(self, folder: Path, window: dict | None) -> None:
        self.folder = folder
        self.window = window
        self.lines: list[str] = []
        self.values = b""

    def append(self, op: str, value: float | None, line: int, **rest: object) -> int:
        record = {"op": op, "file": "counting.py", "line": line, **rest}
        if value is not None:
            data = struct.pack("<f", value)
            record |= {"dtype": "float32", "shape": [], "at": len(self.values)}
            record["digest"] = hashlib.sha256(data).hexdigest()[:32]
            self.values += data
        self.lines.append(json.dumps(record))
        return len(self.lines) - 1

    def has(self, epoch: int) -> bool:
        return self.window is not None and self.window["from"] <= epoch <= self.window["to"]

    def write(self, mistake: str) -> None:
        if self.window is not None and mistake != "unlogged":
            text = "{" if mistake == "garbled" else "\n".join(self.lines)
            (self.folder / "ops.jsonl").write_text(text + "\n")
            (self.folder / "ops.bin").write_bytes(self.values)


def record(folder: Path, probe: str, values: list[float], shape: list[int]) -> None:
    """A probe's file, and its line."""
    data = struct.pack(f"<{len(values)}f", *values)
    entry = {"dtype": "F32", "shape": shape, "data_offsets": [0, len(data)]}
    header = json.dumps({probe: entry}).encode()
    header += b" " * (-len(header) % 8)
    path = folder / f"{probe}.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header + data)
    with (folder / "probes.jsonl").open("a") as index:
        index.write(json.dumps({"probe": probe}) + "\n")


def factor(mistake: str, epoch: int, second: bool) -> int:
    kind, _, at = mistake.partition("@")
    return 3 if (kind == "keeps" and second) or (kind == "factor" and epoch >= int(at)) else 2


def run(instance: dict, mistake: str, second: bool) -> None:
    """One instance: x is doubled in each epoch, and is the loss, too."""
    folder = Path(instance["trace"])
    folder.mkdir(parents=True)
    log = Log(folder, instance.get("log"))
    x, losses, last = 1.0, [], None
    try:
        for epoch in range(instance["parameters"].get("epochs", 1)):
            if log.has(epoch) and last is None:
                last = log.append("given", x, 1)
            if mistake == f"fails@{epoch}":
                raise ValueError("no more")
            if mistake == f"stops@{epoch}":
                break
            by = factor(mistake, epoch, second)
            x *= by
            losses.append(x)
            if last is not None:
                last = log.append("mul", x, 2, inputs=[last, {"number": float(by)}])
        if last is not None:
            log.append("probe", None, 3, inputs=[last], attributes={"name": "x"})
    finally:
        log.write(mistake)
    record(folder, "loss", losses, [len(losses)])
    record(folder, "x", [x], [])
    trace = {"format": "torch-parity-trace/1", "instance": instance["id"], "provenance": {}}
    (folder / "trace.json").write_text(json.dumps(trace))


def main() -> None:
    mistake = sys.argv[1]
    job = json.loads(Path(sys.argv[3]).read_text())
    for number, instance in enumerate(job["instances"]):
        events = [{"event": "started"}]
        try:
            run(instance, mistake, number > 0)
            events.append({"event": "finished"})
        except ValueError as error:
            events.append({"event": "failed", "message": str(error)})
        with open(job["events"], "a") as out:
            for event in events:
                out.write(json.dumps(event | {"instance": instance["id"]}) + "\n")


main()
