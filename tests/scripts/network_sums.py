#!/usr/bin/env python3
"""Sizes, number of parameters and exact sums of networks, by Python's fractions.

    python tests/scripts/network_sums.py FOLDER > tests/data/network_sums.json

reads every .npz, .safetensors and .nnet file below FOLDER with numpy, the safetensors package and by hand, and prints a table which
tests/formats.rs compares with what relucert reads. Parameters are taken layer by layer, the weights by outputs, then the biases; `sum` is
the sum of all, `places` the sum of each times its place from 1, which sees a transposed matrix. Only what files are read with is not here:
a .nnet has a row for each meaning of its decimals, and the folded one.
"""

import json
import sys
from fractions import Fraction
from pathlib import Path

import numpy
from safetensors import numpy as tensors


def rounded(value, fraction_bits, least):
    """The nearest binary float, ties to even, of a fraction that is not too large for one."""
    if value == 0:
        return value
    size, exponent = abs(value), 0
    while size >= 2 ** (exponent + 1):
        exponent += 1
    while size < Fraction(2) ** exponent:
        exponent -= 1
    unit = Fraction(2) ** max(exponent - fraction_bits, least)
    # Python rounds fractions to even.
    return round(value / unit) * unit


def single(value):
    return rounded(value, 23, -149)


def double(value):
    return rounded(value, 52, -1074)


def fractions(array):
    return [Fraction(*float(entry).as_integer_ratio()) for entry in array.flatten()]


def of_arrays(arrays):
    """Layers of weights, a row for each output, and biases."""
    if "coefs_0" in arrays:
        count = sum(name.startswith("coefs_") for name in arrays)
        pairs = [(arrays[f"coefs_{l}"].T, arrays[f"intercepts_{l}"]) for l in range(count)]
    else:
        names = sorted(name for name in arrays if name.endswith("weight"))
        pairs = [(arrays[name], arrays[name.replace("weight", "bias")]) for name in names]
    return [([fractions(row) for row in weights], fractions(biases)) for weights, biases in pairs]


def of_nnet(text, number, fold):
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("//")]
    rows = [[part for part in line.replace(" ", "").split(",") if part] for line in lines]
    sizes = [int(part) for part in rows[1]]
    means, ranges = ([number(Fraction(part)) for part in row] for row in rows[5:7])
    at, layers = 7, []
    for inputs, outputs in zip(sizes, sizes[1:]):
        weights = [[number(Fraction(part)) for part in row] for row in rows[at : at + outputs]]
        biases = [number(Fraction(row[0])) for row in rows[at + outputs : at + 2 * outputs]]
        assert all(len(row) == inputs for row in weights)
        layers.append((weights, biases))
        at += 2 * outputs
    assert at == len(rows)
    if fold:
        weights, biases = layers[0]
        for i, row in enumerate(weights):
            biases[i] -= sum(w * m / r for w, m, r in zip(row, means, ranges))
            weights[i] = [w / r for w, r in zip(row, ranges)]
        weights, biases = layers[-1]
        for i, row in enumerate(weights):
            weights[i] = [w * ranges[-1] for w in row]
            biases[i] = biases[i] * ranges[-1] + means[-1]
    return layers


def summary(layers):
    numbers = [n for weights, biases in layers for n in [*sum(weights, []), *biases]]
    return {
        "sizes": [len(layers[0][0][0]), *(len(biases) for _, biases in layers)],
        "numbers": len(numbers),
        "sum": str(sum(numbers)),
        "places": str(sum((i + 1) * n for i, n in enumerate(numbers))),
    }


def main(folder):
    table = []
    for path in sorted(Path(folder).rglob("*")):
        name = str(path.relative_to(folder))
        if path.suffix == ".npz":
            with numpy.load(path, allow_pickle=False) as arrays:
                table.append({"file": name, "flags": [], **summary(of_arrays(dict(arrays)))})
        elif path.suffix == ".safetensors":
            table.append({"file": name, "flags": [], **summary(of_arrays(tensors.load_file(path)))})
        elif path.suffix == ".nnet":
            text = path.read_text()
            for kind, number in (("exact", lambda value: value), ("f32", single), ("f64", double)):
                flags = ["--decimals", kind]
                table.append({"file": name, "flags": flags, **summary(of_nnet(text, number, False))})
                if kind == "exact":
                    flags = [*flags, "--normalize"]
                    table.append({"file": name, "flags": flags, **summary(of_nnet(text, number, True))})
    print("[\n" + ",\n".join(json.dumps(row) for row in table) + "\n]")


main(sys.argv[1])
