"""Every public function against the program, on all public cases."""

from __future__ import annotations

import json
import pathlib
import random
from typing import Any

import pytest

import relucert
from relucert import Network
from support import ask, cases, nets, networks_folder, number, program

PAIRS = [("net1", "net2"), ("G", "T"), ("G", "g")]


def written(net: dict[str, Any], path: pathlib.Path) -> Network:
    fields = {name: net[name] for name in ("a", "b", "c", "e") if name in net}
    path.write_text(json.dumps(fields))
    read = relucert.load(path)
    # The same numbers given from Python make the same network.
    assert Network(**fields) == read
    assert relucert.Network(read.a, read.b, read.c, read.e) == read
    return read


def same_network(found: Network, object: dict[str, Any]) -> None:
    rows = lambda rows: tuple(tuple(number(x) for x in row) for row in rows)
    assert found.a == rows(object["a"]) and found.c == rows(object["c"])


def check_one(net: Network, path: str, folder: pathlib.Path) -> None:
    _, object = ask("inspect", path)
    found = net.inspect()
    assert list(found.dead) == object["dead"] and list(found.constant) == object["constant"]
    assert [[i, j] for i, j, _ in found.parallel] == object["parallel"]
    assert [x for _, _, x in found.opposite] == [number(x) for x in object["opposite_factors"]]
    assert (found.balanced, found.n_prime, found.n_star) == (object["balanced"], object["n_prime"], object["n_star"])
    assert [pair.gap for pair in found.near_parallel] == [number(pair["gap"]) for pair in object["near_parallel_pairs"]]

    _, object = ask("canonical", "--hash", path)
    form = net.canonical()
    assert isinstance(form, relucert.CanonicalForm)
    assert form.fingerprint == object["hash"]
    assert [list(kink.jump) for kink in form.kinks] == [[number(x) for x in kink["jump"]] for kink in object["kinks"]]

    _, object = ask("norm", path)
    norm = net.seminorm()
    assert norm.value == number(object["seminorm"]) and norm.jump == number(object["jump"])
    assert relucert.jump_norm(net).value == norm.jump
    assert relucert.verify(norm).claim == "seminorm"

    _, object = ask("simplify", path)
    less = net.simplify()
    assert isinstance(less, relucert.Simplification) and less.network is not None
    assert (less.before, less.neurons, less.lower) == (object["neurons_before"], object["neurons"], object["lower"])
    assert [list(group) for group in less.merged] == object["merged"]
    same_network(less.network, object["network"])
    assert relucert.equal(net, less.network)
    assert relucert.verify(less).claim == "equal"

    code, object = ask("minimal", path)
    least = net.minimal()
    assert (least.value, least.lower, least.upper) == (object.get("minimal"), object["lower"], object["upper"])
    assert (least.value is not None) == (code == 0)
    assert relucert.verify(least).claim == "minimal"

    _, object = ask("flips", path)
    flips = net.flips()
    assert [list(s) for s in flips.sets] == object["flips"] and flips.unique == object["unique"]
    if flips.certificate is not None:
        assert bool(relucert.verify(flips))

    _, object = ask("identify", path)
    known = net.identify()
    assert (known.identifiable, known.rank, known.full) == (object["identifiable"], object["rank"], object["full"])
    assert [change.by for family in known.families for change in family.changes] == [
        number(change["by"]) for family in object["families"] for change in family["changes"]
    ]
    if known.certificate is not None:
        assert bool(relucert.verify(known))

    certificate = folder / "regions.rcert"
    _, object = ask("regions", path, "--adjacency")
    regions = net.regions()
    assert object["count"] == len(regions) == net.arrangement().count()
    signs = [region.signs for region in regions]
    assert signs == [region["signs"] for region in object["regions"]]
    assert [region.signs for region in net.arrangement().stream()] == signs
    assert [[str(x) for x in region.point] for region in regions] == [region["witness"] for region in object["regions"]]
    assert [list(edge) for edge in regions.edges()] == object["adjacency"]
    for i in range(min(len(regions), 4)):
        assert regions.find(signs[i]) == i
        point = regions.witness(i)
        assert len(point) == net.inputs
    certificate.write_bytes(regions.certify())
    assert relucert.verify(certificate).claim == "arrangement"


def check_pair(one: Network, two: Network, paths: list[str]) -> None:
    code, object = ask("equal", *paths)
    answer = relucert.equal(one, two)
    assert answer.equal == object["equal"] and bool(answer) == (code == 0)
    if not answer:
        assert list(answer.point or ()) == [number(x) for x in object["witness"]]
        assert (answer.first, answer.second) == (one.eval(answer.point), two(answer.point))
    assert bool(relucert.verify(answer))

    _, object = ask("distance", *paths)
    answer = relucert.distance(one, two)
    assert answer.value == number(object["seminorm"]) and answer.jump == number(object["jump"])
    assert relucert.jump_norm(one, two).value == answer.jump
    assert bool(relucert.verify(answer))

    _, object = ask("distance", "--sup", "--domain=-1:1", *paths)
    sup = relucert.distance(one, two, domain=(-1, 1))
    assert sup.value == number(object["sup"]["value"])
    assert bool(relucert.verify(sup))

    code, object = ask("nearest", *paths)
    near = relucert.nearest(one, two)
    assert isinstance(near, relucert.Nearest)
    if "distance" in object and near.distance is None:
        # The program goes on by the method for families, which `Family.nearest` asks.
        assert near.gap is not None and near.lower <= number(object["distance"]) <= near.upper
    elif code == 1:
        assert near.reason == object["reason"]
    else:
        assert near.distance == number(object.get("distance"))
        assert near.phi is not None and relucert.equal(near.phi, two)
    if near.certificate is not None:
        assert bool(relucert.verify(near))

    code, object = ask("reparametrize", *paths)
    if "error" in object:
        with pytest.raises(relucert.Error):
            relucert.reparametrize(one, two)
        return
    answer = relucert.reparametrize(one, two)
    theorem = (answer.theorem or "").split(" ")[0] or None
    assert theorem == object.get("theorem")
    assert answer.r == number(object["r"]) and answer.jump == number(object["jump"])
    if theorem is not None:
        assert answer.distance == number(object["distance"])
        assert [case.case for case in answer.cases] == [neuron["case"] for neuron in object["neurons"]]
        assert [b.value for b in answer.bounds] == [number(b["value"]) for b in object["bounds"]]
        assert answer.phi is not None
        same_network(answer.phi, object["phi"])
    if answer.certificate is not None:
        assert bool(relucert.verify(answer))


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in cases()])
def test_case(case: dict[str, Any], tmp_path: pathlib.Path) -> None:
    program()
    given = case["input"]
    for net in nets(given):
        path = tmp_path / "net.json"
        check_one(written(net, path), str(path), tmp_path)
        points = given.get("points", [])
        if case["kind"] in ("eval", "eval_biased"):
            values = [[str(x) for x in Network(**{k: net[k] for k in "abce" if k in net}).eval(x)] for x in points]
            assert values == case["expect"]["values"]
    for first, second in PAIRS:
        if first in given and second in given:
            paths = [tmp_path / "one.json", tmp_path / "two.json"]
            one, two = (written(given[name], path) for name, path in zip((first, second), paths))
            check_pair(one, two, [str(path) for path in paths])


def test_surds() -> None:
    for _, case in cases():
        given, expect = case["input"], case["expect"]
        if case["kind"] == "surd_sign":
            x = relucert.Surd(given["x"])
            assert (x > 0) - (x < 0) == expect["sign"] and str(x) == expect["normal_form"]
        if case["kind"] == "surd_ops":
            x, y = relucert.Surd(given["x"]), relucert.Surd(given["y"])
            assert [str(x + y), str(x * y), str(x / y)] == [expect["sum"], expect["product"], expect["quotient"]]
            assert (x > y) - (x < y) == expect["compare"]


def test_networks_of_others() -> None:
    """Files of other formats are read as the program reads them."""
    program()
    read = 0
    for path in sorted(networks_folder().iterdir()):
        if path.suffix not in (".npz", ".safetensors", ".onnx") or path.stat().st_size > 1_000_000:
            continue
        code, object = ask("inspect", str(path))
        if "error" in object:
            with pytest.raises(relucert.Error) as refused:
                relucert.load(path)
            assert str(refused.value) in object["error"]
            continue
        network = relucert.load(path)
        if network.is_shallow:
            assert list(network.inspect().dead) == object["dead"]
        assert Network.from_bytes(network.to_bytes(), "json") == network
        read += 1
    assert read > 5


def test_deep(tmp_path: pathlib.Path) -> None:
    """Networks of three layers against the program."""
    program()
    numbers = random.Random(4)
    matrix = lambda rows, columns: [[str(numbers.randint(-3, 3)) for _ in range(columns)] for _ in range(rows)]
    bias = lambda rows: [str(numbers.randint(-2, 2)) for _ in range(rows)]
    paths, networks = [], []
    for index in range(4):
        # The third is the second with its neurons in another order.
        if index == 2:
            layers = [dict(layer) for layer in layers]
            layers[0]["weights"] = layers[0]["weights"][::-1]
            layers[0]["biases"] = layers[0]["biases"][::-1]
            layers[1]["weights"] = [row[::-1] for row in layers[1]["weights"]]
        else:
            shapes = [(5, 3), (4, 5), (2, 4)]
            layers = [{"weights": matrix(*shape), "biases": bias(shape[0])} for shape in shapes]
        path = tmp_path / f"{index}.json"
        path.write_text(json.dumps({"layers": layers}))
        network = relucert.load(path)
        assert network == Network.from_layers([(layer["weights"], layer["biases"]) for layer in layers])
        paths.append(str(path))
        networks.append(network)
        _, object = ask("inspect", "--domain=-1:1", str(path))
        for found, layer in zip(network.inspect(domain=(-1, 1)).layers, object["layers"]):
            assert [list(pair) for pair in found.dead] == [[it["neuron"], it["why"]] for it in layer["dead"]]
            assert (found.never_active, found.always_active) == (layer["never_active"], layer["always_active"])
            assert [[i, j] for i, j, _ in found.parallel] == layer["parallel"]
        code, object = ask("simplify", str(path))
        less = network.simplify()
        assert less.network is not None and sum(less.network.widths) == object["neurons"]
        assert bool(relucert.verify(less))
        _, object = ask("identify", str(path))
        assert network.identify().rank == object["rank"]
    for i, j in [(0, 1), (1, 2), (0, 0)]:
        code, object = ask("equal", paths[i], paths[j])
        answer = relucert.equal(networks[i], networks[j])
        assert answer.equal == object["equal"] and bool(relucert.verify(answer))
        assert answer.point is None or [str(x) for x in answer.point] == object["witness"]
        code, object = ask("nearest", paths[i], paths[j])
        near = relucert.nearest(networks[i], networks[j])
        assert near.distance == number(object["distance"]) and bool(relucert.verify(near))
    forms = [network.canonical() for network in networks]
    assert forms[1] == forms[2] != forms[0]


FAMILIES = sorted((pathlib.Path(__file__).parents[2] / "examples/families").glob("*.json"))


def test_families(tmp_path: pathlib.Path) -> None:
    """Families against the program, pair by pair of those that fit together."""
    program()
    asked = 0
    for path in FAMILIES:
        family = relucert.Family.load(path)
        code, object = ask("norm", str(path))
        if code == 0:
            answer = family.distance()
            assert answer.proved and answer.value == object.get("seminorm")
            assert family.jump_norm().value == object.get("jump")
            assert bool(relucert.verify(answer))
            asked += 1
        other = path.with_name(path.name.replace("-gamma", "-g"))
        if other != path and other.exists():
            theta = relucert.Family.load(other)
            code, object = ask("reparametrize", str(path), str(other))
            if "error" not in object:
                said = family.reparametrize(theta)
                assert (said.theorem or "").split(" ")[0] == (object["theorem"] or "")
                assert said.certificate is None or bool(relucert.verify(said))
            code, object = ask("nearest", str(path), str(other))
            if code == 0:
                near = family.nearest(theta)
                assert near.proved and near.value == object.get("distance")
                assert bool(relucert.verify(near))
            code, object = ask("equal", str(path), str(other))
            assert bool(family.equal(theta)) == (code == 0)
        instance = family.at(2)
        _, object = ask("canonical", "--hash", "--k", "2", str(path))
        form = instance.canonical()
        assert isinstance(form, relucert.CanonicalForm) and form.fingerprint == object["hash"]
    assert asked > 0 or not FAMILIES
