"""Tables and pages for the terminal: claims, one claim's working, a document with its claims marked."""

from __future__ import annotations

import io
import shutil
import sys
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from beleg.model import Claim, Document, Problem
from beleg.views.rows import interval_text

WIDTH_OF_A_FILE = 132  # columns where the output is no terminal


def width() -> int:
    return shutil.get_terminal_size((WIDTH_OF_A_FILE, 40)).columns if sys.stdout.isatty() else WIDTH_OF_A_FILE


def rendered(*parts: RenderableType) -> str:
    """Return what rich makes of the parts, with colours only on a terminal."""
    console = Console(
        file=io.StringIO(), width=width(), force_terminal=sys.stdout.isatty(), highlight=False,
        color_system="auto" if sys.stdout.isatty() else None, legacy_windows=False,
    )  # fmt: skip
    for part in parts:
        console.print(part)
    out = console.file.getvalue()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in str(out).splitlines())


def read_summary(counts: Mapping[str, int], problems: Sequence[Problem], home: str) -> str:
    """Say what a run did, in one or two lines."""
    parts = [f"{counts['documents']} documents", f"{counts['claims']} claims", f"{counts['matters']} matters"]
    line = f"Read into {home}: {', '.join(parts)}, {len(problems)} problems."
    if counts["same"]:
        line += f"\n{counts['same']} documents were there already; nothing changed for them."
    if counts["left_out"]:
        line += f"\n{counts['left_out']} inputs were left out; they are listed above."
    return line


def claims_table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return claim rows (``views.rows.claim_row``) as a table; "machine" marks what nobody has checked."""
    if not rows:
        return "No claims."
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, options in (
        ("id", {"overflow": "fold", "min_width": 12}), ("event", {}), ("from > to", {}), ("item", {"max_width": 24}),
        ("figure", {"justify": "right"}), ("when", {}), ("who says so", {"max_width": 30}), ("stance", {}),
        ("state", {}),
    ):  # fmt: skip
        table.add_column(name, **options)
    for r in rows:
        table.add_row(
            Text(r["id"]), r["event"], Text(parties(r)), Text(r["item"] or ""), figure(r), when(r),
            Text(" > ".join(s["name"] for s in r["sources"]) or "the outlet itself"), r["stance"], r["review"],
        )  # fmt: skip
    return rendered(table)


def parties(row: Mapping[str, Any]) -> str:
    if row["supplier"] or row["recipient"]:
        return f"{row['supplier'] or '?'} > {row['recipient'] or '?'}"
    return row["actor"] or ""


def figure(row: Mapping[str, Any]) -> str:
    q = row["quantity"]
    if not q:
        return ""
    about = "~" if q["approx"] else ""
    return f"{about}{interval_text(q['low'], q['high'])} {q['unit'] or ''}".strip()


def when(row: Mapping[str, Any]) -> str:
    t = row["time"]
    if not t:
        return ""
    if not (t["start"] or t["end"]):
        return f"“{t['raw']}”"
    return t["start"] if t["start"] == t["end"] else f"{t['start'] or '…'} – {t['end'] or '…'}"


def claim_page(claim: Claim, document: Document, *, why: bool) -> str:
    """Return one claim as text; with ``why``, what filled each role and the rules that fired."""
    lines = [
        f"{claim.id}  {claim.event}, {claim.act}  (machine reading)",
        f"  “{' '.join(document.text[claim.span.start : claim.span.end].split())}”",
        f"  {document.name}, code points {claim.span.start}–{claim.span.end} of the clean text",
        "",
        f"  supplier   {claim.supplier or '–'}",
        f"  recipient  {claim.recipient or '–'}",
        f"  actor      {claim.actor or '–'}",
        f"  item       {claim.item or '–'}",
    ]
    if claim.quantity:
        q, counting = claim.quantity, claim.counting or "span open"
        lines.append(f"  figure     {q.raw!r}: {interval_text(q.low, q.high)} {q.unit or ''} ({q.bound}, {counting})")
    if claim.time:
        t = claim.time
        lines.append(f"  time       {t.raw!r}: {t.start or '…'} to {t.end or '…'} ({t.basis})")
    chain = " > ".join(f"{s.name} ({s.kind})" for s in claim.sources)
    certainty = f"speaker {claim.certainty}{claim.polarity}; reporter {claim.distance}; form {claim.form}"
    lines += [
        f"  said by    {chain or 'the outlet in its own voice'}",
        f"  stance     {claim.stance}; {certainty}",
    ]
    if claim.basis:
        lines.append(f"  rests on   {claim.basis}")
    if why:
        lines += ["", "  how it was read"]
        for slot in claim.slots:
            words = document.text[slot.span.start : slot.span.end] if slot.span else ""
            place = f"“{words}” ({slot.span.start}–{slot.span.end})" if slot.span else "no words of its own"
            lines.append(f"    {slot.role:10} {slot.value:12} from the {slot.step}: {place}")
        lines += [f"    rule       {rule}" for rule in claim.rules]
        lines += [f"    cue        “{document.text[c.start : c.end]}” ({c.start}–{c.end})" for c in claim.cues]
    return "\n".join(lines)


def document_page(document: Document, claims: Sequence[Claim]) -> str:
    """Return the clean text with each claim's stretch in ⟦n …⟧ and the claims below."""
    days = document.published.days
    published = (
        "unknown" if days is None else str(days.first) if days.first == days.last else " to ".join(map(str, days))
    )
    facts = (
        document.outlet or "outlet unknown", f"published {published} ({document.published.basis})",
        document.language or "language unknown", f"sha256 {document.sha256[:16]}…",
    )  # fmt: skip
    head = [document.title or document.name, " · ".join(facts), ""]
    body = [
        textwrap.fill(marked(document, block.span.start, block.span.end, claims), width(), break_long_words=False)
        if block.kind == "body"
        else textwrap.indent(f"[{block.kind}] {marked(document, block.span.start, block.span.end, claims)}", "  ")
        for block in document.blocks
    ]
    foot = []
    for n, c in enumerate(claims, 1):
        sides = f"{c.supplier or c.actor or '?'} > {c.recipient or '?'}"
        foot.append(f"⟦{n}⟧ {c.id} {c.event}: {sides}, {c.item or '–'}, {c.stance}")
    return "\n".join([*head, *(part + "\n" for part in body), *foot])


def marked(document: Document, start: int, end: int, claims: Sequence[Claim]) -> str:
    """Return a stretch of the clean text with the claims that lie in it bracketed; brackets nest."""
    marks: list[tuple[int, int, str]] = []
    for n, c in enumerate(claims, 1):
        if start <= c.span.start and c.span.end <= end:
            marks += [(c.span.start, 1, f"⟦{n} "), (c.span.end, 0, "⟧")]
    out, at = [], start
    for place, _, sign in sorted(marks, key=lambda m: (m[0], m[1])):
        out += [document.text[at:place], sign]
        at = place
    return "".join([*out, document.text[at:end]])
