"""Templates to pages: every text is escaped, an unknown name stops the page instead of leaving a gap."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from beleg import __version__
from beleg.views.rows import interval_text, plain
from beleg.web import words
from beleg.web.keeper import Keeper, Standing
from beleg.web.navigation import NAVIGATION
from beleg.web.query import address
from beleg.web.telling import tell

OF_THE_LEDGER = {"ledger", "matter", "claim", "document", "search", "check", "sources", "source", "map", "timeline"}
LANGUAGE_COOKIE = "beleg-language"


@cache
def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("beleg.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"interval": interval_text, "tell": str, "plain": plain, "address": address, "version": __version__}
    made.globals |= {"navigation": NAVIGATION}
    return made


def language_of(request: Request) -> str:
    return words.choose(
        request.query_params.get("lang"),
        request.cookies.get(LANGUAGE_COOKIE),
        request.headers.get("accept-language", ""),
    )


def render(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """Return a page in the reader's language; a language asked for in the address is kept for the next pages."""
    language = language_of(request)
    others = [
        (lang, address(request.url.path, dict(request.query_params), lang=lang))
        for lang in words.interface_languages()
        if lang != language
    ]
    t = partial(words.say, language)
    page = environment().get_template(template)
    here, form_token = request.url.path.split("/")[1], request.app.state.form_token
    html = page.render(
        values, t=t, tell=partial(tell, language), interval=partial(interval, language), language=language,
        others=others, here=here, form_token=form_token, standing=_standing(request, here),
    )  # fmt: skip
    answer = HTMLResponse(visible(html), status)
    if request.query_params.get("lang") == language:
        answer.set_cookie(LANGUAGE_COOKIE, language, httponly=True, samesite="strict", path="/")
    return answer


def _standing(request: Request, here: str) -> Standing:
    """Return how the ledger stands to the log, for pages that show something of it."""
    keeper: Keeper = request.app.state.keeper
    return keeper.standing if here in OF_THE_LEDGER else Standing()


def interval(language: str, low: float | None, high: float | None) -> str:
    """Return bounds as they are written in a language: "≥ 20.001" in German, "≥ 20,001" in English."""
    return tell(language, interval_text(low, high))


def visible(text: str) -> bytes:
    """Return UTF-8; what is no character (a file name of other bytes) is shown as its code."""
    return text.encode("utf-8", "backslashreplace")


def not_found(request: Request, what: str) -> Response:
    return render(request, "problem.html", {"status": 404, "what": what}, 404)
