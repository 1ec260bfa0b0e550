"""Times nu_plugin_torch beside the smallest possible plugin, a C program with a fixed reply, in one run.

Prints the time of a call, of 100,000 floats in and out, of a start with one tensor command beside
`python -c "import torch; ..."`, and with --memory the resident memory over 100,000 iterations in tidy.
Needs a C compiler.

Usage: python/.venv/bin/python engine/benchmark/plugin.py [--pairs N] [--memory]
"""

import argparse
import re
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NU = str(next((ROOT / "nu/node_modules/@nushell").glob("*/bin/nu")))
PYTHON = str(ROOT / "python/.venv/bin/python")
TORCH = str(ROOT / "engine/nu_plugin_torch")

LOOP = """
def median_us [count: int, code: closure]: nothing -> float {
  let rounds = 1..9 | each {
    let start = date now
    for i in 1..$count { do $code | ignore }
    ((date now) - $start | into int) / 1000 / $count
  }
  $rounds | math median
}
"""
SPEED = LOOP + """
let x = torch tensor [1.0]
let numbers = 1..100000 | each {|i| $i + 0.5 }
let big = $numbers | torch tensor
median_us 3000 { torch add $x $x } | ignore # warm
for pair in 1..PAIRS {
  let plain = median_us 500 { 1 }
  print (
    [
      ((median_us 500 { torch shape $x }) - $plain) ((median_us 500 { least }) - $plain)
      ((median_us 2 { $numbers | torch tensor })) ((median_us 2 { $numbers | least }))
      ((median_us 2 { torch value $big })) ((median_us 2 { least list }))
    ] | str join " "
  )
}
"""
MEMORY = """
let pid = ps | where name =~ java | where ppid == $nu.pid | get pid.0?
let w = torch randn 20 2 --requires_grad true
let x = torch randn 100 2
for block in 1..20 {
  for i in 1..5000 {
    torch tidy { torch mm $x ($w | torch t) | torch square | torch mean | torch backward | ignore }
    torch zero_grad $w | ignore
  }
  print $"($block * 5000) (ps | where name =~ java | where ppid == $nu.pid | get mem.0 | into int) (torch memory | get tensors)"
}
"""


def nu(script: str, plugins: list[str], folder: Path, **options) -> str:
    (folder / "script.nu").write_text(script)
    listed = "[" + " ".join(plugins) + "]"
    return subprocess.run([NU, "-n", "--plugins", listed, str(folder / "script.nu")], check=True, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **options).stdout


def start_up(pairs: int, folder: Path) -> None:
    ratios = []
    for _ in range(pairs):
        begun = time.perf_counter()
        nu("torch add (torch tensor 1.0) (torch tensor 2.0) | torch value", [TORCH], folder)
        middle = time.perf_counter()
        code = "import torch; torch.add(torch.tensor(1.0), torch.tensor(2.0)).item()"
        subprocess.run([PYTHON, "-c", code], check=True)
        ended = time.perf_counter()
        ratios.append((middle - begun) / (ended - middle))
        print(f"start: nu {middle - begun:.2f} s, python {ended - middle:.2f} s, ratio {ratios[-1]:.2f}")
    print(f"start, nu / python: median {statistics.median(ratios):.2f}")


def speed(pairs: int, folder: Path) -> None:
    least = folder / "nu_plugin_least"
    subprocess.run(["cc", "-O2", "-o", str(least), str(Path(__file__).parent / "nu_plugin_least.c")], check=True)
    printed = nu(SPEED.replace("PAIRS", str(pairs)), [TORCH, str(least)], folder)
    rows = [[float(v) for v in line.split()] for line in printed.splitlines()
            if re.fullmatch(r"[-0-9.e ]+", line)]
    for name, column in (("call", 0), ("100,000 floats in", 2), ("100,000 floats out", 4)):
        ours, theirs = (statistics.median(r[column + i] for r in rows) for i in (0, 1))
        ratio = statistics.median(r[column] / r[column + 1] for r in rows)
        print(f"{name}: ours {ours:.1f} us, least {theirs:.1f} us, median ratio {ratio:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--memory", action="store_true")
    options = parser.parse_args()
    if options.pairs < 1:
        parser.error("--pairs: at least 1")
    subprocess.run([ROOT / "parity", "set-up"], check=True)  # a class-data archive ends with its jar
    with tempfile.TemporaryDirectory() as name:
        if options.memory:
            print(nu(MEMORY, [TORCH], Path(name)))
        else:
            speed(options.pairs, Path(name))
            start_up(options.pairs, Path(name))


if __name__ == "__main__":
    main()
