"""Fetching articles into a folder of WARC files, politely: robots.txt, one request at a time a host, no page twice.

What a server said about each address (ETag, Last-Modified) is kept in ``fetched.json`` beside the files, so that the
next run asks only for what is new.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from beleg.errors import UsageError
from beleg.model import Problem
from beleg.read.addresses import RefusedError
from beleg.read.exchange import AGENT, Client, Exchange
from beleg.read.warcwrite import warc_bytes

PAUSE = 2.0  # seconds between two requests to a host, unless its robots.txt asks for more
MAX_PAUSE = 60.0
STATE = "fetched.json"


@dataclass(frozen=True, slots=True)
class Seen:
    """What is remembered of an address."""

    when: str
    status: int
    file: str | None
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one address: the WARC file, or None where nothing new was there."""

    url: str
    file: Path | None
    exchanges: tuple[Exchange, ...] = ()


@dataclass
class Folder:
    """The folder that the captures lie in, with what is remembered of addresses."""

    path: Path
    seen: dict[str, Seen] = field(default_factory=dict)

    @classmethod
    def open(cls, path: Path) -> Folder:
        """Open or make a folder.

        Raises:
            UsageError: it cannot be made, or its memory is damaged.
        """
        try:
            path.mkdir(parents=True, exist_ok=True)
            text = (path / STATE).read_text(encoding="utf-8") if (path / STATE).exists() else "{}"
            rows: dict[str, Any] = json.loads(text)
            return cls(path, {url: Seen(**row) for url, row in rows.items()})
        except (OSError, json.JSONDecodeError, TypeError) as e:
            raise UsageError(f"{path}: cannot be used for captures: {e}; name another folder") from e

    def keep(self, url: str, exchanges: Sequence[Exchange]) -> Path | None:
        """Write the exchanges as a WARC file and remember the last; a failure is remembered without a file."""
        last = exchanges[-1]
        file = None
        if last.status == 200:
            stamp = "".join(c for c in last.when if c.isdigit())
            host = urlsplit(last.url).hostname or "page"
            name = f"{stamp}-{host}-{hashlib.sha256(url.encode()).hexdigest()[:8]}.warc.gz"
            file = self.path / name
            part = file.with_suffix(".part")
            part.write_bytes(warc_bytes(exchanges))
            part.replace(file)
        self.remember(url, last, file)
        return file

    def remember(self, url: str, last: Exchange, file: Path | None) -> None:
        old = self.seen.get(url)
        kept = old.file if old and last.status == 304 else None
        self.seen[url] = Seen(
            when=last.when,
            status=last.status,
            file=file.name if file else kept,
            etag=last.headers.get("etag") or (old.etag if old else None),
            modified=last.headers.get("last-modified") or (old.modified if old else None),
        )
        rows = {u: asdict(s) for u, s in sorted(self.seen.items())}
        part = self.path / f"{STATE}.part"
        part.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        part.replace(self.path / STATE)


@dataclass
class Fetcher:
    """Fetches addresses one after the other, each host in its own time."""

    client: Client = field(default_factory=Client)
    sleep: Callable[[float], None] = time.sleep
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, folder: Folder) -> tuple[Fetched | None, list[Problem]]:
        """Fetch one address into a folder; a problem with ``left_out`` says why nothing came."""
        try:
            if not self._allowed(url):
                raise RefusedError("is closed to programs by the site's robots.txt; save the page by hand")
            self._wait(url)
            exchanges = self.client.fetch(url, _conditions(folder.seen.get(url)))
        except RefusedError as e:
            return None, [Problem("not-fetched", f"{url}: {e}", url, left_out=True)]
        last = exchanges[-1]
        file = folder.keep(url, exchanges)
        if last.status == 304:
            return Fetched(url, None, tuple(exchanges)), []
        if file is None:
            message = f"{url}: the server answered {last.status}"
            return None, [Problem("not-fetched", message, url, left_out=True)]
        return Fetched(url, file, tuple(exchanges)), []

    def _allowed(self, url: str) -> bool:
        """Ask the host's robots.txt (RFC 9309): none means all may be fetched, a server's failure means nothing."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            rules = RobotFileParser()
            try:
                answer = self.client.fetch(f"{site}/robots.txt")[-1]
            except RefusedError as e:
                raise RefusedError(f"its robots.txt cannot be read: {e}") from e
            if answer.status == 200:
                rules.parse(answer.body.decode("utf-8", "replace").splitlines())
            elif answer.status >= 500:
                rules.parse(["User-agent: *", "Disallow: /"])
            else:
                rules.parse([])
            self._robots[site] = rules
            self._last[parts.netloc] = self.client.monotonic()
        return self._robots[site].can_fetch(AGENT, url)

    def _wait(self, url: str) -> None:
        parts = urlsplit(url)
        rules = self._robots.get(f"{parts.scheme}://{parts.netloc}")
        asked = float(rules.crawl_delay(AGENT) or 0) if rules else 0.0
        pause = min(max(PAUSE, asked), MAX_PAUSE)
        since = self.client.monotonic() - self._last.get(parts.netloc, float("-inf"))
        if since < pause:
            self.sleep(pause - since)
        self._last[parts.netloc] = self.client.monotonic()


def _conditions(seen: Seen | None) -> dict[str, str]:
    """Return the headers that ask for a page only if it has changed; a page whose file is lost is asked for anew."""
    if seen is None or seen.file is None:
        return {}
    found = (("If-None-Match", seen.etag), ("If-Modified-Since", seen.modified))
    return {name: value for name, value in found if value}
