"""Which rows of the tables of events fire in a sentence, for the test that walks all tables."""

from __future__ import annotations

from beleg.claim.assemble import build_claims
from beleg.claim.conditions import counted_besides, counted_in_besides
from beleg.claim.frames import Frame, Grammar
from beleg.claim.speaker import attribute
from beleg.find.mentions import find_mentions
from beleg.lexicon import toml_table
from beleg.model import Block, Claim, Document, Piece, Published, Span, TextMap
from beleg.segment.parser import load_parser
from beleg.segment.sentences import split_sentences
from beleg.tables import TableCheck

LANGUAGE = "de"


def sentence_document(text: str) -> Document:
    """Return a document that is one paragraph."""
    whole = Span(0, len(text))
    mapped = TextMap((Piece(0, len(text), 0, len(text)),))
    return Document(
        "sentence", "sentence", "0" * 64, "text/plain", LANGUAGE, None, None, (), Published(), text, text, mapped,
        (Block(whole, "body"),),
    )  # fmt: skip


def claims_of(text: str) -> list[Claim]:
    """Return the claims of a sentence."""
    document = sentence_document(text)
    sentences = split_sentences(document)
    mentions, _ = find_mentions(document, sentences)
    parsed, _ = load_parser(LANGUAGE).parse(sentences, text)
    attributions, _ = attribute(document, parsed, mentions)
    return build_claims(document, parsed, mentions, attributions)[0]


def fired_rules(text: str) -> set[str]:
    """Return the rules behind the claims of a sentence."""
    return {rule for c in claims_of(text) for rule in c.rules}


def _counted(text: str) -> set[str]:
    """Return the events of a sentence that are counted in something besides their things."""
    return {c.event for c in claims_of(text) if c.quantity is not None and counted_in_besides(c.quantity, c.event)}


TABLES = [
    TableCheck("counted.csv", lambda: counted_besides().values(), _counted),
    TableCheck(
        "de/frames.toml",
        lambda: toml_table(LANGUAGE, "frames", Frame),
        lambda text: {r.removeprefix("frame:") for r in fired_rules(text) if r.startswith("frame:")},
    ),
    TableCheck(
        "de/grammar.toml",
        lambda: toml_table(LANGUAGE, "grammar", Grammar),
        lambda text: {r.removeprefix("grammar:") for r in fired_rules(text) if r.startswith("grammar:")},
    ),
]
