"""Who is named: states, bodies, outlets, persons, and people named by their role.

Looks every name of the tables up at once, then joins what belongs together (``actor_groups``). What stands by its role
or title but is in no table is kept as an actor without id. Judges nothing about what the actor does (``beleg.claim``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from beleg.find import unknown_names as unknown
from beleg.find.actor_groups import Found, Joiner
from beleg.find.actor_tables import ActorTables, Naming, actor_tables, bodies, persons, roles
from beleg.find.context import Within
from beleg.find.gazetteer import Hit, alike
from beleg.model import ActorMention, Problem, Sentence, Span
from beleg.tables import TableCheck

FAR = 1500  # code points: how far back "die Behörde" may look for what it takes up
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
    found = list(Joiner(tables, text, plain, hits, within).found())
    later = unknown.later_surnames(text, plain, [f.mention for f in found], within)
    found = sorted(found + [Found(m, None) for m in later], key=lambda f: f.mention.span)
    found += [Found(m, None) for m in unknown.proper_subjects(text, [f.mention for f in found], sentences)]
    found += [Found(m, None) for m in _lands(tables, text, plain, [f.mention for f in found])]
    return _taken_up(tables, plain, sorted(found, key=lambda f: f.mention.span))


def _never(hit: Hit[Naming]) -> bool:
    return hit.values[0].form == "never"


def _taken_up(tables: ActorTables, plain: str, found: list[Found]) -> list[Found]:
    """Resolve "die Behörde", "der Geheimdienst" with nothing beside it to the last body of that kind before it."""
    out: list[Found] = []
    for one in found:
        m, role = one
        if role is not None and m.actor is None and m.country is None and m.head == m.span:
            before = plain[max(0, m.span.start - 8) : m.span.start].lower().split()
            last = None
            one_body = not m.name.endswith(("s", "ies")) or m.name == role.en
            if role.refers and one_body and before and before[-1] in tables.words["definite"]:
                last = next(
                    (o.mention for o in reversed(out) if _can_be(tables, role.refers, o.mention, m.span.start)), None
                )
            if last is not None:
                one = Found(replace(m, actor=last.actor, name=last.name, kind=last.kind, country=last.country), role)
            elif not role.alone:
                continue
        out.append(one)
    return out


def _lands(tables: ActorTables, text: str, plain: str, found: list[ActorMention]) -> Iterator[ActorMention]:
    """Yield "das Land" where one state alone was named shortly before, "sein Land" where a person was."""
    for match in tables.land.finditer(plain):
        span = Span(match.start(), match.end())
        if any(m.span.overlaps(span) for m in found):
            continue
        near = [m for m in found if span.start - NEAR < m.span.start < span.start and m.country in tables.states]
        if match[0].lower().startswith(tuple(tables.words["possessive"])):
            near = [m for m in near if m.kind != "state"][-1:]
        countries = {m.country for m in near}
        if len(countries) == 1 and (country := countries.pop()) is not None:
            state = tables.states[country]
            yield ActorMention(span, text[span.start : span.end], state.id, state.name, "state", country, "role", span)


def _can_be(tables: ActorTables, kinds: tuple[str, ...], earlier: ActorMention, place: int) -> bool:
    """Tell whether an earlier mention is a body of one of these kinds, near enough to be taken up."""
    if earlier.actor is None or earlier.kind not in kinds or place - earlier.span.end > FAR:
        return False
    return earlier.actor in tables.bodies or "/" in earlier.actor


def _fired_bodies(sentence: str) -> set[str]:
    return {m.actor for m in find_actors(sentence, [], "de")[0] if m.actor}


def _fired_roles(sentence: str) -> set[str]:
    return {f.role.key for f in _found(sentence, [], "de") if f.role is not None}


TABLES = [
    TableCheck("states.csv and actors.csv", bodies, _fired_bodies),
    TableCheck("persons.csv", persons, _fired_bodies),
    TableCheck("de/roles.toml", lambda: roles("de"), _fired_roles),
]
