from __future__ import annotations

from beleg.pipeline import read_article
from beleg.read.documents import read_documents
from beleg.read.inputs import RawInput


def test_an_article_in_a_language_without_tables_is_kept_and_does_not_stop_a_batch() -> None:
    text = "Norway has delivered twelve launchers to Estonia, the ministry in Tallinn said on Monday evening.\n"
    doc = read_documents(RawInput("a.txt", text.encode(), "a.txt"))[0][0]
    reading = read_article(doc)
    assert doc.language == "en" and reading.claims == ()
    assert [p.code for p in reading.problems] == ["language-unsupported"]
