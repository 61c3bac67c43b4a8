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
import platform
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import sqlalchemy

sys.path.append(str(Path(__file__).parents[1] / "tests" / "store"))
from postgres import Cluster

from beleg.model import Block, Claim, DayRange, Document, Piece, Published, Quantity, Source, Span, TextMap, TimeMention
from beleg.store.case import Case, Reading
from beleg.store.look import Wanted

STATES = ["KP", "RU", "IR", "UA", "US", "DE", "KR", "CN", "BY", "FR", "GB", "PL", "SY", "YE", "LY", "SD"]
ITEMS = ["artillery shells", "KN-23", "shipping containers of arms", "troops", "ballistic missiles", "drones"]
SOURCES = ["South Korea", "United States", "Ukraine", "NIS", "CNN", "Yonhap", "Conflict Watch", "Ministry of Defence"]
EVENTS = ["transfer", "agreement", "production", "use", "stockpile", "request"]
STANCES = ["fact", "said", "hedged", "planned", "denied", "unconfirmed"]
VOCABULARY = """
    Hafenbericht Schiffsladung Bahnladung Werkbericht Lagerbericht Grenzbericht Feldbericht Seeladung Landladung
    Container Granaten Raketen geliefert Angaben zufolge Munition Satellitenbilder und die der nach mehr als sagte
    Sprecher Montag Geheimdienst aus vom Regierung Ministerium Zeitung Woche Hafen Zug Bericht Foto Lieferung
"""
WORDS = VOCABULARY.split()
PAGE = 50
LIMIT_MS, LIMIT_RATE = 100.0, 20_000.0


def readings(documents: int, claims: int, seed: int) -> Iterator[Reading]:
    """Give made-up documents of the size of a news item (about 2,000 characters), claims over them."""
    rng = random.Random(seed)
    for n in range(documents):
        sentences = [" ".join(rng.choices(WORDS, k=18)) + "." for _ in range(max(claims, 12))]
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


def load(case: Case, documents: int, claims: int, seed: int, at_once: int) -> float:
    """Return claims per second; making the values does not count."""
    spent, waiting = 0.0, []
    for n, reading in enumerate(readings(documents, claims, seed), 1):
        waiting.append(reading)
        if len(waiting) == at_once or n == documents:
            start = time.perf_counter()
            case.add_many(waiting)
            spent += time.perf_counter() - start
            waiting = []
    return documents * claims / spent


def views(case: Case, rng: random.Random, total: int) -> dict[str, Callable[[], object]]:
    def one(of: list[str]) -> str:
        return rng.choice(of)

    def words() -> str:
        return " ".join(rng.sample(WORDS, 2))

    return {
        "first page": lambda: case.claims(limit=PAGE),
        "page anywhere": lambda: case.claims(limit=PAGE, offset=rng.randrange(total)),
        "supplier": lambda: case.claims(supplier=one(STATES), limit=PAGE),
        "supplier and recipient": lambda: case.claims(supplier=one(STATES), recipient=one(STATES), limit=PAGE),
        "item and stance": lambda: case.claims(item=one(ITEMS), stance=one(STANCES), limit=PAGE),
        "source": lambda: case.claims(source=one(SOURCES), limit=PAGE),
        "source, event, item": lambda: case.claims(source=one(SOURCES), event=one(EVENTS), item=one(ITEMS), limit=PAGE),
        "two words": lambda: case.claims(text=words(), limit=PAGE),
        "two words and supplier": lambda: case.claims(text=words(), supplier=one(STATES), limit=PAGE),
        "count of a filter": lambda: case.count(Wanted(supplier=one(STATES), recipient=one(STATES))),
    }


def percentiles(view: Callable[[], object], times: int) -> tuple[float, float]:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        view()
        spent.append((time.perf_counter() - start) * 1000)
    spent.sort()
    return spent[len(spent) // 2], spent[int(len(spent) * 0.95)]


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
    parser.add_argument("--at-once", type=int, default=500, help="documents in one transaction")
    parser.add_argument("--times", type=int, default=100, help="calls of each view")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with contextlib.ExitStack() as stack:
        if args.home == "postgresql":
            server = stack.enter_context(Cluster(Path(tempfile.mkdtemp())))
            args.home = server.database("bench")
        return bench(args)


def bench(args: argparse.Namespace) -> int:
    """Load where nothing is loaded, time the views, print."""
    if not args.home.startswith("postgres"):
        Path(args.home).parent.mkdir(parents=True, exist_ok=True)
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, SQLAlchemy {sqlalchemy.__version__}")
    worst, rate = 0.0, LIMIT_RATE
    with Case.open(args.home, create=True) as case:
        if not case.size()["documents"]:
            rate = load(case, args.documents, args.claims, args.seed, args.at_once)
            print(f"load: {rate:,.0f} claims/s ({args.at_once} documents a transaction)")
        there = case.size()
        print(f"{there['documents']:,} documents, {there['claims']:,} claims")
        print("  ".join(f"{name} {mb:,.0f} MB" for name, mb in size(case).items()))
        for name, view in views(case, random.Random(args.seed), there["claims"]).items():
            median, p95 = percentiles(view, args.times)
            worst = max(worst, p95)
            print(f"{name:<26} p50 {median:7.1f} ms  p95 {p95:7.1f} ms")
    return int(worst > LIMIT_MS or rate < LIMIT_RATE)


if __name__ == "__main__":
    sys.exit(main())
