"""The tables of ``data/``: read, checked against a row class, and kept.

A table is described by a frozen dataclass whose annotations are its schema: ``str``, ``int``, ``float``, ``bool``,
``tuple[str, ...]``, a ``Literal``, or any of them ``| None``. Row classes are children of ``TableRow``, which has what
every row says of itself (see data/SCHEMA.md). A row that does not fit raises ``TableError`` with file, line and what
was expected.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import tomllib
import types
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from beleg.errors import TableError

T = TypeVar("T")

DATA = resources.files("beleg") / "data"
LIST_MARK = "|"  # separates the members of a list in a CSV cell


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """Where a row was taken from, sentences in which it must fire, and sentences in which it must not."""

    source: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class NamedRow(TableRow):
    """A row that is known by its name."""

    name: str

    @property
    def key(self) -> str:
        return self.name


def languages() -> tuple[str, ...]:
    """Return the languages that are read to their claims, sorted; others may have single tables."""
    return tuple(sorted(p.name for p in DATA.iterdir() if (p / "frames.toml").is_file()))


@cache
def toml_table(language: str, name: str, row: type[T], array: str = "entry") -> tuple[T, ...]:
    """Read the ``[[array]]`` rows of ``data/<language>/<name>.toml`` as ``row`` values, in file order.

    Raises:
        TableError: no such table for the language, or a row that does not fit.
    """
    path = DATA / language / f"{name}.toml"
    if not path.is_file():
        have = ", ".join(lang for lang in languages() if (DATA / lang / f"{name}.toml").is_file())
        raise TableError(f"no {name} table for language '{language}'; languages: {have or 'none'}")
    return read_toml(path, row, array)


@cache
def csv_table(name: str, row: type[T]) -> tuple[T, ...]:
    """Read ``data/<name>.csv`` (header line, lists separated by "|") as ``row`` values, in file order."""
    return read_csv(DATA / f"{name}.csv", row)


def read_toml(path: Traversable, row: type[T], array: str = "entry") -> tuple[T, ...]:
    text = path.read_text(encoding="utf-8")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as e:
        raise TableError(f"{path}: not TOML: {e}") from e
    rows = content.get(array, [])
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.strip() == f"[[{array}]]"]
    if len(lines) != len(rows):
        lines = [0] * len(rows)
    hints = get_type_hints(row)
    return tuple(_build(row, hints, r, f"{path}:{line}") for r, line in zip(rows, lines, strict=True))


def read_csv(path: Traversable, row: type[T]) -> tuple[T, ...]:
    try:
        text = path.read_text(encoding="utf-8-sig")  # a user's spreadsheet writes a byte order mark
    except UnicodeDecodeError as e:
        raise TableError(f"{path}: not UTF-8; save it as CSV in UTF-8") from e
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    hints = get_type_hints(row)
    out = []
    for raw in _rows(reader, path):
        where = f"{path}:{reader.line_num}"
        if None in raw or None in raw.values():
            raise TableError(f"{where}: expected {len(reader.fieldnames or ())} cells, as in the header")
        unknown = sorted(set(raw) - set(hints))
        if unknown:
            raise TableError(f"{where}: unknown column {unknown[0]!r}; expected {', '.join(hints)}")
        out.append(_build(row, hints, {k: _cell(v, hints[k], where, k) for k, v in raw.items()}, where))
    return tuple(out)


def _rows(reader: csv.DictReader[str], path: Traversable) -> Iterator[dict[str, str]]:
    try:
        yield from reader
    except csv.Error as e:
        raise TableError(f"{path}:{reader.line_num + 1}: not CSV: {e}") from e


def _cell(text: str, hint: Any, where: str, field: str) -> Any:
    """Turn a CSV cell into what the annotation asks for; an empty cell is None, an empty list or an empty string."""
    kinds = [a for a in (get_args(hint) if _is_union(hint) else (hint,)) if a is not type(None)]
    optional = _is_union(hint) and type(None) in get_args(hint)
    kind = kinds[0]
    if get_origin(kind) is tuple:
        return [part.strip() for part in text.split(LIST_MARK) if part.strip()]
    if text == "" and optional:
        return None
    try:
        if kind is int:
            return int(text)
        if kind is float:
            return float(text)
    except ValueError:
        raise TableError(f"{where}: {field}: expected a number, found {text!r}") from None
    if kind is bool:
        if text not in ("yes", "no"):
            raise TableError(f"{where}: {field}: expected yes or no, found {text!r}")
        return text == "yes"
    return text


def _build(row: type[T], hints: Mapping[str, Any], raw: Mapping[str, Any], where: str) -> T:
    unknown = sorted(set(raw) - set(hints))
    if unknown:
        raise TableError(f"{where}: unknown key {unknown[0]!r}; expected {', '.join(hints)}")
    values = {}
    for f in dataclasses.fields(row):  # type: ignore[arg-type]
        if f.name in raw:
            values[f.name] = _checked(raw[f.name], hints[f.name], f"{where}: {f.name}")
        elif f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING:
            raise TableError(f"{where}: {f.name}: missing")
    return row(**values)


def _checked(value: Any, hint: Any, where: str) -> Any:
    if _is_union(hint):
        if value is None and type(None) in get_args(hint):
            return None
        return _checked(value, next(a for a in get_args(hint) if a is not type(None)), where)
    origin = get_origin(hint)
    if origin is Literal:
        if value not in get_args(hint):
            raise TableError(f"{where}: expected one of {', '.join(map(str, get_args(hint)))}; found {value!r}")
        return value
    if origin is tuple:
        member = get_args(hint)[0]
        items: Sequence[Any] = [value] if isinstance(value, str) else value
        if not isinstance(items, (list, tuple)):
            raise TableError(f"{where}: expected a list, found {value!r}")
        return tuple(_checked(v, member, where) for v in items)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise TableError(f"{where}: expected {getattr(hint, '__name__', hint)}, found {value!r}")
    return value


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in (Union, types.UnionType)
