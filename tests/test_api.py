from __future__ import annotations

from pathlib import Path

import pytest

import beleg
from beleg.errors import UsageError

TEXT = "Polen hat der Ukraine 14 Panzer geliefert. Das sagte ein Sprecher in Warschau."


def test_a_text_is_read_to_its_claims() -> None:
    reading = beleg.read_text(TEXT, published="2024-03-05", language="de")
    claim = reading.claims[0]
    assert (claim.supplier, claim.recipient, claim.quantity and claim.quantity.low) == ("PL", "UA", 14)
    assert "14 Panzer" in reading.document.quote(claim.span)


def test_the_same_text_gives_the_same_reading() -> None:
    assert beleg.read_text(TEXT, language="de") == beleg.read_text(TEXT, language="de")


def test_a_file_gives_readings_and_what_was_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    readings, problems = beleg.read_file(str(tmp_path), language="de")
    assert [r.document.name for r in readings] == ["a"] and [p.left_out for p in problems] == [True]


@pytest.mark.parametrize(("text", "published"), [("", None), (TEXT, "gestern")])
def test_wrong_use_says_what_is_wrong(text: str, published: str | None) -> None:
    with pytest.raises(UsageError):
        beleg.read_text(text, published=published)


def test_a_name_that_is_not_offered_is_named() -> None:
    with pytest.raises(AttributeError, match="read_text"):
        _ = beleg.nothing
