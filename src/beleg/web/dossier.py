"""The dossier of a matter: one file with everything behind a figure, to print, to hand on, to keep without Beleg.

It holds the quotes letter for letter, the drawing, the arithmetic, origins, denials, what people decided, and the
SHA-256 of every document, with the head of the log it was made from. No scripts, nothing loaded, the same bytes from
the same case.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache, partial
from pathlib import Path
from typing import Any

from beleg.ledger.rows import matter_row
from beleg.ledger.values import Matter
from beleg.model import Claim
from beleg.views.figures import funnel_chart, matter_chart
from beleg.web import words
from beleg.web.desk import Desk
from beleg.web.render import environment, interval
from beleg.web.rows import matter_line
from beleg.web.telling import tell

STYLE = Path(__file__).parent / "static" / "dossier.css"


@cache
def style() -> tuple[str, str]:
    """Return the style sheet and its digest, which alone the file's policy lets in."""
    css = STYLE.read_text(encoding="utf-8")
    digest = hashlib.sha256(css.encode("utf-8")).digest()
    return css, f"sha256-{base64.b64encode(digest).decode('ascii')}"


def dossier(desk: Desk, matter: Matter, language: str) -> str:
    """Return the dossier of a matter as one HTML file."""
    claims = claims_behind(desk, matter)
    papers = desk.documents([*matter.documents, *(c.document for c in claims.values())])
    judged = desk.judged()
    targets = {matter.id, *claims, *(body for body, _ in matter.letters)}
    css, digest = style()
    quotes = {id: papers[c.document].text[slice(*c.span)] for id, c in claims.items() if c.document in papers}
    t, say = partial(words.say, language), partial(tell, language)
    values: dict[str, Any] = {
        "m": matter_row(matter),
        "line": matter_line(matter),
        "chart": matter_chart(matter, say=say, sentences=quotes),
        "funnel": funnel_chart(matter, say=say),
        "claims": claims,
        "quotes": quotes,
        "papers": dict(sorted(papers.items(), key=lambda p: (str(p[1].published.days or ""), p[0]))),
        "decisions": [d for d in judged.decisions if d.target in targets],
        "undone": judged.undone,
        "states": judged.states,
        "head": judged.head,
        "css": css,
        "policy": f"default-src 'none'; style-src '{digest}'",
    }
    page = environment().get_template("dossier.html")
    return page.render(values, t=t, tell=say, interval=partial(interval, language), language=language)


def claims_behind(desk: Desk, matter: Matter) -> dict[str, Claim]:
    """Return the claims of a matter and of the denials that were uttered against it, by id."""
    claims = {c.id: c for c in matter.claims}
    for id in (id for d in matter.denials for id in d.claims):
        if id not in claims:
            claims |= {c.id: c for c in desk.find_claims(id)}
    return claims
