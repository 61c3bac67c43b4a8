"""What is named: arms, munitions, people, goods, and what is made of them.

Three look-ups (designations, phrases, single words with their compounds) are laid over each other, the longest wins;
then lists with a hyphen left open, types and parentheses are joined. Counts nothing (``quantities``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick

from beleg.find.compounds import Analysis, analyse, in_millimetres, of_row, with_calibre
from beleg.find.context import Within
from beleg.find.forms import expand
from beleg.find.gazetteer import alike
from beleg.find.item_tables import ItemTables, blocks, item_phrases, item_tables, items, phrase_rows, tails
from beleg.model import ItemMention, Problem, Sentence, Span
from beleg.tables import TableCheck

ADJECTIVE = re.compile(r"(?<![\w-])([a-zäöüß]+) $")
WORD = re.compile(r"[\w-]+")
WHOLE = re.compile(r"(?<![\w.,-])\d{1,3}[.,]$")  # of a figure with decimals, before them: "7," of "7,62-mm-Patronen"
DECIMALS = re.compile(r"\d{1,2}-")
NAMED_KIND = re.compile(r"[a-zäöüß]-[A-ZÄÖÜ][a-zäöüß]+$")  # "Leopard-Panzer", "Patriot-System" say what they are

CONTAINERS, LOADED = "containers", "arms-containers"  # rows: a container, and one said to hold arms
NEAR = 80  # code points: how far what stands "near" may be

Candidate = tuple[int, int, Analysis, bool]  # start, end, meaning, designation?


def find_items(
    text: str, sentences: Sequence[Sentence], language: str, handed: Sequence[Span] = ()
) -> tuple[list[ItemMention], list[Problem]]:
    """Find the items of a text.

    Args:
        text: Clean text of a document.
        sentences: Its sentences; what lies in none of them is passed over. Empty: the whole text is read.
        language: ISO 639-1; picks the words and compounds.
        handed: The sentences in which something changes sides (``find/handing.py``).

    Returns:
        Mentions in text order, never overlapping, spans of ``text``; the list of problems is empty.

    Raises:
        TableError: the language has no tables.
    """
    tables = item_tables(language)
    found = _read(text, sentences, language, handed)
    mentions = []
    for start, end, a, _ in found:
        if a.item == CONTAINERS and _loaded(alike(text), end, found):
            a = of_row(tables.rows[LOADED])
        mentions.append(ItemMention(Span(start, end), text[start:end], a.item, a.label, a.unit, a.kind, a.calibre))
    return mentions, []


def _read(text: str, sentences: Sequence[Sentence], language: str, handed: Sequence[Span] = ()) -> list[Candidate]:
    """Return what counts as an item, joined and taken up, in text order."""
    tables, phrase = item_tables(language), item_phrases(language)
    plain = alike(text)
    low = _lower(plain)
    within = Within(sentences)
    found = _longest(_candidates(plain, low, language))
    found += _open_lists(plain, found, language)
    found = [c for c in sorted(found, key=lambda c: c[:2]) if within.sentence_of(c[0]) is not None]
    arms = [c for c in found if c[2].context == "no" or (c[2].context == "sides" and _within(c, handed))]
    found = _joined_types(plain, [c for c in found if _counts(c, arms, plain)], phrase.type_gap)
    return _taken_up(found, tables)


@cache
def _stem_automaton(language: str) -> AhoCorasick:
    return AhoCorasick(list(item_tables(language).stems))


def _lower(plain: str) -> str:
    low = plain.lower()
    return low if len(low) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


def _candidates(plain: str, low: str, language: str) -> Iterable[Candidate]:
    tables, phrase = item_tables(language), item_phrases(language)
    for hit in tables.designations.find(plain):
        start, end = hit.start, hit.end
        row = hit.values[0]
        if (end < len(plain) and plain[end] == "-") or (start and plain[start - 1] == "-"):
            word = _word_at(plain, start)
            analysis = analyse(plain[word.start : word.end], language)
            if analysis is not None and word.end > end:
                yield word.start + analysis.start, word.end, analysis, analysis.item == row.id
                continue
        what = of_row(row)
        yield start, end, what._replace(context="no") if NAMED_KIND.search(plain, start, end) else what, True
    for hit in tables.phrases.find(low):
        yield hit.start, hit.end, of_row(hit.values[0]), False
    last = -1
    for _, start, _ in _stem_automaton(language).find_matches_as_indexes(low, overlapping=True):
        if start < last:
            continue
        word = _word_at(plain, start)
        last = word.end
        analysis = analyse(plain[word.start : word.end], language)
        noun = plain[word.start].isupper() or not tables.nouns_capital or "-" in plain[word.start : word.end]
        if analysis is not None and noun:
            start = word.start + analysis.start
            if analysis.calibre is None and (size := phrase.calibre_before.search(plain, max(0, start - 24), start)):
                analysis, start = with_calibre(analysis, in_millimetres(size, phrase)), size.start()
            elif analysis.calibre is None and (size := phrase.calibre_after.match(plain, word.end)):
                analysis = with_calibre(analysis, in_millimetres(size, phrase))  # "Granaten vom Kaliber 152 Millimeter"
            elif analysis.calibre is not None and analysis.head:
                analysis, start = _with_adjective(plain, start, word.end, analysis, tables)
            yield start, word.end, analysis, False


def _with_adjective(plain: str, start: int, end: int, found: Analysis, tables: ItemTables) -> tuple[Analysis, int]:
    """Take the adjective of "selbstfahrende 170-mm-Artillerie" in, where both name a kind of their own."""
    before = ADJECTIVE.search(plain, max(0, start - 40), start)
    if before is not None and found.calibre is not None:
        noun = plain[start:end].rpartition("-")[2]
        hits = tables.phrases.find(f"{before[1]} {noun}".lower())
        if hits and hits[0].start == 0:
            return with_calibre(of_row(hits[0].values[0]), found.calibre.removesuffix(" mm")), before.start(1)
    return found, start


def _word_at(plain: str, place: int) -> Span:
    start = place
    while start and (plain[start - 1].isalnum() or plain[start - 1] == "-"):
        start -= 1
    if DECIMALS.match(plain, start) and (whole := WHOLE.search(plain, max(0, start - 4), start)):
        start = whole.start()
    match = WORD.match(plain, place)
    end = match.end() if match else place + 1
    while end > place and plain[end - 1] == "-":
        end -= 1
    while start < place and plain[start] == "-":
        start += 1
    return Span(start, end)


def _longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep the longest of overlapping candidates, from left to right."""
    kept: list[Candidate] = []
    for c in sorted(candidates, key=lambda c: (c[0], -c[1], not c[3])):
        if not kept or c[0] >= kept[-1][1]:
            kept.append(c)
        elif c[1] - c[0] > kept[-1][1] - kept[-1][0] and c[0] > kept[-1][0]:
            kept[-1] = c
    return kept


def _open_lists(plain: str, found: list[Candidate], language: str) -> list[Candidate]:
    """Find the first members of "170-mm- und 240-mm-Geschütze", "Kampf- und Überwachungsdrohnen"."""
    out: list[Candidate] = []
    by_start = {c[0]: c for c in found}
    taken = {(c[0], c[1]) for c in found}
    phrase = item_phrases(language)
    for match in phrase.open_member.finditer(plain):
        gap = phrase.list_gap.match(plain, match.end())
        if gap is None:
            continue
        place = gap.end()
        following = phrase.open_member.match(plain, place)
        while following is not None and (gap := phrase.list_gap.match(plain, following.end())) is not None:
            place = gap.end()
            following = phrase.open_member.match(plain, place)
        head = by_start.get(place)
        if head is None:
            head = next((c for c in found if c[0] > place and _word_at(plain, place).end == c[1]), None)
        if head is None or any(s < match.end() and match.start() < e for s, e in taken):
            continue
        word = plain[head[0] : head[1]]
        analysis = _with_head_of(match[1], word, head[2], language)
        if analysis is not None:
            out.append((match.start(), match.end(), analysis, False))
    return out


def _with_head_of(modifier: str, word: str, head: Analysis, language: str) -> Analysis | None:
    """Analyse a modifier with the last part of another compound: "Kampf" and "Überwachungsdrohnen" → "Kampfdrohnen"."""
    last = word.split("-")[-1]
    low = last.lower()
    tables = item_tables(language)
    ends = [e for e, _ in tables.endings if low.endswith(e)] + [t for t in tables.tails if low.endswith(t)]
    ends += [low[cut:] for cut in range(1, len(low) - 3) if low[cut:] in tables.words]
    for end in sorted(set(ends), key=lambda e: (-len(e), e)):
        for joint in ("-", "") if modifier[0].isdigit() else ("", "-"):
            analysis = analyse(modifier + joint + end, language)
            if analysis is not None and _fits(analysis, head):
                return analysis._replace(start=0)
    return None


def _joined_types(plain: str, found: list[Candidate], type_gap: re.Pattern[str]) -> list[Candidate]:
    """Join "Raketen vom Typ KN-23" and "KN-23 (Hwasong-11A)" to one mention of what is designated."""
    out: list[Candidate] = []
    for c in found:
        if out:
            p = out[-1]
            gap = plain[p[1] : c[0]]
            if (
                c[3]
                and not p[3]
                and p[2].effect == "self"
                and p[2].head
                and type_gap.fullmatch(gap)
                and _fits(p[2], c[2])
            ):
                out[-1] = (p[0], c[1], c[2]._replace(unit=p[2].unit or c[2].unit, context="no"), True)
                continue
            if c[3] and c[2].item == p[2].item and gap == " (" and plain[c[1] : c[1] + 1] == ")":
                out[-1] = (p[0], c[1] + 1, p[2], p[3])
                continue
        out.append(c)
    return out


def _fits(general: Analysis, special: Analysis) -> bool:
    """Tell whether a general noun can stand before a designation as its kind."""
    return general.kind == special.kind or general.kind == "weapons" or {general.kind, special.kind} in (
        {"missile", "air_defence"}, {"launcher", "artillery"}, {"armour", "air_defence"}, {"ammunition", "artillery"},
        {"missile", "ammunition"},
    )  # fmt: skip


def _within(c: Candidate, spans: Sequence[Span]) -> bool:
    return any(s.start <= c[0] < s.end for s in spans)


def _counts(c: Candidate, arms: list[Candidate], plain: str) -> bool:
    """Tell whether a candidate has the company that it needs."""
    if c[2].context == "near":
        around = (plain[min(c[1], a[1]) : max(c[0], a[0])] for a in arms if abs(a[0] - c[0]) < NEAR)
        return any(". " not in gap and "\n" not in gap for gap in around)
    return c[2].context == "no" or bool(arms)


def _taken_up(found: list[Candidate], tables: ItemTables) -> list[Candidate]:
    """Let "zwei der Maschinen" stand for the aircraft named last before it."""
    out: list[Candidate] = []
    for c in found:
        row = tables.rows.get(c[2].head)
        kin = row.kin if row is not None else ()
        last = next((o for o in reversed(out) if o[2].kind in kin and o[2].item != c[2].item), None) if kin else None
        if last is not None:
            unit = last[2].unit or c[2].unit
            out.append(
                (c[0], c[1], last[2]._replace(unit=unit, calibre=last[2].calibre, context="kin", head=c[2].head), False)
            )
        elif c[2].context != "kin":
            out.append(c)
    return out


def _loaded(plain: str, end: int, found: list[Candidate]) -> bool:
    """Tell whether a container holds arms: "Container mit mutmaßlichen Waffen"."""
    near = (c for c in found if end < c[0] < end + 60 and "." not in plain[end : c[0]])
    return any(c[2].kind in ("weapons", "ammunition", "missile") for c in near)


def _fired_items(sentence: str) -> set[str]:
    loaded = {m.item for m in find_items(sentence, [], "de")[0]}
    return loaded | {key for c in _read(sentence, [], "de") for key in (c[2].item, c[2].head)}


def _fired_tails(sentence: str) -> set[str]:
    tables = item_tables("de")
    return {
        tables.tails[end].key
        for word in re.findall(r"\w+", sentence.lower())
        for end in tables.tails
        if word.endswith(end) and word != end and _effect(word) == tables.tails[end].effect
    }


def _effect(word: str) -> str | None:
    analysis = analyse(word, "de")
    return analysis.effect if analysis is not None else None


def _fired_blocks(sentence: str) -> set[str]:
    tables = item_tables("de")
    words = set(re.findall(r"\w+", sentence.lower())) & tables.blocked
    if find_items(sentence, [], "de")[0]:
        return set()
    return {b.key for b in blocks("de") if words & {f for form in b.forms for f in expand(form)}}


def _fired_phrases(sentence: str) -> set[str]:
    found = find_items(sentence, [], "de")[0]
    fired = {"list"} if any(m.text.endswith("-") for m in found) else set()
    rows = item_tables("de").rows
    joined = (m for m in found if m.item in rows and rows[m.item].designations)
    fired |= {"giving"} if item_phrases("de").giving.search(sentence) else set()
    fired |= {"type"} if any(" Typ " in m.text for m in joined) else set()
    behind = item_phrases("de").calibre_after
    return fired | ({"calibre"} if any(m.calibre and behind.match(sentence, m.span.end) for m in found) else set())


TABLES = [
    TableCheck("items.csv", items, _fired_items),
    TableCheck("de/compounds.toml: tail", lambda: tails("de"), _fired_tails),
    TableCheck("de/compounds.toml: phrase", lambda: phrase_rows("de"), _fired_phrases),
    TableCheck("de/compounds.toml: block", lambda: blocks("de"), _fired_blocks),
]
