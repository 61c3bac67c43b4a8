"""The texts of the page: complete in every language, and the right language for the reader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import beleg.web
from beleg.web.words import FALLBACK, choose, interface_languages, say, texts

TEMPLATES = Path(str(beleg.web.__file__)).parent / "templates"


def test_every_language_has_the_same_texts() -> None:
    assert {"de", "en"} <= set(interface_languages())
    for language in interface_languages():
        assert set(texts(language)) == set(texts(FALLBACK)), language
        assert all(text.strip() for text in texts(language).values())


def test_every_text_that_a_template_asks_for_is_there() -> None:
    asked = {
        key for path in TEMPLATES.glob("*.html") for key in re.findall(r't\("([a-z_]+\.[a-z_]+)"[,)]', path.read_text())
    }
    assert len(asked) > 80 and asked - set(texts(FALLBACK)) == set()


@pytest.mark.parametrize(
    ("asked", "kept", "accepted", "language"),
    [
        (None, None, "", "en"),
        (None, None, "de-AT,de;q=0.9,en;q=0.8", "de"),
        (None, None, "fr-FR,fr;q=0.9,de;q=0.5", "de"),
        (None, "de", "en", "de"),
        ("en", "de", "de", "en"),
        ("../../etc", "xx", "en-GB", "en"),
        ("any", None, "*", "en"),
    ],
)
def test_the_address_goes_before_the_cookie_and_that_before_the_browser(
    asked: str | None, kept: str | None, accepted: str, language: str
) -> None:
    assert choose(asked, kept, accepted) == language


def test_a_value_without_a_text_is_shown_as_it_stands() -> None:
    assert say("de", "stance.denied") == "dementiert"
    assert say("de", "stance.unheard", "unheard") == "unheard"
