"""How a mention stands to the words around it: subject, object, dative, or behind which preposition.

Reads the parse; where the parser and the surface disagree about a preposition, the surface decides, since the word
just before a noun phrase is certain and its attachment is not.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from beleg.model import Clause, Sentence, Span, Token
from beleg.segment.clauses import innermost

PLAIN = {
    "nsubj": "subject", "nsubj:pass": "subject", "csubj": "subject", "obj": "object", "iobj": "dative",
    "obl:arg": "dative", "amod": "adjective", "nmod:poss": "genitive",
}  # fmt: skip
PASSED_ON = ("conj", "appos", "flat", "flat:name", "compound")  # these stand to the world as their head does
INSIDE_PHRASE = ("DET", "ADJ", "NUM", "ADV", "PRON")  # may stand between a preposition and its noun


@dataclass(frozen=True, slots=True)
class Relation:
    """``kind`` is "subject", "object", "dative", "genitive", "adjective" or a preposition in lower case."""

    kind: str
    token: int  # the word of the mention that carries it
    governor: int  # the word it hangs on, -1 for the root


def token_at(sentence: Sentence, offset: int) -> int | None:
    """Return the index of the token that covers an offset."""
    return next((i for i, t in enumerate(sentence.tokens) if t.start <= offset < t.end), None)


def tokens_in(sentence: Sentence, span: Span) -> list[int]:
    return [i for i, t in enumerate(sentence.tokens) if t.start < span.end and span.start < t.end]


def head_token(sentence: Sentence, span: Span) -> int | None:
    """Return the word of a span that hangs on something outside it; the last one where the parse does not say."""
    inside = tokens_in(sentence, span)
    outward = [i for i in inside if sentence.tokens[i].head not in inside]
    return outward[-1] if outward else (inside[-1] if inside else None)


def relation(sentence: Sentence, span: Span) -> Relation | None:
    """Tell how the phrase at ``span`` stands in its sentence; None where it stands outside the tokens."""
    i = head_token(sentence, span)
    if i is None:
        return None
    tokens, seen = sentence.tokens, {i}
    start = i
    while tokens[i].deprel in PASSED_ON and tokens[i].head >= 0 and tokens[i].head not in seen:
        if preposition(tokens, start) is not None:
            break  # "aus den USA und aus China": the second one has its own
        i = tokens[i].head
        seen.add(i)
    token = tokens[i]
    prep = preposition(tokens, start) or preposition(tokens, i)
    if prep is not None:
        return Relation(prep, i, token.head)
    kind = PLAIN.get(token.deprel)
    if kind == "object" and token.feat("Case") == "Dat":
        kind = "dative"
    if kind is None and token.feat("Case") == "Gen":
        kind = "genitive"
    if kind is None and token.deprel in ("nmod", "obl", "obl:tmod"):
        kind = "genitive" if token.deprel == "nmod" else "dative"
    return Relation(kind or token.deprel or "none", i, token.head)


def preposition(tokens: Sequence[Token], i: int) -> str | None:
    """Return the preposition (or the one melted into an article: "zum") before the phrase of token ``i``."""
    for t in tokens:
        if t.head == i and t.deprel == "case" and t.upos == "ADP":
            return t.lemma.lower() or t.text.lower()
    for t in reversed(tokens[:i]):
        if t.upos == "ADP":
            return t.lemma.lower() or t.text.lower()
        if t.upos not in INSIDE_PHRASE:
            return None
    return None


def owner(sentence: Sentence, i: int) -> int | None:
    """Return the index of the innermost clause around token ``i``."""
    return innermost(sentence.clauses, sentence.tokens[i].start)


def ancestors(sentence: Sentence, i: int) -> list[int]:
    """Return the chain of heads above token ``i``, nearest first."""
    out: list[int] = []
    head = sentence.tokens[i].head
    while head >= 0 and head not in out:
        out.append(head)
        head = sentence.tokens[head].head
    return out


def controller(sentence: Sentence, clause: Clause) -> Clause | None:
    """Return the clause whose subject is understood in one that has none of its own (infinitives, conjuncts)."""
    if clause.subject is not None or clause.parent is None or clause.kind not in ("infinitive", "conjunct"):
        return None
    parent = sentence.clauses[clause.parent]
    return parent if parent.subject is not None else controller(sentence, parent)


def relative_pronoun(sentence: Sentence, clause: Clause) -> int | None:
    """Return the pronoun that ties a relative clause to its noun: "der" of "die Firma, der er hilft"."""
    if clause.kind != "relative":
        return None
    for i in tokens_in(sentence, clause.span):
        if sentence.tokens[i].feat("PronType") == "Rel" or (
            sentence.tokens[i].upos == "PRON" and sentence.tokens[i].head == clause.root
        ):
            return i
    return None


def is_over(sentence: Sentence, clause: int | None, perfect: Collection[str]) -> bool:
    """Tell whether what a clause tells is past: "verkaufte", "habe verkauft", "wurde verkauft".

    Args:
        sentence: A parsed one.
        clause: Index of the clause; None tells nothing.
        perfect: Lemmas of the verbs that make the perfect.
    """
    if clause is None:
        return False
    at = sentence.clauses[clause]
    root = sentence.tokens[at.root]
    finite = sentence.tokens[at.finite] if at.finite is not None else None
    past = finite is not None and finite.feat("Tense") == "Past" and finite.feat("Mood") != "Sub" and at.modal is None
    helpers = [t for t in sentence.tokens if t.head == at.root and t.deprel.startswith("aux")]
    participle = root.feat("VerbForm") == "Part" or root.xpos.endswith("PP")
    return past or (participle and any(t.lemma in perfect for t in helpers))
