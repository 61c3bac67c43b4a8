"""The words of a whole document in flat lists, so that the rules of this package can walk across sentences.

Tags are one letter, from the part of speech where a sentence was parsed, else from ``data/<lang>/function_words.toml``
and the spelling: F finite verb, I infinitive, Z infinitive with "zu" inside, P participle, z "zu", N noun, E name,
D determiner, A adjective or number before a noun, p preposition, R pronoun, r relative pronoun, x reflexive,
S subordinating word, W question word, K "und/oder", k "als/wie", v separated prefix, b adverb, "," and "." marks,
q quotation mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from beleg.claim.closed import Closed, closed_classes, function_words
from beleg.claim.speech_table import tables
from beleg.model import ActorMention, Document, Sentence, Span
from beleg.segment.clauses import clause_words
from beleg.segment.quotes import quotation_spans

Range = tuple[int, int]  # word numbers, end exclusive

STTS = {
    "VVFIN": "F", "VAFIN": "F", "VMFIN": "F", "VVIMP": "F", "VAIMP": "F", "VVINF": "I", "VAINF": "I", "VMINF": "I",
    "VVIZU": "Z", "VVPP": "P", "VAPP": "P", "VMPP": "P", "PTKZU": "z", "NN": "N", "NE": "E", "ART": "D", "PDAT": "D",
    "PPOSAT": "D", "PIAT": "D", "PIDAT": "D", "PWAT": "W", "ADJA": "A", "CARD": "A", "APPR": "p", "APPRART": "p",
    "APPO": "o", "APZR": "o", "PPER": "R", "PIS": "R", "PDS": "R", "PPOSS": "R", "PRELS": "r", "PRELAT": "r",
    "PRF": "x", "KOUS": "S", "KOUI": "S", "KON": "K", "KOKOM": "k", "PTKVZ": "v", "ADV": "b", "ADJD": "b", "PAV": "b",
    "PROAV": "b", "PTKNEG": "b", "PTKANT": "b", "PTKA": "b", "PWS": "W", "PWAV": "W", "FM": "E", "XY": "E", "ITJ": "b",
    "TRUNC": "N",
}  # fmt: skip
UPOS = {
    "NOUN": "N", "PROPN": "E", "DET": "D", "ADJ": "A", "NUM": "A", "ADP": "p", "PRON": "R", "SCONJ": "S", "CCONJ": "K",
    "ADV": "b", "PART": "b", "INTJ": "b", "X": "E", "SYM": "A",
}  # fmt: skip
QUOTE_MARKS = frozenset("„“”‟\"«»‹›‚‘’'")
APART = frozenset({"title", "heading", "caption", "byline", "dateline", "aside", "removed"})
ZU = "zu"
SHORTEST_PARTICLE = 2  # letters: "ab"
COMMAS = frozenset(",;:–—-()[]/+•*|")
ENDS = frozenset(".!?…")


@cache
def speech_forms(language: str) -> dict[str, str]:
    """Return the forms of the verbs of saying → their tag."""
    out: dict[str, str] = {}
    for row in tables(language).verbs:
        out.update(dict.fromkeys(row.joined, "P"))
        out.update(dict.fromkeys(row.finite, "F"))
    return out


def _guess(word: str, low: str, saying: dict[str, str]) -> str:
    """Tag a word of a sentence that was not parsed, by its spelling."""
    if word[0].isdigit():
        return "A"
    if word[0].isupper():
        return "N"
    if low in saying:
        return saying[low]
    return "b"


@dataclass(slots=True)
class Words:
    """Lists of equal length, one place a word; and the quotations and sentences as ranges of words."""

    text: str
    closed: Closed
    word: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    sub: list[bool] = field(default_factory=list)  # a finite verb in the Konjunktiv
    lemma: list[str] = field(default_factory=list)
    sentences: list[Range] = field(default_factory=list)
    quotes: list[Range] = field(default_factory=list)  # with their marks, outermost first
    quote: list[int] = field(default_factory=list)  # a word's outermost quotation, -1: none
    block: list[int] = field(default_factory=list)  # a word's block in the document
    headings: frozenset[int] = frozenset()  # blocks that are not running text
    times: frozenset[str] = frozenset()  # nouns that say when
    actor: list[str] = field(default_factory=list)  # kind of the actor whose name the word belongs to, "" where none

    def span(self, r: Range) -> Span:
        return Span(self.start[r[0]], self.end[r[1] - 1])

    def raw(self, r: Range) -> str:
        return self.text[self.start[r[0]] : self.end[r[1] - 1]]


def read_words(document: Document, sentences: Sequence[Sentence], actors: Sequence[ActorMention] = ()) -> Words:
    """Lay out the words of all sentences, find the quotations and mark the words that name actors."""
    language = document.language or "de"
    w = Words(document.text, closed_classes(language), times=clause_words(language, "time_noun"))
    w.headings = frozenset(n for n, b in enumerate(document.blocks) if b.kind in APART)
    closed, saying = function_words(language), speech_forms(language)
    for s in sentences:
        first = len(w.word)
        for t in s.tokens:
            low = t.text.lower()
            w.word.append(t.text)
            w.low.append(low)
            w.start.append(t.start)
            w.end.append(t.end)
            w.block.append(s.block)
            w.lemma.append(t.lemma)
            head = t.text[0]
            if not head.isalnum() and (t.text in COMMAS or head in QUOTE_MARKS or head in ENDS):
                tag, sub = ("," if t.text in COMMAS else "q" if head in QUOTE_MARKS else "."), False
            elif t.xpos or t.upos:
                tag = STTS.get(t.xpos) or UPOS.get(t.upos, "b")
                if tag == "b" and t.upos in ("VERB", "AUX"):
                    form = t.feat("VerbForm")
                    tag = "F" if form == "Fin" else "P" if form == "Part" else "I"
                if tag == "S" and closed.get(low, ("", ""))[0] == "W":
                    tag = "W"  # "Wann sie kommen, sagte er nicht"
                sub = tag == "F" and ("Mood", "Sub") in t.feats
            else:
                tag, mood = closed.get(low, ("", ""))
                sub = mood == "sub"
                if not tag:
                    tag = _guess(t.text, low, saying)
            if tag == "I" and _has_zu_inside(low, t.lemma.lower()):
                tag = "Z"  # "abzugeben", taken for a plain infinitive
            if tag == "F" and w.tag and w.tag[-1] == "z" and len(w.word) - first > 1:
                tag, sub = "I", False  # "zu wollen", taken for a finite verb
            elif w.tag and w.tag[-1] == "z" and not (t.xpos or t.upos):
                if t.text[0].islower() and tag not in "DRp":
                    tag, sub = "I", False
                else:
                    w.tag[-1] = "p"  # "zu" before a noun
            w.tag.append(tag)
            w.sub.append(sub)
        if not s.parsed:
            _mend(w, first)
        if len(w.word) > first:
            w.sentences.append((first, len(w.word)))
    _quotations(document, w)
    _actors(w, actors)
    return w


def _has_zu_inside(word: str, lemma: str) -> bool:
    """Tell whether an infinitive has its "zu" between particle and stem: "abzugeben" of "abgeben"."""
    return len(word) == len(lemma) + len(ZU) and any(
        word == lemma[:cut] + ZU + lemma[cut:] for cut in range(SHORTEST_PARTICLE, len(lemma))
    )


def _mend(w: Words, first: int) -> None:
    """Mend tags of a sentence not parsed: adjectives between article and noun, infinitives after "zu"."""
    for i in range(len(w.word) - 2, first, -1):
        if (
            w.tag[i] == "b"
            and w.tag[i + 1] in "NA"
            and w.tag[i - 1] in "DpbA"
            and w.low[i].endswith(w.closed.inflections)
        ):
            w.tag[i] = "A"
        elif w.tag[i] in "DF" and w.tag[i - 1] == "z" and w.tag[i + 1] in ",.":
            w.tag[i], w.sub[i] = "I", False  # "neutral zu sein"


def _actors(w: Words, actors: Sequence[ActorMention]) -> None:
    w.actor = [""] * len(w.word)
    at = 0
    for m in sorted(actors, key=lambda m: m.span):
        while at < len(w.word) and w.end[at] <= m.span.start:
            at += 1
        last = at
        while last < len(w.word) and w.start[last] < m.span.end:
            w.actor[last] = m.kind
            last += 1


def _quotations(document: Document, w: Words) -> None:
    w.quote = [-1] * len(w.word)
    at = 0
    for block in document.blocks:
        reached = -1
        for q in quotation_spans(document.text, block.span):
            if q.end <= reached or document.text[q.start] not in QUOTE_MARKS:
                continue  # inside another, or without its opening mark
            reached = q.end
            while at < len(w.word) and w.end[at] <= q.start:
                at += 1
            last = at
            while last < len(w.word) and w.start[last] < q.end:
                last += 1
            if last - at > 2:
                w.quote[at:last] = [len(w.quotes)] * (last - at)
                w.quotes.append((at, last))
            at = last
