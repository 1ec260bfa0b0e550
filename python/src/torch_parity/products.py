"""How a job wants things computed: the program stays as it is.

Torch function modes see the calls: products of matrices without BLAS, for the exact tier; noise at
them and draws in another dtype, for allowances.
"""

import contextlib
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from torch_parity.op_names import canonical_name

PRODUCTS = (torch.mm, torch.matmul, torch.Tensor.mm, torch.Tensor.matmul, torch.Tensor.__matmul__)
DRAWS = (torch.randn, torch.rand)
FUNCTIONS = {"log_softmax", "softmax", "exp", "expm1", "log", "log1p", "log2", "log10", "pow", "sin", "cos", "tan",
             "tanh", "sigmoid", "erf", "std", "var", "logsumexp", "cross_entropy"}  # fmt: skip
SUMS = {"sum", "mean"}
ADDITIONS = {"add", "sub"}
ROUNDOFF = {torch.float32: 2.0**-24, torch.float64: 2.0**-53}


class ExactProducts(TorchFunctionMode):
    """Computes (N, K) x (K, M) as a sum over (N, K, M), which rounds the same in every libtorch."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if func in PRODUCTS and not kwargs and len(args) == 2 and are_matrices(*args):
            a, b = args
            return (a.unsqueeze(2) * b.unsqueeze(0)).sum(1)
        return func(*args, **(kwargs or {}))


class Noise:
    """Seeded noise in unit roundoffs, as in the engine's NoiseSource."""

    LANES = 2

    def __init__(self, seed: int, amplitude: float) -> None:
        self._generator = torch.Generator().manual_seed(seed)
        self._amplitude = amplitude

    def unit(self, x: torch.Tensor) -> float:
        return self._amplitude * ROUNDOFF[x.dtype]

    def normal(self, like: torch.Tensor, *shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=self._generator, dtype=like.dtype)

    def walk(self, like: torch.Tensor, rows: int, columns: int) -> torch.Tensor:
        """Random walks along the rows: what rounding every partial sum over them comes to."""
        steps = -(-rows // self.LANES)
        walk = self.normal(like, steps, self.LANES * columns).cumsum(0)
        return walk.reshape(steps * self.LANES, columns)[:rows]


def scaled(x: torch.Tensor, noise: torch.Tensor, size: float) -> torch.Tensor:
    """x * (1 + size * noise), for its gradient, too."""
    return x.addcmul(x, noise, value=size)


def gradient_alone(x: torch.Tensor) -> torch.Tensor:
    """Zero, with the gradient of x."""
    return x - x.detach()


class NoisyProducts(TorchFunctionMode):
    """Puts noise into the sums of products and of their gradients, as the engine's NoisyProducts."""

    def __init__(self, seed: int, amplitude: float) -> None:
        super().__init__()
        self._noise = Noise(seed, amplitude)

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if not (func in PRODUCTS and not kwargs and len(args) == 2 and are_matrices(*args)):
            return func(*args, **(kwargs or {}))
        a, b = args
        larger = a.numel() >= b.numel()
        return self._product(a, b) if larger else self._product(b.t(), a.t()).t()

    def _product(self, a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        """The product of a (N, K), the larger one, and b (K, M)."""
        unit, n, (k, m) = self._noise.unit(a), len(a), b.shape
        plain_a, plain_b = a.detach(), b.detach()
        terms = plain_a.square().mm(plain_b.square()).sqrt()
        of_sum = unit * ((k - 1) / 2) ** 0.5 if k > 1 else 0.0
        result = plain_a.mm(plain_b).addcmul(terms, self._noise.normal(a, n, m), value=of_sum)
        if a.requires_grad:
            result = result + gradient_alone(a.mm(scaled(plain_b, self._noise.walk(a, m, k).t(), unit)))
        if b.requires_grad:
            share = unit / 2**0.5
            part = gradient_alone(scaled(plain_a, self._noise.walk(a, n, k), share).mm(b))
            result = result + scaled(part, self._noise.walk(a, n, m), share)
        return result


class NoisyFunctions(TorchFunctionMode):
    """Puts noise into sums and into functions such as exp, as the engine's NoisyFunctions."""

    def __init__(self, seed: int, amplitude: float) -> None:
        super().__init__()
        self._noise = Noise(seed, amplitude)

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = func(*args, **(kwargs or {}))
        name = canonical_name(func)
        if not isinstance(result, torch.Tensor) or result.dtype not in ROUNDOFF:
            return result
        if name in FUNCTIONS or name in SUMS:
            terms = args[0].numel() / max(1, result.numel())
            of_sum = max(1.0, terms**0.5 / 3) if name in SUMS else 1.0
            noise = self._noise.normal(result, *result.shape)
            return scaled(result, noise, self._noise.unit(result) * of_sum)
        if name in ADDITIONS and is_added_to_rows(args[1], result):
            part = gradient_alone(args[1].expand_as(result))
            walk = self._noise.walk(result, *result.shape)
            return result + (scaled(part, walk, self._noise.unit(result)) - part)
        return result


def is_added_to_rows(row: Any, result: torch.Tensor) -> bool:
    is_row = isinstance(row, torch.Tensor) and row.requires_grad
    return is_row and result.dim() == 2 and row.shape == result.shape[1:]


class CastDraws(TorchFunctionMode):
    """Draws in float32 and casts, so that a run in float64 begins at the same numbers."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = dict(kwargs or {})
        if func not in DRAWS or kwargs.get("dtype") is not None:
            return func(*args, **kwargs)
        needs_grad = kwargs.pop("requires_grad", False)
        drawn = func(*args, **kwargs, dtype=torch.float32).to(torch.get_default_dtype())
        return drawn.requires_grad_(needs_grad)


def are_matrices(a: torch.Tensor, b: torch.Tensor) -> bool:
    """Anything else is left to torch.mm itself, which says what is wrong."""
    return a.dim() == 2 and b.dim() == 2 and a.shape[1] == b.shape[0] and a.dtype == b.dtype


@contextlib.contextmanager
def computed_as(instance: dict[str, Any]) -> Any:
    """While it is open, everything is computed as the job says."""
    products = instance.get("products", "blas")
    if products not in ("blas", "exact"):
        raise ValueError(f"products must be 'blas' or 'exact', got {products!r}")
    with contextlib.ExitStack() as stack:
        if products == "exact":
            stack.enter_context(ExactProducts())
        if instance.get("noise") is not None:
            noise = dict(instance["noise"])
            functions = noise.pop("functions", False)
            stack.enter_context(NoisyProducts(**noise))
            if functions:
                stack.enter_context(NoisyFunctions(~noise["seed"], noise["amplitude"]))
        if instance.get("draws") == "float32":
            stack.enter_context(CastDraws())
        yield
