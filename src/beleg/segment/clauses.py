"""Clauses: every verb with its subject, objects, mood, modal, negation and marker, read off the tree.

Reads ``data/<lang>/clauses.toml``. A clause that shares its finite verb or subject with the one before it
("hat gekauft und geliefert") takes them from there; an infinitive takes its subject from the clause above, whose
object it is where there is one ("beschuldigte das Land, Zelte geliefert zu haben": the land), else the subject.
Relative pronouns stay what they are; who they stand for is not decided here. A clause that is itself the subject of
another is found as that one's child: ``subject`` is always a noun or pronoun.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from beleg.lexicon import DATA, NamedRow, toml_table
from beleg.model import Clause, ClauseKind, Span, Token
from beleg.segment.tokens import split_tokens
from beleg.tables import TableCheck

VERBAL = frozenset({"VERB", "AUX"})
CARRIERS = frozenset({"aux", "cop"})  # relations under which a finite verb hangs on its content word
OPENERS = frozenset({"root", "ccomp", "csubj", "advcl", "acl", "parataxis", "xcomp"})
LOOSE = frozenset({"conj", "appos", "dep"})  # relations that hold a clause only where there is a finite verb
RELATIVE_TAGS = frozenset({"PRELS", "PRELAT", "PWAV", "PWS", "WDT", "WP", "WRB"})
MODAL_TAGS = ("VM", "MD")
INFINITIVE_MARK = frozenset({"PTKZU", "TO"})


@dataclass(frozen=True, slots=True)
class ClauseRow(NamedRow):
    """A group of words that decide alike."""

    kind: Literal["negation", "not_negating", "subject_control", "time_noun"]
    forms: tuple[str, ...]


@cache
def clause_words(language: str, kind: str) -> frozenset[str]:
    """Return the forms of all groups of a kind; none for a language without a table."""
    if not (DATA / language / "clauses.toml").is_file():
        return frozenset()
    return frozenset(f for row in toml_table(language, "clauses", ClauseRow) if row.kind == kind for f in row.forms)


def base(token: Token) -> str:
    """Return a token's relation without its subtype."""
    return token.deprel.split(":")[0]


def innermost(clauses: Sequence[Clause], at: int) -> int | None:
    """Return the index of the innermost clause around an offset, the last of equally long ones."""
    around = [(c.span.end - c.span.start, -n) for n, c in enumerate(clauses) if c.span.start <= at < c.span.end]
    return -min(around)[1] if around else None


def derive_clauses(tokens: Sequence[Token], language: str) -> tuple[Clause, ...]:
    """Read the clauses off a parsed sentence.

    Args:
        tokens: The words with heads and relations.
        language: Picks the words of negation and control.

    Returns:
        Clauses in text order, the outer before the inner; ``parent`` numbers them in this order.
    """
    children: list[list[int]] = [[] for _ in tokens]
    for i, token in enumerate(tokens):
        if token.head >= 0:
            children[token.head].append(i)
    roots = [i for i in range(len(tokens)) if _opens_clause(tokens, children, i)]
    first, last = _reach(tokens)
    roots.sort(key=lambda i: (first[i], -last[i], i))
    number = {root: n for n, root in enumerate(roots)}
    found: dict[int, Clause] = {}
    for root in sorted(roots, key=lambda i: _depth(tokens, i)):  # a clause takes what it lacks from the one above
        above = _above(tokens, root, number)
        parent = found.get(above) if above is not None else None
        clause = _clause(tokens, children, root, parent, language)
        span = Span(tokens[first[root]].start, tokens[last[root]].end)
        found[root] = replace(clause, span=span, parent=number[above] if above is not None else None)
    return tuple(found[root] for root in roots)


def _finite(token: Token) -> bool:
    """Tell whether a verb is finite; at the head of a condition ("Sollten …") often only its person is tagged."""
    shown = token.feat("VerbForm") == "Fin" or token.xpos.endswith("FIN")
    return shown or (token.upos == "AUX" and token.feat("VerbForm") is None and token.feat("Person") is not None)


def _carried(tokens: Sequence[Token], children: list[list[int]], i: int) -> list[int]:
    """Return the auxiliaries and copulas of a content word."""
    return [c for c in children[i] if base(tokens[c]) in CARRIERS]


def _opens_clause(tokens: Sequence[Token], children: list[list[int]], i: int) -> bool:
    token, relation = tokens[i], base(tokens[i])
    if relation == "root":
        return True
    verbal = token.upos in VERBAL or bool(_carried(tokens, children, i))
    if relation in OPENERS:
        return verbal
    if relation not in LOOSE or not verbal:
        return False
    if relation == "conj":
        above = token.head
        return above >= 0 and (tokens[above].upos in VERBAL or bool(_carried(tokens, children, above)))
    return _finite(token) or any(_finite(tokens[c]) for c in _carried(tokens, children, i))


def _reach(tokens: Sequence[Token]) -> tuple[list[int], list[int]]:
    """Return the first and last word of each word's subtree, punctuation at its edges left out."""
    first, last = list(range(len(tokens))), list(range(len(tokens)))
    for i, token in enumerate(tokens):
        if token.upos == "PUNCT":
            continue
        above = token.head
        while above >= 0:
            first[above], last[above] = min(first[above], i), max(last[above], i)
            above = tokens[above].head
    return first, last


def _depth(tokens: Sequence[Token], i: int) -> tuple[int, int]:
    depth, at = 0, i
    while tokens[at].head >= 0:
        at = tokens[at].head
        depth += 1
    return depth, i


def _above(tokens: Sequence[Token], i: int, number: dict[int, int]) -> int | None:
    at = tokens[i].head
    while at >= 0:
        if at in number:
            return at
        at = tokens[at].head
    return None


def _clause(
    tokens: Sequence[Token], children: list[list[int]], root: int, parent: Clause | None, language: str
) -> Clause:
    carried = _carried(tokens, children, root)
    verbs = [root, *carried] if tokens[root].upos in VERBAL else carried
    finite = next((v for v in sorted(verbs, key=lambda v: (v == root, v)) if _finite(tokens[v])), None)
    relation = base(tokens[root])

    def child(*names: str) -> int | None:
        return next((c for c in children[root] if tokens[c].deprel in names or base(tokens[c]) in names), None)

    subject, indirect = child("nsubj"), child("iobj")
    if subject is None:  # "es gibt"
        subject = next((c for c in children[root] if tokens[c].deprel == "expl" and tokens[c].upos == "PRON"), None)
    if indirect is None:
        indirect = next((c for c in children[root] if _bare_dative(tokens, children, c)), None)
    shared = relation == "conj" and parent is not None and tokens[root].head == parent.root
    if shared and parent is not None and finite is None:
        finite = parent.finite if _needs_finite(tokens, root, children) else None
    passive = any(tokens[c].deprel == "aux:pass" for c in children[root])
    if shared and parent is not None and subject is None:
        subject = parent.subject
    if (
        finite is None
        and subject is None
        and parent is not None
        and relation in ("xcomp", "ccomp", "csubj", "advcl", "acl")
    ):
        subject = _controller(tokens, parent, relation, language)
    modal = next((tokens[v].lemma for v in sorted(verbs) if tokens[v].xpos.startswith(MODAL_TAGS) and v != root), None)
    if modal is None and shared and parent is not None and finite == parent.finite:
        modal = parent.modal
    kind = _kind(tokens, children, root, finite, bool(verbs))
    return Clause(
        span=Span(tokens[root].start, tokens[root].end),
        root=root,
        finite=finite,
        kind=kind,
        parent=None,
        subject=subject,
        object=child("obj"),
        indirect=indirect,
        mood=_mood(tokens, finite),
        modal=modal,
        negated=_negated(tokens, children, root, language),
        passive=passive or bool(shared and parent is not None and parent.passive and finite == parent.finite),
        marker=next(
            (
                tokens[c].text.lower()
                for c in children[root]
                if base(tokens[c]) == "mark" and tokens[c].xpos not in INFINITIVE_MARK
            ),
            None,
        ),
    )


def _bare_dative(tokens: Sequence[Token], children: list[list[int]], i: int) -> bool:
    """Tell whether an oblique is a dative without a preposition ("übergab den Gemeinden Zelte")."""
    if tokens[i].deprel != "obl" or any(base(tokens[c]) == "case" for c in children[i]):
        return False
    shown = [c for c in children[i] if base(tokens[c]) == "det"]
    return any(tokens[c].feat("Case") == "Dat" for c in shown)


def _needs_finite(tokens: Sequence[Token], root: int, children: list[list[int]]) -> bool:
    """Tell whether a conjoined verb leans on the finite verb before it: a participle or a bare infinitive."""
    has_mark = any(tokens[c].xpos in INFINITIVE_MARK for c in children[root])
    return not has_mark and tokens[root].upos in VERBAL


def _controller(tokens: Sequence[Token], parent: Clause, relation: str, language: str) -> int | None:
    """Return whose act an infinitive is: the word in the clause above."""
    if relation == "advcl":
        return parent.subject
    if parent.object is not None and relation != "acl":
        return parent.object
    keeps = tokens[parent.root].lemma in clause_words(language, "subject_control")
    if parent.indirect is not None and not keeps and relation != "acl":
        return parent.indirect
    return parent.subject


def _kind(
    tokens: Sequence[Token], children: list[list[int]], root: int, finite: int | None, verbal: bool
) -> ClauseKind:
    relation = base(tokens[root])
    if relation == "root":
        return "main" if verbal else "fragment"
    if relation == "conj":
        return "conjunct"
    if relation in ("parataxis", "appos", "dep"):
        return "parenthesis"
    if finite is None:
        return "infinitive"
    if relation == "acl":
        inside = [c for c in range(len(tokens)) if c != root and _under(tokens, c, root)]
        relative = any(tokens[c].xpos in RELATIVE_TAGS or tokens[c].feat("PronType") == "Rel" for c in inside)
        marked = any(base(tokens[c]) == "mark" for c in children[root])
        return "complement" if marked and not relative else "relative"
    return "adverbial" if relation == "advcl" else "complement"


def _under(tokens: Sequence[Token], i: int, root: int) -> bool:
    while tokens[i].head >= 0:
        i = tokens[i].head
        if i == root:
            return True
    return False


def _mood(tokens: Sequence[Token], finite: int | None) -> Literal["ind", "sub1", "sub2", "imp", "inf"]:
    if finite is None:
        return "inf"
    mood = tokens[finite].feat("Mood")
    if mood == "Sub":
        return "sub2" if tokens[finite].feat("Tense") == "Past" else "sub1"
    return "imp" if mood == "Imp" else "ind"


def _negated(tokens: Sequence[Token], children: list[list[int]], root: int, language: str) -> bool:
    """Tell whether a negation stands in the clause itself: beside its verbs or at one of its arguments."""
    words, back = clause_words(language, "negation"), clause_words(language, "not_negating")
    near = set(children[root])
    for c in children[root]:
        if base(tokens[c]) in ("nsubj", "obj", "iobj", "obl", "aux", "cop", "advmod"):
            near.update(g for g in children[c] if base(tokens[g]) in ("det", "advmod", "cc"))
    for i in near:
        if tokens[i].text.lower() in words:
            after = tokens[i + 1].text.lower() if i + 1 < len(tokens) else ""
            if after not in back:
                return True
    return False


def _fired(sentence: str) -> set[str]:
    words = {t.text.lower() for t in split_tokens(sentence, Span(0, len(sentence)))}
    return {row.name for row in toml_table("de", "clauses", ClauseRow) if words & set(row.forms)}


TABLES = [TableCheck("de/clauses.toml", lambda: toml_table("de", "clauses", ClauseRow), _fired)]
