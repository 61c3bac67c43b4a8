"""Who is named: states, bodies, outlets, persons, and people named by their role.

Looks every name of the tables up at once, then joins what belongs together (``actor_groups``). What stands by its role
or title but is in no table is kept as an actor without id. Judges nothing about what the actor does (``beleg.claim``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from beleg.find import unknown_names as unknown
from beleg.find.actor_groups import Found, Joiner
from beleg.find.actor_tables import ActorTables, Naming, RoleRow, actor_tables, bodies, persons, roles
from beleg.find.compounds import analyse
from beleg.find.context import Within
from beleg.find.gazetteer import Hit, alike
from beleg.model import ActorMention, Problem, Sentence, Span
from beleg.tables import TableCheck

FAR = 1500  # code points: how far back "die Behörde" may look for what it takes up
REACH = 6  # mentions: how far back "das Ministerium" may look for its state
STATE_ORGANS = ("government", "military")
INTELLIGENCE = "intelligence"  # kind whose bodies are taken up by any noun for a service
NEAR = 400  # the same for "das Land"


def find_actors(text: str, sentences: Sequence[Sentence], language: str) -> tuple[list[ActorMention], list[Problem]]:
    """Find the actors of a text.

    Args:
        text: Clean text of a document.
        sentences: Its sentences; what lies in none of them is passed over. Empty: the whole text is read.
        language: ISO 639-1; picks the forms.

    Returns:
        Mentions in text order, never overlapping, spans of ``text``; the list of problems is empty.

    Raises:
        TableError: the language has no tables.
    """
    return [f.mention for f in _found(text, sentences, language)], []


def _found(text: str, sentences: Sequence[Sentence], language: str) -> list[Found]:
    tables = actor_tables(language)
    plain = alike(text)
    within = Within(sentences)
    hits = [h for h in tables.gazetteer.find(plain) if within.sentence_of(h.start) is not None and not _never(h)]
    found = list(Joiner(tables, text, plain, hits, within, lambda word: analyse(word, language) is not None).found())
    later = unknown.later_surnames(text, plain, [f.mention for f in found], within)
    found = sorted(found + [Found(m, None) for m in later], key=lambda f: f.mention.span)
    taken = [f.mention.span for f in found] + [Span(h.start, h.end) for h in hits]
    found += [Found(m, None) for m in unknown.proper_subjects(text, taken, sentences)]
    found += [Found(m, None) for m in _lands(tables, text, plain, [f.mention for f in found])]
    found.sort(key=lambda f: f.mention.span)
    named = unknown.in_full([f.mention for f in found])
    return _taken_up(tables, plain, [f._replace(mention=m) for f, m in zip(found, named, strict=True)])


def _never(hit: Hit[Naming]) -> bool:
    return hit.values[0].form == "never"


def _taken_up(tables: ActorTables, plain: str, found: list[Found]) -> list[Found]:
    """Resolve roles with no name beside them by what was named before: "die Behörde", "der Minister"."""
    out: list[Found] = []
    for one in found:
        m, role = one.mention, one.role
        if role is not None and m.actor is None and m.form == "role":
            bare = m.country is None and m.head == m.span
            before = plain[max(0, m.span.start - 8) : m.span.start].lower().split()
            definite = bool(before) and before[-1] in tables.words["definite"]
            last = None
            if definite and one.single:
                earlier = [o for o in out if m.span.start - o.mention.span.end < FAR]
                last = _holder(tables, role, m, earlier)
                if last is None and bare and role.refers:
                    last = next((o.mention for o in reversed(earlier) if _can_be(tables, role, o.mention)), None)
                if last is None and bare and role.organ:
                    last = _organ(tables, role, earlier)
            if last is not None:
                m = replace(m, actor=last.actor, name=last.name, kind=last.kind, country=last.country)
                one = one._replace(mention=m)
            elif bare and not role.alone:
                continue
        out.append(one)
    return out


def _holder(tables: ActorTables, role: RoleRow, m: ActorMention, earlier: list[Found]) -> ActorMention | None:
    """Return the person named before who holds the role: by the table of offices, or by the role beside the name."""
    if not role.title:
        return None
    for other in reversed(earlier):
        o = other.mention
        if o.form != "name" or o.head is None or (m.country is not None and o.country != m.country):
            continue
        office = tables.offices.get(o.actor or "", "")
        same = (
            other.role is not None
            and other.role.title
            and (other.role.en == role.en or other.role.en.endswith(f" {role.en}"))
        )
        if same or any(part in office for part in role.offices):
            return o
    return None


def _organ(tables: ActorTables, role: RoleRow, earlier: list[Found]) -> ActorMention | None:
    """Return the organ of the country whose organs alone were named shortly before, else of its only state."""
    mentions = [o.mention for o in earlier if o.mention.form != "demonym"][-REACH:]
    organs = {m.country for m in mentions if m.kind in STATE_ORGANS}
    near = {m.country for m in mentions if m.kind == "state"}
    country = organs.pop() if len(organs) == 1 else near.pop() if not organs and len(near) == 1 else None
    state = tables.states.get(country or "")
    if state is None:
        return None
    row = tables.organs.get((state.id, role.organ or ""))
    if row is not None:
        return ActorMention(Span(0, 0), "", row.id, row.name, row.kind, row.country, "role")
    name = f"{state.adjectives_en[0] if state.adjectives_en else state.name} {role.en}"
    return ActorMention(Span(0, 0), "", f"{state.id}/{role.organ}", name, role.kind, state.id, "role")


def _can_be(tables: ActorTables, role: RoleRow, earlier: ActorMention) -> bool:
    """Tell whether an earlier mention is a body that a role noun can take up: of its organ, else of its kinds."""
    kind = "media" if earlier.kind == "agency" else earlier.kind
    if earlier.actor is None or kind not in role.refers or earlier.form == "demonym":
        return False
    row = tables.bodies.get(earlier.actor)
    if row is None:
        return earlier.actor.endswith(f"/{role.organ}") if role.organ else "/" in earlier.actor
    return not role.organ or row.organ == role.organ or role.kind == INTELLIGENCE


def _lands(tables: ActorTables, text: str, plain: str, found: list[ActorMention]) -> Iterator[ActorMention]:
    """Yield "das Land" where one state alone was named shortly before, "sein Land" where a person was."""
    for match in tables.land.finditer(plain):
        span = Span(match.start(), match.end())
        if any(m.span.overlaps(span) for m in found):
            continue
        near = [m for m in found if span.start - NEAR < m.span.start < span.start and m.country in tables.states]
        if match[0].lower().startswith(tuple(tables.words["possessive"])):
            near = [m for m in near if m.head is not None and m.form == "name" and m.actor not in tables.bodies][-1:]
        countries = {m.country for m in near}
        if len(countries) == 1 and (country := countries.pop()) is not None:
            state = tables.states[country]
            yield ActorMention(span, text[span.start : span.end], state.id, state.name, "state", country, "role", span)


def _fired_bodies(sentence: str) -> set[str]:
    return {m.actor for m in find_actors(sentence, [], "de")[0] if m.actor}


def _fired_roles(sentence: str) -> set[str]:
    return {f.role.key for f in _found(sentence, [], "de") if f.role is not None}


TABLES = [
    TableCheck("states.csv and actors.csv", bodies, _fired_bodies),
    TableCheck("persons.csv", persons, _fired_bodies),
    TableCheck("de/roles.toml", lambda: roles("de"), _fired_roles),
]
