"""The quantity part of bench/mentions.py."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from beleg.find.quantities import find_quantities
from beleg.model import Quantity

Row = dict[str, Any]
TRAPS = ("designation", "non-quantity", "negative")
SPECS = {  # of each model in scope: the numbers (from 0) of the cases that are not, with the reason
    "Number/German/NumberModel": {
        29: "an article taken for one", 30: "an article taken for one", 37: "an article taken for one",
        46: "an article taken for one", 31: "a range whose first number lacks the scale of the second",
        32: "a range whose first number lacks the scale of the second", 36: "leading zeros",
    },
    "Number/German/PercentModel": {},
    "Number/German/NumberRangeModel": {},
    "NumberWithUnit/German/CurrencyModel": dict.fromkeys((21, 22, 30, 31, 32, 33), "euros and cents as one amount"),
    "NumberWithUnit/German/DimensionModel": {15: "an article taken for one", 23: "radians"},
}  # fmt: skip


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def measure(path: Path, texts: Path, errors: int) -> dict[str, float]:
    right = numbers = taken = traps = extra = units = 0
    missed = []
    for text, gold in documents(path, texts):
        found, _ = find_quantities(text, [], "de")
        used: set[Quantity] = set()
        for g in gold:
            near = [q for q in found if q.span.start < g["end"] and g["start"] < q.span.end]
            if g["kind"] == "negative":
                near = [q for q in near if q.kind != "ordinal"]
            used.update(near)
            if g["kind"] in TRAPS:
                traps, taken = traps + 1, taken + bool(near)
                if near:
                    missed.append(f"trap {g['text']!r}: {near[0].raw!r}")
                continue
            numbers += 1
            good = any(same(q, g) for q in near)
            right += good
            units += any(q.unit is not None for q in near)
            if not good:
                missed.append(f"{g['text']!r} {g['low']}..{g['high']}: {[(q.raw, q.low, q.high) for q in near]}")
        extra += sum(q not in used for q in found)
    print(
        f"\n{path.name}: {right} of {numbers} numbers right with bounds, {taken} of {traps} traps taken, {extra} others"
    )
    for line in missed[:errors]:
        print("   ", line)
    out = {f"quantities_{path.stem}": right / numbers if numbers else 0.0}
    if traps:
        out[f"quantities_{path.stem}_traps"] = 1 - taken / traps
    return out


def documents(path: Path, texts: Path) -> Iterator[tuple[str, list[Row]]]:
    """Yield texts with their gold rows; a row that is a sentence of its own is a text with one row."""
    by_doc: dict[str, list[Row]] = {}
    for row in rows(path):
        if "doc" not in row:
            whole = {**row, "start": 0, "end": len(row["text"])}
            yield row["text"], [whole]
        else:
            by_doc.setdefault(row["doc"], []).append(row)
    for doc, gold in by_doc.items():
        file = texts / f"{doc}.txt"
        if not file.is_file():
            raise SystemExit(f"{path.name} points to {doc}.txt, which is not in {texts}; give its folder with --texts")
        yield file.read_text(encoding="utf-8"), gold


def same(q: Quantity, gold: Row) -> bool:
    return close(q.low, gold["low"]) and close(q.high, gold["high"]) and q.approx == gold["approx"]


def close(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is None and b is None
    return abs(a - b) <= 1e-6 * max(1.0, abs(b))


def measure_specs(folder: Path, errors: int) -> dict[str, float]:
    if not folder.is_dir():
        print(f"\nno specifications in {folder}")
        return {}
    print(f"\n{folder.name}: number cases of Microsoft Recognizers-Text (MIT)")
    right = cases = 0
    for name, out_of_scope in SPECS.items():
        model = json.loads((folder / f"{name}.json").read_text(encoding="utf-8-sig"))
        good = total = 0
        for number, case in enumerate(model):
            if number in out_of_scope:
                continue
            total += 1
            ok = _case_right(name, case)
            good += ok
            if not ok and errors:
                print(f"    {name} {number}: {case['Input'][:90]!r}")
        left = (
            f"; {len(out_of_scope)} out of scope: {', '.join(sorted(set(out_of_scope.values())))}"
            if out_of_scope
            else ""
        )
        print(f"  {name.rsplit('/', 1)[1]:18s} {good} of {total}{left}")
        right, cases = right + good, cases + total
    print(f"  all {right / cases:.3f}")
    return {"quantities_specs": right / cases}


def _case_right(name: str, case: Row) -> bool:
    found, _ = find_quantities(case["Input"], [], "de")
    found = [q for q in found if q.kind != "ordinal"]
    if "Percent" in name:
        found = [q for q in found if q.kind == "percent"]
    if "WithUnit" in name:
        return _units_right(case, found)
    wanted: list[float | tuple[float | None, float | None]] = []
    for r in case["Results"]:
        wanted += _values(r["Resolution"].get("value") or "")
    got = [v for q in found for v in ((q.low, q.high) if q.low != q.high else (q.low,)) if v is not None]
    if not wanted:
        return not found
    return len(got) == len(wanted) and all(close(a, b) for a, b in zip(got, wanted, strict=True))


def _values(text: str) -> list[float]:
    bare = text.strip("%()[]").split(",") if text[:1] in "([" else [text.rstrip("%").replace(",", ".")]
    return [float(b) for b in bare if b]


def _units_right(case: Row, found: list[Quantity]) -> bool:
    """Every number with a unit is found with its value and some unit."""
    for r in case["Results"]:
        wanted = r["Resolution"].get("value")
        if wanted is None:
            continue
        value = float(str(wanted).replace(",", "."))
        if not any(close(q.low, value) or close(q.high, value) for q in found):
            return False
    return True


# --- peers ----------------------------------------------------------------------------------------------------------


def measure_peers(path: Path, texts: Path) -> None:
    for name, make in (("ms-recognizers-text-number", recognizers), ("Duckling", duckling)):
        try:
            find = make()
        except ImportError as e:
            print(f"{path.name}: {name}: not installed ({e.name})")
            continue
        right = numbers = taken = traps = 0
        for text, gold in documents(path, texts):
            found = list(find(text))
            for g in gold:
                near = [v for a, b, v in found if a < g["end"] and g["start"] < b]
                if g["kind"] in TRAPS:
                    traps, taken = traps + 1, taken + bool(near)
                elif (wanted := g["low"] if g["low"] is not None else g["high"]) is not None:
                    numbers, right = numbers + 1, right + any(close(v, wanted) for v in near)
        print(f"{path.name}: {name}: {right} of {numbers} values (it gives no bounds), {taken} of {traps} traps taken")


def recognizers() -> Callable[[str], Iterable[tuple[int, int, float]]]:
    from ms_recognizers_number import recognize_number

    def find(text: str) -> Iterator[tuple[int, int, float]]:
        for r in recognize_number(text, "de-de"):
            try:
                yield r.start, r.end + 1, float(str(r.resolution["value"]).replace(",", "."))
            except (TypeError, ValueError):
                continue

    return find


def duckling() -> Callable[[str], Iterable[tuple[int, int, float]]]:
    import duckling as d

    zones = d.load_time_zones("/usr/share/zoneinfo")
    context = d.Context(
        d.parse_ref_time(zones, "Europe/Berlin", 1_700_000_000),
        d.parse_locale("DE_XX", d.default_locale_lang(d.parse_lang("DE"))),
    )
    dimensions = d.parse_dimensions(["number"])

    def find(text: str) -> Iterator[tuple[int, int, float]]:
        for e in d.parse(text, context, dimensions, False):
            yield e["start"], e["end"], float(e["value"]["value"])

    return find
