"""The date that a text has reached: histories, statements, headings."""

from __future__ import annotations

from datetime import date

from beleg.find.dates import find_times
from beleg.model import DayRange, Published, Sentence, Span, TimeMention

WRITTEN = Published(DayRange(date(2020, 5, 15), date(2020, 5, 15)), "given")
YEARS = " ".join(f"Im Jahr {year} geschah wenig." for year in range(1861, 1873))


def times(text: str) -> dict[str, TimeMention]:
    return {t.raw: t for t in find_times(text, [], "de", WRITTEN)[0]}


def test_in_a_history_a_month_takes_the_year_of_the_story() -> None:
    found = times(f"{YEARS}\n\nAm 3. Mai 1873 begann der Marsch. Im Juni endete er.")
    assert found["Juni"].value == "1873-06"


def test_in_a_history_days_are_counted_from_the_last_one() -> None:
    found = times(f"{YEARS}\n\nAm 3. Mai 1873 begann der Marsch. Zwei Tage später endete er, am Folgetag ruhte man.")
    assert found["Zwei Tage später"].value == "1873-05-05"
    assert found["Folgetag"].value == "1873-05-06"


def test_an_aside_does_not_lead_the_story_on() -> None:
    found = times(f"{YEARS}\n\nIm Mai 1873 begann der Marsch, den man noch 1901 besang.\n\nIm Juni endete er.")
    assert found["Juni"].value == "1873-06"


def test_a_dated_heading_leads_the_story_on() -> None:
    found = times(f"{YEARS}\n\n1865\n\nIm Mai begann der Marsch.")
    assert found["Mai"].value == "1865-05"


def test_in_the_news_a_month_hangs_on_the_day_of_publication() -> None:
    found = times("Im Jahr 2018 begann es. Im März endete es.")
    assert found["März"].value == "2020-03"


def test_a_relative_time_in_a_statement_hangs_on_the_day_of_the_statement() -> None:
    text = "Im Januar sprach er. Letzte Woche sei nichts gekommen."
    cut = text.index("Letzte")
    sentences = [Sentence(Span(0, cut - 1), 0), Sentence(Span(cut, len(text)), 0)]
    day = date(2020, 1, 20)
    found, _ = find_times(text, sentences, "de", WRITTEN, anchors=[None, DayRange(day, day)])
    mention = next(t for t in found if t.raw == "Letzte Woche")
    assert (mention.start, mention.end, mention.basis) == ("2020-01-13", "2020-01-19", "statement")
