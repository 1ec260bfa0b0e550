"""Compares 10^8 float32 elements: `parity compare` beside numpy.testing.assert_allclose.

Both read the same two files, mapped into memory and warm, on one core. Ours is timed as a whole
process, its start included, with a heap of 200 MB; numpy's is the call alone. Prints the median of
the ratios. Needs 800 MB of disk below the folder that it is given.

    python/.venv/bin/python harness/benchmark/comparison.py FOLDER [PAIRS]
"""

import os
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


def by_parity(folder: Path) -> float:
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
    by_parity(folder)
    by_numpy(folder)
    ratios = []
    for pair in range(pairs):
        theirs, ours = by_numpy(folder), by_parity(folder)
        ratios.append(theirs / ours)
        print(f"pair {pair + 1}: numpy {theirs:.2f} s, parity {ours:.2f} s, ratio {ratios[-1]:.1f}")
    print(f"median {statistics.median(ratios):.1f} of {pairs} pairs (target 8 or more)")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) == 3 else 5)
