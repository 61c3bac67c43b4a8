"""The shipped parser: who does what to whom, in which mood, the same whatever stands beside it, never a crash."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beleg.errors import UsageError
from beleg.model import Block, Clause, Sentence, Span
from beleg.segment.parser import EncoderParser, load_parser
from beleg.segment.sentences import split_block


def sentences(text: str) -> list[Sentence]:
    return split_block(text, Block(Span(0, len(text)), "body"), 0, "de")


def parsed(text: str) -> Sentence:
    found, problems = load_parser("de").parse(sentences(text), text)
    assert problems == []
    assert len(found) == 1
    return found[0]


def clause(text: str, verb: str) -> tuple[Sentence, Clause]:
    sentence = parsed(text)
    return sentence, next(c for c in sentence.clauses if sentence.tokens[c.root].text == verb)


def word(sentence: Sentence, index: int | None) -> str | None:
    return None if index is None else sentence.tokens[index].text


ROLES = [
    # sentence, verb, subject, finite verb, object
    ("Die Werft lieferte im Mai vierzig Zelte an das Lager.", "lieferte", "Werft", "lieferte", "Zelte"),
    ("Vierzig Zelte hat die Werft geliefert.", "geliefert", "Werft", "hat", "Zelte"),
    ("Das Lager teilte mit, die Werft habe vierzig Zelte geliefert.", "geliefert", "Werft", "habe", "Zelte"),
    ("Die Zelte, die eine Werft im Norden gebaut hat, fehlen.", "gebaut", "Werft", "hat", "die"),
    ("Die Zelte wurden von der Werft geliefert.", "geliefert", "Zelte", "wurden", None),
    ("Das Ministerium will die Zelte bald bezahlen.", "bezahlen", "Ministerium", "will", "Zelte"),
]


@pytest.mark.parametrize(("text", "verb", "subject", "finite", "object_"), ROLES)
def test_subject_finite_verb_and_object_are_found(
    text: str, verb: str, subject: str, finite: str, object_: str | None
) -> None:
    sentence, found = clause(text, verb)
    assert (word(sentence, found.subject), word(sentence, found.finite), word(sentence, found.object)) == (
        subject,
        finite,
        object_,
    )


@pytest.mark.parametrize(
    ("text", "verb", "mood"),
    [
        ("Die Werft lieferte vierzig Zelte.", "lieferte", "ind"),
        ("Es hieß, die Werft liefere vierzig Zelte.", "liefere", "sub1"),
        ("Sie sagte, die Zelte seien gekommen.", "gekommen", "sub1"),
        ("Dann wäre die Werft zu spät gekommen.", "gekommen", "sub2"),
        ("Ich liefere die Zelte morgen.", "liefere", "ind"),
    ],
)
def test_the_mood_is_read_from_the_form(text: str, verb: str, mood: str) -> None:
    assert clause(text, verb)[1].mood == mood


def test_a_modal_a_passive_and_a_negation_are_noted() -> None:
    _, found = clause("Die Zelte sollen nicht geliefert worden sein.", "geliefert")
    assert (found.modal, found.passive, found.negated) == ("sollen", True, True)


def test_not_only_is_no_negation() -> None:
    assert not clause("Die Werft lieferte nicht nur Zelte.", "lieferte")[1].negated


def test_a_particle_belongs_to_the_lemma_of_its_verb() -> None:
    sentence, found = clause("Die Werft stellte vierzig Zelte her.", "stellte")
    assert sentence.tokens[found.root].lemma == "herstellen"


def test_an_infinitive_is_the_act_of_the_one_who_is_accused() -> None:
    sentence, found = clause("Die Werft beschuldigte das Lager, Zelte verkauft zu haben.", "verkauft")
    assert (found.kind, word(sentence, found.subject)) == ("infinitive", "Lager")


def test_parents_are_numbered_in_the_order_given() -> None:
    sentence = parsed("Das Lager teilte mit, dass die Werft Zelte liefere, die niemand bestellt hat.")
    roots = [sentence.tokens[c.root].text for c in sentence.clauses]
    parents = [None if c.parent is None else roots[c.parent] for c in sentence.clauses]
    assert dict(zip(roots, parents, strict=True)) == {"teilte": None, "liefere": "teilte", "bestellt": "liefere"}


def test_a_parse_does_not_depend_on_its_neighbours_or_on_threads() -> None:
    texts = ["Die Werft lieferte Zelte.", "Niemand hat sie bestellt, sagte das Lager am Montag.", "Es regnete."]
    text = " ".join(texts)
    together = load_parser("de").parse(sentences(text), text)[0]
    parser = load_parser("de")
    assert isinstance(parser, EncoderParser)
    assert EncoderParser("de", parser.encoder, 2).parse(sentences(text), text)[0] == together
    for s in sentences(text):
        assert parser.parse([s], text)[0][0] in together


BAD = [
    ("Zelt " * 5000, "sentence-too-long"),
    ("12.000 – 40 %", "sentence-not-text"),
    ("😀 🚢 😀", "sentence-not-text"),
    ("납품은 오월에 이루어졌다", "sentence-script"),
]


@pytest.mark.parametrize(("text", "code"), BAD)
def test_what_cannot_be_parsed_is_passed_on_with_a_problem(text: str, code: str) -> None:
    found, problems = load_parser("de").parse(sentences(text), text)
    assert [p.code for p in problems] == [code] * len(found)
    assert all(not s.parsed and s.clauses == () for s in found)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("abÄß .,1-„“\u0308中й😀\u200b"), min_size=1, max_size=60))
def test_whatever_the_text_every_parsed_sentence_is_a_tree(text: str) -> None:
    found, _ = load_parser("de").parse(sentences(text), text)
    for s in found:
        if not s.parsed:
            continue
        assert sum(t.head == -1 for t in s.tokens) == 1
        for i, t in enumerate(s.tokens):
            seen = {i}
            head = t.head
            while head >= 0:
                assert head not in seen
                seen.add(head)
                head = s.tokens[head].head
        for c in s.clauses:
            assert s.span.contains(c.span)


def test_an_unknown_backend_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="no parser called 'nemo'; there are: encoder, spacy"):
        load_parser("de", backend="nemo")
