"""Whose words: each row is a sentence, the words found in it, whose they are, and how they are given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spoken import article, attributions, names, read, words

from beleg.pipeline import read_article

SINGLE = [
    ("Der Sprecher des Ministeriums sagte, dass die Lieferung eingetroffen sei.",
     "dass die Lieferung eingetroffen sei", "Der Sprecher des Ministeriums", "Indirect"),
    ("Laut Polizei waren die Kisten leer.", "waren die Kisten leer", "Polizei", "Indirect"),
    ("Nach Angaben der Polizei waren die Kisten leer.", "waren die Kisten leer", "der Polizei", "Indirect"),
    ("Einem Bericht zufolge waren die Kisten leer.", "waren die Kisten leer", "Einem Bericht", "Indirect"),
    ("Die Kisten waren laut Polizei leer.", "Die Kisten waren […] leer", "Polizei", "Indirect"),
    ("Das Schiff, so der Minister, sei leer.", "Das Schiff […] sei leer", "der Minister", "Indirect"),
    ("„Die Kisten waren leer“, sagte der Minister.", "„Die Kisten waren leer“", "der Minister", "Direct"),
    ("Der Minister sagte: „Die Kisten waren leer.“", "„Die Kisten waren leer.“", "Der Minister", "Direct"),
    ("«Die Kisten waren leer», sagte der Minister.", "«Die Kisten waren leer»", "der Minister", "Direct"),
    ("Das Schiff sei fort, teilte die Behörde mit.", "Das Schiff sei fort", "die Behörde", "Indirect"),
    ("Die Halle, sagte der Minister, sei fertig.", "Die Halle […] sei fertig", "der Minister", "Indirect"),
    ("Das Schiff sei, so der Minister, schon beladen.", "Das Schiff sei […] schon beladen", "der Minister", "Indirect"),
    ("Der Minister bestritt, dass die Kisten leer seien, obwohl es Fotos gibt.",
     "dass die Kisten leer seien", "Der Minister", "Indirect"),
    ("Der Minister bestritt, dass die Kisten leer seien, obwohl es niemand wisse.",
     "dass die Kisten leer seien, obwohl es niemand wisse", "Der Minister", "Indirect"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "speaker", "kind"), SINGLE, ids=[row[0] for row in SINGLE])
def test_a_sentence_gives_its_words_and_their_speaker(text: str, quote: str, speaker: str, kind: str) -> None:
    found = read(text)
    assert [(words(text, a), a.chains[0][-1].raw, a.quote_type) for a in found] == [(quote, speaker, kind)]


def test_a_sentence_in_the_konjunktiv_keeps_the_speaker_of_the_one_before() -> None:
    text = "Das Schiff sei fort, teilte die Behörde mit. Es habe nachts abgelegt."
    carried = read(text)[1]
    assert words(text, carried) == "Es habe nachts abgelegt."
    assert carried.quote_type == "IndirectFreeIndirect"
    assert carried.chains[0][-1].raw == "die Behörde"


@pytest.mark.parametrize("text", ["Das Schiff „Nordwind“ lief aus.", "Der Hafen war leer.", "Die Sirene heulte laut."])
def test_a_sentence_without_anybodys_words_gives_nothing(text: str) -> None:
    assert read(text) == []


@given(
    st.lists(
        st.sampled_from([row[0] for row in SINGLE] + ["", "„", "“, sagte", "Es sei so. ", ": ", "\n\n"]), max_size=6
    )
)
def test_spans_lie_in_the_text_and_in_order(parts: list[str]) -> None:
    text = " ".join(parts)
    found = read(text)
    assert [a.span.start for a in found] == sorted(a.span.start for a in found)
    for n, a in enumerate(found):
        assert 0 <= a.span.start < a.span.end <= len(text)
        assert a.parent is None or a.parent < n
        assert all(a.span.contains(p) for p in a.pieces)


CHAINS = [
    ("Die USA und Südkorea teilten mit, dass das Schiff Waffen geladen habe.", [["United States"], ["South Korea"]]),
    ("Weder Russland noch Nordkorea haben die Lieferung bestätigt.", [["Russia"], ["North Korea"]]),
    (
        "Wie Reuters unter Berufung auf zwei Insider berichtete, hat das Schiff Waffen geladen.",
        [["Reuters", "insiders"]],
    ),
    ("„Das Schiff ist leer“, sagte der Minister gegenüber CNN.", [["CNN", "minister"]]),
    ("Eine anonyme Quelle von CNN sagte, das Schiff sei leer.", [["CNN", "anonymous source"]]),
    ("Nach eigenen Angaben hat die Ukraine 30 Panzer erhalten.", [["Ukraine"]]),
    ("Satellitenbilder zeigen, dass das Schiff leer ist.", []),  # things bear witness, they do not speak
    ("Der Minister plant, das Schiff zu verkaufen.", []),  # what somebody intends is not what they say
]


@pytest.mark.parametrize(("text", "chains"), CHAINS, ids=[row[0] for row in CHAINS])
def test_the_chain_runs_from_the_outlet_to_the_origin_and_joint_speakers_stand_side_by_side(
    text: str, chains: list[list[str]]
) -> None:
    assert names(read(text, parsed=True)[0]) == chains


def test_what_a_speaker_reports_of_another_has_both_in_its_chain() -> None:
    text = "Reuters berichtete, der Minister habe gesagt, das Schiff sei leer."
    outer, inner = read(text, parsed=True)
    assert words(text, inner) == "das Schiff sei leer"
    assert inner.parent == 0
    assert (names(outer), names(inner)) == ([["Reuters"]], [["Reuters", "minister"]])


def test_a_quotation_broken_by_its_cue_keeps_its_speaker() -> None:
    text = "„Das Schiff“, sagte der Minister, „ist leer.“"
    assert [(words(text, a), names(a)) for a in read(text)] == [
        ("„Das Schiff“", [["minister"]]),
        ("„ist leer.“", [["minister"]]),
    ]


def test_a_sentence_that_names_its_speaker_afterwards_is_given_to_them() -> None:
    text = "Die Fabrik steht still. Das teilte die Behörde mit."
    assert [(words(text, a), names(a)) for a in read(text)] == [("Die Fabrik steht still […] Das", [["authority"]])]


def test_quotative_sollen_leaves_the_source_out() -> None:
    (a,) = read("Das Schiff soll Waffen geladen haben.", parsed=True)
    assert (a.chains, a.form, a.certainty, a.distance) == ((), "none", "U", "hearsay")


def test_will_with_a_perfect_is_its_subjects_own_claim() -> None:
    (a,) = read("Die Rebellen wollen drei Schiffe versenkt haben.", parsed=True)
    assert (a.rules, a.chains[0][-1].raw, a.distance) == (("self-claim",), "Die Rebellen", "distance")


def test_a_quotation_without_a_speaker_is_a_problem_not_silence() -> None:
    found, problems = attributions("„Das Schiff ist leer. Es fährt morgen wieder aus.“")
    assert [a.chains for a in found] == [()]
    assert [p.code for p in problems] == ["speaker-unknown"]


@pytest.mark.parametrize(
    "text",
    [
        "Der Film „Die Nacht am Meer“ läuft im Kino.",
        "Das „Haus am See“ wurde verkauft.",
        "Sie fuhr mit der „Nordwind“ nach Kiel.",
        "Er sprach so leise, dass niemand ihn hörte.",
    ],
)
def test_names_titles_and_plain_clauses_are_nobodys_words(text: str) -> None:
    assert read(text, parsed=True) == []


def test_a_quotation_of_two_paragraphs_is_one() -> None:
    text = "„Die Tat war zu verhindern.\n\n„Wäre der Befehl da gewesen, hätte man ihn gesehen“, sagte Frau Ott."
    found = read(text)
    assert [(len(a.pieces), a.chains[0][-1].raw) for a in found] == [(2, "Frau Ott")]


@pytest.mark.parametrize(
    "text",
    [
        "Die Gewerkschaft (kurz: „IG Bau“) fürchtet einen Abbau.",
        "„Nordwind“, so heißt ein Projekt der Stadt.",
        "Der Beschluss sieht vor, dass eine „repräsentativ“ besetzte Versammlung wählt.",
    ],
)
def test_names_and_distance_are_nobodys_words(text: str) -> None:
    assert [words(text, a) for a in read(text, parsed=True) if a.quote_type == "Direct"] == []


def test_what_somebody_calls_a_thing_is_quoted() -> None:
    text = "Fachleute sprachen von „Panikverkäufen“."
    found = [a for a in read(text, parsed=True) if a.quote_type == "Direct"]
    assert [words(text, a) for a in found] == ["„Panikverkäufen“"]
    assert names(found[0]) == [["experts"]]


def test_a_bare_noun_behind_the_source_belongs_to_what_is_said() -> None:
    text = "Das Land lieferte nach bisheriger Rechnung Güter für zwei Millionen."
    assert [words(text, a).endswith("Güter für zwei Millionen") for a in read(text, parsed=True)] == [True]


def test_whom_somebody_calls_upon_after_and_is_not_who_speaks() -> None:
    text = "Der Minister besuchte das Werk und forderte Techniker und Beamte auf, die Kisten zu leeren."
    assert [a.chains[0][-1].raw for a in read(text, parsed=True)] == ["Der Minister"]


SPEAKS = [
    ("Zwölf Soldaten seien gestorben, hieß es in Ankara.", [["Turkey"]]),
    ("Nach Einschätzung Washingtons hat Nordkorea Raketen geliefert.", [["United States"]]),
    ("Auch Kiew widersprach der Darstellung, Polen habe Panzer geliefert.", [["Ukraine"]]),
    ("Der andere sagte, dass Polen Panzer liefere.", [["anonymous source"]]),
    ("Im März hieß es, Polen habe 20 Panzer geliefert.", []),
    ("Einem Bericht vom Sommer zufolge liefert Polen Panzer.", [["Bericht vom Sommer"]]),
    ("Im Januar folgte der Vorwurf, russische Truppen hätten Raketen eingesetzt.", []),
    ("Eine Summe nennen die Unterlagen nicht.", []),
    ("Nordkorea habe nicht 40, sondern nur 20 Raketen an Russland geliefert, sagte der Sprecher.", [["spokesperson"]]),
    ("Die Raketen und zwölf Panzer seien aus Polen, sagte der Sprecher.", [["spokesperson"]]),
]


@pytest.mark.parametrize(("text", "chains"), SPEAKS, ids=[row[0] for row in SPEAKS])
def test_a_capital_speaks_for_its_state_and_no_time_or_subject_matter_speaks(
    text: str, chains: list[list[str]]
) -> None:
    (found,) = read_article(article(text), parse_all=True).attributions
    assert names(found) == chains


def test_an_article_alone_takes_up_the_person_named_last() -> None:
    text = "Moskau hatte Kim Jong Un ein Gespräch angeboten. Der antwortete, Nordkorea liefere keine Raketen."
    (found,) = read_article(article(text), parse_all=True).attributions
    assert names(found) == [["Kim Jong Un"]] and found.chains[0][0].raw == "Der"
