"""Drawings of sources, days and flows: well-formed, the same for the same values, and all that is told is in them."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from annotated import read_set
from beleg.ledger.build import build_ledger
from beleg.views import map as maps
from beleg.views import network, timeline
from beleg.views.map import Flow, Spot, flow_map, project
from beleg.views.network import arranged, column_of, network_chart
from beleg.views.shapes import outlines, place, points
from beleg.views.sources import Edge, Network, SourceRecord, network_of
from beleg.views.timeline import Cell, timeline_chart

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
NET = network.Words("Sources", "who rests on whom", ("prints", "passes on", "speaks"), "claims")
DAYS = timeline.Words("Days", "what was said", "unnamed", "figures", "denials")
WAYS = maps.Words("Map", "what goes where", "matters", "claims")
NASTY = '"><script>alert(1)</script>&\'"'


@pytest.fixture(scope="module")
def examples() -> Network:
    known = read_set(ROOT / "examples" / "de")
    return network_of(build_ledger(known.documents, known.claims)[0])


def titles(drawing: str) -> list[str]:
    return [e.text or "" for e in ET.fromstring(drawing).iter(f"{SVG}title")]


def record(name: str, **counts: int) -> SourceRecord:
    numbers = dict.fromkeys(("articles", "cited_in", "told", "said", "figures", "prints", "first", "repeated"), 0)
    return SourceRecord(name, (), (), False, None, **(numbers | counts))


def test_a_chain_is_counted_from_the_paper_to_the_speaker(examples: Network) -> None:
    edges = {(e.one, e.other): e for e in examples.edges}
    records = {r.name: r for r in examples.records}
    assert edges["Bloomberg", "Shin Won-sik"].documents == 2
    assert ("Shin Won-sik", "Bloomberg") not in edges
    assert records["Bloomberg"].said == 0 < records["Bloomberg"].told
    assert [column_of(records[n]) for n in ("Musterzeitung", "Bloomberg", "Shin Won-sik")] == [0, 1, 2]


def test_every_figure_is_printed_first_by_one_outlet_at_most(examples: Network) -> None:
    known = read_set(ROOT / "examples" / "de")
    ledger, _ = build_ledger(known.documents, known.claims)
    figures = sum(len(m.figures) for m in ledger.matters)
    assert 0 < sum(r.first for r in examples.records) <= figures


def test_every_edge_between_drawn_sources_is_in_the_drawing(examples: Network) -> None:
    drawing = network_chart(examples.records, examples.edges, NET, lambda n: f"/source/{n}")
    for e in examples.edges:
        assert f"{e.one} → {e.other}: {e.claims} claims" in titles(drawing)
    assert {r.name for r in examples.records} <= set(titles(drawing))


def test_the_order_in_which_sources_come_changes_nothing(examples: Network) -> None:
    records, edges = list(examples.records), list(examples.edges)
    before = arranged(records, edges)
    random.Random(3).shuffle(records)
    random.Random(4).shuffle(edges)
    assert arranged(records, edges) == before


def test_neighbours_stand_opposite_each_other() -> None:
    records = [record(n, articles=1) for n in "abc"] + [record(n, said=1) for n in "xyz"]
    left, _, right = arranged(records, [Edge("a", "z", 1, 1), Edge("b", "y", 1, 1), Edge("c", "x", 1, 1)])
    assert [{"a": "z", "b": "y", "c": "x"}[n] for n in left] == right


def test_names_stay_text_in_every_drawing() -> None:
    drawings = [
        network_chart([record(NASTY)], [Edge(NASTY, NASTY, 1, 1)], NET, lambda n: f"/source/{n}"),
        timeline_chart([Cell(NASTY, "2024-01-02", "figure", 1)], [NASTY], DAYS, lambda who, day: who),
        flow_map(
            [Flow("KP", "RU", 1, 1, 0)], [Spot(NASTY, 1, 1, 1)], WAYS._replace(say=lambda code: NASTY), lambda f: NASTY
        ),
    ]
    for drawing in drawings:
        assert not list(ET.fromstring(drawing).iter(f"{SVG}script")) and "script" not in {
            name for e in ET.fromstring(drawing).iter() for name in e.attrib
        }


def test_nothing_to_draw_is_an_empty_drawing() -> None:
    for drawing in (
        network_chart([], [], NET, str),
        timeline_chart([], [], DAYS, lambda who, day: who),
        flow_map([], [], WAYS, str),
    ):
        assert ET.fromstring(drawing).tag == f"{SVG}svg"


def test_days_stand_in_their_order_and_denials_are_told_apart() -> None:
    cells = [
        Cell("A", "2024-01-05", "figure", 3),
        Cell("A", "2024-06-05", "denial", 1),
        Cell("", "2024-03", "figure", 1),
    ]
    drawing = timeline_chart(cells, ["A", ""], DAYS, lambda who, day: f"/timeline?{day}")
    assert {"A, 2024-01-05: 3 figures", "A, 2024-06-05: 1 denials", "unnamed, 2024-03: 1 figures"} <= set(
        titles(drawing)
    )
    xs = [float(e.attrib["cx"]) for e in ET.fromstring(drawing).iter(f"{SVG}circle")]
    assert len(xs) == 2 and min(xs) < max(xs)


def test_a_flow_without_a_place_on_the_map_is_left_out_and_no_other() -> None:
    flows = [Flow("KP", "RU", 2, 5, 1), Flow("Hisbollah", "SY", 1, 1, 0), Flow("RU", "KP", 1, 1, 0)]
    names = {"KP": "Nordkorea", "RU": "Russland"}
    found = titles(flow_map(flows, [], WAYS._replace(say=lambda code: names.get(code, code)), str))
    assert "Nordkorea → Russland: 2 matters" in found and "Russland → Nordkorea: 1 matters" in found
    assert not any("Hisbollah" in t for t in found)


def test_states_are_marked_where_they_lie() -> None:
    where = points()
    assert len(where) > 200 and {code for code, _ in outlines()} <= set(where)
    assert where["DE"] == pytest.approx((13.4, 52.5), abs=0.5)
    assert where["KP"] == pytest.approx((125.8, 39.0), abs=0.5)
    assert where["BR"] == pytest.approx((-47.9, -15.8), abs=0.5)
    assert place("Hafen der Erfindung") is None and place("Seoul") is not None
    assert all(-180 <= x <= 200 and -90 <= y <= 90 for _, rings in outlines() for ring in rings for x, y in ring)


def test_the_projection_keeps_areas() -> None:
    """A degree's square at the equator and one at 60 degrees north, which is half as large on the globe."""

    def size(north: float) -> float:
        (x0, y0), (x1, _), (_, y1) = project((10, north)), project((11, north)), project((10, north + 1))
        return (x1 - x0) * (y1 - y0)

    assert size(60) / size(0) == pytest.approx(0.5, rel=0.03)
