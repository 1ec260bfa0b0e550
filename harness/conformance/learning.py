"""Cases of losses, gradients, and commands about a tensor itself."""

from typing import Any, Iterator

import torch
import torch.nn.functional as F

from declare import call, Case, DTYPES, FLOATS, ref, resolve


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
