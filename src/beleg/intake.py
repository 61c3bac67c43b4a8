"""One input all the way: read within its limits, and kept in a case with what was read in it."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass
class Opened:
    """The articles of one input, and its doubts in the order they came up."""

    readings: list[Reading] = field(default_factory=list)
    originals: dict[str, bytes] = field(default_factory=dict)  # by SHA-256
    problems: list[Problem] = field(default_factory=list)


def open_input(item: RawInput, given: Given) -> Opened:
    """Read one input to its claims, and keep nothing."""
    out = Opened()
    documents, doubts = read_guarded(item, given, originals=out.originals)
    out.problems += doubts
    for document in documents:
        out.readings.append(read_article(document))
        out.problems += out.readings[-1].problems
    return out


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
