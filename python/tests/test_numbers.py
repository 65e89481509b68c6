"""Numbers cross the border exactly, both ways."""

from __future__ import annotations

import math
import pickle
import struct
from decimal import Decimal
from fractions import Fraction

import pytest

import relucert
from relucert import Network, Surd


def one(value: object) -> object:
    """The number that a weight becomes."""
    return Network([[value, 1]], c=[[1]]).a[0][0]


def test_ints_fractions_and_texts() -> None:
    big = 3**200
    for value, expected in [
        (7, Fraction(7)),
        (-big, Fraction(-big)),
        (Fraction(1, big), Fraction(1, big)),
        ("1/3", Fraction(1, 3)),
        ("0.1", Fraction(1, 10)),
        ("1e-3", Fraction(1, 1000)),
        (Decimal("0.1"), Fraction(1, 10)),
        (Surd("2/3"), Fraction(2, 3)),
    ]:
        assert one(value) == expected


def test_floats_are_taken_bit_for_bit() -> None:
    values = [0.1, -0.0, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1 / 3, math.pi]
    values += [struct.unpack("<d", struct.pack("<Q", bits))[0] for bits in range(1, 2**60, 2**54 + 12345)]
    for value in values:
        found = one(value)
        assert isinstance(found, Fraction) and found == Fraction(value)
        assert float(found) == value


def test_numpy_arrays() -> None:
    numpy = pytest.importorskip("numpy")
    random = numpy.random.default_rng(1)
    for dtype in ["float64", "float32", "float16", "int8", "int32", "int64", "uint64"]:
        a = (random.normal(size=(3, 2)) * 100).astype(dtype)
        c = numpy.asfortranarray((random.normal(size=(3, 1)) * 100).astype(dtype))
        network = Network(a=a, c=c)
        assert network.a == tuple(tuple(Fraction(x) for x in row) for row in a.tolist())
        assert network.c == tuple(tuple(Fraction(x) for x in row) for row in c.tolist())
        assert network == Network(a=a[:, ::-1][:, ::-1], c=list(c)), dtype
        # Scalars, and c as a row of numbers.
        assert network == Network(a=[[x for x in row] for row in a], c=c[:, 0])
    # A float32 is what it is, not the double that is written like it.
    assert one(numpy.float32(0.1)) == Fraction(numpy.float32(0.1).item()) != Fraction(0.1)
    assert one(numpy.array(3)) == 3
    assert Network(a, c=c).eval(numpy.array([1, 2], dtype="int32")) == Network(a, c=c).eval([1, 2])


def test_nothing_answers_a_float() -> None:
    network = Network(a=[[0.5, 0.25], [1.5, -1.0]], b=[0.1, 0.2], c=[[1.0], [2.0]], e=[0.3])
    values = [network.eval([0.5, 0.5]), network.a, network.b, network.c, network.e, network.layers]
    norm = network.seminorm()
    values += [norm.value, norm.jump, norm.point, network.inspect().near_parallel[0].gap]

    def check(value: object) -> None:
        if isinstance(value, tuple):
            for inner in value:
                check(inner)
        else:
            assert isinstance(value, (Fraction, Surd)) and not isinstance(value, float)

    check(tuple(values))


def test_surds() -> None:
    root = Surd.sqrt(2)
    assert root * root == 2 and (root * root).is_rational() and (root * root).to_fraction() == 2
    assert str(root + Fraction(1, 2)) == "1/2+sqrt(2)" and repr(root) == "Surd('sqrt(2)')"
    assert 1 + root > 2.4 and not 1 + root > 2.5 and root < math.inf and root != math.nan
    assert 1 / root == root / 2 and 3 - root == -(root - 3) and abs(-root) == root
    assert (root + Surd.sqrt(3)) * (Surd.sqrt(3) - root) == 1
    assert float(root) == math.sqrt(2) and float(Surd("1/3")) == 1 / 3
    assert float(Surd.sqrt(Fraction(10) ** -40)) == 1e-20 and float(-root) == -math.sqrt(2)
    assert hash(Surd("3/7")) == hash(Fraction(3, 7)) and len({root, Surd("sqrt(2)"), Surd("sqrt(8)/2")}) == 1
    assert (root + 5).rational_part == 5 and root.terms == ((Fraction(1), 2),)
    assert pickle.loads(pickle.dumps(root - 1)) == root - 1
    assert bool(root) and not bool(root - root) and root.approx(5) == "1.4142"
    assert sorted([Surd.sqrt(5), Surd.sqrt(3), 2 + 0 * root])[0] == Surd.sqrt(3)
    for other in (0.5, "1", None, True, [1]):
        with pytest.raises(TypeError):
            root + other  # type: ignore[operator]
    with pytest.raises(ZeroDivisionError):
        root / (root - root)
    with pytest.raises(relucert.UsageError):
        Surd.sqrt(-1)
    with pytest.raises(relucert.UsageError):
        root.to_fraction()


def test_square_roots_in_networks() -> None:
    network = Network(a=[["sqrt(2)", 0], [0, 1]], c=[[Surd.sqrt(2)], [1]])
    assert network.a[0][0] == Surd.sqrt(2) and network.eval([1, 0]) == (2,)
    with pytest.raises(relucert.UsageError):
        network.eval([Surd.sqrt(2), 0])


def test_pickle() -> None:
    import relucert as r

    shallow = Network(a=[[1, "1/3"], [2, 5]], b=["1/7", 0], c=[[1], [2]], e=[1])
    deep = Network.from_layers([([[1], [-1]], [0, 1]), ([[1, 1]], [0]), ([[2]], [1])])
    for network in (shallow, deep, Network(a=[["sqrt(2)"]], c=[["sqrt(2)"]])):
        again = pickle.loads(pickle.dumps(network))
        assert again == network and hash(again) == hash(network)
    other = Network(a=[[1, "1/3"], [2, 4]], b=["1/7", 0], c=[[1], [2]], e=[1])
    answers = [
        r.equal(shallow, other),
        r.distance(shallow, other),
        r.reparametrize(shallow, other),
        r.nearest(shallow, other),
        shallow.seminorm(),
        shallow.simplify(),
        deep.simplify(),
        shallow.identify(),
        shallow.canonical(),
        shallow.inspect(),
        shallow.minimal(),
        shallow.flips(),
        r.verify(r.equal(shallow, other)),
    ]
    for answer in answers:
        again = pickle.loads(pickle.dumps(answer))
        assert again == answer and repr(again) == repr(answer) and "\n" not in repr(answer)
        assert "<table>" in answer._repr_html_()
    arrangement = r.Arrangement([[1, 2], [3, 4]], [0, 1], domain=[(0, 1), (-1, "1/2")])
    again = pickle.loads(pickle.dumps(arrangement.regions()))
    assert [x.signs for x in again] == [x.signs for x in arrangement.regions()]
    family = r.Family(a=[["k", 0]], c=[["1/k"]])
    assert pickle.loads(pickle.dumps(family)) == family


def test_files(tmp_path: object) -> None:
    import pathlib

    folder = pathlib.Path(str(tmp_path))
    network = Network(a=[[0.5, 0.25], [1.5, -1.0]], b=[1.0, 2.0], c=[[1.0], [2.0]], e=[3.0])
    for name in ("n.json", "n.safetensors", "n.npz", "n.onnx"):
        network.save(folder / name)
        assert relucert.load(folder / name) == network
        assert relucert.load(str(folder / name)) == network
    third = Network(a=[["1/3"]], c=[[1]])
    with pytest.raises(relucert.FileError, match="1/3"):
        third.save(folder / "third.npz")
    third.save(folder / "third.npz", round="f32")
    assert float(relucert.load(folder / "third.npz").a[0][0]) == pytest.approx(1 / 3)
    answer = relucert.equal(network, network)
    answer.save(folder / "equal.rcert")
    assert relucert.verify(folder / "equal.rcert").claim == "equal"
    assert "the same function" in relucert.explain(answer)
    assert "<iframe" in answer._repr_html_() and "VERIFIED" in answer._repr_html_()
    assert "<svg" in network._repr_html_()
