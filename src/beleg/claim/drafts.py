"""What the rules of this package hand to each other: an attribution in word numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from beleg.claim.words import Range
from beleg.model import QuoteType


@dataclass(slots=True)
class Draft:
    """Somebody's words, before its speaker is resolved. All ranges are word numbers of the document."""

    type: QuoteType
    pieces: list[Range]
    rule: str
    speaker: list[Range] = field(default_factory=list)
    cue: list[int] = field(default_factory=list)
    frame: list[Range] = field(default_factory=list)
    addressee: list[Range] = field(default_factory=list)
    key: str | None = None
    kind: str | None = None
    unit: int = -1
    passive: bool = False
    source: list[Range] = field(default_factory=list)  # who it is, where ``speaker`` does not name them
    nominal: bool = False  # the cue is a noun in the sentence, not its verb
    impersonal: bool = False  # "es heißt"
    reach: Range | None = None  # the field of the cue and what hangs on it: where an outlet may be named
    setting: list[Range] = field(default_factory=list)  # "aus dem Ministerium", of words that tell where one learnt it

    onward: list[Range] = field(default_factory=list)  # on whose information the speaker speaks
    inner: list[Range] = field(default_factory=list)  # whose information the sentence pointed at gives
    antecedent: Range | None = None  # who was named last where the speaker is a pronoun
    carries: Draft | None = None  # whose chain of sources this goes on with

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]
