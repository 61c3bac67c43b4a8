"""The values that travel through Beleg, all frozen, with no behaviour beyond looking at themselves.

Every stage is a plain function over these: bytes → ``Document`` → ``Sentence`` → ``Mention`` → ``Attribution`` →
``Claim`` → ``Matter``. Offsets are code points of ``Document.text`` (the clean text), end exclusive, unless a name
says ``source``. A field that the text does not give is ``None`` or empty; nothing is filled in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple


class Span(NamedTuple):
    """A stretch of a text in code points, end exclusive."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Problem:
    """A doubt that the user is shown: what (``code``), where, and in words."""

    code: str  # kebab-case, stable: "date-unresolved", "encoding-guessed"
    message: str  # names the thing and what to do about it
    document: str | None = None  # Document.name, or the path of an input that became no Document
    span: Span | None = None
    left_out: bool = False  # True: an input or claim did not get in (exit code 1)


class DayRange(NamedTuple):
    """Earliest and latest day, both inclusive: a month is its first and its last day."""

    first: date
    last: date


PublishedBasis = Literal["given", "metadata", "text", "address", "capture", "none"]


@dataclass(frozen=True, slots=True)
class Published:
    """When the article came out, as an interval, and what says so. Never guessed, never the capture date."""

    days: DayRange | None = None
    basis: PublishedBasis = "none"
    raw: str | None = None  # the words that gave it


class Piece(NamedTuple):
    """A run of clean text and the run of source text it stands for; equal lengths map letter by letter."""

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class TextMap:
    """From clean text to source text: pieces in order, total over the clean text, monotone over the source."""

    pieces: tuple[Piece, ...]

    def to_source(self, span: Span) -> Span:
        """Return the source span that a clean span stands for (a piece of unequal length counts whole)."""
        start = end = None
        for p in self.pieces:
            if p.end <= span.start or p.start >= span.end:
                continue
            same = p.end - p.start == p.source_end - p.source_start
            if start is None:
                start = p.source_start + (max(span.start, p.start) - p.start if same else 0)
            end = p.source_start + (min(span.end, p.end) - p.start) if same else p.source_end
        if start is None or end is None:
            raise ValueError(f"span {tuple(span)} lies outside the mapped text")
        return Span(start, end)


BlockKind = Literal["title", "lead", "heading", "body", "caption", "byline", "dateline", "aside", "removed"]


class Box(NamedTuple):
    """Where a word stands in a picture of a page: points (pixels in a picture file) from its upper left corner."""

    start: int  # code points of ``Document.source_text``
    end: int
    page: int  # from 1
    left: int
    top: int
    right: int
    bottom: int


class Block(NamedTuple):
    """A paragraph, heading or caption of the clean text; sentences never cross one."""

    span: Span
    kind: BlockKind
    why: str = ""  # the rule that gave the kind, for blocks that are not body


@dataclass(frozen=True, slots=True)
class Document:
    """One article as kept. The same bytes under another name or outlet are another Document."""

    name: str  # the index's ``doc``, else the file's stem
    path: str  # as the user gave it
    sha256: str  # of the bytes
    media_type: str
    language: str | None  # ISO 639-1
    title: str | None
    outlet: str | None
    authors: tuple[str, ...]
    published: Published
    text: str  # clean text
    source_text: str  # decoded text before cleaning; equal to the bytes for txt and md
    map: TextMap
    blocks: tuple[Block, ...]
    url: str | None = None
    captured: str | None = None  # ISO 8601 instant from capture evidence (own fetch, WARC), else None
    encoding: str | None = None
    anchors: tuple[
        str, ...
    ] = ()  # one a block: path of its element in a page, "page 4" of a PDF; "" where there is none
    capture: tuple[tuple[str, str], ...] = ()  # what a capture says of itself: WARC-Record-ID, digests, member names
    boxes: tuple[Box, ...] = ()  # one a word that was recognised in a picture, in order; no others

    @property
    def id(self) -> str:
        """Stable across runs and machines: name, outlet and bytes decide."""
        return f"{self.name}@{self.sha256[:12]}" + (f"/{self.outlet}" if self.outlet else "")

    def quote(self, span: Span) -> str:
        """Return the stretch of the source that a clean span stands for, letter for letter."""
        s = self.map.to_source(span)
        return self.source_text[s.start : s.end]


# --- Sentence -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Token:
    """One word. ``head`` is the index of its head in the sentence, -1 for the root; unparsed: upos "" and head -2."""

    start: int
    end: int
    text: str
    lemma: str = ""
    upos: str = ""  # UD
    xpos: str = ""  # STTS
    feats: tuple[tuple[str, str], ...] = ()  # UD features, sorted: (("Mood", "Sub"), …)
    head: int = -2
    deprel: str = ""  # UD relation, subtype kept: "nsubj:pass"

    def feat(self, name: str) -> str | None:
        return next((v for k, v in self.feats if k == name), None)


ClauseKind = Literal["main", "complement", "relative", "adverbial", "infinitive", "conjunct", "parenthesis", "fragment"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with what hangs on it. Numbers are token indices of the sentence."""

    span: Span  # from its first to its last token, subclauses included
    root: int  # the content verb (or predicate noun)
    finite: int | None
    kind: ClauseKind
    parent: int | None  # index in Sentence.clauses
    subject: int | None
    object: int | None
    indirect: int | None  # dative
    mood: Literal["ind", "sub1", "sub2", "imp", "inf"]
    modal: str | None  # lemma of the modal: "sollen", "wollen", "können", …
    negated: bool
    passive: bool
    marker: str | None = None  # "dass", "ob", "weil", …


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its tokens; ``clauses`` is empty where it was not parsed."""

    span: Span
    block: int  # index into Document.blocks
    tokens: tuple[Token, ...] = ()
    clauses: tuple[Clause, ...] = ()
    parsed: bool = False


# --- Mentions: what stands there, no judgement ----------------------------------------------------------------------

SourceKind = Literal[
    "government", "military", "intelligence", "think_tank", "academic", "media", "company", "ngo",
    "international_org", "person", "anonymous",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A state, body, outlet or person named in the text."""

    span: Span
    text: str
    actor: str | None  # id in actors.csv, None: not in the tables
    name: str  # canonical English name; of unknown actors the words as they stand
    kind: str  # state, government, military, intelligence, think_tank, academic, media, agency, company, ngo,
    #            international_org, person, group, role
    country: str | None  # ISO 3166-1 alpha-2
    form: Literal["name", "demonym", "capital", "metonym", "role", "pronoun"] = "name"
    head: Span | None = None  # the naming word alone, where ``span`` holds titles and apposition


@dataclass(frozen=True, slots=True)
class ItemMention:
    """Arms, munitions, people or goods named in the text."""

    span: Span
    text: str
    item: str  # id in items.csv
    label: str  # canonical English: "artillery shells", "KN-23"
    unit: str | None  # what one counts of it: "shells", "missiles", "containers"
    kind: str  # node of the item tree: "ammunition", "missile", "vehicle", …
    calibre: str | None = None  # "152 mm": an attribute, never a count


Bound = Literal["more_than", "at_least", "up_to", "at_most", "less_than", "about", "almost", "exact"]
Counting = Literal["total", "period", "single"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bounds, as analysts read them: "bis zu 10.000" is (None, 10000)."""

    span: Span  # hedge and number: "mehr als 100"
    raw: str
    low: float | None
    high: float | None
    approx: bool
    bound: Bound
    unit: str | None  # canonical plural English: shells, containers, missiles, troops, people, percent, times, EUR …
    kind: Literal["count", "measure", "money", "percent", "factor", "fraction", "vague", "ordinal"]
    counting: Counting | None = None
    number: Span | None = None  # the number word alone
    counted: Span | None = None  # the noun that is counted
    readings: tuple[tuple[float, float], ...] = ()  # all readings where the form is doubtful ("1.200" in mixed text)


TimeBasis = Literal["text", "document", "statement", "unresolved"]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression as an interval. ``start`` and ``end`` are YYYY[-MM[-DD]], both inclusive."""

    span: Span
    raw: str
    start: str | None
    end: str | None
    basis: TimeBasis
    kind: Literal["date", "time", "duration", "set"] = "date"
    value: str | None = None  # TIMEX3 value
    mod: str | None = None  # TIMEX3 mod: START, MID, END, APPROX, BEFORE, AFTER
    open_start: bool = False  # "bis Juni"
    open_end: bool = False  # "seit Juni"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    span: Span
    text: str
    name: str
    country: str | None
    latitude: float | None = None
    longitude: float | None = None
    precision: str | None = None  # city, region, country, facility
    candidates: int = 1  # more than one: ambiguous, left open


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that reports, hedges, denies, doubts or counts; ``entry`` names its row in the tables."""

    span: Span
    kind: str  # speech, hedge, denial, negation, evidence, total, increment, plan, …
    entry: str


@dataclass(frozen=True, slots=True)
class Mentions:
    """All mentions of a document, each tuple in text order."""

    actors: tuple[ActorMention, ...] = ()
    items: tuple[ItemMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    cues: tuple[Cue, ...] = ()


# --- Attribution: whose words ---------------------------------------------------------------------------------------

Certainty = Literal["CT", "PR", "PS", "U"]  # FactBank: certain, probable, possible, underspecified
Polarity = Literal["+", "-", "?"]
Distance = Literal["neutral", "hearsay", "distance", "possible_distance", "accepts"]
Form = Literal["direct", "indirect", "none"]


@dataclass(frozen=True, slots=True)
class Source:
    """One member of a source chain with the stance it takes."""

    raw: str  # exact words
    name: str  # canonical English name
    kind: SourceKind
    country: str | None
    span: Span | None = None
    actor: str | None = None  # id in actors.csv
    certainty: Certainty = "CT"
    polarity: Polarity = "+"


QuoteType = Literal["Direct", "Indirect", "FreeIndirect", "IndirectFreeIndirect", "Reported"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of text that is somebody's words. ``chains`` has one chain per parallel speaker, outlet to origin."""

    span: Span  # the content, cue and speaker left out where they stand outside it
    chains: tuple[tuple[Source, ...], ...]
    form: Form
    quote_type: QuoteType
    cue: Span | None
    cue_entry: str | None  # row of the speech table
    distance: Distance = "neutral"
    certainty: Certainty = "CT"
    polarity: Polarity = "+"
    parent: int | None = None  # index of the attribution this one is nested in
    rules: tuple[str, ...] = ()
    pieces: tuple[Span, ...] = ()  # the content without an inserted cue; one where it is not broken
    speaker: tuple[Span, ...] = ()  # the words that name the speaker as they stand, statement noun included
    cues: tuple[Span, ...] = ()  # all words of the cue, prefix and auxiliary included
    frame: tuple[Span, ...] = ()  # the clause of the cue
    addressee: tuple[Span, ...] = ()  # to whom it was said
    kind: str | None = None  # kind of saying, of the speech table: say, deny, plan, …


# --- Claim ----------------------------------------------------------------------------------------------------------

EventKind = Literal[
    "transfer", "agreement", "request", "production", "expansion", "stockpile", "use", "casualties", "deployment",
    "return", "recovery", "component", "control", "visit", "statement",
]  # fmt: skip
Stance = Literal["fact", "said", "hedged", "planned", "denied", "unconfirmed"]
Act = Literal[
    "delivered", "shipped", "ordered", "offered", "requested", "capacity", "intended", "produced", "used", "held",
    "lost", "other",
]  # fmt: skip


class Slot(NamedTuple):
    """What filled a role and how far away it stood, so that a reader can see why."""

    role: str  # supplier, recipient, actor, item, quantity, time, place
    value: str
    span: Span | None
    step: Literal["clause", "sentence", "paragraph", "article", "table"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement by one speaker about one event (fields as in the annotation guidelines)."""

    id: str  # "<doc>#NN" in text order
    document: str  # Document.id
    doc: str  # Document.name
    span: Span
    event: EventKind
    supplier: str | None
    recipient: str | None
    actor: str | None
    item: str | None  # canonical English label
    item_id: str | None
    quantity: Quantity | None
    counting: Counting | None
    time: TimeMention | None
    place: str | None
    sources: tuple[Source, ...]
    stance: Stance
    basis: str | None
    form: Form
    act: Act
    distance: Distance = "neutral"
    certainty: Certainty = "CT"
    polarity: Polarity = "+"
    slots: tuple[Slot, ...] = ()
    rules: tuple[str, ...] = ()
    cues: tuple[Span, ...] = ()
    block: BlockKind = "body"  # a title or caption repeats what the body says
    alternative: str | None = None  # id of the claim this one is an "or" of
    derived_from: str | None = None  # id of the claim whose count this capacity is computed from
    denial: str | None = None  # D1…D6 where the claim denies
    said: TimeMention | None = None  # the day it was said, where the text gives one: "sagte er am Freitag"
    observed: bool = False  # a counted observation ("habe 1.204 Container gezählt"): bounds from below only
    revises: bool = False  # the speaker corrects an earlier figure of their own: "korrigierte auf 4.000"
    suspected: bool = False  # what was moved is only suspected: "Container mit mutmaßlichen Waffen"


# --- Decision -------------------------------------------------------------------------------------------------------

DecisionKind = Literal["accept", "correct", "reject", "merge", "split", "rate", "note", "dependent", "independent"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided. Append-only: undoing is another decision, which names the one it takes back."""

    kind: DecisionKind
    target: str  # Claim.id, Matter.id, or the name of a source that is rated or tied to another (payload "with")
    who: str
    when: str  # ISO 8601 instant with its zone, given by the caller
    why: str
    payload: tuple[
        tuple[str, str | int | float | bool | None], ...
    ] = ()  # sorted by key: the field corrected → new value
    undoes: str | None = None  # id of the decision taken back
    id: str = ""  # given by the case when it keeps the decision
