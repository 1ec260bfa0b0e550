"""A network of two layers: its parameters and its forward pass."""

import torch

Model = dict[str, torch.Tensor]


def model_init(inp: int = 2, hid: int = 20, out: int = 3) -> Model:
    """Parameters, drawn in this order: w1 (hid, inp), b1 (hid,), w2 (out, hid), b2 (out,)."""
    return {
        "w1": torch.randn(hid, inp, requires_grad=True),
        "b1": torch.randn(hid, requires_grad=True),
        "w2": torch.randn(out, hid, requires_grad=True),
        "b2": torch.randn(out, requires_grad=True),
    }


def model_get_parameters(model: Model) -> list[torch.Tensor]:
    """The parameters in the order in which they were drawn."""
    return [model["w1"], model["b1"], model["w2"], model["b2"]]


def model_hidden(model: Model, x: torch.Tensor) -> torch.Tensor:
    """Points (N, inp) -> hidden units (N, hid), after max(0, x)."""
    x = torch.mm(x, model["w1"].t()) + model["b1"]
    return torch.max(torch.tensor(0.0), x)  # ReLU


def model_forward_pass(model: Model, x: torch.Tensor) -> torch.Tensor:
    """Points (N, inp) -> logits (N, out)."""
    x = model_hidden(model, x)
    return torch.mm(x, model["w2"].t()) + model["b2"]
