"""The title of a page, whatever the site puts around it."""

from __future__ import annotations

import pytest
import shapes

from beleg.read.page import parse_page
from beleg.read.pagetitle import read_title

TITLE = "Norwegen liefert Werfer – Estland wartet noch"
SITE = '<meta property="og:site_name" content="Das Beispielblatt">'


def title(head: str, body: str = f"<p>{shapes.P1}</p>", url: str | None = None) -> str | None:
    page = parse_page(f"<html><head>{head}</head><body>{body}</body></html>")
    assert page is not None
    return read_title(page, url)


@pytest.mark.parametrize(
    "written",
    [
        f"{TITLE} | Das Beispielblatt",
        f"{TITLE} - Das Beispielblatt",
        f"{TITLE} – DAS BEISPIELBLATT",
        f"{TITLE} — Beispielblatt",
        f"{TITLE} · beispielblatt.de",
        f"{TITLE} :: Beispielblatt Online",
        f"{TITLE} » Beispielblatt",
        f"{TITLE} // Beispielblatt",
        f"{TITLE} | Politik | Das Beispielblatt",
        f"{TITLE} - Politik - Beispielblatt.de",
        f"Das Beispielblatt: {TITLE}",
        f"Das Beispielblatt | {TITLE}",
        f"{TITLE} | 03.05.2023 | Das Beispielblatt",
        f"{TITLE} | tagesschau.de",
        f"{TITLE} - DER SPIEGEL",
        TITLE,
    ],
)
def test_the_name_of_the_site_is_cut_off_in_any_form(written: str) -> None:
    section = '<meta property="article:section" content="Politik">'
    assert title(f'{SITE}{section}<meta property="og:title" content="{written}">') == TITLE
    assert title(f"{SITE}{section}<title>{written}</title>") == TITLE


@pytest.mark.parametrize(
    ("head", "body", "url"),
    [
        ("", '<a href="/"><img src="l.svg" alt="Nordbote"></a>', None),
        ('<link rel="canonical" href="https://www.nordbote.example/a">', "", None),
        ("", "", "https://www.nordbote.example/a"),
        ('<script type="application/ld+json">{"@type":"NewsMediaOrganization","name":"Nordbote"}</script>', "", None),
        ('<meta name="twitter:site" content="@nordbote">', "", None),
    ],
    ids=["link home", "canonical address", "address", "publisher", "account"],
)
def test_the_page_says_by_other_means_what_its_site_is_called(head: str, body: str, url: str | None) -> None:
    assert title(f"{head}<title>{TITLE} - Nordbote</title>", body + f"<p>{shapes.P1}</p>", url) == TITLE


@pytest.mark.parametrize(
    "whole",
    [
        "Werfer für Estland – was jetzt folgt",
        "Oslo: Werfer für Estland",
        "Politik - ein schmutziges Geschäft",
        "Zwölf Werfer, sechs Panzer | Was im Hafen liegt",
    ],
)
def test_what_is_no_name_of_a_site_stays(whole: str) -> None:
    assert title(f'{SITE}<meta property="og:title" content="{whole}">') == whole


def test_a_heading_that_is_the_name_of_the_site_is_no_title() -> None:
    body = f"<h1><a href='/'>Das Beispielblatt Nord</a></h1><h2>{TITLE}</h2><p>{shapes.P1}</p>"
    assert title(f"{SITE}<title>{TITLE} - Das Beispielblatt</title>", body) == TITLE


def test_entities_that_a_system_escaped_twice_are_read() -> None:
    assert title('<meta property="og:title" content="&amp;quot;Zw&amp;ouml;lf&amp;quot; Werfer">') == '"Zwölf" Werfer'
