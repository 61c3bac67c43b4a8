"""How fast is a large case? Load, list views (filter, sort by name, page, two words), sizes; SQLite and PostgreSQL.

    python bench/store.py --documents 100000 --claims 10 --home /tmp/case
    python bench/store.py --documents 100000 --home postgresql      a server of its own, thrown away afterwards

Prints claims per second of loading (values in memory → committed and fsynced), the 50th and 95th percentile of each
list view over changing filters, and the size on disk. Exit code 1 where a figure misses its bound.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import itertools
import os
import platform
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import sqlalchemy

sys.path.append(str(Path(__file__).parents[1] / "tests" / "store"))
from postgres import Cluster

from beleg.model import Block, Claim, DayRange, Document, Piece, Published, Quantity, Source, Span, TextMap, TimeMention
from beleg.store.case import Case, Reading
from beleg.store.look import claims_at
from beleg.store.pages import Order, Place, Wanted
from beleg.store.schema import PLACES
from beleg.store.words import WORD, fold

STATES = ["KP", "RU", "IR", "UA", "US", "DE", "KR", "CN", "BY", "FR", "GB", "PL", "SY", "YE", "LY", "SD"]
ITEMS = ["artillery shells", "KN-23", "shipping containers of arms", "troops", "ballistic missiles", "drones"]
SOURCES = ["South Korea", "United States", "Ukraine", "NIS", "CNN", "Yonhap", "Conflict Watch", "Ministry of Defence"]
EVENTS = ["transfer", "agreement", "production", "use", "stockpile", "request"]
STANCES = ["fact", "said", "hedged", "planned", "denied", "unconfirmed"]
STOP = 40  # words of the made-up language that stand in nearly every sentence and that nobody searches for


def vocabulary(size: int = 20_000) -> tuple[list[str], list[float]]:
    """Return made-up words and how often each is used: by Zipf's law, as in a language."""
    parts = [c + v for c in "bdfghklmnprstwz" for v in ("a", "e", "i", "o", "u", "ei")]
    rng = random.Random(0)
    words = list(dict.fromkeys("".join(rng.choices(parts, k=rng.randrange(1, 5))) for _ in range(2 * size)))[:size]
    return words, list(itertools.accumulate(1 / (rank + 2.7) for rank in range(1, len(words) + 1)))


WORDS, USE = vocabulary()
COMMON = set(WORDS[:STOP])
PAGE = 50
LIMIT_MS, LIMIT_RATE = 100.0, 20_000.0
SETTINGS = ("shared_buffers=2GB", "max_wal_size=8GB")  # as a server of 8 GB is set up; the defaults are for 0.5 GB


def readings(documents: int, claims: int, seed: int) -> Iterator[Reading]:
    """Give made-up documents of the size of a news item (about 2,000 characters), claims over them."""
    rng = random.Random(seed)
    for n in range(documents):
        lengths = range(max(claims, 12))
        sentences = [" ".join(rng.choices(WORDS, cum_weights=USE, k=18)) + "." for _ in lengths]
        text = " ".join(sentences)
        raw = f"{n}\n{text}".encode()
        day = date.fromordinal(date(2022, 1, 1).toordinal() + rng.randrange(1500))
        name = f"{day:%Y%m%d}-{n:06}"
        document = Document(
            name, f"{name}.txt", hashlib.sha256(raw).hexdigest(), "text/plain", "de", sentences[0][:60],
            rng.choice(SOURCES), (), Published(DayRange(day, day), "given"), text, text,
            TextMap((Piece(0, len(text), 0, len(text)),)), (Block(Span(0, len(text)), "body"),), encoding="utf-8",
        )  # fmt: skip
        found, start = [], 0
        for i in range(claims):
            span = Span(start, start + len(sentences[i]))
            found.append(_claim(rng, document, i, span, day))
            start = span.end + 1
        yield Reading(document, raw, claims, found, [])


def _claim(rng: random.Random, document: Document, n: int, span: Span, day: date) -> Claim:
    item = rng.choice(ITEMS)
    number = float(rng.randrange(10, 10_000))
    supplier, recipient = rng.sample(STATES, 2)
    return Claim(
        f"{document.name}#{n + 1:02}", document.id, document.name, span, rng.choice(EVENTS), supplier, recipient,  # type: ignore[arg-type]
        None, item, item.replace(" ", "-"),
        Quantity(span, f"mehr als {number:.0f}", number, None, False, "more_than", "pieces", "count", "total"), "total",
        TimeMention(span, "am Montag", day.isoformat(), day.isoformat(), "text"), None,
        tuple(Source("ein Sprecher", s, "government", "KR", span) for s in rng.sample(SOURCES, 2)),
        rng.choice(STANCES), None, "indirect", "shipped", rules=("speech.sagen", "frame.liefern"),  # type: ignore[arg-type]
    )  # fmt: skip


def load(case: Case, documents: int, claims: int, seed: int, at_once: int) -> tuple[float, float]:
    """Return claims per second by the clock and of processor time here; making the values does not count."""
    spent, used, waiting = 0.0, 0.0, []
    for n, reading in enumerate(readings(documents, claims, seed), 1):
        waiting.append(reading)
        if len(waiting) == at_once or n == documents:
            start, busy = time.perf_counter(), time.process_time()
            case.add_many(waiting)
            used += time.process_time() - busy
            spent += time.perf_counter() - start
            waiting = []
    return documents * claims / spent, documents * claims / used


def views(case: Case, rng: random.Random) -> dict[str, Callable[[], object]]:
    """Return what is asked, with values that claims drawn from the case hold."""
    drawn, words = sample(case, rng)
    top = case.head().events
    days = [c.time.start for c in drawn if c.time and c.time.start]

    def of_one(*names: str) -> dict[str, str]:
        """Return the values that one claim has: something is found."""
        while True:
            claim = rng.choice(drawn)
            source = rng.choice(claim.sources).name if claim.sources else None
            has = {**{n: getattr(claim, n, None) for n in names}, "source": source}
            if all(has[n] for n in names):
                return {n: str(has[n]) for n in names}

    several = [w for w in words if len(w - COMMON) > 1]

    def two(often: bool = False) -> dict[str, str]:
        found = rng.choice(several)
        return {"text": " ".join(rng.sample(sorted(found if often else found - COMMON), 2))}

    def anywhere(order: Order) -> str:
        claim = rng.choice(drawn)
        key = {"document": claim.doc, "backwards": claim.doc, "day": rng.choice(days), "kept": ""}[order]
        return str(Place(key, rng.randrange(1, top) << PLACES))

    def listed(order: Order, deep: bool = False, **asked: str) -> object:
        return case.page(Wanted(**asked), order=order, limit=PAGE, after=anywhere(order) if deep else None)

    filters: dict[str, Callable[[], dict[str, str]]] = {
        "all": dict,
        "supplier": lambda: of_one("supplier"),
        "supplier, recipient": lambda: of_one("supplier", "recipient"),
        "item, stance": lambda: of_one("item", "stance"),
        "source": lambda: of_one("source"),
        "source, event, item": lambda: of_one("source", "event", "item"),
        "supplier, source, stance, item": lambda: of_one("supplier", "source", "stance", "item"),
        "two words": two,
        "two words, also the most frequent": lambda: two(often=True),
        "two words, supplier": lambda: {**two(), **of_one("supplier")},
    }
    found: dict[str, Callable[[], object]] = {}
    for name, asked in filters.items():
        if "words" in name and not several:  # quotes of one word: another bench made this case
            continue
        for order in ("document", "day", "kept"):
            found[f"{name}; by {order}"] = partial(lambda o, a: listed(o, **a()), order, asked)
            found[f"{name}; by {order}, from anywhere"] = partial(lambda o, a: listed(o, True, **a()), order, asked)
        if name != "all":
            found[f"{name}; counted up to 1,000"] = partial(lambda a: case.count(Wanted(**a()), 1_000), asked)
    return found


def sample(case: Case, rng: random.Random, size: int = 400) -> tuple[list[Claim], list[set[str]]]:
    """Return claims drawn from all over a case, and the words of their quotes."""
    with case.read() as conn:
        ids = [rng.randrange(2, case.head().events + 1) << PLACES for _ in range(size)]
        at = "SELECT id, quote FROM claim WHERE id >= :id ORDER BY id LIMIT 1"
        found = [row for id in ids if (row := conn.execute(sqlalchemy.text(at), {"id": id}).first())]
        claims = claims_at(conn, [Place("", row.id) for row in found])
    return claims, [set(WORD.findall(fold(row.quote))) for row in found]


def percentiles(view: Callable[[], object], times: int) -> tuple[float, float, float]:
    """Return the 50th and 95th percentile by the clock and the 95th in processor time of this process, in ms."""
    spent, used = [], []
    for _ in range(times):
        start, busy = time.perf_counter(), time.process_time()
        view()
        used.append((time.process_time() - busy) * 1000)
        spent.append((time.perf_counter() - start) * 1000)
    spent.sort()
    used.sort()
    return spent[len(spent) // 2], spent[int(len(spent) * 0.95)], used[int(len(used) * 0.95)]


def size(case: Case) -> dict[str, float]:
    """Return megabytes on disk."""
    if case.folder is None:
        with case.read() as conn:
            found = conn.exec_driver_sql("SELECT pg_database_size(current_database())").scalar()
        return {"database": float(found or 0) / 1e6}
    blobs = sum(p.stat().st_size for p in (case.folder / "blobs").rglob("*") if p.is_file())
    return {"case.db": (case.folder / "case.db").stat().st_size / 1e6, "blobs": blobs / 1e6}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--claims", type=int, default=10)
    parser.add_argument("--home", required=True, help="folder, postgresql://… or postgresql")
    parser.add_argument("--at-once", type=int, default=2000, help="documents in one transaction")
    parser.add_argument("--times", type=int, default=100, help="calls of each view")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with contextlib.ExitStack() as stack:
        if args.home == "postgresql":
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            server = stack.enter_context(Cluster(Path(folder), settings=SETTINGS))
            print(f"PostgreSQL with {', '.join(SETTINGS)}")
            args.home = server.database("bench")
        return bench(args)


def vacuum(url: str) -> None:
    """Do what the server's own autovacuum does some minutes after a load."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("VACUUM ANALYZE")


def bench(args: argparse.Namespace) -> int:
    """Load where nothing is loaded, time the views, print."""
    if not args.home.startswith("postgres"):
        Path(args.home).parent.mkdir(parents=True, exist_ok=True)
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, SQLAlchemy {sqlalchemy.__version__}")
    print(f"{os.cpu_count()} processors, load before {os.getloadavg()[0]:.1f}")
    worst, rate = 0.0, LIMIT_RATE
    with Case.open(args.home, create=True) as case:
        if not case.size()["documents"]:
            rate, processor = load(case, args.documents, args.claims, args.seed, args.at_once)
            print(f"load: {rate:,.0f} claims/s, {processor:,.0f} per second of processor time")
            if case.folder is None:
                vacuum(args.home)
        there = case.size()
        print(f"{there['documents']:,} documents, {there['claims']:,} claims")
        print("  ".join(f"{name} {mb:,.0f} MB" for name, mb in size(case).items()))
        for name, view in views(case, random.Random(args.seed)).items():
            median, p95, processor = percentiles(view, args.times)
            worst = max(worst, p95)
            print(f"{name:<56} p50 {median:7.1f} ms  p95 {p95:7.1f} ms  (processor {processor:6.1f} ms)")
    return int(worst > LIMIT_MS or rate < LIMIT_RATE)


if __name__ == "__main__":
    sys.exit(main())
