from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleg.claim.heads import NO_HEADS, UNIT, Heads, load_heads

HEADS = Heads({"h": {"good": UNIT, "bad": -UNIT}})


def test_a_feature_with_weight_makes_its_answer_likelier() -> None:
    good, bad, neither = HEADS.probabilities("h", [["good"], ["bad"], ["unknown"]])
    assert good > neither > bad


def test_answers_that_nothing_speaks_for_are_equally_likely() -> None:
    assert HEADS.probabilities("h", [[], ["unknown"]]) == [0.5, 0.5]


@given(st.lists(st.lists(st.sampled_from(["good", "bad", "x"]), max_size=4), min_size=1, max_size=6))
def test_probabilities_add_up_to_one_and_do_not_depend_on_the_order_of_features(answers: list[list[str]]) -> None:
    found = HEADS.probabilities("h", answers)
    assert sum(found) == pytest.approx(1, abs=1e-3)
    assert found == HEADS.probabilities("h", [a[::-1] for a in answers])


def test_a_language_without_heads_has_none_and_german_has_five() -> None:
    assert load_heads("xx") is NO_HEADS and not NO_HEADS
    assert set(load_heads("de").tables) == {"claim", "event", "figure", "keep", "side"}


def test_weights_are_whole_numbers_and_hold_no_names_of_states() -> None:
    for table in load_heads("de").tables.values():
        assert all(type(w) is int for w in table.values())
        assert not [f for f in table if {"KP", "RU", "UA", "russland", "ukraine"} & set(f.replace("=", " ").split())]


@given(st.lists(st.sampled_from(["x", "y", "z w"]), max_size=4), st.lists(st.floats(-3, 3), min_size=2, max_size=2))
def test_crossed_features_weigh_as_if_each_stood_behind_its_answer(features: list[str], more: list[float]) -> None:
    heads = Heads({"e": {"a": 300, "a x": 900, "b x": -200, "b z w": 500, "other y": 70}})
    plain = [[name, *(f"{name} {f}" for f in features)] for name in ("a", "b")]
    assert heads.crossed("e", ["a", "b"], features, more) == heads.probabilities("e", plain, more)


def test_odds_from_elsewhere_are_added() -> None:
    lone, helped = HEADS.probabilities("h", [["good"], []])[1], HEADS.probabilities("h", [["good"], []], [0.0, 2.0])[1]
    assert helped > 0.5 > lone
