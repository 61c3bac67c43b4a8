"""What holds for every text: spans, order, intervals, no guessing."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from beleg.find.dates import find_times
from beleg.find.quantities import find_quantities
from beleg.model import DayRange, Published

PIECES = st.sampled_from(
    [
        "am", "3.", "Mai", "2024", "im", "vergangenen", "Jahr", "vor", "zwei", "Jahren", "Ende", "Juli", ",", ".",
        "\n\n", "10.000", "Panzer", "bis", "zu", "rund", "Millionen", "KN-23", "die", "Hälfte", "und", "heute",
        "Dienstagabend", "mindestens", "Prozent", "1,5", "–", "„", "“", "(", ")", "20.15", "Uhr", "seit", "den",
        "letzten", "Wochen",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map(" ".join)
DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))


@given(TEXTS, DAYS)
def test_mentions_stand_in_order_without_overlap_and_quote_the_text(text: str, day: date) -> None:
    for mentions in (
        find_times(text, [], "de", Published(DayRange(day, day)))[0],
        find_quantities(text, [], "de")[0],
    ):
        end = 0
        for m in mentions:
            assert end <= m.span.start < m.span.end <= len(text)
            assert m.raw == text[m.span.start : m.span.end]
            end = m.span.end


@given(TEXTS, DAYS)
def test_an_interval_never_ends_before_it_starts(text: str, day: date) -> None:
    for t in find_times(text, [], "de", Published(DayRange(day, day)))[0]:
        if t.start and t.end:
            shorter = min(len(t.start), len(t.end))
            assert t.start[:shorter] <= t.end[:shorter]


@given(TEXTS)
def test_without_a_day_of_writing_nothing_hangs_on_one(text: str) -> None:
    for t in find_times(text, [], "de", Published())[0]:
        assert t.basis in ("text", "unresolved")


@given(TEXTS, DAYS, st.integers(0, 40))
def test_a_wider_day_of_writing_never_narrows_an_interval(text: str, day: date, more: int) -> None:
    narrow = find_times(text, [], "de", Published(DayRange(day, day)), timex3=True)[0]
    wide = find_times(text, [], "de", Published(DayRange(day, day + timedelta(more))), timex3=True)[0]
    assert [t.span for t in narrow] == [t.span for t in wide]
    for one, other in zip(narrow, wide, strict=True):
        if other.start and other.end and one.start and one.end:
            assert other.start <= one.start and one.end <= other.end


@given(TEXTS)
def test_bounds_are_in_order(text: str) -> None:
    for q in find_quantities(text, [], "de")[0]:
        assert q.low is None or q.high is None or q.low <= q.high
