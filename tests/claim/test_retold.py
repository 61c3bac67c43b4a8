"""Articles that retell one report throughout."""

from __future__ import annotations

from spoken import names, read

LEAD = "Das Land steigert die Ausfuhr, berichtet Daily NK. "
MIDDLE = "Im Oktober erließ die Kommission eine Anordnung. "
END = "Laut Daily NK arbeiten die Werke nachts."


def test_between_two_attributions_of_one_report_everything_is_the_report_s() -> None:
    found = [a for a in read(LEAD + MIDDLE + END, parsed=True) if "retold" in a.rules]
    assert [(names(a), a.form) for a in found] == [([["Daily NK"]], "none")]


def test_after_the_last_attribution_the_article_speaks_for_itself() -> None:
    assert [a for a in read(LEAD + MIDDLE, parsed=True) if "retold" in a.rules] == []


def test_where_somebody_else_speaks_in_between_nothing_is_taken_for_the_report_s() -> None:
    other = "Das Ministerium bestritt die Ausfuhr. "
    assert [a for a in read(LEAD + MIDDLE + other + END, parsed=True) if "retold" in a.rules] == []
