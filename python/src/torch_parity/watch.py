"""Records arguments and results of functions whose program stays as it is.

A watched function gets a decorator while its module is compiled, in memory alone; lines keep their
numbers.
"""

import ast
import functools
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from typing import Any

import torch

import torch_parity

DEPTH = 4
watches: list["Watch"] = []


class Watch:
    """`module:function`, `module:Class.method`; with `@N` its first N calls, else the first."""

    def __init__(self, text: str) -> None:
        match = re.fullmatch(r"([\w.]+):([\w.]+)(?:@([1-9][0-9]*))?", text)
        if match is None:
            raise ValueError(f"--watch {text}: write module:function, or module:function@3 for three calls")
        self.text, self.module, self.function = text, match[1], match[2]
        self.most, self.calls, self.found = int(match[3] or 1), 0, False

    def begin(self) -> None:
        self.calls, self.found = 0, False

    def check(self) -> None:
        """Says so if nothing was recorded."""
        if not self.found:
            raise ValueError(f"--watch {self.text}: the program loads no such function")
        if self.calls == 0:
            raise ValueError(f"--watch {self.text}: the program never calls it")


def instrumented(source: bytes, path: str, module: str) -> Any:
    """The code of a module, with the functions that are watched decorated."""
    tree = ast.parse(source, path)
    for watch in watches:
        if watch.module == module:
            function = find(tree, watch.function.split("."))
            if function is not None:
                watch.found = True
                call = f"__import__('torch_parity.watch', fromlist=['watched']).watched({watch.text!r})"
                decorator = ast.parse(call, mode="eval").body
                for node in ast.walk(decorator):
                    ast.copy_location(node, function)
                function.decorator_list.insert(0, decorator)
    return compile(tree, path, "exec", dont_inherit=True)


def find(node: ast.AST, names: list[str]) -> Any:
    for child in ast.iter_child_nodes(node):
        named = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        if named and child.name == names[0]:
            return find(child, names[1:]) if names[1:] else child
    return None


class Loader(SourceFileLoader):
    """Loads a module's source, never its cached code."""

    def get_code(self, fullname: str) -> Any:
        path = self.get_filename(fullname)
        return instrumented(self.get_data(path), path, fullname)


class Finder(MetaPathFinder):
    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if all(watch.module != fullname for watch in watches):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = Loader(spec.loader.name, spec.loader.path)
        return spec


def install(texts: list[str]) -> None:
    watches.extend(Watch(text) for text in texts)
    sys.meta_path.insert(0, Finder())


def watched(text: str) -> Callable[[Any], Any]:
    """The decorator of the function that the watch `text` names."""
    watch = next(w for w in watches if w.text == text)

    def decorate(function: Any) -> Any:
        if not callable(function):
            return function  # A property, or a static method of old: left alone.
        signature = inspect.signature(function)

        @functools.wraps(function)
        def recorded(*args: Any, **kwargs: Any) -> Any:
            if torch_parity.recording is None or watch.calls == watch.most:
                return function(*args, **kwargs)
            watch.calls += 1
            prefix = watch.function + (f".call-{watch.calls}" if watch.calls > 1 else "")
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            for name, value in bound.arguments.items():
                if not isinstance(value, (int, float)):
                    record(f"{prefix}.{name}", value)
            result = function(*args, **kwargs)
            record(f"{prefix}.result", result)
            return result

        return recorded

    return decorate


def record(name: str, value: Any) -> None:
    for path, tensor in tensors(name, value, DEPTH):
        torch_parity.probe(re.sub(r"[^A-Za-z0-9._-]", "_", path), tensor)


def tensors(name: str, value: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """The tensors, numbers and lists of numbers in `value`, under their paths."""
    if isinstance(value, torch.Tensor) or is_number(value):
        yield name, value
    elif isinstance(value, (list, tuple)) and value and all(map(is_number, value)):
        yield name, torch.tensor(value)
    elif depth > 0:
        for key, item in parts(value):
            yield from tensors(f"{name}.{key}", item, depth - 1)


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def parts(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, torch.nn.Module):
        return list(value.named_parameters())
    if isinstance(value, dict):
        return list(value.items())
    if hasattr(value, "_asdict"):
        return list(value._asdict().items())
    if isinstance(value, (list, tuple)):
        return list(enumerate(value))
    simple = callable(value) and not hasattr(type(value), "forward")
    return [] if simple or isinstance(value, type) else list(getattr(value, "__dict__", {}).items())
