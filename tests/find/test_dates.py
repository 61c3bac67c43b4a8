"""Time expressions: what stands there, what it stands for, and what only looks like one."""

from __future__ import annotations

from datetime import date

import pytest

from beleg.find.dates import find_times
from beleg.model import DayRange, Published, TimeMention

DAY = Published(DayRange(date(2024, 5, 15), date(2024, 5, 15)), "given")  # a Wednesday
MONTH = Published(DayRange(date(2024, 5, 1), date(2024, 5, 31)), "text")


def found(text: str, published: Published = DAY) -> list[TimeMention]:
    return find_times(text, [], "de", published)[0]


def one(text: str, published: Published = DAY) -> TimeMention:
    mentions = found(text, published)
    assert len(mentions) == 1, mentions
    return mentions[0]


@pytest.mark.parametrize(
    ("text", "raw", "start", "end"),
    [
        ("Das Schiff lief am 3. Februar 2023 aus.", "3. Februar 2023", "2023-02-03", "2023-02-03"),
        ("Das Schiff lief im Juli aus.", "Juli", "2023-07", "2023-07"),
        ("Das Schiff lief im März aus.", "März", "2024-03", "2024-03"),
        ("Das Schiff wird im Juli auslaufen.", "Juli", "2024-07", "2024-07"),
        ("Das Schiff lief am Montag aus.", "Montag", "2024-05-13", "2024-05-13"),
        ("Das Schiff wird am Montag auslaufen.", "Montag", "2024-05-20", "2024-05-20"),
        ("Ende 2023 lief das Schiff aus.", "Ende 2023", "2023-10", "2023-12"),
        ("Anfang April lief das Schiff aus.", "Anfang April", "2024-04-01", "2024-04-10"),
        ("Im ersten Quartal dieses Jahres lief es aus.", "ersten Quartal dieses Jahres", "2024-01", "2024-03"),
        ("Im Februar letzten Jahres lief es aus.", "Februar letzten Jahres", "2023-02", "2023-02"),
        ("Vergangene Woche lief es aus.", "Vergangene Woche", "2024-05-06", "2024-05-12"),
        ("In den letzten zwei Monaten liefen drei aus.", "den letzten zwei Monaten", "2024-03", "2024-05"),
        ("Seit Juli 2022 liegt es hier.", "Juli 2022", "2022-07", None),
        ("Von Juli 2022 an hat es hier gelegen.", "Juli 2022", "2022-07", None),
        ("Die Lieferung vom Juli 2022 an Kiew kam.", "Juli 2022", "2022-07", "2022-07"),
        ("Die Fracht vom Juli 2022 an die Ukraine kam.", "Juli 2022", "2022-07", "2022-07"),
        ("Vor zwei Jahren lief es aus.", "zwei Jahren", "2022", "2022"),
    ],
)
def test_an_expression_is_read_as_an_interval(text: str, raw: str, start: str, end: str | None) -> None:
    mention = one(text)
    assert (mention.raw, mention.start, mention.end) == (raw, start, end)


@pytest.mark.parametrize(
    "text", ["Am Dienstag kam es an.", "Im Oktober kam es an.", "In diesem Jahr kam es an.", "Letzte Woche kam es an."]
)
def test_without_a_day_of_publication_a_relative_expression_stays_open(text: str) -> None:
    mentions, problems = find_times(text, [], "de", Published())
    assert [(m.start, m.end, m.value, m.basis) for m in mentions] == [(None, None, None, "unresolved")]
    assert [p.code for p in problems] == ["date-unresolved"]


def test_a_month_of_publication_widens_the_interval_of_a_week() -> None:
    mention = one("Vergangene Woche kam es an.", MONTH)
    assert (mention.value, mention.start, mention.end) == (None, "2024-04-22", "2024-05-26")


def test_a_month_of_publication_is_enough_for_a_year() -> None:
    assert one("In diesem Jahr kam es an.", MONTH).value == "2024"


@pytest.mark.parametrize(
    "text",
    [
        "Er besuchte die Fabrik „16. März“ im Norden.",
        "Das Februar-11-Werk liegt am Fluss.",
        "Siehe https://example.org/2024/06/20/bericht.html dazu.",
    ],
)
def test_a_date_that_is_a_name_or_an_address_is_none(text: str) -> None:
    assert found(text) == []
