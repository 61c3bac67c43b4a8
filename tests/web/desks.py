"""Cases of the project's example articles, and what a browser sends along with its forms."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

from beleg.model import Block, Piece, Problem, Span, TextMap
from beleg.store.case import Case, Reading
from beleg.web.security import Gate

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "bench"))
from annotated import read_set  # noqa: E402

GATE = Gate("a-token-for-the-tests", 8765)
BASE = f"http://127.0.0.1:{GATE.port}"
NOW = "2026-01-02T03:04:05+00:00"  # when things are decided in tests
OWN = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}


def examples_in(case: Case) -> None:
    """Put the example articles with their annotated claims into a case."""
    known = read_set(ROOT / "examples" / "de")
    readings = []
    for d in known.documents:
        n = len(d.text)
        whole = Span(0, n)
        d = dataclasses.replace(d, map=TextMap((Piece(0, n, 0, n),)), blocks=(Block(whole, "body"),))
        doubt = Problem("date-unresolved", "no day for 'vergangene Woche'", d.name)
        claims = [c for c in known.claims if c.document == d.id]
        readings.append(Reading(d, d.text.encode(), 0, claims, [doubt]))
    case.add_many(readings)
