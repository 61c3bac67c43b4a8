"""How firmly: pairs of sentences that differ in what changes the standing of a claim."""

from __future__ import annotations

import pytest
from spoken import read, sentences_of
from told import claims_of

from beleg.claim.stance import StanceReading, stance_at
from beleg.claim.stance_region import innermost
from beleg.model import Span


def reading(text: str, about: str) -> StanceReading:
    """Read the standing of the clause whose verb is ``about``."""
    at = text.index(about)
    span = Span(at, at + 1)
    sentence = next(s for s in sentences_of(text, True) if s.span.start <= at < s.span.end)
    inside = [c for c in sentence.clauses if c.span.start <= at < c.span.end]
    clause = min(inside, key=lambda c: c.span.end - c.span.start)
    return stance_at(span, read(text, True), sentence, clause)


PAIRS = [
    ("Das Schiff hat Waffen geladen.", "geladen", "fact", "+"),
    ("Das Schiff hat offenbar Waffen geladen.", "geladen", "hedged", "+"),
    ("Das Schiff hat so viel wie möglich geladen.", "geladen", "fact", "+"),
    ("Das Schiff soll Waffen geladen haben.", "geladen", "hedged", "+"),
    ("Das Schiff soll morgen Waffen laden.", "laden", "planned", "+"),
    ("Das Schiff wird morgen Waffen laden.", "laden", "planned", "+"),
    ("Der Minister sagte, das Schiff habe Waffen geladen.", "geladen", "said", "+"),
    ("Der Minister sagte, das Schiff habe keine Waffen geladen.", "geladen", "denied", "-"),
    ("Der Minister vermutet, dass das Schiff Waffen geladen hat.", "geladen", "hedged", "+"),
    ("Der Minister bestreitet, dass das Schiff Waffen geladen hat.", "geladen", "denied", "-"),
    ("Der Minister bestreitet nicht, dass das Schiff Waffen geladen hat.", "geladen", "said", "+"),
    ("Der Minister konnte nicht bestätigen, dass das Schiff Waffen geladen hat.", "geladen", "unconfirmed", "?"),
    ("Der Minister kündigte an, zehn Panzer zu liefern.", "liefern", "planned", "+"),
    ("Das Schiff kann Waffen geladen haben.", "geladen", "hedged", "+"),
    ("Das Schiff kann jeden Tag Waffen laden.", "laden", "fact", "+"),
    ("Eine Stellungnahme der Botschaft zu den Panzern lag zunächst nicht vor.", "lag", "unconfirmed", "?"),
    ("Das Land liefert nicht einmal 20 Panzer.", "liefert", "fact", "+"),
    ("Das Land liefert nicht einmal halb so viele Panzer.", "liefert", "fact", "+"),
    ("Das Land liefert nicht einmal Panzer.", "liefert", "denied", "-"),
    ("Das Land will keine Panzer liefern.", "liefern", "denied", "-"),
    ("Das Land plant nicht, Panzer zu liefern.", "liefern", "denied", "-"),
    ("Das Land hat nicht vor, Panzer zu liefern.", "liefern", "denied", "-"),
    ("Das Land habe nicht vor, Panzer-Systeme abzugeben, sagte er.", "abzugeben", "denied", "-"),
    ("Das Land plant, Panzer zu liefern.", "liefern", "planned", "+"),
    ("Das Schiff hat nach Schätzungen der Polizei Waffen geladen.", "geladen", "hedged", "+"),
    ("Das Schiff hat nach Angaben der Polizei Waffen geladen.", "geladen", "said", "+"),
    ("Der Minister hat nicht eingeräumt, dass das Schiff Waffen geladen hat.", "geladen", "unconfirmed", "?"),
    ("Das Land liefert keine Panzer.", "liefert", "denied", "-"),
    ("Das Land liefert nicht nur Panzer.", "liefert", "fact", "+"),
    ("Das Land lieferte so viele Panzer wie nie.", "lieferte", "fact", "+"),
    ("Das Land lieferte nicht mehr als zehn Panzer.", "lieferte", "fact", "+"),
    ("Das Land liefert die Panzer nicht vor 2025.", "liefert", "fact", "+"),
    ("Das Land liefert die Panzer nicht vor dem Sommer.", "liefert", "fact", "+"),
    ("Das Schiff lag nicht vor der Küste.", "lag", "denied", "-"),
    ("Das Amt antwortete, man habe keine Panzer geliefert.", "geliefert", "denied", "-"),
    ("Das Amt bestätigt, dass das Land keine Panzer geliefert hat.", "geliefert", "denied", "-"),
    ("Dass das Land Panzer liefert, ist umstritten.", "liefert", "fact", "+"),
    ("Ob das Land Panzer liefert, ist umstritten.", "liefert", "unconfirmed", "?"),
    ("Bis März wird das Land zehn Panzer geliefert haben.", "geliefert", "planned", "+"),
    ("Der Minister sagte, das Land wolle Panzer liefern.", "liefern", "planned", "+"),
    ("„Ich denke, das Schiff ist leer“, sagte der Minister.", "leer", "hedged", "+"),
    ("Wie viele Panzer das Land liefert, sagte der Minister nicht.", "liefert", "unconfirmed", "?"),
    ("Wann die Panzer eintreffen, ist unklar.", "eintreffen", "unconfirmed", "?"),
    ("Sollten die Panzer dort eintreffen, wäre das neu.", "eintreffen", "hedged", "+"),
    ("„Es scheint, als ob dies ein Versuch ist, Panzer zu liefern“, sagte er.", "liefern", "hedged", "+"),
    ("Der Minister schließe eine Lieferung nicht aus, sagte er.", "schließe", "hedged", "+"),
    ("In Kürze liefert das Land zehn Panzer.", "liefert", "planned", "+"),
    ("Der Wert der Panzer wird auf zehn Millionen geschätzt.", "geschätzt", "hedged", "+"),
    ("Das Land hat vor der Küste Waffen beschlagnahmt.", "beschlagnahmt", "fact", "+"),
    ("Das Land hat die Lieferung beschlossen.", "beschlossen", "fact", "+"),
    ("Was das Schiff lud, ist auf den Bildern nicht zu sehen.", "lud", "unconfirmed", "?"),
    ("Das Land bestreitet keine Lieferung.", "bestreitet", "said", "+"),
    ("Falls das Land Panzer liefert, wird das neu.", "liefert", "hedged", "+"),
    ("Das Land bereitete sich vor, nachdem es Panzer geliefert hatte.", "geliefert", "fact", "+"),
    ("Das Land will seine Bestände nicht vollständig abgeben.", "abgeben", "planned", "+"),
    ("Auf die Lieferung hatte der Fehler keinen Einfluss.", "Lieferung", "fact", "+"),
    ("Satellitenbilder zeigen, dass das Schiff Waffen geladen hat.", "geladen", "fact", "+"),
    ("Das Schiff wird verdächtigt, Waffen geladen zu haben.", "geladen", "hedged", "+"),
]


@pytest.mark.parametrize(("text", "about", "stance", "polarity"), PAIRS, ids=[row[0] for row in PAIRS])
def test_a_claim_stands_as_its_words_say(text: str, about: str, stance: str, polarity: str) -> None:
    found = reading(text, about)
    assert (found.stance, found.polarity) == (stance, polarity)


def test_the_konjunktiv_of_reported_speech_lowers_nothing() -> None:
    told = reading("Der Minister sagte, das Schiff habe Waffen geladen.", "geladen")
    plain = reading("Der Minister sagte, das Schiff hat Waffen geladen.", "geladen")
    assert (told.certainty, told.distance) == (plain.certainty, plain.distance) == ("CT", "neutral")


def test_images_are_the_basis_and_nobodys_words() -> None:
    found = reading("Satellitenbilder zeigen, dass das Schiff Waffen geladen hat.", "geladen")
    assert (found.basis, found.form) == ("satellite imagery", "none")


def test_the_shortest_attribution_around_a_claim_decides() -> None:
    text = "Reuters berichtete, der Minister habe gesagt, das Schiff sei leer."
    found = read(text, True)
    at = text.index("leer")
    assert innermost(Span(at, at + 4), found) == 1


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Peru habe nicht 30, sondern 20 Panzer geliefert, sagte er.", {30: "denied", 20: "said"}),
        ("Peru habe 30 Panzer und keine 20 Haubitzen geliefert, sagte er.", {30: "said", 20: "denied"}),
        ("Peru habe nicht nur 30 Panzer, sondern auch 20 Haubitzen geliefert, sagte er.", {30: "said", 20: "said"}),
        ("Peru habe 30 Panzer nicht an Chile, sondern an Malta geliefert, sagte er.", {30: "said"}),
        ("Weder Peru noch Chile haben 30 Panzer geliefert, sagte er.", {30: "denied"}),
        ("Von 30 Panzern für Chile könne keine Rede sein, sagte er zu den Lieferungen.", {30: "denied"}),
    ],
)
def test_a_negation_denies_the_figure_that_it_stands_with(text: str, figures: dict[int, str]) -> None:
    assert {int(c.quantity.low or 0): c.stance for c in claims_of(text) if c.quantity is not None} == figures


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Bamako tat die Vorwürfe, Raketen an Ghana geliefert zu haben, als lächerlich ab.", True),
        ("Bamako hat die Berichte über Waffenlieferungen an Ghana als Gerede abgetan.", True),
        ("Bamako nannte die Berichte über Waffenlieferungen an Ghana ein Gerücht.", True),
        ("Bamako nannte die Sanktionen lächerlich und lieferte 40 Raketen an Ghana.", False),
        ("Bamako wies Kritik von sich und lieferte 40 Raketen an Ghana.", False),
        ("Niemand stellt in Abrede, dass Bamako 40 Raketen an Ghana geliefert hat.", False),
    ],
)
def test_contempt_for_a_report_denies_it(text: str, denied: bool) -> None:
    stances = [c.stance for c in claims_of(text) if c.event == "transfer"]
    assert stances
    assert ("denied" in stances) == denied


BOUNDS = [
    ("Polen hat der Ukraine nicht einmal zwanzig Panzer geliefert.", None, 20.0),
    ("Polen hat der Ukraine noch nicht einmal 20 Panzer geliefert.", None, 20.0),
    ("Polen hat der Ukraine nicht ganz zwanzig Panzer geliefert.", None, 20.0),
    ("Polen hat der Ukraine nicht weniger als zwanzig Panzer geliefert.", 20.0, None),
    ("Polen hat der Ukraine nie mehr als 20 Panzer geliefert.", None, 20.0),
    ("Nicht alle 40 Panzer aus Polen kamen in der Ukraine an.", None, 40.0),
    ("Kaum 20 Panzer hat Polen der Ukraine geliefert.", None, 20.0),
    ("Polen lieferte der Ukraine zwar keine Panzer, aber 40 Haubitzen.", 40.0, 40.0),
    ("Polen lieferte der Ukraine nicht ohne Stolz 20 Panzer.", 20.0, 20.0),
    ("Polen liefert der Ukraine anstatt der alten nun 20 neue Panzer.", 20.0, 20.0),
]


@pytest.mark.parametrize(("text", "low", "high"), BOUNDS, ids=[row[0] for row in BOUNDS])
def test_a_negation_that_bounds_a_number_denies_nothing(text: str, low: float | None, high: float | None) -> None:
    (claim,) = claims_of(text)
    assert claim.stance == "fact" and claim.quantity is not None
    assert (claim.quantity.low, claim.quantity.high) == (low, high)


OUTCOMES = [
    ("Nordkorea liefert nicht mehr nur Granaten, sondern auch Raketen an Russland.", "fact"),
    ("Nordkorea liefert nicht erst seit 2023 Granaten an Russland.", "fact"),
    ("Noch nie hat Polen so viele Panzer an die Ukraine geliefert wie 2023.", "fact"),
    ("Noch nie hat Polen der Ukraine Panzer geliefert.", "denied"),
    ("Niemand lieferte der Ukraine mehr Panzer als Polen.", "fact"),
    ("Niemand hat der Ukraine Panzer geliefert.", "denied"),
    ("Kein anderes Land lieferte der Ukraine mehr Panzer als Polen.", "fact"),
    ("Kein anderes Land hat der Ukraine Panzer geliefert.", "denied"),
    ("Nicht wenige der Raketen, die Russland einsetzt, stammen aus Nordkorea.", "fact"),
    ("Polen liefert der Ukraine die 20 Panzer nicht, ohne dafür Geld zu bekommen.", "denied"),
    ("Polen hat der Ukraine 20 Panzer aber nicht geliefert.", "denied"),
    ("Polen liefert der Ukraine keine Panzer mehr, wie der Minister sagte.", "denied"),
    ("Noch nie habe Polen der Ukraine Panzer geliefert, so der Minister.", "denied"),
    ("Polen liefert der Ukraine nicht einmal mehr die Panzer.", "denied"),
    ("Trotz der Lieferung von 20 Panzern aus Polen an die Ukraine scheiterte die Offensive.", "fact"),
    ("Die Lieferung von 20 Panzern aus Polen an die Ukraine ist gescheitert.", "denied"),
    ("Die Lieferung von 20 Panzern aus Polen an die Ukraine verzögert sich.", "planned"),
    ("Die Lieferung von 20 Panzern aus Polen an die Ukraine begann.", "fact"),
    ("Polen hat die Lieferung von 20 Panzern an die Ukraine abgesagt.", "denied"),
    ("Polen verzichtet darauf, der Ukraine 20 Panzer zu liefern.", "denied"),
    ("Polen versäumte es, der Ukraine 20 Panzer zu liefern.", "denied"),
    ("Polen beeilte sich, der Ukraine 20 Panzer zu liefern.", "fact"),
    ("Seoul widerlegte den Bericht, Nordkorea habe 40 Raketen an Russland geliefert.", "denied"),
    ("Es gibt bislang keinen Beweis, dass Nordkorea Raketen an Russland geliefert hat.", "denied"),
    ("Die Zahl von 40 gelieferten Raketen sei zu hoch gegriffen, sagte der Sprecher.", "denied"),
]


@pytest.mark.parametrize(("text", "stance"), OUTCOMES, ids=[row[0] for row in OUTCOMES])
def test_records_deny_nothing_and_what_came_to_nothing_is_not_done(text: str, stance: str) -> None:
    assert {c.stance for c in claims_of(text)} == {stance}


def test_what_something_came_in_place_of_did_not_come() -> None:
    found = claims_of("Anstelle der versprochenen 40 Panzer lieferte Polen der Ukraine 12 Haubitzen.")
    assert [(c.stance, c.quantity and c.quantity.low) for c in found] == [("denied", 40.0), ("fact", 12.0)]


def test_not_but_a_figure_is_denied() -> None:
    found = claims_of("Polen lieferte der Ukraine 12 Haubitzen, nicht aber 20 Panzer.")
    assert ("denied", 20.0) in [(c.stance, c.quantity.low) for c in found if c.quantity is not None]
