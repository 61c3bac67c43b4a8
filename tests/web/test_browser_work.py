"""The way of an analyst through an empty case: import, look, check, search, take the table home."""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import WIDTHS, Site, barriers, chromium, served, shoot, too_wide, visitor
from desks import ROOT, examples_in
from playwright.sync_api import Browser, Page, expect

from beleg.model import Decision
from beleg.store.case import Case
from beleg.web.computing import Process, Thread
from beleg.web.keeper import Keeper, make

EXAMPLES = ROOT / "examples" / "de"
ARTICLE = """Seoul: Mehr als 30.000 Container

Seoul. Nordkorea hat nach Angaben des südkoreanischen Verteidigungsministeriums seit August 2023 mehr als 30.000
Container mit Munition an Russland geliefert. Moskau bestreitet die Lieferungen.
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A case of the examples that nothing here changes."""
    with Case.open(tmp_path_factory.mktemp("work") / "case", create=True, who="anna") as case:
        examples_in(case)
        with served(case) as site:
            yield site


def fine(page: Page, name: str) -> None:
    """Keep a picture; nothing runs out of the window, nothing shuts anybody out."""
    shoot(page, name)
    assert barriers(page) == [] and too_wide(page) == 0


def test_examples_are_imported_with_progress_and_fill_the_ledger(browser: Browser, tmp_path: Path) -> None:
    files = [*sorted(EXAMPLES.iterdir())[-9:], EXAMPLES / "index.jsonl"]
    with Case.open(tmp_path / "case", create=True, who="anna") as case, served(case) as site:
        with visitor(browser, site) as (page, watch):
            page.goto(f"{site.base}/ledger")
            expect(page.locator("main")).to_contain_text("Kein Vorgang passt")
            page.goto(f"{site.base}/import")
            page.locator("input[type=file]").set_input_files([str(f) for f in dict.fromkeys(files)])
            page.get_by_role("button", name="Einlesen").click()
            expect(page.locator("[data-live] progress")).to_be_visible()
            shoot(page, "import-working-1280")
            expect(page.locator("[data-live=done]")).to_be_visible(timeout=60_000)  # grows without being reloaded
            expect(page.locator(".state.kept")).to_have_count(len(set(files)) - 1)
            fine(page, "import-done-1280")
            page.locator("[data-live] a", has_text="Register").click()
            expect(page.locator("tbody tr").first).to_contain_text("→")
            assert watch.misdeeds == []
        assert case.size()["documents"] == len(set(files)) - 1


def test_the_ledger_is_filtered_and_taken_home_as_csv(browser: Browser, site: Site) -> None:
    with visitor(browser, site) as (page, watch):
        page.goto(f"{site.base}/ledger")
        everything = page.locator("tbody tr").count()
        page.get_by_label("nur dementierte").check()
        page.get_by_role("button", name="Anzeigen").click()
        expect(page).to_have_url(re.compile("denied=1"))
        assert 0 < page.locator("tbody tr").count() < everything
        with page.expect_download() as waiting:
            page.get_by_role("link", name="CSV").click()
        text = Path(waiting.value.path()).read_text(encoding="utf-8")
        assert waiting.value.suggested_filename == "ledger.csv"
        assert len(list(csv.DictReader(io.StringIO(text, newline="")))) == page.locator("tbody tr").count()
        assert watch.misdeeds == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_new_article_is_checked_claim_by_claim(browser: Browser, site: Site, width: int, tmp_path: Path) -> None:
    article = tmp_path / "neu.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    with visitor(browser, site, width=width) as (page, watch):
        page.goto(f"{site.base}/check")
        page.locator("input[type=file]").set_input_files(str(article))
        page.locator("input[name=published]").fill("2025-06-30")
        page.get_by_role("button", name="Abgleichen").click()
        expect(page.locator(".finding.raises").first).to_be_visible()
        assert "Container" in "".join(page.locator("article mark").all_inner_texts())
        fine(page, f"checked-{width}")
        page.locator(".findings a[href^='/matter/']").first.click()
        expect(page.locator("svg").first).to_be_visible()
        assert watch.misdeeds == []


@pytest.mark.parametrize("width", WIDTHS)
def test_words_are_searched_everywhere(browser: Browser, site: Site, width: int) -> None:
    with visitor(browser, site, width=width) as (page, watch):
        page.goto(f"{site.base}/log")
        page.get_by_role("searchbox").fill("Container*")
        page.keyboard.press("Enter")
        expect(page.locator("main mark").first).to_have_text("Container")
        fine(page, f"search-found-{width}")
        assert watch.misdeeds == []


def test_a_claim_shows_how_it_was_read(browser: Browser, site: Site) -> None:
    with visitor(browser, site) as (page, watch):
        page.goto(f"{site.base}/document/2024-02-26-shin-6700-in-sechs-monaten")
        page.locator("article sup a").first.click()
        page.locator(":target a").first.click()
        expect(page.locator("blockquote mark")).to_be_visible()
        expect(page.get_by_role("heading", name="Wie sie gelesen wurde")).to_be_visible()
        assert watch.misdeeds == []


def test_a_figure_of_the_chart_shows_its_sentence_on_hover_and_on_focus(browser: Browser, site: Site) -> None:
    with visitor(browser, site) as (page, watch):
        page.goto(f"{site.base}/ledger")
        page.locator("tbody th a").first.click()
        figures, tips = page.locator("a.figure"), page.locator("a.figure .tip")
        assert figures.count() >= 10 and all(not tips.nth(n).is_visible() for n in range(tips.count()))
        figures.nth(6).focus()
        expect(tips.nth(6)).to_be_visible()
        expect(tips.nth(6)).to_contain_text("6.700")
        shoot(page, "matter-figure-focused-1280")
        figures.nth(3).locator(":scope > rect").first.hover()
        expect(tips.nth(3)).to_be_visible()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("#figure-7$"))  # the browser goes there in its own time
        expect(page.locator("#figure-7")).to_contain_text("6.700")  # the table's twin
        assert watch.misdeeds == []


def test_every_chart_has_a_table_with_the_same_figures(browser: Browser, site: Site) -> None:
    with visitor(browser, site, javascript=False) as (page, _):
        page.goto(f"{site.base}/ledger")
        page.locator("tbody th a").first.click()
        rows = {row.get_attribute("id") for row in page.locator("tr[id^=figure-]").all()}
        linked = {(a.get_attribute("href") or "")[1:] for a in page.locator("a.figure").all()}
        assert linked and linked <= rows


def test_a_large_case_says_that_its_ledger_is_computed_and_then_shows_it(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = threading.Event()

    def held(self: Keeper, path: Path) -> Thread:
        return Thread(lambda: (ready.wait(60), make(self.case, path)))

    monkeypatch.setattr(Keeper.__init__, "__defaults__", (0,))  # every case is a large one
    monkeypatch.setattr(Keeper, "_start", held)
    with Case.open(tmp_path / "case", create=True, who="anna") as case:
        examples_in(case)
        with served(case) as site:
            for width in WIDTHS:
                with visitor(browser, site, width=width) as (page, _):
                    page.goto(f"{site.base}/ledger")
                    expect(page.locator("h1")).to_have_text("Das Register wird berechnet")
                    fine(page, f"ledger-computing-{width}")
            with visitor(browser, site) as (page, watch):
                page.goto(f"{site.base}/ledger")
                ready.set()
                expect(page.locator("tbody tr").first).to_be_visible(timeout=20_000)  # loaded again by itself
                assert watch.misdeeds == []
            monkeypatch.setattr(Keeper, "_start", lambda self, path: Process(tmp_path / "nosuchfolder", path))
            case.decide(Decision("reject", case.claims(limit=1)[0].id, "anna", "2026-01-02T03:04:05+00:00", "falsch"))
            with visitor(browser, site) as (page, _):
                page.goto(f"{site.base}/ledger")
                while page.locator("[role=alert]").count() == 0:
                    page.wait_for_timeout(300)
                    page.reload()
                expect(page.locator("[role=alert]")).to_contain_text("nosuchfolder")
                fine(page, "ledger-not-computed-1280")
