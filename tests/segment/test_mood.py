"""The form decides the mood where it can."""

from __future__ import annotations

import pytest
from trees import tree

from beleg.segment.mood import correct_moods, mood_table


def mood(form: str, subject: str = "er", person: str = "3", tagged: str = "Ind") -> tuple[str | None, str | None]:
    tokens = tree(f"""
        {subject} {subject} PRON PPER  Person={person}                                 2 nsubj
        {form}    {form}    VERB VVFIN Mood={tagged}|Person={person}|VerbForm=Fin      0 root
    """)
    corrected = correct_moods(tokens, mood_table("de"))[1]
    return corrected.feat("Mood"), corrected.feat("Tense")


@pytest.mark.parametrize("form", ["sei", "könne", "müsse", "solle", "habe", "werde", "liefere", "handele", "setze"])
def test_subjunctive_one_of_the_third_person_is_known_by_its_form(form: str) -> None:
    assert mood(form) == ("Sub", "Pres")


@pytest.mark.parametrize("form", ["wäre", "hätten", "gäbe", "könnten", "dürfte", "würden"])
def test_subjunctive_two_is_known_by_its_form(form: str) -> None:
    assert mood(form) == ("Sub", "Past")


@pytest.mark.parametrize("form", ["habe", "liefere", "setze"])
def test_the_same_forms_are_indicative_after_ich(form: str) -> None:
    assert mood(form, subject="ich", person="1")[0] == "Ind"


@pytest.mark.parametrize("form", ["lieferte", "setzten", "geben"])
def test_forms_that_may_be_indicative_are_taken_for_it(form: str) -> None:
    assert mood(form, tagged="Sub")[0] == "Ind"


def test_a_form_that_the_table_does_not_have_keeps_the_tagger_s_mood() -> None:
    assert mood("flurbse", tagged="Ind")[0] == "Ind"
    assert mood("flurbse", tagged="Sub")[0] == "Sub"


def test_a_language_without_a_table_changes_nothing() -> None:
    tokens = tree("be be VERB VVFIN Mood=Ind|VerbForm=Fin 0 root")
    assert correct_moods(tokens, mood_table("xx")) == tokens
