"""One input all the way: read within its limits, and kept in a case with what was read in it."""

from __future__ import annotations

from typing import NamedTuple

from beleg.model import Problem
from beleg.pipeline import Reading, read_article
from beleg.read.given import Given
from beleg.read.inputs import RawInput
from beleg.read.worker import read_guarded
from beleg.store.case import Added, Case


class Taken(NamedTuple):
    """What became of one input."""

    documents: int  # articles that are new in the case
    claims: int  # in them
    same: int  # articles that were there already
    problems: list[Problem]


def open_input(item: RawInput, given: Given) -> tuple[list[Reading], list[Problem]]:
    """Read one input to its claims, and keep nothing; its doubts are in the order they came up."""
    documents, problems = read_guarded(item, given)
    readings = [read_article(document) for document in documents]
    return readings, [*problems, *(p for r in readings for p in r.problems)]


def take_in(case: Case, item: RawInput, given: Given) -> Taken:
    """Read one input and keep what it gave; an article that this version has read before is left as it is."""
    originals: dict[str, bytes] = {}
    documents, problems = read_guarded(item, given, originals=originals)
    new = claims = same = 0
    for document in documents:
        if case.knows(document):
            same += 1
            continue
        reading = read_article(document)
        problems += reading.problems
        own = [p for p in problems if p.document == document.name]
        parsed = sum(s.parsed for s in reading.sentences)
        added = case.add(document, originals[document.sha256], parsed, reading.claims, own, reading.mentions)
        if added is Added.NEW:
            new, claims = new + 1, claims + len(reading.claims)
        else:
            same += 1
    return Taken(new, claims, same, problems)
