"""What must hold for a word to tell an event of ours: arms named near enough, its own kinds of things, its negation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from beleg.claim.closed import closed_classes
from beleg.claim.context import Context
from beleg.claim.figures import OF_NO_ARMS
from beleg.claim.frames import Trigger
from beleg.claim.relations import owner, relative_pronoun
from beleg.claim.things import about, clause_of, is_arms, is_people, says_little
from beleg.lexicon import TableRow, csv_table
from beleg.model import Clause, EventKind, ItemMention, Quantity, Sentence

# Events whose object is the thing itself: another object ("ein Buch liefern") makes the word mean something else.
OF_THINGS = ("transfer", "return", "production", "use", "recovery", "component", "stockpile", "deployment", "expansion")
BUILT = ("production", "expansion")
OF_PEOPLE = ("people", "troops")  # units that count each other: "die Verluste lagen bei 1.000 Mann"
ASKING = "ask"  # kind of saying, of the speech table
BACK = 3  # sentences back in which the things that a clause only points to are sought


@dataclass(frozen=True, slots=True)
class CountedRow(TableRow):
    """What an event is counted in besides its things."""

    event: EventKind
    units: tuple[str, ...]  # that count who is concerned, or how often
    measured: bool  # by weight, by how far

    @property
    def key(self) -> str:
        return self.event


@cache
def counted_besides() -> dict[EventKind, CountedRow]:
    """Return the rows of ``data/counted.csv`` by event."""
    return {row.event: row for row in csv_table("counted", CountedRow)}


def counted_in_besides(quantity: Quantity, event: EventKind) -> bool:
    """Tell whether a figure counts who is concerned by an event, how often it happens, how much or how far."""
    row = counted_besides().get(event)
    named = quantity.counted is not None and row is not None and quantity.unit in row.units
    return named or (quantity.kind == "measure" and row is not None and row.measured)


def possible(context: Context, i: int, trigger: Trigger) -> bool:
    """Tell whether the sentence has what a frame asks for: its kinds of things, its words, a negation of its clause."""
    frame, sentence = trigger.frame, context.sentences[i]
    home = owner(sentence, trigger.token)
    things = about(context, i, home, trigger)[:1]
    if frame.kinds and not any(m.kind in frame.kinds for m in things):
        return False
    if frame.negated and not _negated(sentence, home):
        return False
    if not frame.together and not frame.without:
        return True
    behind = trigger.token + 1  # its own, whatever the parser makes of it: "sind da"
    inside = [t for n, t in enumerate(sentence.tokens) if owner(sentence, n) == home or n == behind]
    words = {t.text.lower() for t in inside} | {t.lemma.lower() for t in inside}
    return not words.intersection(frame.without) and (not frame.together or bool(words.intersection(frame.together)))


def _negated(sentence: Sentence, clause: int | None) -> bool:
    """Tell whether a clause is negated, or what its infinitive hangs on: "bestätigen ließ sich das nicht"."""
    while clause is not None:
        at = sentence.clauses[clause]
        if at.negated:
            return True
        clause = at.parent if at.kind == "infinitive" or at.finite is None else None
    return False


def telling(triggers: Sequence[Trigger]) -> list[Trigger]:
    """Return what is left of a clause's triggers: a row for certain kinds of things goes before one for any, and the
    verb of a phrase tells nothing by itself ("ums Leben kommen")."""
    taken = {word for t in triggers if t.frame.pos == "phrase" for word in t.frame.together}
    special = {t.token for t in triggers if t.frame.kinds}
    left = [t for t in triggers if t.frame.pos == "phrase" or t.frame.word not in taken]
    return [t for t in left if t.frame.kinds or t.token not in special]


def enough_named(context: Context, i: int, items: Sequence[ItemMention], topical: bool, trigger: Trigger) -> bool:
    """Tell whether enough is named for a word to count: arms in the clause, or in an article about them nearby."""
    home = owner(context.sentences[i], trigger.token)
    beside = [m for m in context.items[i] if clause_of(context.sentences[i], m) == home]
    if any(is_arms(m) or is_people(m) for m in (*items, *beside)) or (topical and trigger.frame.needs == "topic"):
        return True
    if not topical or trigger.frame.yields:
        return False
    if trigger.frame.event == "use" and not _points_back(context, i, trigger):
        return False
    back = BACK if trigger.frame.pos == "verb" or trigger.frame.event == "statement" else 1
    near = [n for n in range(max(0, i - back), i + 1) if back > 1 or context.same_block(n, i)]
    return bool(items) or any(is_arms(m) or is_people(m) for n in near for m in context.items[n])


def _points_back(context: Context, i: int, trigger: Trigger) -> bool:
    """Tell whether the verb's subject or object is a pronoun or leaves its noun out: "Eine davon fiel"."""
    sentence = context.sentences[i]
    clause = next((c for c in sentence.clauses if c.root == trigger.token), None)
    if clause is None:
        return False
    thing = clause.subject if clause.passive else clause.object
    return thing is not None and sentence.tokens[thing].upos in ("PRON", "DET", "ADJ", "NUM")


def of_something_else(context: Context, i: int, clause: int | None, trigger: Trigger) -> bool:
    """Tell whether the verb's object, named in full, is nothing of ours: "eine Botschaft senden", "Ziele treffen"."""
    sentence = context.sentences[i]
    word = sentence.tokens[trigger.token]
    if word.upos == "ADJ" and word.deprel == "amod" and word.head >= 0:
        return not _known(context, i, word.head)  # "eine von der Versammlung gebilligte Mission"
    if clause is None or trigger.frame.event not in OF_THINGS or sentence.clauses[clause].root != trigger.token:
        return False
    at = sentence.clauses[clause]
    thing = at.subject if at.passive or trigger.frame.takes_subject else at.object
    if trigger.frame.event in BUILT and thing is not None and thing == relative_pronoun(sentence, at):
        thing = sentence.tokens[at.root].head  # "eine Ausstellung, die eröffnet wird"
    if thing is None or thing < 0 or sentence.tokens[thing].upos not in ("NOUN", "PROPN"):
        return False
    return not _known(context, i, thing)


def _known(context: Context, i: int, thing: int) -> bool:
    """Tell whether a noun is a thing, a party, a time or a number that was found."""
    token = context.sentences[i].tokens[thing]
    named = [m.span for row in (context.actors[i], context.items[i], context.times[i]) for m in row]
    counted = [s for q in context.quantities[i] for s in (q.span, q.counted) if s is not None]
    return any(span.start <= token.start < span.end for span in (*named, *counted))


def turned_round(context: Context, i: int, clause: int | None) -> bool:
    """Tell whether a clause says that it goes the other way than what was told before: "in umgekehrter Richtung"."""
    sentence, words = context.sentences[i], closed_classes(context.language).reversed
    return any(t.text.lower() in words and owner(sentence, n) == clause for n, t in enumerate(sentence.tokens))


def only_asked(context: Context, i: int, clause: int | None) -> bool:
    """Tell whether a clause is an open question or a mere condition, in the outlet's own words and with no doubt of its
    own: "Hat Bahrain geliefert?", "Ob Bahrain geliefert habe, fragte er", "Falls Bahrain liefert, …"."""
    sentence = context.sentences[i]
    if clause is None or context.block(i).kind == "title":
        return False
    at, closed = sentence.clauses[clause], closed_classes(context.language)
    asked = any(a.kind == ASKING and a.span.contains(at.span) for a in context.attributions)
    if at.marker in closed.whether:
        return asked or (at.parent is not None and _wants_to_know(context, sentence, sentence.clauses[at.parent]))
    said = any(a.chains and a.span.contains(at.span) for a in context.attributions)
    if at.marker in closed.mere_condition:
        return at.mood == "ind" and not said
    words = [t for t in sentence.tokens if t.upos != "PUNCT"]
    opens = at.finite is not None and bool(words) and sentence.tokens[at.finite].start == words[0].start
    question = sentence.tokens[-1].text == "?" and at.kind == "main" and opens
    return question and at.modal is None and at.mood == "ind" and not said


def _wants_to_know(context: Context, sentence: Sentence, clause: Clause) -> bool:
    root = sentence.tokens[clause.root].lemma.lower()
    closed = closed_classes(context.language)
    return root in closed.to_know and clause.modal in closed.claiming


def counts(quantity: Quantity, item: ItemMention | None, items: Sequence[ItemMention], event: EventKind) -> bool:
    """Tell whether a figure belongs to an event about ``items``: it counts one of them, things of ours at least, or
    what such an event is counted in besides ("Bauteile von 26 Herstellern")."""
    unit = all(map(says_little, items)) or any(_same_unit(quantity.unit, m.unit) for m in items)
    besides = counted_in_besides(quantity, event)
    return item is not None or unit or besides or quantity.kind in OF_NO_ARMS


def _same_unit(one: str | None, other: str | None) -> bool:
    return one == other or (one in OF_PEOPLE and other in OF_PEOPLE)
