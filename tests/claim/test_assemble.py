from __future__ import annotations

from told import claims_of, quoted

from beleg.claim.assemble import trimmed
from beleg.model import Span

CONTAINERS = "Seoul zählte 13.000 Container mit Granaten. Diese könnten bis zu sechs Millionen Granaten enthalten."


def test_claims_are_numbered_in_text_order() -> None:
    assert [c.id for c in claims_of(CONTAINERS)] == ["sentence#01", "sentence#02"]


def test_a_capacity_is_no_delivery_and_points_to_the_count_it_is_made_from() -> None:
    count, capacity = claims_of(CONTAINERS)
    assert (capacity.act, capacity.derived_from) == ("capacity", count.id)
    assert count.observed and not capacity.observed


def test_the_quote_is_the_clause_without_who_said_it() -> None:
    text = "Norwegen habe der Ukraine acht Panzer übergeben, erklärte das Ministerium."
    (claim,) = claims_of(text)
    assert quoted(text, claim) == "Norwegen habe der Ukraine acht Panzer übergeben"


def test_a_day_counts_a_single_event_and_a_span_a_period() -> None:
    (day,) = claims_of("Am 3. September 2023 verlor die Armee drei Panzer.")
    (span,) = claims_of("Im März 2023 lieferte Norwegen der Ukraine acht Panzer.")
    assert (day.counting, span.counting) == ("single", "period")


def test_blanks_and_commas_are_cut_from_the_ends() -> None:
    text = " , acht Panzer. "
    assert trimmed(text, Span(0, len(text))) == Span(3, 14)
