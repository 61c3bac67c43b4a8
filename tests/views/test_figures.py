"""The life of a figure and the funnel of its origins as drawings."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from beleg.errors import UsageError
from beleg.ledger.build import build_ledger
from beleg.ledger.values import Matter
from beleg.views.figures import funnel_chart, matter_chart, png

sys.path.append(str(Path(__file__).parents[2] / "bench"))
from annotated import ROOT, read_set

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def matter() -> Matter:
    s = read_set(ROOT / "examples" / "de")
    return max(build_ledger(s.documents, s.claims)[0].matters, key=lambda m: len(m.figures))


def titles(svg: str) -> list[str]:
    return [t.text or "" for t in ET.fromstring(svg).iter(f"{SVG}title")]


def test_every_utterance_is_drawn_with_its_words(matter: Matter) -> None:
    drawn = titles(matter_chart(matter))
    for f in matter.figures:
        assert any(f.own_words in t and f.said.text() in t for t in drawn), f.id


def test_denials_and_repeats_are_marked(matter: Matter) -> None:
    drawn = titles(matter_chart(matter))
    assert any("Peskov denies (D" in t for t in drawn)
    assert any(t.startswith("repeated 2024-02-27: Nordtaler Tagblatt") for t in drawn)


def test_contested_stretches_are_hatched(matter: Matter) -> None:
    assert 'fill="url(#contested)"' in matter_chart(matter)


def test_the_same_matter_gives_the_same_drawing(matter: Matter) -> None:
    assert matter_chart(matter) == matter_chart(matter)


def test_the_drawing_says_in_words_what_it_shows(matter: Matter) -> None:
    (desc,) = ET.fromstring(matter_chart(matter)).iter(f"{SVG}desc")
    assert desc.text == "As of 2025-05-29: at least 20,001, at most open."


def test_the_funnel_goes_from_documents_to_origins(matter: Matter) -> None:
    (desc,) = ET.fromstring(funnel_chart(matter)).iter(f"{SVG}desc")
    assert desc.text is not None
    assert desc.text.startswith(f"From print to origin: documents {len(matter.documents)}; text clusters")
    assert desc.text.endswith(f"independent origins {matter.n_min}–{matter.n_max}.")


def test_a_name_with_markup_stays_text(matter: Matter) -> None:
    odd = replace(matter, label='<script>alert("x")</script>')
    assert "<script>" not in matter_chart(odd)


def test_a_png_without_its_extra_says_what_to_install(matter: Matter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(UsageError, match=r"beleg\[png\]"):
        png(matter_chart(matter))
