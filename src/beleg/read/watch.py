"""Feeds to watch: each is fetched when it has changed, and every new entry's page with it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from beleg.errors import UsageError
from beleg.model import Problem
from beleg.read.feed import entry_links
from beleg.read.fetch import Fetched, Fetcher, Folder

MAX_NEW = 50  # pages a feed and pass; a feed that has more is fetched over several passes


@dataclass(frozen=True, slots=True)
class Feed:
    url: str
    pages: bool = True  # fetch the pages of its entries; False: the feed file alone


def load_feeds(path: Path) -> list[Feed]:
    """Read a list of feeds: ``[[feed]]`` tables with ``url`` and, if wished, ``pages = false``.

    Raises:
        UsageError: not readable, not TOML, or a table that does not fit.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as e:
        raise UsageError(f"{path}: cannot be read as a list of feeds: {e}") from e
    feeds = []
    for n, row in enumerate(content.get("feed", []), 1):
        if not isinstance(row, dict) or not isinstance(row.get("url"), str) or set(row) - {"url", "pages"}:
            raise UsageError(f'{path}: feed {n}: expected url = "https://…" and, if wished, pages = true or false')
        if not isinstance(row.get("pages", True), bool):
            raise UsageError(f"{path}: feed {n}: pages: expected true or false")
        feeds.append(Feed(row["url"], row.get("pages", True)))
    if not feeds:
        raise UsageError(f'{path}: names no feed; write [[feed]] and below it url = "https://…"')
    return feeds


def watch_once(feeds: list[Feed], fetcher: Fetcher, folder: Folder) -> tuple[list[Fetched], list[Problem]]:
    """Fetch all feeds once, and the pages of entries that were never fetched before, in the feeds' order."""
    out: list[Fetched] = []
    problems: list[Problem] = []
    for feed in feeds:
        fetched, found = fetcher.fetch(feed.url, folder)
        problems += found
        if fetched is None or fetched.file is None:
            continue
        if not feed.pages:
            out.append(fetched)
            continue
        links, doubts = entry_links(fetched.exchanges[-1].body, feed.url)
        problems += doubts
        new = [u for u in links if u not in folder.seen]
        for url in new[:MAX_NEW]:
            page, found = fetcher.fetch(url, folder)
            problems += found
            if page is not None:
                out.append(page)
    return out, problems
