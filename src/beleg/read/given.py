"""What the user says of a document, over what the document says of itself."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass

from beleg.errors import UsageError

DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")  # how a publication date is given


@dataclass(frozen=True, slots=True)
class Given:
    """Values from the command line or the index; None where she did not say."""

    doc: str | None = None
    outlet: str | None = None
    language: str | None = None  # ISO 639-1
    published: str | None = None  # YYYY, YYYY-MM or YYYY-MM-DD
    url: str | None = None
    columns: tuple[tuple[str, str], ...] | None = None  # of a table: what a column holds, and its name there

    def over(self, other: Given) -> Given:
        """Return these values, with gaps filled from ``other``."""
        own = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return Given(**{k: getattr(other, k) if v is None else v for k, v in own.items()})


COLUMNS = ("name", "title", "lead", "text", "outlet", "authors", "language", "published", "url")


def parse_columns(pairs: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Read "text=Volltext" and the like: what a column holds, and its name in the table.

    Raises:
        UsageError: no such pair, or no such field.
    """
    out = []
    for pair in pairs:
        held, sign, name = pair.partition("=")
        if not sign or not name.strip() or held.strip() not in COLUMNS:
            raise UsageError(f"column {pair!r}: expected FIELD=NAME, FIELD one of {', '.join(COLUMNS)}")
        out.append((held.strip(), name.strip()))
    return tuple(out)
