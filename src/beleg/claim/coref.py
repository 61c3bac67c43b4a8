"""Who "er", "der Minister" or "Meier" is: the speakers of the article so far."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from beleg.claim.words import Range, Words
from beleg.model import ActorMention, Source, Span

HUMAN = frozenset({"person", "government", "academic", "think_tank", "military"})
NAMED = frozenset({"person", "government", "academic", "military"})  # whose names, without article, are persons
MIN_ROLE = 5  # letters of a role noun that must agree: "minister" in "Verteidigungsminister"


@dataclass(slots=True)
class _Entry:
    source: Source
    names: tuple[str, ...]  # capitalised names in the words
    nouns: tuple[str, ...]  # lower-case common nouns
    plural: bool
    at: Range
    kind: str  # of the actor named, "" where none is known


@dataclass(slots=True)
class Memory:
    """The speakers named so far, the latest last."""

    entries: list[_Entry] = field(default_factory=list)

    def add(self, w: Words, r: Range, source: Source, kind: str = "") -> None:
        names = tuple(w.word[i] for i in range(*r) if w.tag[i] == "E")
        nouns = tuple(w.low[i] for i in range(*r) if w.tag[i] == "N")
        plural = w.low[r[0]] in w.closed.plural and bool(nouns) and nouns[-1].endswith(("en", "er", "n")) and not names
        self.entries.append(_Entry(source, names, nouns, plural, r, kind))

    def find(self, w: Words, r: Range, mention: ActorMention | None) -> Source | None:
        """Return the speaker whom these words take up again, None where they name somebody new."""
        first = w.low[r[0]]
        if r[1] - r[0] == 1 and w.tag[r[0]] == "R":
            return self._pronoun(w, first)
        names = [w.word[i] for i in range(*r) if w.tag[i] == "E"]
        nouns = [w.low[i] for i in range(*r) if w.tag[i] == "N"]
        if names:
            last = names[-1].removesuffix("s")
            for e in reversed(self.entries):
                if e.names and last in (n.removesuffix("s") for n in e.names) and len(e.names) > len(names):
                    return e.source
            return None
        if nouns and w.tag[r[0]] == "D" and first in w.closed.anaphoric:
            head = nouns[0]
            for e in reversed(self.entries):
                for n in e.nouns:
                    if n == head or (
                        len(head) >= MIN_ROLE and (n.endswith(head) or (head.endswith(n) and len(n) >= MIN_ROLE))
                    ):
                        return e.source
        return None

    def _pronoun(self, w: Words, low: str) -> Source | None:
        e = self._meant(w, low)
        return e.source if e is not None else None

    def _meant(self, w: Words, low: str) -> _Entry | None:
        """Return the last speaker whose form agrees with a pronoun, else the last whose form does not speak against."""
        if low not in w.closed.he | w.closed.she:
            return self.entries[-1] if self.entries else None
        for e in reversed(self.entries):
            known = agrees(w, e.at, low) or (_person(e) and w.tag[e.at[0]] != "D")
            if known and not (e.plural and low in w.closed.he):
                return e
        male = low in w.closed.he
        for e in reversed(self.entries):
            against = e.plural or e.source.kind not in HUMAN if male else _masculine(w, e.at)
            if not against and e.kind != "state":
                return e
        return None

    def latest(self, w: Words, low: str) -> int:
        """Return the word at which the speaker stands whom a pronoun takes up, -1: none."""
        e = self._meant(w, low)
        return e.at[0] if e is not None else -1


def _person(e: _Entry) -> bool:
    return e.kind == "person" or (not e.kind and bool(e.names))


def pronoun(w: Words, r: Range) -> bool:
    """Tell whether a phrase is "er" or "sie" alone."""
    return r[1] - r[0] == 1 and w.low[r[0]] in w.closed.he | w.closed.she


def _masculine(w: Words, r: Range) -> bool:
    """Tell whether a phrase has the article of a masculine subject, not of a feminine genitive or dative."""
    return w.low[r[0]] in w.closed.masculine and (r[0] == 0 or w.tag[r[0] - 1] not in "NEp")


def agrees(w: Words, r: Range, low: str) -> bool:
    """Tell whether a pronoun can take up a phrase: by its article, or by the kind of its name."""
    first = w.low[r[0]]
    masculine = _masculine(w, r)
    named = any(w.actor[i] in NAMED and w.tag[i] == "E" for i in range(*r)) and w.tag[r[0]] != "D"
    if low in w.closed.he:
        return masculine or named or first in w.closed.manly
    return named or first in w.closed.womanly


def pointing(w: Words, r: Range) -> Range:
    """Return the whole of a phrase without a noun: "Der" in "Der antwortete", "Der andere"."""
    a, b = r
    if a < len(w.tag) and w.tag[a] == "D" and b <= a + 1:
        b = a + 2 if a + 1 < len(w.tag) and w.tag[a + 1] == "R" else a + 1
    return a, b


def subject_matter(w: Words, r: Range, cue: Collection[int], mute: Sequence[Span]) -> bool:
    """Tell whether a phrase is what is spoken of, or when, not who speaks.

    "Einzelheiten nannte er nicht", "Im März hieß es", "Es folgte der Vorwurf, …", "20 Raketen geliefert, sagte er".

    Args:
        w: The article's words.
        r: The phrase.
        cue: Words of the word of saying.
        mute: Places of times and of things that do not speak.
    """
    nouns = [i for i in range(*r) if w.tag[i] == "N"]
    if not nouns or w.actor[nouns[0]]:
        return False
    span = w.span((nouns[0], nouns[0] + 1))
    if any(m.contains(span) for m in mute):
        return True
    if any(w.actor[i] or w.tag[i] == "E" for i in range(*r)):
        return False
    return nouns[0] in cue or w.low[nouns[0]] in w.closed.contents
