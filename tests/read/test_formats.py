"""The same article in every kind of file reads the same."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import textwrap
from datetime import date

import made
import pytest

from beleg.model import Document, Problem, Span
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.inputs import RawInput


def read(name: str, raw: bytes, given: Given | None = None) -> tuple[list[Document], list[Problem]]:
    return read_documents(RawInput(name, raw, name), given or Given())


def body(doc: Document) -> list[str]:
    return [doc.text[b.span.start : b.span.end] for b in doc.blocks if b.kind == "body"]


PDF = made.pdf(
    [
        [
            (60, 780, made.TITLE),
            *made.column(60, 740, textwrap.wrap(made.FIRST, 72)),
            *made.column(60, 690, textwrap.wrap(made.SECOND, 72)),
        ]
    ]
)


def tar(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.txt", made.TEXT.encode()),
        ("a.md", f"# {made.TEXT}".encode()),
        ("a.html", made.PAGE.encode()),
        ("a.pdf", PDF),
        ("a.docx", made.docx(("Titel", made.TITLE), ("", made.FIRST), ("", made.SECOND))),
        ("a.odt", made.odt(("h", made.TITLE), ("p", made.FIRST), ("p", made.SECOND))),
        ("a.rtf", made.rtf(made.TEXT)),
        ("a.eml", made.mail(made.TEXT)),
        ("a.eml", made.mail("", {"b.txt": made.TEXT.encode()})),
        ("a.msg", made.msg(made.TEXT.replace("\n", "\r\n"))),
        ("a.msg", made.msg("", html=f"<html><body><p>{made.FIRST}</p><p>{made.SECOND}</p></body></html>")),
        ("a.msg", made.msg("Siehe Anhang.", {"b.txt": made.TEXT.encode()})),
        ("a.msg", made.msg("Siehe Anhang.", within=made.letter(24, made.TEXT))),
        ("a.zip", made.zipped({"b.zip": made.zipped({"c/../d.txt": made.TEXT.encode()})})),
        ("a.tar.gz", tar({"b.txt": made.TEXT.encode()})),
        ("a.txt.gz", gzip.compress(made.TEXT.encode())),
        ("a.warc.gz", made.warc({"https://example.org/a": made.PAGE})),
        ("a.warc", made.warc({"https://example.org/a": made.PAGE}, packed=False)),
        ("a.wacz", made.zipped({"archive/data.warc.gz": made.warc({"https://example.org/a": made.PAGE}),
                                "pages/pages.jsonl": b'{"format": "json-pages-1.0"}', "datapackage.json": b"{}"})),
        ("a.rss", made.rss([(made.TITLE, f"<p>{made.FIRST}</p><p>{made.SECOND}</p>")])),
        ("a.csv", f"Titel;Text\n{made.TITLE};\"{made.FIRST}\n\n{made.SECOND}\"\n".encode()),
        ("a.jsonl", json.dumps({"headline": made.TITLE, "text": f"{made.FIRST}\n\n{made.SECOND}"}).encode()),
        ("a.mbox", b"From karla@example.org Wed May  3 10:15:00 2023\n" + made.mail(made.TEXT)),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)  # fmt: skip
def test_every_kind_of_file_gives_the_same_article(name: str, raw: bytes) -> None:
    documents, problems = read(name, raw)
    doc = documents[-1]
    assert doc.title == made.TITLE
    assert body(doc) == [made.FIRST, made.SECOND]
    start = doc.text.index("12 Werfer an Estland")
    assert " ".join(doc.quote(Span(start, start + 20)).split()) == "12 Werfer an Estland"
    assert [p for p in problems if p.left_out and p.code != "no-text"] == []


def test_columns_of_a_pdf_are_read_one_after_the_other() -> None:
    left = [
        "Das Land hat im Mai die ersten Werfer",
        "geliefert, wie das Ministerium sagte. Sie",
        "stehen nun in den neuen La-",
        "gern.",
    ]
    right = [
        "Weitere Werfer sollen im Herbst folgen",
        "und über den Hafen in das Land kommen,",
        "so das Ministerium am Abend in der",
        "Stadt.",
    ]
    lines = [(60.0, 780.0, made.TITLE), *made.column(60, 740, left), *made.column(320, 740, right), (280.0, 30.0, "1")]
    doc = read("a.pdf", made.pdf([lines]))[0][0]
    assert "neuen Lagern." in doc.text
    assert doc.text.index("Lagern.") < doc.text.index("Weitere Werfer sollen im Herbst folgen und über den Hafen")


def test_heads_and_feet_of_pdf_pages_are_lifted_out_of_a_sentence() -> None:
    def page(n: int, lines: list[str]) -> list[tuple[float, float, str]]:
        return [(60, 810, "Jahresbericht der Werft"), *made.column(60, 760, lines), (280, 30, f"Seite {n}")]

    one = ["Das Land hat im Mai die ersten zwölf Werfer an das", "Nachbarland geliefert, und im Herbst sollen dann die"]
    two = ["nächsten folgen, wie das Ministerium am Abend in der", "Hauptstadt mitteilte."]
    doc = read("a.pdf", made.pdf([page(1, one), page(2, two)]))[0][0]
    assert "im Herbst sollen dann die nächsten folgen" in doc.text
    assert set(doc.anchors) == {"page 1", "page 2"}


def test_a_pdf_without_text_and_one_with_attachments_say_so() -> None:
    assert [p.code for p in read("a.pdf", made.pdf([[]]))[1]] == ["no-text-layer"]


def test_a_damaged_pdf_is_left_out() -> None:
    assert [p.code for p in read("a.pdf", b"%PDF-1.4\nnothing")[1]] == ["pdf-broken"]


def test_deleted_words_of_a_word_file_stay_out() -> None:
    assert "gestrichen" not in read("a.docx", made.docx(("", made.FIRST)))[0][0].text


def test_a_mail_is_dated_when_it_was_sent_and_its_attachment_is_not() -> None:
    documents, _ = read("a.eml", made.mail(made.TEXT, {"b.txt": made.TEXT.encode()}))
    assert documents[0].published.days is not None and documents[0].published.days.first == date(2023, 5, 3)
    assert documents[1].published.basis == "none"


def test_an_outlook_message_is_dated_and_its_file_is_a_document_of_its_own() -> None:
    documents, problems = read("a.msg", made.msg("Im Anhang der Text.", {"b.txt": made.TEXT.encode()}))
    assert [(d.name, d.media_type) for d in documents] == [("a", "application/vnd.ms-outlook"), ("b", "text/plain")]
    assert documents[0].published.raw == "2023-05-03T08:15:00+00:00" and problems == []


def test_a_mail_whose_plain_text_only_points_to_its_html_is_read_from_that() -> None:
    html = f"<html><body><p>{made.FIRST}</p><p>{made.SECOND}</p></body></html>"
    doc = read("a.eml", made.mail("Ihr Programm zeigt kein HTML an.", html=html))[0][0]
    assert body(doc) == [made.FIRST, made.SECOND]


@pytest.mark.parametrize("cut", [600, 1_500, 2_500, 5_000])
def test_a_damaged_outlook_message_is_read_or_left_out(cut: int) -> None:
    raw = made.msg(made.TEXT * 40, {"b.txt": made.TEXT.encode()})
    documents, problems = read("a.msg", raw[:cut] + bytes(200) + raw[cut + 200 :])
    assert documents or [p.code for p in problems if p.left_out]


def test_captures_say_where_and_when_they_were_taken_and_never_date_the_article() -> None:
    doc = read("a.warc.gz", made.warc({"https://www.dw.com/de/a": made.PAGE}))[0][0]
    assert (doc.url, doc.outlet, doc.captured) == ("https://www.dw.com/de/a", "Deutsche Welle", "2024-02-03T04:05:06Z")
    assert doc.published.basis == "none"
    assert dict(doc.capture)["WARC-Record-ID"].startswith("<urn:uuid:")


def test_a_capture_without_a_real_instant_is_told_and_counts_as_not_captured() -> None:
    documents, problems = read_documents(RawInput("a.txt", made.TEXT.encode(), captured="neulich"))
    assert documents[0].captured is None
    assert [p.message for p in problems if p.code == "captured-unreadable" and "'neulich'" in p.message]
    kept = read_documents(RawInput("a.txt", made.TEXT.encode(), captured="2024-02-03T04:05:06.123456789Z"))[0][0]
    assert kept.captured == "2024-02-03T04:05:06.123456789Z"


def test_redirects_and_errors_in_a_capture_are_counted_not_read() -> None:
    documents, problems = read("a.warc.gz", made.warc({"https://example.org/a": made.PAGE}, status="404 Not Found"))
    assert documents == [] and [p.code for p in problems] == ["captures-passed-over"]


def test_each_entry_of_a_feed_is_an_article_with_its_own_fields() -> None:
    entries = [("Eins", f"<p>{made.FIRST}</p>"), ("Zwei", ""), ("Drei", made.SECOND)]
    documents, problems = read("a.rss", made.rss(entries))
    assert [d.title for d in documents] == ["Eins", "Drei"]
    assert documents[0].authors == ("Karla Muster",) and documents[0].outlet == "Beispielblatt"
    assert documents[0].published.raw == "2023-05-03T10:15:00+02:00"
    assert [p.code for p in problems] == ["no-text"]


def test_given_values_hold_for_the_articles_of_an_archive() -> None:
    raw = made.zipped({"a.txt": made.TEXT.encode(), "b.txt": made.TEXT.encode()})
    documents, _ = read("a.zip", raw, Given(doc="x", outlet="Probe", published="2024-06"))
    assert [(d.name, d.outlet, d.published.basis) for d in documents] == [
        ("x-01", "Probe", "given"),
        ("x-02", "Probe", "given"),
    ]


@pytest.mark.parametrize(
    ("name", "raw", "columns"),
    [
        ("a.csv", f"Meldung;Text;Kopf\n{made.FIRST};intern;{made.TITLE}\n", {"text": "meldung", "title": "Kopf"}),
        ("a.jsonl", json.dumps({"doc": {"v": made.FIRST, "t": made.TITLE}}), {"text": "doc.v", "title": "doc.t"}),
    ],
)
def test_the_user_names_the_columns_of_a_table(name: str, raw: str, columns: dict[str, str]) -> None:
    doc = read(name, raw.encode(), Given(columns=tuple(columns.items())))[0][0]
    assert doc.title == made.TITLE and body(doc) == [made.FIRST]


def test_a_table_without_a_known_column_says_which_it_has() -> None:
    documents, problems = read("a.csv", f"Meldung;Kopf\n{made.FIRST};x\n".encode())
    assert documents == [] and "Meldung, Kopf: name the column with --column text=NAME" in problems[0].message


def test_a_column_that_no_row_has_is_told() -> None:
    columns = (("text", "Meldung"), ("outlet", "Quelle"))
    documents, problems = read("a.csv", f"Meldung;Blatt\n{made.FIRST};x\n".encode(), Given(columns=columns))
    assert body(documents[0]) == [made.FIRST]
    assert [(p.code, "'Quelle'" in p.message) for p in problems] == [("column-missing", True)]


def test_halves_of_characters_become_the_replacement_character() -> None:
    row = json.dumps({"title": "Werfer \ud83d", "text": made.FIRST + " \udc80", "author": "Karla \ud800"})
    doc = read("a.jsonl", row.encode())[0][0]
    assert doc.title == "Werfer \ufffd" and doc.authors == ("Karla \ufffd",)
    assert doc.text.endswith("\ufffd") and doc.text.encode()


DEEP = made.zipped({"c.zip": made.zipped({"d.txt": b"x"})})
DEEP = made.zipped({"a.zip": made.zipped({"b.zip": DEEP})})
BOMB = made.zipped({"a.txt": b"0" * 20_000_000})


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("bomb.zip", BOMB, "archive-limit"),
        ("bomb.gz", gzip.compress(b"0" * 20_000_000), "archive-limit"),
        ("nested.zip", made.zipped({"a.zip": made.zipped({"b.zip": BOMB})}), "archive-limit"),
        ("deep.zip", DEEP, "archive-too-deep"),
        ("many.zip", made.zipped({f"{n}.txt": b"" for n in range(1_001)}), "archive-limit"),
        ("half.zip", made.zipped({"a.txt": made.TEXT.encode()})[:-30], "archive-broken"),
        ("bomb.docx", made.zipped({"word/document.xml": b" " * 20_000_000}), "archive-limit"),
        ("xxe.docx", made.zipped({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///x">]><a>&b;</a>'}),
         "office-broken"),
        ("laughs.rss", b'<!DOCTYPE l [<!ENTITY a "b">]><rss><channel>&a;</channel></rss>', "feed-broken"),
        ("deep.rss", b"<rss>" + b"<a>" * 300 + b"</a>" * 300 + b"</rss>", "feed-broken"),
        ("a.xlsx", made.zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), "kind-not-read"),
        ("deep.rtf", b"{\\rtf1" + b"{" * 100_000, "rtf-broken"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)  # fmt: skip
def test_what_breaks_a_limit_is_left_out_with_its_reason(name: str, raw: bytes, code: str) -> None:
    documents, problems = read(name, raw)
    assert documents == []
    assert any(p.code == code and p.left_out for p in problems), problems
