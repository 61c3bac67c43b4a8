"""How whoever is named stands to the word that tells an event: as its subject, object, dative, or further away.

Corrects what the parser cannot know of names, which carry no case.
"""

from __future__ import annotations

from dataclasses import dataclass

from beleg.claim.frames import Grammar, Trigger
from beleg.claim.relations import Relation, ancestors, head_token, relation, relative_pronoun
from beleg.model import ActorMention, Clause, Sentence, Span

SWAPPED = {"subject": "object", "von": "subject", "durch": "subject"}  # in the passive
AIMED = "use"  # grammar of what is fired: its object can be the one who is hit


@dataclass(frozen=True, slots=True)
class Standing:
    """How a mention stands to the trigger's clause; ``inside``: as one of the verb's own arguments."""

    kind: str
    token: int
    inside: bool


def standing_of(
    sentence: Sentence, actor: ActorMention, clause: Clause | None, above: Clause | None, trigger: Trigger
) -> Standing | None:
    """Return how a mention stands to a trigger's clause, None where it stands in no relation."""
    rel, at = relation(sentence, actor.head or actor.span), head_token(sentence, actor.head or actor.span)
    if rel is None or at is None:
        return None
    understood = clause is not None and clause.kind == "infinitive" and clause.subject in (at, rel.token)
    if understood and clause is not None and rel.kind == "subject" and trigger.frame.pos == "noun":
        return Standing("subject", at, True)  # "Oslo plant, den Export zu steigern": Oslo exports
    if clause is not None and trigger.frame.pos != "noun":
        if rel.kind == "subject" and at != clause.root and (clause.subject in (at, rel.token)):
            return Standing("object" if clause.passive else "subject", at, True)
        pronoun = relative_pronoun(sentence, clause)
        if pronoun is not None and sentence.tokens[clause.root].head in (at, rel.token):
            stand = relation(sentence, Span(sentence.tokens[pronoun].start, sentence.tokens[pronoun].end))
            if stand is not None:
                return Standing(kind_of(stand, trigger, clause), at, True)
    return Standing(kind_of(rel, trigger, clause), at, False)


def settled(
    stand: Standing, rules: Grammar, trigger: Trigger, clause: Clause | None, sentence: Sentence, led: bool
) -> str:
    """Correct what the parser cannot know: an actor is not the thing given, and one verb has one subject.

    "Südafrika bot Kenia 20 Fahrzeuge an": names carry no case, the second one is the dative. "Haubitzen schickte
    Italien": the thing stands first, the actor behind the verb gives.
    """
    own = clause is not None and clause.root == trigger.token and not clause.passive
    if own and not stand.inside and sentence.tokens[stand.token].head == trigger.token:
        if stand.kind == "object" and rules.role("object") == "item":
            if rules.key == AIMED and not agrees(sentence, clause):
                return "auf"  # "Kampfjets bombardierten Hudaida"
            return "dative" if led and rules.role("dative") else "subject"
        if stand.kind == "subject" and led and rules.role("dative"):
            return "dative"
    above = sentence.tokens[stand.token].head
    named = above >= 0 and sentence.tokens[above].upos == "PROPN"
    if own and stand.kind == "genitive" and rules.role("dative") and named and above == (clause and clause.subject):
        return "dative"  # "Estland der Ukraine überließ": a name takes no genitive
    return stand.kind


def of_subject(sentence: Sentence, at: int, clause: Clause | None) -> bool:
    """Tell whether a word stands with the subject of a clause in the active."""
    return clause is not None and not clause.passive and clause.subject == sentence.tokens[at].head


def agrees(sentence: Sentence, clause: Clause | None) -> bool:
    """Tell whether a name can be the subject of a clause's verb: not of one in the plural."""
    finite = sentence.tokens[clause.finite] if clause is not None and clause.finite is not None else None
    return finite is None or finite.feat("Number") != "Plur"


def hangs_on(sentence: Sentence, at: int, trigger: int) -> bool:
    """Tell whether a word hangs on the trigger with no other verb or participle between them."""
    for above in ancestors(sentence, at):
        if above == trigger:
            return True
        if sentence.tokens[above].upos in ("VERB", "ADJ"):
            return False
    return False


def kind_of(rel: Relation, trigger: Trigger, clause: Clause | None) -> str:
    """Return a relation as the trigger's grammar names it: in the passive, and of participles before a noun, turned."""
    verbal = trigger.frame.pos != "noun" and clause is not None and clause.root == trigger.token
    if verbal and clause is not None and clause.passive:
        if rel.kind == "subject" and rel.governor == trigger.token:
            return "object"
        return SWAPPED.get(rel.kind, rel.kind) if rel.kind != "subject" else rel.kind
    return rel.kind
