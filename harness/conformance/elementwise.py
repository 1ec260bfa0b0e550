"""Cases of operations on every element: of one, two and three tensors."""

import itertools
from typing import Iterator

from declare import call, Case, DTYPES, FLOATS

UNARY = """abs neg sign signbit square sqrt rsqrt reciprocal exp exp2 expm1 log log2 log10 log1p sin cos tan asin
acos atan sinh cosh tanh asinh acosh atanh erf erfc lgamma digamma floor ceil round trunc frac deg2rad rad2deg
sinc sigmoid relu silu log_sigmoid logit isnan isinf isfinite logical_not bitwise_not softplus gelu leaky_relu
elu nan_to_num clone contiguous detach nonzero""".split()
BINARY = """add sub mul div maximum minimum atan2 fmod remainder floor_divide hypot copysign xlogy logaddexp
heaviside eq ne lt le gt ge logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor pow isclose
equal allclose outer""".split()
NUMBER_SECOND = """add sub mul div fmod remainder floor_divide copysign xlogy eq ne lt le gt ge pow""".split()
INTEGRAL_NUMBER = "bitwise_and bitwise_or bitwise_xor".split()
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
