"""Models of scikit-learn and PyTorch, the latter by what they look like."""

from __future__ import annotations

import struct
from fractions import Fraction
from typing import Any

import pytest

import relucert
from relucert import Network


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_sklearn(dtype: str) -> None:
    numpy = pytest.importorskip("numpy")
    neural = pytest.importorskip("sklearn.neural_network")
    random = numpy.random.default_rng(3)
    x = random.normal(size=(60, 3)).astype(dtype)
    y = numpy.stack([x[:, 0] * x[:, 1], x[:, 2]], axis=1)
    for hidden in [(5,), (4, 3), ()]:
        model = neural.MLPRegressor(hidden_layer_sizes=hidden, solver="lbfgs", max_iter=40, random_state=1).fit(x, y)
        network = Network.from_sklearn(model)
        assert network.widths == hidden and network.outputs == 2
        weights, biases = network.layers[0]
        assert weights == tuple(tuple(Fraction(w) for w in column) for column in model.coefs_[0].T.tolist())
        assert biases == tuple(Fraction(b) for b in model.intercepts_[0].tolist())
        found = [float(value) for value in network.eval(x[0])]
        assert found == pytest.approx(model.predict(x[:1])[0].tolist(), rel=1e-3, abs=1e-5)
    model = neural.MLPClassifier(hidden_layer_sizes=(4,), solver="lbfgs", max_iter=40, random_state=1).fit(x, x[:, 0] > 0)
    network = Network.from_sklearn(model)
    for row in x[:10]:
        assert (network.eval(row)[0] > 0) == bool(model.predict([row])[0])
    model = neural.MLPRegressor(hidden_layer_sizes=(2,), activation="tanh", max_iter=5).fit(x, y)
    with pytest.raises(relucert.UsageError, match="'tanh'"):
        Network.from_sklearn(model)
    with pytest.raises(relucert.UsageError, match="fitted"):
        Network.from_sklearn(neural.MLPRegressor())


class Tensor:
    """What a tensor shows of itself."""

    def __init__(self, rows: list[Any], dtype: str) -> None:
        self.rows, self.dtype = rows, "torch." + dtype
        self.shape = (len(rows), len(rows[0])) if isinstance(rows[0], list) else (len(rows),)

    def tolist(self) -> list[Any]:
        return self.rows


class Module:
    """What a module shows of itself."""

    def __init__(self, **inner: Any) -> None:
        self.inner = {name.lstrip("_"): value for name, value in inner.items()}

    def named_children(self) -> Any:
        return self.inner.items()

    def children(self) -> Any:
        return self.inner.values()

    def named_modules(self) -> Any:
        yield "", self
        for name, inner in self.inner.items():
            yield name, inner

    def state_dict(self) -> dict[str, Tensor]:
        return {f"{name}.{key}": value for name, inner in self.inner.items() for key, value in getattr(inner, "tensors", {}).items()}


class Sequential(Module):
    pass


class ReLU(Module):
    pass


class Tanh(Module):
    pass


class Linear(Module):
    def __init__(self, weight: list[Any], bias: list[Any], dtype: str) -> None:
        super().__init__()
        self.tensors = {"weight": Tensor(weight, dtype), "bias": Tensor(bias, dtype)}


def single(value: float) -> float:
    """A number that all formats have."""
    return float(struct.unpack("<f", struct.pack("<f", value))[0])


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16", "bfloat16"])
def test_torch(dtype: str) -> None:
    first = Linear([[0.5, -1.25], [3.0, 2.0**-9]], [1.0, -0.0], dtype)
    second = Linear([[1.5, -0.0625]], [0.25], dtype)
    model = Sequential(_0=first, _1=ReLU(), _2=second)
    network = Network.from_torch(model)
    assert network == Network([[0.5, -1.25], [3, 2.0**-9]], [1, 0], [[1.5], [-0.0625]], [0.25])
    assert Network.from_torch(model.state_dict()) == network
    tensor = single(0.1) if dtype == "float32" else 0.1
    if dtype in ("float64", "float32"):
        state = {"0.weight": Tensor([[tensor]], dtype), "2.weight": Tensor([[1.0]], dtype)}
        assert Network.from_torch(state).layers[0][0][0][0] == Fraction(tensor)
    for wrong in [
        Sequential(_0=first, _1=Tanh(), _2=second),
        Sequential(_0=first, _1=second),
        Sequential(_0=first, _1=ReLU()),
    ]:
        with pytest.raises(relucert.UsageError, match="expected"):
            Network.from_torch(wrong)


def test_torch_layers_by_name() -> None:
    state = {
        "zeta.weight": Tensor([[1.0, 2.0], [3.0, 4.0]], "float32"),
        "alpha.weight": Tensor([[5.0, 6.0], [7.0, 8.0]], "float32"),
    }
    network = Network.from_torch(state, layers=["zeta", "alpha"])
    assert network.layers[0][0] == ((1, 2), (3, 4)) and network.layers[1][0] == ((5, 6), (7, 8))
