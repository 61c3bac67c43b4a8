"""Stretches between two times, open ends, events."""

from __future__ import annotations

from datetime import date

import pytest

from beleg.find.dates import find_times
from beleg.model import DayRange, Published, TimeMention

WRITTEN = Published(DayRange(date(2024, 5, 15), date(2024, 5, 15)), "given")


def one(text: str) -> TimeMention:
    (mention,) = find_times(text, [], "de", WRITTEN)[0]
    return mention


@pytest.mark.parametrize(
    ("text", "raw", "start", "end"),
    [
        ("Von 2011 bis 2021 kam nichts.", "2011 bis 2021", "2011", "2021"),
        ("Zwischen August und Oktober 2023 kam nichts.", "August und Oktober 2023", "2023-08", "2023-10"),
        ("Vom 3. bis 5. Mai kam nichts.", "3. bis 5. Mai", "2024-05-03", "2024-05-05"),
        ("Im November und Dezember 2023 kam nichts.", "November und Dezember 2023", "2023-11", "2023-12"),
        ("Von Donnerstag bis Samstag kam nichts.", "Donnerstag bis Samstag", "2024-05-09", "2024-05-11"),
    ],
)
def test_the_ends_of_a_stretch_are_one_mention(text: str, raw: str, start: str, end: str) -> None:
    mention = one(text)
    assert (mention.raw, mention.start, mention.end) == (raw, start, end)


def test_two_years_that_do_not_follow_each_other_are_two_mentions() -> None:
    found, _ = find_times("2018 und 2022 kam nichts.", [], "de", WRITTEN)
    assert [t.raw for t in found] == ["2018", "2022"]


def test_timex3_marks_the_ends_apart() -> None:
    found, _ = find_times("Von 2011 bis 2021 kam nichts.", [], "de", WRITTEN, timex3=True)
    assert [t.raw for t in found] == ["2011", "2021"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Seit dem Sommer 2023 kam nichts.", "2023-06", None),
        ("Bis Ende März 2024 kam nichts.", None, "2024-03"),
        ("Nicht vor 2027 kommt etwas.", "2027", None),
        ("Vor 2027 kommt nichts.", None, "2026"),
        ("Seit der Annexion der Krim kam nichts.", "2014-03-18", None),
        ("Kurz nach dem Zusammenbruch der Sowjetunion kam nichts.", "1991-12", None),
    ],
)
def test_the_preposition_opens_an_end(text: str, start: str | None, end: str | None) -> None:
    mention = one(text)
    assert (mention.start, mention.end) == (start, end)


def test_the_start_of_a_war_is_read_only_where_the_text_says_which() -> None:
    assert find_times("Seit Kriegsbeginn kam aus Spanien nichts.", [], "de", WRITTEN)[0] == []
    assert one("Seit Kriegsbeginn kam in die Ukraine nichts.").start == "2022-02-24"
