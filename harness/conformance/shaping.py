"""Cases of matrix products, and of operations on shapes and indices."""

from typing import Iterator

import torch

from declare import call, Case, DTYPES, flags, FLOATS, nuon, ref


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
