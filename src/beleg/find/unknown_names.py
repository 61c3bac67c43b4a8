"""Names of persons that stand in no table: capitalised words beside a title or role, and their surnames later on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from beleg.find.context import SUBJECTS, Within
from beleg.model import ActorMention, Sentence, Span, Token

UPPER = "A-ZÄÖÜÁÉÍÓÚÅØŁŠČŽŞİÇÑ"
PART = rf"(?:[{UPPER}][\w'’]+(?:-[\w'’]+)*|[{UPPER}]\.(?:\s?[{UPPER}]\.)?)"
FEW = 3  # words after the first one
SHORT = 3  # letters: shorter parts of a name are not looked for alone
BODY = re.compile(r" [\"„]?((?:[A-Z]{2,6}|[A-ZÄÖÜ][\w-]+(?: [A-Z][\w-]+){0,2}))(?![\w-])")
NOT_ALONE = re.compile(r"(?:der|die|das|den|dem|des|ein|eine|einem|einen|einer|eines)\s+$", re.IGNORECASE)


def name_after(
    plain: str, end: int, words: dict[str, frozenset[str]], within: Within, role_is_single: bool
) -> Span | None:
    """Return the span of the name that follows a role ending at ``end``: "Militärexperte Iwan Melnyk"."""
    gap = re.match(r"(, |,? )", plain[end : end + 2])
    if gap is None:
        return None
    start = end + gap.end()
    for title in sorted(words["academic_titles"], key=len, reverse=True):
        if plain.startswith(title + " ", start):
            start += len(title) + 1
            break
    run = _run(plain, start, words["particle"])
    if run is None:
        return None
    parts = plain[run.start : run.end].split()
    if parts[0].lower() in words["never_in_name"]:
        return None
    if len(parts) == 1 or gap[0] == ", ":
        token = within.token_at(run.start)
        if token is not None and token.upos != "PROPN":
            return None
        if len(parts) == 1 and (
            gap[0] == ", " or not role_is_single or parts[0].lower().endswith(tuple(words["noun_endings"]))
        ):
            return None
        if gap[0] == ", " and plain[run.end : run.end + 1] not in (",", ".", ":", ";", "(", " "):
            return None
        if gap[0] == ", " and token is None and plain[run.end : run.end + 1] == " " and len(parts) < 2:
            return None
    return run


def name_before(plain: str, start: int, floor: int, words: dict[str, frozenset[str]]) -> Span | None:
    """Return the span of the name that a role starting at ``start`` explains: "Iwan Melnyk, ein früherer Offizier"."""
    window = plain[max(floor, start - 90) : start]
    articles = "|".join(sorted(map(re.escape, words["article"]), key=len, reverse=True))
    particles = "|".join(sorted(map(re.escape, words["particle"])))
    match = re.search(
        rf"(?<![\w-])({PART}(?:\s(?:(?:{particles})\s)?{PART}){{1,{FEW}}}), (?:(?:{articles})\s)?"
        rf"(?:[a-zäöüß-]+(?:er|e|en|em|es)\s){{0,3}}$",
        window,
    )
    if match is None:
        return None
    base = max(floor, start - 90)
    first = match[1].split()[0]
    if first.lower() in words["never_in_name"]:
        return None
    return Span(base + match.start(1), base + match.end(1))


def body_after(plain: str, end: int, words: dict[str, frozenset[str]]) -> Span | None:
    """Return the span of the name of a body in no table: "Nachrichtenagentur XYZ", "Menschenrechtsorganisation Xyz"."""
    match = BODY.match(plain, end)
    if match is None or match[1].lower() in words["never_in_name"]:
        return None
    if match[1].lower().endswith(tuple(words["noun_endings"])):
        return None
    return Span(match.start(1), match.end(1))


def _run(plain: str, start: int, particles: Iterable[str]) -> Span | None:
    """Return the longest run of name parts at a place; a common genitive ends it."""
    joined = "|".join(sorted(map(re.escape, particles)))
    match = re.compile(rf"(?:al-|el-)?{PART}(?: (?:(?:{joined})[ -])?{PART}){{0,{FEW}}}(?![\w])").match(plain, start)
    if match is None or plain[match.end() : match.end() + 1] == "-":
        return None
    return Span(match.start(), match.end())


def is_part_of_longer_name(plain: str, span: Span, never: frozenset[str]) -> bool:
    """Tell whether a surname belongs to somebody else: "Petra Scholz" is not Olaf Scholz."""
    before = re.search(rf"({PART}) $", plain[max(0, span.start - 25) : span.start])
    if before is None or before[1].lower() in never or (before[1].endswith((".", "s")) and len(before[1]) < 5):
        return False
    ahead = plain[max(0, span.start - 25) : span.start - len(before[0])].rstrip(" ")
    return bool(ahead) and ahead[-1] not in '.!?:\n„"»“'


def later_surnames(text: str, plain: str, found: list[ActorMention], within: Within) -> list[ActorMention]:
    """Find the surnames of persons named in full before, where they stand alone: "Lair", "Lairs"."""
    known: dict[str, list[ActorMention]] = {}
    taken = sorted(m.span for m in found)
    for m in found:
        if m.head is None or m.form != "name":
            continue
        parts = plain[m.head.start : m.head.end].split()
        for part in {parts[0], parts[-1]} if len(parts) > 1 else ():
            if len(part) >= SHORT and part[0].isupper():
                known.setdefault(part, []).append(m)
    if not known:
        return []
    pattern = re.compile(rf"(?<![\w-])({'|'.join(sorted(map(re.escape, known), key=len, reverse=True))})(s|')?(?![\w])")
    out = []
    cursor = 0
    for match in pattern.finditer(plain):
        span = Span(match.start(), match.end())
        while cursor < len(taken) and taken[cursor].end <= span.start:
            cursor += 1
        if (cursor < len(taken) and taken[cursor].start < span.end) or within.sentence_of(span.start) is None:
            continue
        earlier = [m for m in known[match[1]] if m.span.start < span.start]
        if not earlier or NOT_ALONE.search(plain[max(0, span.start - 8) : span.start]):
            continue
        if re.match(rf" {PART}", plain[span.end : span.end + 20]) and not match[2]:
            continue
        m = earlier[-1]
        name = Span(match.start(1), match.end(1))
        out.append(ActorMention(span, text[span.start : span.end], m.actor, m.name, m.kind, m.country, "name", name))
    return out


def in_full(found: list[ActorMention]) -> list[ActorMention]:
    """Give a surname beside a title the full name that stood before it: "Premier Renzi" after "Matteo Renzi"."""
    full: dict[str, ActorMention] = {}
    out = []
    for m in found:
        if m.head is not None and m.form == "name":
            parts = m.name.split()
            if len(parts) > 1:
                full |= {part: m for part in (parts[0], parts[-1]) if len(part) >= SHORT}
            elif m.actor is None and m.name in full:
                known = full[m.name]
                m = replace(m, actor=known.actor, name=known.name, kind=known.kind, country=known.country)
        out.append(m)
    return out


def proper_subjects(text: str, taken: list[Span], sentences: Sequence[Sentence]) -> list[ActorMention]:
    """Find names of persons in parsed sentences: two or more proper nouns in a row that are a subject.

    ``taken`` are the spans of all that is known already, whether or not it counted.
    """
    out = []
    for sentence in sentences:
        if not sentence.parsed:
            continue
        run: list[Token] = []
        for token in (*sentence.tokens, None):
            if token is not None and token.upos == "PROPN" and token.text[:1].isupper() and not token.text.isupper():
                run.append(token)
                continue
            if len(run) > 1 and any(t.deprel in SUBJECTS for t in run):
                span = Span(run[0].start, run[-1].end)
                if not any(s.start < span.end and span.start < s.end for s in taken):
                    words = re.sub(r"\s+", " ", text[span.start : span.end])
                    out.append(
                        ActorMention(span, text[span.start : span.end], None, words, "person", None, "name", span)
                    )
            run = []
    return out
