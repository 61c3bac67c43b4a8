"""Where a name stands: in which sentence, and whether a capital is there as a government or as a place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

from beleg.model import Sentence, Span, Token

SUBJECTS = ("nsubj", "nsubj:pass")
WORD_BEFORE = re.compile(r"([\w-]+)([ ,:;]*)$")
SENTENCE_START = re.compile(r"(?:^|[.!?:\n„\"»“]\s*)$")
VERB_AFTER = re.compile(r"\s+[a-zäöüß]+(?:t|e|en|te|ten|ß|f|d|l|m|g|s|h|ab|ob|ieb|arb)\b")
GENITIVE_BEFORE_NOUN = re.compile(r"\s+(?:[a-zäöüß]+(?:e|en|er|es|em)\s+)*([A-ZÄÖÜ][\w-]*)")
HEADLINE = re.compile(r": [A-ZÄÖÜ„\"»]")  # "Seoul: Nordkorea schickt Soldaten"
PART_OF = re.compile(r"\s+(?:de[rs]|von)\s|\s+[A-ZÄÖÜ]\w+s\b")
NAME_GOES_ON = re.compile(r" (St\.|[A-ZÄÖÜ][\w.]*)")
DATELINE = re.compile(r"\s*(?:[–—/(-]\s|\(|\d|,\s+\d|\.\s)")


class Within:
    """Answers which sentence holds a place of the text."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._starts = [s.span.start for s in sentences]

    def sentence_of(self, place: int) -> Sentence | bool | None:
        """Return the sentence that holds a place; True where no sentences are given, None where none holds it."""
        if not self._starts:
            return True
        number = bisect_right(self._starts, place) - 1
        if number < 0:
            return None
        sentence = self._sentences[number]
        return sentence if place < sentence.span.end else None

    def token_at(self, place: int) -> Token | None:
        """Return the parsed word that holds a place."""
        sentence = self.sentence_of(place)
        if not isinstance(sentence, Sentence) or not sentence.parsed:
            return None
        number = bisect_right(sentence.tokens, place, key=lambda t: t.start) - 1
        if number < 0 or place >= sentence.tokens[number].end:
            return None
        return sentence.tokens[number]


def capital_acts(
    plain: str,
    span: Span,
    within: Within,
    words: Mapping[str, frozenset[str]],
    country_named: bool,
    genitive: bool,
    is_item: Callable[[str], bool],
) -> bool:
    """Tell whether a capital stands for its government.

    A subject does; what follows "in" or "nach" does not. After "aus" it does only where the text names the country in
    another way too. A dateline, or a part of another name ("Rapid Wien"), does not. A thing of ours behind it is no
    part of its name: "dass Moskau Raketen bezieht".
    """
    before = plain[max(0, span.start - 30) : span.start]
    after = plain[span.end : span.end + 60]
    match = WORD_BEFORE.search(before)
    word = match[1] if match and "\n" not in before[match.start() :] else ""
    sentence = within.sentence_of(span.start)
    opens = isinstance(sentence, Sentence) and sentence.span.start == span.start
    at_start = opens or match is None or SENTENCE_START.search(before) is not None
    if at_start and HEADLINE.match(after):
        return True
    if word.lower() in words["where"] and match and match[2].isspace():
        return False
    if word.lower() in words["from"] and match and match[2].isspace():
        return country_named
    if word.lower() in words["via"] and match and match[2].isspace():
        return False
    if DATELINE.match(after) and (at_start or "\n" in before):
        return False
    if after[:1] in ("/", ")") or before[-1:] in ("/", "("):
        return False
    owned = GENITIVE_BEFORE_NOUN.match(after) if genitive else None
    if owned is not None:
        return country_named and owned[1].lower() not in words["city_nouns"]
    if (noun := NAME_GOES_ON.match(after)) and not is_item(noun[1]):
        return noun[1].lower() in words["joins"]
    token = within.token_at(span.start)
    if token is not None and token.deprel in SUBJECTS:
        return True
    if (
        word[:1].isupper()
        and match
        and match[2] == " "
        and not at_start
        and word.lower() not in words["before_capital"]
    ):
        return False
    if word.lower() in words["before_capital"]:
        return True
    if word.lower() in words["joins"] and country_named:
        return True
    if at_start or (match and match[2].startswith((",", ":"))) or word in words["joins"]:
        return VERB_AFTER.match(after) is not None
    return country_named and not word[:1].isupper()


def compass_acts(plain: str, span: Span, words: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether "der Süden" stands for a state: after an article, with no preposition of place and no genitive."""
    before = plain[max(0, span.start - 30) : span.start].lower().split()
    if not before or before[-1] not in words["definite"]:
        return False
    if len(before) > 1 and before[-2] in words["at_place"]:
        return False
    return PART_OF.match(plain, span.end) is None
