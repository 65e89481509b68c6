"""Exact reparametrization of ReLU networks, with certificates anyone can check.

>>> import relucert
>>> one = relucert.Network(a=[[1, 0], ["1/3", 0.5]], c=[[1], [-1]])
>>> two = relucert.Network(a=[["1/3", 0.5], [2, 0]], c=[[-1], ["1/2"]])
>>> answer = relucert.equal(one, two)
>>> answer
Equality(equal=True, point=None)
>>> relucert.verify(answer.certificate)
Verdict(verdict='verified', claim='equal', reason=None)

Numbers are exact both ways: ints, Fractions, floats bit for bit, texts, NumPy arrays and PyTorch tensors go in, Fractions and `Surd`s come
out. Nothing answers a float unless `float()` is asked for.
"""

from ._answers import (
    Answer,
    Bound,
    CanonicalForm,
    Certified,
    Change,
    DeepForm,
    DeepInspection,
    DeepNearest,
    DeepSimplification,
    Direction,
    Equality,
    Flips,
    ForAllK,
    Identification,
    Inspection,
    JumpNorm,
    Kink,
    LayerInspection,
    Minimal,
    Nearest,
    NearPair,
    NeuronCase,
    Region,
    Reparametrization,
    Seminorm,
    Simplification,
    SupNorm,
    TheoremForAllK,
    TheoremSection,
    Verdict,
)
from ._errors import Error, FileError, InternalError, LimitError, UsageError
from ._relucert import (
    Arrangement,
    Family,
    Network,
    Regions,
    RegionStream,
    Surd,
    __version__,
    distance,
    equal,
    explain,
    jump_norm,
    load,
    nearest,
    reparametrize,
    verify,
)

__all__ = [
    "Answer",
    "Arrangement",
    "Bound",
    "CanonicalForm",
    "Certified",
    "Change",
    "DeepForm",
    "DeepInspection",
    "DeepNearest",
    "DeepSimplification",
    "Direction",
    "Equality",
    "Error",
    "Family",
    "FileError",
    "Flips",
    "ForAllK",
    "Identification",
    "Inspection",
    "InternalError",
    "JumpNorm",
    "Kink",
    "LayerInspection",
    "LimitError",
    "Minimal",
    "NearPair",
    "Nearest",
    "Network",
    "NeuronCase",
    "Region",
    "RegionStream",
    "Regions",
    "Reparametrization",
    "Seminorm",
    "Simplification",
    "SupNorm",
    "TheoremForAllK",
    "TheoremSection",
    "Surd",
    "UsageError",
    "Verdict",
    "distance",
    "equal",
    "explain",
    "jump_norm",
    "load",
    "nearest",
    "reparametrize",
    "verify",
    "__version__",
]
