"""A person at work in a real browser: five claims decided by key, undone, corrected, and what an old window gets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import WIDTHS, Site, barriers, chromium, served, shoot, too_wide, visitor
from desks import examples_in
from playwright.sync_api import Browser, Page, expect

from beleg.model import Decision
from beleg.store.case import Case


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Case.open(tmp_path / "case", create=True, who="anna") as case:
        examples_in(case)
        with served(case) as site:
            yield site


def at(page: Page) -> str:
    """Return the claim that lies on the desk."""
    return page.locator("form.decide input[name=target]").input_value()


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for it."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_five_claims_are_reviewed_by_key_and_the_last_is_taken_back(browser: Browser, site: Site) -> None:
    claims = [c.id for c in site.case.claims()]
    with visitor(browser, site) as (page, watch):
        page.goto(f"{site.base}/review")
        seen = []
        for key in "aavaw":  # accept, accept, reject, accept, next without deciding
            seen.append(at(page))
            press(page, key)
        assert seen == claims[:5] and at(page) == claims[5]
        press(page, "z")
        assert at(page) == claims[3]  # the last one decided about is open again
        press(page, "v")
        assert [(d.kind, d.target) for d in site.case.decisions()] == [
            ("accept", claims[0]), ("accept", claims[1]), ("reject", claims[2]), ("accept", claims[3]),
            ("accept", claims[3]), ("reject", claims[3]),
        ]  # fmt: skip
        assert site.case.decisions()[4].undoes == site.case.decisions()[3].id
        page.goto(f"{site.base}/decisions")
        shoot(page, "decisions-after-review")
        assert watch.misdeeds == []


def test_a_figure_is_corrected_by_key_and_letters_typed_into_a_field_decide_nothing(
    browser: Browser, site: Site
) -> None:
    claim = next(c for c in site.case.claims(event="transfer") if c.quantity and c.quantity.low)
    with visitor(browser, site) as (page, watch):
        page.goto(f"{site.base}/review?at={claim.id.replace('#', '%23')}")
        page.keyboard.press("k")  # nothing is changed yet: leads to the first field
        expect(page.locator("input[name=supplier]")).to_be_focused()
        page.locator("input[name=low]").fill("777")
        page.locator("input[name=why]").press_sequentially("avz kw")
        press(page, "Enter")
        (kept,) = site.case.decisions()
        assert (kept.kind, kept.why, dict(kept.payload)["low"]) == ("correct", "avz kw", 777)
        page.goto(f"{site.base}/claim/{claim.id.replace('#', '%23')}")
        expect(page.locator("ins")).to_have_text("777")
        shoot(page, "claim-corrected")
        assert watch.misdeeds == []


def test_keys_can_be_switched_off_and_stay_off(browser: Browser, site: Site) -> None:
    with visitor(browser, site) as (page, _):
        page.goto(f"{site.base}/review")
        page.locator("#keys").uncheck()
        page.keyboard.press("a")
        page.reload()
        page.keyboard.press("a")
        page.wait_for_timeout(200)
        assert site.case.decisions() == []


def test_an_old_window_is_shown_both_versions(browser: Browser, site: Site) -> None:
    claim = site.case.claims()[0]
    with visitor(browser, site) as (page, _):
        page.goto(f"{site.base}/review")
        site.case.decide(Decision("reject", claim.id, "bert", "2026-01-02T03:04:05+00:00", "steht nicht da"))
        press(page, "a")
        expect(page.locator("main")).to_contain_text("bert")
        assert barriers(page) == []
        shoot(page, "stale")
        page.locator("button[name=do]").click()
        page.wait_for_url("**/review**")
        assert [d.kind for d in site.case.decisions()] == ["reject", "accept"]


def test_claims_are_decided_without_scripts(browser: Browser, site: Site) -> None:
    with visitor(browser, site, javascript=False) as (page, _):
        page.goto(f"{site.base}/review")
        first = at(page)
        page.get_by_role("button", name="Annehmen").click()
        page.get_by_role("button", name="Zurücknehmen").click()
        assert at(page) == first
        assert len(site.case.decisions()) == 2


@pytest.mark.parametrize("width", WIDTHS)
def test_the_desk_fits_and_has_no_barrier(browser: Browser, site: Site, width: int) -> None:
    with visitor(browser, site, width=width) as (page, _):
        page.goto(f"{site.base}/review")
        press(page, "a")
        page.goto(f"{site.base}/review?state=reviewed")
        shoot(page, f"review-decided-{width}")
        assert barriers(page) == [] and too_wide(page) == 0
        page.goto(f"{site.base}/review?document=nothing")
        assert barriers(page) == [] and too_wide(page) == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_matters_are_joined_and_divided_on_their_page(browser: Browser, site: Site, width: int) -> None:
    with visitor(browser, site, width=width) as (page, watch):
        page.goto(f"{site.base}/ledger")
        one, other = (a.get_attribute("href") or "" for a in page.locator("tbody th a").all()[:2])
        page.goto(site.base + one)
        page.locator("#join summary").click()
        page.locator("#join input[name=with]").fill(site.base + other)
        page.locator("#join input[name=why]").fill("dieselbe Ware")
        page.get_by_role("button", name="Zusammenlegen").click()
        expect(page.locator("section[aria-labelledby=structure]")).to_contain_text("dieselbe Ware")
        page.locator("#divide summary").click()
        page.locator("#divide input[type=checkbox]").nth(1).check()
        page.locator("#divide input[name=why]").fill("ein anderes Schiff")
        shoot(page, f"matter-structure-{width}")
        assert barriers(page) == [] and too_wide(page) == 0
        page.get_by_role("button", name="Abtrennen").click()
        expect(page.locator("#structure")).to_be_visible()
        page.locator("section[aria-labelledby=structure]").get_by_role("button", name="Zurücknehmen").first.click()
        expect(page.locator("section[aria-labelledby=structure]")).not_to_contain_text("dieselbe Ware")
        assert [(d.kind, d.undoes is not None) for d in site.case.decisions()] == [
            ("merge", False), ("split", False), ("merge", True),
        ]  # fmt: skip
        assert watch.misdeeds == []
