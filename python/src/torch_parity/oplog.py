"""The op log: every torch function that the program calls, in the order of time.

A torch function mode sees the calls, so that the program stays as it is. The format is described in
cases/FORMATS.md.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch.overrides import TorchFunctionMode, resolve_name
from torch.utils.weak import WeakIdKeyDictionary

MOST_BYTES = 1 << 16
OWN = str(Path(__file__).parent)
TORCH = str(Path(torch.__file__).parent)

# Other names of an operation -> its canonical name. Operators first.
CANONICAL = {
    "__add__": "add", "__radd__": "add", "__iadd__": "add_",
    "__sub__": "sub", "__isub__": "sub_", "subtract": "sub", "__rsub__": "rsub",
    "__mul__": "mul", "__rmul__": "mul", "__imul__": "mul_", "multiply": "mul",
    "__truediv__": "div", "__div__": "div", "__itruediv__": "div_", "true_divide": "div",
    "divide": "div", "__neg__": "neg", "negative": "neg", "__matmul__": "matmul",
    "__pow__": "pow", "view": "reshape", "concat": "cat", "concatenate": "cat",
    "clip": "clamp", "absolute": "abs", "__getitem__": "getitem", "__setitem__": "setitem",
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
    "randn": ("*dims",), "rand": ("*dims",), "zeros": ("*sizes",), "ones": ("*sizes",),
    "full": ("size", "fill_value"), "linspace": ("start", "end", "steps"), "eye": ("n", "m"),
    "log_softmax": ("dim",), "softmax": ("dim",), "gather": ("dim",), "squeeze": ("dim",),
    "unsqueeze": ("dim",), "cat": ("dim",), "stack": ("dim",), "sum": ("dim", "keepdim"),
    "mean": ("dim", "keepdim"), "max": ("dim", "keepdim"), "min": ("dim", "keepdim"),
    "amax": ("dim", "keepdim"), "amin": ("dim", "keepdim"), "argmax": ("dim", "keepdim"), "argmin": ("dim", "keepdim"), "repeat": ("*sizes",),
    "repeat_interleave": ("repeats", "dim"), "reshape": ("*shape",), "arange": ("end_or_start", "end", "step"),
    "transpose": ("dim0", "dim1"), "permute": ("*dims",), "flatten": ("start_dim", "end_dim"),
    "clamp": ("min", "max"), "pow": ("exponent",),
}

# Questions about a tensor, and ways out of torch: no operations.
SILENT = {
    "item", "tolist", "numpy", "size", "dim", "numel", "stride", "is_floating_point", "backward_hook",
    "__len__", "__bool__", "__float__", "__int__", "__index__", "__repr__", "__hash__", "__format__",
    "__iter__", "__array__", "__contains__", "__deepcopy__", "is_contiguous", "data_ptr", "element_size",
    "untyped_storage", "type", "get_device", "is_complex", "is_same_size", "__dir__", "__reduce_ex__",
}  # fmt: skip

# Operands that stand the other way round under the canonical name.
REVERSED = {"rsub": "sub"}


class OpLog(TorchFunctionMode):
    """Logs operations into the trace folder `folder` while it is the active mode.

    `window` says which part of a run is logged, told by the number of backward passes before it.
    """

    def __init__(self, folder: Path, window: dict[str, int]) -> None:
        super().__init__()
        self._index = open(folder / "ops.jsonl", "x", encoding="utf-8")
        self._values = open(folder / "ops.bin", "xb")
        self._from, self._to = window["from"], window["to"]
        self._lines: WeakIdKeyDictionary = WeakIdKeyDictionary()
        self._next = 0
        self._backwards = 0
        self._paused = False
        self._manual_seed = torch.manual_seed
        torch.manual_seed = self._seeded

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        name = canonical_name(func)
        if self._paused or name in SILENT or name.endswith("__get__"):
            return func(*args, **kwargs)
        try:
            return self._logged(name, func, args, kwargs) if self._active() else func(*args, **kwargs)
        finally:
            self._backwards += name == "backward"

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Logs nothing while the recorder itself works on tensors."""
        self._paused, before = True, self._paused
        try:
            yield
        finally:
            self._paused = before

    def probe(self, name: str, tensor: torch.Tensor) -> None:
        """Logs that `tensor` was recorded as the probe `name`."""
        if self._active():
            with self.paused():
                self._append("probe", [self._line(tensor)], {"name": name})

    def _seeded(self, seed: int) -> torch.Generator:
        """Stands for torch.manual_seed, which no function mode sees."""
        if self._active():
            self._append("manual_seed", [], {"seed": int(seed)})
        return self._manual_seed(seed)

    def close(self) -> None:
        torch.manual_seed = self._manual_seed
        self._index.close()
        self._values.close()

    def _active(self) -> bool:
        return self._from <= self._backwards <= self._to

    def _logged(self, name: str, func: Any, args: Any, kwargs: Any) -> Any:
        with self.paused():
            name, inputs, attributes = self._arguments(name, args, kwargs)
        no_grad = not torch.is_grad_enabled()
        try:
            result = func(*args, **kwargs)
        except Exception as error:
            self._append(name, inputs, attributes, no_grad, error=str(error))
            raise
        with self.paused():
            if name == "backward":
                result_tensor = args[0]
            elif isinstance(result, tuple) and result and isinstance(result[0], torch.Tensor):
                result_tensor = result[0]
            else:
                result_tensor = result if isinstance(result, torch.Tensor) else None
            line = self._append(name, inputs, attributes, no_grad, result_tensor)
            if result_tensor is not None:
                self._lines[result_tensor] = line
        return result

    def _arguments(self, name: str, args: Any, kwargs: Any) -> tuple[str, list[Any], dict[str, Any]]:
        if name == "tensor":
            args = ()
        name = specific_name(name, args)
        inputs: list[Any] = []
        rest: list[Any] = []
        numbers_are_inputs = name in ("add", "sub", "mul", "div", "rsub", "maximum", "minimum",
                                      "add_", "sub_", "mul_", "div_")  # fmt: skip
        for value in args:
            if isinstance(value, torch.Tensor):
                inputs.append(self._line(value))
            elif isinstance(value, (list, tuple)) and value and isinstance(value[0], torch.Tensor):
                inputs.extend(self._line(item) for item in value)
            elif numbers_are_inputs and isinstance(value, (int, float)):
                inputs.append({"number": plain(value)})
            else:
                rest.append(value)
        attributes = named(PARAMETERS.get(name, ()), rest)
        for key, value in kwargs.items():
            if isinstance(value, torch.Tensor):
                inputs.append(self._line(value))
            elif isinstance(value, (list, tuple)) and value and isinstance(value[0], torch.Tensor):
                inputs.extend(self._line(item) for item in value)
            elif value is not None:
                attributes[key] = plain(value)
        if name in CASTS:
            name, attributes = "to", {"dtype": CASTS[name]}
        elif name in ("to", "type_as"):
            name, inputs, attributes = "to", inputs[:1], {"dtype": cast_to(args, kwargs)}
        if name in REVERSED:
            name = REVERSED[name]
            inputs.reverse()
        if name == "getitem":
            name, attributes = indexed(args[0], args[1], attributes)
        return name, inputs, attributes

    def _line(self, tensor: torch.Tensor) -> int:
        known = self._lines.get(tensor)
        if known is None:
            known = self._append("given", [], {}, result=tensor)
            self._lines[tensor] = known
        return known

    def _append(
        self,
        name: str,
        inputs: list[Any],
        attributes: dict[str, Any],
        no_grad: bool = False,
        result: torch.Tensor | None = None,
        error: str | None = None,
    ) -> int:
        line: dict[str, Any] = {"op": name}
        if inputs:
            line["inputs"] = inputs
        if attributes:
            line["attributes"] = attributes
        if no_grad:
            line["no_grad"] = True
        if result is not None:
            if result.is_leaf and result.requires_grad:
                line["leaf"] = True
            self._describe(result, line)
        line.update(call_site())
        if error is not None:
            line["error"] = error
        self._index.write(json.dumps(line) + "\n")
        self._index.flush()
        self._next += 1
        return self._next - 1

    def _describe(self, tensor: torch.Tensor, line: dict[str, Any]) -> None:
        data = tensor.detach().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes()
        line["dtype"] = str(tensor.dtype).removeprefix("torch.")
        line["shape"] = list(tensor.shape)
        line["digest"] = hashlib.sha256(data).hexdigest()[:32]
        if len(data) <= MOST_BYTES:
            line["at"] = self._values.tell()
            self._values.write(data)
            self._values.flush()


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
    """What `tensor[index]` is in terms of `select` or `narrow`, where it is one of them alone."""
    parts = index if isinstance(index, tuple) else (index,)
    plain_parts = all(type(part) in (int, slice) for part in parts)
    chosen = [(dim, part) for dim, part in enumerate(parts) if part != slice(None)] if plain_parts else []
    if len(chosen) != 1:
        return "getitem", attributes
    dim, part = chosen[0]
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


def plain(value: Any) -> Any:
    """A value that JSON can hold; what it cannot is described."""
    if isinstance(value, torch.dtype):
        return str(value).removeprefix("torch.")
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    return value if isinstance(value, (bool, int, float, str)) else repr(value)


def call_site() -> dict[str, Any]:
    """File and line of the innermost caller that is neither torch nor a recorder."""
    frame = sys._getframe(1)
    while frame is not None:
        file = frame.f_code.co_filename
        if not file.startswith((OWN, TORCH, "<")) and "contextlib" not in file:
            return {"file": Path(file).name, "line": frame.f_lineno}
        frame = frame.f_back
    return {}
