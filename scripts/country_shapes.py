"""Rebuild ``data/shapes.csv`` from Natural Earth, public domain, as packed by world-atlas (npm, ISC).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    pip install iso3166
    python scripts/country_shapes.py package

Outlines are those of scale 1:110 million, to a tenth of a degree; points for states too small for that come from the
scale of 1:50 million. Natural Earth draws who controls a place; Crimea is drawn here as a part of Ukraine, as the
General Assembly of the United Nations has it (resolution 68/262).
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import iso3166

OUT = Path(__file__).parents[1] / "src" / "beleg" / "data" / "shapes.csv"
SOURCE = "Natural Earth 4.1 by way of world-atlas 2.0.2"
NO_NUMBER = {"Kosovo": "XK"}  # user-assigned in ISO 3166
CRIMEA = (34.3, 45.2)

Point = tuple[float, float]
Ring = list[Point]


def outlines(path: Path) -> dict[str, tuple[str, list[Ring]]]:
    """Return name and outer rings of each country, by alpha-2 code."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [_arc(a, topology["transform"]) for a in topology["arcs"]]
    found: dict[str, tuple[str, list[Ring]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        number = iso3166.countries_by_numeric.get(shape.get("id") or "")
        code = number.alpha2 if number else NO_NUMBER.get(name)
        if code is None:
            continue
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        found[code] = (name, [_ring(polygon[0], arcs) for polygon in polygons])
    return found


def _arc(steps: list[list[int]], transform: dict[str, Any]) -> Ring:
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    out = []
    for dx, dy in steps:
        x, y = x + dx, y + dy
        out.append((x * sx + tx, y * sy + ty))
    return out


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    out: Ring = []
    for n in numbers:
        arc = arcs[n] if n >= 0 else arcs[~n][::-1]
        out += arc[1:] if out else arc
    return _joined(out)


def _joined(ring: Ring) -> Ring:
    """Return a ring that lies over the 180th meridian in one piece, with degrees beyond 180."""
    east = [(x + 360 if x < 0 else x, y) for x, y in ring]
    return east if _wide(east) < _wide(ring) - 90 else ring


def _wide(ring: Ring) -> float:
    return max(x for x, _ in ring) - min(x for x, _ in ring)


def area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def centre(ring: Ring) -> Point:
    """Return the centre of gravity of a ring."""
    a, cx, cy = area(ring), 0.0, 0.0
    if not a:
        return ring[0]
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        k = x1 * y2 - x2 * y1
        cx, cy = cx + (x1 + x2) * k, cy + (y1 + y2) * k
    return cx / (6 * a), cy / (6 * a)


def inside(point: Point, ring: Ring) -> bool:
    x, y = point
    odd = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def written(ring: Ring) -> str:
    """Return a ring as numbers, points that fall together once."""
    points = [(round(x, 1) + 0.0, round(y, 1) + 0.0) for x, y in ring]
    kept = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
    return " ".join(f"{x:g} {y:g}" for x, y in kept)


def main(package: Path) -> None:
    coarse, fine = outlines(package / "countries-110m.json"), outlines(package / "countries-50m.json")
    for shapes in (coarse, fine):
        crimea = [r for r in shapes["RU"][1] if inside(CRIMEA, r)]
        shapes["RU"][1][:] = [r for r in shapes["RU"][1] if r not in crimea]
        shapes["UA"][1].extend(crimea)
    with OUT.open("w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["code", "name", "longitude", "latitude", "rings", "source"])
        for code in sorted(fine.keys() | coarse.keys()):
            name, rings = fine.get(code) or coarse[code]
            x, y = centre(max(rings, key=lambda r: abs(area(r))))
            shown = coarse[code][1] if code in coarse else []
            out.writerow([code, name, f"{x:.1f}", f"{y:.1f}", "|".join(map(written, shown)), SOURCE])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
