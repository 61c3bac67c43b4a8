"""Words in the Konjunktiv behind a clause that tells who speaks, and pronouns that take up who was named."""

from __future__ import annotations

import pytest
from spoken import names, read, words

BEHIND = [
    ("Das Ministerium hielt dagegen: Die Vorräte reichten aus, und im Mai komme mehr.",
     "Die Vorräte reichten aus, und im Mai komme mehr.", "ministry"),
    ("Anfang Mai legte Washington nach: Allein im März habe das Land zehn Schiffe beladen.",
     "Allein im März habe das Land zehn Schiffe beladen.", "United States"),
    ("Iran dementierte die Lieferung; man schicke niemandem Waffen.", "man schicke niemandem Waffen.", "Iran"),
    ("Aserbaidschan bezifferte die Verluste auf 192 Soldaten, 500 weitere seien verwundet worden.",
     "500 weitere seien verwundet worden.", "Azerbaijan"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "speaker"), BEHIND, ids=[row[0] for row in BEHIND])
def test_the_konjunktiv_behind_a_clause_is_its_subject_s(text: str, quote: str, speaker: str) -> None:
    found = [a for a in read(text, parsed=True) if a.quote_type == "IndirectFreeIndirect"]
    assert [(words(text, a), names(a)) for a in found] == [(quote, [[speaker]])]


@pytest.mark.parametrize(
    "text", ["Das Schiff lief aus; die Mannschaft sei müde.", "Die Halle ist fertig: Das Dach habe zwei Lagen."]
)
def test_a_thing_or_nobody_does_not_speak_behind_a_clause(text: str) -> None:
    assert [names(a) for a in read(text, parsed=True) if "behind-clause" in a.rules] == []


PRONOUNS = [
    ("Nach Angaben der Luftwaffe stieg der Beschuss. Präsident Wolodymyr Selenskyj reiste nach Bonn. "
     "Im Herbst hatte er erklärt, das Land sei bereit.", "Volodymyr Zelensky"),
    ("Der Sprecher der Werft schwieg. Die Forscherin zuckt mit den Schultern. Das sei gut, sagt sie.", "researcher"),
    ("Die Fachleute waren nach Polen gereist. Sie fanden nach eigener Darstellung keine Hinweise auf Schäden.",
     "experts"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker"), PRONOUNS, ids=[row[1] for row in PRONOUNS])
def test_a_pronoun_is_whom_its_form_agrees_with(text: str, speaker: str) -> None:
    assert names(read(text, parsed=True)[-1]) == [[speaker]]
