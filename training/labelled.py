"""Articles with the claims that a person found in them: what the learned parts of the claim stage learn from.

Those of ``corpus/``, ``corpus/long/`` and ``examples/``, all written and annotated for this project, and Wikinews
articles (CC BY) of which only our labels are kept here (``own/wikinews.jsonl``: places and values, no text).
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beleg.claim.assemble import trimmed
from beleg.claim.context import Context, build_context
from beleg.claim.relations import owner
from beleg.claim.signals import with_signals
from beleg.model import Document, Span
from beleg.pipeline import Reading, read_article
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.index import load_index
from beleg.read.inputs import RawInput, walk
from beleg.segment.clause_net import load_clause_net
from beleg.segment.encoder import Encoder, Halfway, load_encoder

ROOT = Path(__file__).resolve().parents[1]
Row = dict[str, Any]
LABELS = ("event", "supplier", "recipient")  # of a claim in ``own/wikinews.jsonl``, after its place
FIRST_DAY = "0002"  # a date before it is none
SHARE_OF_SHORTER, SHARE_OF_BOTH = 0.5, 0.2  # that two places have in common to be one claim's, as the scorer asks it
ROOT_COUNTS = 0.5  # share of words in common that the clause's main word in a quote is worth


@dataclass(frozen=True, slots=True)
class Article:
    """A reading with the claims that a person found in it."""

    name: str
    reading: Reading
    context: Context
    gold: tuple[Row, ...]
    places: tuple[Span, ...]  # of the gold claims, in the source text


def articles(folder: Path, index_path: Path, gold: Mapping[str, Sequence[Row]]) -> list[Article]:
    """Read the articles that have gold claims, by name."""
    index, out = load_index(index_path), []
    for raw in walk([str(folder)]):
        if not isinstance(raw, RawInput) or raw.stem not in gold:
            continue
        for document in read_documents(raw, index.given(raw.path, Given()))[0]:
            rows = [g for g in gold[document.name] if g["quote"] in document.source_text]
            out.append(_article(document, rows, _placed(rows, document.source_text)))
    return sorted(out, key=lambda a: a.name)


def _article(document: Document, gold: Sequence[Row], spans: Sequence[Span]) -> Article:
    reading, net = read_article(document), load_clause_net()
    context = build_context(document, reading.sentences, reading.mentions, reading.attributions)
    if net is not None:
        context = with_signals(context, halves_of(context, load_encoder()), net)
    return Article(document.name, reading, context, tuple(gold), tuple(spans))


def halves_of(context: Context, encoder: Encoder) -> dict[int, Halfway]:
    """Return what the encoder halfway makes of the parsed sentences of an article."""
    out = {}
    for i, sentence in enumerate(context.sentences):
        if sentence.parsed:
            ids, first, last = encoder.pieces([t.text for t in sentence.tokens])
            out[i] = encoder.read(ids, first, last).half
    return out


def _placed(rows: Iterable[Row], text: str) -> list[Span]:
    """Return where each quote stands; of equal quotes each the next."""
    out, after = [], dict[str, int]()
    for g in rows:
        start = text.find(g["quote"], after.get(g["quote"], 0))
        start = start if start >= 0 else text.find(g["quote"])
        after[g["quote"]] = start + 1
        out.append(Span(start, start + len(g["quote"])))
    return out


def own_articles(part: str = "open", folder: str = "corpus") -> list[Article]:
    """Return the articles of our corpus of one part of its split."""
    corpus = ROOT / folder
    names = json.loads((corpus / "split.json").read_text(encoding="utf-8"))[part]
    gold = {n: _rows(corpus / "gold" / f"{n}.jsonl") for n in names}
    return articles(corpus / "texts", corpus / "index.jsonl", gold)


def wikinews_articles(shared: Path) -> list[Article]:
    """Return the Wikinews articles that we have labelled: places, events and sides."""
    texts = {str(r["id"]): r for r in _rows(shared / "corpus" / "quotes" / "train.jsonl")}
    out = []
    for label in _rows(ROOT / "training" / "own" / "wikinews.jsonl"):
        row = texts[label["article"]]
        raw = f"{row['title']}\n\n{row['text']}\n".encode()
        day = row["date"] if row["date"] > FIRST_DAY else None
        given = Given(published=day, language="de")
        (document,) = read_documents(RawInput(f"{label['article']}.txt", raw), given)[0]
        out.append(_article(document, [dict(zip(LABELS, c[2:], strict=True)) for c in label["claims"]],
                            [Span(*c[:2]) for c in label["claims"]]))  # fmt: skip
    return out


def example_articles() -> list[Article]:
    folder = ROOT / "examples"
    gold: dict[str, list[Row]] = {}
    for row in _rows(folder / "de_labels" / "gold.jsonl"):
        gold.setdefault(row["doc"], []).append(row)
    return articles(folder / "de", folder / "de" / "index.jsonl", gold)


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def paired(gold: Sequence[tuple[Span, str]], found: Sequence[tuple[Span, str]]) -> dict[int, int]:
    """Pair places one to one, those of one event first, then by what they have in common: index of gold → of found.

    An empty event agrees with every event.
    """
    pairs = []
    for g, (place, event) in enumerate(gold):
        for f, (other, kind) in enumerate(found):
            common = min(place.end, other.end) - max(place.start, other.start)
            both = max(place.end, other.end) - min(place.start, other.start)
            shorter = min(place.end - place.start, other.end - other.start)
            if common >= SHARE_OF_SHORTER * shorter and common >= SHARE_OF_BOTH * both and common > 0:
                pairs.append((event == kind, common / both, -g, -f))
    out: dict[int, int] = {}
    for _, _, g, f in sorted(pairs, reverse=True):
        if -g not in out and -f not in out.values():
            out[-g] = -f
    return out


def clauses_of_gold(article: Article, clauses: Sequence[tuple[int, int | None]]) -> list[tuple[int, Row]]:
    """Return each gold claim behind the number of the clause that has most words in common with it."""
    context, out = article.context, list[tuple[int, Row]]()
    words: dict[int, list[tuple[Span, int | None]]] = {}
    for i in {i for i, _ in clauses}:
        s = context.sentences[i]
        to = context.document.map.to_source
        words[i] = [(to(Span(t.start, t.end)), owner(s, n) if s.parsed else None) for n, t in enumerate(s.tokens)]
    for place, gold in zip(article.places, article.gold, strict=True):
        best: tuple[float, int] | None = None
        for n, (i, clause) in enumerate(clauses):
            quoted = {k for k, (at, _) in enumerate(words[i]) if place.start <= at.start < place.end}
            own = {k for k, (_, o) in enumerate(words[i]) if o == clause}
            if quoted & own:
                root = clause is not None and context.sentences[i].clauses[clause].root in quoted
                share = len(quoted & own) / len(quoted | own) + ROOT_COUNTS * root
                best = max(best, (share, -n)) if best is not None else (share, -n)
        if best is not None:
            out.append((-best[1], gold))
    return out


def gold_places(article: Article) -> list[tuple[Span, str]]:
    return [(p, str(g["event"])) for p, g in zip(article.places, article.gold, strict=True)]


def source_span(context: Context, span: Span) -> Span:
    return context.document.map.to_source(trimmed(context.document.text, span))


def load_scorer(shared: Path) -> Any:
    """Return the scorer of the annotation guidelines, as a module."""
    spec = importlib.util.spec_from_file_location("score_claims", shared / "evaluate" / "score_claims.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer in {shared}")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer
