"""Cases of operations that reduce, order and search."""

from typing import Any, Callable, Iterator

import torch

from declare import call, Case, DTYPES, FLOATS, INF, resolve

REDUCED = """sum mean prod max min amax amin argmax argmin all any std var nansum logsumexp count_nonzero norm
median""".split()


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
