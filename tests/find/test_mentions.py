"""All finders over one document."""

from __future__ import annotations

from beleg.find.mentions import find_mentions
from beleg.model import Block, Document, Piece, Published, Span, TextMap


def document(text: str) -> Document:
    whole = Span(0, len(text))
    return Document(
        name="probe", path="probe.txt", sha256="0" * 64, media_type="text/plain", language="de", title=None,
        outlet=None, authors=(), published=Published(), text=text, source_text=text,
        map=TextMap((Piece(*whole, *whole),)), blocks=(Block(whole, "body"),),
    )  # fmt: skip


def test_each_kind_of_mention_is_found_in_one_pass() -> None:
    found, _ = find_mentions(document("Die Ukraine erhielt im Juni 2023 von Polen 14 Leopard 2 über Lwiw."), [])
    assert [m.actor for m in found.actors] == ["UA", "PL"]
    assert [m.label for m in found.items] == ["Leopard 2 tanks"]
    assert [q.low for q in found.quantities] == [14]
    assert [t.start for t in found.times] == ["2023-06"]
    assert [p.name for p in found.places] == ["Poland", "Lviv"]


def test_a_count_of_a_designated_weapon_takes_its_unit() -> None:
    found, _ = find_mentions(document("Zugesagt sind 14 Leopard 2 und 60 KN-23."), [])
    assert [(q.low, q.unit) for q in found.quantities] == [(14, "tanks"), (60, "missiles")]


def test_batteries_of_a_system_are_not_counted_as_systems() -> None:
    text = "Das Land besitzt sechs Patriot-Batterien, zwei S-300 und 20 Hilfspakete mit Waffen."
    found, _ = find_mentions(document(text), [])
    assert [(q.low, q.unit) for q in found.quantities] == [(6, "batteries"), (2, "systems"), (20, "packages")]


def test_a_doubt_bears_the_name_of_the_document() -> None:
    _, problems = find_mentions(document("Am Dienstag kamen Raketen an."), [])
    assert problems != []
    assert {p.document for p in problems} == {"probe"}


def test_a_place_inside_a_name_is_not_given_twice() -> None:
    found, _ = find_mentions(document("Das Regime in Pjöngjang schweigt."), [])
    assert found.places == ()
