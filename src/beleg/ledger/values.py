"""The values of the ledger: what claims become once they are read as bounds, and what people decide about them.

All frozen. Days are ``days.Moment`` values. Counts are numbers in the matter's own unit; an open bound is
``None`` in values and ``inf`` only inside the interval engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from beleg.ledger.days import FUTURE, PAST, Moment
from beleg.model import Claim, Decision, Document

# --- whose knowledge ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Origin:
    """The end of a source chain. ``body`` is what is counted: the ministries of one state are one body."""

    speaker: str  # canonical English name of the last named speaker; "" where the chain is broken
    body: str  # ISO country code for the organs of a state, else the actor's id or name
    kind: str
    country: str | None
    channel: tuple[str, ...]  # names before the speaker, nearest to the reader first
    access: str | None  # basis as stated: "satellite imagery", … ; None: none stated
    known: bool
    listed: bool  # in the tables, or an organ of a state


Counts = Literal["total", "increment", "both"]
Standing = Literal["active", "inactive"]


@dataclass(frozen=True, slots=True)
class Variant:
    """How one document words an utterance's figure."""

    claim: str
    document: str
    raw: str
    low: float
    high: float | None
    start: str | None
    counts: Counts
    speaker: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one utterance, however often printed: low <= C(end) - C(start) <= high."""

    id: str  # of the claim that words it best
    claims: tuple[str, ...]  # all claims that print it, by document day, then name
    documents: tuple[str, ...]
    origin: Origin
    said: Moment  # day of the utterance
    counts: Counts
    start: Moment | None  # None: from the matter's start S
    end: Moment
    low: float
    high: float | None  # None: open
    active: bool
    reason: str  # why it is not active; "" where it is
    variants: tuple[Variant, ...]  # more than one wording only
    own_words: str  # the wording that set the reading: "mehr als 10.000"
    notes: tuple[str, ...] = ()  # codes: possible-arithmetic, self-conflict, revised, rebased-near-start …
    implausible: str = ""  # why it is not believed without a second look; "" where no check failed


@dataclass(frozen=True, slots=True)
class Utterance:
    """One speaker's act of saying on one day, with all figures said in it."""

    speaker: str
    body: str
    day: Moment
    figures: tuple[str, ...]
    documents: tuple[str, ...]
    first_seen: str | None  # earliest capture instant of a document that prints it; None: no capture evidence


# --- intervals ------------------------------------------------------------------------------------------------------


class Step(NamedTuple):
    """One edge of a bound's path: a figure's bound added (+) or taken off (-)."""

    figure: str
    sign: int
    amount: float


@dataclass(frozen=True, slots=True)
class BoundAt:
    """A bound on C(moment) with the path that gives it; ``value`` None: open."""

    value: float | None
    path: tuple[Step, ...]

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(s.figure for s in self.path))


@dataclass(frozen=True, slots=True)
class Reading:
    """A maximal coherent set of figures, named by what it leaves out."""

    without: tuple[str, ...]
    low: BoundAt
    high: BoundAt


@dataclass(frozen=True, slots=True)
class Conflict:
    """A minimal set of figures that cannot all hold, and by how much."""

    figures: tuple[str, ...]
    gap: float
    path: tuple[Step, ...]
    kind: Literal["rivals", "self-conflict"] = "rivals"


@dataclass(frozen=True, slots=True)
class Support:
    """Who alone implies a bound, how many of them are independent, and what is left without each."""

    value: float | None
    figures: tuple[str, ...]
    bodies: tuple[str, ...]
    n_min: int
    n_max: int
    camps: int
    without: tuple[tuple[str, float | None], ...]  # speaker or body -> the bound that is left
    opposed_by: tuple[str, ...]
    digit: int
    why: str


@dataclass(frozen=True, slots=True)
class AsOf:
    """A row: what is known about C at one moment."""

    moment: Moment
    readings: tuple[Reading, ...]
    hull_low: float | None
    hull_high: float | None
    contested: bool
    low: Support
    high: Support


# --- matters --------------------------------------------------------------------------------------------------------


class Key(NamedTuple):
    """What makes two claims be about the same thing, but for the start."""

    supplier: str | None
    recipient: str | None
    actor: str | None
    item: str  # item id, or the label where the item is not in the table
    unit: str | None
    act: str  # act family

    def text(self) -> str:
        who = f"{self.supplier or '?'}>{self.recipient or '?'}" if not self.actor else self.actor
        return f"{who}|{self.item}|{self.unit or '-'}|{self.act}"


class Link(NamedTuple):
    """Another matter that is near but never merged, and why."""

    matter: str
    reasons: tuple[
        str, ...
    ]  # item-subsumes, item-subsumed, other-unit, other-start, other-act, or-alternative, derived


@dataclass(frozen=True, slots=True)
class Denial:
    """What a party said against a matter. It constrains nothing."""

    who: str  # country code, else the body
    speaker: str
    day: Moment
    types: tuple[str, ...]  # D1 … D6
    claims: tuple[str, ...]
    bears: bool  # uttered after the matter began
    opens_h0: bool
    why: str


class Tick(NamedTuple):
    """A line of the matter's history, oldest first."""

    day: Moment
    kind: Literal["first", "raised", "lowered", "revised", "repeated", "stated", "denied"]
    claim: str
    text: str


@dataclass(frozen=True, slots=True)
class LayerGrade:
    """The proposed Admiralty digit of one layer, with its reason. A person confirms."""

    layer: Literal["movement", "cargo", "capacity"]
    digit: int
    why: str
    bodies: tuple[str, ...]
    n_min: int
    n_max: int
    camps: int


class Track(NamedTuple):
    """How many figures of a body were upheld or contradicted by a body independent of it; the rest is open."""

    body: str
    upheld: int
    contradicted: int
    left_open: int


class Dependence(NamedTuple):
    """A documented edge between two bodies; whatever has none is unknown."""

    one: str
    other: str
    kind: Literal["dependent", "independent"]
    evidence: str
    since: int = PAST
    until: int = FUTURE


@dataclass(frozen=True, slots=True)
class Matter:
    """Claims about the same thing. ``figures`` and all that follows are computed; nothing here is edited by hand."""

    id: str
    key: Key
    label: str  # of the item
    start: Moment | None  # S; None: no start is stated
    claims: tuple[Claim, ...]  # by day, document, place
    figures: tuple[Figure, ...]  # by day
    utterances: tuple[Utterance, ...]
    documents: tuple[str, ...]
    clusters: tuple[tuple[str, ...], ...]  # near-duplicate documents
    bodies: tuple[str, ...]
    dependence: tuple[Dependence, ...]
    n_min: int
    n_max: int
    camps: int
    as_of: tuple[AsOf, ...]
    conflicts: tuple[Conflict, ...]
    other_caps: tuple[tuple[float, tuple[tuple[str, ...], ...]], ...]  # conflict lists at caps where they differ
    denials: tuple[Denial, ...]
    grades: tuple[LayerGrade, ...]
    letters: tuple[tuple[str, str], ...]  # body -> A … F
    interests: tuple[tuple[str, str], ...]  # body -> party, ally, …
    history: tuple[Tick, ...]
    links: tuple[Link, ...]
    review: Literal["proposed", "reviewed"]
    reasons: tuple[tuple[str, ...], ...] = ()  # of each claim, why it is here: placing.Why, side-open, item-shortened;
    #                                            start-stated, start-taken, no-start-stated
    record: tuple[Track, ...] = ()
    booked: tuple[tuple[str, str], ...] = ()  # body -> the citation for its camp

    @property
    def contested(self) -> bool:
        return bool(self.conflicts)


RULES = "1"  # version of the rules that computed a ledger


@dataclass(frozen=True, slots=True)
class Ledger:
    """All matters, by id, the claims that belong to none, and what it was computed from."""

    matters: tuple[Matter, ...]
    unplaced: tuple[Claim, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)  # by Document.id
    decisions: tuple[Decision, ...] = ()
    rules: str = RULES

    def matter(self, id: str) -> Matter | None:
        """Return the matter with this id, or None."""
        return next((m for m in self.matters if m.id == id), None)
