#!/usr/bin/env python3
"""The small .npz files of tests/data/npz, written by numpy: what relucert reads, and what it refuses.

    python tests/scripts/npz_files.py tests/data/npz

`expected.json` has, for every file that is read, the layers as exact fractions (weights by outputs, biases or null). What is said of the
others stands in tests/formats.rs.
"""

import io
import json
import sys
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np

FOLDER = Path(sys.argv[1])
EXPECTED = {}

# 2 inputs, 3 hidden neurons, 1 output, as scikit-learn has them: numbers that every format of floats has.
W0 = np.array([[1.5, -2.0, 0.25], [0.0, 3.0, -0.125]])
B0 = np.array([0.5, -1.0, 2.0])
W1 = np.array([[1.0], [-4.0], [0.75]])
B1 = np.array([-0.375])


def exact(array):
    return [str(Fraction(int(x)) if array.dtype.kind in "iu" else Fraction(float(x))) for x in array.flatten()]


def expect(name, layers):
    rows = [([exact(row) for row in np.atleast_2d(w)], None if b is None else exact(b)) for w, b in layers]
    EXPECTED[name] = [{"weights": weights, "biases": biases} for weights, biases in rows]


def learn(name, w0=W0, b0=B0, w1=W1, b1=B1, save=np.savez):
    save(FOLDER / name, coefs_0=w0, coefs_1=w1, intercepts_0=b0, intercepts_1=b1)
    expect(name, [(w0.T, b0), (w1.T, b1)])


def cast(name, kind):
    learn(name, *(a.astype(kind) for a in (W0, B0, W1, B1)))


def torch(name, *arrays):
    np.savez(FOLDER / name, **dict(arrays))


learn("learn.npz")
learn("compressed.npz", save=np.savez_compressed)
# Floats that no shorter format has.
learn("doubles.npz", w0=np.array([[0.1, 1 / 3, 5e-324], [1e300, -2.5e-10, np.pi]]))
for kind in ("<f2", ">f2", "<f4", ">f4", ">f8"):
    cast("kind_" + {"<": "little_", ">": "big_"}[kind[0]] + kind[1:] + ".npz", kind)
learn("fortran.npz", w0=np.asfortranarray(W0), w1=np.asfortranarray(W1))
learn(
    "integers.npz",
    w0=np.array([[1, -128, 127], [0, 3, -5]], "i1"),
    b0=np.array([0, 65535, 2], ">u2"),
    w1=np.array([[2**62 + 1], [-(2**63)], [7]], "<i8"),
    b1=np.array([2**64 - 1], ">u8"),
)
torch("torch.npz", ("fc1.weight", W0.T), ("fc1.bias", B0), ("fc2.weight", W1.T), ("fc2.bias", B1))
expect("torch.npz", [(W0.T, B0), (W1.T, B1)])
torch("no_biases.npz", ("coefs_0", W0), ("coefs_1", W1))
expect("no_biases.npz", [(W0.T, None), (W1.T, None)])
torch("ten.npz", *((f"coefs_{i}", np.full((1, 1), i + 1.0)) for i in range(11)))
expect("ten.npz", [(np.full((1, 1), i + 1.0), None) for i in range(11)])
torch("single.npz", ("coefs_0", W0), ("intercepts_0", B0))
expect("single.npz", [(W0.T, B0)])
torch("words.npz", ("head.weight", np.array([[1.0, 2.0], [3.0, 4.0]])), ("linear.weight", np.array([[5.0, 6.0], [7.0, 8.0]])))


class Pipe(io.RawIOBase):
    """What cannot be sought in: zipfile then writes lengths behind the data."""

    def __init__(self, path):
        self.file = open(path, "wb")

    def writable(self):
        return True

    def write(self, data):
        return self.file.write(data)


for name, version, pipe in (("version2.npz", (2, 0), False), ("version3.npz", (3, 0), False), ("streamed.npz", (1, 0), True)):
    target = Pipe(FOLDER / name) if pipe else FOLDER / name
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, array in (("coefs_0", W0), ("coefs_1", W1), ("intercepts_0", B0), ("intercepts_1", B1)):
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, array, version)
            archive.writestr(f"{key}.npy", buffer.getvalue())
    expect(name, [(W0.T, B0), (W1.T, B1)])

# Refused.
bad = lambda name, **changed: np.savez(
    FOLDER / f"bad_{name}.npz", **{"coefs_0": W0, "coefs_1": W1, "intercepts_0": B0, "intercepts_1": B1, **changed}
)
bad("object", coefs_0=np.array([[1, None]], dtype=object))
bad("text", coefs_0=np.array([["1", "2"]]))
bad("bytes", coefs_0=np.array([[b"1", b"2"]]))
bad("complex", coefs_0=W0.astype(complex))
bad("truth", coefs_0=W0 > 0)
bad("long_double", coefs_0=W0.astype(np.longdouble))
bad("fields", coefs_0=np.zeros((2, 3), dtype=[("x", "<f4"), ("y", "<i2")]))
bad("raw", coefs_0=np.zeros((2, 3), dtype="V2"))
bad("times", coefs_0=np.zeros((2, 3), dtype="M8[s]"))
bad("nan", coefs_1=np.array([[1.0], [np.nan], [0.0]]))
bad("infinity", intercepts_0=np.array([1.0, 2.0, -np.inf]))
bad("extra", classes_=np.array([0, 1]))
bad("mixed", **{"fc1.weight": W0})
bad("scalar", intercepts_1=np.array(1.0))
bad("flat", coefs_1=W1.flatten())
bad("bias", intercepts_0=np.array([1.0, 2.0]))
bad("transposed", coefs_0=W0.T, coefs_1=W1.T, intercepts_0=B0[:2], intercepts_1=np.zeros(3))
bad("empty_side", coefs_0=np.zeros((0, 3)))
np.savez(FOLDER / "bad_gap.npz", coefs_0=W0, coefs_2=W1)
np.savez(FOLDER / "bad_lonely.npz", coefs_0=W0, intercepts_0=B0, intercepts_1=B1)
np.savez(FOLDER / "bad_unnamed.npz", W0, B0)
np.savez(FOLDER / "bad_none.npz")
np.save(FOLDER / "bad_single_array.npy", W0)
(FOLDER / "bad_single_array.npy").rename(FOLDER / "bad_single_array.npz")

rows = [f'"{name}": {json.dumps(layers)}' for name, layers in sorted(EXPECTED.items())]
(FOLDER / "expected.json").write_text("{\n" + ",\n".join(rows) + "\n}\n")
