"""Records tensors of a program for Torch Parity.

    from torch_parity import probe, step

    for epoch in range(1, epochs + 1):
        step(epoch)
        ...
        probe("loss", loss)
    step()
    probe("weights", w)

Without the harness none of this does anything.
"""

from typing import Any, TypeVar

T = TypeVar("T")

# The recorder of the instance that is running, or None without the harness.
recording: Any = None


def probe(name: str, tensor: Any) -> None:
    """Records a tensor, an array, a number or a list of numbers; in a step, a row of one."""
    if recording is not None:
        recording.probe(name, tensor)


def step(n: int | None = None) -> None:
    """Begins step `n` of a loop; without a number, the loop is over."""
    if recording is not None:
        recording.step(n)


def parameter(name: str, default: T) -> T:
    """The case's parameter of this name; `default` if it has none, or without the harness."""
    if recording is None:
        return default
    value = recording.parameters.get(name, default)
    return type(default)(value) if isinstance(default, (int, float)) else value


def given(name: str) -> Any:
    """The tensor that the job gives to stand in for the probe `name`, or None."""
    return None if recording is None else recording.given(name)
