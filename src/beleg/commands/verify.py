"""``beleg verify`` and ``beleg checkpoint``: has anybody changed the case?"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from beleg.commands.opening import open_case, utc_now
from beleg.commands.options import case_option, json_option
from beleg.errors import UsageError
from beleg.store import checkpoint as checkpoints
from beleg.store.move import check_file
from beleg.store.verify import verify as verify_case
from beleg.views.files import write_text

UNSEEN = (
    "Not seen without a checkpoint kept elsewhere: that the end of the log was cut off, that an older backup was put "
    "back, that all of it was written anew. `beleg checkpoint` makes one."
)


@click.command()
@case_option
@json_option
@click.option("--against", multiple=True, metavar="FILE", help="A checkpoint that was kept elsewhere; may be repeated.")
@click.option("--file", "file", metavar="FILE", help="Check a backup or exported case file instead of a case.")
@click.option("--rebuild", is_flag=True, help="Make the index tables anew from the event log first.")
def verify(home: str, as_json: bool, against: tuple[str, ...], file: str | None, rebuild: bool) -> None:
    """Walk every byte and row of a case and name what was changed: table or file, row, field.

    Exit code 0: nothing changed; 1: something was.

    Example: beleg verify --against checkpoint-2026-01.txt
    """
    if file is not None:
        kept = check_file(Path(file))
        click.echo(f"{file}: whole; {kept.batches} batches, {kept.events} events, head {kept.head}")
        return
    kept_elsewhere = [read_checkpoint(path) for path in against]
    with open_case(home) as case:
        if rebuild:
            case.rebuild()
        report = verify_case(case, kept_elsewhere)
    if as_json:
        for fault in report.faults:
            click.echo(json.dumps(fault._asdict(), ensure_ascii=False))
    else:
        for fault in report.faults:
            click.echo(str(fault))
        for note in report.notes:
            click.echo(f"note: {note}", err=True)
        counted = f"{report.events} events, {report.documents} documents, {report.claims} claims, {report.blobs} files"
        click.echo(f"{len(report.faults)} faults in {counted}" if report.faults else f"nothing changed: {counted}")
        if not against:
            click.echo(UNSEEN, err=True)
    if report.faults:
        sys.exit(1)


def read_checkpoint(path: str) -> checkpoints.Checkpoint:
    try:
        text = Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError as e:
        raise UsageError(f"{path}: cannot be read ({e.strerror})") from e
    return checkpoints.parse(text, path)


@click.command()
@case_option
@click.option("-o", "--output", metavar="FILE", help="Where to; standard output by default.")
def checkpoint(home: str, output: str | None) -> None:
    """Write the head of the event log, to be kept elsewhere: in a mail, on paper, on another machine.

    `beleg verify --against FILE` then shows any later change of what was there at that moment.

    Example: beleg checkpoint -o checkpoint-2026-01.txt
    """
    with open_case(home) as case, case.read() as conn:
        taken = checkpoints.take(conn, utc_now())
    write_text(str(taken).splitlines(keepends=True), output)
