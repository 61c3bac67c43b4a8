"""The numbers of a text by themselves, before hedges, ranges and nouns: what the rules of the number grammar match."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from beleg.find.quantities_masks import inside, is_name, numbers_name, starts_sentence
from beleg.find.quantities_tables import NumberGrammar
from beleg.find.quantities_values import Style, product, read_digits, scaled, words_value
from beleg.find.wordclasses import Classed

SLASH_MOST = 20  # greatest denominator of a fraction written with a slash
LONGEST_RUN = 24  # tokens of digits with their marks
VAGUE_LEAST = 2  # "Dutzende", "Tausende": at least two of them


@dataclass(frozen=True, slots=True)
class Core:
    """A number: token range, value, kind of expression; ``value`` is None where the words give none."""

    first: int
    last: int
    op: str
    value: float | None
    readings: tuple[float, ...] = ()
    scale: float = 1.0  # of "Millionen", to share with a number before it in a range
    rule: int = 0


def cores(g: NumberGrammar, c: Classed, masked: list[tuple[int, int]], known: Style, language: str) -> Iterator[Core]:
    """Yield the numbers of a text in text order; names, codes and masked stretches are left out."""
    for m in g.pattern.finditer(c.classes):
        first, last = m.span()
        while last > first and (c.tokens[last - 1].isspace() or c.tokens[last - 1] == "."):
            if last - first > 1 and "SHORT" in g.classes.known(c.tokens[last - 2]):
                break
            last -= 1
        if first == last:
            continue
        rule = int((m.lastgroup or "r0")[1:])
        core = _core(g, c, rule, first, last, known)
        if core is not None and core.op == "magnitude" and _glued(c, first):
            continue  # "3-Millionen-Stadt"
        if core is None or (core.op != "ordinal" and inside(masked, c.starts[first])):
            continue
        start = _digits_start(c, core)
        if start is not None and is_name(g, c, start, _digits_end(c, start), language):
            continue
        if start is None and (_is_proper(c, core) or (core.op == "word" and numbers_name(g, c, core.first))):
            continue
        yield core


def _glued(c: Classed, first: int) -> bool:
    """Tell whether digits hang before a token by a hyphen."""
    return first > 1 and c.tokens[first - 1] in "-–" and c.tokens[first - 2].isdecimal()


def _digits_start(c: Classed, core: Core) -> int | None:
    return next((i for i in range(core.first, core.last) if c.tokens[i].isdecimal()), None)


def _digits_end(c: Classed, start: int) -> int:
    """Return the end of a run of digits with its group and decimal marks."""
    i = start + 1
    most = min(len(c.tokens) - 1, start + LONGEST_RUN)
    while i < most and c.tokens[i + 1].isdecimal() and (c.tokens[i] in ".,'’" or c.classes[i] == " "):
        if c.tokens[i].isspace() and len(c.tokens[i + 1]) != 3:
            break
        i += 2
    return i


def _is_proper(c: Classed, core: Core) -> bool:
    """A number word with a capital inside a sentence is (part of) a name: "Zweite Armee", "Sentinel One"."""
    word = c.tokens[core.first]
    return core.op in ("word", "ordinal", "one", "both") and word[0].isupper() and not starts_sentence(c, core.first)


def _core(g: NumberGrammar, c: Classed, rule: int, first: int, last: int, known: Style) -> Core | None:
    op = g.rules[rule].op
    tokens = [(c.tokens[i], g.classes.known(c.tokens[i])) for i in range(first, last)]
    start = next((i for i, (t, _) in enumerate(tokens) if t.isdecimal()), None)
    value: float | None = None
    readings: tuple[float, ...] = ()
    if start is not None and op != "slash":
        value, readings = read_digits("".join(t for t, _ in tokens[start : _run(tokens, start)]), known)
    scale = 1.0
    for _, k in tokens:
        if "SCALE" in k and op in ("scaled", "mixed", "decimal"):
            scale *= float(str(k["SCALE"]))
    if op == "scaled":
        if _begins_anew(tokens):
            last = max(i for i, (_, k) in enumerate(tokens) if "SCALE" in k) + first + 1
            tokens = tokens[: last - first]
        readings = tuple(product(r, scale) for r in readings)
        return Core(first, last, op, scaled(tokens, value), readings, scale, rule)
    made = VALUES[op](tokens, value) if op in VALUES else value
    if op == "slash" and made is None:
        return None
    return Core(first, last, op, made, readings, scale, rule)


Tokens = Sequence[tuple[str, Mapping[str, object]]]


def _run(tokens: Tokens, start: int) -> int:
    end = start + 1
    while end + 1 < len(tokens) and tokens[end + 1][0].isdecimal() and not tokens[end][0].isalpha():
        end += 2
    return end


def _begins_anew(tokens: Tokens) -> bool:
    """Tell whether the last word is no part of the number: "13,6 Milliarden einen Höchststand"."""
    known = tokens[-1][1]
    small = "ONE" in known or ("NUM" in known and float(str(known["NUM"])) < 1000)
    return small and any("SCALE" in k for _, k in tokens[:-1])


def _get(tokens: Tokens, name: str) -> list[float]:
    return [float(str(k[name])) for _, k in tokens if name in k]


def _dozen(tokens: Tokens, value: float | None) -> float:
    lead = value if value is not None else words_value(_get(tokens, "NUM") or [1.0])
    return lead * 12 * (0.5 if _get(tokens, "HALF") else 1.0)


def _fraction(tokens: Tokens, value: float | None) -> float:
    lead = value if value is not None else words_value(_get(tokens, "NUM") or [1.0])
    return lead / _get(tokens, "FRACTION")[0]


def _mixed(tokens: Tokens, value: float | None) -> float:
    """ "fünf und drei Viertel Milliarden"."""
    numbers = _get(tokens, "NUM")
    if value is None:
        value, numbers = numbers[0], numbers[1:]
    part = (numbers[0] if numbers else 1.0) / _get(tokens, "FRACTION")[0]
    scale = 1.0
    for s in _get(tokens, "SCALE"):
        scale *= s
    return product(value + part, scale)


def _magnitude(tokens: Tokens, value: float | None) -> float:
    product = float(VAGUE_LEAST)
    for name in ("MAGNITUDE", "DOZEN"):
        for size in _get(tokens, name):
            product *= size
    for _, known in tokens:
        for name in ("BARESCALE", "SCALE", "NUM"):
            if name in known and "MAGNITUDE" not in known:
                product *= float(str(known[name]))
                break
    return product


def _slash(tokens: Tokens, value: float | None) -> float | None:
    top, bottom = (int(t) for t, _ in tokens if t.isdecimal())
    return top / bottom if 0 < top < bottom <= SLASH_MOST else None


def _decimal(tokens: Tokens, value: float | None) -> float:
    """ "zwei Komma drei": words on both sides of the comma."""
    whole, part = _get(tokens, "NUM")[:2]
    scale = 1.0
    for s in _get(tokens, "SCALE"):
        scale *= s
    return product(float(f"{whole:.0f}.{part:.0f}"), scale)


def _half_one(tokens: Tokens, value: float | None) -> float:
    return words_value(_get(tokens, "NUM") or [1.0]) * 0.5


VALUES: dict[str, Callable[[Tokens, float | None], float | None]] = {
    "dozen": _dozen, "fraction": _fraction, "mixed": _mixed, "magnitude": _magnitude, "slash": _slash,
    "half-one": _half_one, "decimal": _decimal,
    "sign": lambda tokens, value: _get(tokens, "FRACTIONSIGN")[0],
    "each": lambda tokens, value: 1.0 / _get(tokens, "ORD")[0],
    "half": lambda tokens, value: 0.5,
    "word": lambda tokens, value: words_value(_get(tokens, "NUM")),
    "both": lambda tokens, value: 2.0,
    "one": lambda tokens, value: 1.0,
    "factor": lambda tokens, value: _get(tokens, "FACTOR")[0],
    "ordinal": lambda tokens, value: _get(tokens, "ORD")[0],
}  # fmt: skip
