"""How well mentions are found: time expressions and quantities, beside the peers that are installed.

usage: python bench/mentions.py [--time FILE …] [--quantities FILE …] [--texts DIR] [--specs DIR] [--no-peers]

FILE is any file of the forms in ../shared/corpus: --time takes rows with "doc", "dct", "text" and "timexes";
--quantities rows with "doc", "start", "end" over the texts in DIR (NAME.txt), or rows that are a sentence with "nums".
Without arguments all files of ../shared/corpus are taken. Time is scored by ../shared/evaluate/score_time.py. Peers
(dateparser, pyduckling-native-phihos, ms-recognizers-text-number) are measured in the same run where they can be
imported. HeidelTime needs Java and is quoted.
"""

from __future__ import annotations

import argparse
import platform
import sys
from importlib.metadata import version
from pathlib import Path

import mentions_quantities
import mentions_time
import mentions_written
from floors import add_options, check

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--time", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--quantities", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--texts", type=Path, default=CORPUS / "seeds", help="folder of the texts that FILEs point to")
    parser.add_argument("--specs", type=Path, default=CORPUS / "quantities" / "recognizers_specs_de")
    parser.add_argument(
        "--news", type=Path, default=CORPUS / "news" / "gnad_test.jsonl", help="texts to measure speed on"
    )
    parser.add_argument("--score", type=Path, default=SHARED / "evaluate" / "score_time.py")
    parser.add_argument("--no-peers", dest="peers", action="store_false")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print up to N misses a file")
    add_options(parser)
    options = parser.parse_args()
    own = options.time is None and options.quantities is None
    times = options.time or (sorted((CORPUS / "time").glob("*.jsonl")) if own else [])
    quantities = options.quantities or (sorted((CORPUS / "quantities").glob("*.jsonl")) if own else [])
    print(f"beleg {version_of('beleg')}, Python {platform.python_version()}, one core")
    figures: dict[str, float] = {}
    for path in times:
        figures |= mentions_time.measure(path, options.score, options.errors)
    for path in quantities:
        figures |= mentions_quantities.measure(path, options.texts, options.errors)
    if own:
        figures |= mentions_quantities.measure_specs(options.specs, options.errors)
        mentions_written.measure(Path(__file__).resolve().parents[1] / "corpus")
        mentions_time.measure_speed(options.news)
    if options.peers:
        for path in times:
            mentions_time.measure_peers(path, options.score)
        for path in quantities:
            mentions_quantities.measure_peers(path, options.texts)
    return check("mentions", figures, options) if own else 0


def version_of(name: str) -> str:
    try:
        return version(name)
    except ImportError:
        return "(source)"


if __name__ == "__main__":
    sys.exit(main())
