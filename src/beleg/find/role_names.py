"""What a name or role amounts to: whose it is, of what kind, one or many, or only part of a longer name."""

from __future__ import annotations

import re

from beleg.find.actor_tables import ActorRow, ActorTables, Naming, PersonRow, RoleRow
from beleg.find.gazetteer import Hit

NOUN_AFTER = re.compile(r" ([A-ZÄÖÜ][\w-]*[a-zäöüß]\w*)")


def holder_of(tables: ActorTables, role: RoleRow, owner: ActorRow | None, surname: str) -> PersonRow | None:
    """Return the one person of the tables with this surname whose country or office fits: "Präsident Pavel"."""
    rows = tables.surnames.get(surname, ())
    if owner is not None and owner.country:
        rows = tuple(r for r in rows if r.country == owner.country)
    else:
        rows = tuple(r for r in rows if any(part in r.office for part in role.offices))
    return rows[0] if len(rows) == 1 else None


def goes_on(tables: ActorTables, plain: str, hit: Hit[Naming], row: ActorRow, naming: Naming) -> bool:
    """Tell whether a hit is only part of another name: "Guardian Angels", "Deutsche Bank", "Radio France Inter"."""
    noun = NOUN_AFTER.match(plain, hit.end)
    if noun is None:
        return False
    words = plain[hit.start : hit.end]
    before = plain[max(0, hit.start - 25) : hit.start]
    if naming.form == "demonym":
        if noun[1].lower().startswith(tuple(tables.words["language_nouns"])):
            return True
        inside = bool(re.search(r"[\w,] $", before)) or before.endswith("-")
        return words in tables.opening_adjectives and inside
    if row.kind in ("media", "company"):
        return not words.isupper()
    return naming.form == "name" and row.kind == "state" and re.search(r"[\w] [A-ZÄÖÜ]\w+ $", before) is not None


def kind_of(role: RoleRow, owner: ActorRow | None) -> str:
    """Return the kind of somebody named by role: the body's where the role alone says little."""
    if owner is None:
        return role.kind
    if owner.kind not in ("state", "group") and role.kind in ("person", "academic", "think_tank"):
        return "media" if owner.kind == "agency" else owner.kind
    return "government" if role.kind == "person" and owner.kind == "state" else role.kind


def plural_of(noun: str) -> str:
    """Return the English plural of a role: "heads of state", "ministries"."""
    head, sep, rest = noun.partition(" of ")
    if head.endswith(("s", "media", "government", "leadership", "regime", "industry")):
        return noun
    return (head[:-1] + "ies" if head.endswith("y") else head + "s") + sep + rest
