"""The time part of bench/mentions.py."""

from __future__ import annotations

import calendar
import hashlib
import importlib.util
import json
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from beleg.find.dates import find_times
from beleg.find.quantities import find_quantities
from beleg.model import DayRange, Published

Row = dict[str, Any]
Finder = Callable[[Row], list[Row]]
RUNS = 3
PEER_TEXTS, PEER_LETTERS = 20, 2500  # a peer that reads a thousand letters a second is not given all
HEIDELTIME = {  # HeidelTime 2.2.1 with TreeTagger, news rules (narrative for WikiWarsDE); measured outside this run
    "krauts": "value .670 relaxed .807 (all of KRAUTS)",
    "wikiwars": "value .819 relaxed .940 (all of WikiWarsDE)",
    "seeds_timex_krauts": "value .821 where one is given",
}
GRAINS = {"year": 4, "month": 7, "day": 10}


def scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_time", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"cannot read the scoring script {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def published(day: str | None) -> Published:
    if not day:
        return Published()
    bits = [int(b) for b in day.split("-")]
    if len(bits) == 3:
        return Published(DayRange(date(*bits), date(*bits)), "given")
    year, month = bits
    return Published(DayRange(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])), "given")


def find_with_beleg(row: Row) -> list[Row]:
    found, _ = find_times(row["text"], [], "de", published(row.get("dct")), timex3=True)
    return [{"start": t.span.start, "end": t.span.end, "type": t.kind.upper(), "value": t.value} for t in found]


def opened(row: Row) -> bool:
    """Whether the rules were written with a view of this text (all of WikiWarsDE was); the others were scored only."""
    if row.get("corpus") != "KRAUTS":
        return True
    digest = hashlib.sha1(str(row["doc"]).encode()).digest()
    return not (digest[0] % 3 == 0 and digest[1] % 2 == 1)


def measure(path: Path, score: Path, errors: int) -> dict[str, float]:
    gold = rows(path)
    module = scorer(score)
    print(f"\n{path.name}: {len(gold)} texts")
    whole = _scored(module, gold, find_with_beleg)
    _show("beleg", whole)
    parts = [[r for r in gold if opened(r) is seen] for seen in (True, False)]
    if all(parts) and len(gold) > 10:
        for name, part in zip(("texts looked at", "texts not looked at"), parts, strict=True):
            _show(f"  {name} ({len(part)})", _scored(module, part, find_with_beleg))
    for key, figures in HEIDELTIME.items():
        if path.name.startswith(key):
            print(f"  HeidelTime 2.2.1 (quoted)   {figures}")
    if errors:
        _errors(gold, errors)
    key = path.stem.removesuffix("_dev")
    out = {f"time_{key}_value": whole["value"], f"time_{key}_relaxed": whole["relaxed"]}
    if whole["given"] < whole["gold"]:
        out[f"time_{key}_value_given"] = whole["value_given"]
    return out


def _scored(module: ModuleType, gold: Iterable[Row], find: Finder) -> dict[str, float]:
    total: Counter[str] = Counter()
    for row in gold:
        total.update(module.counts(row["timexes"], find(row), False))
        total["given"] += sum(t.get("value") is not None for t in row["timexes"])
    f1 = {k: module.prf(total[k], total["sys"], total["gold"])[2] for k in ("strict", "relaxed", "type", "value")}
    given = total["value"] / total["given"] if total["given"] else 0.0
    return {**f1, "gold": total["gold"], "given": total["given"], "value_given": given}


def _show(name: str, s: dict[str, float]) -> None:
    more = f"  value where one is given {s['value_given']:.3f}" if s["given"] < s["gold"] else ""
    print(
        f"  {name:28s} value {s['value']:.3f}  relaxed {s['relaxed']:.3f}  strict {s['strict']:.3f}"
        f"  type {s['type']:.3f}  of {s['gold']}{more}"
    )


def _errors(gold: Iterable[Row], most: int) -> None:
    left = most
    for row in gold:
        found = {(t["start"], t["end"]): t for t in find_with_beleg(row)}
        for t in row["timexes"]:
            near = [f for (a, b), f in found.items() if a < t["end"] and t["start"] < b]
            if left and t["value"] is not None and t["value"] not in [f["value"] for f in near]:
                left -= 1
                print(f"    {row['doc']}: {t['text']!r} {t['value']}, found {[f['value'] for f in near]}")


def measure_speed(news: Path) -> None:
    if not news.is_file():
        print(f"\nno texts to measure speed on: {news}")
        return
    texts = [r["text"] for r in rows(news)]
    size = sum(map(len, texts))
    day = published("2016-01-15")
    for text in texts[:50]:
        find_quantities(text, [], "de", find_times(text, [], "de", day)[0])
    dates, both = [], []
    for _ in range(RUNS):
        start = time.process_time()
        found = [find_times(t, [], "de", day)[0] for t in texts]
        middle = time.process_time()
        for text, times in zip(texts, found, strict=True):
            find_quantities(text, [], "de", times)
        end = time.process_time()
        dates.append(size / (middle - start))
        both.append(size / (end - start))
    print(f"\nspeed over {len(texts)} articles, {size:,} characters, median of {RUNS} runs, processor time")
    print(f"  dates {statistics.median(dates):,.0f} characters/s (HeidelTime without a tagger, quoted: 21,000)")
    print(f"  dates and quantities {statistics.median(both):,.0f} characters/s")


# --- peers ----------------------------------------------------------------------------------------------------------


def measure_peers(path: Path, score: Path) -> None:
    gold = [r for r in rows(path) if r.get("dct") and len(r["dct"]) == 10 and len(r["text"]) < PEER_LETTERS]
    gold = gold[:PEER_TEXTS] or [r for r in rows(path) if r.get("dct") and len(r["dct"]) == 10][:1]
    if not gold:
        return
    module = scorer(score)
    print(f"\n{path.name}: peers on {len(gold)} texts of it")
    for name, make in (("beleg", lambda: find_with_beleg), ("dateparser", dateparser), ("Duckling", duckling)):
        try:
            find = make()
        except ImportError as e:
            print(f"  {name}: not installed ({e.name})")
            continue
        start = time.perf_counter()
        figures = _scored(module, gold, find)
        speed = sum(len(r["text"]) for r in gold) / (time.perf_counter() - start)
        _show(name, figures)
        print(f"    {speed:,.0f} characters/s")


def dateparser() -> Finder:
    from dateparser.search import search_dates

    def find(row: Row) -> list[Row]:
        base = datetime.fromisoformat(row["dct"])
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "RETURN_TIME_AS_PERIOD": True}
        out, place = [], 0
        for words, day in search_dates(row["text"], languages=["de"], settings=settings) or []:
            start = row["text"].find(words, place)
            if start >= 0:
                place = start + len(words)
                out.append({"start": start, "end": place, "type": "DATE", "value": day.date().isoformat()})
        return out

    return find


def duckling() -> Finder:
    import duckling as d

    zones = d.load_time_zones("/usr/share/zoneinfo")
    locale = d.parse_locale("DE_XX", d.default_locale_lang(d.parse_lang("DE")))
    dimensions = d.parse_dimensions(["time", "duration"])

    def find(row: Row) -> list[Row]:
        noon = int(datetime.fromisoformat(row["dct"]).timestamp()) + 12 * 3600
        context = d.Context(d.parse_ref_time(zones, "Europe/Berlin", noon), locale)
        out = []
        for e in d.parse(row["text"], context, dimensions, False):
            value = e["value"]
            if e["dim"] == "duration":
                unit = {"hour": "TH", "minute": "TM", "second": "TS"}.get(value["unit"], value["unit"][0].upper())
                text = f"P{unit[0]}{value['value']}{unit[1]}" if unit[0] == "T" else f"P{value['value']}{unit}"
                kind = "DURATION"
            else:
                first = value.get("value") or (value.get("from") or value.get("to") or {}).get("value", "")
                grain = value.get("grain") or "day"
                text, kind = _timex(first, grain), "DATE" if grain in GRAINS or grain == "week" else "TIME"
            out.append({"start": e["start"], "end": e["end"], "type": kind, "value": text})
        return out

    return find


def _timex(stamp: str, grain: str) -> str:
    if grain == "week":
        year, number, _ = date.fromisoformat(stamp[:10]).isocalendar()
        return f"{year}-W{number:02d}"
    return stamp[: GRAINS.get(grain, 16)]
