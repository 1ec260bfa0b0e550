"""A conformance case: what CPython computes, beside the Nushell code for the same.

A case names its inputs; `$i.NAME` in the Nushell code and the parameters of the Python function stand
for them. Inputs are drawn here and handed to Nushell in a safetensors file, bit by bit.
"""

import dataclasses
from typing import Any, Callable

import torch
import torch.nn.functional as F

NAN, INF = float("nan"), float("inf")
FLOATS = {"f32": torch.float32, "f64": torch.float64}
DTYPES = {**FLOATS, "i32": torch.int32, "i64": torch.int64, "bool": torch.bool}
VIEWS = {  # name: (Python, Nushell): non-contiguous, broadcast and empty inputs are made on both sides
    "t": (lambda x: x.t(), "torch t"),
    "cut": (lambda x: x.narrow(1, 1, 2), "torch narrow 1 1 2"),
    "row": (lambda x: x.select(0, 1), "torch select 0 1"),
    "wide": (lambda x: x.narrow(0, 0, 1).expand(3, 4), "torch narrow 0 0 1 | torch expand [3 4]"),
    "none": (lambda x: x.narrow(0, 0, 0), "torch narrow 0 0 0"),
    "dot": (lambda x: x.select(0, 2).select(0, 0), "torch select 0 2 | torch select 0 0"),
}


@dataclasses.dataclass(frozen=True)
class Case:
    command: str
    name: str
    inputs: tuple[str, ...]
    python: Callable[..., Any]
    nu: str
    gradient: bool = False


def inputs() -> dict[str, torch.Tensor]:
    """All base tensors. `m` has ordinary numbers, `s` the special ones, `p` lies between 0.1 and 0.9."""
    torch.manual_seed(20261124)
    made = {}
    for key, dtype in DTYPES.items():
        drawn = torch.randn(3, 4, dtype=torch.float64) * 3
        other = torch.randn(3, 4, dtype=torch.float64) * 3
        made[f"m_{key}"] = drawn.to(dtype) if dtype != torch.bool else drawn > 0
        made[f"n_{key}"] = other.to(dtype) if dtype != torch.bool else other > 0
    for key, dtype in FLOATS.items():
        tiny, huge = torch.finfo(dtype).tiny, torch.finfo(dtype).max
        special = [NAN, INF, -INF, 0.0, -0.0, tiny, tiny / 4, -tiny / 2, huge, -huge, 1.0, -1.0]
        made[f"s_{key}"] = torch.tensor(special, dtype=dtype)
        made[f"r_{key}"] = torch.tensor(list(reversed(special)), dtype=dtype)
        made[f"p_{key}"] = torch.rand(3, 4, dtype=dtype) * 0.8 + 0.1
        made[f"q_{key}"] = torch.rand(3, 4, dtype=dtype) * 0.8 + 0.1
        made[f"big_{key}"] = torch.cat([torch.randn(300, dtype=dtype) * 5, torch.rand(212, dtype=dtype)])
        made[f"a_{key}"] = torch.rand(7, 5, dtype=dtype) + 0.5
        made[f"b_{key}"] = torch.rand(5, 6, dtype=dtype) + 0.5
        made[f"batch_{key}"] = torch.rand(2, 3, 4, dtype=dtype) + 0.5
        made[f"batch2_{key}"] = torch.rand(2, 4, 5, dtype=dtype) + 0.5
        made[f"logits_{key}"] = torch.randn(6, 4, dtype=dtype)
    made["s_i64"] = torch.tensor([0, 1, -1, 2**53 + 1, -(2**53) - 1, 2**62, -(2**63), 2**63 - 1])
    made["r_i64"] = torch.tensor([3, -7, 5, 2, 9, -3, 7, 11])
    made["index"] = torch.tensor([[2, 0, 1, 0], [1, 1, 0, 2], [0, 2, 2, 1]])
    made["picks"] = torch.tensor([2, 0, 2])
    made["classes"] = torch.tensor([3, 0, 1, 2, 2, 0])
    made["mask"] = torch.tensor([[True, False, True, True], [False, False, True, False], [True, True, False, True]])
    made["sorted"] = torch.tensor([-4.0, -1.0, 0.5, 2.0, 2.0, 6.0])
    made["ties"] = torch.tensor([[2, 1, 2, 1], [0, 0, 3, 3], [5, 5, 5, 1]])
    return made


def resolve(name: str) -> Callable[..., Any]:
    """The function that PyTorch calls `name`."""
    functional = {"log_sigmoid": F.logsigmoid}.get(name) or getattr(F, name, None)
    found = getattr(torch, name, None) or functional or getattr(torch.Tensor, name)
    return functional if name.endswith("_loss") or "entropy" in name or name in ("kl_div", "softplus") else found


def view(name: str) -> tuple[str, ...]:
    return tuple(name.split("|"))


def ref(name: str) -> str:
    """Nushell for an input, with its view."""
    base, *views = view(name)
    return f"$i.{base}" if not views else f"($i.{base} | {VIEWS[views[0]][1]})"


def flags(values: dict[str, Any]) -> str:
    return "".join(f" --{k} {nuon(v)}" for k, v in values.items())


def nuon(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return "[" + " ".join(map(nuon, value)) + "]"
    if isinstance(value, torch.dtype):
        return str(value).removeprefix("torch.")
    return {NAN: "NaN", INF: "inf", -INF: "-inf"}.get(value, str(value)) if isinstance(value, float) else str(value)


def call(command: str, tensors: tuple[str, ...], args: tuple = (), piped: bool = True, gradient: bool = False,
         pipe_only: bool = False, function: Callable | None = None, **kw: Any) -> Case:
    """A case whose Python and Nushell take the same tensors, then `args`, then the same flags."""
    f = function or resolve(command)
    rest = "".join(f" {nuon(a)}" for a in args) + flags(kw)
    refs = [ref(t) for t in tensors]
    if piped or pipe_only:
        nu = f"{refs[0]} | torch {command}" + "".join(f" {r}" for r in refs[1:]) + rest
    else:
        nu = f"torch {command} " + " ".join(refs) + rest
    label = f"{command}({', '.join(tensors)}{rest}){'' if piped else ' as arguments'}"
    return Case(command, label, tensors, lambda *xs: f(*xs, *args, **kw), nu, gradient)
