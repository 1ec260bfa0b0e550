"""What a call of torch is called, and its arguments, whatever way a program wrote it."""

from typing import Any

import torch
from torch.overrides import resolve_name

# Other names of an operation -> its canonical name. Operators first.
CANONICAL = {
    "__add__": "add", "__radd__": "add", "__iadd__": "add_",
    "__sub__": "sub", "__isub__": "sub_", "subtract": "sub", "__rsub__": "rsub",
    "__mul__": "mul", "__rmul__": "mul", "__imul__": "mul_", "multiply": "mul",
    "__truediv__": "div", "__div__": "div", "__itruediv__": "div_", "true_divide": "div",
    "divide": "div", "__neg__": "neg", "negative": "neg", "__matmul__": "matmul",
    "__pow__": "pow", "__rpow__": "rpow", "__rdiv__": "rdiv", "__rtruediv__": "rdiv", "__ipow__": "pow_",
    "__mod__": "remainder", "__floordiv__": "floor_divide", "view": "reshape", "concat": "cat", "concatenate": "cat",
    "clip": "clamp", "absolute": "abs", "__getitem__": "getitem", "__setitem__": "setitem_",
    "__eq__": "eq", "__ne__": "ne", "__lt__": "lt", "__le__": "le", "__gt__": "gt", "__ge__": "ge",
    "grad.__get__": "grad", "T.__get__": "t", "mT.__get__": "t", "data.__get__": "detach",
    "requires_grad.__set__": "requires_grad_", "grad.__set__": "set_grad",
}

# Methods that cast -> the dtype of what they give.
CASTS = {
    "double": "float64", "float": "float32", "half": "float16", "bfloat16": "bfloat16",
    "long": "int64", "int": "int32", "bool": "bool",
}

# Names of the arguments that are not tensors, in order; "*" takes all that are left.
PARAMETERS = {
    "randn": ("*dims",), "rand": ("*sizes",), "zeros": ("*sizes",), "ones": ("*sizes",),
    "full": ("size", "fill_value"), "linspace": ("start", "end", "steps"), "logspace": ("start", "end", "steps", "base"),
    "eye": ("n", "m"), "arange": ("end_or_start", "end", "step"), "randperm": ("n",),
    "log_softmax": ("dim",), "softmax": ("dim",), "logsumexp": ("dim", "keepdim"),
    "sum": ("dim", "keepdim"), "mean": ("dim", "keepdim"), "prod": ("dim", "keepdim"), "nansum": ("dim", "keepdim"),
    "max": ("dim", "keepdim"), "min": ("dim", "keepdim"), "amax": ("dim", "keepdim"), "amin": ("dim", "keepdim"),
    "argmax": ("dim", "keepdim"), "argmin": ("dim", "keepdim"), "all": ("dim", "keepdim"), "any": ("dim", "keepdim"),
    "std": ("dim", "unbiased", "keepdim"), "var": ("dim", "unbiased", "keepdim"), "median": ("dim", "keepdim"),
    "norm": ("p", "dim", "keepdim"), "cumsum": ("dim",), "cumprod": ("dim",), "count_nonzero": ("dim",),
    "sort": ("dim", "descending"), "argsort": ("dim", "descending"), "topk": ("k", "dim", "largest", "sorted"),
    "gather": ("dim",), "index_select": ("dim",), "squeeze": ("dim",), "unsqueeze": ("dim",), "cat": ("dim",),
    "stack": ("dim",), "narrow": ("dim", "start", "length"), "select": ("dim", "index"), "unbind": ("dim",),
    "repeat": ("*sizes",), "expand": ("*sizes",), "repeat_interleave": ("repeats", "dim"), "reshape": ("*shape",),
    "transpose": ("dim0", "dim1"), "permute": ("*dims",), "flip": ("*dims",), "roll": ("shifts", "dim"),
    "movedim": ("source", "destination"), "flatten": ("start_dim", "end_dim"), "tril": ("diagonal",),
    "triu": ("diagonal",), "diag": ("diagonal",), "clamp": ("min", "max"), "softplus": ("beta", "threshold"),
    "leaky_relu": ("negative_slope",), "elu": ("alpha",), "one_hot": ("num_classes",),
}  # fmt: skip

# Operations that take plain numbers where tensors could stand.
NUMBER_OR_TENSOR = {
    "add", "sub", "mul", "div", "rsub", "rdiv", "rpow", "maximum", "minimum", "add_", "sub_", "mul_", "div_", "pow", "remainder",
    "fmod", "floor_divide", "eq", "ne", "lt", "le", "gt", "ge", "where", "lerp", "masked_fill", "full_like", "xlogy",
    "copysign", "bitwise_and", "bitwise_or", "bitwise_xor",
}  # fmt: skip

# Questions about a tensor, and ways out of torch: no operations.
SILENT = {
    "item", "tolist", "numpy", "size", "dim", "numel", "stride", "is_floating_point", "backward_hook",
    "__len__", "__bool__", "__float__", "__int__", "__index__", "__repr__", "__hash__", "__format__",
    "__iter__", "__array__", "__contains__", "__deepcopy__", "is_contiguous", "data_ptr", "element_size",
    "untyped_storage", "type", "get_device", "is_complex", "is_same_size", "__dir__", "__reduce_ex__",
}  # fmt: skip

# Operands that stand the other way round under the canonical name.
REVERSED = {"rsub": "sub", "rdiv": "div", "rpow": "pow"}


def canonical_name(func: Any) -> str:
    """The operation's name in torch, whatever way it was called."""
    name = getattr(func, "__name__", "")
    if name in ("__get__", "__set__"):  # an attribute such as Tensor.grad
        name = ".".join((resolve_name(func) or name).split(".")[-2:])
    return CANONICAL.get(name, name)


def specific_name(name: str, args: Any) -> str:
    """Names that depend on the arguments: max(a, b) is maximum, a product of matrices is mm."""
    tensors = [value for value in args if isinstance(value, torch.Tensor)]
    if name in ("max", "min") and len(tensors) == 2:
        return name + "imum"
    if name == "matmul" and all(t.dim() == 2 for t in tensors):
        return "mm"
    if name == "transpose" and len(tensors) == 1 and tensors[0].dim() == 2:
        return "t"
    return name


def indexed(tensor: torch.Tensor, index: Any, attributes: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """What `tensor[index]` is in terms of `index`, `select` or `narrow`, where it is one of them alone."""
    parts = index if isinstance(index, tuple) else (index,)
    if parts and all(isinstance(part, torch.Tensor) and part.dim() > 0 for part in parts):
        return "index", attributes
    plain_parts = all(type(part) in (int, slice) for part in parts)
    chosen = [(dim, part) for dim, part in enumerate(parts) if part != slice(None)] if plain_parts else []
    if len(chosen) != 1:
        return "getitem", attributes
    dim, part = chosen[0]
    if dim >= tensor.dim():
        return "getitem", attributes  # torch says what is wrong with it
    if isinstance(part, int):
        return "select", {"dim": dim, "index": part}
    start, stop, step = part.indices(tensor.shape[dim])
    if step != 1:
        return "getitem", attributes
    return "narrow", {"dim": dim, "start": start, "length": max(0, stop - start)}


def cast_to(args: Any, kwargs: Any) -> str:
    """The dtype that Tensor.to or type_as asks for; the tensor's own for a device alone."""
    asked = [*args[1:], *kwargs.values()]
    dtypes = [value for value in asked if isinstance(value, torch.dtype)]
    dtypes += [value.dtype for value in asked if isinstance(value, torch.Tensor)]
    return plain((dtypes or [args[0].dtype])[0])


def named(parameters: tuple[str, ...], values: list[Any]) -> dict[str, Any]:
    """The positional arguments that are not tensors, under their names."""
    if parameters and parameters[0].startswith("*"):
        rest = values[0] if len(values) == 1 and isinstance(values[0], (list, tuple)) else values
        return {parameters[0][1:]: plain(list(rest))}
    return {
        parameters[i] if i < len(parameters) else f"argument_{i}": plain(value)
        for i, value in enumerate(values)
    }


# What functions of torch hand on although nobody asked for it.
DEFAULTS = [("inplace", False), ("p", "fro")]


def in_one_form(attributes: dict[str, Any]) -> dict[str, Any]:
    """The same arguments under the names that torch's own documentation puts first."""
    form = {("dim" if name == "axis" else name): value for name, value in attributes.items()}
    if "unbiased" in form:
        form["correction"] = int(form.pop("unbiased"))
    return {name: value for name, value in form.items() if (name, value) not in DEFAULTS}


def plain(value: Any) -> Any:
    """A value that JSON can hold; what it cannot is described."""
    if isinstance(value, torch.dtype):
        return str(value).removeprefix("torch.")
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    return value if isinstance(value, (bool, int, float, str)) else repr(value)
