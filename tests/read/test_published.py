"""When an article came out: stamps in the text, fields of pages, addresses, and what they say against each other."""

from __future__ import annotations

from datetime import date

import pytest

from beleg.model import DayRange, Problem, Published
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.inputs import RawInput
from beleg.read.published import decide_published

BODY = "Das Land hat nach eigenen Angaben 12 Werfer geliefert, teilte das Ministerium mit."


def read(line: str, url: str | None = None) -> tuple[Published, list[str], str]:
    raw = f"Norwegen liefert Werfer an Estland\n\n{line}\n\n{BODY}\n".encode()
    documents, problems = read_documents(RawInput("a.txt", raw, "a.txt"), Given(url=url))
    kind = documents[0].blocks[1].kind if line else ""
    return documents[0].published, [p.code for p in problems], kind


def day(text: str) -> DayRange:
    return DayRange(date.fromisoformat(text), date.fromisoformat(text))


@pytest.mark.parametrize(
    "line",
    [
        "11.10.2024 14:49",
        "11.10.24, 14:49",
        "Fr., 11.10.2024, 14:49 Uhr",
        "Freitag, den 11.10.2024",
        "11.Oktober 2024",
        "11. Okt. 2024 um 9 Uhr",
        "Stand: 11.10.2024, 14:49 Uhr",
        "Aktualisiert am 11. Oktober 2024",
        "Zuletzt geändert am 11.10.2024",
        "Pressemitteilung vom 11.10.2024",
        "Berlin, den 11.10.2024",
        "Oslo (dpa) 11.10.2024",
        "Lesedauer: 3 Min. | 11.10.2024",
        "Karla Muster | 11.10.2024 | 3 Kommentare",
        "11.10.2024 Von Karla Muster",
        "Oct 11, 2024 2:49 PM EDT",
        "Published: 11th October 2024",
        "2024-10-11T23:30:00Z",
        "2024-10-11 00:15 +0200",
        "2024/10/11",
        "1728658140 norwegen liefert",
        "Aktualisiert: 12.10.2024 | Veröffentlicht: 11.10.2024",
        "Veröffentlicht: 11.10.2024, zuletzt aktualisiert: 15.10.2024",
    ],
)
def test_a_stamp_in_the_text_names_the_day_as_it_is_written(line: str) -> None:
    published, codes, _ = read(line)
    assert (published.days, published.basis, codes) == (day("2024-10-11"), "text", [])


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("vor 3 Stunden", "dateline"),
        ("gestern, 14:49 Uhr", "dateline"),
        ("3 hours ago", "dateline"),
        ("14.49 Uhr", "dateline"),
        ("29.02.2023", "heading"),  # no such day
        ("Date: 11/10/2024", "heading"),  # October or November
        ("© 2024 Beispielblatt", "caption"),
        ("Ausgabe 41/2024", "heading"),
    ],
)
def test_what_names_no_day_for_certain_dates_nothing(line: str, kind: str) -> None:
    published, _, found = read(line)
    assert (published.days, published.basis, found) == (None, "none", kind)


@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        ("politik/2024/10/11/werfer.html", "2024-10-11", "2024-10-11"),
        ("a/20241011-werfer", "2024-10-11", "2024-10-11"),
        ("2024-10-11-werfer", "2024-10-11", "2024-10-11"),
        ("2024/oct/11/werfer", "2024-10-11", "2024-10-11"),
        ("2024/10/werfer", "2024-10-01", "2024-10-31"),
    ],
)
def test_an_address_names_a_day_or_a_month(path: str, first: str, last: str) -> None:
    published = read("", f"https://beispielblatt.example/{path}")[0]
    assert published.days == (date.fromisoformat(first), date.fromisoformat(last)) and published.basis == "address"


@pytest.mark.parametrize("path", ["artikel/12345678", "werfer-110.2024101199", "a?date=2024-10-11", "thema/2024"])
def test_numbers_in_an_address_that_are_no_days_date_nothing(path: str) -> None:
    assert read("", f"https://beispielblatt.example/{path}")[0].basis == "none"


def decide(
    metadata: list[str], stamps: list[tuple[str, str]], captured: str | None = None
) -> tuple[Published, list[Problem]]:
    return decide_published("a", None, metadata, [(day(d), words) for d, words in stamps], None, captured)


def test_fields_and_text_that_disagree_are_told_and_the_field_is_kept() -> None:
    published, problems = decide(["2024-10-11T10:00:00Z"], [("2023-01-05", "05.01.2023")])
    assert published.days == day("2024-10-11") and [p.code for p in problems] == ["date-conflict"]


def test_a_day_more_or_less_is_a_matter_of_zones_and_a_later_change_no_conflict() -> None:
    assert decide(["2024-10-11T23:30:00Z"], [("2024-10-12", "12.10.2024 01:30")])[1] == []
    assert decide(["2024-10-11"], [("2024-11-20", "Aktualisiert am 20.11.2024")])[1] == []
    earlier = decide(["2024-10-11"], [("2024-09-20", "Aktualisiert am 20.09.2024")])[1]
    assert [p.code for p in earlier] == ["date-conflict"]  # nothing is changed before it came out


def test_a_field_that_was_never_filled_dates_nothing() -> None:
    assert decide(["1970-01-01T00:00:00Z"], [])[0].basis == "none"


def test_an_article_younger_than_its_capture_is_doubted() -> None:
    published, problems = decide(["2031-01-01"], [], "2024-02-03T04:05:06Z")
    assert published.days == day("2031-01-01") and [p.code for p in problems] == ["date-after-capture"]
    assert decide(["2024-02-04"], [], "2024-02-03T23:05:06Z")[1] == []
