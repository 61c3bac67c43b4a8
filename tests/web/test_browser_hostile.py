"""Articles written to attack the page, looked at in a real browser: nothing runs, nothing is asked for elsewhere."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from itertools import accumulate

import pytest
from browsing import Site, chromium, served, visitor
from playwright.sync_api import Browser, Page
from test_hostile import PAYLOADS, reading

from beleg.model import Block, Decision, Piece, Problem, Published, Span, TextMap
from beleg.store.case import Case, Reading
from beleg.web.desk import segment
from beleg.web.navigation import NAVIGATION

KINDS = ("document", "claim", "review", "matter")


def everything() -> Reading:
    """An article with all payloads in body, authors, headers of its capture, doubts and rules."""
    base = reading(9999, "alles")
    text = "\n".join(PAYLOADS)
    ends = list(accumulate(len(bad) + 1 for bad in PAYLOADS))
    spans = [Span(end - len(bad) - 1, end - 1) for bad, end in zip(PAYLOADS, ends, strict=True)]
    marked = list(zip(PAYLOADS, spans, strict=True))
    raw = text.encode("utf-8", "surrogatepass")
    document = dataclasses.replace(
        base.document,
        name="alles",
        title="alles",
        sha256=hashlib.sha256(raw).hexdigest(),
        authors=tuple(PAYLOADS),
        text=text,
        source_text=text,
        map=TextMap((Piece(0, len(text), 0, len(text)),)),
        published=Published(raw=text),
        blocks=tuple(Block(span, "body", bad) for bad, span in marked),
        anchors=tuple(PAYLOADS),
        capture=tuple((bad, bad) for bad in PAYLOADS),
    )
    claim = dataclasses.replace(base.claims[0], document=document.id, doc="alles", slots=(), time=None, quantity=None)
    claims = [
        dataclasses.replace(
            claim,
            id=f"alles#{n:03}",
            span=span,
            supplier=bad,
            item=bad,
            place=bad,
            basis=bad,
            rules=(bad,),
            cues=(span,),
        )
        for n, (bad, span) in enumerate(marked)
    ]
    return Reading(document, raw, 1, claims, [Problem(bad, bad, "alles", span) for bad, span in marked])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("attack") / "case"
    with Case.open(home, create=True, who="<img src=x onerror=alert(1)>") as case:
        case.add_many([everything(), *(reading(n, bad) for n, bad in enumerate(PAYLOADS))])
        for bad in PAYLOADS:
            case.decide(Decision("note", "alles#000", bad, bad, bad))
            case.decide(Decision("rate", bad, bad, bad, bad, (("letter", "B"),)))
        with served(case) as site:
            yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


TOUCH = """() => {
    const bad = [...document.scripts].map((s) => s.getAttribute("src")).filter((src) => src !== "/static/beleg.js");
    for (const el of document.querySelectorAll("*")) {
        for (const a of el.attributes) {
            if (a.name.startsWith("on") || a.name === "style") bad.push(el.outerHTML);
        }
        for (const kind of ["focus", "mouseover", "error", "toggle"]) el.dispatchEvent(new Event(kind));
    }
    return bad;
}"""


def shake(page: Page) -> None:
    """Touch what only runs when it is touched, and see that nothing was added to the page's own script."""
    assert page.evaluate(TOUCH) == []


def test_there_are_more_than_two_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) > 200


def test_lists_and_the_article_of_all_payloads_run_nothing(browser: Browser, site: Site) -> None:
    more = ["/document/alles", "/claim/alles%23000", "/decisions?page=2", "/search?q=alert", "/log?page=2"]
    more += [f"/{name}?page={n}" for name in ("claims", "documents", "ledger") for n in (2, 3, 4, 5)]
    with visitor(browser, site) as (page, watch):
        for path in [*(entry.place for entry in NAVIGATION), *more]:
            page.goto(site.base + path)
            shake(page)
        assert watch.misdeeds == []


def test_a_page_of_every_attack_runs_nothing(browser: Browser, site: Site) -> None:
    with visitor(browser, site, language="en") as (page, watch):
        matters = {
            x["supplier"]: x["matter"]
            for n in range(1, 20)
            for x in page.request.get(f"{site.base}/api/ledger?page={n}").json()["rows"]
        }
        for n, bad in enumerate(PAYLOADS):
            name = f"{n}{bad}"
            kind = KINDS[n % len(KINDS)]
            path = {
                "document": f"/document/{segment(name)}",
                "claim": f"/claim/{segment(name + '#01')}",
                "review": f"/review?state=all&at={segment(name + '#01')}",
                "matter": f"/matter/{segment(matters.get(bad, 'x'))}",
            }[kind]
            answer = page.goto(site.base + path)
            assert answer is not None and answer.status == 200, (path, bad)
            shake(page)
        assert watch.misdeeds == []


def test_attacks_in_the_address_run_nothing(browser: Browser, site: Site) -> None:
    with visitor(browser, site) as (page, watch):
        for n, bad in enumerate(PAYLOADS[::3]):
            value = segment(bad)
            path = ("/search?q=", "/claims?item=", "/review?document=", "/matter/", "/ledger?q=", "/import?run=")[n % 6]
            page.goto(f"{site.base}{path}{value}")
            shake(page)
        assert watch.misdeeds == []


def test_the_watch_would_see_an_attack_that_works(browser: Browser, site: Site) -> None:
    with visitor(browser, site) as (page, watch):
        page.route("**/evil.example/**", lambda route: route.abort())
        page.goto("about:blank")
        page.set_content("<img src=x onerror=alert(1)><img src=http://evil.example/x.png>")
        page.wait_for_timeout(300)
        assert watch.dialogs == ["1"] and watch.elsewhere == ["http://evil.example/x.png"]
        assert page.evaluate(TOUCH) != []
