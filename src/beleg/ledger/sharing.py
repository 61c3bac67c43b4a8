"""What the texts say of bodies that know from one another: "teilte seine Erkenntnisse mit Washington".

Reads ``data/<lang>/sharing.toml``. Such a sentence makes the two dependent for all that they had said by its day; of
what either says later it shows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from textwrap import shorten
from typing import NamedTuple

from beleg.find.actors import find_actors
from beleg.ledger.days import moment_of_days
from beleg.ledger.dependence import Edges, tie
from beleg.ledger.origins import STATE_ORGANS
from beleg.ledger.tables import LedgerTables
from beleg.lexicon import DATA, NamedRow, toml_table
from beleg.model import ActorMention, Block, Document, Sentence, Span
from beleg.segment.sentences import split_block
from beleg.tables import TableCheck

GROUP = "@"  # before the name of a group of words
FINDINGS, ALLIES, ACCORDING, NEVER = "findings", "allies", "according", "never"
BETWEEN = 3  # words that may stand between a preposition and the body it leads to: "mit seinen engen Verbündeten"
AFTER = 2  # words that "nach" may stand before what it names: "nach eigenen Erkenntnissen"
QUOTED = 240  # code points of a sentence that are shown as evidence; its place says where the rest is
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class GroupRow(NamedRow):
    """Words that rows take up by one name."""

    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharingRow(NamedRow):
    """Words that together say that two bodies share what they know."""

    words: tuple[str, ...]
    within: int
    side: str


class Sharing(NamedTuple):
    """A sentence that says so: the bodies on both sides, and whether the other side is "the allies"."""

    span: Span
    ones: frozenset[str]
    others: frozenset[str]
    allies: bool
    row: str


class _Words(NamedTuple):
    groups: Mapping[str, frozenset[str]]
    rows: tuple[tuple[SharingRow, tuple[frozenset[str], ...], frozenset[str]], ...]  # row, its words, its prepositions
    telling: re.Pattern[str]  # a text without it has no such sentence


@cache
def _words(language: str) -> _Words | None:
    """Return the table of a language, None where it has none."""
    if not (DATA / language / "sharing.toml").is_file():
        return None
    groups = {g.name: frozenset(g.forms) for g in toml_table(language, "sharing", GroupRow, "group")}
    rows = []
    for r in toml_table(language, "sharing", SharingRow, "sharing"):
        words = tuple(groups[w[1:]] if w.startswith(GROUP) else frozenset(w.split("|")) for w in r.words)
        rows.append((r, words, frozenset(r.side.split("|")) - {""}))
    forms = sorted({f for _, words, _ in rows for f in words[-1]})
    return _Words(groups, tuple(rows), re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b", re.IGNORECASE))


def sharing_in(document: Document) -> tuple[Sharing, ...]:
    """Return the sentences of a document that say who shares what they know with whom, in text order."""
    words = _words(document.language or "")
    if words is None or words.telling.search(document.text) is None:
        return ()
    blocks = document.blocks or (Block(Span(0, len(document.text)), "body"),)
    cut = (split_block(document.text, b, i, document.language or "") for i, b in enumerate(blocks))
    return tuple(_found(document.text, [s for block in cut for s in block], document.language or "", words))


def _found(text: str, sentences: Sequence[Sentence], language: str, words: _Words) -> Iterator[Sharing]:
    mentions: list[ActorMention] | None = None
    for s in sentences:
        spans = [Span(s.span.start + m.start(), s.span.start + m.end()) for m in WORD.finditer(text[slice(*s.span)])]
        low = [text[w.start : w.end].lower() for w in spans]
        said = [w if not _named(low, i, words.groups) else "" for i, w in enumerate(low)]
        rows = [(r, at, by) for r, forms, by in words.rows if (at := _last_of(said, forms, r.within)) is not None]
        if not rows or words.groups[NEVER] & set(low):
            continue
        if mentions is None:
            mentions = find_actors(text, sentences, language)[0]
        here = [m for m in mentions if s.span.start <= m.span.start < s.span.end and _body(m)]
        for row, at, prepositions in rows:
            if not prepositions:
                stop = text.find(",", spans[at].end, s.span.end)
                end = stop if stop >= 0 else s.span.end
                both = frozenset(_body(m) for m in here if spans[at].end <= m.span.start < end and m.form != "demonym")
                if len(both) > 1:
                    yield Sharing(s.span, both, both, False, row.name)
                continue
            led, allies = _led(spans, low, here, prepositions, words.groups[ALLIES])
            ones = frozenset(map(_body, here)) - led
            if ones and (led or allies):
                yield Sharing(s.span, ones, led, allies, row.name)


def _named(low: Sequence[str], i: int, groups: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a word only names a source: "nach Erkenntnissen der USA"."""
    return low[i] in groups[FINDINGS] and not groups[ACCORDING].isdisjoint(low[max(0, i - AFTER) : i])


def _last_of(low: Sequence[str], words: Sequence[frozenset[str]], within: int) -> int | None:
    """Return where the last word of a row stands, None unless a sentence has a word of each set, near enough."""
    places = [[i for i, w in enumerate(low) if w in forms] for forms in words]
    if not all(places):
        return None
    near = [j for j in places[-1] if not within or all(any(abs(i - j) <= within for i in p) for p in places[:-1])]
    return near[0] if near else None


def _led(
    spans: Sequence[Span],
    low: Sequence[str],
    here: Sequence[ActorMention],
    prepositions: frozenset[str],
    allies: frozenset[str],
) -> tuple[frozenset[str], bool]:
    """Return the bodies that one of the prepositions leads to, and whether one leads to the allies."""
    led: set[str] = set()
    to_allies = False
    for i, w in enumerate(low):
        if w not in prepositions:
            continue
        reach = range(i + 1, min(len(low), i + 2 + BETWEEN))
        body = next((m for j in reach for m in here if m.span.start <= spans[j].start < m.span.end), None)
        if not allies.isdisjoint(low[j] for j in reach):
            to_allies = True
        elif body is not None:
            led.add(_body(body))
    return frozenset(led), to_allies


def _body(mention: ActorMention) -> str:
    """Return what the ledger counts a mention as (``Origin.body``); "" for roles of nobody."""
    if mention.country and (mention.kind == "state" or mention.kind in STATE_ORGANS):
        return mention.country
    return mention.actor or ""


def by_sharing(
    names: Iterable[str],
    bodies: Iterable[str],
    documents: Mapping[str, Document],
    found: dict[str, tuple[Sharing, ...]],
    tables: LedgerTables,
) -> Edges:
    """Return a dependent edge for every two bodies of which a document says that they share what they know.

    An edge holds for what was said by the day of the document that says so, the latest of several.

    Args:
        names: The documents of one matter, by ``Document.id``.
        bodies: Its known bodies.
        documents: By id.
        found: Sharing by document, filled as needed, so that a text is read once.
        tables: Give the camps: who "the allies" are.
    """
    present = frozenset(bodies)
    edges: Edges = {}
    for name in sorted(names) if len(present) > 1 else ():
        document = documents.get(name)
        if document is None:
            continue
        if name not in found:
            found[name] = sharing_in(document)
        for s in found[name]:
            others = s.others | (_camp(s.ones, present, tables) if s.allies else frozenset())
            day = moment_of_days(document.published.days).last
            quote = shorten(document.text[s.span.start : s.span.end], QUOTED, placeholder=" …")
            what = f"stated sharing: “{quote}” ({name}, {s.span.start}–{s.span.end})"
            for a, b in sorted({tuple(sorted((a, b))) for a in s.ones & present for b in others & present if a != b}):
                if (a, b) not in edges or edges[a, b].until < day:
                    edges.pop((a, b), None)
                    tie(edges, a, b, what, until=day)
    return edges


def _camp(ones: Iterable[str], present: frozenset[str], tables: LedgerTables) -> frozenset[str]:
    camps = {tables.camps[b].camp for b in ones if b in tables.camps}
    return frozenset(b for b in present if b in tables.camps and tables.camps[b].camp in camps)


def _fired(language: str, sentence: str) -> set[str]:
    words = _words(language)
    assert words is not None
    low = {w.lower() for w in WORD.findall(sentence)}
    whole = [Sentence(Span(0, len(sentence)), 0)]
    return {name for name, forms in words.groups.items() if forms & low} | {
        s.row for s in _found(sentence, whole, language, words)
    }


def _rows(language: str) -> list[GroupRow | SharingRow]:
    return [
        *toml_table(language, "sharing", GroupRow, "group"),
        *toml_table(language, "sharing", SharingRow, "sharing"),
    ]


TABLES = [TableCheck("de/sharing.toml", lambda: _rows("de"), lambda sentence: _fired("de", sentence))]
