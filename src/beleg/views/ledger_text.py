"""The ledger and the life of one figure, for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from beleg.ledger.rows import funnel_of, matter_row
from beleg.ledger.values import Ledger, Matter
from beleg.ledger.wording import DENIES
from beleg.model import Claim, Document
from beleg.views.rows import interval_text
from beleg.views.text import rendered, width

FUNNEL = 30  # letters of the widest bar


def ledger_table(ledger: Ledger) -> str:
    """Return all matters: those with figures, then what is told without one, each with those most told first."""
    if not ledger.matters:
        return "No matters."
    rows = sorted(map(matter_row, ledger.matters), key=lambda r: (-r["documents"], r["matter"]))
    told = [r for r in rows if r["figures"]]
    parts = [_table(told, ("as of", "figure"))] if told else []
    if any(m.contested for m in ledger.matters):
        parts.append("* contested: undenied figures exclude each other; see beleg matter ID")
    if any(d.bears for m in ledger.matters for d in m.denials):
        parts.append(", ".join(f"{kind} {words}" for kind, words in sorted(DENIES)))
    if any(not r["as_of"] for r in told):
        parts.append("[ ] said last, but nothing counts: beleg matter ID says why")
    if len(told) < len(rows):
        parts += ["Told without a figure", _table([r for r in rows if not r["figures"]], ())]
    return "\n\n".join(parts)


def _table(rows: Sequence[Mapping[str, Any]], figure: Sequence[str]) -> str:
    """Lay out matters; ``figure`` names the columns of figures, if any is known."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("matter", "from > to", "what", *figure, "docs", "origins", "denied by"):
        right = name in ("figure", "docs", "origins")
        # an id, a day or a figure broken over two lines cannot be copied
        table.add_column(
            name,
            justify="right" if right else "left",
            no_wrap=name not in ("what", "figure", "denied by"),
            min_width=20 if name == "what" else None,
        )
    for row in rows:
        table.add_row(
            row["matter"], Text(sides(row)), Text(f"{what(row)}, {row['act']}"), *map(Text, latest(row)[: len(figure)]),
            str(row["documents"]), origins(row),
            "\n".join(dict.fromkeys(f"{d['who']}({'+'.join(d['type'])})" for d in row["denials"] if d["bears"])),
        )  # fmt: skip
    return rendered(table)


def latest(row: Mapping[str, Any]) -> tuple[str, str]:
    """Return the last day of a matter with its bounds; in brackets the words said last where nothing bounds it."""
    if row["as_of"]:
        last = row["as_of"][-1]
        return last["as_of"], interval_text(*last["hull"]) + (" *" if row["contested"] else "")
    figure = max(row["figures"], key=lambda f: (f["said"], f["id"]), default=None)
    return ("", f"[{figure['words']}]") if figure is not None else ("", "")


def origins(row: Mapping[str, Any]) -> str:
    return str(row["n_min"]) if row["n_min"] == row["n_max"] else f"{row['n_min']}–{row['n_max']}"


def sides(row: Mapping[str, Any]) -> str:
    if row["supplier"] or row["recipient"]:
        return f"{row['supplier'] or '?'} > {row['recipient'] or '?'}"
    return row["actor"] or "?"


def what(row: Mapping[str, Any]) -> str:
    item, unit = row["item"] or "?", row["unit"]
    return f"{item} ({unit})" if unit and unit not in item else item


def most_told(ledger: Ledger) -> Matter | None:
    """Return the matter that most figures tell of, the first of equals."""
    return max(ledger.matters, key=lambda m: len(m.figures), default=None)


def matter_life(matter: Matter, documents: Sequence[Document]) -> str:
    """Return the life of a figure: who said how many, when, how firmly, with the quotes; then what follows from it."""
    row, texts = matter_row(matter), {d.id: d for d in documents}
    claims = {c.id: c for c in matter.claims}
    start = row["start"] or "not stated"
    parts = [
        f"{row['matter']}: {what(row)}, {sides(row)}, {row['act']}; counted since {start}",
        "",
        "From print to origin",
        *funnel_lines(matter),
        "",
        "Who said how many",
        *(line for f in row["figures"] for line in figure_lines(f, claims, texts)),
    ]
    parts += ["", "What the figures bound, day by day"] + [line for a in row["as_of"] for line in as_of_lines(a)]
    if row["as_of"]:
        parts += section("In words, as of the last day", textwrap.wrap(row["as_of"][-1]["text"], width() - 2))
    parts += section(
        "Conflicts", [f"{' x '.join(c['claims'])}: gap {c['gap']:,}  ({c['text']})" for c in row["conflicts"]]
    )
    parts += section("Denials", [denial_line(d) for d in row["denials"]])
    parts += section("Who leans on whom", [edge_line(d) for d in row["dependence"]])
    parts += section("Grades proposed, letters are for you", [grade_line(g) for g in row["grades"]])
    parts += section("Linked, not merged", [f"{x['matter']}: {', '.join(x['reasons'])}" for x in row["links"]])
    return "\n".join(parts)


def funnel_lines(matter: Matter) -> list[str]:
    """Return the funnel as bars of text; the lighter part of a bar is the width of a range."""
    steps = funnel_of(matter)
    most = max(1, *(high for _, _, high in steps))
    lines = []
    for name, low, high in steps:
        full, wide = (-(-n * FUNNEL // most) for n in (low, high))
        shown = str(low) if low == high else f"{low}–{high}"
        lines.append(f"  {name:20}{shown:>5}  {'█' * full}{'░' * (wide - full)}")
    return [*lines, f"  {'camps':20}{matter.camps:>5}"]


def section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *(f"  {line}" for line in lines)] if lines else []


def figure_lines(f: Mapping[str, Any], claims: Mapping[str, Claim], texts: Mapping[str, Document]) -> list[str]:
    state = "" if f["active"] else f"  [not counted: {f['reason']}]"
    repeats = f", in {len(f['documents'])} documents" if len(f["documents"]) > 1 else ""
    head = f"  {f['said']:10}  {f['speaker'] or 'unknown'}: “{f['words']}” → {interval_text(f['low'], f['high'])}"
    lines = [f"{head} ({f['counts']}; {f['id']}{repeats}){state}"]
    remarks = [f["implausible"] or "", *(n for n in f["notes"] if not n.startswith("implausible"))]
    lines += [f"{'':14}remark: {r}" for r in remarks if r]
    claim = claims.get(f["id"])
    if claim is not None and claim.document in texts:
        quote = " ".join(texts[claim.document].text[claim.span.start : claim.span.end].split())
        lines += textwrap.wrap(f"“{quote}”", width() - 14, initial_indent=" " * 14, subsequent_indent=" " * 14)
    return lines


def as_of_lines(row: Mapping[str, Any]) -> list[str]:
    """Return the bounds of a day with what gives them, by reading where the readings differ."""
    low, high = row["hull"]
    lines = [f"  {row['as_of']:10}  {interval_text(low, high)}" + ("  CONTESTED" if row["contested"] else "")]
    ways = [f"low {r['low']['path']}; high {r['high']['path']}" for r in row["readings"]]
    if len(set(ways)) == 1:
        return [*lines, f"              {ways[0]}"]
    for reading, way in zip(row["readings"], ways, strict=True):
        without = f"without {', '.join(reading['without'])}: " if reading["without"] else ""
        lines.append(f"              {without}{way}")
    return lines


def denial_line(d: Mapping[str, Any]) -> str:
    bearing = "" if d["bears"] else ", before it began: no bearing"
    opens = ", opens the rival reading that nothing was delivered" if d["opens_h0"] else ""
    return f"{d['day']}  {d['speaker'] or d['who']} ({'+'.join(d['type'])}{bearing}{opens})"


def edge_line(d: Mapping[str, Any]) -> str:
    days = [f"{word} {d[word]}" for word in ("since", "until") if d[word]]
    return f"{' and '.join(d['bodies'])}: {d['kind']}{', ' if days else ''}{' '.join(days)} ({d['evidence']})"


def grade_line(g: Mapping[str, Any]) -> str:
    n = f"{g['n'][0]}–{g['n'][1]}" if g["n"][0] != g["n"][1] else str(g["n"][0])
    return f"{g['layer']}: {g['digit']} ({g['why']}; origins {n}, camps {g['camps']})"
