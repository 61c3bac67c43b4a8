"""``beleg backup`` and ``beleg import``: a whole case as one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from beleg.commands.opening import open_case, utc_now
from beleg.commands.options import case_option
from beleg.errors import UsageError
from beleg.store.move import check_file, export_case, import_case


@click.command()
@case_option
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
def backup(home: str, file: Path, force: bool) -> None:
    """Write a whole case to one FILE, read it back and hash everything in it.

    The file holds the kept bytes, the texts and the event log; `beleg import` makes a case of it again, in a folder
    or in PostgreSQL.

    Example: beleg backup /media/stick/inquiry.beleg
    """
    write_case(home, file, force)


def write_case(home: str, file: Path, force: bool = False) -> None:
    """Write a case to a file and check it; also behind ``beleg export --case``."""
    if file.exists() and not force:
        raise UsageError(f"{file} is there already; name another file or add --force")
    with open_case(home) as case:
        export_case(case, file, utc_now())
    kept = check_file(file)
    click.echo(f"{file}: {kept.events} events, {file.stat().st_size / 1e6:.1f} MB, read back whole; head {kept.head}")


@click.command("import")
@case_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(home: str, file: Path) -> None:
    """Take over the case in FILE: into a new case, or into an older state of the same one.

    Example: beleg import inquiry.beleg --case postgresql://anna@server/inquiry
    """
    check_file(file)
    with open_case(home, create=True) as case:
        kept = import_case(case, file)
        there = case.size()
    click.echo(f"{home}: {there['documents']} documents, {there['claims']} claims; head {kept.head}")
