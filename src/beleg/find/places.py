"""Where: cities, regions, sites, and states that are named as places.

The table is GeoNames' cities (CC BY 4.0) with German spellings and a list of our own. One spelling of several cities
stays open unless one of them is far larger; nothing is located that the table does not have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from beleg.find.actor_tables import ActorRow, actor_tables, small_words
from beleg.find.context import Within
from beleg.find.forms import names
from beleg.find.gazetteer import Gazetteer, Hit, alike
from beleg.find.unknown_names import PART
from beleg.lexicon import csv_table
from beleg.model import PlaceMention, Problem, Sentence, Span
from beleg.tables import TableCheck

FAR_LARGER = 5  # times the people of the next: then the large city is meant
LEAD_WINDOW = 30  # code points


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A city, region or site; sentences to try it in are made from its name."""

    id: str  # GeoNames number, or "own/…"
    name: str  # canonical English
    country: str | None
    latitude: float
    longitude: float
    precision: Literal["city", "region", "facility"]
    population: int | None
    cue: Literal["yes", "no"]  # yes: counts only after a preposition of place, being a common word or a small city
    forms_de: tuple[str, ...]
    source: str

    @property
    def key(self) -> str:
        return self.id

    @property
    def yes(self) -> tuple[str, ...]:
        return (f"Die Ladung kam in {self.forms_de[0]} an.",)

    @property
    def no(self) -> tuple[str, ...]:
        return (f"Ein Hof heißt {self.forms_de[0].replace(' ', '').replace('-', '')}hausen.",)


class PlacePatterns(NamedTuple):
    before: re.Pattern[str]  # a preposition of place
    lead: re.Pattern[str]  # "Provinz X", "Hafenstadt X"


def places() -> tuple[PlaceRow, ...]:
    return csv_table("places", PlaceRow)


@cache
def place_names(language: str) -> Gazetteer[PlaceRow | ActorRow]:
    """Build the look-up of a language; states come from the table of actors."""
    entries: list[tuple[str, PlaceRow | ActorRow]] = []
    for row in places():
        forms = dict.fromkeys((*getattr(row, f"forms_{language}", ()), row.name))
        entries += [(spelling, row) for form in forms for spelling in names(form)]
    for state in actor_tables(language).states.values():
        state_forms = getattr(state, f"names_{language}", ()) + state.names_en
        entries += [(spelling, state) for form in state_forms for spelling in names(form)]
    return Gazetteer(entries)


@cache
def place_patterns(language: str) -> PlacePatterns:
    """Build the patterns of the small words of a language."""
    words = {r.use: sorted(map(re.escape, r.forms), key=len, reverse=True) for r in small_words(language)}
    before, lead = ("|".join(words[use]) or "(?!)" for use in ("at_place", "place_lead"))
    return PlacePatterns(
        re.compile(rf"(?<!\w)(?:{before})\s(?:[a-zäöüß]+(?:e|en|er|em)\s|(?:{lead})\s)?$", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{lead})\s({PART}(?:[ -]{PART})?)"),
    )


def find_places(text: str, sentences: Sequence[Sentence], language: str) -> tuple[list[PlaceMention], list[Problem]]:
    """Find the places of a text.

    Args:
        text: Clean text of a document.
        sentences: Its sentences; what lies in none of them is passed over. Empty: the whole text is read.
        language: ISO 639-1; picks the spellings.

    Returns:
        Mentions in text order, never overlapping, spans of ``text``; the list of problems is empty. ``candidates`` is
        more than one where several places bear the name and none is far the largest: then there are no coordinates.

    Raises:
        TableError: the language has no tables.
    """
    patterns = place_patterns(language)
    plain = alike(text)
    within = Within(sentences)
    found = [m for h in place_names(language).find(plain) if (m := _mention(text, plain, h, patterns)) is not None]
    taken = {m.span.start for m in found}
    for match in patterns.lead.finditer(plain):
        span = Span(match.start(1), match.end(1))
        if not any(s in taken for s in range(match.start(), span.end)):
            found.append(PlaceMention(span, text[span.start : span.end], _words(match[1]), None, precision="region"))
    kept: list[PlaceMention] = []
    for m in sorted(found, key=lambda m: m.span):
        if within.sentence_of(m.span.start) is not None and (not kept or m.span.start >= kept[-1].span.end):
            kept.append(m)
    return kept, []


def _words(name: str) -> str:
    return re.sub(r"\s+", " ", name)


def _mention(text: str, plain: str, hit: Hit[PlaceRow | ActorRow], patterns: PlacePatterns) -> PlaceMention | None:
    """Return the place of a hit, where its surroundings allow one."""
    span = Span(hit.start, hit.end)
    words = text[hit.start : hit.end]
    before = plain[max(0, hit.start - LEAD_WINDOW) : hit.start]
    cued = patterns.before.search(before) is not None
    states = [v for v in hit.values if isinstance(v, ActorRow)]
    if states:
        state = states[0]
        return PlaceMention(span, words, state.name, state.country, precision="country") if cued else None
    rows = sorted((v for v in hit.values if isinstance(v, PlaceRow)), key=lambda r: -(r.population or 0))
    if not cued and all(r.cue == "yes" for r in rows):
        return None
    if not cued and re.search(rf"{PART} $", before) and not re.search(r"[.!?:]\s*\S+ $", before):
        return None  # "Jack London", "Dynamo Kiew"
    first = rows[0]
    people = [r.population or 0 for r in rows]
    if len({r.id for r in rows}) > 1 and people[0] < FAR_LARGER * max(1, people[1]):
        same = {r.country for r in rows}
        return PlaceMention(span, words, first.name, same.pop() if len(same) == 1 else None, candidates=len(rows))
    return PlaceMention(span, words, first.name, first.country, first.latitude, first.longitude, first.precision, 1)


def _fired(sentence: str) -> set[str]:
    found = find_places(sentence, [], "de")[0]
    return {
        v.key for m in found for h in place_names("de").find(alike(m.text)) for v in h.values if isinstance(v, PlaceRow)
    }


TABLES = [TableCheck("places.csv", places, _fired)]
