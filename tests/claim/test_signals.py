"""What is asked of the clause network, and how its answers are sorted."""

from __future__ import annotations

from math import exp

import pytest

from beleg.claim.context import Context, build_context
from beleg.claim.frame_check import sentence_document
from beleg.claim.signals import (
    AFTER,
    BEFORE,
    BESIDE,
    EARLIER,
    EVENTS,
    FIRST,
    HERE,
    NOBODY,
    PARTIES,
    ROLES,
    distances_of,
    flags_of,
    mentions_of,
    windows,
    with_signals,
)
from beleg.model import Document
from beleg.pipeline import read_article
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.inputs import RawInput
from beleg.segment.clause_net import load_clause_net
from beleg.segment.encoder import Halfway, load_encoder

ARTICLE = """Oslo hilft

Norwegen übergab der Ukraine acht Panzer. Das Ministerium lobte Schweden, das Drohnen gab. Auch Dänemark half.

Später kamen Raketen aus Estland.
"""


def document(text: str) -> Document:
    return read_documents(RawInput("a.txt", text.encode()), Given(language="de"))[0][0]


def context_of(read: Document) -> Context:
    r = read_article(read, parse_all=True)
    return build_context(r.document, r.sentences, r.mentions, r.attributions)


def halves(context: Context) -> dict[int, Halfway]:
    encoder, out = load_encoder(), {}
    for i, s in enumerate(context.sentences):
        if s.parsed:
            out[i] = encoder.read(*encoder.pieces([t.text for t in s.tokens])).half
    return out


def test_parties_things_and_sources_are_asked_about_and_nothing_else() -> None:
    context = context_of(sentence_document("Norwegen liefert laut Estland morgen Panzer nach Kiew."))
    asked = {(m.role, m.key, context.sentences[m.sentence].tokens[m.word].text) for m in mentions_of(context)}
    sides = {
        (role, key, word) for role in PARTIES for key, word in (("NO", "Norwegen"), ("UA", "Kiew"), ("EE", "Estland"))
    }
    assert asked == sides | {("item", "tanks", "Panzer"), ("origin", "Estonia", "Estland")}


def test_a_word_stands_in_the_clause_beside_it_in_the_paragraph_or_far_away() -> None:
    context = context_of(document(ARTICLE))
    at = {m.key: (m.sentence, m.word) for m in mentions_of(context) if m.role == "supplier"}
    praised = next(i for i, s in enumerate(context.sentences) if any(t.text == "lobte" for t in s.tokens))
    main = next(k for k, c in enumerate(context.sentences[praised].clauses) if c.kind == "main")
    relative = next(k for k, c in enumerate(context.sentences[praised].clauses) if c.kind == "relative")
    last = len(context.sentences) - 1
    words = [at[key] for key in ("SE", "UA", "DK", "EE")]
    near, inner, far = distances_of(context, [(praised, main), (praised, relative), (last, 0)], words)
    assert (near[0], inner[0]) == (HERE, BESIDE)
    assert near[1:3] == inner[1:3] == [BEFORE, AFTER]
    assert far[:3] == [EARLIER, EARLIER, EARLIER]
    assert distances_of(context, [(last, 0)], [(0, 0)]) == [[FIRST]]


def test_long_articles_are_read_in_parts_of_whole_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    context = context_of(document(ARTICLE))
    monkeypatch.setattr("beleg.claim.signals.WINDOW", 2)
    sentences = [i for i, s in enumerate(context.sentences) if s.parsed]
    parts = windows(context, sentences)
    assert [i for part in parts for i in part] == [i for i in sentences if context.sentences[i].clauses]
    assert all(sum(len(context.sentences[i].clauses) for i in part) <= 2 or len(part) == 1 for part in parts)


def test_a_clause_is_told_whether_a_sentence_and_a_paragraph_begin_with_it() -> None:
    context = context_of(document(ARTICLE))
    (window,) = windows(context, [i for i, s in enumerate(context.sentences) if s.parsed])
    flags = flags_of(context, window)
    clauses = [(i, k) for i in window for k in range(len(context.sentences[i].clauses))]
    assert [bool(f[-3]) for f in flags] == [k == 0 for _, k in clauses]
    begins = [i for (i, k), f in zip(clauses, flags, strict=True) if f[-2]]
    assert begins == [min(i for i in window if context.sentences[i].block == b)
                      for b in dict.fromkeys(context.sentences[i].block for i in window)]  # fmt: skip


def test_every_clause_gets_odds_and_shares_over_who_is_named_and_nobody() -> None:
    net, context = load_clause_net(), context_of(document(ARTICLE))
    assert net is not None
    signals = with_signals(context, halves(context), net).signals
    assert {i for i, _ in signals} == {i for i, s in enumerate(context.sentences) if s.clauses}
    for signal in signals.values():
        assert tuple(signal.events) == EVENTS
        assert sum(map(exp, signal.stances.values())) == pytest.approx(1, abs=0.01)
        for role in ROLES:
            assert {NOBODY} <= set(signal.named[role])
            assert sum(map(exp, signal.named[role].values())) == pytest.approx(1, abs=0.01)


def test_a_document_that_names_nobody_is_read_all_the_same() -> None:
    net, context = load_clause_net(), context_of(document("Der Mann lief schnell nach Hause. Er schlief."))
    assert net is not None
    signals = with_signals(context, halves(context), net).signals
    assert signals
    assert {tuple(s.named[role].items()) for s in signals.values() for role in ROLES} == {((NOBODY, 0.0),)}


def test_each_window_names_only_whom_its_own_sentences_name(monkeypatch: pytest.MonkeyPatch) -> None:
    net, context = load_clause_net(), context_of(document(ARTICLE))
    assert net is not None
    monkeypatch.setattr("beleg.claim.signals.WINDOW", 1)
    signals = with_signals(context, halves(context), net).signals
    own = {i: {m.key for m in mentions_of(context) if m.sentence == i and m.role == "supplier"} for i, _ in signals}
    assert {i: set(s.named["supplier"]) - {NOBODY} for (i, _), s in signals.items()} == own


def test_who_gives_is_likelier_the_supplier_than_who_gets() -> None:
    net, context = load_clause_net(), context_of(document(ARTICLE))
    assert net is not None
    signals = with_signals(context, halves(context), net).signals
    gave = next(i for i, s in enumerate(context.sentences) if any(t.text == "übergab" for t in s.tokens))
    sides = signals[gave, 0].named
    assert sides["supplier"]["NO"] > sides["supplier"]["UA"]
    assert sides["recipient"]["UA"] > sides["recipient"]["NO"]
