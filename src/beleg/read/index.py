"""The user's index: what she knows of each document, one JSON object a line.

Keys read: ``doc`` (file stem) or ``path``, ``lang``, ``outlet``, ``published`` (null, YYYY, YYYY-MM or a day), ``url``,
``columns`` (of a table of articles: ``{"text": "Volltext"}``); others are ignored. Rows that match no input are listed
by ``unmatched``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from beleg.errors import IndexFileError
from beleg.read.given import COLUMNS, DAY, Given


@dataclass
class Index:
    """Rows by document name or path; remembers which ones were asked for."""

    path: str | None = None
    rows: dict[str, Given] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def given(self, path: str, default: Given) -> Given:
        """Return what the index says of the input at ``path``, over what the command line says of all inputs."""
        for key in (path, PurePath(path).stem):
            if key in self.rows:
                self.used.add(key)
                return self.rows[key].over(default)
        return default

    def unmatched(self) -> list[str]:
        """Return the keys of rows that no input asked for, in file order."""
        return [key for key in self.rows if key not in self.used]


def load_index(path: str | Path) -> Index:
    """Read an index file.

    Raises:
        IndexFileError: not readable, not UTF-8, or a row that is no JSON object with ``doc`` or ``path``.
    """
    try:
        raw = Path(path).read_bytes()
    except OSError as e:
        raise IndexFileError(f"{path}: the index cannot be read: {e}") from e
    return parse_index(raw, str(path))


def parse_index(raw: bytes, path: str) -> Index:
    """Read the bytes of an index file; see ``load_index``."""
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as e:
        raise IndexFileError(f"{path}: the index cannot be read: {e}") from e
    index = Index(path=path)
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}:{n}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as e:
            raise IndexFileError(f"{where}: expected one JSON object a line: {e}") from e
        if not isinstance(row, dict) or not (row.get("doc") or row.get("path")):
            raise IndexFileError(f"{where}: expected a JSON object with 'doc' or 'path'")
        values = {k: row.get(k) for k in ("doc", "outlet", "lang", "published", "url")}
        for key, value in values.items():
            if value is not None and not isinstance(value, str):
                raise IndexFileError(f"{where}: {key}: expected a text or null, found {value!r}")
        if values["published"] and not DAY.fullmatch(values["published"]):
            raise IndexFileError(f"{where}: published: expected null, YYYY, YYYY-MM or YYYY-MM-DD")
        columns = row.get("columns")
        if columns is not None and not (
            isinstance(columns, dict) and all(k in COLUMNS and isinstance(v, str) for k, v in columns.items())
        ):
            raise IndexFileError(f"{where}: columns: expected an object of {', '.join(COLUMNS)} with column names")
        key = row.get("path") or row["doc"]
        if key in index.rows:
            raise IndexFileError(f"{where}: a second row for {key!r}")
        index.rows[key] = Given(
            doc=values["doc"], outlet=values["outlet"], language=values["lang"],
            published=values["published"], url=values["url"],
            columns=tuple(columns.items()) if columns is not None else None,
        )  # fmt: skip
    return index
