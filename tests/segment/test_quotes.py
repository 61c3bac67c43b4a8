"""Quotation marks are paired in every style, and nothing breaks where a partner is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleg.model import Span
from beleg.segment.quotes import quotation_spans

CASES = [
    ("Er sagte: „Wir liefern.“ Dann ging er.", ["„Wir liefern.“"]),
    ("Er sagte: „Wir liefern.” Dann ging er.", ["„Wir liefern.”"]),
    ('Er sagte: „Wir liefern." Dann ging er.', ['„Wir liefern."']),
    ('Er sagte: "Wir liefern." Dann ging er.', ['"Wir liefern."']),
    ("He said: “We ship.” Then he left.", ["“We ship.”"]),
    ("Er sagte: »Wir liefern.« Dann ging er.", ["»Wir liefern.«"]),
    ("Er sagte: «Wir liefern.» Dann ging er.", ["«Wir liefern.»"]),
    ("Er sagte: « Wir liefern. » Dann ging er.", ["« Wir liefern. »"]),
    ("Er sagte: ``Wir liefern.'' Dann ging er.", ["``Wir liefern.''"]),
    ("Er sagte: ,,Wir liefern.'' Dann ging er.", [",,Wir liefern.''"]),
    ("„Das heißt ‚Werk 3‘ bei uns“, sagte er.", ["„Das heißt ‚Werk 3‘ bei uns“", "‚Werk 3‘"]),
    ("»Das heißt ›Werk 3‹ bei uns«, sagte er.", ["»Das heißt ›Werk 3‹ bei uns«", "›Werk 3‹"]),
    ("“He called it ‘Plant 3’ today,” she said.", ["“He called it ‘Plant 3’ today,”", "‘Plant 3’"]),
    ("Sie nannte es 'Werk 3' und ging.", ["'Werk 3'"]),
    ("„Eins“ und „zwei“ sind „drei“.", ["„Eins“", "„zwei“", "„drei“"]),
    ("Das ist Kim’s Werk und Andreas’ Haus.", []),
    ("Das ist Kim's Werk und Andreas' Haus.", []),
    ("„Der Absatz endet ohne Zeichen.", ["„Der Absatz endet ohne Zeichen."]),
    ("Der Absatz beginnt ohne Zeichen“, sagte er.", ["Der Absatz beginnt ohne Zeichen“"]),
    ("Er nannte es ''Werk 3'' und ging.", ["''Werk 3''"]),
    ('Ein Rohr von 9" Länge.', []),
    ("„Wenn [das Land] „Wenn er liefert“, sagte sie.", ["„Wenn [das Land] „Wenn er liefert“", "„Wenn er liefert“"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_quotations_are_found_with_their_marks(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in quotation_spans(text, Span(0, len(text)))] == expected


def test_a_quotation_ends_with_its_block() -> None:
    text = "„Erster Absatz.\n\nZweiter Absatz.“"
    assert [text[s.start : s.end] for s in quotation_spans(text, Span(0, 15))] == ["„Erster Absatz."]


@given(st.text(alphabet=st.sampled_from("ab 1.,\n„“”\"'‚‘’»«›‹`–("), max_size=60))
def test_whatever_the_marks_the_spans_lie_inside_and_are_ordered(text: str) -> None:
    spans = quotation_spans(text, Span(0, len(text)))
    assert spans == sorted(spans, key=lambda s: (s.start, -s.end))
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
