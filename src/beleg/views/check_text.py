"""What ``beleg check`` found, for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from beleg.ledger.check import CheckRow
from beleg.model import Claim, Document
from beleg.views.rows import interval_text
from beleg.views.text import width

SOME = 3  # matters that a denial names; it may speak of dozens


def check_page(document: Document, claims: Sequence[Claim], rows: Sequence[CheckRow]) -> str:
    """Return the findings claim by claim, each under the sentence that it is about."""
    lines = [f"{document.title or document.name}: {len(claims)} claims against the ledger", ""]
    for claim in claims:
        found = [r for r in rows if r.claim == claim.id]
        quote = " ".join(document.text[claim.span.start : claim.span.end].split())
        lines += textwrap.wrap(f"“{quote}”", width())
        denied = [r for r in found if r.finding == "denies" and r.matter]
        if len(denied) > SOME:
            names = ", ".join(r.matter or "" for r in denied[:SOME])
            lines += textwrap.wrap(
                f"denies       {denied[0].text.partition(': ')[0]}: {len(denied)} matters, among them {names}",
                width(), initial_indent="  ", subsequent_indent=" " * 15,
            )  # fmt: skip
            found = [r for r in found if r not in denied]
        for r in found:
            lines.append(f"  {r.finding:12} {r.text}" + (f"  [{r.matter}]" if r.matter else ""))
            if r.before is not None and r.after is not None and r.before != r.after:
                lines.append(f"  {'':12} {interval_text(*r.before)} → {interval_text(*r.after)}")
        lines.append("")
    return "\n".join(lines).rstrip()
