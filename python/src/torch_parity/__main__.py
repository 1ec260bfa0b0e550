"""Runs a program for a job of Torch Parity's: `python -m torch_parity PROGRAM --job FILE`.

The program is run from its beginning for each instance, with the seed and the default dtype set.
"""

import argparse
import sys
import types
from pathlib import Path

from torch_parity import jobs, watch


def run_program(program: Path, before: set[str]) -> None:
    """Runs `program` as if it were started, its own modules loaded anew."""
    for name in set(sys.modules) - before:
        file = getattr(sys.modules[name], "__file__", None)
        if file is not None and is_own(Path(file), program):
            del sys.modules[name]
    for watched in watch.watches:
        watched.begin()
    started, module = sys.modules["__main__"], types.ModuleType("__main__")
    module.__file__ = str(program)
    sys.modules["__main__"] = module
    try:
        exec(watch.instrumented(program.read_bytes(), str(program), program.stem), module.__dict__)
    except SystemExit as end:
        if end.code not in (None, 0):
            raise
    finally:
        sys.modules["__main__"] = started
    for watched in watch.watches:
        watched.check()


def is_own(file: Path, program: Path) -> bool:
    if not file.is_absolute():
        return False  # Some modules of libraries have made-up names.
    file = file.resolve()
    recorder = file.is_relative_to(Path(__file__).resolve().parent)
    return file.is_relative_to(program.parent) and "site-packages" not in file.parts and not recorder


def main() -> None:
    parser = argparse.ArgumentParser(prog="torch_parity", description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("--job", type=Path, required=True, help="job file to run")
    parser.add_argument("--watch", action="append", default=[], help="module:function to record")
    arguments = parser.parse_args()
    job = jobs.read(arguments.job)
    program = arguments.program.resolve()
    try:
        watch.install([*dict.fromkeys([*arguments.watch, *job.get("watch", [])])])
    except ValueError as error:
        sys.exit(f"torch_parity: {error}")
    sys.path[0] = str(program.parent)
    sys.argv = [str(program)]
    before = set(sys.modules)

    def sources() -> list[Path]:
        files = {Path(f) for m in list(sys.modules.values()) if (f := getattr(m, "__file__", None))}
        return sorted({program} | {file for file in files if is_own(file, program)})

    jobs.run_job(job, lambda instance: lambda recorder: run_program(program, before), sources)


if __name__ == "__main__":
    main()
