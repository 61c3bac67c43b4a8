"""Whose words: every stretch of an article that is somebody's words, with the chain of speakers behind it."""

from __future__ import annotations

from collections.abc import Sequence

from beleg.claim.acts import DOING, self_claim, told
from beleg.claim.carried import Speaking, carried_on, counted_on, headline, hearsay, subordinate
from beleg.claim.chain import Chain, Resolver, independent
from beleg.claim.coref import agrees, pronoun
from beleg.claim.cues import find_hits
from beleg.claim.direct import find_direct, goes_on
from beleg.claim.drafts import Draft
from beleg.claim.indirect import find_indirect
from beleg.claim.phrases import Field, split_fields, split_units
from beleg.claim.pointing import paper_before, said_before
from beleg.claim.relay import pass_on
from beleg.claim.retold import with_retold
from beleg.claim.speech_table import tables
from beleg.claim.stance_table import stance_kinds
from beleg.claim.words import Range, Words, read_words
from beleg.find.actors import find_actors
from beleg.model import Attribution, Block, Document, Form, Mentions, Problem, Published, Sentence, Span, TextMap
from beleg.segment.sentences import split_sentences
from beleg.tables import Row, TableCheck

UNSPOKEN = frozenset({"no-reply"})  # rules by which something is somebody's without their words


def find_drafts(w: Words, language: str) -> list[Draft]:
    """Run the rules over all sentences, in text order."""
    t = tables(language)
    out: list[Draft] = []
    speaking = Speaking()
    block = -1
    for u, unit in enumerate(split_units(w)):
        fields = split_fields(w, unit)
        if (here := w.block[unit[0]]) != block:
            if here in w.headings or block in w.headings:
                speaking = speaking.paused()  # a heading or caption ends what was being said
            block = here
        if not fields:
            continue
        hits = find_hits(w, fields, t)
        own = find_indirect(w, unit, fields, hits) or said_before(w, fields, hits, speaking.unit if u else None)
        carried = carried_on(w, unit, fields, hits, own, speaking)
        if carried:
            if speaking.carried is not None and speaking.carried.speaker == carried.speaker:
                speaking.carried.pieces = [(speaking.carried.start, unit[1])]
                carried = speaking.carried
            else:
                out.append(carried)
            own.append(carried)
        if not carried and (heard := hearsay(w, unit, fields, own, speaking)):
            own.append(heard)
        own += counted_on(w, fields, own, speaking)
        own += headline(w, unit, fields, own)
        own += subordinate(w, fields, own)
        own += self_claim(w, fields, own)
        own += told(w, unit, fields, hits, own)
        own += [d for d in find_direct(w, unit, fields, hits, own) if not goes_on(w, out, d)]
        for d in own:
            if not d.speaker and (d.rule == "quotation-free" or (d.impersonal and speaking.spoke and not d.passive)):
                d.speaker, d.carries = speaking.speaker, speaking.last
            if d.rule == "whereby" and d.cue == [d.speaker[0][0]] if d.speaker else False:
                d.source = paper_before(w, speaking.unit) or speaking.speaker  # "demnach": whoever had the word
            for r in (d.source or d.speaker)[:1]:
                if pronoun(w, r):
                    low = w.low[r[0]]
                    d.antecedent = next((s for s in reversed(speaking.subjects) if agrees(w, s, low)), None)
            if d.frame:
                d.reach = _reach(w, unit, fields, d)
        pass_on(w, unit, fields, hits, own, speaking.last)
        _on_whose_words(own, out)
        out += [d for d in own if d is not carried]
        if here not in w.headings:
            speaking.note(w, unit, fields, hits, own, carried)
    return out


def _on_whose_words(own: list[Draft], before: list[Draft]) -> None:
    """ "Nach Erkenntnissen des Dienstes … Das sagte der Abgeordnete": the pointer's speaker speaks on the service's."""
    for d in own:
        if d.rule == "this-said":
            inner = [e for e in before[-3:] if e.rule == "preposition" and d.start <= e.start and e.end <= d.end]
            d.inner = inner[0].speaker if inner else []


def _reach(w: Words, unit: Range, fields: list[Field], d: Draft) -> Range:
    """Return where an outlet may be named: the frame and the fragments after it, outside the words themselves."""
    a, b = d.frame[0]
    for f in fields:
        if f.a <= b - 1 < f.b:
            b = max(b, f.b)
        elif f.a > b and f.kind in ("frag", "rel") and not any(p[0] <= f.a < p[1] for p in d.pieces):
            b = f.b
        elif f.a > b:
            break
    return a, min(b, unit[1])


def attribute(
    document: Document, sentences: Sequence[Sentence], mentions: Mentions
) -> tuple[list[Attribution], list[Problem]]:
    """Find whose words the article gives.

    Args:
        document: The article; ``document.language`` picks the tables.
        sentences: Its sentences in text order; what was not parsed is read from the spelling alone.
        mentions: The actors named in it.

    Returns:
        Attributions in text order, an outer one before those inside it, ``parent`` being the index of the innermost
        one around; and a ``Problem`` for each whose speaker the article does not give.

    Raises:
        TableError: no speech table for the language.
    """
    language = document.language or "de"
    w = read_words(document, sentences, mentions.actors)
    drafts = sorted(find_drafts(w, language), key=lambda d: (d.start, -d.end))
    kinds = stance_kinds(language)
    resolver = Resolver(w, mentions, language)
    out: list[Attribution] = []
    problems: list[Problem] = []
    for n, d in enumerate(drafts):
        parent = None if d.rule == "answer" else _parent(w, drafts, n)
        kind = kinds.get(d.kind or "say")
        silent = kind is not None and (kind.voice == "outlet" or _acts(w, d))  # "plant, … zu …": nobody says anything
        chains = () if silent else resolver.chains(d)
        if parent is not None and not _same_house(drafts[parent], d, chains):
            chains = _prefixed(out[parent].chains, chains)
            if drafts[parent].rule == "preposition":
                resolver.resolved[id(d)] = chains  # "erklärte die Kommission laut KCNA": so does what goes on
        elif parent is not None:
            chains = out[parent].chains
        span = Span(w.start[d.start], w.end[d.end - 1])
        out.append(
            Attribution(
                span,
                chains,
                _form(w, d, chains),
                d.type,
                w.span((d.cue[0], d.cue[-1] + 1)) if d.cue else None,
                d.key,
                kind.distance if kind else "neutral",
                kind.certainty if kind else "CT",
                kind.polarity if kind else "+",
                parent,
                (d.rule,),
                tuple(w.span(p) for p in d.pieces),
                tuple(w.span(p) for p in d.speaker if p[1] > p[0]),
                tuple(Span(w.start[i], w.end[i]) for i in d.cue),
                tuple(w.span(p) for p in d.frame if p[1] > p[0]),
                tuple(w.span(p) for p in d.addressee if p[1] > p[0]),
                d.kind,
            )
        )
        if not chains and not d.passive and d.rule == "quotation-free":
            message = "quotation without a speaker: name the source by hand"
            problems.append(Problem("speaker-unknown", message, document.name, span))
    return with_retold(w, out), problems


def _acts(w: Words, d: Draft) -> bool:
    """Tell whether a state only does what a noun names: "Russland machte den Vorschlag, …"."""
    kinds = {w.actor[i] for r in d.speaker for i in range(*r)} - {""}
    return d.nominal and d.kind in DOING and kinds == {"state"}


def _form(w: Words, d: Draft, chains: tuple[Chain, ...]) -> Form:
    if d.type == "Direct":
        return "direct"
    somebody = bool(chains) or d.impersonal or any(w.low[r[0]] in w.closed.it for r in d.speaker)
    return "indirect" if somebody and d.rule not in UNSPOKEN else "none"


def _parent(w: Words, drafts: list[Draft], n: int) -> int | None:
    """Return the innermost attribution around number ``n``."""
    d = drafts[n]
    best: int | None = None
    for m, e in enumerate(drafts[:n]):
        if e.speaker == d.speaker and e.cue == d.cue:
            continue
        if any(p[0] <= d.start and d.end <= p[1] + (w.tag[d.end - 1] == ".") for p in e.pieces) and (
            e.start,
            e.end,
        ) != (d.start, d.end):
            best = m
    return best


def _same_house(outer: Draft, inner: Draft, own: tuple[Chain, ...]) -> bool:
    """Tell whether an official only says himself what his government knows: "Das sagte der Minister"."""
    return outer.rule == "this-said" and inner.rule == "preposition" and not any(independent(c[-1]) for c in own)


def _prefixed(outer: tuple[Chain, ...], own: tuple[Chain, ...]) -> tuple[Chain, ...]:
    """Put the outer speaker's chain before the inner one's."""
    if not own:
        return outer
    if not outer:
        return own
    head = outer[0]
    return tuple((*(s for s in head if all(s.name != t.name for t in chain)), *chain) for chain in own)


def _fired(language: str, sentence: str) -> set[str]:
    span = Span(0, len(sentence))
    doc = Document(
        "table", "", "", "text/plain", language, None, None, (), Published(), sentence, sentence, TextMap(()),
        (Block(span, "body"),),
    )  # fmt: skip
    sentences = split_sentences(doc)
    found, _ = attribute(doc, sentences, Mentions(actors=tuple(find_actors(doc.text, sentences, language)[0])))
    return {a.cue_entry for a in found if a.cue_entry}


def _check(language: str) -> TableCheck:
    t = tables(language)
    rows: tuple[Row, ...] = (
        *t.verbs,
        *dict.fromkeys(t.nouns.values()),
        *t.adjectives.values(),
        *t.before.values(),
        *t.after.values(),
    )
    return TableCheck(f"{language}/speech.toml", lambda: rows, lambda sentence: _fired(language, sentence))


TABLES = [_check("de")]
