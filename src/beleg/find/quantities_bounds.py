"""Hedges around a number and the bounds they make of it: "bis zu 10.000" is (None, 10000)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from beleg.find.quantities_tables import Hedge, NumberGrammar
from beleg.find.wordclasses import Classed
from beleg.model import Bound

LONGEST = 4  # words of a hedge
CLAUSE_ENDS = (",", ".", ";", ":", "!", "?")
APART = 7  # words looked at before a preposition, for its noun and what leads that: "nach dem Kredit aus Polen über"
QUOTES = "\"„“”»«‚‘’'›‹("


@dataclass(frozen=True, slots=True)
class Hedged:
    """The hedges of a number, from the outermost to the number, and how far they reach to both sides (tokens)."""

    hedges: tuple[Hedge, ...]
    first: int
    last: int

    @property
    def bound(self) -> Bound:
        for hedge in reversed(self.hedges):
            if hedge.bound != "exact":
                return hedge.bound
        return "exact"

    @property
    def approx(self) -> bool:
        return any(h.approx for h in self.hedges)


def hedged(g: NumberGrammar, c: Classed, first: int, last: int) -> Hedged:
    """Collect the hedges that stand right before the tokens ``first`` to ``last`` or right behind them."""
    found: list[Hedge] = []
    start = first
    while True:
        words, places = words_before(c, start)
        for size in range(min(LONGEST, len(words)), 0, -1):
            hedge = g.hedges.get(tuple(words[-size:]))
            if hedge is not None and size == 1 and _about(g, c, places[-1]):
                hedge = None  # "ein Vertrag über 40 Panzer"
            if hedge is not None:
                found.insert(0, hedge)
                start = places[-size]
                break
        else:
            break
    end = last
    words, places = words_behind(c, last)
    for size in (2, 1):
        hedge = g.hedges_after.get(tuple(words[:size]))
        if hedge is not None and len(words) >= size:
            found.append(hedge)
            end = places[size - 1] + 1
            break
    return Hedged(tuple(found), start, end)


def _about(g: NumberGrammar, c: Classed, index: int) -> bool:
    """Whether a word behind which a number stands belongs to a noun or verb: "Vertrag mit Polen über", "verfügt über".

    Behind another preposition it never does: "von über 40 Panzern".
    """
    if c.tokens[index].lower() not in g.after_nouns:
        return False
    before: list[str] = []
    for i in range(index - 1, -1, -1):
        if len(before) == APART or c.tokens[i].count("\n") > 1:
            break
        before += [] if c.tokens[i].isspace() else [c.tokens[i]]
    if before and "LEADS" in g.classes.known(before[0]):
        return False
    return _of_noun(g, before) or _of_verb(g, c, index)


def _of_noun(g: NumberGrammar, before: Sequence[str]) -> bool:
    """Whether a noun of contracts stands in front; with names and what links them between where no preposition leads it
    ("nach dem Abkommen mit Polen über 40 Panzer geliefert")."""
    for n, token in enumerate(before):
        if token[0].isupper() and token.lower().endswith(g.about):
            return n == 0 or not any("LEADS" in g.classes.known(t) for t in before[n + 1 : n + 3])
        if not (token[0].isupper() or token == "-" or "ABOUTLINK" in g.classes.known(token)):
            return False
    return False


def _of_verb(g: NumberGrammar, c: Classed, index: int) -> bool:
    """Whether a verb of the same clause asks for the preposition: "verhandelt mit Italien über zwei Fregatten"."""
    for step in (-1, 1):
        i = index + step
        while 0 <= i < len(c.tokens) and not _ends(c.tokens[i]) and c.tokens[i].lower() not in g.after_nouns:
            if "ABOUTVERB" in g.classes.known(c.tokens[i]):
                return True
            i += step
    return False


def _ends(token: str) -> bool:
    return token[0] in CLAUSE_ENDS or token.count("\n") > 1


def words_before(c: Classed, index: int) -> tuple[list[str], list[int]]:
    """Return up to LONGEST words before a token, in text order and small letters, with their places."""
    words: list[str] = []
    places: list[int] = []
    i = index - 1
    while i >= 0 and len(words) < LONGEST:
        token = c.tokens[i]
        if token.isspace():
            if token.count("\n") > 1:
                break
        elif token in QUOTES and not words:
            pass
        elif token[0].isalpha() or (token == "." and not words):
            words.append(token.lower())
            places.append(i)
        else:
            break
        i -= 1
    return words[::-1], places[::-1]


def words_behind(c: Classed, index: int) -> tuple[list[str], list[int]]:
    words: list[str] = []
    places: list[int] = []
    i = index
    while i < len(c.tokens) and len(words) < 2:
        token = c.tokens[i]
        if token[0].isalpha():
            words.append(token.lower())
            places.append(i)
        elif not token.isspace() or token.count("\n") > 1:
            break
        i += 1
    return words, places


def bounds(low: float, high: float, how: Hedged) -> tuple[float | None, float | None]:
    """Return the bounds of a number or range under its hedges, open sides as None."""
    bound = how.bound
    if bound in ("more_than", "at_least"):
        return low, (high if high != low else None)
    if bound in ("up_to", "at_most", "less_than", "almost"):
        return (low if high != low else None), high
    return low, high


def joined(words: Sequence[str]) -> str:
    return " ".join(words)
