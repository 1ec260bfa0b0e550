"""Compares 10^8 float32 elements: our pass beside numpy.testing.assert_allclose.

Both read the same two files, mapped into memory and cached, on one core. Call beside call, in two
processes that have warmed up, ours with a heap of 200 MB; then `parity compare` once as a process of
its own, with its start and its compiler. Prints the medians of the ratios. Needs 800 MB of disk
below the folder that it is given.

Usage: python/.venv/bin/python harness/benchmark/comparison.py FOLDER [--pairs N]
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

ROOT = Path(__file__).resolve().parents[2]
ELEMENTS = 100_000_000
RTOL, ATOL = 1e-5, 1e-6
WARM = 3


def write(folder: Path) -> None:
    """Two files whose elements differ by at most one unit in the last place."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(1)
    expected = random.standard_normal(ELEMENTS, dtype=np.float32)
    up = random.random(ELEMENTS, dtype=np.float32) < 0.5
    actual = np.where(up, np.nextafter(expected, np.float32(np.inf)), expected)
    save_file({"x": expected}, folder / "expected.safetensors")
    save_file({"x": actual}, folder / "actual.safetensors")


def mapped(file: Path) -> np.ndarray:
    """The file's one tensor, mapped."""
    header = int.from_bytes(file.open("rb").read(8), "little")
    return np.memmap(file, dtype="<f4", mode="r", offset=8 + header, shape=(ELEMENTS,))


def by_numpy(folder: Path) -> float:
    """Seconds of one assertion."""
    expected = mapped(folder / "expected.safetensors")
    actual = mapped(folder / "actual.safetensors")
    start = time.perf_counter()
    np.testing.assert_allclose(actual, expected, rtol=RTOL, atol=ATOL)
    return time.perf_counter() - start


class Pass:
    """A Java process that answers each line with the seconds of one comparison."""

    def __init__(self, folder: Path) -> None:
        jars = f"{ROOT}/harness/target/harness.jar:{ROOT}/harness/target/lib/*"
        program = ROOT / "harness/benchmark/ComparisonSeconds.java"
        self.process = subprocess.Popen(
            ["java", "-Xmx200m", "-XX:+UseSerialGC", "-cp", jars, str(program), str(folder), str(RTOL), str(ATOL)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def seconds(self) -> float:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def by_command(folder: Path) -> float:
    """Seconds of one process; it must find a match."""
    files = [str(folder / f"{name}.safetensors") for name in ("expected", "actual")]
    command = [str(ROOT / "parity"), "compare", *files, "--rtol", str(RTOL), "--atol", str(ATOL)]
    environment = {**os.environ, "JAVA_TOOL_OPTIONS": "-Xmx200m"}
    start = time.perf_counter()
    ended = subprocess.run(command, env=environment, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if ended.returncode != 0:
        sys.exit(ended.stdout + ended.stderr)
    return seconds


def main(folder: Path, pairs: int) -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    write(folder)
    by_command(folder)  # builds what is missing
    ours = Pass(folder)
    for _ in range(WARM):
        by_numpy(folder)
        ours.seconds()
    calls, commands = [], []
    for pair in range(pairs):
        theirs, call, command = by_numpy(folder), ours.seconds(), by_command(folder)
        calls.append(theirs / call)
        commands.append(theirs / command)
        print(f"pair {pair + 1}: numpy {theirs:.2f} s, pass {call:.3f} s, ratio {calls[-1]:.1f}; "
              f"command {command:.2f} s, ratio {commands[-1]:.1f}")
    ours.end()
    print(f"call beside call: median {statistics.median(calls):.1f} of {pairs} pairs (target 8 or more); "
          f"the whole command: {statistics.median(commands):.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=int, default=5)
    arguments = parser.parse_args()
    if arguments.pairs < 1:
        parser.error("--pairs: at least 1")
    if shutil.which("java") is None:
        sys.exit("'java' is not on the PATH")
    main(arguments.folder, arguments.pairs)
