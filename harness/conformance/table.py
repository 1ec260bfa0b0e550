"""The table of conformance cases: what CPython computes, beside the Nushell code for the same.

A case names its inputs; `$i.NAME` in the Nushell code and the parameters of the Python function stand
for them. Inputs are drawn here and handed to Nushell in a safetensors file, bit by bit.
"""

import dataclasses
import itertools
from typing import Any, Callable, Iterator

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


UNARY = """abs neg sign signbit square sqrt rsqrt reciprocal exp exp2 expm1 log log2 log10 log1p sin cos tan asin
acos atan sinh cosh tanh asinh acosh atanh erf erfc lgamma digamma floor ceil round trunc frac deg2rad rad2deg
sinc sigmoid relu silu log_sigmoid logit isnan isinf isfinite logical_not bitwise_not softplus gelu leaky_relu
elu nan_to_num clone contiguous detach nonzero""".split()
BINARY = """add sub mul div maximum minimum atan2 fmod remainder floor_divide hypot copysign xlogy logaddexp
heaviside eq ne lt le gt ge logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor pow isclose
equal allclose outer""".split()
NUMBER_SECOND = """add sub mul div fmod remainder floor_divide copysign xlogy eq ne lt le gt ge pow""".split()
INTEGRAL_NUMBER = "bitwise_and bitwise_or bitwise_xor".split()
REDUCED = """sum mean prod max min amax amin argmax argmin all any std var nansum logsumexp count_nonzero norm
median""".split()
NOT_SMOOTH = {"clone", "contiguous", "detach", "nonzero"}


def unary() -> Iterator[Case]:
    for name in UNARY:
        for key in DTYPES:
            names = [f"m_{key}", f"m_{key}|t", f"m_{key}|cut", f"m_{key}|none"]
            if name != "nonzero":
                names.append(f"m_{key}|dot")
            if key in FLOATS:
                names += [f"s_{key}", f"p_{key}", f"big_{key}"]
            elif key == "i64":
                names.append("s_i64")
            for index, x in enumerate(names):
                yield call(name, (x,), piped=index % 2 == 0)
        for key in FLOATS:
            if name not in NOT_SMOOTH:
                yield call(name, (f"p_{key}",), gradient=True)
                yield call(name, (f"m_{key}|t",), gradient=True)


def binary() -> Iterator[Case]:
    for name in BINARY:
        for index, (left, right) in enumerate(itertools.product(DTYPES, DTYPES)):
            if name == "outer":
                yield call(name, (f"m_{left}|row", f"n_{right}|row"), piped=index % 2 == 0)
                continue
            yield call(name, (f"m_{left}", f"n_{right}"), piped=index % 2 == 0)
            if left == right:
                for pair in [("t", "t"), ("wide", ""), ("row", ""), ("none", "none"), ("dot", ""), ("cut", "cut")]:
                    one, two = (f"{x}|{v}" if v else x for x, v in zip((f"m_{left}", f"n_{right}"), pair))
                    yield call(name, (one, two), piped=index % 2 == 1)
                yield call(name, (f"m_{left}", f"n_{right}|t"))  # 3x4 with 4x3: raises
        for key in FLOATS:
            if name != "outer":
                yield call(name, (f"s_{key}", f"r_{key}"))
                yield call(name, (f"p_{key}", f"q_{key}"), gradient=True)
                yield call(name, (f"p_{key}", f"q_{key}|row"), gradient=True)
        if name not in ("outer", "pow", "atan2"):
            yield call(name, ("s_i64", "r_i64"))
    for name in NUMBER_SECOND + INTEGRAL_NUMBER:
        for key in DTYPES:
            for number in (2, -3) if name in INTEGRAL_NUMBER else (2, -3, 0.5):
                yield call(name, (f"m_{key}",), (number,))
    for key in FLOATS:
        for exponent in (0, 1, 2, 3, -1, -2, 0.5, -0.5, 1.5):
            yield call("pow", (f"big_{key}",), (exponent,))
        for name in ("add", "sub"):
            yield call(name, (f"big_{key}", f"big_{key}"), alpha=0.3)
            yield call(name, (f"m_{key}", f"n_{key}"), alpha=-2, gradient=True)
        for name in ("isclose", "allclose"):
            yield call(name, (f"m_{key}", f"m_{key}"), rtol=0.1, atol=0.01, equal_nan=True)
            yield call(name, (f"s_{key}", f"s_{key}"), equal_nan=True)
        yield call("div", (f"m_{key}",), (0,))


def ternary() -> Iterator[Case]:
    for key in DTYPES:
        yield call("where", ("mask", f"m_{key}", f"n_{key}"))
        yield call("where", ("mask", f"m_{key}|wide", f"n_{key}|row"), piped=False)
        yield call("where", ("mask", f"m_{key}"), (1,))
        yield call("masked_fill", (f"m_{key}", "mask"), (1,))
        yield call("masked_fill", (f"m_{key}|t", "mask"), (1,))
        yield call("addcmul", (f"m_{key}", f"n_{key}", f"n_{key}|row"))
        yield call("lerp", (f"m_{key}", f"n_{key}"), (0.25,))
        for bounds in ({"min": -1}, {"max": 1}, {"min": -0.5, "max": 0.5}, {"min": 2, "max": -2}, {}):
            yield call("clamp", (f"m_{key}",), **bounds)
    for key in FLOATS:
        yield call("where", ("mask", f"m_{key}", f"n_{key}"), gradient=True)
        yield call("lerp", (f"m_{key}", f"n_{key}", f"p_{key}"), gradient=True)
        yield call("lerp", (f"big_{key}", f"big_{key}"), (0.7,))
        yield call("clamp", (f"s_{key}",), min=-1.0, max=1.0)
        yield call("clamp", (f"m_{key}",), min=-1.0, max=1.0, gradient=True)
        yield call("nan_to_num", (f"s_{key}",), nan=1.5, posinf=2.5, neginf=-2.5)
        yield call("masked_fill", (f"m_{key}", "mask"), (0.5,), gradient=False)
        for name in ("addcmul", "addcdiv"):
            yield call(name, (f"m_{key}", f"n_{key}", f"p_{key}"), value=-0.3)
            yield call(name, (f"m_{key}", f"n_{key}", f"p_{key}"), value=-0.3, gradient=True)
        yield call("softplus", (f"big_{key}",), beta=2, threshold=3)
        yield call("gelu", (f"big_{key}",), approximate="tanh")
        yield call("leaky_relu", (f"big_{key}",), negative_slope=0.3)
        yield call("elu", (f"big_{key}",), alpha=0.7)
    yield call("addcdiv", ("m_i64", "n_i64", "n_i64"))
    yield call("masked_fill", ("m_f32", "m_f32"), (1,))
    yield call("where", ("m_f32", "m_f32", "n_f32"))


def reductions() -> Iterator[Case]:
    integral_mean = {"mean", "softmax", "log_softmax"}
    for name in REDUCED:
        for key in DTYPES:
            if name in integral_mean and key not in FLOATS:
                continue  # a departure, see nu/README.md
            many = name in "sum mean amax amin all any std var nansum logsumexp count_nonzero norm".split()
            logsumexp = name == "logsumexp"
            for index, x in enumerate([f"m_{key}", f"m_{key}|t", f"m_{key}|cut", f"m_{key}|none", f"m_{key}|dot"]):
                whole = (lambda x: torch.logsumexp(x, tuple(range(x.dim())))) if logsumexp else None
                norm = torch.linalg.vector_norm if name == "norm" else None
                yield call(name, (x,), piped=index % 2 == 0, function=whole or norm)
                for dim in (0, 1, -1, 5, -3):
                    extra = {} if name == "count_nonzero" or dim > 1 else {"keepdim": dim == -1}
                    f = values_alone(name) if name in ("max", "min") else norm
                    yield call(name, (x,), piped=index % 2 == 1, function=f, dim=dim, **extra)
                if many:
                    yield call(name, (x,), function=norm, dim=[0, 1])
        for key in FLOATS:
            yield call(name, (f"s_{key}",), function=whole_of(name))
            yield call(name, (f"big_{key}",), function=whole_of(name))
            if name not in ("all", "any", "count_nonzero", "argmax", "argmin"):
                f = whole_of(name)
                yield call(name, (f"m_{key}",), function=f, gradient=True)
                yield call(name, (f"m_{key}|t",), function=values_alone(name) if name in ("max", "min") else f,
                           dim=0, gradient=True)
    for key in FLOATS:
        for name in ("std", "var"):
            for correction in (0, 2, 1.5):
                yield call(name, (f"m_{key}",), dim=1, correction=correction)
        for p in (1, 3, 0, 0.5, INF, -INF):
            yield call("norm", (f"m_{key}",), function=lambda x, p=p, dim=None: torch.linalg.vector_norm(x, p, dim), p=p)
        for name in ("softmax", "log_softmax"):
            for x in (f"m_{key}", f"m_{key}|t", f"m_{key}|none", f"logits_{key}", f"m_{key}|cut"):
                for dim in (0, 1, -1, 4):
                    yield call(name, (x,), dim=dim)
            yield call(name, (f"s_{key}",), dim=0)
            yield call(name, (f"m_{key}|dot",), dim=0)
            yield call(name, (f"m_{key}",), dim=1, dtype=torch.float64)
            yield call(name, (f"logits_{key}",), dim=1, gradient=True)
            yield call(name, (f"logits_{key}|t",), dim=0, gradient=True)
    for key in DTYPES:
        for name in ("sum", "prod", "nansum", "cumsum", "cumprod"):
            kw = {"dim": 1} if name.startswith("cum") else {}
            yield call(name, (f"m_{key}",), **kw, dtype=torch.float64)
            yield call(name, (f"m_{key}",), **kw, dtype=torch.int64)
        for name in ("cumsum", "cumprod"):
            for x in (f"m_{key}", f"m_{key}|t", f"m_{key}|none"):
                for dim in (0, 1, -1, 3):
                    yield call(name, (x,), dim=dim)
    for key in FLOATS:
        for name in ("cumsum", "cumprod"):
            yield call(name, (f"m_{key}",), dim=1, gradient=True)
            yield call(name, (f"big_{key}",), dim=0)
    yield call("sum", ("s_i64",))


def values_alone(name: str) -> Callable[..., Any]:
    return lambda x, **kw: resolve(name)(x, **kw).values


def whole_of(name: str) -> Callable[..., Any] | None:
    if name == "logsumexp":
        return lambda x, dim=None: torch.logsumexp(x, tuple(range(x.dim())) if dim is None else dim)
    return torch.linalg.vector_norm if name == "norm" else None


def order() -> Iterator[Case]:
    for key in DTYPES:
        for x in (f"m_{key}", f"m_{key}|t", f"m_{key}|none", f"m_{key}|dot"):
            for kw in ({}, {"dim": 0}, {"descending": True}, {"dim": 0, "descending": True}, {"dim": 7}):
                stable = {"stable": True} if key == "bool" else {}
                yield call("sort", (x,), **kw, **stable)
                yield call("argsort", (x,), **kw, **stable)
        for k in (0, 1, 3, 5, -1):
            yield call("topk", (f"m_{key}",), (k,), pipe_only=True)
            yield call("kthvalue", (f"m_{key}",), (k,), pipe_only=True)
        yield call("topk", (f"m_{key}|t",), (2,), pipe_only=True, dim=0, largest=False)
        yield call("mode", (f"m_{key}",))
        yield call("mode", (f"m_{key}|t",), dim=0, keepdim=True)
        yield call("unique", (f"m_{key}",))
        yield call("unique", (f"m_{key}|none",))
    yield call("mode", ("ties",))
    yield call("unique", ("ties",))
    for kw in ({"stable": True}, {"stable": True, "descending": True}):
        yield call("sort", ("ties",), **kw)
        yield call("argsort", ("ties",), **kw)
    for key in FLOATS:
        yield call("sort", (f"s_{key}",))
        yield call("topk", (f"s_{key}",), (4,), pipe_only=True)
        for name in ("sort", "topk", "kthvalue"):
            yield call(name, (f"m_{key}",), () if name == "sort" else (2,), pipe_only=name != "sort", gradient=True)
    yield call("searchsorted", ("sorted", "m_f32"))
    yield call("searchsorted", ("sorted", "s_f32"), right=True, piped=False)
    yield call("searchsorted", ("sorted", "m_f64"))


def products() -> Iterator[Case]:
    for key in FLOATS:
        for name, pairs in {
            "mm": [("a", "b"), ("m|t", "n"), ("a", "a"), ("a|none", "b"), ("m|row", "b")],
            "matmul": [("a", "b"), ("batch", "batch2"), ("m|row", "n|row"), ("m", "n|row"), ("batch", "m"), ("a|dot", "b")],
            "bmm": [("batch", "batch2"), ("batch", "batch"), ("a", "b")],
            "mv": [("m", "n|row"), ("m|t", "n|row"), ("m", "n")],
            "dot": [("p|row", "q|row"), ("big", "big"), ("m", "n"), ("p|row", "big")],
            "kron": [("m", "n"), ("m|row", "n|t"), ("m|dot", "n")],
            "linear": [("m", "n"), ("batch", "n"), ("a", "b")],
        }.items():
            for index, pair in enumerate(pairs):
                tensors = tuple(f"{x.split('|')[0]}_{key}" + ("|" + x.split("|")[1] if "|" in x else "") for x in pair)
                yield call(name, tensors, piped=index % 2 == 0)
                if index == 0:
                    yield call(name, tensors, gradient=True)
        yield call("addmm", (f"b_{key}|row", f"a_{key}", f"b_{key}"), beta=0.5, alpha=2)
        yield call("addmm", (f"b_{key}|row", f"a_{key}", f"b_{key}"), gradient=True)
    for key in ("i32", "i64", "bool"):
        for name in ("mm", "matmul"):
            yield call(name, (f"m_{key}|t", f"n_{key}"))
        yield call("kron", (f"m_{key}", f"n_{key}"))
        yield call("mv", (f"m_{key}", f"n_{key}|row"))
        yield call("dot", (f"m_{key}|row", f"n_{key}|row"))
    yield call("mm", ("m_f32|t", "n_f64"))
    yield call("dot", ("m_f32|row", "n_f64|row"))
    for key in DTYPES:
        yield call("trace", (f"m_{key}",))
        yield call("trace", (f"m_{key}|t",))


def shapes() -> Iterator[Case]:
    rows: list[tuple[str, tuple]] = [
        ("t", ()), ("transpose", (0, 1)), ("transpose", (-1, 0)), ("transpose", (0, 2)), ("permute", ([1, 0],)),
        ("permute", ([0, 0],)), ("permute", ([0],)), ("movedim", (0, 1)), ("movedim", (0, 4)), ("flatten", ()),
        ("unflatten", (1, [2, 2])), ("unflatten", (1, [3, 2])), ("unsqueeze", (0,)), ("unsqueeze", (-1,)),
        ("unsqueeze", (5,)), ("squeeze", (0,)), ("squeeze", ()), ("squeeze", (9,)), ("reshape", ([2, 6],)),
        ("reshape", ([-1],)), ("reshape", ([5, 5],)), ("reshape", ([-1, -1],)), ("expand", ([2, 3, 4],)),
        ("expand", ([-1, 4],)), ("expand", ([2, 2],)), ("narrow", (0, 1, 2)), ("narrow", (1, -2, 2)),
        ("narrow", (0, 2, 5)), ("select", (0, -1)), ("select", (1, 9)), ("flip", ([0],)), ("flip", ([0, 1],)),
        ("flip", ([3],)), ("tril", ()), ("triu", ()), ("diag", ()), ("diff", ()), ("repeat", (2, 3)),
        ("repeat", (2, 1, 2)), ("repeat", (0, 1)), ("repeat", (-1, 1)), ("repeat_interleave", (2,)),
        ("repeat_interleave", (-1,)),
    ]
    for key in DTYPES:
        for x in (f"m_{key}", f"m_{key}|t", f"m_{key}|wide"):
            for name, args in rows:
                f = getattr(torch.Tensor, name)
                yield call(name, (x,), args, pipe_only=True, function=f)
            yield call("roll", (x,), (2,), pipe_only=True)
            yield call("roll", (x,), (-1,), pipe_only=True, function=lambda x, n, dim: torch.roll(x, n, dim), dim=1)
            yield call("tril", (x,), diagonal=-1, pipe_only=True)
            yield call("triu", (x,), diagonal=2, pipe_only=True)
            yield call("diag", (x,), diagonal=1, pipe_only=True)
            yield call("diff", (x,), n=2, dim=0, pipe_only=True)
            yield call("flatten", (x,), start_dim=1, pipe_only=True)
            yield call("repeat_interleave", (x,), (2,), dim=0, pipe_only=True)
            yield call("repeat_interleave", (x, "picks"), dim=0, pipe_only=True)
            for name, args in (("split", (2,)), ("split", ([1, 2],)), ("chunk", (2,)), ("chunk", (0,)), ("unbind", ())):
                yield call(name, (x,), args, pipe_only=True)
            yield call("unbind", (x,), dim=1, pipe_only=True)
            yield call("split", (x,), (3,), dim=1, pipe_only=True)
        for dim in (0, 1, -1, 2):
            yield Case("index_select", f"index_select(m_{key}, {dim}, picks)", (f"m_{key}", "picks"),
                       lambda x, i, dim=dim: torch.index_select(x, dim, i),
                       f"$i.m_{key} | torch index_select {dim} $i.picks")
            yield Case("gather", f"gather(m_{key}, {dim}, index)", (f"m_{key}", "index"),
                       lambda x, i, dim=dim: torch.gather(x, dim, i), f"$i.m_{key} | torch gather {dim} $i.index")
        yield call("take_along_dim", (f"m_{key}", "index"), pipe_only=True, dim=1)
        yield call("take_along_dim", (f"m_{key}", "picks"), pipe_only=True)
        yield call("masked_select", (f"m_{key}", "mask"), pipe_only=True)
        yield Case("scatter", f"scatter(m_{key})", (f"m_{key}", "index", f"n_{key}"),
                   lambda x, i, s: torch.scatter(x, 1, i.clamp(max=2), s),
                   f"$i.m_{key} | torch scatter 1 ($i.index | torch clamp --max 2) $i.n_{key}")
        yield Case("scatter", f"scatter(m_{key}, 1)", (f"m_{key}", "index"),
                   lambda x, i: torch.scatter(x, 0, i, 1), f"$i.m_{key} | torch scatter 0 $i.index 1")
        yield Case("index_add", f"index_add(m_{key})", (f"m_{key}", "picks", f"n_{key}"),
                   lambda x, i, s: torch.index_add(x, 0, i, s),
                   f"$i.m_{key} | torch index_add 0 $i.picks $i.n_{key}")
        for name in ("cat", "stack"):
            for kw in ({}, {"dim": 1}, {"dim": -1}, {"dim": 6}):
                for two in (f"n_{key}", f"n_{key}|t", "n_f64"):
                    flag = flags(kw)
                    yield Case(name, f"{name}(m_{key}, {two}{flag})", (f"m_{key}", two),
                               lambda a, b, name=name, kw=kw: getattr(torch, name)([a, b], **kw),
                               f"[$i.m_{key} {ref(two)}] | torch {name}{flag}")
        for indexing in ("ij", "xy"):
            yield Case("meshgrid", f"meshgrid({key}, {indexing})", (f"m_{key}|row", f"n_{key}|row"),
                       lambda a, b, indexing=indexing: torch.meshgrid(a, b, indexing=indexing),
                       f"torch meshgrid [{ref(f'm_{key}|row')} {ref(f'n_{key}|row')}] --indexing {indexing}")
        for to in DTYPES.values():
            yield Case("to", f"to({key}, {to})", (f"m_{key}",), lambda x, to=to: x.to(to),
                       f"$i.m_{key} | torch to --dtype {nuon(to)}")
    for key in FLOATS:
        for name, args in [("t", ()), ("permute", ([1, 0],)), ("expand", ([2, 3, 4],)), ("narrow", (0, 1, 2)),
                           ("select", (0, 1)), ("flip", ([1],)), ("tril", ()), ("repeat", (2, 3)), ("flatten", ()),
                           ("reshape", ([2, 6],)), ("transpose", (0, 1)), ("repeat_interleave", (2,)), ("diff", ()),
                           ("unsqueeze", (0,)), ("squeeze", (0,)), ("diag", ()), ("triu", ()), ("movedim", (0, 1))]:
            yield call(name, (f"m_{key}",), args, pipe_only=True, gradient=True, function=getattr(torch.Tensor, name))
        yield call("trace", (f"m_{key}",), gradient=True)


def creation() -> Iterator[Case]:
    def made(command: str, args: str, function: Callable[[], Any]) -> Case:
        return Case(command, f"{command} {args}", (), function, f"torch {command} {args}")

    for dtype in DTYPES.values():
        d = nuon(dtype)
        yield made("zeros", f"2 3 --dtype {d}", lambda dtype=dtype: torch.zeros(2, 3, dtype=dtype))
        yield made("ones", f"[0 2] --dtype {d}", lambda dtype=dtype: torch.ones([0, 2], dtype=dtype))
        yield made("eye", f"3 2 --dtype {d}", lambda dtype=dtype: torch.eye(3, 2, dtype=dtype))
        yield made("full", f"[2] 1.5 --dtype {d}", lambda dtype=dtype: torch.full([2], 1.5, dtype=dtype))
        yield made("arange", f"1 9 2 --dtype {d}", lambda dtype=dtype: torch.arange(1, 9, 2, dtype=dtype))
        yield made("linspace", f"-2 3 7 --dtype {d}", lambda dtype=dtype: torch.linspace(-2, 3, 7, dtype=dtype))
        yield made("tensor", f"[[1 0] [3 2]] --dtype {d}", lambda dtype=dtype: torch.tensor([[1, 0], [3, 2]], dtype=dtype))
        yield made("tensor", f"[1.75 -2.5] --dtype {d}", lambda dtype=dtype: torch.tensor([1.75, -2.5], dtype=dtype))
        for name in ("randn", "rand"):
            yield Case(name, f"{name} {d}", (), lambda name=name, dtype=dtype: (
                torch.manual_seed(7), getattr(torch, name)(5, 9, dtype=dtype))[1],
                f"torch manual_seed 7; torch {name} 5 9 --dtype {d}")
        yield Case("randint", f"randint {d}", (), lambda dtype=dtype: (
            torch.manual_seed(8), torch.randint(-3, 2, [20], dtype=dtype))[1],
            f"torch manual_seed 8; torch randint 2 [20] --low -3 --dtype {d}")
    yield Case("randperm", "randperm", (), lambda: (torch.manual_seed(9), torch.randperm(50))[1],
               "torch manual_seed 9; torch randperm 50")
    for literal in ("1", "1.0", "[1 2.5]", "[[1 2] [3 4]]", "[]", "[[] []]", "9007199254740993", "-3.5",
                    "[true false]", "true", "[inf -inf -0.0]", "[1e300]", "[[[1]]]"):
        text = literal.replace("true", "True").replace("false", "False").replace(" ", ",").replace("inf", "INF")
        yield made("tensor", literal, lambda text=text: torch.tensor(eval(text)))
    for bad in ("[[1 2] [3]]", "[1 [2]]"):
        yield made("tensor", bad, lambda bad=bad: torch.tensor(eval(bad.replace(" ", ","))))
    for bad, dtype in (("[300]", "uint8"), ("[-1]", "uint8"), ("[3000000000]", "int32"), ("[NaN]", "int64")):
        yield made("tensor", f"{bad} --dtype {dtype}", lambda bad=bad, dtype=dtype: torch.tensor(
            eval(bad.replace("NaN", "NAN")), dtype=getattr(torch, dtype)))
    for args in ("5", "1 5", "0 1 0.1", "5 1 -1", "5 1", "1 5 -1", "0 1 0", "0.5", "0", "3.0 4"):
        numbers = [eval(a) for a in args.split()]
        yield made("arange", args, lambda numbers=numbers: torch.arange(*numbers))
    for args in ("0 1 5", "0 1 1", "1 0 0", "-3.5 2 9", "0 1 -1"):
        numbers = [eval(a) for a in args.split()]
        yield made("linspace", args, lambda numbers=numbers: torch.linspace(*numbers))
        yield made("logspace", args, lambda numbers=numbers: torch.logspace(*numbers))
    yield made("logspace", "0 5 6 --base 2", lambda: torch.logspace(0, 5, 6, base=2))
    for args, f in {"3": lambda: torch.eye(3), "0": lambda: torch.eye(0), "-1": lambda: torch.eye(-1)}.items():
        yield made("eye", args, f)
    yield made("full", "[2 2] 7", lambda: torch.full([2, 2], 7))
    yield made("full", "[] 7.5", lambda: torch.full([], 7.5))
    yield made("zeros", "-1", lambda: torch.zeros(-1))
    yield made("randint", "0 [3]", lambda: torch.randint(0, [3]))
    yield made("randperm", "-1", lambda: torch.randperm(-1))
    for key in DTYPES:
        for name in ("zeros_like", "ones_like"):
            yield call(name, (f"m_{key}|t",))
            yield call(name, (f"m_{key}",), dtype=torch.float64, piped=False)
        yield call("full_like", (f"m_{key}",), (3,))
        for name in ("rand_like", "randn_like"):
            yield Case(name, f"{name}({key})", (f"m_{key}",), lambda x, name=name: (
                torch.manual_seed(11), getattr(torch, name)(x))[1], f"torch manual_seed 11; $i.m_{key} | torch {name}")
    yield call("one_hot", ("classes",))
    yield call("one_hot", ("classes",), num_classes=6)
    yield call("one_hot", ("classes",), num_classes=2)
    yield call("one_hot", ("m_f32",))
    for key in FLOATS:
        yield Case("bernoulli", f"bernoulli({key})", (f"p_{key}",), lambda x: (torch.manual_seed(12), torch.bernoulli(x))[1],
                   f"torch manual_seed 12; torch bernoulli $i.p_{key}")
        for replacement in (False, True):
            yield Case("multinomial", f"multinomial({key}, {replacement})", (f"p_{key}",), lambda x, r=replacement: (
                torch.manual_seed(13), torch.multinomial(x, 3, r))[1],
                f"torch manual_seed 13; $i.p_{key} | torch multinomial 3 --replacement {nuon(replacement)}")
    yield call("bernoulli", ("m_f32",))
    yield call("multinomial", ("m_f32",), (2,), pipe_only=True)


def losses() -> Iterator[Case]:
    for key in FLOATS:
        for reduction in ("none", "mean", "sum"):
            for g in (False, True):
                kw: dict[str, Any] = {"reduction": reduction, "gradient": g}
                for name in ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"):
                    yield call(name, (f"m_{key}", f"n_{key}"), **kw)
                for name in ("binary_cross_entropy", "binary_cross_entropy_with_logits", "kl_div"):
                    yield call(name, (f"p_{key}", f"q_{key}"), **kw)
                for name in ("cross_entropy", "nll_loss"):
                    f = resolve(name)
                    yield Case(name, f"{name}(logits_{key}, {reduction}, gradient {g})", (f"logits_{key}", "classes"),
                               lambda x, y, f=f, r=reduction: f(x, y, reduction=r),
                               f"$i.logits_{key} | torch {name} $i.classes --reduction {reduction}", g)
                yield Case("cross_entropy", f"cross_entropy probabilities {key} {reduction} {g}",
                           (f"p_{key}", f"q_{key}"), lambda x, y, r=reduction: F.cross_entropy(x, y, reduction=r),
                           f"torch cross_entropy $i.p_{key} $i.q_{key} --reduction {reduction}", g)
        yield call("cross_entropy", (f"logits_{key}", "classes"), label_smoothing=0.1)
        yield call("cross_entropy", (f"logits_{key}", "classes"), ignore_index=2)
        yield Case("cross_entropy", f"cross_entropy weight {key}", (f"logits_{key}", "classes", f"p_{key}|row"),
                   lambda x, y, w: F.cross_entropy(x, y, weight=w),
                   f"torch cross_entropy $i.logits_{key} $i.classes --weight {ref(f'p_{key}|row')}")
        yield call("smooth_l1_loss", (f"m_{key}", f"n_{key}"), beta=0.5)
        yield call("huber_loss", (f"m_{key}", f"n_{key}"), delta=0.5)
        yield call("kl_div", (f"m_{key}", f"n_{key}"), log_target=True)
        yield Case("kl_div", f"kl_div batchmean {key}", (f"m_{key}", f"p_{key}"),
                   lambda x, y: F.kl_div(x, y, reduction="batchmean"),
                   f"torch kl_div $i.m_{key} $i.p_{key} --reduction batchmean")
        for name in ("cross_entropy", "nll_loss", "binary_cross_entropy", "binary_cross_entropy_with_logits"):
            yield call(name, (f"m_{key}", f"n_{key}|row"))
        yield call("binary_cross_entropy", (f"m_{key}", f"n_{key}"))
        yield call("cross_entropy", (f"m_{key}", "picks"))
    yield call("cross_entropy", ("logits_f32", "sorted"))


def others() -> Iterator[Case]:
    for key in DTYPES:
        x = f"m_{key}"
        yield Case("zero_", f"zero_({key})", (x,), lambda x: x.clone().zero_(), f"$i.{x} | torch clone | torch zero_")
        for two in (f"n_{key}", "n_f64", f"n_{key}|row", f"n_{key}|t"):
            yield Case("copy_", f"copy_({key}, {two})", (x, two), lambda x, y: x.clone().copy_(y),
                       f"torch copy_ ($i.{x} | torch clone) {ref(two)}")
        yield Case("requires_grad_", f"requires_grad_({key})", (x,), lambda x: x.clone().requires_grad_(),
                   f"$i.{x} | torch clone | torch requires_grad_")
        yield Case("shape", f"shape({key})", (x,), lambda x: list(x.shape), f"torch shape $i.{x}")
        yield Case("dtype", f"dtype({key})", (x,), lambda x: str(x.dtype)[6:], f"$i.{x} | torch dtype")
        yield Case("value", f"value({key})", (x,), lambda x: x.tolist(), f"$i.{x} | torch value")
    yield Case("value", "value(s_i64)", ("s_i64",), lambda x: x.tolist(), "$i.s_i64 | torch value")
    for key in FLOATS:
        x = f"p_{key}"
        yield Case("backward", f"backward gradient {key}", (x, f"q_{key}"), backward,
                   f"let a = $i.{x} | torch clone | torch requires_grad_; torch mul $a $a"
                   f" | torch backward --gradient $i.q_{key}; $a | torch grad")
        yield Case("backward", f"backward twice {key}", (x,), twice,
                   f"let a = $i.{x} | torch clone | torch requires_grad_; let l = torch exp2 $a | torch sum;"
                   " torch backward $l --retain_graph true; torch backward $l; torch grad $a")
        yield Case("backward", f"backward of no scalar {key}", (x,), lambda x: x.clone().requires_grad_().neg().backward(),
                   f"$i.{x} | torch clone | torch requires_grad_ | torch neg | torch backward")
        yield Case("grad", f"grad after square {key}", (x,), squared,
                   f"let a = $i.{x} | torch clone | torch requires_grad_; $a | torch square | torch sum"
                   " | torch backward; torch grad $a")
        yield Case("sgd_step", f"sgd_step {key}", (x,), lambda x: x - squared(x) * 0.1,
                   f"let a = $i.{x} | torch clone | torch requires_grad_; $a | torch square | torch sum"
                   " | torch backward; torch sgd_step [$a] --lr 0.1; $a | torch detach")
        yield Case("zero_grad", f"zero_grad {key}", (x,), torch.zeros_like,
                   f"let a = $i.{x} | torch clone | torch requires_grad_; $a | torch square | torch sum"
                   " | torch backward; torch zero_grad $a; torch grad $a")
        yield Case("requires_grad", f"requires_grad {key}", (x,), lambda x: x.requires_grad, f"torch requires_grad $i.{x}")
        yield Case("is_leaf", f"is_leaf {key}", (x,), lambda x: x.is_leaf, f"torch is_leaf $i.{x}")
        yield Case("no_grad", f"no_grad {key}", (x,), lambda x: False,
                   f"let a = $i.{x} | torch clone | torch requires_grad_; torch no_grad {{ torch neg $a }}"
                   " | torch requires_grad")


def squared(x: torch.Tensor) -> torch.Tensor:
    a = x.clone().requires_grad_()
    a.square().sum().backward()
    return a.grad


def backward(x: torch.Tensor, g: torch.Tensor) -> torch.Tensor:
    a = x.clone().requires_grad_()
    (a * a).backward(gradient=g)
    return a.grad


def twice(x: torch.Tensor) -> torch.Tensor:
    a = x.clone().requires_grad_()
    loss = a.exp2().sum()
    loss.backward(retain_graph=True)
    loss.backward()
    return a.grad


def cases() -> list[Case]:
    groups = (unary, binary, ternary, reductions, order, products, shapes, creation, losses, others)
    return [case for group in groups for case in group()]
