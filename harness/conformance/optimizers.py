"""Trains with nu/optim.nu in the real nu and with torch.optim in CPython, and compares every step.

SGD must agree bit by bit. Adam takes a square root, which CPython's vendor math rounds otherwise: to
first order, n steps may differ by n (lr * 3.17 * eps + eps / 2 * max |w|), where 3.17 is the greatest
|mean / sqrt(square)| that beta1 = 0.9 and beta2 = 0.999 admit, and eps the dtype's.

Usage: python/.venv/bin/python harness/conformance/optimizers.py
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from conformance import ROOT, nu_program

STEPS = 20
DTYPES = {"float32": torch.float32, "float64": torch.float64}
KINDS = {
    "sgd": ("sgd [$w] --lr 0.1", lambda w: torch.optim.SGD([w], lr=0.1)),
    "dampened": ("sgd [$w] --lr 0.1 --momentum 0.9 --dampening 0.1",
                 lambda w: torch.optim.SGD([w], lr=0.1, momentum=0.9, dampening=0.1)),
    "nesterov": ("sgd [$w] --lr 0.1 --momentum 0.9 --nesterov",
                 lambda w: torch.optim.SGD([w], lr=0.1, momentum=0.9, nesterov=True)),
    "decay": ("sgd [$w] --lr 0.1 --momentum 0.9 --weight_decay 0.01",
              lambda w: torch.optim.SGD([w], lr=0.1, momentum=0.9, weight_decay=0.01)),
    "adam": ("adam [$w] --lr 0.05", lambda w: torch.optim.Adam([w], lr=0.05)),
    "adam-decay": ("adam [$w] --lr 0.05 --weight_decay 0.01",
                   lambda w: torch.optim.Adam([w], lr=0.05, weight_decay=0.01)),
}


def nushell() -> str:
    lines = [f"use {ROOT}/nu/optim.nu", "let start = torch load start.safetensors"]
    for name, (call, _) in KINDS.items():
        for dtype in DTYPES:
            lines.append(f"""
do {{
  let x = $start.x_{dtype}
  let w = $start.w_{dtype} | torch clone | torch requires_grad_
  mut opt = optim {call}
  mut steps = []
  for step in 1..{STEPS} {{
    torch tidy {{
      let d = torch sub $w $x
      torch mul $d $d | torch mul $x | torch sum | torch backward | ignore
    }}
    $opt = $opt | optim step | optim zero_grad
    $steps = $steps | append ($w | torch detach | torch clone)
  }}
  {{w: ($steps | torch stack)}} | torch save {name}-{dtype}.safetensors
}}""")
    return "\n".join(lines)


def python(kind: str, w: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    w = w.clone().requires_grad_()
    optimizer, steps = KINDS[kind][1](w), []
    for _ in range(STEPS):
        optimizer.zero_grad()
        ((w - x) * (w - x) * x).sum().backward()
        optimizer.step()
        steps.append(w.detach().clone())
    return torch.stack(steps)


def main() -> None:
    torch.manual_seed(3)
    start = {}
    for name, dtype in DTYPES.items():
        start[f"w_{name}"] = torch.randn(5, 4, dtype=dtype)
        start[f"x_{name}"] = torch.rand(5, 4, dtype=dtype)
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        save_file(start, Path(folder) / "start.safetensors")
        (Path(folder) / "script.nu").write_text(nushell())
        command = [nu_program(), "-n", "--plugins", str(ROOT / "engine/nu_plugin_torch"), "script.nu"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            sys.exit("nu failed:\n" + done.stdout + done.stderr)
        for kind in KINDS:
            for name, dtype in DTYPES.items():
                actual = load_file(Path(folder) / f"{kind}-{name}.safetensors")["w"]
                faults += compare(kind, dtype, python(kind, start[f"w_{name}"], start[f"x_{name}"]), actual)
    if faults:
        sys.exit("\n".join(faults))


def compare(kind: str, dtype: torch.dtype, expected: torch.Tensor, actual: torch.Tensor) -> list[str]:
    eps = torch.finfo(dtype).eps
    steps = torch.arange(1, STEPS + 1).reshape(-1, 1, 1)
    allowed = steps * (0.05 * 3.17 * eps + eps / 2 * expected.abs().max()) if "adam" in kind else 0 * steps
    difference = (actual - expected).abs()
    print(f"{kind} {str(dtype)[6:]}: greatest difference {difference.max():.3g}, allowed {allowed.max():.3g}")
    return [] if (difference <= allowed).all() else [f"{kind} {dtype} differs from torch.optim"]


if __name__ == "__main__":
    main()
