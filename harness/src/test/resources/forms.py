"""Three forms of the cross-entropy, and t: which are equal bit by bit, in values and gradients."""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(sys.argv[1]) / "python" / "variants"))

import original
from cross_entropy import cross_entropy_loss

FORMS = {
    "indexing": original.primitive_cross_entropy_loss,
    "gather": cross_entropy_loss,
    "built in": torch.nn.functional.cross_entropy,
}


def evaluate(form, logits, targets):
    leaf = logits.clone().requires_grad_()
    loss = form(leaf, targets)
    loss.backward()
    return loss.detach(), leaf.grad


def spacings(a, b):
    """The greatest distance, in units of the last place of the greatest element."""
    return float((a - b).abs().max() / torch.finfo(a.dtype).eps / a.abs().max())


worst = {"gather": [0.0, 0.0], "built in": [0.0, 0.0]}
bits = {"gather": True, "built in": True}
for dtype in (torch.float32, torch.float64):
    for seed in range(20):
        torch.manual_seed(seed)
        logits = torch.randn(300, 3, dtype=dtype) * 10
        targets = torch.randint(0, 3, (300,))
        expected = evaluate(FORMS["indexing"], logits, targets)
        for name in worst:
            actual = evaluate(FORMS[name], logits, targets)
            for i in range(2):
                worst[name][i] = max(worst[name][i], spacings(expected[i], actual[i]))
                bits[name] &= torch.equal(expected[i], actual[i])
for name in worst:
    within = max(worst[name]) <= 4
    print(f"{name}: {'every bit' if bits[name] else 'rounding' if within else 'DIFFERENT'} {worst[name]}")

w = torch.zeros(2, 3)
t = w.t()
w[0, 1] = 9
print(f"t: view {t._base is w}, memory {t.data_ptr() == w.data_ptr()}, strides {t.stride()}, sees {t[1, 0].item()}")
