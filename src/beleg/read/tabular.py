"""CSV, JSON and JSONL of articles → one article a row; columns are known by their names (``data/columns.csv``)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from beleg.lexicon import TableRow, csv_table
from beleg.model import Problem
from beleg.read.detect import decode
from beleg.read.extract import Extract, Stated
from beleg.read.inputs import RawInput
from beleg.read.limits import DEFAULT, Limits
from beleg.read.page import parse_page
from beleg.read.pagefields import split_authors
from beleg.read.pageunits import read_units
from beleg.read.paragraphs import Paragraph, Run, split_paragraphs
from beleg.tables import TableCheck

_MARKUP = re.compile(r"</(?:p|div|h[1-6]|li)>|<br\s*/?>", re.IGNORECASE)
Column = Literal["name", "title", "lead", "text", "outlet", "authors", "language", "published", "url"]


@dataclass(frozen=True, slots=True)
class ColumnName(TableRow):
    """A row: names that collections give a column, lower case, signs left out."""

    key: str
    column: Column
    names: tuple[str, ...]


def column_names() -> tuple[ColumnName, ...]:
    return csv_table("columns", ColumnName)


@cache
def _columns() -> dict[str, str]:
    return {name: row.column for row in column_names() for name in row.names}


def _bare(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


def read_rows(
    raw: RawInput, limits: Limits = DEFAULT, columns: Sequence[tuple[str, str]] = ()
) -> tuple[list[Extract], list[Problem]]:
    """Read a table of articles, one a row, in order.

    Args:
        raw: The table.
        limits: What it may cost.
        columns: What the user says of columns: what one holds, and its name ("text", "Volltext"); in JSON a name with
            dots leads into objects within ("article.body"). Others are known by their names.
    """
    decoded, problems = decode(raw)
    if decoded is None:
        return [], problems
    is_csv = (raw.name or raw.path).casefold().endswith((".csv", ".tsv"))
    out: list[Extract] = []
    unseen = [name for _, name in columns]
    for n, row in enumerate(_csv(decoded.text) if is_csv else _json(decoded.text), 1):
        extract = _article(row, columns) if isinstance(row, Mapping) else None
        if isinstance(row, Mapping):
            unseen = [name for name in unseen if _inner(row, name) is None]
        if extract is None:
            have = ", ".join(map(str, list(row)[:12])) if isinstance(row, Mapping) else "no columns"
            message = (
                f"{raw.path}:{n}: no text in a column known to hold it (text, body, content, …); it has {have}: "
                "name the column with --column text=NAME"
            )
            problems.append(Problem("no-text", message, raw.path, left_out=True))
            if not out and n >= 3:
                break  # no table of articles at all
        else:
            out.append(extract)
    if out:
        problems += [
            Problem("column-missing", f"{raw.path}: no row has a column {name!r}; look at its name", raw.path)
            for name in unseen
        ]
    if not out and not problems:
        problems.append(Problem("no-text", f"{raw.path}: holds no rows", raw.path, left_out=True))
    return out, problems


def _csv(text: str) -> Iterator[Mapping[str, Any]]:
    csv.field_size_limit(DEFAULT.line_bytes * 10)
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    yield from csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)


def _json(text: str) -> Iterator[Any]:
    try:
        whole = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        for line in text.splitlines():
            if line.strip():
                try:
                    yield json.loads(line)
                except (json.JSONDecodeError, RecursionError):
                    yield None
        return
    yield from whole if isinstance(whole, list) else [whole]


def _article(row: Mapping[str, Any], columns: Sequence[tuple[str, str]]) -> Extract | None:
    found = [(column, _inner(row, name)) for column, name in columns]
    found += [(column, value) for name, value in row.items() if (column := _columns().get(_bare(str(name))))]
    named = {column for column, _ in columns}
    cells: dict[str, str] = {}
    for n, (column, value) in enumerate(found):
        if n >= len(columns) and column in named:
            continue  # the user named another
        if value not in (None, "", []) and column not in cells:
            cells[column] = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if not cells.get("text", "").strip():
        return None
    parts: list[str] = []
    paragraphs: list[Paragraph] = []
    at = 0
    for column in ("title", "lead", "text"):
        text = cells.get(column, "").strip()
        if column == "text" and _MARKUP.search(text):
            page = parse_page(f"<html><body>{text}</body></html>")
            text = "\n\n".join(u.text for u in read_units(page)) if page else text
        if not text:
            continue
        if column == "text":
            for p in split_paragraphs(text):
                runs = tuple(r._replace(start=r.start + at, end=r.end + at) for r in p.runs)
                paragraphs.append(Paragraph(runs, p.kind, p.why))
        else:
            paragraphs.append(Paragraph((Run(at, at + len(text), ""),), column, "column"))
        parts.append(text)
        at += len(text) + 2
    stated = Stated(
        name=cells.get("name"),
        title=cells.get("title"),
        outlet=cells.get("outlet"),
        authors=split_authors([cells.get("authors", "")]),
        language=cells.get("language"),
        published=(cells["published"],) if "published" in cells else (),
        url=cells.get("url"),
    )
    return Extract("\n\n".join(parts), tuple(paragraphs), "text/csv", stated)


def _inner(row: Mapping[str, Any], name: str) -> Any:
    """Return the value of a column by its name, case folded, or of an object within by a name with dots."""
    folded = {str(k).strip().casefold(): v for k, v in row.items()}
    if name.casefold() in folded:
        return folded[name.casefold()]
    head, dot, rest = name.partition(".")
    inner = folded.get(head.casefold())
    return _inner(inner, rest) if dot and isinstance(inner, Mapping) else None


def _fired(text: str) -> set[str]:
    low = _bare(text)
    return {row.key for row in column_names() if low in row.names}


TABLES = [TableCheck("columns.csv", column_names, _fired)]
