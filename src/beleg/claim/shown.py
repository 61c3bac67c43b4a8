"""Whose pictures show what a clause tells: "Aufnahmen des Senders zeigen Panzer" are the broadcaster's word.

Pictures of nobody in particular ("Satellitenbilder zeigen …") are what the outlet itself saw.
"""

from __future__ import annotations

from beleg.claim.chain import KINDS
from beleg.claim.context import Context
from beleg.claim.relations import ancestors, head_token
from beleg.claim.stance_signals import UnmarkedWords
from beleg.claim.stance_table import stance_tables
from beleg.model import ActorMention, Sentence, Source

PICTURES = ("satellite imagery", "photographs")  # bases of what shows by itself
PARTICIPLE = "ADJ"  # as the treebank tags one before a noun
OWN = ("NOUN", "PROPN")  # between a picture and its owner: "Bilder der Nachrichtenagentur KCNA"


def shown_by(context: Context, i: int, clause: int | None) -> UnmarkedWords | None:
    """Return the word of the owner of the pictures that are a clause's subject, None where they are nobody's."""
    sentence = context.sentences[i]
    subject = sentence.clauses[clause].subject if clause is not None else None
    if subject is None:
        return None
    bearer = stance_tables(context.language).bearers.get(sentence.tokens[subject].text.lower())
    if bearer is None or bearer.basis not in PICTURES:
        return None
    owners = [a for a in context.actors[i] if a.kind != "state" and _owns(sentence, a, subject)]
    named = [a for a in owners if a.form == "name"] or owners  # "des staatlichen Senders KCNA"
    if not named:
        return None
    a = named[0]
    owner = Source(a.text, a.name, KINDS.get(a.kind, "person"), a.country, a.span, a.actor)
    return UnmarkedWords(((owner,),), f"shown-by {bearer.name}")


def _owns(sentence: Sentence, actor: ActorMention, picture: int) -> bool:
    """Tell whether pictures are somebody's: "Bilder der Agentur", "eine vom Ministerium verbreitete Grafik"."""
    at = head_token(sentence, actor.head or actor.span)
    above = ancestors(sentence, at) if at is not None else []
    if picture not in above:
        return False
    between = [sentence.tokens[n].upos for n in above[: above.index(picture)]]
    return between == [PARTICIPLE] or all(upos in OWN for upos in between)
