"""The ledger's English texts on a German page: told whole, numbers as Germans write them, quotations untouched."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from beleg.find.item_tables import items
from beleg.web.telling import display, tell


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("KP", "Nordkorea"),
        ("≥ 20,001", "≥ 20.001"),
        ("6,650–6,750", "6.650–6.750"),
        ("12.5", "12,5"),
        ("15,500 = 22,000 − 6,500 (a#01, b#02)", "15.500 = 22.000 − 6.500 (a#01, b#02)"),
        ("South Korean military", "Militär (Südkorea)"),
        ("Leopard 2 tanks", "Leopard 2 (Panzer)"),
        ("152 mm artillery shells", "Artilleriegranaten, 152 mm"),
        ("shipping containers of munitions", "Frachtcontainer mit Munition"),
        ("tanks, artillery, drones", "Panzer, Artillerie, Drohnen"),
        ("contradicted by 2 independent origins: a#01, b#02", "von 2 unabhängigen Ursprüngen bestritten: a#01, b#02"),
        (
            "17 documents, 13 utterances, 1–4 independent origins",
            "17 Artikel, 13 Äußerungen, 1–4 unabhängige Ursprünge",
        ),
        ("corrected by its origin in 6,700", "vom Ursprung berichtigt in 6,700"),
        ("Shin Won-sik", "Shin Won-sik"),
        ("", ""),
    ],
)
def test_what_the_ledger_says_in_german(english: str, german: str) -> None:
    assert tell("de", english) == german


def test_in_english_only_codes_of_countries_are_told() -> None:
    assert tell("en", "KP") == "North Korea"
    assert tell("en", "≥ 20,001") == "≥ 20,001" and tell("en", "South Korean military") == "South Korean military"


@pytest.mark.parametrize("text", ["{n}", "{words} and {", "a" * 5000, "<b>", ", ", " and ", "1,2,3", "\x00", "; ;"])
def test_any_text_can_be_told(text: str) -> None:
    assert tell("de", text) and tell("en", text) == text


def test_every_term_and_phrase_is_german() -> None:
    known = display("de")
    assert len(known.terms) > 500 and len(known.phrases) > 20
    assert all(told.strip() for told in known.terms.values())


def test_nearly_every_item_and_unit_of_the_tables_has_a_german_name() -> None:
    terms, plain = display("de").terms, [r for r in items() if not r.designations]
    words = {r.label for r in plain} | {r.noun for r in items() if r.noun} | {r.unit for r in items() if r.unit}
    untold = sorted(w for w in words if w not in terms)
    assert len(untold) <= 0.05 * len(words), untold


ENGLISH = re.compile(
    r"\b(the|of|and|with|from|without|origins?|documents?|claims?|shells|weapons|containers|missiles|troops|ministry|"
    r"government|military|delivered|counted|contested|running|denies|independent|unknown|rejected|machine|reviewed)\b",
    re.IGNORECASE,
)


def test_no_english_is_left_on_german_pages(client: TestClient) -> None:
    """Names of files and articles aside: what stands between tags, and in texts read aloud."""
    pages = ["/ledger", "/claims", "/documents", "/log?verify=1", "/review", "/decisions", "/search?q=Container*"]
    pages += ["/import", "/check", "/nowhere"]
    pages += [f"/matter/{r['matter']}" for r in client.get("/api/ledger").json()["rows"]]
    pages += [f"/document/{r['doc']}" for r in client.get("/api/documents").json()["rows"][:4]]
    found = set()
    for path in pages:
        html = client.get(path, params={"lang": "de"} if "?" not in path else None).text
        seen = re.sub(r"<(code|small class=\"raw\"|blockquote|article)\b.*?</\1>", " ", html, flags=re.DOTALL)
        texts = re.findall(r">([^<>]+)<", seen) + re.findall(r'(?:aria-label|alt|placeholder)="([^"]*)"', seen)
        found |= {(path, text.strip()) for text in texts if ENGLISH.search(text)}
    assert found == set()
