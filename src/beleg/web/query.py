"""The address as the state of a page: filters, order, page number; whatever cannot be read counts as not given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar
from urllib.parse import quote_plus

T = TypeVar("T")

PAGE = 50  # rows on a page
LONGEST = 500  # characters of a value that are looked at
LAST = 1_000_000  # page numbers beyond are not asked for


def value(query: Mapping[str, str], name: str) -> str | None:
    """Return a value of the address, None where it is empty."""
    return query.get(name, "").strip()[:LONGEST] or None


def page_number(query: Mapping[str, str]) -> int:
    """Return the page asked for, counted from 1."""
    given = query.get("page", "")
    return min(max(int(given), 1), LAST) if given.isascii() and given.isdigit() and len(given) < 12 else 1


def last_page(total: int) -> int:
    """Return the number of the last page of so many rows; a list without rows has one page."""
    return max(1, -(-total // PAGE))


def address(path: str, wanted: Mapping[str, str | None], **changes: str | None) -> str:
    """Return ``path`` with the values given, those changed or (None) taken off."""
    merged = {**wanted, **changes}
    rest = "&".join([f"{k}={_quoted(v)}" for k, v in merged.items() if v])
    return f"{path}?{rest}" if rest else path


@lru_cache(4_096)
def _quoted(text: str) -> str:
    """Return a value as it stands in an address; a page of links asks for the same ones again and again."""
    return quote_plus(text)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A stretch of a list with its place in it."""

    rows: Sequence[T]
    number: int
    total: int

    @property
    def last(self) -> int:
        return last_page(self.total)

    @property
    def first_row(self) -> int:
        return (self.number - 1) * PAGE + 1 if self.rows else 0

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.rows) - 1 if self.rows else 0


def page_of(rows: Sequence[T], number: int) -> Page[T]:
    """Cut a page out of a list; a page after the last one is the last one."""
    number = min(number, last_page(len(rows)))
    return Page(rows[(number - 1) * PAGE : number * PAGE], number, len(rows))
