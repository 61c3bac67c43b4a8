from __future__ import annotations

import pytest
from told import claims_of


@pytest.mark.parametrize(("text", "stance", "sources"), [
    ("Fotos des Verteidigungsministeriums in Kiew zeigen Trümmer einer iranischen Rakete.", "said",
     ["Ministry of Defence of Ukraine"]),
    ("Eine vom Verteidigungsministerium in Kiew verbreitete Grafik zeigt Trümmer einer iranischen Rakete.", "said",
     ["Ministry of Defence of Ukraine"]),
    ("Fotos der von der ukrainischen Armee zerstörten Halle zeigen Trümmer einer iranischen Rakete.", "fact", []),
    ("Fotos zeigen Trümmer einer iranischen Rakete.", "fact", []),
    ("Fotos aus Kiew zeigen Trümmer einer iranischen Rakete.", "fact", []),
])  # fmt: skip
def test_pictures_are_the_word_of_whose_they_are(text: str, stance: str, sources: list[str]) -> None:
    (claim,) = claims_of(text)
    assert (claim.stance, [s.name for s in claim.sources]) == (stance, sources)
    assert any(r.startswith("shown-by") for r in claim.rules) == bool(sources)
