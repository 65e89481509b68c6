"""Answers: small frozen objects with exact fields."""

from __future__ import annotations

import dataclasses
import html
import os
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Optional, Union

if TYPE_CHECKING:
    from ._relucert import Network, Regions, Surd

Number = Union[Fraction, "Surd"]
Point = tuple[Fraction, ...]


def _short(value: Any) -> str:
    """A value in a few characters; a long number as a decimal after ≈."""
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    if isinstance(value, Fraction) or type(value).__name__ == "Surd":
        from ._relucert import Surd

        text = str(value)
        return text if len(text) <= 24 else "≈ " + Surd(value).approx(6)
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


@dataclass(frozen=True, repr=False)
class Answer:
    """An answer: its fields are exact; in one line with `repr`, as a table with pictures in a notebook."""

    _shown: ClassVar[tuple[str, ...]] = ()

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={_short(getattr(self, name))}" for name in self._shown)
        return f"{type(self).__name__}({shown})"

    def _repr_html_(self) -> str:
        rows = []
        for entry in dataclasses.fields(self):
            value = getattr(self, entry.name)
            if value is None or entry.name == "certificate" or value == ():
                continue
            rows.append(f"<tr><th>{html.escape(entry.name)}</th><td>{html.escape(_short(value))}</td></tr>")
        return f"<table><caption>{type(self).__name__}</caption>{''.join(rows)}</table>" + self._pictures()

    def _pictures(self) -> str:
        return ""


@dataclass(frozen=True, repr=False)
class Certified(Answer):
    """An answer with a certificate, which `verify` checks: bytes, or None where nothing was shown that a certificate can say."""

    certificate: Optional[bytes] = None

    def save(self, path: Union[str, os.PathLike[str]]) -> None:
        """Writes the certificate, whole or not at all."""
        from ._errors import UsageError

        if self.certificate is None:
            raise UsageError("no certificate is written: this answer has none")
        from ._relucert import write_whole

        write_whole(os.fspath(path), self.certificate)

    def _pictures(self) -> str:
        if self.certificate is None:
            return ""
        from ._relucert import page

        text = html.escape(page(self.certificate), quote=True)
        return f'<iframe srcdoc="{text}" style="width: 100%; height: 32em; border: 1px solid #ccc"></iframe>'


@dataclass(frozen=True, repr=False)
class Verdict(Answer):
    """What the verifier says of a certificate: verified, rejected or declined."""

    _shown = ("verdict", "claim", "reason")
    #: "verified", "rejected" or "declined"
    verdict: str = ""
    #: the kind of the claim that was verified, such as "theorem-3.1"
    claim: Optional[str] = None
    #: the statement that was verified, in words
    statement: Optional[str] = None
    steps: Optional[int] = None
    #: SHA-256 of each network, by name
    networks: Optional[dict[str, str]] = None
    #: why not
    reason: Optional[str] = None
    line: Optional[int] = None

    def __bool__(self) -> bool:
        return self.verdict == "verified"


@dataclass(frozen=True, repr=False)
class Equality(Certified):
    """Whether two functions are equal; a point where they differ, and their values there, if not."""

    _shown = ("equal", "point")
    #: None where that is not known
    equal: Optional[bool] = None
    point: Optional[Point] = None
    first: Optional[Point] = None
    second: Optional[Point] = None

    def __bool__(self) -> bool:
        if self.equal is None:
            from ._errors import LimitError

            raise LimitError("whether the functions are equal is not known")
        return self.equal


@dataclass(frozen=True, repr=False)
class Seminorm(Certified):
    """|f|_{W^{1,∞}}: exactly where `value` is not None, between `lower` and `upper` in any case."""

    _shown = ("value", "lower", "upper")
    value: Optional[Fraction] = None
    lower: Fraction = Fraction(0)
    upper: Fraction = Fraction(0)
    #: the largest jump of the gradient
    jump: Fraction = Fraction(0)
    #: a point of a region where `lower` is attained
    point: Point = ()
    #: row and column of the Jacobian there
    entry: tuple[int, int] = (0, 0)
    nodes: int = 0


@dataclass(frozen=True, repr=False)
class SupNorm(Certified):
    """The largest |f(x)| on a box: exactly where `value` is not None, between `lower` and `upper` in any case."""

    _shown = ("value", "lower", "upper")
    value: Optional[Fraction] = None
    lower: Fraction = Fraction(0)
    upper: Fraction = Fraction(0)
    point: Point = ()
    output: int = 0
    nodes: int = 0


@dataclass(frozen=True, repr=False)
class JumpNorm(Certified):
    """The largest jump of the gradient across a hyperplane."""

    _shown = ("value",)
    value: Fraction = Fraction(0)


@dataclass(frozen=True, repr=False)
class Kink(Answer):
    """A hyperplane ⟨normal, x⟩ + offset = 0 across which the gradient jumps."""

    _shown = ("normal", "offset", "jump")
    normal: Point = ()
    offset: Fraction = Fraction(0)
    jump: Point = ()


@dataclass(frozen=True, repr=False)
class CanonicalForm(Answer):
    """R(x) = M x + q + ½ Σ jump_H |⟨n_H, x⟩ + offset_H|; equal functions have equal forms."""

    _shown = ("fingerprint",)
    linear: tuple[Point, ...] = ()
    constant: Point = ()
    kinks: tuple[Kink, ...] = ()
    #: SHA-256 of the form
    fingerprint: str = ""


@dataclass(frozen=True, repr=False)
class DeepForm(Answer):
    """One network for all that are the same up to order and positive scale of hidden neurons, and what does nothing."""

    _shown = ("network",)
    network: Optional[Network] = None


@dataclass(frozen=True, repr=False)
class NearPair(Answer):
    """Two neurons that nearly point the same way, or opposite ways."""

    _shown = ("pair", "gap")
    pair: tuple[int, int] = (0, 0)
    gap: Fraction = Fraction(0)
    cosine_squared: Fraction = Fraction(0)
    obtuse: bool = False


@dataclass(frozen=True, repr=False)
class Inspection(Answer):
    """Degeneracies, and how near the network comes to those it does not have."""

    _shown = ("dead", "constant", "parallel", "opposite", "n_prime", "n_star")
    #: whether pairs are of the homogenised network, whose last neuron is the output bias
    homogenised: bool = False
    dead: tuple[int, ...] = ()
    constant: tuple[int, ...] = ()
    practically_dead: tuple[tuple[int, Fraction], ...] = ()
    #: (i, j, factor): a_j = factor·a_i
    parallel: tuple[tuple[int, int, Number], ...] = ()
    opposite: tuple[tuple[int, int, Number], ...] = ()
    balanced: bool = False
    n_prime: bool = False
    n_star: bool = False
    reasons: list[str] = field(default_factory=list)
    near_parallel: tuple[NearPair, ...] = ()
    near_opposite: tuple[NearPair, ...] = ()
    #: the least and the largest ‖a‖/‖c‖, each with its neuron
    imbalance: Optional[tuple[tuple[int, Number], tuple[int, Number]]] = None


@dataclass(frozen=True, repr=False)
class LayerInspection(Answer):
    """What a layer has; pairs of neurons that are dead and why."""

    _shown = ("layer", "neurons", "dead", "parallel", "opposite")
    layer: int = 0
    neurons: int = 0
    dead: tuple[tuple[int, str], ...] = ()
    #: neurons that are dead when others are left out or merged
    dead_by_others: tuple[tuple[int, str], ...] = ()
    parallel: tuple[tuple[int, int, Number], ...] = ()
    opposite: tuple[tuple[int, int, Number], ...] = ()
    near_parallel: tuple[NearPair, ...] = ()
    near_opposite: tuple[NearPair, ...] = ()
    imbalance: Optional[tuple[tuple[int, Number], tuple[int, Number]]] = None
    #: on the box, by intervals; None without one
    never_active: Optional[list[int]] = None
    always_active: Optional[list[int]] = None


@dataclass(frozen=True, repr=False)
class DeepInspection(Answer):
    """A network looked at layer by layer, the last one left out."""

    _shown = ("layers",)
    layers: tuple[LayerInspection, ...] = ()


@dataclass(frozen=True, repr=False)
class Simplification(Certified):
    """A network of the same function with fewer neurons."""

    _shown = ("before", "neurons", "lower")
    before: int = 0
    neurons: int = 0
    #: no network has fewer
    lower: int = 0
    dead: tuple[int, ...] = ()
    constant: tuple[int, ...] = ()
    #: groups of parallel neurons that became one
    merged: tuple[tuple[int, ...], ...] = ()
    saved_by_flips: int = 0
    network: Optional[Network] = None


@dataclass(frozen=True, repr=False)
class DeepSimplification(Certified):
    """A smaller network of any depth with the same function: pairs of layer and neurons that were dropped or merged."""

    _shown = ("dropped", "merged")
    dropped: tuple[tuple[int, tuple[int, ...]], ...] = ()
    merged: tuple[tuple[int, tuple[int, ...]], ...] = ()
    network: Optional[Network] = None


@dataclass(frozen=True, repr=False)
class Minimal(Certified):
    """How few neurons the function needs: exactly where `value` is not None."""

    _shown = ("value", "lower", "upper")
    value: Optional[int] = None
    lower: int = 0
    upper: int = 0
    kinks: int = 0
    #: a network with `upper` neurons
    network: Optional[Network] = None


@dataclass(frozen=True, repr=False)
class Flips(Certified):
    """The sets of neurons that can be flipped without changing the function."""

    _shown = ("sets", "complete", "unique")
    sets: tuple[tuple[int, ...], ...] = ()
    #: whether these are all
    complete: bool = False
    #: whether the network is the only one up to order and positive scale; None where that is not known
    unique: Optional[bool] = None
    dead: tuple[int, ...] = ()
    shared: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, repr=False)
class Change(Answer):
    """A weight, or a bias where `column` is None, and what it changes by."""

    _shown = ("layer", "row", "column", "by")
    layer: int = 0
    row: int = 0
    column: Optional[int] = None
    by: Fraction = Fraction(0)


@dataclass(frozen=True, repr=False)
class Direction(Answer):
    """A direction along which the function does not change, other than a rescaling."""

    _shown = ("neurons", "reason")
    reason: str = ""
    neurons: tuple[tuple[int, int], ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, repr=False)
class Identification(Certified):
    """Whether a network is, near its parameters, the only one with its function up to rescaling."""

    _shown = ("identifiable", "rank", "full")
    #: None where that is not known
    identifiable: Optional[bool] = None
    rank: int = 0
    full: int = 0
    parameters: int = 0
    hidden: int = 0
    points: int = 0
    families: tuple[Direction, ...] = ()
    open: tuple[tuple[int, int], ...] = ()
    blamed: tuple[tuple[int, int], ...] = ()
    stopped: Optional[str] = None


@dataclass(frozen=True, repr=False)
class Bound(Answer):
    """A bound of ‖Φ − Γ‖_∞."""

    _shown = ("formula", "value", "proved")
    formula: str = ""
    value: Number = Fraction(0)
    proved: bool = False
    #: whether it was evaluated at the lower end of a bracket of r
    at_lower_r: bool = False


@dataclass(frozen=True, repr=False)
class NeuronCase(Answer):
    """The case of the proof that a neuron of Γ is in."""

    _shown = ("gamma", "theta", "case")
    gamma: int = 0
    theta: int = 0
    case: str = ""
    p: Fraction = Fraction(0)
    q: Fraction = Fraction(0)


@dataclass(frozen=True, repr=False)
class Nearest(Certified):
    """The nearest parametrization: exactly where `distance` is not None; `reason` says why there is none."""

    _shown = ("distance", "lower", "upper", "reason")
    distance: Optional[Number] = None
    lower: Optional[Number] = None
    upper: Optional[Number] = None
    phi: Optional[Network] = None
    kinks: Optional[int] = None
    #: the neuron of Θ behind each neuron of Φ
    permutation: tuple[Optional[int], ...] = ()
    #: why the distance is not known exactly
    gap: Optional[str] = None
    reason: Optional[str] = None


@dataclass(frozen=True, repr=False)
class DeepNearest(Certified):
    """Θ with its hidden neurons in another order and rescaled, near Γ."""

    _shown = ("distance", "before")
    distance: Fraction = Fraction(0)
    before: Fraction = Fraction(0)
    #: no order and positive scales come nearer
    class_lower: Optional[Number] = None
    phi: Optional[Network] = None
    stopped: Optional[str] = None


@dataclass(frozen=True, repr=False)
class Reparametrization(Certified):
    """Φ with R(Φ) = R(Θ) near Γ; `theorem` gave it, or `nearest` did, or `missing` says what fails."""

    _shown = ("theorem", "r", "distance")
    theorem: Optional[str] = None
    phi: Optional[Network] = None
    #: |R(Θ) − R(Γ)|_{W^{1,∞}}, or None where it is only between `r_lower` and `r_upper`
    r: Optional[Fraction] = None
    r_lower: Fraction = Fraction(0)
    r_upper: Fraction = Fraction(0)
    jump: Fraction = Fraction(0)
    #: ‖Φ − Γ‖_∞
    distance: Optional[Number] = None
    beta: Optional[Number] = None
    bounds: tuple[Bound, ...] = ()
    cases: tuple[NeuronCase, ...] = ()
    missing: tuple[str, ...] = ()
    nearest: Optional[Nearest] = None


@dataclass(frozen=True, repr=False)
class ForAllK(Certified):
    """A statement about families for every integer k ≥ 1: `sections` has a value, a text in k, for each range of k."""

    _shown = ("proved", "sections", "reason")
    proved: bool = False
    sections: tuple[tuple[str, str], ...] = ()
    #: the statement holds for all real k from here on too
    real_from: Optional[int] = None
    #: why it was not proved: it may be false, or beyond what is tried
    reason: Optional[str] = None

    def __bool__(self) -> bool:
        return self.proved

    @property
    def value(self) -> Optional[str]:
        """The value, if it is one formula for all k."""
        values = {value for _, value in self.sections}
        return values.pop() if len(values) == 1 else None


@dataclass(frozen=True, repr=False)
class TheoremSection(Answer):
    """What a theorem says on a range of k: r or J as `measure`, texts in k."""

    _shown = ("range", "distance", "bound", "missing")
    range: str = ""
    measure: str = ""
    beta: Optional[str] = None
    distance: Optional[str] = None
    bound: Optional[str] = None
    flipped: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class TheoremForAllK(Certified):
    """The theorem that applies for every integer k ≥ 1, or None and what is missing, section by section."""

    _shown = ("theorem", "sections")
    theorem: Optional[str] = None
    sections: tuple[TheoremSection, ...] = ()

    def __bool__(self) -> bool:
        return self.theorem is not None


@dataclass(frozen=True, repr=False)
class Region(Answer):
    """A region by its signs."""

    _shown = ("signs",)
    #: one of + - 0 a hyperplane
    signs: str = ""
    index: Optional[int] = None
    known: Optional[Point] = None
    regions: Optional[Regions] = field(default=None, compare=False)

    @property
    def point(self) -> Point:
        """A point inside, with short coordinates."""
        if self.known is not None:
            return self.known
        assert self.regions is not None and self.index is not None
        return self.regions.witness(self.index)


for _answer in list(vars().values()):
    # Where users find them.
    if isinstance(_answer, type) and issubclass(_answer, Answer):
        _answer.__module__ = "relucert"
