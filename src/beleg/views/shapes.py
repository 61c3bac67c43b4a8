"""States as shapes and points for the map: ``data/shapes.csv``, from Natural Earth (``scripts/country_shapes.py``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from beleg.find.actor_tables import ActorRow
from beleg.find.places import PlaceRow
from beleg.lexicon import csv_table

Point = tuple[float, float]  # degrees east, degrees north


@dataclass(frozen=True, slots=True)
class ShapeRow:
    """A state or territory; ``rings`` are numbers in pairs, degrees east and north, empty where it is too small."""

    code: str  # ISO 3166-1 alpha-2
    name: str
    longitude: float  # of its largest part's centre
    latitude: float
    rings: tuple[str, ...]
    source: str


@cache
def points() -> dict[str, Point]:
    """Return where a state is marked, by code: at its capital, where that is known, else its middle."""
    towns = {(row.country, form): (row.longitude, row.latitude) for row in _by_size() for form in row.forms_de}
    capitals = {
        row.id: towns[row.id, name]
        for row in csv_table("states", ActorRow)
        for name in reversed(row.capitals_de)
        if (row.id, name) in towns
    }
    return {row.code: (row.longitude, row.latitude) for row in csv_table("shapes", ShapeRow)} | capitals


@cache
def outlines() -> tuple[tuple[str, tuple[tuple[Point, ...], ...]], ...]:
    """Return code and outlines of every state that has any, by code."""
    return tuple((row.code, tuple(map(_ring, row.rings))) for row in csv_table("shapes", ShapeRow) if row.rings)


def _ring(written: str) -> tuple[Point, ...]:
    numbers = [float(x) for x in written.split()]
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


def place(name: str) -> Point | None:
    """Return where a place lies, named as the tables or as articles name it; None where they do not know it."""
    found = _places().get(name)
    return None if found is None else (found.longitude, found.latitude)


@cache
def _places() -> dict[str, PlaceRow]:
    return {name: row for row in _by_size() for name in (*row.forms_de, row.name)}


@cache
def _by_size() -> tuple[PlaceRow, ...]:
    """Return all places, the largest last."""
    return tuple(sorted(csv_table("places", PlaceRow), key=lambda row: (row.population or 0, row.id)))
