"""``beleg fetch`` and ``beleg watch``: the only commands that use the network. They write captures; ``read`` reads."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from beleg.model import Problem
from beleg.read.fetch import Fetched, Fetcher, Folder
from beleg.read.watch import load_feeds, watch_once

out_option = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("captures"),
    show_default=True,
    metavar="DIR",
    help="Folder for the captures (WARC files) and for what was fetched before.",
)


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@out_option
def fetch(urls: tuple[str, ...], out: Path) -> None:
    """Fetch pages as WARC captures that prove what stood there and when; read them with "beleg read".

    Asks robots.txt first, waits between requests, and refuses every address that is not on the public web.

    Example: beleg fetch https://example.org/article --out captures && beleg read captures
    """
    fetcher, folder = Fetcher(), Folder.open(out)
    fetched: list[Fetched] = []
    problems: list[Problem] = []
    for url in dict.fromkeys(urls):
        one, found = fetcher.fetch(url, folder)
        fetched += [one] if one else []
        problems += found
    _show(fetched, problems)
    if any(p.left_out for p in problems):
        sys.exit(1)


@click.command()
@click.argument("feeds", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FEEDS.toml")
@out_option
@click.option("--every", type=click.IntRange(min=5), metavar="MINUTES", help="Go on, with this pause between passes.")
def watch(feeds: Path, out: Path, every: int | None) -> None:
    """Fetch the new entries of RSS and Atom feeds as WARC captures, once or every so many minutes.

    FEEDS.toml holds [[feed]] tables with url = "https://…" and, if the pages are not wanted, pages = false.

    Example: beleg watch feeds.toml --out captures --every 30
    """
    wanted = load_feeds(feeds)
    while True:
        fetched, problems = watch_once(wanted, Fetcher(), Folder.open(out))
        _show(fetched, problems)
        if every is None:
            if any(p.left_out for p in problems):
                sys.exit(1)
            return
        time.sleep(60 * every)


def _show(fetched: list[Fetched], problems: list[Problem]) -> None:
    for one in fetched:
        click.echo(f"{one.url}\t{one.file or 'not changed'}")
    for p in problems:
        click.echo(f"{p.document or '-'}: {p.code}: {p.message}", err=True)
