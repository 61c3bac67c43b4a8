"""Every page in a real browser: readable by everybody, on a desk and on a telephone, alone on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from addresses import pages
from browsing import WIDTHS, Site, barriers, chromium, served, shoot, too_wide, visitor
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from beleg.store.case import Case


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def site(case: Case) -> Iterator[Site]:
    with served(case) as site:
        yield site


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_has_a_serious_barrier_or_runs_out_of_the_window(
    browser: Browser, site: Site, client: TestClient, case: Case, width: int
) -> None:
    found = {}
    with visitor(browser, site, width=width) as (page, watch):
        for path in pages(client.app, case, client):
            page.goto(site.base + path)
            shoot(page, f"{path.split('/')[1]}-{width}")
            wrong = barriers(page)
            if too_wide(page) > 0:
                wrong.append(f"{too_wide(page)} px too wide")
            if wrong:
                found[path] = wrong
        assert found == {}
        assert watch.misdeeds == []


def test_pages_can_be_read_without_scripts(browser: Browser, site: Site, client: TestClient, case: Case) -> None:
    with visitor(browser, site, javascript=False) as (page, _):
        for path in pages(client.app, case, client):
            page.goto(site.base + path)
            assert page.locator("h1").count() == 1, path
            assert len(page.locator("main").inner_text()) > 60, path
