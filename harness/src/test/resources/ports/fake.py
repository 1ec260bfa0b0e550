"""A port without a numeric library: zeros for data-blobs, then trouble as the file's name says."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

TROUBLE = Path(__file__).stem


def safetensors(name, dtype, shape, data):
    entry = {"dtype": dtype, "shape": shape, "data_offsets": [0, len(data)]}
    header = json.dumps({name: entry}).encode()
    return len(header).to_bytes(8, "little") + header + data


def say(job, line):
    with open(job["events"], "ab") as events:
        events.write(line + b"\n")


def event(job, kind, instance, **fields):
    say(job, json.dumps({"event": kind, "instance": instance["id"], **fields}).encode())


def trace(instance):
    folder = Path(instance["trace"])
    folder.mkdir(parents=True)
    size = {"float32": ("F32", 4), "float64": ("F64", 8)}[instance["dtype"]]
    x = safetensors("data.X", size[0], [300, 2], bytes(600 * size[1]))
    y = safetensors("data.y", "I64", [300], bytes(300 * 8))
    for name, data in {"data.X": x, "data.y": y}.items():
        (folder / f"{name}.safetensors").write_bytes(data)
        with open(folder / "probes.jsonl", "a") as index:
            index.write(json.dumps({"probe": name}) + "\n")
    named = "another" if TROUBLE == "wrong_instance" else instance["id"]
    summary = {"format": "torch-parity-trace/1", "instance": named, "provenance": {}}
    text = json.dumps(summary).encode()
    (folder / "trace.json").write_bytes(b"\xff" + text if TROUBLE == "bytes_in_trace" else text)


def main():
    job = json.loads(Path(sys.argv[2]).read_text())
    for instance in job["instances"]:
        if TROUBLE == "knows_nothing":
            event(job, "not_run", instance, message="no scenario")
            continue
        event(job, "started", instance)
        if TROUBLE == "bytes_in_log":
            sys.stdout.buffer.write(b"x" * 100_000 + b"\nlast \xff\xfe words\n")
            sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGSEGV)
        if TROUBLE == "bytes_in_events":
            say(job, b"\xff\xfe")
            time.sleep(300)
        trace(instance)
        event(job, "finished", instance)
    if TROUBLE == "exits_7":
        sys.exit(7)
    if TROUBLE == "hangs":
        time.sleep(300)
    if TROUBLE == "orphans":
        # Nobody's child at once: its parent, a shell, ends before us.
        subprocess.run(["sh", "-c", "setsid sleep 300.25 &"], check=True)
    if TROUBLE == "late_orphan":
        subprocess.Popen(["sleep", "300.25"], start_new_session=True)


main()
