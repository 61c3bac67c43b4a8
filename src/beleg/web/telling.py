"""What the ledger says in English, in the language of the reader: names, kinds, reasons, numbers.

The ledger's own texts stay English everywhere else (exports, JSON, the command line); only what a page shows is told
anew, by ``data/<lang>/display.toml``: terms as they stand, phrases with places to fill. What nothing covers is shown
as it stands, and somebody's own words are never touched.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from beleg.errors import TableError
from beleg.find.actor_tables import bodies, of_language
from beleg.find.forms import expand
from beleg.lexicon import DATA

FILE = "display.toml"
PLACE = re.compile(r"\{(\w+)\}")
PATTERNS = {"n": r"[\d,.–%]+", "m": r"[\d,.–%]+", "k": r"[\d,.–%]+", "sum": r"[−\d][\d,. =+−]*"}
UNTOUCHED = "words"
SUM = re.compile(r"(?P<sum>[−\d][\d,. =+−]*?)(?P<rest> \(.*\))?", re.DOTALL)
NUMBER = re.compile(r"[~≥≤−]? ?\d[\d,.]*(?:–\d[\d,.]*)?")
SWAPPED = str.maketrans(",.", ".,")
KEPT = 20_000  # texts told lately
LONGEST = 400  # code points; longer texts are shown as they stand


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text with places to fill."""

    sought: re.Pattern[str]
    told: str


@dataclass(frozen=True, slots=True)
class Display:
    """What is told otherwise in one language."""

    terms: Mapping[str, str] = field(default_factory=dict)
    phrases: tuple[Phrase, ...] = ()
    adjectives: Mapping[str, str] = field(default_factory=dict)  # English adjective of a country -> its name
    swaps: bool = False  # points and commas of numbers change places


@cache
def display(language: str) -> Display:
    """Read what a language tells otherwise; for one without a table only countries have names of their own.

    Raises:
        TableError: the table is not TOML, or holds something else than terms and phrases.
    """
    states: dict[str, str] = {}
    others: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    for row in bodies():
        names = [x for form in of_language(row, "names", language) if "~" not in form for x in expand(form)[:1]]
        if not names:
            continue
        if row.kind == "state":
            states[row.id] = names[0]
            adjectives |= dict.fromkeys(row.adjectives_en, row.id)
        if row.name not in others:
            others[row.name] = names[0]
    path = DATA / language / FILE
    if not path.is_file():
        return Display(states)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as e:
        raise TableError(f"{path}: not TOML: {e}") from e
    terms, rows = content.get("terms"), content.get("phrase", [])
    if not isinstance(terms, dict) or not all(isinstance(v, str) for v in terms.values()):
        raise TableError(f"{path}: [terms]: expected a table of texts")
    if not all(isinstance(r, dict) and {"en", language} <= set(r) for r in rows):
        raise TableError(f"{path}: [[phrase]]: expected en and {language}")
    phrases = tuple(Phrase(_pattern(r["en"]), r[language]) for r in rows)
    told = {**others, **states, **terms}
    return Display(told, phrases, {word: told[state] for word, state in adjectives.items()}, swaps=True)


def _pattern(text: str) -> re.Pattern[str]:
    parts = PLACE.split(text)
    sought = "".join(
        re.escape(part) if n % 2 == 0 else f"(?P<{part}>{PATTERNS.get(part, '.+?')})" for n, part in enumerate(parts)
    )
    return re.compile(sought, re.DOTALL)


def tell(language: str, text: str | None) -> str:
    """Return a text of the ledger in a language, as it stands where nothing covers it."""
    if not text or len(text) > LONGEST:
        return text or ""
    return _told(language, text)


@lru_cache(KEPT)
def _told(language: str, text: str) -> str:
    return _tell(display(language), text)


def _tell(known: Display, text: str) -> str:
    if text in known.terms:
        return known.terms[text]
    if not known.swaps:
        return text
    if NUMBER.fullmatch(text):
        return text.translate(SWAPPED)
    for phrase in known.phrases:
        found = phrase.sought.fullmatch(text)
        if found is not None:
            return _filled(known, phrase.told, found.groupdict())
    if (found := SUM.fullmatch(text)) is not None and found["rest"]:
        return found["sum"].translate(SWAPPED) + found["rest"]
    return _composed(known, text)


def _filled(known: Display, told: str, values: Mapping[str, str]) -> str:
    def fill(place: re.Match[str]) -> str:
        name, value = place[1], values[place[1]]
        if name in PATTERNS:
            return value.translate(SWAPPED)
        return value if name == UNTOUCHED else _tell(known, value)

    return PLACE.sub(fill, told)


def _composed(known: Display, text: str) -> str:
    """Tell a list by its members, "South Korean military" by its country, "Leopard 2 tanks" by its noun."""
    for sign in (", ", "; "):
        if sign in text:
            return sign.join(_tell(known, part) for part in text.split(sign))
    words = text.split(" ")
    for n in range(1, min(4, len(words))):
        before, after = " ".join(words[:n]), " ".join(words[n:])
        if before in known.adjectives and after in known.terms:
            return f"{known.terms[after]} ({known.adjectives[before]})"
    whole, _, owner = text.rpartition(" of ")
    if whole in known.terms and owner in known.terms:
        return f"{known.terms[whole]} ({known.terms[owner]})"
    for n in range(1, len(words)):
        before, after = " ".join(words[:n]), " ".join(words[n:])
        if after in known.terms and any(c.isupper() or c.isdigit() for c in words[n - 1]):
            return f"{before} ({known.terms[after]})"
    return text
