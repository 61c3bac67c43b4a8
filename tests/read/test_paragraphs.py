from __future__ import annotations

import pytest

from beleg.read.paragraphs import split_paragraphs


def texts(source: str) -> list[str]:
    return [
        "".join((r.glue if n else "") + source[r.start : r.end] for n, r in enumerate(p.runs))
        for p in split_paragraphs(source)
    ]


WRAPPED = """Das Werk am Stadtrand wird seit dem vergangenen Herbst um eine
zweite Halle erweitert, wie Bilder eines privaten Anbieters zei-
gen. Die Wege dorthin sind neu.

Neue Halle

Die Halle ist nach Angaben der Fachleute etwa so groß wie die
erste und soll im kommenden Jahr fertig werden. Im Süden und im

https://example.org/lange/adresse.html

Westen des Geländes stehen Unterkünfte für die Arbeiter, die im
vergangenen Jahr gebaut wurden.
"""


def test_hard_wrapped_lines_become_one_paragraph() -> None:
    assert texts(WRAPPED)[0] == (
        "Das Werk am Stadtrand wird seit dem vergangenen Herbst um eine zweite Halle erweitert, "
        "wie Bilder eines privaten Anbieters zeigen. Die Wege dorthin sind neu."
    )


def test_a_short_line_between_blank_lines_stays_alone() -> None:
    assert texts(WRAPPED)[1] == "Neue Halle"


def test_a_link_address_amid_a_sentence_is_lifted_out() -> None:
    assert "Im Süden und im Westen des Geländes stehen Unterkünfte" in texts(WRAPPED)[2]


def test_a_link_address_after_a_full_stop_is_a_paragraph_of_its_own() -> None:
    source = WRAPPED.replace("Im Süden und im\n", "So heißt es dort.\n")
    assert "https://example.org/lange/adresse.html" in texts(source)


def test_long_lines_are_paragraphs_each() -> None:
    long = "Die Regierung in der Hauptstadt kündigte an, die Lieferungen im kommenden Jahr fortzusetzen " * 3
    assert len(texts(f"{long}\n{long}\n{long}")) == 3


def test_a_heading_line_right_above_its_text_is_not_joined_to_it() -> None:
    source = WRAPPED.replace("Neue Halle\n\n", "Neue Halle\n")
    assert "Neue Halle" in texts(source)


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("wie die Beobachter auf den Bildern sehen, stehen dort neue Rake-", "ten", "Raketen"),
        ("wie die Beobachter auf den Bildern sehen, stehen dort die KN-", "23 und", "KN-23"),
        ("wie die Beobachter auf den Bildern sehen, stehen dort Waffen-", "und Munitionslager", "Waffen- und Munition"),
        ("wie die Beobachter auf den Bildern sehen, fragten die US-", "Amerikaner", "US-Amerikaner"),
    ],
)
def test_words_divided_at_a_line_end_are_closed(first: str, second: str, joined: str) -> None:
    source = f"{first}\n{second} sind auf dem Gelände am Fluss schon im Herbst zu\nsehen gewesen, so heißt es.\n"
    assert joined in " ".join(texts(source))


def test_running_heads_and_page_numbers_of_pages_are_lifted_out() -> None:
    page = "Jahresbericht der Beobachter\nDie Lieferungen gingen auch in diesem Jahr mit der Bahn und mit\n"
    rest = "dem Schiff weiter, wie aus den Listen der Häfen zu sehen ist und\n"
    source = "\f".join(f"{page}{rest * 2}Seite {n}\n" for n in (1, 2, 3))
    body = [t for t, p in zip(texts(source), split_paragraphs(source), strict=True) if not p.kind]
    assert "Jahresbericht" not in " ".join(body) and "Seite" not in " ".join(body)


def test_a_text_with_an_empty_line_after_every_wrapped_line_is_joined_all_the_same() -> None:
    lines = [x for x in WRAPPED.splitlines() if x and not x.startswith("http") and x != "Neue Halle"]
    assert "zeigen. Die Wege dorthin" in " ".join(texts("\n\n".join(lines)))


def test_long_paragraphs_with_empty_lines_between_stay_apart() -> None:
    source = "\n\n".join(
        f"Satz {n} steht hier für sich und endet, wie es sich gehört, mit einem Punkt." for n in range(9)
    )
    assert len(texts(source)) == 9


def test_headlines_with_empty_lines_between_stay_apart() -> None:
    lines = [
        "Werfer für Estland",
        "Panzer für Litauen aus Schweden",
        "Haubitzen",
        "Neue Drohnen",
        "Kurz",
        "Lang und gut",
    ]
    assert len(texts("\n\n".join(lines))) == 6


@pytest.mark.parametrize("foot", ["Seite 2", "- Seite 3 von 12 -", "Page 4 of 9"])
def test_a_page_number_in_words_amid_a_sentence_is_lifted_out(foot: str) -> None:
    assert (
        "Im Süden und im Westen des Geländes"
        in texts(WRAPPED.replace("https://example.org/lange/adresse.html", foot))[2]
    )


def test_a_day_that_begins_a_line_amid_a_sentence_opens_no_list() -> None:
    dated = "Die Schiffe fuhren in diesem Herbst mehrmals zwischen dem 8. und dem\n13. Oktober hin\nund zurück.\n"
    listed = "Auf der Liste des Hafens standen nach Angaben der Leitung drei Punkte:\n1. ein Kran,\n2. ein Ufer.\n"
    assert len(texts(dated)) == 1
    assert len(texts(listed)) == 3
