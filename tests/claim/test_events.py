from __future__ import annotations

import pytest
from told import claims_of, quoted


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Portugal liefert der Ukraine zwölf Haubitzen.", "transfer"),
        ("Nordkorea schickt 3.000 Soldaten nach Russland.", "deployment"),
        ("Russland liefert Nordkorea Öl für die Granaten.", "return"),
        ("Polen bestellt 180 Panzer in Südkorea.", "agreement"),
        ("Iran baut jeden Monat 200 Drohnen.", "production"),
        ("Die EU verhängte ein Waffenembargo gegen Myanmar.", "control"),
        ("Die Huthi feuerten drei Raketen auf ein Schiff.", "use"),
    ],
)
def test_word_and_thing_together_decide_the_event(text: str, event: str) -> None:
    assert event in [c.event for c in claims_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Der Minister will eine Botschaft senden.",
        "Die Molkerei liefert Milch an Schulen.",
        "Bei dem Sturm starben vier Menschen.",
    ],
)
def test_other_things_are_no_claims(text: str) -> None:
    assert claims_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Hat Gabun Munition an den Tschad geliefert?",
        "Ob Gabun Panzer abgegeben habe, wollte die Reporterin wissen.",
        "Der Abgeordnete fragte, ob Gabun Munition an den Tschad geliefert habe.",
        "Falls Gabun weitere Haubitzen liefert, wird die Brigade umgerüstet.",
    ],
)
def test_an_open_question_or_a_mere_condition_claims_nothing(text: str) -> None:
    assert claims_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Warum liefert Gabun Panzer an den Tschad?",
        "Gabun bestätigte, dass es Munition an den Tschad geliefert hat.",
        "Falls Gabun 30 Haubitzen liefert, wird die Brigade umgerüstet.",
    ],
)
def test_what_a_question_takes_for_granted_and_every_figure_is_kept(text: str) -> None:
    assert claims_of(text)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Malta verkauft Panzer an Peru.", "agreement"),
        ("Malta will Peru Panzer verkaufen.", "agreement"),
        ("Malta verkaufte Panzer an Peru.", "transfer"),
        ("Die Panzer wurden an Peru verkauft.", "transfer"),
        ("Malta soll Panzer an Peru verkauft haben.", "transfer"),
        ("Es hieß, dass Malta Panzer an Peru verkauft habe.", "transfer"),
    ],
)
def test_who_sells_agrees_to_give_and_who_sold_gave(text: str, event: str) -> None:
    assert [c.event for c in claims_of(text)] == [event]


@pytest.mark.parametrize(
    ("text", "event", "supplier"),
    [
        ("Auf dem Frachter lagen iranische Raketen für die Huthi.", "transfer", "IR"),
        ("In den Hallen lagen iranische Raketen.", "stockpile", None),
        ("Ein Foto aus Peru zeigt eine Granate aus bulgarischer Fertigung.", "recovery", "BG"),
        ("Die Sendung aus Malta umfasst 40 Gewehre.", "transfer", "MT"),
        ("Malta bemüht sich um Drohnen aus Peru.", "request", "PE"),
        ("Malta kündigte 30 Panzer für Peru an.", "transfer", "MT"),
    ],
)
def test_where_things_lie_and_what_shows_them_decides_the_event(text: str, event: str, supplier: str | None) -> None:
    assert [(c.event, c.supplier) for c in claims_of(text)] == [(event, supplier)]


def test_nobody_denying_leaves_the_claim_itself() -> None:
    text = "Niemand bestreitet, dass Malta Munition an Peru abgab."
    assert [(c.event, c.supplier, c.stance) for c in claims_of(text)] == [("transfer", "MT", "said")]


@pytest.mark.parametrize(
    ("text", "counting"),
    [
        ("Bis Ende Mai 2023 waren 300 Panzer in Peru angekommen.", "total"),
        ("Bis Ende Mai 2023 will Malta 300 Panzer an Peru liefern.", None),
    ],
)
def test_what_was_done_up_to_a_day_is_a_total(text: str, counting: str | None) -> None:
    assert [c.counting for c in claims_of(text) if c.quantity] == [counting]


def test_a_word_that_only_ends_like_a_noun_of_the_table_tells_nothing() -> None:
    text = "Wie die Zeitung aus Regierungskreisen erfuhr, hat Malta Raketen an Peru verkauft."
    assert [c.event for c in claims_of(text)] == ["transfer"]


def test_a_purpose_belongs_to_the_claim_above_it() -> None:
    text = "Russland setzt Drohnen ein, um Ziele in der Ukraine zu treffen."
    assert [quoted(text, c) for c in claims_of(text)] == [
        "Russland setzt Drohnen ein, um Ziele in der Ukraine zu treffen"
    ]


def test_a_denial_stands_once_and_for_what_it_denies() -> None:
    (claim,) = claims_of("Ankara dementierte, dass die Türkei Panzer an den Sudan liefert.")
    assert (claim.supplier, claim.recipient, claim.stance) == ("TR", "SD", "denied")


def test_who_goes_and_looks_is_the_actor_of_a_find() -> None:
    text = "Conflict Armament Research dokumentierte 20 Gewehre aus China in Somalia."
    assert [c.actor for c in claims_of(text)] == ["Conflict Armament Research"]


def test_a_word_for_a_total_counts_for_the_number_on_its_side_of_the_comma() -> None:
    text = "Im August 2023 kamen 50.000 Granaten hinzu, womit Peru insgesamt 400.000 erhalten hat."
    assert [(c.quantity.low, c.counting) for c in claims_of(text) if c.quantity] == [
        (50000, "period"),
        (400000, "total"),
    ]
