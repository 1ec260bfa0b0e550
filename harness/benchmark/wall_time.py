"""Wall time of `./parity run`, warm and of full size, beside the bare processes of its ports.

One run is made first, so that allowances are cached; its job files are what the bare processes get.
Then runs and bare processes take turns, and the figure is the median of the ratios of neighbours. The
bare processes are those of one shell script: each port's own, all started together, nothing followed,
read or compared (`three`); and the same with the second process that a run starts for each port, for
single steps from the reference's states (`six`: a port's two follow one another).

Usage: python3 harness/benchmark/wall_time.py [--pairs N]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NU = next((ROOT / "nu/node_modules/@nushell").glob("*/bin/nu"), Path("nu"))
COMMANDS = {
    "python": f"{ROOT}/python/.venv/bin/python {ROOT}/python/port.py",
    "nu": f"{NU} -n --plugins {ROOT}/engine/nu_plugin_torch {ROOT}/nu/port.nu",
    "jvm": f"{ROOT}/engine/jvm_port",
}
ENVIRONMENT = {
    **os.environ,
    **{f"{pool}_NUM_THREADS": "1" for pool in ("OMP", "MKL", "OPENBLAS")},
}


def run(out: Path) -> float:
    """Seconds of one run, which must end in parity."""
    start = time.perf_counter()
    ended = subprocess.run(
        [ROOT / "parity", "run", "--out", out], capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - start
    if ended.returncode != 0:
        sys.exit(ended.stdout + ended.stderr)
    return seconds


def script(made: Path, folder: Path, passes: list[str]) -> str:
    """Starts the processes of the run in `made` together, with traces and events below `folder`."""
    lines = []
    for port, command in COMMANDS.items():
        steps = []
        for part in passes:
            there, here = made / part / port, folder / part / port
            here.mkdir(parents=True)
            job = json.loads((there / "job.json").read_text(encoding="utf-8"))
            job["events"] = str(here / "events.jsonl")
            for instance in job["instances"]:
                instance["trace"] = str(here / instance["id"])
            (here / "job.json").write_text(json.dumps(job), encoding="utf-8")
            steps.append(f"{command} --job {here}/job.json >{here}/log.txt 2>&1")
        lines.append(f"({' && '.join(steps)}) & jobs=\"$jobs $!\"")
    return "\n".join([*lines, "for job in $jobs; do wait $job || exit 1; done"])


def bare(made: Path, folder: Path, passes: list[str]) -> float:
    """Seconds of the script; all of its processes must succeed."""
    text = script(made, folder, passes)
    start = time.perf_counter()
    subprocess.run(["sh", "-c", text], env=ENVIRONMENT, check=True)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=5)
    pairs = parser.parse_args().pairs
    if pairs < 1:
        parser.error("--pairs: at least 1")
    three, six = [], []
    with tempfile.TemporaryDirectory(dir=ROOT / "reports") as name:
        folder = Path(name)
        made = folder / "first"
        run(made)
        for pair in range(1, pairs + 1):
            whole = run(folder / f"run-{pair}")
            alone = bare(made, folder / f"three-{pair}", ["."])
            both = bare(made, folder / f"six-{pair}", [".", "derived"])
            three.append(whole / alone)
            six.append(whole / both)
            print(
                f"pair {pair}: run {whole:.1f} s, three {alone:.1f} s, six {both:.1f} s,"
                f" ratios {three[-1]:.3f} and {six[-1]:.3f}",
                flush=True,
            )
    print(
        f"run / bare, median of {pairs}: {statistics.median(three):.3f} of the three"
        f" (target at most 1.15), {statistics.median(six):.3f} of the six"
    )


if __name__ == "__main__":
    main()
