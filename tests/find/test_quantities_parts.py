"""The parts of reading a quantity: digits, words, nouns, units, what is doubtful."""

from __future__ import annotations

import pytest

from beleg.find.quantities import find_quantities
from beleg.find.quantities_tables import number_grammar, unit_of
from beleg.find.quantities_values import Style, read_digits, style
from beleg.find.quantities_words import number_words
from beleg.model import Quantity, Span

FORMAT = number_grammar("de").format


def one(text: str) -> Quantity:
    (quantity,) = find_quantities(text, [], "de")[0]
    return quantity


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("7", 7),
        ("10.000", 10000),
        ("1.234.567", 1234567),
        ("4,8", 4.8),
        ("2.000,5", 2000.5),
        ("10 000", 10000),
        ("4.75", 4.75),
    ],
)
def test_digits_are_read_by_the_format_of_the_language(digits: str, value: float) -> None:
    assert read_digits(digits, Style(FORMAT, foreign=False)) == (value, ())


def test_digits_that_read_two_ways_give_both_values() -> None:
    assert read_digits("4,800", Style(FORMAT, foreign=False)) == (4.8, (4.8, 4800.0))
    assert read_digits("1.200", Style(FORMAT, foreign=True)) == (1.2, (1.2, 1200.0))


def test_the_sure_cases_of_a_text_tell_its_convention() -> None:
    assert style("Es waren 2,500,000 Schuss.", FORMAT).foreign
    assert not style("Es waren 2.500.000 Schuss.", FORMAT).foreign


def test_whole_things_are_not_counted_in_thousandths() -> None:
    quantities, problems = find_quantities("Es kamen 10,000 Granaten an.", [], "de")
    assert [q.low for q in quantities] == [10000]
    assert [p.code for p in problems] == ["number-ambiguous"]


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("zwölf", 12),
        ("einundzwanzig", 21),
        ("zweihunderteinundfünfzig", 251),
        ("neunundvierzigtausenddrei", 49003),
        ("zweieinhalb", 2.5),
        ("anderthalb", 1.5),
        ("und", None),
        ("hand", None),
        ("einhund", None),
    ],
)
def test_a_number_word_has_a_value_and_others_have_none(word: str, value: float | None) -> None:
    assert number_words("de").value(word) == value


@pytest.mark.parametrize(
    ("noun", "unit"),
    [
        ("Artilleriegranaten", "shells"),
        ("Raketenwerfer", "launchers"),
        ("Kurzstreckenraketen", "missiles"),
        ("Schützenpanzer", "vehicles"),
        ("Kampfpanzer", "tanks"),
        ("MW", "MW"),
        ("M", None),
        ("Vorteile", None),
        ("Gewerke", None),
    ],
)
def test_the_longest_fitting_end_of_a_noun_gives_its_unit(noun: str, unit: str | None) -> None:
    found = unit_of(noun, "de")
    assert (None if found is None else found.unit) == unit


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("330.000 Stück Artilleriemunition kamen an.", 330000, "shells"),
        ("Es kostet 500 australische Dollar.", 500, "AUD"),
        ("Es kamen 100.000 Granaten an.", 100000, "shells"),
        ("Der Rahmenvertrag über 486 Raketenwerfer gilt.", 486, "launchers"),
        ("Mehrere Tausend Soldaten kamen an.", 2000, "troops"),
        ("Hunderte Millionen Dollar flossen.", 200000000, "USD"),
        ("Mindestens ein System kam an.", 1, "systems"),
        ("Er sprach von dutzenden getöteten Soldaten.", 24, "troops"),
        ("An Bord waren 176 Passagiere.", 176, "people"),
        ("Die Luftwaffe hat 42 Staffeln.", 42, "squadrons"),
        ("Sie haben dreimal so große Lager.", 3, "times"),
        ("Zwei Komma fünf Millionen Schuss kamen an.", 2500000, "rounds"),
        ("Es ist ½ Tonne.", 0.5, "tonnes"),
    ],
)
def test_what_is_counted_gives_the_unit(text: str, low: float, unit: str) -> None:
    q = one(text)
    assert (q.low, q.unit) == (low, unit)


def test_a_calibre_is_a_measure_and_no_count() -> None:
    text = "Es kamen 5.000 152-mm-Granaten an."
    counts = {q.raw: (q.kind, q.unit) for q in find_quantities(text, [], "de")[0]}
    assert counts == {"5.000": ("count", "shells"), "152": ("measure", "mm")}


def test_mindestens_reaches_over_und_to_a_number_of_the_same_unit() -> None:
    text = "Sie haben mindestens 30 Menschen getötet und 200 verletzt."
    assert [(q.low, q.high) for q in find_quantities(text, [], "de")[0]] == [(30, None), (200, None)]


def test_a_number_takes_scale_and_unit_from_the_next_over_auf_with_both_readings() -> None:
    first, second = find_quantities("Die Ausfuhr stieg von 4,5 auf 6,5 Millionen Granaten.", [], "de")[0]
    assert (first.low, first.unit) == (4500000, "shells")
    assert first.readings == ((4500000, 4500000), (4.5, 4.5))
    assert second.low == 6500000


def test_an_article_counts_where_the_same_kind_is_counted_near_by_and_else_not() -> None:
    assert [q.raw for q in find_quantities("Eine Rakete fiel ins Meer.", [], "de")[0]] == []
    found = find_quantities("Sie feuerten 20 Raketen ab. Eine Rakete fiel ins Meer.", [], "de")[0]
    assert [q.raw for q in found] == ["20", "Eine"]


@pytest.mark.parametrize(
    "text",
    [
        "Er liegt auf Rang vier.",
        "In der 85. Minute fiel es.",
        "Um 20.15 Uhr begann es.",
        "Es steht 3:2.",
        "Die L 35 ist gesperrt.",
    ],
)
def test_places_minutes_scores_and_roads_count_nothing(text: str) -> None:
    assert [q for q in find_quantities(text, [], "de")[0] if q.kind != "ordinal"] == []


@pytest.mark.parametrize(
    "piece", ["1", "1.", "1,", "a1-", "a1_", "eine Rakete ", "20 Raketen und eine Rakete ", "zwei und "]
)
def test_no_text_makes_the_search_for_numbers_grow_faster_than_the_text(piece: str) -> None:
    """A repeat of 20,000 characters is read at once; a search that grew with the square would not come back."""
    text = piece * (20_000 // len(piece))
    quantities, _ = find_quantities(text, [], "de")
    assert all(text[q.span.start : q.span.end] == q.raw for q in quantities)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Geplant waren 8,3 Milliarden Euro.", 8_300_000_000, 8_300_000_000, "EUR"),
        ("Der Bund gab 65,9 Milliarden Dollar.", 65_900_000_000, 65_900_000_000, "USD"),
        ("Mit 13,6 Milliarden einen Höchststand erreichte die Branche.", 13_600_000_000, 13_600_000_000, None),
        ("Die Reichweite beträgt ein bis drei Kilometer.", 1, 3, "km"),
        ("Es fielen ein bis zwei Raketen am Tag.", 1, 2, "missiles"),
        ("Das 3,7-Billionen-Won-Geschäft steht.", 3_700_000_000_000, 3_700_000_000_000, "KRW"),
        ("Das 500-Millionen-Euro-Paket steht.", 500_000_000, 500_000_000, "EUR"),
        ("Das macht allein 72 Prozent.", 72, 72, "percent"),
        ("Der Vertrag kostet zehn Milliarden Ringgit.", 10_000_000_000, 10_000_000_000, "MYR"),
    ],
)
def test_what_stands_beside_a_number_does_not_change_it(text: str, low: float, high: float, unit: str | None) -> None:
    (q,), _ = find_quantities(text, [], "de")
    assert (q.low, q.high, q.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "high"),
    [
        ("Das Rahmenabkommen über 672 Panzer gilt.", 672),
        ("Der Vertrag mit Polen über 85 Panzer gilt.", 85),
        ("Die Regierung denke über fünf Panzer nach.", 5),
        ("Der Vertrag umfasst über 85 Panzer.", None),
        ("Nach dem Abkommen mit Iran kamen über 400 Panzer.", None),
        ("Sie haben nach dem Abkommen mit Iran über 400 Panzer erhalten.", None),
        ("Sie haben laut Bericht der Zeitung über 400 Panzer erhalten.", None),
        ("Minister reden\n\nÜber 40 Panzer brannten.", None),
        ("Er sprach von über 40 Panzern.", None),
        ("Die Lieferung an Kiew umfasste über 40 Panzer.", None),
    ],
)
def test_a_preposition_of_a_noun_or_verb_is_no_bound(text: str, high: int | None) -> None:
    (q,), _ = find_quantities(text, [], "de")
    assert q.high == high


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Russland verlor zum einen – 40 Panzer.", 40),
        ("Eine bis 300 Kilometer reichende Rakete kam.", 300),
        ("Polen schickte eine – 300 Mann starke – Einheit.", 300),
    ],
)
def test_an_article_before_a_dash_or_digits_begins_no_range(text: str, low: float) -> None:
    assert low in [q.low for q in find_quantities(text, [], "de")[0]]


def test_a_city_of_millions_is_no_number() -> None:
    (q,), (problem,) = find_quantities("Russland griff die 3-Millionen-Stadt mit 40 Raketen an.", [], "de")
    assert (q.low, q.unit) == (40, "missiles")
    assert (problem.code, problem.span) == ("number-unread", Span(19, 30))
