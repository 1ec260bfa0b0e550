"""Matrix products without BLAS, for the exact tier: the scenarios stay as they are."""

import contextlib
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

PRODUCTS = (torch.mm, torch.matmul, torch.Tensor.mm, torch.Tensor.matmul, torch.Tensor.__matmul__)


class ExactProducts(TorchFunctionMode):
    """Computes (N, K) x (K, M) as a sum over (N, K, M), which rounds the same in every libtorch."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if func in PRODUCTS and not kwargs and len(args) == 2 and are_matrices(*args):
            a, b = args
            return (a.unsqueeze(2) * b.unsqueeze(0)).sum(1)
        return func(*args, **(kwargs or {}))


def are_matrices(a: torch.Tensor, b: torch.Tensor) -> bool:
    """Anything else is left to torch.mm itself, which says what is wrong."""
    return a.dim() == 2 and b.dim() == 2 and a.shape[1] == b.shape[0] and a.dtype == b.dtype


def computed_as(products: str) -> contextlib.AbstractContextManager[Any]:
    """While it is open, matrix products are computed as the job says: "blas" or "exact"."""
    if products not in ("blas", "exact"):
        raise ValueError(f"products must be 'blas' or 'exact', got {products!r}")
    return ExactProducts() if products == "exact" else contextlib.nullcontext()
