"""Floors of quality: a bench fails below them, and they only go down by an explicit flag with a reason.

python bench/NAME.py                         print the figures, exit 1 below a floor
python bench/NAME.py --raise                 lift the floors to what is reached now
python bench/NAME.py --lower KEY --reason …  lower one floor to what is reached now, and keep the reason
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

PATH = Path(__file__).with_name("floors.json")
SLACK = 0.005  # a figure this close below its floor is rounding, not a loss


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is reached now")
    parser.add_argument("--lower", metavar="KEY", help="lower this floor to what is reached now")
    parser.add_argument("--reason", help="why a floor is lowered; kept beside it")


def check(bench: str, figures: Mapping[str, float], options: argparse.Namespace) -> int:
    """Compare figures with the floors of a bench, print what is below, and return the exit code.

    Figures are "higher is better"; a floor without a figure fails, so that a measure cannot vanish.
    """
    floors = json.loads(PATH.read_text(encoding="utf-8")) if PATH.exists() else {}
    own: dict[str, float] = floors.setdefault(bench, {})
    if options.lower:
        if not options.reason:
            raise SystemExit("--lower needs --reason")
        own[options.lower] = round(figures[options.lower], 4)
        floors.setdefault("lowered", []).append({"bench": bench, "floor": options.lower, "reason": options.reason})
    if options.lift:
        for key, value in figures.items():
            own[key] = max(own.get(key, value), round(value, 4))
    if options.lower or options.lift:
        PATH.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    below = [
        f"{key}: {figures[key]:.4f} is below its floor {floor:.4f}" if key in figures else f"{key}: not measured"
        for key, floor in sorted(own.items())
        if figures.get(key, float("-inf")) < floor - SLACK
    ]
    for line in below:
        print("BELOW FLOOR", line)
    return 1 if below else 0
