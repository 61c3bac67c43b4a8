"""Where sentences begin and end, within the blocks of a document.

A full stop ends a sentence unless it belongs to an abbreviation, an ordinal ("am 16. März") or an initial. Where it
can be either ("usw.", "5 Mio.", "im Raum 12."), the next word decides: one that is capitalised only at the start of a
sentence (article, pronoun, preposition: the ``starter`` rows) begins one. Reads ``data/<lang>/sentences.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from beleg.lexicon import DATA, NamedRow, toml_table
from beleg.model import Block, Document, Sentence, Span
from beleg.segment.tokens import split_tokens
from beleg.tables import TableCheck

DEFAULT_LANGUAGE = "de"  # of a document whose language is not known or has no table
MAX_ORDINAL = 2  # digits: "31."; a longer number before a full stop is a year or a count

# the patterns never try the same stretch twice (possessive, anchored), so that no text makes them slow
CLOSING = r"""["'“”‘’»«›‹)\]]*+(?:\[\d{1,3}\])*+"""  # quotes, brackets, note marks
END = re.compile(
    rf"(?<![.!?…])(?P<stop>[.!?…]++(?:\ \.)*+){CLOSING}(?:\s++|$)"
    r"|(?P<blank>\n[^\S\n]*+\n\s*+)"
    r"|(?<=[^\W\d_]{3})(?P<tight>\.)(?=[^\W\d_]{2})"
)
OPENING = re.compile(r"""[\s"'„“”‚‘»«›‹(\[–—-]*""")
NEXT_WORD = re.compile(r"\w+")
BEFORE = re.compile(r"(?:[^\W\d_]{1,6}\.\s?)*[\w&/-]+$")
DATE = re.compile(r"\b\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d\b")  # 7. 9. 2023
LOOK_BACK = 40  # characters in which an abbreviation is looked for


@dataclass(frozen=True, slots=True)
class SentenceRow(NamedRow):
    """A group of forms that behave alike before a sentence end."""

    kind: Literal["abbreviation", "doubtful", "starter", "ordinal_before", "ordinal_after"]
    forms: tuple[str, ...]  # without the last full stop; as written, inner full stops without spaces


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rows by form: form → name of its row."""

    abbreviation: dict[str, str]
    doubtful: dict[str, str]
    starter: dict[str, str]
    ordinal_before: dict[str, str]
    ordinal_after: dict[str, str]


@cache
def _rules(language: str) -> _Rules:
    rows = toml_table(language, "sentences", SentenceRow)
    kinds = ("abbreviation", "doubtful", "starter", "ordinal_before", "ordinal_after")
    return _Rules(*({form: row.name for row in rows if row.kind == kind for form in row.forms} for kind in kinds))


@cache
def _language(language: str | None) -> str:
    return language if language and (DATA / language / "sentences.toml").is_file() else DEFAULT_LANGUAGE


def split_sentences(doc: Document) -> list[Sentence]:
    """Cut a document into sentences with their words.

    Args:
        doc: The document; ``doc.language`` picks the table, German where there is none.

    Returns:
        Sentences in text order, within their blocks, unparsed; tokens have offsets only. Blocks of kind "removed" give
        none. Spans begin and end at a word: white space between sentences belongs to none.
    """
    language = _language(doc.language)
    found = []
    for number, block in enumerate(doc.blocks):
        if block.kind == "removed":
            continue
        found += split_block(doc.text, block, number, language)
    return found


def split_block(text: str, block: Block, number: int, language: str) -> list[Sentence]:
    """Cut one block into sentences; ``number`` is its index in the document."""
    rules, fired = _rules(language), set[str]()
    start, stops = block.span.start, set[int]()
    found: list[Sentence] = []

    def close(end: int) -> None:
        nonlocal start
        first, last = start, end
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            span = Span(first, last)
            found.append(Sentence(span, number, split_tokens(text, span, stops)))
        start = end

    for match in END.finditer(text, block.span.start, block.span.end):
        if match["blank"]:
            close(match.start())
        elif _ends(text, block.span, match, rules, stops, fired):
            close(match.end())
    close(block.span.end)
    return found


def _ends(text: str, block: Span, match: re.Match[str], rules: _Rules, stops: set[int], fired: set[str]) -> bool:
    """Tell whether a sentence ends at a match of END; notes the stops that belong to words, and rows that fired."""
    rest = OPENING.match(text, match.end(), block.end)
    word = NEXT_WORD.match(text, rest.end() if rest else match.end(), block.end)
    following = word.group() if word else ""
    if match["tight"]:
        starter = rules.starter.get(following)
        if starter:
            fired.add(starter)
        return starter is not None
    last = match.end() >= block.end
    if match["stop"] != ".":
        return last or not following[:1].islower()
    stop = match.start()
    before = BEFORE.search(text, max(block.start, stop - LOOK_BACK), stop)
    form = re.sub(r"\s", "", before.group()) if before else ""
    own = _belongs(text, block, stop, form, following, rules, fired)
    if own == "no":
        return last or not following[:1].islower()
    starter = rules.starter.get(following) if own == "doubtful" else None
    if starter:
        fired.add(starter)
    ends = last or starter is not None
    if not (ends and form[-1:].isdigit()):
        stops.add(stop)
    return ends


def _belongs(
    text: str, block: Span, stop: int, form: str, following: str, rules: _Rules, fired: set[str]
) -> Literal["yes", "doubtful", "no"]:
    """Tell whether a full stop belongs to the word before it."""
    for tail in _tails(form):
        if tail in rules.abbreviation:
            fired.add(rules.abbreviation[tail])
            return "yes"
        if tail in rules.doubtful:
            fired.add(rules.doubtful[tail])
            return "doubtful"
    word = form.rsplit(".", 1)[-1]
    if len(word) == 1 and word.isalpha() and word.isupper() and following[:1].isupper():
        return "yes" if following not in rules.starter else "doubtful"
    if word.isdigit() and len(word) <= MAX_ORDINAL:
        if any(
            d.start() < stop < d.end()
            for d in DATE.finditer(text, max(block.start, stop - LOOK_BACK), min(block.end, stop + LOOK_BACK))
        ):
            return "yes"
        if following in rules.ordinal_after:
            fired.add(rules.ordinal_after[following])
            return "yes"
        if following[:1].islower():
            return "yes"
        head = text[max(block.start, stop - LOOK_BACK) : stop - len(word)].split()
        if head and head[-1].lower() in rules.ordinal_before:
            fired.add(rules.ordinal_before[head[-1].lower()])
            return "doubtful"
    return "no"


def _tails(form: str) -> list[str]:
    """Return an abbreviation's possible forms, the longest first: "z.B" and "B"."""
    parts = form.split(".")
    return [".".join(parts[i:]) for i in range(len(parts))]


def _fired(language: str, sentence: str) -> set[str]:
    rules, fired = _rules(language), set[str]()
    block = Span(0, len(sentence))
    for match in END.finditer(sentence):
        if not match["blank"]:
            _ends(sentence, block, match, rules, set(), fired)
    return fired


def _check(language: str) -> TableCheck:
    return TableCheck(
        f"{language}/sentences.toml",
        lambda: toml_table(language, "sentences", SentenceRow),
        lambda sentence: _fired(language, sentence),
    )


TABLES = [_check("de"), _check("en")]
