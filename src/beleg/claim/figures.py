"""Which number counts which thing of an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beleg.claim.closed import closed_classes
from beleg.claim.context import Context, counted_in, people_in
from beleg.claim.relations import ancestors, head_token, owner
from beleg.model import ItemMention, Quantity, Sentence, Span, Token

COUNTED = ("count", "vague", "fraction", "percent", "factor", "money", "measure")  # kinds that an analyst enters
OF_NO_ARMS = ("money", "percent", "factor", "fraction")  # count without naming a thing
DURATIONS = ("seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades")
SIZES = ("mm", "cm", "inch")  # of calibres
OF_NO_WHOLE = ("money", "factor", "measure")  # kinds of which a number behind them is no whole
LINKS = 3  # words at most between a part and its whole
BACK = 4  # sentences back in which the thing is named that a bare number goes on counting
NEAR = 40  # code points between a number and the thing it counts, where nothing else links them


Counted = tuple[Quantity, ItemMention | None]


def figures_in(context: Context, i: int, clause: int | None = None) -> list[Counted]:
    """Return the numbers of a clause that an event told in it can be about, in text order.

    Those that count a thing of the item tables, and those that the clause's verb is about.
    """
    return with_arguments(context, i, clause, named_figures(context, i, clause))


def with_arguments(context: Context, i: int, clause: int | None, figures: Sequence[Counted]) -> list[Counted]:
    """Return figures of a clause and the other numbers that its verb is about, in text order."""
    known = {q.span for q, _ in figures}
    more = (f for f in argument_figures(context, i, clause) if f[0].span not in known)
    return sorted([*figures, *more], key=lambda f: f[0].span)


def named_figures(context: Context, i: int, clause: int | None = None) -> list[Counted]:
    """Return the numbers that stand in a clause with the item each counts, in text order.

    Args:
        context: The document's mentions by sentence.
        i: Index of the sentence.
        clause: Index of the clause; None for the whole sentence.
    """
    sentence = context.sentences[i]
    out = []
    for q in context.quantities[i]:
        if q.kind not in COUNTED:
            continue
        at = head_token(sentence, q.number or q.span)
        if at is None or (clause is not None and owner(sentence, at) != clause):
            continue
        if (q.low is None and q.high is None) or no_figure(context, i, q):
            continue
        item = counted_item(context, i, q)
        if item is not None or q.unit == "people" or q.unit in counted_in() or q.kind in OF_NO_ARMS:
            out.append((with_unit(q, item), item))
    return out


def argument_figures(context: Context, i: int, clause: int | None) -> list[Counted]:
    """Return the numbers with a unit that are subject, object or complement of a clause's verb.

    What counts nothing of the item tables may still be what the verb is about: "4.000 Mann wurden verlegt",
    "er bezifferte die Verluste auf 4.000", "26 davon kamen an".
    """
    sentence = context.sentences[i]
    if clause is None:
        return []
    root = sentence.clauses[clause].root
    out: list[Counted] = []
    for q in context.quantities[i]:
        if q.kind not in ("count", "vague", "measure") or q.unit is None or (q.low is None and q.high is None):
            continue
        at = head_token(sentence, q.number or q.span)
        if at is None or owner(sentence, at) != clause or no_figure(context, i, q):
            continue
        noun = head_token(sentence, q.counted) if q.counted is not None else None
        heads = {at, *(() if noun is None else (noun,))}
        heads |= {sentence.tokens[n].head for n in heads if sentence.tokens[n].deprel in ("nummod", "det", "amod")}
        if q.kind == "measure":  # "eine Reichweite von 900 Kilometern", "eine Ladung von 750 Tonnen"
            heads |= {sentence.tokens[n].head for n in heads if n >= 0 and sentence.tokens[n].deprel == "nmod"}
        if any(n == root or (n >= 0 and _argument(sentence.tokens[n], root)) for n in heads):
            thing = thing_counted(context, i, q)
            if thing is not None or q.counted is not None or q.unit in counted_in():
                out.append((q, thing))
    return out


def _argument(token: Token, root: int) -> bool:
    return token.head == root and token.deprel.partition(":")[0] in ("nsubj", "obj", "obl")


def thing_counted(context: Context, i: int, quantity: Quantity) -> ItemMention | None:
    """Return what a bare number goes on counting: the last thing named in its unit, else what the unit itself names."""
    if quantity.counted is None:
        for n in range(i, max(-1, i - BACK - 1), -1):
            for item in reversed(context.items[n]):
                if item.unit == quantity.unit and item.span.start < quantity.span.start:
                    return item
    row = people_in().get(quantity.unit or "")
    if row is None:
        return None
    return ItemMention(quantity.counted or quantity.number or quantity.span, "", row.id, row.label, row.unit, row.kind)


def no_figure(context: Context, i: int, quantity: Quantity) -> bool:
    """Tell whether a number is a mere article, part of a name or calibre, or how long something took."""
    number = quantity.number or quantity.span
    words = [t for t in context.sentences[i].tokens if number.start <= t.start < number.end]
    small = (quantity.low or quantity.high or 0) <= 2 and quantity.kind == "count"
    first = next((t for t in context.sentences[i].tokens if t.start >= quantity.span.start), None)
    bounded = (
        quantity.bound != "exact" and first is not None and first.upos != "ADP"
    )  # "über ein Schiff" bounds nothing
    taken_up = quantity.counted is not None or all(t.upos == "DET" for t in words)
    article = (
        bool(words) and small and not bounded and taken_up and all(t.upos in ("DET", "PRON", "ADJ") for t in words)
    )
    named = any(m.span.contains(quantity.span) for m in context.items[i])
    timed = any(t.span.overlaps(quantity.span) for t in context.times[i])
    measured = quantity.kind == "measure" and quantity.unit in (*DURATIONS, *SIZES)
    return (
        article or named or timed or measured or is_whole(context, i, quantity) or is_difference(context, i, quantity)
    )


def is_difference(context: Context, i: int, quantity: Quantity) -> bool:
    """Tell whether a number only says how many more or fewer: "zehn weniger als im Vorjahr"."""
    closed = closed_classes(context.language)
    end = max(quantity.span.end, quantity.counted.end if quantity.counted else 0)
    after = [t.text.lower() for t in context.sentences[i].tokens if t.start >= end][:2]
    return len(after) == 2 and after[0] in closed.more and after[1] in closed.than and quantity.kind == "count"


def is_whole(context: Context, i: int, quantity: Quantity) -> bool:
    """Tell whether a number only says how many there are of what the number before it counts a part: "14 der 20
    Panzer", "26 von den 38 Drohnen". One with a clause of its own is told there: "eine von 150, die …"."""
    sentence, closed = context.sentences[i], closed_classes(context.language)
    number = quantity.number or quantity.span
    parts = [q for q in context.quantities[i] if q.span.end < number.start and q.kind not in OF_NO_WHOLE]
    if not parts or quantity.kind not in ("count", "vague"):
        return False
    end = max(q.span.end for q in parts)
    between = [t for t in sentence.tokens if end <= t.start < number.start]
    if not between or between[0].text.lower() not in closed.of | closed.genitive or len(between) > LINKS:
        return False
    if any(t.upos in ("NOUN", "PROPN", "VERB", "PUNCT") for t in between):
        return False
    at = head_token(sentence, number)
    heads = {at, sentence.tokens[at].head if at is not None else None}
    return not any(
        t.head in heads and t.deprel.startswith("acl") and t.upos in ("VERB", "AUX") for t in sentence.tokens
    )


def bare_counts(context: Context, i: int, clause: int | None, last: Quantity) -> list[Quantity]:
    """Return numbers that count what the figure before them counted: "Zwei davon kamen an", "auf 330.000 gestiegen".

    Such a number stands alone as subject, object or after a preposition; before a noun it counts that noun.
    """
    sentence = context.sentences[i]
    out = []
    for q in context.quantities[i]:
        at = head_token(sentence, q.number or q.span)
        named = q.counted is not None and not any(a.span.overlaps(q.counted) for a in context.actors[i])
        if q.kind != "count" or named or at is None or owner(sentence, at) != clause:  # "zwölf an Kiew": it counts none
            continue
        if q.unit not in (None, last.unit) or last.kind != "count" or no_figure(context, i, q):
            continue
        word = sentence.tokens[at]
        if word.upos != "NUM" and last.unit not in (*counted_in(), *people_in()):
            continue  # "beide": two states as soon as two firms
        alone = word.deprel.partition(":")[0] in ("nsubj", "obj", "obl", "root", "conj")
        if alone and (q.low or q.high or 0) > 1:
            out.append(replace(q, unit=last.unit, counted=None))
    return out


def with_unit(quantity: Quantity, item: ItemMention | None) -> Quantity:
    """Give a bare count the unit of the thing it counts, and a share its percentage."""
    if quantity.kind in ("count", "vague") and item is not None and item.unit is not None:
        general = quantity.unit is None or quantity.unit.endswith(" " + item.unit)
        return replace(quantity, unit=item.unit) if general else quantity
    if quantity.kind == "fraction" and quantity.unit == "share":
        low, high = (None if x is None else round(100 * x, 1) for x in (quantity.low, quantity.high))
        return replace(quantity, unit="percent", low=low, high=high)
    return quantity


def counted_item(context: Context, i: int, quantity: Quantity) -> ItemMention | None:
    """Return the item that a number counts: the one its noun names, else the next one close behind it."""
    items = context.items[i]
    if quantity.counted is not None:
        for item in items:
            if item.span.overlaps(quantity.counted):
                return item
    for item in items:
        if item.span.overlaps(quantity.span):
            return item
        if 0 <= item.span.start - quantity.span.end <= NEAR and not _held_apart(context, i, quantity, item):
            return item
    return None


def _held_apart(context: Context, i: int, quantity: Quantity, item: ItemMention) -> bool:
    """Tell whether a bare number stands before a phrase about another thing, which only has this one in it:
    "500 Millionen für den Ausbau der Werke"."""
    sentence = context.sentences[i]
    at = head_token(sentence, item.span)
    if (
        quantity.kind not in ("count", "vague")
        or quantity.unit is not None
        or quantity.counted is not None
        or at is None
    ):
        return False  # "24 Jäger vom Typ Su-35": it counts a noun of its own
    above, end = set(ancestors(sentence, at)), quantity.span.end
    held = (t for t in sentence.tokens if end <= t.start < item.span.start and t.upos == "ADP" and t.deprel == "case")
    return any(t.head in above and sentence.tokens[t.head].start >= end for t in held)


def clause_span(sentence: Sentence, clause: int | None, also_claimed: set[int]) -> Span:
    """Return the stretch that carries a claim: the clause, less the subclauses at its end that carry their own."""
    if clause is None:
        return sentence.span
    span = sentence.clauses[clause].span
    end = span.end
    tails = sorted(
        (c.span for n, c in enumerate(sentence.clauses) if n in also_claimed and n != clause and span.contains(c.span)),
        key=lambda s: -s.end,
    )
    for tail in tails:
        if tail.end >= end - 1 and tail.start > span.start + (span.end - span.start) // 4:
            end = tail.start
    return Span(span.start, end)
