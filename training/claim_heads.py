"""Train the learned heads of the claim stage: which clauses carry a claim, of which event, and who stands on its sides.

    python training/claim_heads.py [--out FILE] [--shared DIR]
    python training/claim_heads.py --score [--folds N]

Learns from the articles of ``corpus/`` and ``corpus/long/`` that are not unseen by their splits and from ``examples/``,
all written and annotated for this project, and from 87 Wikinews articles (CC BY) of which only our labels are kept here
(``own/wikinews.jsonl``: places and values, no text); their texts are read from ``--shared``. ``--score`` prints the
scores of the rules alone and of rules and heads on the unseen parts; with ``--folds N`` on the open part of the long
articles, each read with heads that have not seen it (the clause network has). No random numbers; numpy only; about ten
minutes on one core.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beleg.claim.assemble import build_claims, build_relevant, finish_all, trimmed
from beleg.claim.clause_heads import (
    BY_EVENT,
    CLAIM,
    EVENT,
    KEEP,
    claim_answers,
    judge,
    keep_answers,
    places,
)
from beleg.claim.complete import complete
from beleg.claim.context import Context, build_context
from beleg.claim.event_draft import Draft
from beleg.claim.figure_head import FIGURE, enter_figures, figure_answers, free_figures
from beleg.claim.heads import NO_HEADS, UNIT, Heads
from beleg.claim.relations import owner
from beleg.claim.side_heads import SIDE, side_questions
from beleg.model import Claim, Document, Span
from beleg.pipeline import Reading, read_article
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.index import load_index
from beleg.read.inputs import RawInput, walk
from beleg.views.rows import claim_row

ROOT = Path(__file__).resolve().parents[1]
Row = dict[str, Any]
LABELS = ("event", "supplier", "recipient")  # of a claim in ``own/wikinews.jsonl``, after its place
FIRST_DAY = "0002"  # a date before it is none
SHARE_OF_SHORTER, SHARE_OF_BOTH = 0.5, 0.2  # that two places have in common to be one claim's, as the scorer asks it
SEEN_TIMES = 2  # training answers in which a feature must stand to count
# Towards zero: the stronger, the fewer the labels for what is learned.
PULL = {KEEP: 4.0, CLAIM: 8.0, EVENT: 1.0, FIGURE: 2.0, SIDE: 6.0}
STEPS = 150  # of the descent at most
ROOT_COUNTS = 0.5  # share of words in common that the clause's main word in a quote is worth
MEMORY = 10  # steps it looks back
STILL = 1e-4  # gradient, by the number of answers, at which it stops
LEAST = 5  # thousandths below which a weight is left out


@dataclass(frozen=True, slots=True)
class Article:
    """A reading with the claims that a person found in it."""

    name: str
    reading: Reading
    context: Context
    gold: tuple[Row, ...]
    places: tuple[Span, ...]  # of the gold claims, in the source text


@dataclass(frozen=True, slots=True)
class Question:
    """Answers, each by its features, and which of them is right."""

    answers: tuple[tuple[str, ...], ...]
    right: int


# --- What there is to learn from ------------------------------------------------------------------------------------


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
    reading = read_article(document)
    context = build_context(document, reading.sentences, reading.mentions, reading.attributions)
    return Article(document.name, reading, context, tuple(gold), tuple(spans))


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


# --- Questions with their answers -----------------------------------------------------------------------------------


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


def keep_questions(article: Article) -> list[Question]:
    """Ask of every draft of the rules whether a claim stands there."""
    context = article.context
    drafts = build_relevant(context)[0]
    at = {(p.sentence, p.clause): p for p in places(context, drafts)}
    answers = [keep_answers(d, drafts, at[d.sentence, d.clause]) for d in drafts if (d.sentence, d.clause) in at]
    asked = [n for n, d in enumerate(drafts) if (d.sentence, d.clause) in at]
    complete(context, drafts)
    claims = finish_all(context, drafts)
    right = set(paired(gold_places(article), [(source_span(context, c.span), c.event) for c in claims]).values())
    return [_yes_or_no(a, n in right) for n, a in zip(asked, answers, strict=True)]


def clause_questions(article: Article) -> tuple[list[Question], list[Question]]:
    """Ask of every clause that no rule told of whether it carries a claim; of every clause with one, of what event."""
    context = article.context
    if not context.topical:
        return [], []
    drafts = build_relevant(context)[0]
    told = {(d.sentence, d.clause) for d in drafts}
    every = places(context, drafts)
    events: dict[int, list[str]] = {}
    for n, gold in clauses_of_gold(article, [(p.sentence, p.clause) for p in every]):
        events.setdefault(n, []).append(gold["event"])
    of_events = [
        Question(tuple((e, *(f"{e} {f}" for f in every[n].features)) for e in BY_EVENT), [*BY_EVENT].index(event))
        for n, found in sorted(events.items()) for event in dict.fromkeys(found)
    ]  # fmt: skip
    free = [(n, p) for n, p in enumerate(every) if (p.sentence, p.clause) not in told]
    return [_yes_or_no(claim_answers(p), n in events) for n, p in free], of_events


def _yes_or_no(answers: Sequence[Sequence[str]], yes: bool) -> Question:
    return Question(tuple(map(tuple, answers)), 0 if yes else 1)


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


def figure_questions(article: Article, heads: Heads) -> list[Question]:
    """Ask of every number that no rule took, in a clause with a claim, whether it stands in one."""
    if not any("quantity" in g for g in article.gold):
        return []  # labels without figures
    context, text = article.context, article.reading.document.source_text
    drafts, _ = judge(context, build_relevant(context)[0], heads)
    figures = []
    for place, g in zip(article.places, article.gold, strict=True):
        if g["quantity"]:
            start = text.find(g["quantity"]["raw"], place.start)
            figures.append(Span(start, start + len(g["quantity"]["raw"])))
    return [
        _yes_or_no(figure_answers(context, free), any(source_span(context, free[0].span).overlaps(f) for f in figures))
        for free in (free_figures(context, drafts) if context.topical else ())
    ]


def _drafts(context: Context, heads: Heads) -> list[Draft]:
    drafts, _ = judge(context, build_relevant(context)[0], heads)
    drafts = enter_figures(context, drafts, heads) if context.topical else drafts
    complete(context, drafts)
    return drafts


def _found(context: Context, drafts: Sequence[Draft]) -> list[tuple[Span, str]]:
    return [(source_span(context, c.span), c.event) for c in finish_all(context, drafts)]


def sides_asked(article: Article, heads: Heads) -> list[Question]:
    """Return the questions of an article for the head of sides, over the claims that agree with a gold claim."""
    context = article.context
    drafts = _drafts(context, heads)
    out = []
    for g, f in sorted(paired(gold_places(article), _found(context, drafts)).items()):
        if article.gold[g]["event"] == drafts[f].event:
            out += _side_questions(context, drafts, f, article.gold[g])
    return out


def _side_questions(context: Context, drafts: Sequence[Draft], n: int, gold: Row) -> list[Question]:
    out = []
    for role, answers in side_questions(context, drafts[n], drafts).items():
        values = list(answers)
        if gold[role] in values:
            out.append(Question(tuple(map(tuple, answers.values())), values.index(gold[role])))
    return out


# --- Learning -------------------------------------------------------------------------------------------------------


def learn(train: Sequence[Article]) -> Heads:
    """Return the heads that the articles teach, each on what those before it leave."""
    asked = [clause_questions(a) for a in train]
    tables = {
        KEEP: fit([q for a in train for q in keep_questions(a)], PULL[KEEP]),
        CLAIM: fit([q for claims, _ in asked for q in claims], PULL[CLAIM]),
        EVENT: fit([q for _, events in asked for q in events], PULL[EVENT]),
    }
    first = Heads(tables)
    tables[FIGURE] = fit([q for a in train for q in figure_questions(a, first)], PULL[FIGURE])
    tables[SIDE] = fit([q for a in train for q in sides_asked(a, first)], PULL[SIDE])
    return Heads(tables)


def fit(questions: Sequence[Question], pull: float) -> dict[str, int]:
    """Return the weights, in thousandths, under which the right answers are likeliest, pulled towards zero."""
    times = Counter(f for q in questions for features in q.answers for f in set(features))
    features = sorted(f for f, n in times.items() if n >= SEEN_TIMES)
    number = {f: n for n, f in enumerate(features)}
    answers = [
        (k, [number[f] for f in set(a) if f in number], n == q.right)
        for k, q in enumerate(questions)
        for n, a in enumerate(q.answers)
    ]
    question = np.array([k for k, _, _ in answers])
    row = np.repeat(np.arange(len(answers)), [len(cols) for _, cols, _ in answers])
    col = np.array([c for _, cols, _ in answers for c in sorted(cols)], dtype=np.intp)
    right = np.array([r for _, _, r in answers], dtype=float)

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        s = np.bincount(row, w[col], len(answers))
        top = np.full(len(questions), -np.inf)
        np.maximum.at(top, question, s)
        odds = np.exp(s - top[question])
        whole = np.bincount(question, odds, len(questions))
        logs = s - top[question] - np.log(whole)[question]
        slope = np.bincount(col, (np.exp(logs) - right)[row], len(features)) + pull * w
        return float(-(logs * right).sum() + pull * (w @ w) / 2), slope

    w = descend(loss, np.zeros(len(features)), STILL * len(answers))
    return {f: round(UNIT * x) for f, x in zip(features, w.tolist(), strict=True) if abs(round(UNIT * x)) >= LEAST}


def descend(loss: Any, w: NDArray[np.float64], still: float) -> NDArray[np.float64]:
    """Walk down a smooth convex slope (L-BFGS, halving steps) until it is flat or the steps are used up."""
    value, slope = loss(w)
    moves: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
    for _ in range(STEPS):
        if np.abs(slope).max() < still:
            break
        way, parts = slope.copy(), []
        for move, turn in reversed(moves):
            part = (move @ way) / (move @ turn)
            way -= part * turn
            parts.append(part)
        if moves:
            move, turn = moves[-1]
            way *= (move @ turn) / (turn @ turn)
        else:
            way /= max(1.0, float(np.abs(way).sum()))
        for (move, turn), part in zip(moves, reversed(parts), strict=True):
            way += (part - (turn @ way) / (move @ turn)) * move
        step = 1.0
        while step > 1e-8:
            there = w - step * way
            next_value, next_slope = loss(there)
            if next_value <= value - 1e-4 * step * float(slope @ way):
                break
            step /= 2
        else:
            break
        if (there - w) @ (next_slope - slope) > 1e-12:
            moves = [*moves[1 - MEMORY :], (there - w, next_slope - slope)]
        w, value, slope = there, next_value, next_slope
    return w


# --- How good it is -------------------------------------------------------------------------------------------------


def claims_with(article: Article, heads: Heads) -> list[Claim]:
    r = article.reading
    return build_claims(r.document, r.sentences, r.mentions, r.attributions, heads)[0]


def cross_validated(long: Sequence[Article], more: Sequence[Article], folds: int) -> dict[str, list[Claim]]:
    """Return the claims of each long article under heads that have not seen it."""
    out: dict[str, list[Claim]] = {}
    for k in range(folds):
        heads = learn([*(a for n, a in enumerate(long) if n % folds != k), *more])
        out |= {a.name: claims_with(a, heads) for n, a in enumerate(long) if n % folds == k}
    return out


def load_scorer(shared: Path) -> Any:
    """Return the scorer of the annotation guidelines, as a module."""
    spec = importlib.util.spec_from_file_location("score_claims", shared / "evaluate" / "score_claims.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer in {shared}")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def scored(scorer: Any, own: Sequence[Article], claims: Mapping[str, Sequence[Claim]]) -> dict[str, Any]:
    """Return the scores of the annotation guidelines' scorer."""
    texts = {a.name: a.reading.document.source_text for a in own}
    gold = [dict(g) for a in own for g in a.gold]
    rows = [claim_row(c, a.reading.document) for a in own for c in claims[a.name]]
    scorer.place(gold, texts)
    scorer.place(rows, texts)
    result: dict[str, Any] = scorer.score(gold, rows)
    return result


def told(name: str, result: Mapping[str, Any]) -> str:
    parts = [f"{m} {result[m]['f1']:.3f} (P {result[m]['precision']:.3f} R {result[m]['recall']:.3f})"
             for m in ("found", "figures", "tuple")]  # fmt: skip
    fields = " ".join(f"{f} {result['fields'][f]:.2f}" for f in ("event", "supplier", "recipient", "item", "stance"))
    return f"{name:10} {'  '.join(parts)}  {fields}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "beleg" / "weights" / "claim-heads-de.tsv")
    parser.add_argument("--score", action="store_true", help="print scores instead of writing weights")
    parser.add_argument("--folds", type=int, default=0, help="… on the long open articles, in so many folds")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options = parser.parse_args()
    scorer = load_scorer(options.shared)
    long = own_articles(folder="corpus/long")
    more = [*own_articles(), *example_articles(), *wikinews_articles(options.shared)]
    if options.folds:
        print(told("rules", scored(scorer, long, {a.name: claims_with(a, NO_HEADS) for a in long})))
        print(told("and heads", scored(scorer, long, cross_validated(long, more, options.folds))))
        return 0
    heads = learn([*long, *more])
    if options.score:
        for folder in ("corpus", "corpus/long"):
            unseen = own_articles("unseen", folder)
            for name, with_them in (("rules", NO_HEADS), ("and heads", heads)):
                claims = {a.name: claims_with(a, with_them) for a in unseen}
                print(folder, told(name, scored(scorer, unseen, claims)))
        return 0
    write(heads, options.out)
    print(f"{options.out}: " + ", ".join(f"{name} {len(table)} weights" for name, table in heads.tables.items()))
    return 0


def write(heads: Heads, path: Path) -> None:
    lines = ["# head, feature, weight in thousandths of a logit; made by training/claim_heads.py"]
    lines += [f"{head}\t{f}\t{w}" for head, table in heads.tables.items() for f, w in sorted(table.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
