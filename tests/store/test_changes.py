from __future__ import annotations

from dataclasses import replace

from beleg.model import Span
from beleg.store.changes import changes

from .values import claim, document

OF, _ = document("a", "Eins kam an. Zwei kam an. Drei kam an.")
ONE, TWO, THREE = (claim(OF, n, f"{w} kam an.") for n, w in enumerate(("Eins", "Zwei", "Drei"), 1))


def kinds(old: list, new: list) -> list[tuple[str, str]]:
    return [(c.kind, (c.new or c.old).id) for c in changes(old, new)]


def test_the_same_reading_changes_nothing():
    assert changes([ONE, TWO], [ONE, TWO]) == []


def test_another_number_or_other_rules_are_no_change_of_what_is_said():
    assert changes([TWO], [replace(TWO, id="a#07", rules=("r",), cues=(Span(0, 1),))]) == []


def test_what_came_and_went_is_told_in_text_order():
    assert kinds([ONE, THREE], [TWO, THREE]) == [("gone", "a#01"), ("new", "a#02")]


def test_a_changed_field_is_told_before_and_after():
    (change,) = changes([TWO], [replace(TWO, stance="hedged", supplier=None)])
    assert change.fields == (("supplier", "KP", None), ("stance", "said", "hedged"))


def test_two_claims_at_one_place_keep_apart_by_item():
    first, second = replace(ONE, item_id="shells"), replace(ONE, id="a#02", item_id="rockets")
    assert changes([first, second], [second, first]) == []


def test_a_claim_whose_place_grew_is_the_same_claim():
    grown = replace(ONE, span=Span(0, 20))
    assert [(c.kind, [f[0] for f in c.fields]) for c in changes([ONE], [grown])] == [("changed", ["span"])]
