"""The op log: every torch function that the program calls, in the order of time.

A torch function mode sees the calls, so that the program stays as it is. The format is described in
cases/FORMATS.md.
"""

import hashlib
import json
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch.overrides import TorchFunctionMode
from torch.utils.weak import WeakIdKeyDictionary

from torch_parity.op_names import (
    CASTS,
    NUMBER_OR_TENSOR,
    PARAMETERS,
    REVERSED,
    SILENT,
    canonical_name,
    cast_to,
    in_one_form,
    indexed,
    named,
    plain,
    specific_name,
)

MOST_BYTES = 1 << 16
EACH = "_foreach_"
KEEPING = ("requires_grad_", "detach_")  # these change no value
OWN = str(Path(__file__).parent)
TORCH = str(Path(torch.__file__).parent)


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
        if name.startswith(EACH) and args and isinstance(args[0], (list, tuple)):
            return self._logged_for_each(name.removeprefix(EACH), func, args, kwargs)
        with self.paused():
            name, inputs, attributes = self._arguments(name, args, kwargs)
        no_grad = not torch.is_grad_enabled()
        try:
            result = func(*args, **kwargs)
        except Exception as error:
            self._append(name, inputs, attributes, no_grad, error=str(error))
            raise
        with self.paused():
            if name in ("backward", "setitem_"):
                result_tensor = args[0] if isinstance(args[0], torch.Tensor) else None
            elif isinstance(result, tuple) and result and isinstance(result[0], torch.Tensor):
                result_tensor = result[0]
            else:
                result_tensor = result if isinstance(result, torch.Tensor) else None
            line = self._append(name, inputs, attributes, no_grad, result_tensor)
            if result_tensor is not None:
                self._lines[result_tensor] = line
                self._through_view(name, result_tensor, no_grad)
        return result

    def _through_view(self, name: str, changed: torch.Tensor, no_grad: bool) -> None:
        """What is changed in place may be a part of another tensor, which is then changed, too."""
        whole = changed._base
        if name.endswith("_") and name not in KEEPING and whole is not None and whole in self._lines:
            inputs = [self._lines[whole], self._lines[changed]]
            self._lines[whole] = self._append("written_", inputs, {}, no_grad, whole)

    def _logged_for_each(self, name: str, func: Any, args: Any, kwargs: Any) -> Any:
        """One line for each tensor of a list that one call changes, or computes with."""
        no_grad = not torch.is_grad_enabled()
        with self.paused():
            calls = [
                self._arguments(name, [a[i] if isinstance(a, (list, tuple)) else a for a in args], kwargs)
                for i in range(len(args[0]))
            ]
        try:
            results = func(*args, **kwargs)
        except Exception as error:
            for call in calls:
                self._append(*call, no_grad, error=str(error))
            raise
        with self.paused():
            for call, result in zip(calls, args[0] if name.endswith("_") else results, strict=True):
                self._lines[result] = self._append(*call, no_grad, result)
        return results

    def _arguments(self, name: str, args: Any, kwargs: Any) -> tuple[str, list[Any], dict[str, Any]]:
        if name == "tensor":
            args = ()
        name = specific_name(name, args)
        inputs: list[Any] = []
        rest: list[Any] = []
        numbers_are_inputs = name in NUMBER_OR_TENSOR
        for value in args:
            if isinstance(value, torch.Tensor):
                inputs.append(self._line(value))
            elif holds_tensors(value):
                inputs.extend(self._line(item) for item in value if isinstance(item, torch.Tensor))
                if not all(isinstance(item, torch.Tensor) for item in value):
                    rest.append(["tensor" if isinstance(item, torch.Tensor) else item for item in value])
            elif numbers_are_inputs and isinstance(value, (int, float)):
                inputs.append({"number": plain(value)})
            else:
                rest.append(value)
        attributes = named(PARAMETERS.get(name, ()), rest)
        for key, value in kwargs.items():
            if isinstance(value, torch.Tensor):
                inputs.append(self._line(value))
            elif holds_tensors(value):
                inputs.extend(self._line(item) for item in value if isinstance(item, torch.Tensor))
            elif value is not None:
                attributes[key] = plain(value)
        attributes = in_one_form(attributes)
        if name in CASTS:
            name, attributes = "to", {"dtype": CASTS[name]}
        elif name in ("to", "type_as"):
            name, inputs, attributes = "to", inputs[:1], {"dtype": cast_to(args, kwargs)}
        if name in REVERSED and not (name == "rdiv" and is_rounded_twice(args)):
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
            if is_leaf(result):
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
        try:
            dense = tensor.detach().resolve_conj().resolve_neg().contiguous()
            data = dense.reshape(-1).view(torch.uint8).numpy().tobytes()
        except Exception:  # sparse, meta, a wrapper of torch.func: it has no bytes to tell
            return
        line["dtype"] = str(tensor.dtype).removeprefix("torch.")
        line["shape"] = list(tensor.shape)
        line["digest"] = hashlib.sha256(data).hexdigest()[:32]
        if len(data) <= MOST_BYTES:
            line["at"] = self._values.tell()
            self._values.write(data)
            self._values.flush()


def is_rounded_twice(args: Any) -> bool:
    """True for `3 / x`, which torch computes as `x.reciprocal() * 3`, unless that is exact."""
    return not any(isinstance(v, (int, float)) and abs(math.frexp(v)[0]) == 0.5 for v in args)


def is_leaf(tensor: torch.Tensor) -> bool:
    """True for a leaf with a gradient; autograd refuses to tell of a view of one that changed without gradients."""
    try:
        return tensor.is_leaf and tensor.requires_grad
    except RuntimeError:
        return False


def holds_tensors(value: Any) -> bool:
    """True for a list of tensors, or an index that has some among other parts."""
    return isinstance(value, (list, tuple)) and any(isinstance(item, torch.Tensor) for item in value)


def call_site() -> dict[str, Any]:
    """File and line of the innermost caller that is neither torch nor a recorder."""
    frame = sys._getframe(1)
    while frame is not None:
        file = frame.f_code.co_filename
        if not file.startswith((OWN, TORCH, "<")) and "contextlib" not in file:
            return {"file": Path(file).name, "line": frame.f_lineno}
        frame = frame.f_back
    return {}
