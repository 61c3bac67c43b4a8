"""``beleg text``: what was read of one input, so that anybody can see it."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from beleg.commands.options import column_option
from beleg.errors import UsageError
from beleg.model import Document, Problem
from beleg.read.given import Given, parse_columns
from beleg.read.inputs import walk
from beleg.read.show import describe
from beleg.read.worker import read_guarded

SHOWN = {"body": "", "lead": "lead", "title": "title", "heading": "heading"}


@click.command()
@click.argument("path", metavar="PATH")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a document, with blocks and places.")
@click.option("--url", help="Where the page was found; dates and outlets are read from it.")
@column_option
def text(path: str, as_json: bool, url: str | None, columns: tuple[str, ...]) -> None:
    """Show what is read of PATH (a file, a folder, or - for standard input): fields, text, what was taken out.

    Example: beleg text page.html
    """
    given = Given(url=url, columns=parse_columns(columns) or None)
    problems: list[Problem] = []
    shown = 0
    for item in walk([path], sys.stdin.buffer):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        documents, found = read_guarded(item, given)
        named = {d.name for d in documents}
        for document in documents:
            own = [p for p in found if p.document in (document.name, document.path)]
            row = describe(document, own)
            click.echo(json.dumps(row, ensure_ascii=False) if as_json else _page(document, row, first=not shown))
            shown += 1
        problems += [p for p in found if p.left_out or not named]
    for p in problems:
        click.echo(_visible(f"{p.document or '-'}: {p.code}: {p.message}"), err=True)
    if not shown and not problems:
        raise UsageError(f"{path}: nothing to read there")
    if any(p.left_out for p in problems):
        sys.exit(1)


def _page(document: Document, row: dict[str, Any], *, first: bool) -> str:
    """Write one document for reading: fields, then its blocks in order with what each is."""
    published = row["published"]
    when = published["first"] or "unknown"
    if published["last"] != published["first"]:
        when += f" to {published['last']}"
    fields = [
        ("doc", document.name),
        ("title", document.title),
        ("outlet", document.outlet),
        ("authors", ", ".join(document.authors)),
        ("published", f"{when} ({published['basis']}{': ' + published['raw'] if published['raw'] else ''})"),
        ("language", document.language),
        ("url", document.url),
        ("captured", document.captured),
        ("kind", ", ".join(x for x in (document.media_type, document.encoding) if x)),
        ("sha256", document.sha256),
    ]
    lines = [] if first else [""]
    lines += [f"{name + ':':11}{value}" for name, value in fields if value]
    for block in row["blocks"]:
        label = SHOWN.get(block["kind"], f"{block['kind']}: {block['why']}" if block["why"] else block["kind"])
        lines += ["", f"[{label}] {block['text']}" if label else block["text"]]
    if row["lifted_out"]:
        lines += ["", "Lifted out of the text:", *(f"  {' '.join(x.split())}" for x in row["lifted_out"])]
    if row["problems"]:
        lines += ["", "Problems:", *(f"  {p['code']}: {p['message']}" for p in row["problems"])]
    return _visible("\n".join(lines))


def _visible(shown: str) -> str:
    """Show control characters instead of sending them to the terminal."""
    return "".join(c if c.isprintable() or c in "\n\u00a0\u00ad" else f"\\x{ord(c):02x}" for c in shown)
