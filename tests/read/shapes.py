"""One article in the page shapes that content systems make: written by hand after their habits, no site's own markup.

``pages/NAME.html`` holds @TITLE@, the paragraphs @P1@ to @P4@ with the heading @H@ between them, and around them what
such pages have besides: @T1@ to @T3@ belong to other articles, @LEAD@ may stand above, @NEWS@ is the page's own data.
"""

from __future__ import annotations

from pathlib import Path

TITLE = "Norwegen liefert zwölf Werfer an Estland"
LEAD = "Nach langem Zögern gibt das Land seine ältesten Werfer ab. In Tallinn ist man erleichtert."
P1 = (
    "Norwegen hat nach eigenen Angaben zwölf Werfer an Estland geliefert. Die Fahrzeuge seien am Dienstag im Hafen von "
    "Tallinn angekommen, teilte das Ministerium mit."
)
P2 = (
    "Estland hatte im vergangenen Jahr um die Werfer gebeten. Damals war noch von sechs Fahrzeugen die Rede gewesen, "
    "wie aus einem Schreiben der Regierung hervorgeht."
)
H = "Weitere Lieferungen geplant"
P3 = (
    "Auch Lettland wartet auf Werfer. Die Verträge darüber seien unterschrieben, hieß es am Abend aus Riga, doch einen "
    "Zeitplan gebe es nicht."
)
P4 = "Der Sprecher wollte sich zu den Kosten nicht äußern. „Darüber reden wir, wenn es so weit ist“, sagte er."
T1 = "Der Hafen von Riga wird in diesem Sommer zum dritten Mal erweitert. Das Land gibt dafür viel Geld aus."
T2 = "Ein neuer Bericht zählt die Panzer der Nachbarn. Die Zahlen überraschen selbst Fachleute im Ministerium."
T3 = "Warum der Winter in diesem Jahr so früh kommt. Drei Forscherinnen erklären die Lage über dem Meer."
NEWS = (
    '{"@context":"https://schema.org","@type":"NewsArticle","headline":"' + TITLE + '",'
    '"datePublished":"2023-05-03T10:15:00+02:00","dateModified":"2023-05-09T08:00:00+02:00",'
    '"author":[{"@type":"Person","name":"Karla Muster"}],"publisher":{"@type":"Organization","name":"Beispielblatt"}}'
)
PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
TEXTS = {"TITLE": TITLE, "LEAD": LEAD, "P1": P1, "P2": P2, "H": H, "P3": P3, "P4": P4, "T1": T1, "T2": T2, "T3": T3}


def filled(page: str) -> str:
    """Write the texts into a page."""
    for name, text in {"NEWS": NEWS, **TEXTS}.items():
        page = page.replace(f"@{name}@", text)
    return page
