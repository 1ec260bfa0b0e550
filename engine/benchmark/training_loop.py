"""Times the JVM port's training loop against CPython's: same ops, one thread each.

The two programs run in turn, each first in every other pair, so that a slow moment of the machine
hits both; the figure is the median of the ratios of neighbours. With --memory the JVM port trains
alone for 100,000 epochs while its resident memory is shown.

Usage: python/.venv/bin/python engine/benchmark/training_loop.py [--pairs N] [--epochs N] [--memory]
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = {
    "python": [str(ROOT / "python/.venv/bin/python"), str(ROOT / "python/port.py")],
    "jvm": [str(ROOT / "engine/jvm_port")],
}
ENVIRONMENT = {
    **os.environ,
    **{f"{pool}_NUM_THREADS": "1" for pool in ("OMP", "MKL", "OPENBLAS")},
}


def seconds(program: str, epochs: int) -> float:
    """The loop's own time, as the program prints it: neither start nor plots are in it."""
    command = [*PROGRAMS[program], "--epochs", str(epochs)]
    done = subprocess.run(command, env=ENVIRONMENT, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{program} failed:\n{done.stdout}{done.stderr}")
    return float(re.search(r"epochs in ([0-9.]+) s", done.stdout).group(1))


def compare(pairs: int, epochs: int) -> None:
    ratios = []
    for pair in range(pairs):
        order = list(PROGRAMS) if pair % 2 == 0 else list(PROGRAMS)[::-1]
        took = {program: seconds(program, epochs) for program in order}
        ratios.append(took["jvm"] / took["python"])
        print(f"pair {pair + 1:2d}: python {took['python']:.3f} s, jvm {took['jvm']:.3f} s,"
              f" ratio {ratios[-1]:.3f}")
    print(f"jvm / python: median {statistics.median(ratios):.3f} of {pairs}")


def memory(epochs: int) -> None:
    process = subprocess.Popen([*PROGRAMS["jvm"], "--epochs", str(epochs)], env=ENVIRONMENT, text=True,
                               stdout=subprocess.PIPE)
    for line in process.stdout:
        if re.match(r"epoch +[0-9]+0000/", line):
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
            resident = int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) // 1024
            print(f"{line.split()[1]}: {resident} MiB")
    if process.wait() != 0:
        sys.exit(f"the JVM port ended with code {process.returncode}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=61)
    parser.add_argument("--epochs", type=int, default=3000)
    parser.add_argument("--memory", action="store_true")
    arguments = parser.parse_args()
    if min(arguments.pairs, arguments.epochs) < 1:
        parser.error("--pairs and --epochs: at least 1")
    subprocess.run([ROOT / "parity", "set-up"], check=True)  # a class-data archive ends with its jar
    if arguments.memory:
        memory(100_000)
    else:
        compare(arguments.pairs, arguments.epochs)


if __name__ == "__main__":
    main()
