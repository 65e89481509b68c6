"""A hundred inputs that make no sense: each is refused by a named exception that says where, and the interpreter lives."""

from __future__ import annotations

import io
import math
from typing import Any, Callable

import pytest

import relucert
from relucert import Arrangement, Family, Network, Surd

numpy = pytest.importorskip("numpy")

GOOD = Network([[1, 0], [0, 1]], c=[[1], [1]])
BIASED = Network([[1, 0], [0, 1]], [1, 2], [[1], [1]], [0])
DEEP = Network.from_layers([([[1], [-1]], [0, 1]), ([[1, 1]], [0]), ([[2]], [1])])
CERTIFICATE = relucert.equal(GOOD, GOOD).certificate or b""


class Odd:
    """Says that it is a ratio, and fails."""

    def as_integer_ratio(self) -> tuple[int, int]:
        raise RuntimeError("no")


class Zero:
    """A ratio that is none."""

    def as_integer_ratio(self) -> tuple[int, int]:
        return (1, 0)


class Endless:
    """Contains itself."""

    def __iter__(self) -> Any:
        return iter([self])


def closed(path: Any) -> Any:
    file = open(path, "rb")
    file.close()
    return file


def state(**tensors: Any) -> dict[str, Any]:
    return {name.replace("_", "."): tensor for name, tensor in tensors.items()}


NUMBERS: list[Any] = [
    math.nan, math.inf, -math.inf, None, True, 1j, b"1", "", "x", "1/0", "nan", "1e999999", "sqrt(-1)", "0x", "1" * 40_000,
    numpy.nan, numpy.float32("inf"), numpy.bool_(True), numpy.complex128(1j), numpy.datetime64("2020-01-01"), object(), Odd(), Zero(),
    {1: 2}, lambda: 1, 10**400_000, "1\"2", "\x00", "½", [[1]],
]

CALLS: list[tuple[str, Callable[[], Any]]] = [
    *[(f"a weight {i}", lambda value=value: Network([[value, 1], [0, 1]], c=[[1], [1]])) for i, value in enumerate(NUMBERS)],
    *[(f"a coordinate {i}", lambda value=value: GOOD.eval([value, 1])) for i, value in enumerate(NUMBERS) if i != 25],
    *[(f"a normal {i}", lambda value=value: Arrangement([[value, 1]])) for i, value in enumerate(NUMBERS[:12])],
    ("nothing", lambda: Network()),  # type: ignore[call-arg]
    ("a alone", lambda: Network([[1]])),
    ("no c", lambda: Network([[1]], [1])),
    ("no rows", lambda: Network([], c=[])),
    ("empty rows", lambda: Network([[]], c=[[]])),
    ("ragged a", lambda: Network([[1, 2], [1]], c=[[1], [1]])),
    ("ragged c", lambda: Network([[1], [1]], c=[[1, 2], [1]])),
    ("more c than a", lambda: Network([[1]], c=[[1], [1]])),
    ("b too long", lambda: Network([[1]], [1, 2], [[1]], [0])),
    ("e too long", lambda: Network([[1]], [1], [[1]], [0, 0])),
    ("flat a", lambda: Network([1, 2], c=[1, 2])),
    ("deep a", lambda: Network([[[1]]], c=[[1]])),
    ("a of text", lambda: Network("12", c=[[1]])),
    ("a of a dict", lambda: Network({"a": 1}, c=[[1]])),
    ("a set in a set", lambda: Network({1, 2}, c=[[1]])),
    ("a itself", lambda: Network(Endless(), c=[[1]])),
    ("3d array", lambda: Network(numpy.zeros((2, 2, 2)), c=[[1], [1]])),
    ("0d array", lambda: Network(numpy.float64(3), c=[[1]])),
    ("empty array", lambda: Network(numpy.zeros((0, 2)), c=numpy.zeros((0, 1)))),
    ("complex array", lambda: Network(numpy.zeros((1, 2), complex), c=[[1]])),
    ("array of texts", lambda: Network(numpy.array([["a"]]), c=[[1]])),
    ("array of objects", lambda: Network(numpy.array([[object()]]), c=[[1]])),
    ("array of NaN", lambda: Network(numpy.full((1, 2), numpy.nan), c=[[1]])),
    ("bool array", lambda: Network(numpy.ones((1, 2), bool), c=[[1]])),
    ("layers of nothing", lambda: Network.from_layers([])),
    ("layers of numbers", lambda: Network.from_layers([1])),
    ("layers that do not fit", lambda: Network.from_layers([([[1]], [0]), ([[1, 2]], [0])])),
    ("layers of biases that do not fit", lambda: Network.from_layers([([[1]], [0, 1])])),
    ("no layers", lambda: Network.from_layers(None)),  # type: ignore[arg-type]
    ("a point too short", lambda: GOOD.eval([1])),
    ("a point of rows", lambda: GOOD.eval([[1, 2]])),
    ("a point of text", lambda: GOOD.eval("12")),
    ("no point", lambda: GOOD.eval(None)),
    ("other inputs", lambda: relucert.equal(GOOD, Network([[1]], c=[[1]]))),
    ("other outputs", lambda: relucert.distance(GOOD, Network([[1, 2]], c=[[1, 2]]))),
    ("no network", lambda: relucert.equal(GOOD, None)),  # type: ignore[arg-type]
    ("a path for a network", lambda: relucert.equal("a.json", GOOD)),  # type: ignore[arg-type]
    ("deep norm", lambda: DEEP.seminorm()),
    ("deep regions", lambda: DEEP.regions()),
    ("deep inspect on a box", lambda: DEEP.inspect(domain=[(0, 1), (0, 1)])),
    ("deep flips", lambda: DEEP.flips()),
    ("deep minimal", lambda: DEEP.minimal()),
    ("deep balance", lambda: DEEP.simplify(balance=True)),
    ("deep weights", lambda: DEEP.a),
    ("deep distance", lambda: relucert.distance(DEEP, DEEP)),
    ("deep theorem", lambda: relucert.reparametrize(DEEP, DEEP)),
    ("deep box", lambda: relucert.equal(DEEP, DEEP, domain=(0, 1))),
    ("a box without interior", lambda: GOOD.regions(domain=(1, 1))),
    ("a box of one end", lambda: GOOD.sup_norm([(1,)])),
    ("a box of three", lambda: GOOD.sup_norm([(0, 1)] * 3)),
    ("a box of NaN", lambda: GOOD.sup_norm((0, math.nan))),
    ("a box of text", lambda: GOOD.sup_norm("0:1")),
    ("an empty box", lambda: GOOD.sup_norm([])),
    ("a negative time", lambda: GOOD.seminorm(time_limit=-1)),
    ("no time", lambda: GOOD.seminorm(time_limit=math.nan)),
    ("a time of text", lambda: GOOD.seminorm(time_limit="1s")),  # type: ignore[arg-type]
    ("a negative memory", lambda: GOOD.seminorm(memory_limit=-1)),
    ("progress of text", lambda: GOOD.seminorm(progress="yes")),  # type: ignore[arg-type]
    ("a gap of text", lambda: GOOD.seminorm(gap="small")),
    ("a theorem", lambda: relucert.reparametrize(GOOD, GOOD, theorem="4.1")),
    ("a form", lambda: relucert.reparametrize(GOOD, GOOD, form="x")),
    ("a negative beta", lambda: relucert.reparametrize(GOOD, GOOD, beta=-1)),
    ("a limit", lambda: GOOD.regions(limit=-1)),
    ("a huge limit", lambda: GOOD.regions(limit=2**70)),
    ("no region", lambda: GOOD.regions()[99]),
    ("a witness", lambda: GOOD.regions().witness(-99)),
    ("neighbours", lambda: GOOD.regions().neighbours(4)),
    ("by", lambda: GOOD.regions().certify(by="luck")),
    ("part of a list", lambda: GOOD.regions(limit=1).certify()),
    ("no normals", lambda: Arrangement([])),
    ("ragged normals", lambda: Arrangement([[1, 2], [1]])),
    ("empty normals", lambda: Arrangement([[]])),
    ("offsets", lambda: Arrangement([[1, 2]], [1, 2])),
    ("a family's entry", lambda: Family([["n"]], c=[["1"]])),
    ("a family's pole", lambda: Family([["1/(k-2)"]], c=[["1"]])),
    ("a family's shape", lambda: Family([["k", 1], ["k"]], c=[["1"], [1]])),
    ("a family's quote", lambda: Family([['"']], c=[["1"]])),
    ("k = 0", lambda: Family([["k"]], c=[["1"]]).at(0)),
    ("k < 0", lambda: Family([["k"]], c=[["1"]]).at(-1)),
    ("a family of text", lambda: Family.from_json("{")),
    ("a family and None", lambda: Family([["k"]], c=[["1"]]).equal(None)),  # type: ignore[arg-type]
    ("a surd", lambda: Surd(None)),
    ("a surd of NaN", lambda: Surd(math.nan)),
    ("a surd of lists", lambda: Surd([1])),
    ("an absent file", lambda: relucert.load("/nowhere/net.json")),
    ("an extension", lambda: relucert.load(__file__)),
    ("a folder", lambda: relucert.load("/")),
    ("a number for a path", lambda: relucert.load(3)),  # type: ignore[arg-type]
    ("a closed file", lambda: relucert.load(closed(__file__))),
    ("an open file", lambda: relucert.load(io.BytesIO(b"{}"))),  # type: ignore[arg-type]
    ("a path with 0", lambda: relucert.load("a\x00.json")),
    ("a format", lambda: relucert.load(__file__, format="xml")),
    ("a wrong format", lambda: relucert.load(__file__, format="npz")),
    ("decimals", lambda: relucert.load(__file__, format="nnet", decimals="f8")),
    ("bytes", lambda: Network.from_bytes(b"\xff", "json")),
    ("no bytes", lambda: Network.from_bytes(b"", "safetensors")),
    ("cut bytes", lambda: Network.from_bytes(GOOD.to_bytes("npz")[:-9], "npz")),
    ("a format of bytes", lambda: GOOD.to_bytes("nnet")),
    ("rounded JSON", lambda: GOOD.to_bytes("json", round="f32")),
    ("a rounding", lambda: GOOD.to_bytes("npz", round="f8")),
    ("a place to write", lambda: GOOD.save("/nowhere/net.json")),
    ("an extension to write", lambda: GOOD.save("net.txt")),
    ("an absent certificate", lambda: relucert.verify("/nowhere/x.rcert")),
    ("no certificate", lambda: relucert.verify(None)),
    ("a number", lambda: relucert.verify(3)),
    ("an answer without", lambda: relucert.verify(relucert.Equality(equal=True))),
    ("to save an answer without", lambda: relucert.Equality(equal=True).save("x.rcert")),
    ("to save nowhere", lambda: relucert.equal(GOOD, GOOD).save("/nowhere/x.rcert")),
    ("to explain nothing", lambda: relucert.explain(b"")),
    ("to explain in a format", lambda: relucert.explain(CERTIFICATE, format="docx")),
    ("an estimator", lambda: Network.from_sklearn(object())),
    ("a module", lambda: Network.from_torch(object())),
    ("a state of numbers", lambda: Network.from_torch({"0.weight": 3})),
    ("a state of ints", lambda: Network.from_torch(state(_0_weight=numpy.ones((1, 1), int)))),
    ("a state of NaN", lambda: Network.from_torch({"0.weight": numpy.full((1, 1), numpy.nan)})),
    ("an empty state", lambda: Network.from_torch({})),
    ("layers that are not there", lambda: Network.from_torch({"0.weight": numpy.ones((1, 1))}, layers=["1"])),
]


def test_there_are_a_hundred() -> None:
    assert len(CALLS) >= 100


@pytest.mark.parametrize("call", [pytest.param(call, id=name) for name, call in CALLS])
def test_refused(call: Callable[[], Any]) -> None:
    named = (relucert.Error, TypeError, IndexError, OverflowError, ValueError)
    with pytest.raises(named) as refused:
        call()
    text = str(refused.value)
    assert text and "panick" not in text and not isinstance(refused.value, relucert.InternalError)


def test_certificates_of_rubbish_are_rejected() -> None:
    for text in (b"", b"\xff", b"{}\n", CERTIFICATE[:-1], CERTIFICATE.replace(b"equal", b"differ"), bytearray(CERTIFICATE[1:])):
        verdict = relucert.verify(text)
        assert not verdict and verdict.reason


def test_messages_are_the_program_s() -> None:
    with pytest.raises(relucert.UsageError, match="found NaN, expected a finite number"):
        Network([[math.nan]], c=[[1]])
    with pytest.raises(relucert.FileError, match=r"Network, field a"):
        Network([[1, 2], [1]], c=[[1], [1]])
    with pytest.raises(relucert.UsageError, match="the point has 1 numbers, expected 2"):
        GOOD.eval([1])
