"""``beleg check``: a new article against the ledger, claim by claim; the case stays as it is."""

from __future__ import annotations

import json
import sys

import click

from beleg.commands.opening import open_case
from beleg.commands.options import case_option, column_option, json_option, show_problems
from beleg.errors import UsageError
from beleg.intake import open_input
from beleg.ledger.build import build_ledger
from beleg.ledger.check import check_document, check_row
from beleg.ledger.tables import tables_beside
from beleg.model import Problem
from beleg.pipeline import Reading
from beleg.read.given import DAY, Given, parse_columns
from beleg.read.inputs import RawInput, walk
from beleg.views import check_text


@click.command()
@case_option
@json_option
@click.option("--published", metavar="DAY", help="Publication date: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--outlet", help="Outlet of the article.")
@click.option("--lang", "language", help="Language (ISO 639-1); otherwise it is identified.")
@column_option
@click.argument("path", metavar="FILE")
def check(
    home: str, as_json: bool, published: str | None, outlet: str | None, language: str | None,
    columns: tuple[str, ...], path: str,
) -> None:  # fmt: skip
    """Hold a new article against the ledger: what it adds, repeats, raises, contradicts or distorts.

    The case is not changed; read the article with "beleg read" to keep it.

    Example: beleg check neu.txt --published 2024-11-02
    """
    if published and not DAY.fullmatch(published):
        raise UsageError(f"--published: expected YYYY, YYYY-MM or YYYY-MM-DD, found {published!r}")
    given = Given(None, outlet, language, published, columns=parse_columns(columns) or None)
    readings, problems = read_path(path, given)
    tables = tables_beside(home)
    with open_case(home) as case:
        ledger, doubts = build_ledger(case.documents(), case.claims(), case.decisions(), tables=tables)
    show_problems([*doubts, *problems])
    for reading in readings:
        rows = check_document(ledger, reading.document, reading.claims, tables=tables)
        if as_json:
            for row in rows:
                click.echo(json.dumps(check_row(row), ensure_ascii=False))
        else:
            click.echo(check_text.check_page(reading.document, reading.claims, rows))
    if any(p.left_out for p in problems):
        sys.exit(1)


def read_path(path: str, given: Given) -> tuple[list[Reading], list[Problem]]:
    """Read one path without keeping it."""
    readings: list[Reading] = []
    problems: list[Problem] = []
    for item in walk([path], sys.stdin.buffer):
        if not isinstance(item, RawInput):
            problems.append(item)
            continue
        opened, doubts = open_input(item, given)
        readings += opened
        problems += doubts
    return readings, problems
