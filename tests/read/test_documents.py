from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from beleg.errors import UsageError
from beleg.model import Document, Span
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.inputs import RawInput, walk

ARTICLE = """Norwegen liefert Werfer an Estland

1693975583 norwegen liefert werfer an estland

Von Karla Muster und Jan Beispiel

OSLO (dpa) – Norwegen hat nach eigenen Angaben 12 Werfer an Estland geliefert. Weitere sollen im Frühjahr folgen.

Neue Werfer im Hafen von Tallinn © AFP

Weitere Lieferungen

Estland hatte im vergangenen Jahr um die Werfer gebeten, wie das Ministerium in Tallinn mitteilte.

VERWANDTE GESCHICHTEN

Finnland erhält Panzer aus Schweden

Litauen bestellt Haubitzen in Frankreich

Herausgegeben von Karl Probe.

abc-de-17

Schreibe einen Kommentar
"""


def read(text: str | bytes, name: str = "a.txt", given: Given | None = None) -> Document:
    raw = text if isinstance(text, bytes) else text.encode()
    documents, problems = read_documents(RawInput(name, raw, name), given or Given())
    assert len(documents) == 1, problems
    return documents[0]


def blocks(doc: Document, kind: str) -> list[str]:
    return [doc.text[b.span.start : b.span.end] for b in doc.blocks if b.kind == kind]


def test_what_is_not_the_article_is_marked_and_kept() -> None:
    doc = read(ARTICLE)
    assert doc.title == "Norwegen liefert Werfer an Estland"
    assert blocks(doc, "heading") == ["Weitere Lieferungen"]
    assert [b[:4] for b in blocks(doc, "body")] == ["OSLO", "Estl"]
    assert blocks(doc, "caption") == ["Neue Werfer im Hafen von Tallinn © AFP"]
    assert blocks(doc, "aside")[1:] == [
        "Finnland erhält Panzer aus Schweden",
        "Litauen bestellt Haubitzen in Frankreich",
    ]
    assert blocks(doc, "removed") == [
        "1693975583 norwegen liefert werfer an estland",
        "abc-de-17",
        "Schreibe einen Kommentar",
    ]


def test_authors_are_those_who_wrote_not_the_editor() -> None:
    assert read(ARTICLE).authors == ("Karla Muster", "Jan Beispiel")


def test_an_editor_signs_where_no_author_does() -> None:
    assert read(ARTICLE.replace("Von Karla Muster und Jan Beispiel\n", "")).authors == ("Karl Probe",)


def test_a_quote_is_the_source_letter_for_letter() -> None:
    doc = read("Die Reise führte durch das große Werk im\n\nhttps://example.org/a\n\nSüden des Landes.")
    start = doc.text.index("Werk im Süden")
    assert doc.quote(Span(start, start + 13)) == "Werk im\n\nhttps://example.org/a\n\nSüden"


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("11.10.2024 14:49", date(2024, 10, 11), date(2024, 10, 11)),
        ("Stand: 3. März 2023, 10:15 Uhr", date(2023, 3, 3), date(2023, 3, 3)),
        ("1693975583 norwegen liefert", date(2023, 9, 6), date(2023, 9, 6)),
        ("Veröffentlicht am 27.04.24 um 07:39 Uhr", date(2024, 4, 27), date(2024, 4, 27)),
        ("Updated 5/22/2025", date(2025, 5, 22), date(2025, 5, 22)),
        ("Veröffentlicht am 2024-06-02T10:00", date(2024, 6, 2), date(2024, 6, 2)),
        ("date 2024-06 Nach Berichten wurden 12 Werfer geliefert.", date(2024, 6, 1), date(2024, 6, 30)),
    ],
)
def test_a_time_stamp_in_the_text_dates_the_article(line: str, first: date, last: date) -> None:
    published = read(f"Norwegen liefert Werfer\n\n{line}\n\nDas Land hat 12 Werfer geliefert.\n").published
    assert published.basis == "text" and published.days == (first, last)


@pytest.mark.parametrize(
    "line",
    [
        "Am 3. März 2023 wurden 12 Werfer geliefert.",
        "Die Lieferung 1234567890 kam an.",
        "KN-23",
        "31.02.2023 10:00",
        "5/6/2025",
    ],
)
def test_a_date_in_a_sentence_does_not_date_the_article(line: str) -> None:
    assert read(f"Norwegen liefert Werfer\n\n{line}\n\nDas Land hat geliefert.\n").published.basis == "none"


def test_a_given_date_decides_and_the_conflict_is_told() -> None:
    raw = RawInput("a.txt", b"Titel des Tages\n\n11.10.2024 14:49\n\nDas Land hat zwei Schiffe geliefert.\n", "a.txt")
    documents, problems = read_documents(raw, Given(published="2024-06"))
    assert documents[0].published.basis == "given"
    assert documents[0].published.days == (date(2024, 6, 1), date(2024, 6, 30))
    assert [p.code for p in problems] == ["date-conflict"]


def test_a_given_date_that_is_none_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="'gestern' is no date"):
        read("Ein Satz über Werfer.", given=Given(published="gestern"))


def test_the_address_dates_and_names_the_outlet() -> None:
    doc = read("Ein Satz über Werfer.", given=Given(url="https://www.dw.com/de/2024/06/20/a"))
    assert doc.outlet == "Deutsche Welle" and doc.published.basis == "address"


@pytest.mark.parametrize(
    ("raw", "encoding", "codes"),
    [
        ("Größe".encode("utf-8-sig"), "utf-8", []),
        ("Größe der Werfer".encode("utf-16"), "utf-16-le", []),
        ("Größe der Werfer".encode("utf-16-be"), "utf-16-be", ["encoding-guessed"]),
        ("Die „Größe“ der Übung in Tallinn für die Öffentlichkeit".encode("cp1252"), "cp1252", ["encoding-guessed"]),
    ],
)
def test_encodings_are_read_and_guesses_told(raw: bytes, encoding: str, codes: list[str]) -> None:
    documents, problems = read_documents(RawInput("a.txt", raw, "a.txt"), Given())
    assert "Größe" in documents[0].text
    assert [p.code for p in problems] == codes
    assert documents[0].encoding == encoding or documents[0].encoding in ("windows-1252", "iso-8859-15")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty-file"),
        (b"\n \n", "empty-file"),
        (bytes(range(256)) * 40, "not-text"),
        (b"x" * 2_000_000, "line-too-long"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "picture-not-read"),
    ],
)
def test_what_cannot_be_read_is_left_out_with_its_reason(raw: bytes, code: str) -> None:
    documents, problems = read_documents(RawInput("a.txt", raw, "a.txt"), Given())
    assert documents == []
    assert [(p.code, p.left_out) for p in problems] == [(code, True)]


def test_markdown_marks_and_addresses_stay_out_of_the_text() -> None:
    text = "# Norwegen liefert\n\nDas *Land* hat **12** [Werfer](https://example.org/a_(b)) da.\n\n## Folgen\n\n> Ja.\n"
    doc = read(text, "a.md")
    assert doc.title == "Norwegen liefert"
    assert blocks(doc, "body")[0] == "Das Land hat 12 Werfer da."
    assert blocks(doc, "heading") == ["Folgen"]
    start = doc.text.index("12 Werfer")
    assert doc.quote(Span(start, start + 9)) == "12** [Werfer"


def test_markdown_front_matter_speaks_for_the_article() -> None:
    text = "---\ntitle: Werfer\ndate: 2024-02-03\nauthor: Karla Muster\n---\n\nDas Land hat geliefert.\n"
    doc = read(text, "a.md")
    assert (doc.title, doc.authors, doc.published.raw) == ("Werfer", ("Karla Muster",), "2024-02-03")


def test_the_same_bytes_under_another_outlet_are_another_document() -> None:
    one, two = read("Ein Satz.", given=Given(outlet="A")), read("Ein Satz.", given=Given(outlet="B"))
    assert one.id != two.id


def test_a_folder_is_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".secret", "sub/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Ein Satz.", encoding="utf-8")
    found = [r.name if isinstance(r, RawInput) else r.code for r in walk([str(tmp_path), str(tmp_path / "none.txt")])]
    assert found == ["a.txt", "b.txt", "c.txt", "cannot-open"]


def test_a_note_above_the_title_does_not_hide_it() -> None:
    doc = read(
        "Ein Text zur Übung, nach Tatsachen geschrieben.\n\nWerfer für Tallinn\n\nDas Land hat 12 Werfer geliefert.\n"
    )
    assert doc.title == "Werfer für Tallinn" and blocks(doc, "lead")
