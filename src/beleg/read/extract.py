"""What a format's reader hands on: the text of one article with its paragraphs, and what the file says about it."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Any

from beleg.model import Box, Problem
from beleg.read.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file's own fields say of an article; None and empty: nothing."""

    name: str | None = None  # of this article among several of one input
    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    published: tuple[str, ...] = ()  # raw values, the most trusted first
    shown: str | None = None  # a line that dates it for readers
    url: str | None = None
    captured: str | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """One article as its format gives it."""

    source: str  # decoded text; for HTML, PDF and office files the text that was taken out of them
    paragraphs: tuple[Paragraph, ...]
    media_type: str
    stated: Stated = Stated()
    encoding: str | None = None
    problems: tuple[Problem, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()  # for ``Document.capture``
    boxes: tuple[Box, ...] = ()  # of words recognised in pictures; spans of ``source``


_SURROGATE = re.compile("[\ud800-\udfff]")


def well_formed(extract: Extract) -> Extract:
    """Write the replacement character for halves of characters, which JSON and old mails hold and UTF-8 cannot."""
    fields = {f.name: getattr(extract.stated, f.name) for f in dataclasses.fields(Stated)}
    texts = [extract.source, *(v for v in fields.values() if isinstance(v, str)), *extract.stated.authors]
    texts += extract.stated.published
    if not any(_SURROGATE.search(t) for t in texts):
        return extract
    stated = Stated(**{k: _replaced(v) for k, v in fields.items()})
    return dataclasses.replace(extract, source=_replaced(extract.source), stated=stated)


def _replaced(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_replaced(v) for v in value)
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value
