"""How fast are the pages? A case of a million claims, ten people who ask without a pause, every kind of page.

python bench/web.py --home /tmp/case --claims 1000000   make the case where there is none (ten minutes), measure
python bench/web.py --home /tmp/case                    measure the case that is there

The server is ``beleg serve`` in a process of its own; the people are threads of this one, each with one connection, on
the loopback interface. Everybody asks for the next page as soon as the last one has come: ten people who read would
ask far less. Claims are made up (``ledger_claims.py``). No peer is measured beside it: no other tool shows such pages.
Exit code 1 where the 95th percentile of some page is above the bound.
"""

from __future__ import annotations

import argparse
import dataclasses
import http.client
import itertools
import os
import platform
import random
import re
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import floors
from beleg import __version__
from beleg.model import Block, Document, Piece, Span, TextMap
from beleg.store.case import Case, Reading
from beleg.web.keeper import Keeper
from beleg.web.register import ORDERS, Register
from ledger_claims import STATES, UNITS, articles_and_claims

LIMIT = 300.0  # ms, 95th percentile of every page
AT_ONCE = 1000  # articles kept in one transaction

Ask = Callable[[random.Random], str]


def make(home: Path, claims: int) -> None:
    """Make a case of made-up claims, and its register."""
    with Case.open(home, create=True) as case:
        if not case.size()["claims"]:
            start = time.perf_counter()
            documents, made = articles_and_claims(claims)
            of: dict[str, list[object]] = defaultdict(list)
            for c in made:
                of[c.document].append(c)
            for n in range(0, len(documents), AT_ONCE):
                some = documents[n : n + AT_ONCE]
                case.add_many([Reading(whole(d), d.text.encode(), 1, of[d.id], []) for d in some])  # type: ignore[arg-type]
            del documents, made, of
            print(f"loaded in {time.perf_counter() - start:,.0f} s", flush=True)
    with Case.open(home) as case:
        start = time.perf_counter()
        Keeper(case).register(wait=True)
        print(f"ledger computed, or found, in {time.perf_counter() - start:,.0f} s", flush=True)


def whole(d: Document) -> Document:
    """Return a made-up document with the map and the block that a reader would give it."""
    n = len(d.text)
    return dataclasses.replace(d, map=TextMap((Piece(0, n, 0, n),)), blocks=(Block(Span(0, n), "body"),))


def pages(register: Register, case: Case) -> dict[str, Ask]:
    """Return every kind of page with a way to draw an address of it."""
    size, matters = case.size(), [x for (x,) in register.ask("SELECT id FROM matter")]
    items = register.choices()["item"]
    speakers = [x for (x,) in register.ask("SELECT name FROM source WHERE name LIKE '% of %'")] or ["nobody"]
    outlets = [x for (x,) in register.ask("SELECT name FROM source WHERE name LIKE 'Blatt %'")] or speakers
    deep = max(1, size["claims"] // 50)

    def to(path: str, **wanted: str) -> str:
        return f"{path}?{urlencode(wanted)}" if wanted else path

    def claim(rng: random.Random) -> tuple[str, str]:
        (document, id), *_ = register.ask("SELECT document, claim FROM placed WHERE document >= ? LIMIT 1", (
            f"a{rng.randrange(size['documents'])}",
        ))  # fmt: skip
        return document, id

    return {
        "ledger": lambda r: to(
            "/ledger", sort=r.choice(list(ORDERS)), page=str(r.randrange(1, 1 + len(matters) // 50))
        ),
        "ledger, filtered": lambda r: to("/ledger", supplier=r.choice(STATES), unit=r.choice(UNITS)),
        "ledger, words": lambda r: to("/ledger", q=f"{r.choice(STATES)} {r.choice(UNITS)}", contested="1"),
        "matter": lambda r: f"/matter/{r.choice(matters)}",
        "matter's chart": lambda r: f"/matter/{r.choice(matters)}/life.svg",
        "claims": lambda r: to("/claims", page=str(r.randrange(1, min(deep, 200)))),
        "claims, filtered": lambda r: to("/claims", supplier=r.choice(STATES), item=r.choice(items)),
        "claims of a source": lambda r: to("/claims", source=r.choice(speakers)),
        "claim": lambda r: f"/claim/{quote(claim(r)[1], safe='')}",
        "documents": lambda r: to("/documents", page=str(r.randrange(1, 200))),
        "document": lambda r: f"/document/{quote(claim(r)[0], safe='')}",
        "search": lambda r: to("/search", q=f"wort{r.randrange(4000)}"),
        "review": lambda r: "/review",
        "decisions": lambda r: "/decisions",
        "check": lambda r: "/check",
        "import": lambda r: "/import",
        "sources": lambda r: "/sources",
        "source": lambda r: f"/source/{quote(r.choice(speakers), safe='')}",
        "outlet": lambda r: f"/source/{quote(r.choice(outlets), safe='')}",
        "map": lambda r: "/map",
        "map, filtered": lambda r: to("/map", item=r.choice(items)),
        "timeline": lambda r: to("/timeline", page=str(r.randrange(1, 100))),
        "timeline, filtered": lambda r: to("/timeline", supplier=r.choice(STATES)),
        "timeline of a matter": lambda r: to("/timeline", matter=r.choice(matters)),
        "log": lambda r: "/log",
        "JSON: ledger": lambda r: to("/api/ledger", supplier=r.choice(STATES)),
        "JSON: matter": lambda r: f"/api/matter/{r.choice(matters)}",
    }


def serve(home: str) -> tuple[subprocess.Popen[str], str, str]:
    """Start the server; return it with its address and token."""
    command = [sys.executable, "-m", "beleg", "serve", "--case", home, "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    found = re.search(r"http://(\S+)/\?token=(\S+)", server.stdout.readline())
    assert found is not None, "the server said no address"
    return server, found[1], found[2]


def ask(connection: http.client.HTTPConnection, token: str, path: str) -> float:
    """Return the milliseconds until the whole answer is there."""
    start = time.perf_counter()
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}", "Accept-Language": "de"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return (time.perf_counter() - start) * 1000


def measure(
    host: str, token: str, kinds: dict[str, Ask], users: int, requests: int, pause: float
) -> dict[str, list[float]]:
    """Let ``users`` ask for pages of all kinds in turn, each from another kind on; return the times by kind."""
    times: dict[str, list[float]] = defaultdict(list)
    broken: list[Exception] = []

    def user(number: int) -> None:
        rng = random.Random(number)
        names = list(kinds)
        rng.shuffle(names)
        connection = http.client.HTTPConnection(urlsplit(f"//{host}").netloc, timeout=120)
        try:
            for name in itertools.islice(itertools.cycle(names), requests):
                times[name].append(ask(connection, token, kinds[name](rng)))
                time.sleep(pause)
        except (OSError, http.client.HTTPException, RuntimeError) as e:
            broken.append(e)
        finally:
            connection.close()

    people = [threading.Thread(target=user, args=(n,)) for n in range(users)]
    for p in people:
        p.start()
    for p in people:
        p.join()
    if broken:
        raise SystemExit(f"a page did not come: {broken[0]}")
    return times


def shown(times: dict[str, list[float]]) -> Iterator[tuple[str, float]]:
    """Print the times of each kind and give its 95th percentile."""
    for name, found in times.items():
        found = sorted(found)
        p95 = found[min(len(found) - 1, int(len(found) * 0.95))]
        middle = found[len(found) // 2]
        print(f"{name:<24} {len(found):>5} times  p50 {middle:7.1f}  p95 {p95:7.1f}  most {found[-1]:7.1f} ms")
        yield name, p95


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", required=True, help="folder of the case")
    parser.add_argument("--claims", type=int, default=0, help="make a case of so many claims where there is none")
    parser.add_argument("--users", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=10, help="how often each user asks for each kind of page")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds that each user waits between two pages")
    parser.add_argument("--only", help="a kind of page")
    floors.add_options(parser)
    options = parser.parse_args()
    if options.claims:
        make(Path(options.home), options.claims)
    with Case.open(options.home) as case:
        register, current = Keeper(case).register(wait=True)
        size, kinds = case.size(), pages(register, case)
    kinds = {name: draw for name, draw in kinds.items() if options.only in (None, name)}
    print(f"beleg {__version__}, Python {platform.python_version()}, {os.cpu_count()} processors, ", end="")
    print(f"load before {os.getloadavg()[0]:.1f}")
    print(f"{size['claims']:,} claims, {size['documents']:,} documents, {register.matters:,} matters", end="")
    print("" if current else " (of a moment ago)")
    server, host, token = serve(options.home)
    try:
        alone = measure(host, token, kinds, 1, len(kinds) * 3, 0.0)
        print("\none person")
        for _ in shown(alone):
            pass
        print(f"\n{options.users} people, {options.pause:g} s between two pages of each")
        worst = max(
            p95
            for _, p95 in shown(measure(host, token, kinds, options.users, len(kinds) * options.rounds, options.pause))
        )
    finally:
        server.terminate()
        server.wait(30)
    print(f"slowest kind: p95 {worst:.1f} ms, bound {LIMIT:.0f} ms")
    if size["claims"] < 1_000_000:
        print("bound and floors hold for a million claims only")
        return 0
    return max(int(worst > LIMIT), floors.check("web", {"ms left of 300": LIMIT - worst}, options))


if __name__ == "__main__":
    sys.exit(main())
