from __future__ import annotations

import os
import time
from dataclasses import replace

import made
import pytest

from beleg.errors import UsageError
from beleg.model import Document, Problem
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.inputs import RawInput
from beleg.read.limits import DEFAULT, Limits
from beleg.read.worker import read_guarded

TEXT = b"Werfer\n\nDas Land hat im Mai zwei Werfer geliefert.\n"
Read = tuple[list[Document], list[Problem]]


def endless(raw: RawInput, given: Given, limits: Limits) -> Read:
    while True:
        time.sleep(0.1)


def greedy(raw: RawInput, given: Given, limits: Limits) -> Read:
    held = [bytearray(50_000_000) for _ in range(100)]
    return [], [Problem(str(len(held)), "")]


def dying(raw: RawInput, given: Given, limits: Limits) -> Read:
    os._exit(17)


def test_a_guarded_reader_reads_the_same() -> None:
    for raw in (RawInput("a.txt", TEXT, "a.txt"), RawInput("a.html", b"<html><body><p>" + TEXT, "a.html")):
        assert read_guarded(raw) == read_documents(raw)


@pytest.mark.parametrize(
    ("read", "code"), [("endless", "time-limit"), ("greedy", "memory-limit"), ("dying", "reader-died")]
)
def test_what_loops_or_eats_memory_or_dies_is_left_out_and_the_next_is_read(read: str, code: str) -> None:
    raw = RawInput("a.txt", TEXT, "a.txt")
    limits = replace(DEFAULT, seconds=1 if code == "time-limit" else 20)
    documents, problems = read_guarded(raw, limits=limits, read=f"{__name__}:{read}")
    assert documents == [] and [(p.code, p.left_out) for p in problems] == [(code, True)]
    assert read_guarded(RawInput("a.html", b"<html><body><p>" + TEXT, "a.html"))[0]


def test_the_bytes_of_an_archive_s_members_come_back() -> None:
    raw = RawInput("a.zip", made.zipped({"b.txt": TEXT}), "a.zip")
    here: dict[str, bytes] = {}
    there: dict[str, bytes] = {}
    documents, _ = read_documents(raw, originals=here)
    assert read_guarded(raw, originals=there)[0] == documents
    assert here[documents[0].sha256] == there[documents[0].sha256] == TEXT


def test_wrong_use_is_told_as_such() -> None:
    with pytest.raises(UsageError):
        read_guarded(RawInput("a.html", b"<html><body><p>" + TEXT, "a.html"), Given(published="bald"))
