"""How long the ledger takes and how much memory it needs, from ten thousand claims to a million.

python bench/ledger.py                 10^4, 10^5 and 10^6 claims (about five minutes)
python bench/ledger.py --sizes 10000   a look

Each size runs in a process of its own, on one core; floors are on seconds of work, so that other programs do not
count. Claims are made up (``ledger_claims.py``, fixed seed): twenty a matter, a third of them repeats, every tenth
matter contested. No peer is measured beside it: none of the tools that keep figures with bounds computes this.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import floors
from beleg.ledger.build import LedgerState
from ledger_claims import articles_and_claims

ARTICLES = 25  # new articles timed one by one
MEMORY = 4.0  # GB that the full size may take


def measure(n: int) -> dict[str, float]:
    """Compute a ledger of ``n`` claims, then add articles one by one."""
    documents, claims = articles_and_claims(n)
    new = documents[:: max(1, len(documents) // ARTICLES)][:ARTICLES]  # from all over, so that each meets old matters
    last = {d.id for d in new}
    state = LedgerState()
    began, worked = time.perf_counter(), time.process_time()
    state.put([d for d in documents if d.id not in last], [c for c in claims if c.document not in last])
    ledger = state.ledger()
    full, work = time.perf_counter() - began, time.process_time() - worked
    each = []
    for d in new:
        its = [c for c in claims if c.document == d.id]
        worked = time.process_time()
        state.add(d, its)
        ledger = state.ledger()
        each.append(time.process_time() - worked)
    return {
        "claims": n,
        "matters": len(ledger.matters),
        "contested": sum(m.contested for m in ledger.matters),
        "wall_seconds": full,
        "seconds": work,
        "article_seconds": statistics.median(each),
        "article_seconds_worst": max(each),
        "gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    floors.add_options(parser)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one)))
        return 0
    print(f"beleg {version('beleg') if _installed() else 'from source'}, Python {platform.python_version()}, ", end="")
    print(f"{platform.system()} {platform.machine()}")
    rows = []
    for n in options.sizes:
        call = [sys.executable, str(Path(__file__)), "--one", str(n)]
        rows.append(json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout))
        r = rows[-1]
        print(f"{r['claims']:>9,} claims  {r['matters']:>6,} matters ({r['contested']:,} contested)", end="  ")
        print(
            f"{r['seconds']:7.1f} s of work ({r['wall_seconds']:.1f} s by the clock)  {r['gigabytes']:5.2f} GB",
            end="  ",
        )
        print(f"one article {r['article_seconds'] * 1000:.1f} ms (worst {r['article_seconds_worst'] * 1000:.1f})")
    first, last = rows[0], rows[-1]
    figures = {
        "claims a second": last["claims"] / last["seconds"],
        "articles a second": 1 / last["article_seconds"],
        "gigabytes left of 4": MEMORY - last["gigabytes"],
    }
    if last["claims"] > first["claims"]:
        growth = (last["seconds"] / first["seconds"]) / (last["claims"] / first["claims"])
        print(f"growth: {growth:.2f} times linear from {first['claims']:,} to {last['claims']:,}")
        figures["linear over measured growth"] = 1 / growth
    if last["claims"] < 1_000_000:
        print("floors hold for the full size only: not checked")
        return 0
    return floors.check("ledger", figures, options)


def _installed() -> bool:
    try:
        version("beleg")
    except ModuleNotFoundError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
