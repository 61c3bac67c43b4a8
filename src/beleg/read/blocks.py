"""Paragraphs → what each is: title, lead, heading, body, caption, byline, time stamp, aside, removed.

Order of the rules: what a format said of a paragraph stands; then the tables (``rules.py``), time stamps and bylines;
then the shape of what is left. Nothing is dropped: a paragraph that is no body keeps its place with its kind and rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from beleg.model import BlockKind, DayRange
from beleg.read.bylines import Byline, dated_byline, read_byline
from beleg.read.outlets import is_credit_line
from beleg.read.rules import line_rule
from beleg.read.stamps import is_clock, slug_line, stamp_line

MAX_TITLE = 220  # characters; longer first paragraphs are leads
MAX_HEADING = 120
HEADING_WORDS = 16
RELATED_HEADING_WORDS = 5  # a heading behind a list of headlines is shorter than they are
REPEATED_WORDS = 4  # shorter ones may well be said twice
REPEAT_SHARE = 0.8  # words two captions share when one repeats the other

_ENDED = re.compile(r"[.!?…:;,][\"'“”„‚‘’»«›‹)\]]*$")
_FULL_STOP = re.compile(r"[.…:;,][\"'“”„‚‘’»«›‹)\]]*$")
_SENTENCE_WITHIN = re.compile(r"[^\W\d_]{3}[.!?][\"”“»]?\s+[\"„“»]?[^\W\d_a-zß-ÿ]")
_SITE_TAG = re.compile(r"[a-z]{1,12}(?:[-_][a-z0-9]{1,12}){0,4}[-_]\d{1,8}|#\w+(?:\s+#\w+)*|\d{1,4}")
_ADDRESS_LINE = re.compile(r"(?:[\w-]{1,20}:?\s+){0,3}<?(?:https?://|www\.)\S+")
_OPENING = re.compile(r"[\"'“”„‚‘’»«›‹(\[]*[A-ZÄÖÜ0-9]")


@dataclass(frozen=True, slots=True)
class Judged:
    """What a paragraph is, and what was read in it."""

    kind: BlockKind
    why: str = ""
    day: DayRange | None = None
    byline: Byline | None = None


def judge(texts: Sequence[str], kinds: Sequence[str], whys: Sequence[str]) -> list[Judged]:
    """Judge the paragraphs of one article, in order.

    Args:
        texts: Their folded texts.
        kinds: What the format says each is, "" where it says nothing.
        whys: The rule behind each such kind.
    """
    judged: list[Judged | None] = [
        _stated(text, kind, why) if kind else _by_table(text)  # type: ignore[arg-type]
        for text, kind, why in zip(texts, kinds, whys, strict=True)
    ]
    _repeats_away(texts, judged)
    _spread(texts, judged)
    _captions_again(texts, judged)
    _shape(texts, judged)
    return [j or Judged("body") for j in judged]


def _stated(text: str, kind: BlockKind, why: str) -> Judged:
    """Keep what the format says, and read what a stamp or byline says."""
    if kind == "dateline":
        return Judged(kind, why, day=stamp_line(text))
    return Judged(kind, why, byline=read_byline(text) if kind == "byline" else None)


def _by_table(text: str) -> Judged | None:
    if (day := slug_line(text)) is not None and not _ENDED.search(text):
        return Judged("removed", "slug", day)
    if (day := stamp_line(text)) is not None:
        return Judged("dateline", "time-stamp", day)
    if _SITE_TAG.fullmatch(text):
        return Judged("removed", "site-tag")
    if (byline := read_byline(text)) is not None:
        return Judged("byline", f"byline-{byline.role}", byline=byline)
    if (dated := dated_byline(text)) is not None:
        return Judged("byline", "byline-dated", dated[1], dated[0])
    if is_clock(text):
        return Judged("dateline", "clock")
    if _ADDRESS_LINE.fullmatch(text):
        return Judged("removed", "link-address")
    if len(text) < 60 and is_credit_line(text):
        return Judged("byline", "credit")
    if (rule := line_rule(text)) is not None:
        return Judged(rule.kind, rule.why)
    return None


def _repeats_away(texts: Sequence[str], judged: list[Judged | None]) -> None:
    """Mark what stands there word for word a second time: stubs of embedded media, pages saved twice."""
    seen: set[str] = set()
    for i, text in enumerate(texts):
        if judged[i] is None and len(text.split()) >= REPEATED_WORDS:
            if text in seen:
                judged[i] = Judged("removed", "repeated")
            seen.add(text)


def _spread(texts: Sequence[str], judged: list[Judged | None]) -> None:
    """Mark what a line announces: headlines below "Mehr zum Thema", form fields below "Schreibe einen Kommentar"."""
    at = 0
    while at < len(texts):
        mark = judged[at]
        rule = line_rule(texts[at]) if mark and mark.kind in ("aside", "removed") else None
        at += 1
        if mark is None or rule is None or rule.follows == "none":
            continue
        first = at
        while (
            at < len(texts) and (judged[at] is None or rule.follows == "rest") and _is_headline(texts[at], rule.follows)
        ):
            at += 1
        if rule.follows == "headlines" and at < len(texts) and at - first > 1 and _heads_body(texts[first:at]):
            at -= 1
        if rule.follows == "rest" and at < len(texts):
            at = first  # prose goes on below: it was no form at the end of a page
        for i in range(first, at):
            judged[i] = judged[i] or Judged(rule.kind, rule.why)


def _is_headline(text: str, follows: str) -> bool:
    limit = MAX_TITLE if follows == "rest" else 160
    return len(text) <= limit and (follows == "rest" or not _FULL_STOP.search(text))


def _heads_body(headlines: Sequence[str]) -> bool:
    """Tell whether the last of a run of headlines is the heading of the text below."""
    last, others = headlines[-1].split(), headlines[:-1]
    longest = sum(len(h.split()) for h in others) / len(others)
    return len(last) <= RELATED_HEADING_WORDS and len(last) <= longest / 2


def _captions_again(texts: Sequence[str], judged: list[Judged | None]) -> None:
    """Mark a paragraph that says over again what the caption beside it says."""
    for i, text in enumerate(texts):
        if judged[i] is not None or len(text.split()) < 4:
            continue
        for j in (i - 1, i + 1):
            beside = judged[j] if 0 <= j < len(texts) else None
            if beside and beside.kind == "caption" and beside.why == "caption" and _repeats(text, texts[j]):
                judged[i] = Judged("caption", "caption-repeat")
                break


def _repeats(text: str, caption: str) -> bool:
    words = re.findall(r"\w+", text.casefold())
    other = set(re.findall(r"\w+", caption.casefold()))
    return sum(w in other for w in words) >= REPEAT_SHARE * len(words)


def _shape(texts: Sequence[str], judged: list[Judged | None]) -> None:
    """Find title, lead and headings among the paragraphs that nothing else claims."""
    open_ones = [i for i, j in enumerate(judged) if j is None]
    has_title = any(j is not None and j.kind == "title" for j in judged)
    prose = [i for i in open_ones if _is_prose(texts[i])]
    if open_ones and prose and not has_title:
        first = open_ones[0]
        if first < prose[-1] and _is_title(texts[first]):
            judged[first] = Judged("title", "first-line")
            open_ones = open_ones[1:]
        elif first < prose[-1] and len(texts[first]) <= MAX_TITLE:
            second = open_ones[1] if len(open_ones) > 1 else first
            if first < second < prose[-1] and _is_title(texts[second]):
                judged[first], judged[second] = Judged("lead", "above-title"), Judged("title", "second-line")
                open_ones = open_ones[2:]
            elif texts[first].endswith("?"):
                judged[first] = Judged("lead", "opening-question")
                open_ones = open_ones[1:]
    _lead(judged)
    for n, i in enumerate(open_ones):
        after = open_ones[n + 1] if n + 1 < len(open_ones) else None
        if judged[i] is None and after is not None and _is_heading(texts[i]) and (_is_prose(texts[after]) or n == 0):
            judged[i] = Judged("heading", "short-line")


def _lead(judged: list[Judged | None]) -> None:
    """Mark the paragraph between title and time stamp or byline."""
    for i in range(len(judged) - 2):
        above, below = judged[i], judged[i + 2]
        stamped = below is not None and below.kind in ("dateline", "byline")
        if above is not None and above.kind == "title" and judged[i + 1] is None and stamped:
            judged[i + 1] = Judged("lead", "above-time-stamp")


def _is_prose(text: str) -> bool:
    return bool(_ENDED.search(text)) and len(text.split()) > 5


def _is_title(text: str) -> bool:
    several = _SENTENCE_WITHIN.search(text)
    return len(text) <= MAX_TITLE and len(text.split()) >= 2 and not _FULL_STOP.search(text) and not several


def _is_heading(text: str) -> bool:
    words = text.split()
    return (
        len(text) <= MAX_HEADING
        and len(words) <= HEADING_WORDS
        and not _FULL_STOP.search(text)
        and _OPENING.match(text) is not None
        and not (text.endswith(("!", "“", "”", '"', "«", "»")) and len(words) > 8)
    )
