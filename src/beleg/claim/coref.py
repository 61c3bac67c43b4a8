"""Who "er", "der Minister" or "Meier" is: the speakers of the article so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from beleg.claim.words import Range, Words
from beleg.model import ActorMention, Source

MIN_ROLE = 5  # letters of a role noun that must agree: "minister" in "Verteidigungsminister"


@dataclass(slots=True)
class _Entry:
    source: Source
    names: tuple[str, ...]  # capitalised names in the words
    nouns: tuple[str, ...]  # lower-case common nouns
    plural: bool
    pronoun: bool = False


@dataclass(slots=True)
class Memory:
    """The speakers named so far, the latest last."""

    entries: list[_Entry] = field(default_factory=list)

    def add(self, w: Words, r: Range, source: Source) -> None:
        names = tuple(w.word[i] for i in range(*r) if w.tag[i] == "E")
        nouns = tuple(w.low[i] for i in range(*r) if w.tag[i] == "N")
        plural = w.low[r[0]] in w.closed.plural and bool(nouns) and nouns[-1].endswith(("en", "er", "n")) and not names
        self.entries.append(_Entry(source, names, nouns, plural))

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
        for e in reversed(self.entries):
            if (
                low in w.closed.he
                and e.source.kind in ("person", "government", "academic", "think_tank", "military")
                and not e.plural
            ):
                return e.source
            if low in w.closed.she:
                return e.source
            if low not in w.closed.he and low not in w.closed.she:
                return e.source
        return None
