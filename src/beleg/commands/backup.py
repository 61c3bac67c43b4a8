"""``beleg backup``, ``import`` and ``wacz``: a whole case as one file, and back; its captures for others."""

from __future__ import annotations

from pathlib import Path

import click

from beleg import __version__
from beleg.commands.opening import open_case, utc_now
from beleg.commands.options import case_option, show_problems
from beleg.errors import UsageError
from beleg.store.move import check_file, export_case, import_case
from beleg.store.wacz import write_wacz


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


@click.command()
@case_option
@click.argument("file", type=click.Path(path_type=Path))
def wacz(home: str, file: Path) -> None:
    """Write the captures of a case to FILE as WACZ, which replay tools open.

    A capture is a document with an address and the instant it was captured; the others are listed and left out.

    Example: beleg wacz inquiry.wacz
    """
    with open_case(home) as case:
        count, problems = write_wacz(case, file, f"Beleg {__version__}")
    show_problems(problems)
    click.echo(f"{file}: {count} captures, {file.stat().st_size / 1e6:.1f} MB; {len(problems)} documents are none")
