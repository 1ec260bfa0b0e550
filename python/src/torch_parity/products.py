"""How a job wants things computed: the program stays as it is.

Torch function modes see the calls: products of matrices without BLAS, for the exact tier; noise at
them and draws in another dtype, for allowances.
"""

import contextlib
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

PRODUCTS = (torch.mm, torch.matmul, torch.Tensor.mm, torch.Tensor.matmul, torch.Tensor.__matmul__)
DRAWS = (torch.randn, torch.rand)
ROUNDOFF = {torch.float32: 2.0**-24, torch.float64: 2.0**-53}


class ExactProducts(TorchFunctionMode):
    """Computes (N, K) x (K, M) as a sum over (N, K, M), which rounds the same in every libtorch."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if func in PRODUCTS and not kwargs and len(args) == 2 and are_matrices(*args):
            a, b = args
            return (a.unsqueeze(2) * b.unsqueeze(0)).sum(1)
        return func(*args, **(kwargs or {}))


class NoisyProducts(TorchFunctionMode):
    """Multiplies each element of both factors by 1 + amplitude * u * n, with n normal.

    The gradient of the second factor is a sum over the rows of the first: its noise is that of the
    rounding of a sum, as in the engine's NoisyProducts.
    """

    def __init__(self, seed: int, amplitude: float) -> None:
        super().__init__()
        self._generator = torch.Generator().manual_seed(seed)
        self._amplitude = amplitude

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if not (func in PRODUCTS and not kwargs and len(args) == 2 and are_matrices(*args)):
            return func(*args, **(kwargs or {}))
        a, b = args
        first, second = self._noisy(a, self._amplitude), self._noisy(b, self._amplitude)
        if b.requires_grad:
            of_sum = max(1.0, len(a) ** 0.5 / 3)
            gradient = self._noisy(b, self._amplitude * of_sum)
            second = second.detach() + (gradient - gradient.detach())
        return torch.mm(first, second)

    def _noisy(self, x: torch.Tensor, size: float) -> torch.Tensor:
        n = torch.randn(x.shape, generator=self._generator, dtype=x.dtype)
        return x.addcmul(x, n, value=size * ROUNDOFF[x.dtype])


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
            stack.enter_context(NoisyProducts(**instance["noise"]))
        if instance.get("draws") == "float32":
            stack.enter_context(CastDraws())
        yield
