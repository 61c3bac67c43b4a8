"""Figures that belong to what is said of their noun, not to the clause they stand in.

"Jeder der zwölf gelieferten Werfer fasst …": twelve were delivered. "Von den 80 Raketen, die Estland überließ, …":
Estonia gave eighty. "Die Zahl der Drohnen, die Iran abgab, stieg auf 90": ninety were given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from beleg.claim.closed import closed_classes
from beleg.claim.context import Context
from beleg.claim.event_draft import Figure
from beleg.claim.figures import bare_counts, with_unit
from beleg.claim.frames import Trigger, grammar
from beleg.claim.relations import head_token, owner, preposition, relative_pronoun
from beleg.claim.things import event_for
from beleg.model import ItemMention, Quantity, Sentence, Span

COUNTS = ("count", "vague")  # kinds of numbers that count things
BETWEEN = ("ADJ", "NUM", "ADV")  # what may stand between a number and the noun it counts
ARGUMENTS = ("nsubj", "obj", "root")  # relations by which a verb is about a noun


@dataclass(frozen=True, slots=True)
class Handed:
    """A figure of one clause, and the word whose event it counts."""

    clause: int | None  # in which the figure stands
    figure: Figure
    trigger: Trigger
    home: int | None  # the clause that tells the event: that of the trigger


def handed_down(
    context: Context, i: int, groups: Mapping[int | None, Sequence[Trigger]], figures: Mapping[int | None, list[Figure]]
) -> list[Handed]:
    """Return the figures of a sentence that a participle before their noun or a relative clause behind it takes.

    Args:
        context: The document's mentions by sentence.
        i: Index of the sentence.
        groups: The words that tell an event, by clause.
        figures: The numbers, by clause.
    """
    sentence = context.sentences[i]
    out: list[Handed] = []
    for clause, found in figures.items():
        if clause is None:
            continue
        root = sentence.clauses[clause].root
        own = [t for t in groups.get(clause, ()) if t.token == root]
        for figure in found:
            quantity, item = figure
            noun = _noun(sentence, quantity, item) if quantity.kind in COUNTS else None
            nouns = {t.token for t in groups.get(clause, ()) if t.frame.pos == "noun"}
            headline = sentence.clauses[clause].kind == "fragment" and not own  # "Rund 70 Panzer: So viele hat …"
            if noun is None or (noun == root and not headline) or sentence.tokens[noun].head in nouns:
                continue  # "eine Bestellung von 108 Fahrzeugen, die …"
            taker = _participle(sentence, quantity, noun, groups.get(clause, ()))
            if taker is None:
                taker = _relative(context, sentence, noun, groups)
            if taker is None or taker in own or (own and _about_it(context, sentence, root, noun, figure, own)):
                continue
            out.append(Handed(clause, figure, taker, owner(sentence, taker.token)))
        out += _number_of(context, i, clause, groups)
    return out


def rests(context: Context, i: int, clause: int | None, handed: Sequence[Handed]) -> list[Figure]:
    """Return the bare numbers of a clause that count what a figure beside them counted, which it gave away: "zwölf" of
    "statt der versprochenen 30 Panzer lieferte Belgien zwölf"."""
    out: list[Figure] = []
    for h in handed:
        quantity, item = h.figure
        if h.clause == clause and quantity.unit is not None:
            known = {q.span for q, _ in out}
            out += [(q, item) for q in bare_counts(context, i, clause, quantity) if q.span not in known]
    return out


def _noun(sentence: Sentence, quantity: Quantity, item: ItemMention | None) -> int | None:
    """Return the word that a number counts, where it stands behind the number."""
    span = quantity.counted or (item.span if item is not None else None)
    at = head_token(sentence, span) if span is not None else None
    return at if at is not None and sentence.tokens[at].start > quantity.span.start else None


def _participle(sentence: Sentence, quantity: Quantity, noun: int, triggers: Sequence[Trigger]) -> Trigger | None:
    """Return the participle that stands with a number before its noun: "zwölf gelieferte Werfer"."""
    number = head_token(sentence, quantity.number or quantity.span)
    if number is None or number > noun:
        return None
    first = number
    while first > 0 and sentence.tokens[first - 1].upos in BETWEEN:
        first -= 1
    if any(t.upos not in BETWEEN for t in sentence.tokens[number:noun]):
        return None
    return next((t for t in triggers if first <= t.token < noun and sentence.tokens[t.token].upos == "ADJ"), None)


def _relative(
    context: Context, sentence: Sentence, noun: int, groups: Mapping[int | None, Sequence[Trigger]]
) -> Trigger | None:
    """Return the verb of the relative clause behind a noun: "80 Raketen, die Estland überließ"."""
    for clause, triggers in groups.items():
        at = sentence.clauses[clause] if clause is not None else None
        if at is None or at.kind != "relative" or noun not in _of_which(sentence, sentence.tokens[at.root].head):
            continue
        pronoun = relative_pronoun(sentence, at)
        if pronoun is not None and sentence.tokens[pronoun].text.lower() in closed_classes(context.language).which:
            continue  # takes up more than the noun
        return next((t for t in triggers if t.token == at.root), None)
    return None


def _of_which(sentence: Sentence, at: int) -> tuple[int, ...]:
    """Return the noun that a relative clause hangs on, and the one that it is the load of: "Waggons mit Munition"."""
    if at < 0:
        return ()
    token = sentence.tokens[at]
    return (at, token.head) if token.deprel.startswith("nmod") else (at,)


def _about_it(
    context: Context, sentence: Sentence, root: int, noun: int, figure: Figure, own: Sequence[Trigger]
) -> bool:
    """Tell whether the clause's own verb counts the noun: as its subject or object, and not as one who only looks on.

    Of a part ("18 von 28 bestellten") and of what comes not ("statt der 30 versprochenen") it says nothing.
    """
    quantity, item = figure
    if all(t.frame.observes and event_for(t.frame.event, item) != t.frame.event for t in own):
        return False  # wagons are counted because they move
    number = head_token(sentence, quantity.number or quantity.span)
    through = number is not None and any(t.upos == "ADP" for t in sentence.tokens[number:noun])
    ends = (number,) if through else (noun, number)  # "Millionen von Granaten": "von" says nothing of the millions
    before = {p for n in ends if n is not None and (p := preposition(sentence.tokens, n)) is not None}
    if any(grammar(context.language, t.frame.grammar).role(p) == "item" for t in own for p in before):
        return True  # "verfügt über 20 Flugzeuge, die …"
    if before & closed_classes(context.language).set_apart:
        return False
    above = {sentence.tokens[n].head for n in (noun, number) if n is not None}
    return root in above or sentence.tokens[noun].deprel.partition(":")[0] in ARGUMENTS


def _number_of(context: Context, i: int, clause: int, groups: Mapping[int | None, Sequence[Trigger]]) -> list[Handed]:
    """Return what a number of things has come to: "die Zahl der Drohnen, die Iran abgab, stieg auf 90"."""
    sentence, closed = context.sentences[i], closed_classes(context.language)
    tokens, root = sentence.tokens, sentence.clauses[clause].root
    numbers = [n for n, t in enumerate(tokens) if t.lemma.lower() in closed.number_of and t.head == root]
    nouns = [n for n, t in enumerate(tokens) if t.head in numbers and t.deprel.startswith("nmod")]
    if not nouns:
        return []
    triggers = groups.get(clause, ())
    attributes = (t for t in triggers if tokens[t.token].head in nouns and tokens[t.token].upos == "ADJ")
    takers = [*attributes, *(_relative(context, sentence, n, groups) for n in nouns)]
    taker = next((t for t in takers if t is not None), None)
    if taker is None:
        return []
    listed = [n for n, t in enumerate(tokens) if t.head in nouns and t.deprel == "conj"]
    things = [m for m in context.items[i] if head_token(sentence, m.span) in (*nouns, *listed)]
    out = []
    for q in context.quantities[i]:
        at = head_token(sentence, q.number or q.span)
        if at is None or q.kind not in COUNTS or tokens[at].head != root:
            continue
        before = q.counted is None or q.counted.end <= q.span.start  # the number of what is named before it
        if before and preposition(tokens, at) in closed.come_to:
            item = things[0] if things else None
            counted = replace(q, counted=Span(tokens[nouns[0]].start, tokens[nouns[0]].end))
            counted_as = counted if listed else with_unit(counted, item)
            figure = (replace(counted_as, counting=q.counting or "total"), item)
            out.append(Handed(clause, figure, taker, owner(sentence, taker.token)))
    return out
