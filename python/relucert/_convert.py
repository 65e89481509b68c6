"""Networks of scikit-learn and PyTorch, by what they look like: nothing of them is imported."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Mapping
from typing import Any, Optional

from ._errors import UsageError
from ._relucert import Network

# What an entry of a tensor is in a safetensors file: its name, and how it is packed.
_KINDS = {
    "float64": ("F64", "d"),
    "float32": ("F32", "f"),
    "float16": ("F16", "e"),
    "bfloat16": ("BF16", None),
}


def from_sklearn(cls: type[Network], estimator: Any) -> Network:
    """A fitted multilayer perceptron."""
    kind = type(estimator).__name__
    coefs = getattr(estimator, "coefs_", None)
    intercepts = getattr(estimator, "intercepts_", None)
    if coefs is None or intercepts is None:
        raise UsageError(f"from_sklearn: {kind} has no coefs_ and intercepts_; expected a fitted MLPRegressor or MLPClassifier")
    activation = getattr(estimator, "activation", "relu")
    if activation != "relu" and len(coefs) > 1:
        raise UsageError(f"from_sklearn: found activation {activation!r}, expected 'relu'")
    last = getattr(estimator, "out_activation_", "identity")
    if last not in ("identity", "logistic", "softmax"):
        raise UsageError(f"from_sklearn: found out_activation_ {last!r}, expected identity, logistic or softmax")
    layers = []
    for weights, biases in zip(coefs, intercepts):
        rows = weights.tolist()
        layers.append(([list(column) for column in zip(*rows)], biases.tolist()))
    return cls.from_layers(layers)


def from_torch(cls: type[Network], module: Any, layers: Optional[Iterable[str]]) -> Network:
    """A module of Linear and ReLU, or its state_dict."""
    state = module
    if not isinstance(module, Mapping):
        if not hasattr(module, "state_dict"):
            kind = type(module).__name__
            raise UsageError(f"from_torch: found a value of type {kind}, expected a module or a state_dict")
        _check(module)
        state = module.state_dict()
    names = None if layers is None else list(layers)
    return cls.from_bytes(_safetensors(state), "safetensors", name="from_torch", layers=names)


# Modules that change nothing when a network is evaluated, and those that hold others.
_NEUTRAL = {"Identity", "Dropout", "AlphaDropout", "Flatten", "Sequential", "ModuleList", "ModuleDict"}


def _check(module: Any) -> None:
    """Refuses what is not Linear and ReLU in turn, as far as modules show it; what `forward` does beside is not seen."""
    for name, inner in getattr(module, "named_modules", list)():
        kind = type(inner).__name__
        leaf = not list(getattr(inner, "children", list)())
        if leaf and kind not in _NEUTRAL and kind not in ("Linear", "ReLU") and inner is not module:
            raise UsageError(f"from_torch: {name} is {kind}, expected Linear and ReLU in turn")
    if type(module).__name__ != "Sequential":
        return
    expected = "Linear"
    for name, inner in _leaves(module):
        kind = type(inner).__name__
        if kind in _NEUTRAL:
            continue
        if kind != expected:
            raise UsageError(f"from_torch: {name} is {kind}, expected {expected}: Linear and ReLU in turn")
        expected = "ReLU" if kind == "Linear" else "Linear"
    if expected == "Linear":
        raise UsageError("from_torch: the last module is ReLU, expected Linear")


def _leaves(module: Any, prefix: str = "") -> Iterable[tuple[str, Any]]:
    for name, inner in module.named_children():
        if type(inner).__name__ == "Sequential":
            yield from _leaves(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", inner


def _flat(value: Any) -> list[float]:
    if not isinstance(value, list):
        return [value]
    return [entry for row in value for entry in _flat(row)]


def _safetensors(state: Mapping[str, Any]) -> bytes:
    """The bytes of a safetensors file of these tensors: the program's reader then does what it does with a file."""
    header: dict[str, Any] = {}
    data = bytearray()
    for name, tensor in state.items():
        if not (hasattr(tensor, "shape") and hasattr(tensor, "tolist") and hasattr(tensor, "dtype")):
            raise UsageError(f"from_torch: {name}: found a value of type {type(tensor).__name__}, expected a tensor")
        dtype = str(tensor.dtype).rpartition(".")[2]
        if dtype not in _KINDS:
            raise UsageError(f"from_torch: {name}: found dtype {dtype}, expected float64, float32, float16 or bfloat16")
        kind, code = _KINDS[dtype]
        numbers = _flat(tensor.tolist())
        begin = len(data)
        if code is None:
            # The upper half of a float32 whose lower half is 0.
            whole = struct.pack(f"<{len(numbers)}f", *numbers)
            data += b"".join(whole[i + 2 : i + 4] for i in range(0, len(whole), 4))
        else:
            data += struct.pack(f"<{len(numbers)}{code}", *numbers)
        header[str(name)] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [begin, len(data)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + bytes(data)
