"""Inputs as they come: encodings of other machines, mails of every make, tables with markup, walls for articles."""

from __future__ import annotations

from email.message import EmailMessage

import made
import pytest

from beleg.model import Document, Problem
from beleg.read.documents import read_documents
from beleg.read.inputs import RawInput

TEXT = (
    "Größere Übung für Estland\n\nNorwegen hat „zwölf“ Werfer für 12 Millionen geliefert, sagte das Ministerium. "
    "Später sollen größere folgen.\n"
)


def read(name: str, raw: bytes) -> tuple[list[Document], list[Problem]]:
    return read_documents(RawInput(name, raw, name))


def body(doc: Document) -> list[str]:
    return [doc.text[b.span.start : b.span.end] for b in doc.blocks if b.kind == "body"]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "utf-16", "utf-16-le", "utf-8-sig"])
def test_umlauts_survive_the_encodings_of_other_machines(encoding: str) -> None:
    doc = read("a.txt", TEXT.encode(encoding))[0][0]
    assert doc.title == "Größere Übung für Estland" and "„zwölf“" in doc.text


def test_the_encoding_of_old_pcs_is_known_by_its_umlauts() -> None:
    assert "für Estland" in read("a.txt", TEXT.replace("„", '"').replace("“", '"').encode("cp850"))[0][0].text


def test_a_text_encoded_twice_is_read_as_it_stands_and_doubted() -> None:
    raw = TEXT.replace("„", '"').replace("“", '"').encode().decode("latin-1").encode()
    documents, problems = read("a.txt", raw)
    assert documents and [p.code for p in problems] == ["encoding-doubtful"]


def test_a_letter_without_attachments_leaves_nothing_out() -> None:
    assert read("a.eml", made.mail(made.TEXT))[1] == []


def test_a_page_in_a_letter_with_a_picture_beside_it_is_body() -> None:
    message = EmailMessage()
    message.set_content(f'<p>{made.FIRST}</p><img src="cid:a"><p>{made.SECOND}</p>', subtype="html")
    message.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<a>")
    documents, problems = read("a.eml", message.as_bytes())
    assert body(documents[0]) == [made.FIRST, made.SECOND] and problems == []


def test_a_letter_within_a_letter_is_read_and_a_calendar_is_told() -> None:
    inner = EmailMessage()
    inner["Subject"] = made.TITLE
    inner.set_content(made.TEXT)
    message = EmailMessage()
    message.set_content("Siehe unten, der Text liegt bei.")
    message.add_attachment(inner)
    message.add_attachment(b"BEGIN:VCALENDAR\r\n", maintype="text", subtype="calendar", filename="a.ics")
    documents, problems = read("a.eml", message.as_bytes())
    assert body(documents[1]) == [made.FIRST, made.SECOND]
    assert [(p.code, p.left_out) for p in problems] == [("kind-not-read", True)]


def test_markup_in_a_column_of_a_table_is_no_text() -> None:
    raw = f'Titel;Text\nWerfer;"<p>{made.FIRST}</p><p>{made.SECOND}</p>"\n'.encode()
    assert body(read("a.csv", raw)[0][0]) == [made.FIRST, made.SECOND]


@pytest.mark.parametrize(
    "wall",
    [
        "<p>Wir und unsere 214 Partner verarbeiten Ihre personenbezogenen Daten, um Werbung zu zeigen.</p>",
        "<p>Dieser Artikel ist nur für Abonnenten. Sie haben bereits ein Abo? Hier anmelden.</p>",
        "<p>We and our partners store and/or access information on a device to show advertising.</p>",
    ],
)
def test_a_wall_in_an_article_s_place_is_told(wall: str) -> None:
    page = f"<html><head><title>Beispielblatt</title></head><body><h1>Zugang zum Blatt</h1>{wall}</body></html>"
    assert [p.code for p in read("a.html", page.encode())[1]] == ["page-is-a-wall"]


THREAD = f"""Liebe Karla,

{made.FIRST} Mehr dazu steht unten, und das Ministerium will sich am Abend noch einmal äußern.

Grüße
Jan
-- \nJan Beispiel
Beispielblatt GmbH

Am 03.05.2023 um 10:15 schrieb Karla Muster:
> {made.SECOND}
>> Wann kommen sie?

-----Ursprüngliche Nachricht-----
Von: Otto Probe <o@example.org>
Gesendet: Mittwoch, 3. Mai 2023 10:15
An: Karla Muster
Betreff: Werfer
"""


def test_what_a_letter_quotes_is_kept_apart_from_its_own_words() -> None:
    doc = read("a.eml", made.mail(THREAD))[0][0]
    other = [(b.why, doc.text[b.span.start : b.span.end]) for b in doc.blocks if b.kind in ("aside", "removed")]
    assert {why for why, _ in other} == {"quoted-letter", "letter-head", "signature"}
    assert ("quoted-letter", made.SECOND) in other and made.SECOND not in body(doc)
    assert any(text.startswith(made.FIRST) for text in body(doc))
    assert not any(":" in text.split()[0] for text in body(doc))


def test_a_text_that_is_passed_on_in_quotation_marks_is_the_letter() -> None:
    quoted = "".join(f"> {line}\n" for line in made.TEXT.splitlines())
    doc = read("a.eml", made.mail(f"Zur Kenntnis.\n\nAm 3. Mai schrieb Karla Muster:\n{quoted}"))[0][0]
    assert body(doc)[-2:] == [made.FIRST, made.SECOND]
