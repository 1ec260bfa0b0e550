"""A port without a numeric library, with the fault that its file's name says; FAULTS.md has the list.

It records zeros for data-blobs. Each fault is a function below: what it does in place of, before or
after that.
"""

import ctypes
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FAULT = Path(__file__).stem
FULL = os.environ.get("FAULTS") == "full"
LONG = 300.25


class Port:
    """What a port does, step by step, for faults to do otherwise."""

    def __init__(self, job):
        self.job = job
        self.instance = job["instances"][0]
        self.folder = Path(self.instance["trace"])
        self.probes = {"data.X": tensor("data.X", "F32", [300, 2]), "data.y": tensor("data.y", "I64", [300])}
        self.index = list(self.probes)
        self.summary = json.dumps(
            {"format": "torch-parity-trace/1", "instance": self.instance["id"], "provenance": {}}
        ).encode()

    def write(self, line):
        with open(self.job["events"], "ab") as events:
            events.write(line)

    def say(self, kind, **fields):
        self.write(json.dumps({"event": kind, "instance": self.instance["id"], **fields}).encode() + b"\n")

    def start(self):
        self.say("started")

    def record(self):
        self.folder.mkdir(parents=True)
        for name, data in self.probes.items():
            (self.folder / f"{name}.safetensors").write_bytes(data)
        lines = [json.dumps({"probe": name}) + "\n" for name in self.index]
        (self.folder / "probes.jsonl").write_text("".join(lines))
        (self.folder / "trace.json").write_bytes(self.summary)

    def finish(self):
        self.say("finished")


SIZES = {"F32": 4, "F64": 8, "I64": 8, "F16": 2}


def tensor(name, dtype, shape, data=None, header=None, length=None):
    count = SIZES[dtype]
    for dim in shape:
        count *= dim
    data = bytes(count) if data is None else data
    if header is None:
        header = {name: {"dtype": dtype, "shape": shape, "data_offsets": [0, len(data)]}}
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return (len(text) if length is None else length).to_bytes(8, "little", signed=True) + text + data


def whole(port):
    port.start()
    port.record()
    port.finish()


def with_x(data):
    """The port whose file of data.X is `data`."""

    def run(port):
        port.probes["data.X"] = data
        whole(port)

    return run


def entry(dtype="F32", shape=(300, 2), offsets=(0, 2400)):
    return {"data.X": {"dtype": dtype, "shape": list(shape), "data_offsets": list(offsets)}}


def after_start(act):
    def run(port):
        port.start()
        act()

    return run


def after_end(act):
    def run(port):
        whole(port)
        act()

    return run


def flood(stream):
    def act():
        line = b"x" * 1023 + b"\n"
        for _ in range(1024 * (1024 if FULL else 24)):
            stream.buffer.write(line)
        print_both()

    return act


def flood_events(port):
    port.start()
    line = json.dumps({"event": "step", "instance": port.instance["id"], "epoch": 1, "epochs": 2, "loss": 0.5})
    lines = (line + "\n").encode() * 8192
    for _ in range(1024 if FULL else 24):
        port.write(lines)
    time.sleep(LONG)


def print_both():
    print(f"out of {FAULT}", flush=True)
    print(f"err of {FAULT}", file=sys.stderr, flush=True)


def hang_printing():
    while True:
        print_both()
        time.sleep(0.01)


def hang_deaf():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    time.sleep(LONG)


def hang_with_children():
    subprocess.Popen(["sleep", str(LONG)])
    subprocess.Popen(["sh", "-c", f"sleep {LONG} & sleep {LONG}"], start_new_session=True)
    time.sleep(LONG)


def daemon(command):
    # Nobody's child at once: its parent, a shell, ends before us.
    subprocess.run(["sh", "-c", f"setsid {command} >/dev/null 2>&1 &"], check=True)


def prolific_daemon():
    # It ends by itself after ten seconds, should nobody end it.
    daemon(f"sh -c 'for n in $(seq 1000); do sleep {LONG} & sleep 0.01; done'")
    time.sleep(0.5)


def events(*lines):
    def run(port):
        port.start()
        for line in lines:
            port.write(line)
        time.sleep(LONG)

    return run


def limited(kind, most, act):
    def run(port):
        resource.setrlimit(kind, (most, most))
        act(port)

    return run


def more_probes(port):
    port.probes["data.Z"] = tensor("data.Z", "F32", [1])
    port.index.append("data.Z")
    whole(port)


def fewer_probes(port):
    port.index.remove("data.y")
    whole(port)


def index_of(*names):
    def run(port):
        port.index = list(names)
        whole(port)

    return run


def summary_of(change):
    def run(port):
        port.summary = change(port.summary)
        whole(port)

    return run


def extended(name):
    """Makes the text of a trace a file of 250 MB, nearly all of it a hole."""

    def run(port):
        port.start()
        port.record()
        with open(port.folder / name, "ab") as text:
            text.truncate(250 << 20)
        port.finish()

    return run


def with_op_log(write):
    """Computes something else, so that op logs are asked for, and `write` leaves one in the folder."""

    def run(port):
        port.probes["data.y"] = tensor("data.y", "I64", [300], data=bytes([1]) + bytes(2399))
        port.start()
        port.record()
        if port.instance.get("log"):
            write(port.folder)
        port.finish()

    return run


def hang_when_logged(folder):
    Path(__file__).with_name("hung").touch()
    time.sleep(LONG)


def pipe_for_op_values(folder):
    empty = {"op": "tensor", "dtype": "float32", "shape": [0], "digest": "x", "at": 0}
    (folder / "ops.jsonl").write_text(json.dumps(empty) + "\n")
    os.mkfifo(folder / "ops.bin")


def second_run_aborts(port):
    port.start()
    if "-again" in sys.argv[2]:
        os.abort()
    port.record()
    port.finish()


def no_summary(port):
    port.start()
    port.record()
    (port.folder / "trace.json").unlink()
    port.finish()


def in_place_of(name, make):
    """`make` puts something else where a file of the trace was."""

    def run(port):
        port.start()
        port.record()
        (port.folder / name).unlink()
        make(port.folder / name)
        port.finish()

    return run


def huge(path):
    with open(path, "wb") as file:
        file.truncate(1 << 40)  # takes no disk: it is a hole


def outside(port):
    target = port.folder.parent / "outside.safetensors"
    whole(port)
    target.write_bytes(port.probes["data.X"])


def big_file(port):
    port.start()
    port.folder.mkdir(parents=True)
    (port.folder / "data.X.safetensors").write_bytes(bytes(1 << 20))


def big_file_default(port):
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    big_file(port)


def full_disk(port):
    """On a real full disk: a small tmpfs of its own; where none may be mounted, /dev/full."""
    mounted = ["unshare", "-m", "sh", "-c", 'mkdir -p "$1" && mount -t tmpfs -o size=16k tmpfs "$1" && head -c 1000000 /dev/zero >"$1/data.X.safetensors"', "sh", str(port.folder)]  # fmt: skip
    port.start()
    try:
        said = subprocess.run(mounted, capture_output=True, text=True).stderr
    except FileNotFoundError:
        said = ""
    if "No space left on device" in said:
        raise SystemExit(said)
    with open("/dev/full", "wb") as file:
        file.write(bytes(1 << 20))


def temporary(port):
    with open(tempfile.mkstemp(prefix=FAULT)[1], "wb") as file:
        file.write(b"left behind")
    whole(port)


def random_values(port):
    values = bytes(b for _ in range(600) for b in (random.randrange(256), 0, 0, 0))
    with_x(tensor("data.X", "F32", [300, 2], data=values))(port)


def hang_once(port):
    hung = Path(__file__).with_name("hung")
    if hung.exists():
        return whole(port)
    port.start()
    hung.touch()
    time.sleep(LONG)


def deletes_its_folder(port):
    whole(port)
    shutil.rmtree(port.folder.parent)


def fails(message):
    def run(port):
        port.start()
        port.say("failed", message=message)

    return run


def several(*kinds):
    def run(port):
        whole(port)
        for kind in kinds:
            port.say(kind)

    return run


def die(number):
    return lambda: os.kill(os.getpid(), number)


# What is large is made when it is asked for: every port, also an honest one, goes through this table.
NAN = b"\x00\x00\xc0\x7f" + bytes(2396)
FAULTS = {
    "honest": whole,
    "steady": whole,
    "exits_1": lambda port: sys.exit(1),
    "exits_3_in_instance": after_start(lambda: sys.exit(3)),
    "exits_7_after_end": after_end(lambda: sys.exit(7)),
    "silent": lambda port: None,
    "silent_in_instance": after_start(lambda: None),
    "killed": after_start(die(signal.SIGKILL)),
    "terminated": after_start(die(signal.SIGTERM)),
    "illegal_instruction": after_start(die(signal.SIGILL)),
    "segfault": after_start(lambda: ctypes.string_at(0)),
    "aborts": after_start(os.abort),
    "crashes_after_end": after_end(os.abort),
    "hangs": after_start(lambda: time.sleep(LONG)),
    "hangs_before": lambda port: time.sleep(LONG),
    "hangs_after_end": after_end(lambda: time.sleep(LONG)),
    "hangs_printing": after_start(hang_printing),
    "hangs_deaf": after_start(hang_deaf),
    "hangs_with_children": after_start(hang_with_children),
    "stops_itself": after_start(die(signal.SIGSTOP)),
    "floods_stdout": after_end(flood(sys.stdout)),
    "floods_stderr": after_end(flood(sys.stderr)),
    "floods_and_crashes": after_start(lambda: (flood(sys.stdout)(), os.abort())),
    "floods_events": flood_events,
    "bytes_in_log": after_start(lambda: (sys.stdout.buffer.write(b"\nlast \xff\xfe\x1b[31m words\n"), sys.stdout.flush(), sys.exit(2))),
    "bytes_in_events": events(b"\xff\xfe\n"),
    "no_json_in_events": events(b"this is not JSON\n"),
    "half_an_event": lambda port: port.write(b'{"event": "star'),
    "endless_event": lambda port: events(b"x" * (2 << 20))(port),
    "unknown_event": events(b'{"event": "danced", "instance": "x"}\n'),
    "event_of_another": events(b'{"event": "finished", "instance": "../../other"}\n'),
    "finishes_twice": several("finished"),
    "fails_after_end": several("failed"),
    "reports_failure": fails("lr is missing"),
    "steers_terminals": fails("red \x1b[31m\x1b]0;title\x07 words"),
    "not_run": lambda port: port.say("not_run", message="no scenario 'data-blobs'"),
    "truncated": with_x(tensor("data.X", "F32", [300, 2])[:-1]),
    "empty_file": with_x(b""),
    "oversized": with_x(tensor("data.X", "F32", [300, 2]) + b"more"),
    "overflowing_length": with_x(tensor("data.X", "F32", [300, 2], length=(1 << 63) - 1)),
    "negative_length": with_x(tensor("data.X", "F32", [300, 2], length=-8)),
    "header_no_json": with_x(tensor("data.X", "F32", [300, 2], header=b"no JSON here")),
    "header_of_brackets": with_x(tensor("data.X", "F32", [300, 2], header=b"[" * 100_000)),
    "lying_offsets": with_x(tensor("data.X", "F32", [300, 2], header=entry(offsets=(8, 2400)))),
    "offsets_backwards": with_x(tensor("data.X", "F32", [300, 2], header=entry(offsets=(2400, 0)))),
    "negative_shape": with_x(tensor("data.X", "F32", [300, 2], header=entry(shape=(-300, -2)))),
    "overflowing_shape": with_x(tensor("data.X", "F32", [300, 2], header=entry(shape=(1 << 62, 4)))),
    "lying_dtype": with_x(tensor("data.X", "F32", [300, 2], header=entry(dtype="F64"))),
    "unknown_dtype": with_x(tensor("data.X", "F16", [300, 2])),
    "another_name_within": with_x(tensor("data.Q", "F32", [300, 2])),
    "huge_tensor": in_place_of("data.X.safetensors", huge),
    "pipe_for_tensor": in_place_of("data.X.safetensors", os.mkfifo),
    "link_for_tensor": in_place_of("data.X.safetensors", lambda p: p.symlink_to("/etc/passwd")),
    "device_for_index": in_place_of("probes.jsonl", lambda p: p.symlink_to("/dev/zero")),
    "folder_for_tensor": in_place_of("data.X.safetensors", os.mkdir),
    "missing_file": in_place_of("data.X.safetensors", lambda p: None),
    "probe_twice": index_of("data.X", "data.X", "data.y"),
    "name_leaves_folder": index_of("../../honest/job", "data.y"),
    "endless_name": lambda port: index_of("x" * 15_000_000, "data.y")(port),
    "leaves_out_a_probe": fewer_probes,
    "one_more_probe": more_probes,
    "not_a_number": with_x(tensor("data.X", "F32", [300, 2], data=NAN)),
    "another_value": with_x(tensor("data.X", "F32", [300, 2], data=bytes(2396) + b"\x00\x00\x80\x3f")),
    "another_dtype": with_x(tensor("data.X", "F64", [300, 2])),
    "another_shape": with_x(tensor("data.X", "F32", [2, 300])),
    "no_summary": no_summary,
    "bytes_in_summary": summary_of(lambda text: b"\xff" + text),
    "half_a_summary": summary_of(lambda text: text[:20]),
    "summary_of_another": summary_of(lambda text: text.replace(b"data-blobs", b"another")),
    "null_in_summary": summary_of(lambda text: text.replace(b"{}", b'{"torch": null}')),
    "huge_summary": extended("trace.json"),
    "huge_index": extended("probes.jsonl"),
    "second_run_aborts": second_run_aborts,
    "broken_op_log": with_op_log(lambda folder: (folder / "ops.jsonl").write_text("no json\n")),
    "pipe_for_op_values": with_op_log(pipe_for_op_values),
    "hangs_when_logged": with_op_log(hang_when_logged),
    "leaves_children": after_end(lambda: subprocess.Popen(["sleep", str(LONG)])),
    "leaves_a_daemon": after_end(lambda: daemon(f"sleep {LONG}")),
    "leaves_a_prolific_daemon": after_end(prolific_daemon),
    "leaves_a_temporary_file": temporary,
    "deletes_its_folder": deletes_its_folder,
    "takes_all_memory": limited(resource.RLIMIT_AS, 1 << (32 if FULL else 28), after_start(lambda: bytearray(1 << (33 if FULL else 29)))),
    "file_size_limit": limited(resource.RLIMIT_FSIZE, 1 << 16, big_file),
    "file_size_signal": limited(resource.RLIMIT_FSIZE, 1 << 16, big_file_default),
    "disk_full": full_disk,
    "unsteady": random_values,
    "hangs_once": hang_once,
}


def main():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print_both()
    FAULTS[FAULT](Port(json.loads(Path(sys.argv[2]).read_text())))


main()
