"""The worked example of the method: containers from North Korea to Russia, as claims."""

from __future__ import annotations

from by_hand import claim, document, source, time

from beleg.model import Claim, Document

KIRBY = source("John Kirby", country="US")
STATE = source("US Department of State", country="US")
MILITARY = source("South Korean military", "military", "KR")
SHIN = source("Shin Won-sik", country="KR")
MND = source("Ministry of National Defense of South Korea", country="KR")
NIS = source("National Intelligence Service", "intelligence", "KR")
KANG = source("Kang Dae-sik", country="KR")
DIA = source("Defense Intelligence Agency of South Korea", "intelligence", "KR")
KBS = source("KBS", "media", "KR")
BLOOMBERG = source("Bloomberg", "media", "US")


def given() -> tuple[list[Document], list[Claim]]:
    """The seven figures as given; the first window names September, the fourth late August."""
    days = {
        "US1": "2023-10-13",
        "KR1": "2023-11-02",
        "KR2": "2023-11-19",
        "KR3": "2024-02-26",
        "KR4": "2024-06-14",
        "KR5": "2024-10-28..2024-11-30",
    }
    d = {k: document(k, v) for k, v in days.items()}
    claims = [
        claim("US1", d["US1"], "mehr als 1000", KIRBY, when=time("2023-09", "2023-10"), basis="satellite imagery"),
        claim("KR1", d["KR1"], "mehr als 2000", MILITARY, basis="intelligence"),
        claim("KR2", d["KR2"], "etwa 3000", KBS, SHIN),
        claim("KR3", d["KR3"], "etwa 6700", SHIN, counting="period", when=time("2023-08", "2024-02")),
        claim("KR4", d["KR4"], "mindestens 10000", BLOOMBERG, SHIN),
        claim("KR5i", d["KR5"], "etwa 7000", MND, counting="period", when=time("2024-09", None)),
        claim("KR5t", d["KR5"], "etwa 20000", MND),
    ]
    return list(d.values()), claims


def found() -> tuple[list[Document], list[Claim]]:
    """The five more claims from the same press."""
    days = {"KRx1": "2023-12-29", "USx": "2024-02-23", "KRx2": "2024-03-18", "KRx3": "2024-08-27", "NIS": "2024-10-18"}
    d = {k: document(k, v) for k, v in days.items()}
    claims = [
        claim("KRx1", d["KRx1"], "etwa 5000", SHIN),
        claim("USx", d["USx"], "mehr als 10000", STATE, when=time("2023-09", since=True)),
        claim("KRx2", d["KRx2"], "etwa 7000", SHIN),
        claim("KRx3", d["KRx3"], "mehr als 13000", KANG, DIA, when=time("2022-06", since=True)),
        claim("NIS", d["NIS"], "mehr als 13000", NIS, when=time("2023-08", since=True)),
    ]
    return list(d.values()), claims


def everything() -> tuple[list[Document], list[Claim]]:
    """The series with the claims that were found beside it."""
    one, other = given(), found()
    return one[0] + other[0], one[1] + other[1]
