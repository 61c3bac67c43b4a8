"""Whatever the description of the JSON side allows to ask: does it ever fail, or answer otherwise than described?

python bench/api.py                  10,000 requests made by schemathesis (some minutes), over the example articles
python bench/api.py --cases 500      a look

Exit code 1 where a request was answered with a server error, or with something else than the description says.
"""

from __future__ import annotations

import argparse
import dataclasses
import platform
import sys
import tempfile
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

sys.path.append(str(Path(__file__).parents[1] / "tests" / "web"))
from browsing import served

from annotated import read_set
from beleg import __version__
from beleg.model import Block, Piece, Span, TextMap
from beleg.store.case import Case, Reading
from beleg.web.app import PAGES
from beleg.web.keeper import Keeper
from beleg.web.openapi import OPERATIONS, describe

ROOT = Path(__file__).parents[1]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def fill(case: Case) -> None:
    """Keep the example articles with the claims that people marked in them."""
    known = read_set(ROOT / "examples" / "de")
    for d in known.documents:
        n = len(d.text)
        d = dataclasses.replace(d, map=TextMap((Piece(0, n, 0, n),)), blocks=(Block(Span(0, n), "body"),))
        case.add_many([Reading(d, d.text.encode(), 0, [c for c in known.claims if c.document == d.id], [])])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000, help="requests altogether")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"beleg {__version__}, schemathesis {version('schemathesis')}, hypothesis {hypothesis.__version__}, ", end="")
    print(f"Python {platform.python_version()}, seed {options.seed}")
    each = -(-options.cases // len(OPERATIONS))
    codes: dict[str, Counter[int]] = {path: Counter() for path in OPERATIONS}
    faults: list[str] = []
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, Case.open(Path(folder) / "case", create=True) as case:
        fill(case)
        with served(case) as site:
            schema = schemathesis.openapi.from_dict(describe([path for path, _ in PAGES]))
            headers = {"Authorization": f"Bearer {site.gate.token}"}
            for path in OPERATIONS:
                there = names(case, path.split("/")[2])
                _ask(schema[path]["GET"], each, options.seed, site.base, headers, codes[path], faults, there)
    total = sum(sum(c.values()) for c in codes.values())
    for path, found in codes.items():
        print(f"{path:<24} {sum(found.values()):>6}  " + "  ".join(f"{code}: {n}" for code, n in sorted(found.items())))
    errors = sum(n for found in codes.values() for code, n in found.items() if code >= 500)
    print(f"{total:,} requests in {time.perf_counter() - start:,.0f} s, {errors} server errors", end="")
    print(f" (below {300 / total:.3f} % at 95 %)" if not errors else "")
    print(f"{len(faults)} answers otherwise than described")
    for fault in faults[:20]:
        print("FAULT", fault)
    return int(bool(errors or faults))


def names(case: Case, kind: str) -> list[str]:
    """Return ids of what is in the case, for addresses that take one."""
    if kind == "matter":
        return [line.matter for line in Keeper(case).register()[0].all_lines({})]
    if kind == "source":
        return [r.name for r in Keeper(case).register()[0].heaviest(20)]
    return [c.id for c in case.claims()] if kind == "claim" else [d.name for d in case.documents()]


def _ask(
    operation: object,
    cases: int,
    seed: int,
    base: str,
    headers: dict[str, str],
    codes: Counter[int],
    faults: list[str],
    there: list[str],
) -> None:
    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(asked=operation.as_strategy())  # type: ignore[attr-defined]
    def ask(asked: schemathesis.Case) -> None:
        if "id" in (asked.path_parameters or {}) and sum(codes.values()) % 2:  # every second one names what is there
            asked.path_parameters["id"] = quote(there[sum(codes.values()) // 2 % len(there)], safe="")
        answer = asked.call(base_url=base, headers=headers)
        codes[answer.status_code] += 1
        try:
            asked.validate_response(answer, checks=CHECKS)
        except (Failure, FailureGroup) as e:
            faults.append(f"{asked.formatted_path} {asked.query}: {str(e)[:300]}")

    ask()


if __name__ == "__main__":
    sys.exit(main())
