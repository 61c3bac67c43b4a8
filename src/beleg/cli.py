"""The command line: each command reads, calls the library once, prints.

Exit codes: 0 done (doubts about articles are listed), 1 an input was left out (with --strict: any doubt), 2 wrong use.
"""

from __future__ import annotations

import sys

import click

from beleg import __version__
from beleg.commands import backup, case, check, dossier, fetch, read, reread, serve, text, verify
from beleg.errors import BelegError


class Group(click.Group):
    """Shows our own errors as click shows its own: one line, exit code 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BelegError as e:
            raise click.ClickException(str(e)) from e


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="beleg")
def main() -> None:
    """Keep an evidence ledger of reported arms transfers.

    Reads articles, writes down every claim in them with its exact place, follows each figure through its life and
    counts the independent origins behind it. It never says what is true.

    Example: beleg read articles/ --index articles/index.jsonl && beleg ledger
    """


click.ClickException.exit_code = 2  # wrong use and files that are no case are both the caller's to mend
for command in (
    read.read, read.demo, case.claims, case.claim, case.ledger, case.matter, case.show, case.export, check.check,
    text.text, fetch.fetch, fetch.watch, verify.verify, verify.checkpoint, backup.backup, backup.import_, reread.reread,
    backup.wacz, serve.serve, dossier.dossier,
):  # fmt: skip
    main.add_command(command)


if __name__ == "__main__":
    sys.exit(main())
