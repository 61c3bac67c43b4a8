"""Commands that look into a case: claims, claim, ledger, matter, show, export."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from beleg.commands.backup import write_case
from beleg.commands.opening import open_case
from beleg.commands.options import case_option, json_option, show_problems
from beleg.errors import UsageError
from beleg.ledger.build import build_ledger
from beleg.ledger.decided import reviewed_claims
from beleg.ledger.rows import matter_row
from beleg.ledger.tables import tables_beside
from beleg.ledger.values import Ledger
from beleg.model import Claim
from beleg.store.case import Case
from beleg.views import figures, ledger_text, text
from beleg.views.export import jsonl, table
from beleg.views.export.xlsx import Sheet, workbook
from beleg.views.files import write_bytes, write_text
from beleg.views.rows import claim_row, flat

ENDINGS = {".beleg": "case", ".csv": "csv", ".jsonl": "jsonl", ".xlsx": "xlsx"}
FILTERS = ("supplier", "recipient", "item", "event", "stance", "source", "document")


reviewed_option = click.option("--reviewed", is_flag=True, help="Only claims that a person has accepted or corrected.")


def filter_options(command: Any) -> Any:
    for name in reversed(FILTERS):
        command = click.option(f"--{name}", help=f"Only claims with this {name}.")(command)
    return command


@click.command()
@case_option
@json_option
@filter_options
def claims(home: str, as_json: bool, **wanted: Any) -> None:
    """List the claims of a case: who says that whom gave what to whom, how many, how firmly.

    Example: beleg claims --supplier KP --event transfer
    """
    with open_case(home) as case:
        rows = claim_rows(case, case.claims(**wanted))
    if as_json:
        write_text(jsonl.lines(rows), None)
    else:
        click.echo(text.claims_table(rows))


@click.command()
@case_option
@click.argument("claim_id", metavar="ID")
@click.option("--why", is_flag=True, help="Show the mentions, the rules that fired and what filled each slot.")
def claim(home: str, claim_id: str, why: bool) -> None:
    """Show one claim; with --why, how it was read.

    Example: beleg claim kr2-kbs#01 --why
    """
    with open_case(home) as case:
        found = [c for c in case.claims(document=claim_id.rpartition("#")[0]) if c.id == claim_id]
        if not found:
            raise UsageError(f"no claim {claim_id!r} in {home}; list them with: beleg claims")
        document = case.document(found[0].document)
    click.echo(text.claim_page(found[0], document, why=why))


@click.command()
@case_option
@json_option
@reviewed_option
def ledger(home: str, as_json: bool, reviewed: bool) -> None:
    """Show the matters of a case: the interval of each figure, documents, origins, denials.

    Example: beleg ledger --json
    """
    with open_case(home) as case:
        found = ledger_of(case, home, reviewed)
    if as_json:
        write_text(jsonl.lines(matter_row(m) for m in found.matters), None)
    else:
        click.echo(ledger_text.ledger_table(found))


@click.command()
@case_option
@json_option
@click.option("--svg", "chart", metavar="FILE", help="Also write the life of the figure as a chart, SVG or .png.")
@click.option("--funnel", metavar="FILE", help="Also write the way from print to origin as a chart, SVG or .png.")
@reviewed_option
@click.argument("matter_id", metavar="ID")
def matter(home: str, as_json: bool, chart: str | None, funnel: str | None, reviewed: bool, matter_id: str) -> None:
    """Show the life of one figure: who said how many, when, how firmly, with the quotes; and how many origins it has.

    Example: beleg matter kp-ru-containers --svg life.svg --funnel origins.png
    """
    with open_case(home) as case:
        documents, found = case.documents(), ledger_of(case, home, reviewed)
    hits = [m for m in found.matters if m.id == matter_id] or [m for m in found.matters if m.id.startswith(matter_id)]
    if len(hits) != 1:
        several = f"several matters start with {matter_id!r}: {', '.join(m.id for m in hits[:5])}"
        raise UsageError(several if hits else f"no matter {matter_id!r} in {home}; list them with: beleg ledger")
    for draw, path in ((figures.matter_chart, chart), (figures.funnel_chart, funnel)):
        if path is not None:
            drawing = draw(hits[0])
            write_bytes([figures.png(drawing) if path.lower().endswith(".png") else drawing.encode("utf-8")], path)
    if as_json:
        click.echo(json.dumps(matter_row(hits[0]), ensure_ascii=False, indent=1))
    else:
        click.echo(ledger_text.matter_life(hits[0], documents))


@click.command()
@case_option
@click.argument("doc", metavar="DOC")
def show(home: str, doc: str) -> None:
    """Show a document's clean text with its claims marked, and what they say below.

    Example: beleg show kr2-kbs
    """
    with open_case(home) as case:
        document = case.document(doc)
        found = case.claims(document=doc)
    click.echo(text.document_page(document, found))


@click.command()
@case_option
@click.option(
    "--format",
    "kind",
    type=click.Choice(["jsonl", "csv", "xlsx", "case"]),
    help="What to write; an output that ends in .beleg, .csv, .jsonl or .xlsx says it itself.",
)
@click.option("-o", "--output", metavar="FILE", help="Where to; standard output by default.")
@click.option("--force", is_flag=True, help="Replace the file of a whole case if it is there.")
@filter_options
def export(home: str, kind: str | None, output: str | None, force: bool, **wanted: Any) -> None:
    """Write the claims of a case as JSONL, CSV or XLSX, or the whole case to one file that `beleg import` takes over.

    Example: beleg export --case inquiry -o inquiry.beleg
    """
    kind = kind or ENDINGS.get(Path(output or "").suffix)
    if kind is None:
        raise UsageError(
            "what should be written? Give --format jsonl, csv, xlsx or case, or an output that ends in .beleg"
        )
    if kind == "case":
        if output is None or any(wanted.values()):
            raise UsageError("a case is written whole and to a file: give -o FILE, and no filter")
        write_case(home, Path(output), force)
        return
    with open_case(home) as case:
        rows = claim_rows(case, case.claims(**wanted))
    if kind == "xlsx":
        if output is None:
            raise UsageError("a workbook is written to a file: give -o FILE")
        write_bytes([workbook([Sheet("claims", map(flat, rows))])], output)
        return
    write_text((jsonl if kind == "jsonl" else table).lines(rows), output)


def ledger_of(case: Case, home: str, reviewed: bool) -> Ledger:
    """Return the ledger of a case, of all claims or of those that a person has accepted or corrected.

    Its doubts (decisions that cannot be read, readings too many to list) go to standard error.
    """
    claims, decisions = case.claims(), case.decisions()
    if reviewed:
        claims = reviewed_claims(claims, decisions)
    found, problems = build_ledger(case.documents(), claims, decisions, tables=tables_beside(home))
    show_problems(problems)
    return found


def claim_rows(case: Case, found: Iterable[Claim]) -> list[dict[str, Any]]:
    documents = {d.id: d for d in case.documents()}
    return [claim_row(c, documents[c.document]) for c in found]
