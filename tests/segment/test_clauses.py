"""Clauses are read off the tree: what a clause lacks it takes from the one above."""

from __future__ import annotations

from trees import tree

from beleg.model import Clause
from beleg.segment.clauses import derive_clauses

REPORTED = """
Das        der         DET   ART    _                                               2  det
Lager      Lager       NOUN  NN     Number=Sing                                     3  nsubj
sagt       sagen       VERB  VVFIN  Mood=Ind|VerbForm=Fin                           0  root
,          ,           PUNCT $,     _                                               9  punct
die        der         DET   ART    _                                               6  det
Werft      Werft       NOUN  NN     Number=Sing                                     9  nsubj
habe       haben       AUX   VAFIN  Mood=Sub|Tense=Pres|VerbForm=Fin                9  aux
Zelte      Zelt        NOUN  NN     Number=Plur                                     9  obj
gekauft    kaufen      VERB  VVPP   VerbForm=Part                                   3  ccomp
und        und         CCONJ KON    _                                               12 cc
nicht      nicht       PART  PTKNEG _                                               12 advmod
bezahlt    bezahlen    VERB  VVPP   VerbForm=Part                                   9  conj
.          .           PUNCT $.     _                                               3  punct
"""

PROMISED = """
Die        der         DET   ART    _                                               2  det
Werft      Werft       NOUN  NN     _                                               3  nsubj
bot        anbieten    VERB  VVFIN  Mood=Ind|VerbForm=Fin                           0  root
dem        der         DET   ART    Case=Dat                                        5  det
Lager      Lager       NOUN  NN     Case=Dat                                        3  iobj
an         an          ADP   PTKVZ  _                                               3  compound:prt
,          ,           PUNCT $,     _                                               10 punct
Zelte      Zelt        NOUN  NN     _                                               10 obj
zu         zu          PART  PTKZU  _                                               10 mark
liefern    liefern     VERB  VVINF  VerbForm=Inf                                    3  xcomp
"""

CONCEALED = """
Zelte      Zelt        NOUN  NN     _                                               0  root
,          ,           PUNCT $,     _                                               5  punct
die        der         PRON  PRELS  PronType=Rel                                    5  obj
niemand    niemand     PRON  PIS    _                                               5  nsubj
will       wollen      VERB  VMFIN  Mood=Ind|VerbForm=Fin                           1  acl
"""


def by_verb(lines: str) -> tuple[dict[str, Clause], list[str]]:
    tokens = tree(lines)
    return {tokens[c.root].text: c for c in derive_clauses(tokens, "de")}, [t.text for t in tokens]


def test_a_joined_verb_shares_finite_verb_subject_and_mood() -> None:
    clauses, words = by_verb(REPORTED)
    second = clauses["bezahlt"]
    assert (words[second.finite or 0], words[second.subject or 0], second.mood) == ("habe", "Werft", "sub1")
    assert second.kind == "conjunct"


def test_a_negation_counts_for_its_own_clause_only() -> None:
    clauses, _ = by_verb(REPORTED)
    assert [verb for verb, c in clauses.items() if c.negated] == ["bezahlt"]


def test_reported_speech_without_a_conjunction_is_a_complement() -> None:
    clauses, _ = by_verb(REPORTED)
    assert (clauses["gekauft"].kind, clauses["gekauft"].marker, clauses["sagt"].kind) == ("complement", None, "main")


def test_who_offers_to_do_something_does_it_himself() -> None:
    clauses, words = by_verb(PROMISED)
    infinitive = clauses["liefern"]
    assert (infinitive.kind, words[infinitive.subject or 0]) == ("infinitive", "Werft")
    assert words[clauses["bot"].indirect or 0] == "Lager"


def test_a_heading_is_a_fragment_and_its_relative_clause_is_found() -> None:
    clauses, words = by_verb(CONCEALED)
    assert (clauses["Zelte"].kind, clauses["will"].kind) == ("fragment", "relative")
    assert words[clauses["will"].object or 0] == "die"


def test_spans_reach_from_the_first_to_the_last_word_without_edge_punctuation() -> None:
    tokens = tree(REPORTED)
    text = " ".join(t.text for t in tokens)
    spans = {tokens[c.root].text: text[c.span.start : c.span.end] for c in derive_clauses(tokens, "de")}
    assert spans["gekauft"] == "die Werft habe Zelte gekauft und nicht bezahlt"
