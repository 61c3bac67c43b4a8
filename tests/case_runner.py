"""Runs the cases of tests/cases/*.md: a quoted text, and the claims that must be found in it (see cases/FORMAT.txt)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beleg.pipeline import read_article
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.inputs import RawInput
from beleg.views.rows import claim_row

CASES = Path(__file__).with_name("cases")
NOTHING = "Keine Aussage."


@dataclass(frozen=True, slots=True)
class Case:
    """One section of a case file."""

    file: str
    title: str
    text: str
    date: str | None
    outlet: str | None
    rows: tuple[dict[str, str], ...]
    nothing: bool

    @property
    def unseen(self) -> bool:
        return self.file.endswith("_unseen.md")


def load_cases(folder: Path = CASES) -> list[Case]:
    """Read all case files, in file and text order."""
    return [case for path in sorted(folder.glob("*.md")) for case in _cases(path)]


def _cases(path: Path) -> list[Case]:
    sections = re.split(r"^## +", path.read_text(encoding="utf-8"), flags=re.M)[1:]
    out = []
    for section in sections:
        title, _, body = section.partition("\n")
        lines = [line.strip() for line in body.splitlines()]
        quoted = [line.lstrip("> ").rstrip() if line.startswith(">") else None for line in lines]
        table = [[c.strip() for c in line.strip("|").split("|")] for line in lines if line.startswith("|")]
        rows = tuple(dict(zip(table[0], row, strict=True)) for row in table[2:]) if table else ()
        text = "\n".join(q for q in quoted if q is not None)
        date, outlet = _field(lines, "Datum"), _field(lines, "Outlet")
        out.append(Case(path.name, title.strip(), text, date, outlet, rows, NOTHING in lines))
    return out


def _field(lines: list[str], name: str) -> str | None:
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name + ":")), None)


def claims_of(case: Case) -> list[dict[str, Any]]:
    raw = RawInput(path="case.txt", raw=case.text.encode())
    documents, _ = read_documents(raw, Given("case", case.outlet, "de", case.date))
    return [claim_row(c, d) for d in documents for c in read_article(d).claims]


def check(case: Case) -> list[str]:
    """Return what is wrong with the claims found in a case; empty where all is right."""
    found = claims_of(case)
    if case.nothing:
        return [f"a claim where there is none: {c['event']} {c['quote']!r}" for c in found]
    left, wrong = list(found), []
    for row in case.rows:
        hit = next((c for c in left if not misfits(row, c)), None)
        if hit is not None:
            left.remove(hit)
            continue
        close = min((misfits(row, c) for c in left), key=len, default=["no claim"])
        wrong.append("; ".join(close))
    return wrong


def misfits(row: dict[str, str], claim: dict[str, Any]) -> list[str]:
    """Return the columns in which a claim differs from what a row asks for."""
    return [f"{k}: {value(k, claim)!r} for {v!r}" for k, v in row.items() if v != "*" and not fits(k, v, claim)]


def fits(column: str, wanted: str, claim: dict[str, Any]) -> bool:
    has = value(column, claim)
    return any(_same(column, option.strip(), has) for option in wanted.split(" / "))


def _same(column: str, wanted: str, has: Any) -> bool:
    if wanted in ("", "*"):
        return wanted == "*" or not has
    if has is None or has == "":
        return False
    if column in ("low", "high"):
        return abs(float(wanted) - float(has)) <= 0.01 * max(1.0, abs(float(wanted)))
    if column in ("origin", "chain", "item"):
        return bool(_words(wanted) & _words(str(has)))
    if column == "quote":
        return " ".join(wanted.split()) in " ".join(str(has).split())
    if column == "time":
        return all(
            w in ("*", "") or h.startswith(w) or w.startswith(h)
            for w, h in zip(wanted.split("/"), str(has).split("/"), strict=False)
        )
    return wanted.casefold() == str(has).casefold()


def _words(text: str) -> set[str]:
    return {w for w in re.findall(r"\w+", text.casefold()) if len(w) > 2}


def value(column: str, claim: dict[str, Any]) -> Any:
    quantity, time, sources = claim["quantity"] or {}, claim["time"] or {}, claim["sources"]
    match column:
        case "low" | "high" | "unit":
            return quantity.get(column)
        case "time":
            return f"{time.get('start') or ''}/{time.get('end') or ''}" if time else ""
        case "origin":
            return f"{sources[-1]['raw']} {sources[-1]['name']}" if sources else ""
        case "chain":
            return " > ".join(f"{s['raw']} {s['name']}" for s in sources)
    return claim[column]


def score_cases(folder: Path = CASES, show: int = 0) -> dict[str, float]:
    """Print and return the share of cases that are all right, by file and for those seen and unseen."""
    cases = load_cases(folder)
    results = [(case, check(case)) for case in cases]
    figures = {}
    for name in sorted({c.file for c in cases}):
        own = [not wrong for c, wrong in results if c.file == name]
        figures[f"cases.{name.removesuffix('.md')}"] = sum(own) / len(own)
    for case, wrong in results:
        if wrong and show > 0 and not case.unseen:
            show -= 1
            print(f"  {case.file} {case.title}: {case.text[:120]}\n      {wrong}")
    for key, unseen in (("cases.seen", False), ("cases.unseen", True)):
        own = [not wrong for c, wrong in results if c.unseen == unseen]
        figures[key] = sum(own) / max(1, len(own))
    print("\n".join(f"{k:40} {v:.3f}" for k, v in figures.items()))
    return figures
