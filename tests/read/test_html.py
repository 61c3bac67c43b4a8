from __future__ import annotations

from datetime import date

import pytest

from beleg.model import Document, Span
from beleg.read.documents import read_documents
from beleg.read.inputs import RawInput

PROSE = (
    "<p>Norwegen hat nach eigenen Angaben im Mai 12 Werfer an Estland geliefert. Weitere sollen im Frühjahr folgen.</p>"
    "<p>Estland hatte im vergangenen Jahr um die Werfer gebeten, wie das Ministerium in der Hauptstadt mitteilte.</p>"
    "<h2>Weitere Lieferungen</h2>"
    "<p>Auch Lettland wartet auf Werfer. Die Verträge darüber seien unterschrieben, hieß es am Abend aus Riga.</p>"
)
PAGE = """<!doctype html><html lang="de"><head><title>Werfer für Estland | Beispielblatt</title>
<meta property="og:title" content="Werfer für Estland | Beispielblatt">
<meta property="og:site_name" content="Beispielblatt">
<link rel="canonical" href="https://beispielblatt.example/a">{head}</head><body>
<nav><ul><li><a href="/">Politik</a></li><li><a href="/s">Sport</a></li></ul></nav>
<main><article><h1>Werfer für Estland</h1><p class="byline">Von Karla Muster und Jan Beispiel</p>
<div class="article-body">{body}</div></article></main>
<footer><p>Alle Rechte vorbehalten. Das Beispielblatt ist ein Blatt, das es nicht gibt.</p></footer>
</body></html>"""


def read(body: str = PROSE, head: str = "", page: str = PAGE) -> Document:
    raw = page.replace("{body}", body).replace("{head}", head).encode()
    documents, problems = read_documents(RawInput("a.html", raw, "a.html"))
    assert len(documents) == 1, problems
    return documents[0]


def blocks(doc: Document, kind: str) -> list[str]:
    return [doc.text[b.span.start : b.span.end] for b in doc.blocks if b.kind == kind]


def test_the_article_is_read_without_what_is_around_it() -> None:
    doc = read()
    assert (doc.title, doc.outlet, doc.language) == ("Werfer für Estland", "Beispielblatt", "de")
    assert len(blocks(doc, "body")) == 3 and blocks(doc, "heading") == ["Weitere Lieferungen"]
    assert "Rechte" not in doc.text and "Sport" not in doc.text


def test_a_quote_is_in_the_text_taken_out_of_the_page() -> None:
    doc = read()
    start = doc.text.index("12 Werfer")
    assert doc.quote(Span(start, start + 9)) == "12 Werfer"


@pytest.mark.parametrize(
    ("element", "kind", "text"),
    [
        ('<figure><img src="a.jpg"><figcaption>Werfer am Hafen</figcaption></figure>', "caption", "Werfer am Hafen"),
        ('<div class="x1"><img src="a.jpg"><p>Werfer am Hafen</p></div>', "caption", "Werfer am Hafen"),
        ("<p>Werfer am Hafen von Tallinn © AFP</p>", "caption", "Werfer am Hafen von Tallinn © AFP"),
        ('<div class="related-box"><p>Panzer für Litauen</p></div>', "aside", "Panzer für Litauen"),
        ('<p><a href="/b">Panzer für Litauen</a></p>', "aside", "Panzer für Litauen"),
        ('<div class="newsletter-signup"><p>Jetzt abonnieren!</p></div>', "removed", "Jetzt abonnieren!"),
        ("<p>Stand: 3. Mai 2023, 10:15 Uhr</p>", "dateline", "Stand: 3. Mai 2023, 10:15 Uhr"),
    ],
)
def test_what_is_not_the_article_is_marked_inside_it(element: str, kind: str, text: str) -> None:
    assert text in blocks(read(PROSE.replace("<h2>", f"{element}<h2>", 1)), kind)


def test_paragraphs_that_a_script_shows_to_subscribers_are_read() -> None:
    doc = read(PROSE.replace("<p>Auch", '<p class="paywall" aria-hidden="true">Auch'))
    assert len(blocks(doc, "body")) == 3


def test_authors_come_from_the_byline_where_no_field_names_them() -> None:
    assert read().authors == ("Karla Muster", "Jan Beispiel")


LD = (
    '<script type="application/ld+json">'
    '{"@type":"NewsArticle","headline":"Werfer","author":%s,"datePublished":%s}</script>'
)


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('{"name":"Karla Muster"}', ("Karla Muster",)),
        ('[{"name":"Karla Muster (km)"},{"name":"Jan Beispiel"}]', ("Karla Muster", "Jan Beispiel")),
        ('"Karla Muster und Jan Beispiel, dpa"', ("Karla Muster", "Jan Beispiel", "dpa")),
        ('{"name":"Beispielblatt"}', ("Karla Muster", "Jan Beispiel")),  # the house; the byline knows better
    ],
)
def test_linked_data_names_the_authors(author: str, names: tuple[str, ...]) -> None:
    assert read(head=LD % (author, '"2023-05-03"')).authors == names


@pytest.mark.parametrize(
    ("head", "basis", "day"),
    [
        (LD % ('"K. M."', '"2023-05-03T23:30:00+02:00"'), "metadata", date(2023, 5, 3)),
        ('<meta property="article:published_time" content="2023-05-03T10:00:00Z">', "metadata", date(2023, 5, 3)),
        ('<meta name="date" content="3. Mai 2023">', "metadata", date(2023, 5, 3)),
        ('<link rel="x"><meta property="og:url" content="https://b.example/2023/05/03/a">', "none", None),
    ],
)
def test_the_day_comes_from_the_fields_of_the_page(head: str, basis: str, day: date | None) -> None:
    published = read(head=head).published
    assert published.basis == basis
    assert (published.days.first if published.days else None) == day


def test_two_fields_that_disagree_are_told() -> None:
    head = '<meta property="article:published_time" content="2023-05-03">'
    page = PAGE.replace("https://beispielblatt.example/a", "https://beispielblatt.example/2019/01/01/a")
    raw = page.replace("{body}", PROSE).replace("{head}", head).encode()
    assert [p.code for p in read_documents(RawInput("a.html", raw, "a.html"))[1]] == ["date-conflict"]


def test_lists_are_body_and_say_so() -> None:
    doc = read(PROSE + "<ul><li>12 Werfer aus Beständen</li><li>40 Lastwagen</li></ul>")
    assert [doc.text[b.span.start : b.span.end] for b in doc.blocks if b.why == "list"] == [
        "12 Werfer aus Beständen",
        "40 Lastwagen",
    ]


def test_no_break_spaces_in_numbers_stay() -> None:
    assert "12\u00a0000 Schuss" in read(PROSE.replace("12 Werfer", "12\u00a0000 Schuss")).text


def test_a_wrong_charset_does_not_spoil_utf8() -> None:
    assert "Frühjahr" in read(head='<meta charset="iso-8859-1">').text


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000 + PROSE,
        "<b>" * 100_000 + PROSE,
        "<table><tr><td>" * 20_000 + PROSE,
        "<h2>Eins</h2>" * 100_000 + PROSE,
    ],
    ids=["divs", "bold", "tables", "headings"],
)
def test_pages_nested_deep_or_long_are_read_or_left_out(body: str) -> None:
    raw = f"<!doctype html><html><body>{body}</body></html>".encode()
    documents, problems = read_documents(RawInput("a.html", raw, "a.html"))
    assert documents or problems[0].left_out


def test_scripts_and_hidden_text_never_reach_the_text() -> None:
    doc = read(PROSE + '<script>alert("12 Panzer")</script><div style="display:none">99 Panzer</div>')
    assert "alert" not in doc.text
    assert all("99 Panzer" not in t for t in blocks(doc, "body"))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ('<p class="byline">Von Karla Muster, Oslo 03.05.2023, 10:15 Uhr</p>', ("Karla Muster",)),
        ("<div>Von: KARLA MUSTER</div>", ("KARLA MUSTER",)),
        ('<div class="author-box"><a href="/k">Karla Muster</a><a href="/j">Jan Beispiel</a></div>',
         ("Karla Muster", "Jan Beispiel")),
        ("<p>Karla Muster, 03.05.2023 10:15 Uhr</p>", ("Karla Muster",)),
        ("<p>Von Oslo nach Tallinn</p>", ()),
    ],
)  # fmt: skip
def test_the_lines_around_the_heading_name_the_authors(line: str, names: tuple[str, ...]) -> None:
    page = PAGE.replace('<p class="byline">Von Karla Muster und Jan Beispiel</p>', line)
    assert read(page=page).authors == names


@pytest.mark.parametrize("line", ["Oslo, 3. Mai 2023, 10:15 Uhr", "03.05.2023, Lesezeit 5 Min.", "Stand: 03.05.2023"])
def test_a_line_around_the_heading_dates_a_page_without_fields(line: str) -> None:
    page = PAGE.replace('<p class="byline">Von Karla Muster und Jan Beispiel</p>', f"<p>{line}</p>")
    published = read(page=page).published
    assert published.basis == "text"
    assert published.days is not None and published.days.first == date(2023, 5, 3)


def test_a_page_that_scripts_would_fill_is_read_from_what_it_states() -> None:
    text = "Norwegen hat im Mai 12 Werfer geliefert. " * 8
    ld = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Werfer",'
        f'"articleBody":"<p>{text}</p><p>Weitere folgen &uuml;ber den Hafen.</p>"}}</script>'
    )
    doc = read(body="<p>Wird geladen …</p>", head=ld)
    assert blocks(doc, "body") == [text.strip(), "Weitere folgen über den Hafen."]


def test_all_values_are_plain_python() -> None:
    doc = read(head=LD % ('[{"name":"Karla Muster"}]', '"2023-05-03"'))
    texts = [doc.name, doc.title, doc.outlet, doc.language, doc.url, doc.text, doc.source_text, doc.published.raw]
    texts += [*doc.authors, *doc.anchors, *(b.kind for b in doc.blocks), *(b.why for b in doc.blocks)]
    assert {type(t) for t in texts} == {str}
