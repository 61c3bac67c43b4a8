"""What ``import beleg`` offers: read an article, read a file, build a ledger, hold an article against it."""

from __future__ import annotations

from beleg.errors import UsageError
from beleg.ledger.build import build_ledger
from beleg.ledger.check import check_document
from beleg.model import Problem
from beleg.pipeline import Reading, read_article
from beleg.read.documents import read_documents
from beleg.read.given import DAY, Given
from beleg.read.inputs import RawInput, walk
from beleg.read.worker import read_guarded

__all__ = ["Problem", "Reading", "build_ledger", "check_document", "read_file", "read_text"]


def read_text(
    text: str,
    *,
    name: str = "text",
    published: str | None = None,
    outlet: str | None = None,
    language: str | None = None,
) -> Reading:
    """Read one article given as text.

    Args:
        text: The article, paragraphs apart by blank lines.
        name: What the document is called; claims are "<name>#NN".
        published: YYYY, YYYY-MM or YYYY-MM-DD; without it relative dates stay open.
        outlet: Who printed it.
        language: ISO 639-1; identified where it is not given.

    Raises:
        UsageError: no text, or ``published`` is no date.
    """
    given = _given(name, published, outlet, language)
    documents, problems = read_documents(RawInput(path=f"{name}.txt", raw=text.encode("utf-8", "replace")), given)
    if not documents:
        raise UsageError("; ".join(p.message for p in problems) or f"{name}: no text")
    return read_article(documents[0])


def read_file(
    path: str, *, published: str | None = None, outlet: str | None = None, language: str | None = None
) -> tuple[list[Reading], list[Problem]]:
    """Read a file or folder; one input may hold several articles (a feed, an archive, a web capture).

    Returns:
        The readings in input order, and what could not be read.
    """
    given = _given(None, published, outlet, language)
    readings: list[Reading] = []
    problems: list[Problem] = []
    for item in walk([path]):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        documents, doubts = read_guarded(item, given)
        problems += doubts
        readings += [read_article(d) for d in documents]
    return readings, problems


def _given(name: str | None, published: str | None, outlet: str | None, language: str | None) -> Given:
    if published and not DAY.fullmatch(published):
        raise UsageError(f"published: expected YYYY, YYYY-MM or YYYY-MM-DD, found {published!r}")
    return Given(name, outlet, language, published)
