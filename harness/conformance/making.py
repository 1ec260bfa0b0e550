"""Cases of operations that make tensors."""

from typing import Any, Callable, Iterator

import torch

from declare import call, Case, DTYPES, FLOATS, INF, NAN, nuon  # INF and NAN for what is evaluated


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
