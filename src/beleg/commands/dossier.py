"""``beleg dossier``: all that stands behind one figure, as one file to print and to hand on."""

from __future__ import annotations

import click

from beleg.commands.opening import open_case
from beleg.commands.options import case_option
from beleg.errors import UsageError
from beleg.views.files import write_text

LANGUAGES = ("de", "en")


@click.command()
@case_option
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of its words.")
@click.option("-o", "--output", metavar="FILE", help="Where to; standard output by default.")
@click.argument("matter_id", metavar="ID")
def dossier(home: str, language: str, output: str | None, matter_id: str) -> None:
    """Write the dossier of a matter as one HTML file: quotes, chart, arithmetic, origins, decisions, hashes.

    It needs nothing else, loads nothing and can be printed from any browser.

    Example: beleg dossier 3f9a -o dossier.html
    """
    from beleg.web.desk import Desk  # with the templates a third of a second to load: not for every command
    from beleg.web.dossier import dossier as written

    with open_case(home) as case:
        desk = Desk(case)
        try:
            ids = desk.register().ids(matter_id)
            matter = desk.matter(ids[0]) if len(ids) == 1 else None
            if matter is None:
                several = f"several matters start with {matter_id!r}: {', '.join(ids[:5])}"
                raise UsageError(several if ids else f"no matter {matter_id!r} in {home}; list them with: beleg ledger")
            text = written(desk, matter, language)
        finally:
            desk.close()
    write_text([text], output)
