"""What no claim came of is told."""

from __future__ import annotations

from dataclasses import replace

from beleg.claim.assemble import build_claims
from beleg.claim.frame_check import sentence_document
from beleg.claim.heads import NO_HEADS
from beleg.claim.left_over import striking_themselves
from beleg.model import Problem
from beleg.pipeline import read_article


def doubts(text: str) -> list[Problem]:
    r = read_article(sentence_document(text), parse_all=True)
    return build_claims(r.document, r.sentences, r.mentions, r.attributions, NO_HEADS)[1]


def test_a_number_of_arms_that_no_claim_holds_is_a_doubt_at_its_place() -> None:
    text = "Auf der Wiese glänzten 52 Panzer in der Sonne."
    (doubt,) = doubts(text)
    assert doubt.code == "figure-unclaimed" and doubt.span is not None
    assert text[doubt.span.start : doubt.span.end] == "52"
    assert doubts("Norwegen übergab der Ukraine acht Panzer.") == []


def test_passages_left_out_because_their_article_is_about_something_else_are_counted() -> None:
    text = "Ein Unbekannter lieferte Waffen. " + "Das Fest am Hafen war gut besucht und alle freuten sich. " * 20
    (doubt,) = doubts(text)
    assert doubt.code == "not-about-arms" and doubt.span is not None and not doubt.left_out
    assert text[doubt.span.start : doubt.span.end].startswith("Ein Unbekannter lieferte")
    assert doubts("Der Chor sang im Hafen.") == []


def test_what_is_only_asked_is_no_claim_but_a_doubt_at_its_clause() -> None:
    text = "Falls Tschechien der Ukraine weitere Haubitzen liefert, wird die Brigade umgerüstet."
    (doubt,) = [p for p in doubts(text) if p.code == "only-asked"]
    assert doubt.span is not None and text[doubt.span.start : doubt.span.end].startswith("Falls Tschechien")
    assert not [p for p in doubts("Tschechien liefert der Ukraine weitere Haubitzen.") if p.code == "only-asked"]


def test_a_whole_whose_part_has_no_figure_is_a_doubt() -> None:
    found = doubts("Polen lieferte der Ukraine die ersten von insgesamt 101 Panzern.")
    assert ["101" in p.message for p in found if p.code == "figure-unclaimed"] == [True]


def test_a_mere_difference_is_a_doubt_and_no_figure_of_the_event() -> None:
    text = "Polen lieferte der Ukraine 40 Panzer, zehn Panzer weniger als im Vorjahr."
    claims = read_article(sentence_document(text)).claims
    assert [c.quantity.low for c in claims if c.quantity is not None] == [40.0]
    assert ["zehn" in p.message for p in doubts(text) if p.code == "figure-unclaimed"] == [True]


def test_a_party_that_strikes_itself_is_a_doubt_and_stays_in_the_claim() -> None:
    r = read_article(sentence_document("Kenia beschoss am Freitag einen Hafen in Somalia mit Raketen."))
    (claim,) = [c for c in r.claims if c.event == "use"]
    assert striking_themselves(r.document, [replace(claim, actor="KE", recipient="SO")]) == []
    (doubt,) = striking_themselves(r.document, [replace(claim, actor="KE", recipient="KE")])
    assert doubt.code == "strikes-itself" and doubt.span == claim.span and "KE" in doubt.message
    assert striking_themselves(r.document, [replace(claim, event="production", actor="KE", recipient="KE")]) == []
