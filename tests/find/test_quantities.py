"""Numbers: value, bounds, unit, what is counted, and what only looks like a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleg.find.quantities import find_quantities
from beleg.model import Quantity


def found(text: str) -> list[Quantity]:
    return find_quantities(text, [], "de")[0]


def one(text: str) -> Quantity:
    quantities = found(text)
    assert len(quantities) == 1, quantities
    return quantities[0]


@pytest.mark.parametrize(
    ("phrase", "low", "high", "approx", "bound"),
    [
        ("40 Panzer", 40, 40, False, "exact"),
        ("mehr als 40 Panzer", 40, None, False, "more_than"),
        ("mindestens 40 Panzer", 40, None, False, "at_least"),
        ("bis zu 12.000 Panzer", None, 12000, False, "up_to"),
        ("höchstens 40 Panzer", None, 40, False, "at_most"),
        ("weniger als 40 Panzer", None, 40, False, "less_than"),
        ("rund 40 Panzer", 40, 40, True, "about"),
        ("fast 40 Panzer", None, 40, True, "almost"),
        ("knapp 2,5 Millionen Panzer", None, 2500000, True, "almost"),
        ("30 bis 40 Panzer", 30, 40, False, "exact"),
        ("zwischen 30 und 40 Panzer", 30, 40, False, "exact"),
        ("etwa 30 bis 40 Panzer", 30, 40, True, "about"),
        ("drei bis vier Millionen Panzer", 3000000, 4000000, False, "exact"),
        ("drei- bis viertausend Panzer", 3000, 4000, False, "exact"),
        ("drei bis viertausend Panzer", 3000, 4000, False, "exact"),
        ("zwanzig- bis dreißigtausend Panzer", 20000, 30000, False, "exact"),
        ("zwei- oder dreihundert Panzer", 200, 300, False, "exact"),
        ("fünfzig bis hundert Panzer", 50, 100, False, "exact"),
        ("fünfhundert bis tausend Panzer", 500, 1000, False, "exact"),
        ("hundert bis zweihundert Panzer", 100, 200, False, "exact"),
        ("eine halbe Million Panzer", 500000, 500000, False, "exact"),
        ("anderthalb Dutzend Panzer", 18, 18, False, "exact"),
        ("Dutzende Panzer", 24, None, True, "exact"),
        ("Zehntausende Panzer", 20000, None, True, "exact"),
        ("einhundertzweiundzwanzig Panzer", 122, 122, False, "exact"),
    ],
)
def test_a_number_is_read_with_its_bounds(
    phrase: str, low: float | None, high: float | None, approx: bool, bound: str
) -> None:
    q = one(f"Im Lager standen {phrase} im Regen.")
    assert (q.low, q.high, q.approx, q.bound, q.unit) == (low, high, approx, bound, "tanks")


@pytest.mark.parametrize(
    ("text", "unit", "kind"),
    [
        ("Es kamen 500 Artilleriegranaten an.", "shells", "count"),
        ("Es kamen 500 neue ballistische Kurzstreckenraketen an.", "missiles", "count"),
        ("Es kamen 500 KN-23-Raketen an.", "missiles", "count"),
        ("Es kamen 500 Schiffscontainer an.", "containers", "count"),
        ("Es kostet 500 Euro.", "EUR", "money"),
        ("Es kostet 1,2 Mrd. US-Dollar.", "USD", "money"),
        ("Es sind 60 Prozent davon.", "percent", "percent"),
        ("Es sind 500 Kilometer bis dorthin.", "km", "measure"),
        ("Die Gesamtzahl der Container stieg auf 500 an.", "containers", "count"),
    ],
)
def test_a_number_has_the_unit_of_what_it_counts(text: str, unit: str, kind: str) -> None:
    q = one(text)
    assert (q.unit, q.kind) == (unit, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Er zeigte die KN-23 und die Hwasong-11A.",
        "Die Anordnung 4711 gilt weiter.",
        "Er kam am 3. Mai 2023 um 14:30 Uhr an.",
        "Die Zweite Armee rückte ab.",
        "Er unterschrieb einen neuen Vertrag.",
        "Der Leopard 2A6 fuhr vor.",
        "Seite https://example.org/2024/17/bild-33.html lesen.",
    ],
)
def test_a_number_in_a_name_a_date_or_an_address_counts_nothing(text: str) -> None:
    assert found(text) == []


def test_a_range_of_percentages_is_one_quantity() -> None:
    q = one("Das Haus ist etwa 60% bis 70% so groß.")
    assert (q.raw, q.low, q.high, q.unit) == ("etwa 60% bis 70%", 60, 70, "percent")


@pytest.mark.parametrize(
    ("text", "counting"),
    [
        ("Insgesamt kamen 500 Container an.", "total"),
        ("Pro Monat kommen 500 Container an.", "period"),
        ("Die Lieferung umfasste 500 Container.", "single"),
        ("500 Container kamen an.", None),
    ],
)
def test_a_number_is_a_total_of_a_period_or_of_one_event_only_on_a_cue(text: str, counting: str | None) -> None:
    assert one(text).counting == counting


def spelled(n: int) -> str:
    """Write a number below a million in German words, by the rules of Duden."""
    small = [
        "null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
        "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
    ]  # fmt: skip
    tens = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]
    if n >= 1000:
        return spelled(n // 1000) + "tausend" + (spelled(n % 1000) if n % 1000 else "")
    if n >= 100:
        return spelled(n // 100) + "hundert" + (spelled(n % 100) if n % 100 else "")
    if n >= 20:
        return (small[n % 10] + "und" if n % 10 else "") + tens[n // 10 - 2]
    return small[n]


@given(st.integers(min_value=2, max_value=999_999))
def test_writing_a_number_another_way_never_changes_its_value(n: int) -> None:
    dotted = f"{n:,}".replace(",", ".")
    spaced = f"{n:,}".replace(",", "\u202f")
    word = spelled(n)
    if word.endswith("ein"):
        word += "s"
    for written in (str(n), dotted, spaced, word):
        q = one(f"Im Lager standen {written} Granaten im Regen.")
        assert (q.low, q.high, q.unit) == (n, n, "shells"), written


@given(st.integers(min_value=1, max_value=999), st.integers(min_value=1, max_value=9))
def test_a_million_is_never_read_as_its_mantissa(whole: int, tenth: int) -> None:
    for scale, size in (("Millionen", 10**6), ("Mio.", 10**6), ("Milliarden", 10**9), ("Mrd.", 10**9)):
        q = one(f"Es kamen {whole},{tenth} {scale} Granaten an.")
        assert q.low == pytest.approx((whole * 10 + tenth) * size / 10)
