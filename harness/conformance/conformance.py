"""Computes every command of nu_plugin_torch through the real nu and in CPython, and compares them.

Nothing is stored: inputs are drawn, both sides compute, and results are compared bit by bit. A command
may differ by the ULPs that bounds.tsv lists for it, with the reason.

Usage: python/.venv/bin/python harness/conformance/conformance.py [--write] [--slice N] [--verbose]
  --write    writes the table to nu/CONFORMANCE.md
  --slice N  runs every Nth case only
"""

import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

import declare
import table
from judging import Tally, judge, read_bounds

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "nu" / "CONFORMANCE.md"
CHUNK = 500  # cases of one nu process: parsing one long script takes more than its share
# Commands that have no counterpart in PyTorch; harness/src/test/resources/plugin.nu tests them.
OWN = ["devices", "free", "load", "manual_seed", "memory", "oplog start", "oplog stop", "save",
       "set_default_dtype", "set_products", "tensors", "tidy", "version"]

PRELUDE = """
let i = torch load inputs.safetensors
def parts [result]: nothing -> list<string> {
  match ($result | describe -d | get type) {
    "string" => [$result], "record" => [$result.values $result.indices], "list" => $result, _ => []
  }
}
def outcome [name: string, tensors: bool, code: closure]: nothing -> record {
  try {
    let result = do $code
    if $tensors { {name: $name ids: (parts $result)} } else { {name: $name value: $result} }
  } catch {|e| {name: $name error: $"($e.msg): ($e.rendered | lines | skip 3 | str join ' ')"} }
}
def weighed [out: string]: nothing -> nothing {
  let weights = torch ones_like $out | torch flatten | torch cumsum --dim 0
  torch mul $out ($weights | torch reshape ($out | torch shape)) | torch sum | torch backward | ignore
}
def finish [outcomes: list<any>, chunk: int]: nothing -> nothing {
  let ids = $outcomes | where ids? != null | each {|o|
    $o.ids | enumerate | each {|p| {name: $"($o.name).($p.index)" id: $p.item} }
  } | flatten
  if ($ids | is-not-empty) {
    $ids | transpose --ignore-titles --header-row --as-record | torch save $"actual($chunk).safetensors"
  }
  $outcomes | each {|o|
    {name: $o.name count: ($o.ids? | default [] | length) value: $o.value? error: $o.error?}
  } | to json | save --force $"outcomes($chunk).json"
}
"""


def nu_program() -> str:
    return str(next((ROOT / "nu/node_modules/@nushell").glob("*/bin/nu")))


def tensors_of(name: str, made: dict[str, torch.Tensor]) -> torch.Tensor:
    base, *views = declare.view(name)
    return declare.VIEWS[views[0]][0](made[base]) if views else made[base]


def expected(case: declare.Case, made: dict[str, torch.Tensor]) -> Any:
    """A list of tensors, a plain value, or the exception."""
    try:
        given = [tensors_of(name, made) for name in case.inputs]
        if not case.gradient:
            return listed(case.python(*given))
        leaves = [g.clone().requires_grad_() if g.is_floating_point() else g for g in given]
        out = listed(case.python(*leaves))[0]
        weights = torch.ones_like(out).flatten().cumsum(0).reshape(out.shape)
        (out * weights).sum().backward()
        grads = [leaf.grad for leaf in leaves if leaf.requires_grad]
        if any(g is None for g in grads):
            raise RuntimeError("no gradient")
        return grads
    except Exception as e:  # what PyTorch raises is part of what is compared
        return e


def listed(result: Any) -> Any:
    if isinstance(result, torch.Tensor):
        return [result]
    if isinstance(result, (list, tuple)) and (not result or isinstance(result[0], torch.Tensor)) and type(result) is not list:
        return list(result)
    if isinstance(result, list) and result and isinstance(result[0], torch.Tensor):
        return result
    return result


def nu_code(case: declare.Case) -> str:
    if not case.gradient:
        return case.nu
    code, lines, leaves = case.nu, [], []
    for index, name in enumerate(dict.fromkeys(case.inputs)):
        if name.split("_")[-1].split("|")[0] in declare.FLOATS and declare.ref(name) in code:
            lines.append(f"let g{index} = {declare.ref(name)} | torch clone | torch requires_grad_")
            code = code.replace(declare.ref(name), f"$g{index}")
            leaves.append(f"($g{index} | torch grad)")
    lines += [f"let out = parts ({code}) | first", "weighed $out", "[" + " ".join(leaves) + "]"]
    return "; ".join(lines)


def run_nu(cases: list[declare.Case], wanted: list[Any], folder: Path) -> tuple[dict, dict[str, torch.Tensor]]:
    outcomes, tensors = {}, {}
    for chunk in range(0, len(cases), CHUNK):
        rows = []
        for number in range(chunk, min(chunk + CHUNK, len(cases))):
            value = not isinstance(wanted[number], (Exception, list))
            plain = value or cases[number].command in ("shape", "value")
            rows.append(f"(outcome c{number} {'false' if plain else 'true'} {{ {nu_code(cases[number])} }})")
        (folder / "script.nu").write_text(PRELUDE + "finish [\n" + "\n".join(rows) + f"\n] {chunk}\n")
        command = [nu_program(), "-n", "--plugins", str(ROOT / "engine/nu_plugin_torch"), "script.nu"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300,
                              env={**os.environ, "NO_COLOR": "1"})
        if done.returncode != 0:
            sys.exit("nu failed:\n" + done.stdout[-2000:] + done.stderr[-4000:])
        for o in json.loads((folder / f"outcomes{chunk}.json").read_text()):
            outcomes[o["name"]] = o
        if (folder / f"actual{chunk}.safetensors").exists():
            tensors.update(load_file(folder / f"actual{chunk}.safetensors"))
    return outcomes, tensors


def catalogue(folder: Path) -> list[str]:
    out = folder / "commands.json"
    subprocess.run([nu_program(), "-n", "--plugins", str(ROOT / "engine/nu_plugin_torch"), "-c",
                    f"scope commands | where category == torch | get name | to json | save -f '{out}'"],
                   check=True, capture_output=True)
    return [name.removeprefix("torch ") for name in json.loads(out.read_text()) if name != "torch"]


def report(tallies: dict[str, Tally], bounds: dict) -> str:
    total = sum(t.cases for t in tallies.values())
    exact = sum(t.exact for t in tallies.values())
    raised = sum(t.raised for t in tallies.values())
    same = sum(t.same_words for t in tallies.values())
    lines = ["# Conformance of nu_plugin_torch with CPython", "",
             "Written by `harness/conformance/conformance.py --write`; a test runs all cases again. Each case is",
             "computed in CPython and through the real nu: float32, float64, int64, int32 and bool; both call forms;",
             "0-d, empty, broadcast, transposed and cut inputs; NaN and infinities; gradients; and what PyTorch",
             "refuses. A command is exact (0 ULP) unless it has a bound, which stands with its reason in",
             "`harness/conformance/bounds.tsv`. \"Refused\" are cases in which PyTorch raises and so do we.", "",
             f"{len(tallies)} commands, {total} cases: {exact} exact, {total - exact} within a bound; "
             f"{raised} refused by both,", f"{same} of them with an error that begins as PyTorch's does.", "",
             "| command | cases | refused | worst ULP | bound |", "|---|---|---|---|---|"]
    for command in sorted(tallies):
        t = tallies[command]
        bound = bounds.get(command, (0, ""))[0]
        lines.append(f"| {command} | {t.cases} | {t.raised} | {t.worst} | {bound or 'exact'} |")
    lines += ["", "No counterpart in PyTorch, tested in `harness/src/test/resources/plugin.nu`: " + ", ".join(OWN) + ".", "",
              "## Bounds", "", "| command | ULP | why |", "|---|---|---|"]
    lines += [f"| {c} | {b} | {why} |" for c, (b, why) in sorted(bounds.items())]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--slice", type=int, default=1)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    cases = table.cases()[:: options.slice]
    made = declare.inputs()
    wanted = [expected(case, made) for case in cases]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        save_file(made, folder / "inputs.safetensors")
        outcomes, tensors = run_nu(cases, wanted, folder)
        commands = catalogue(folder)
    tallies: dict[str, Tally] = collections.defaultdict(Tally)
    for number, (case, want) in enumerate(zip(cases, wanted)):
        judge(case, want, outcomes[f"c{number}"], tensors, tallies[case.command])
    bounds, faults = read_bounds(), []
    for command, tally in sorted(tallies.items()):
        faults += tally.faults if options.verbose else tally.faults[:3]
        if tally.worst > bounds.get(command, (0, ""))[0]:
            faults.append(f"{command}: {tally.worst} ULP, allowed {bounds.get(command, (0, ''))[0]}")
    if options.slice == 1:
        faults += [f"{c}: no case at all" for c in commands if c not in tallies and c not in OWN]
        faults += [f"{c}: a bound that nothing needs" for c in bounds if not tallies[c].worst]
    text = report(tallies, bounds)
    if options.write:
        REPORT.write_text(text)
    print(text.split("\n| command")[0].split("\n\n")[-1])
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
