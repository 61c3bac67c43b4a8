"""Train the learned heads of the claim stage: which clauses carry a claim, of which event, and who stands on its sides.

    python training/claim_heads.py [--out FILE] [--card FILE] [--folds N] [--shared DIR]

Learns from the articles of ``corpus/`` that are not unseen by its split, and from ``examples/``; all were written and
annotated for this project. ``--folds N`` leaves every Nth article out in turn and prints the scores of the rules alone
and of rules and heads on the articles left out, by the scorer of the annotation guidelines in ``--shared``. No random
numbers; numpy only; about two minutes on one core.
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

from beleg.claim.assemble import all_drafts, build_claims, build_relevant, finish_all, trimmed
from beleg.claim.complete import complete
from beleg.claim.context import Context, build_context
from beleg.claim.event_draft import Draft
from beleg.claim.figures import clause_span
from beleg.claim.heads import NO_HEADS, UNIT, Heads
from beleg.claim.learned import BY_EVENT, CLAIM, EVENT, SIDE, event_answers, places, side_questions
from beleg.model import Claim, Span
from beleg.pipeline import Reading, read_article
from beleg.read.documents import read_documents
from beleg.read.given import Given
from beleg.read.index import load_index
from beleg.read.inputs import RawInput, walk
from beleg.views.rows import claim_row

ROOT = Path(__file__).resolve().parents[1]
Row = dict[str, Any]
SHARE_OF_SHORTER, SHARE_OF_BOTH = 0.5, 0.2  # that two places have in common to be one claim's, as the scorer asks it
SEEN_TIMES = 2  # training answers in which a feature must stand to count
PULL = {CLAIM: 10.0, EVENT: 1.0, SIDE: 1.0}  # towards zero: the stronger, the fewer the labels for what is learned
STEPS = 150  # of the descent at most
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
            reading = read_article(document)
            context = build_context(document, reading.sentences, reading.mentions, reading.attributions)
            rows = [g for g in gold[document.name] if g["quote"] in document.source_text]
            found = _placed(rows, document.source_text)
            out.append(Article(document.name, reading, context, tuple(rows), tuple(found)))
    return sorted(out, key=lambda a: a.name)


def _placed(rows: Iterable[Row], text: str) -> list[Span]:
    """Return where each quote stands; of equal quotes each the next."""
    out, after = [], dict[str, int]()
    for g in rows:
        start = text.find(g["quote"], after.get(g["quote"], 0))
        start = start if start >= 0 else text.find(g["quote"])
        after[g["quote"]] = start + 1
        out.append(Span(start, start + len(g["quote"])))
    return out


def own_articles(part: str = "open") -> list[Article]:
    """Return the articles of our corpus of one part of its split."""
    corpus = ROOT / "corpus"
    names = json.loads((corpus / "split.json").read_text(encoding="utf-8"))[part]
    gold = {n: _rows(corpus / "gold" / f"{n}.jsonl") for n in names}
    return articles(corpus / "texts", corpus / "index.jsonl", gold)


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


def clause_questions(article: Article) -> tuple[list[Question], list[Question]]:
    """Return the questions of an article for the heads of claim and event.

    Asked is of every clause that the rules leave, whether a claim stands there that they have not found; and of every
    clause with a claim, of what event.
    """
    context = article.context
    drafts, _ = build_relevant(context)
    if not context.topical:
        return [], []
    told = {(d.sentence, d.clause) for d in drafts}
    every = places(context, drafts, all_clauses=True)
    complete(context, drafts)
    claims = finish_all(context, drafts)
    gold = [(p, str(g["event"])) for p, g in zip(article.places, article.gold, strict=True)]
    by_rules = paired(gold, [(source_span(context, c.span), c.event) for c in claims])
    spans = [place_span(context, p.sentence, p.clause) for p in every]
    events = [Question(tuple(map(tuple, event_answers(every[f].features))), [*map(str, BY_EVENT)].index(gold[g][1]))
              for g, f in sorted(paired(gold, [(s, "") for s in spans]).items())]  # fmt: skip
    free = [n for n, p in enumerate(every) if (p.sentence, p.clause) not in told]
    open_gold = [x for g, x in enumerate(gold) if g not in by_rules]
    carries = set(paired(open_gold, [(spans[n], "") for n in free]).values())
    claimed = [Question((("claim", *every[n].features), ()), 0 if m in carries else 1) for m, n in enumerate(free)]
    return claimed, events


def place_span(context: Context, sentence: int, clause: int | None) -> Span:
    """Return where a claim of a clause would stand, in the source text."""
    inner = set(range(len(context.sentences[sentence].clauses)))
    return source_span(context, clause_span(context.sentences[sentence], clause, inner))


def source_span(context: Context, span: Span) -> Span:
    return context.document.map.to_source(trimmed(context.document.text, span))


def sides_asked(article: Article, heads: Heads) -> list[Question]:
    """Return the questions of an article for the head of sides, over the claims that agree with a gold claim."""
    context = article.context
    drafts = all_drafts(context, build_relevant(context)[0], heads)
    claims = finish_all(context, drafts)
    gold = [(p, str(g["event"])) for p, g in zip(article.places, article.gold, strict=True)]
    found = [(source_span(context, c.span), c.event) for c in claims]
    out = []
    for g, f in sorted(paired(gold, found).items()):
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
    """Return the heads that the articles teach."""
    asked = [clause_questions(a) for a in train]
    tables = {
        CLAIM: fit([q for claims, _ in asked for q in claims], PULL[CLAIM]),
        EVENT: fit([q for _, events in asked for q in events], PULL[EVENT]),
    }
    first = Heads(tables)
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


def cross_validated(own: Sequence[Article], more: Sequence[Article], folds: int) -> dict[str, list[Claim]]:
    """Return the claims of each own article under heads that have not seen it."""
    out: dict[str, list[Claim]] = {}
    for k in range(folds):
        heads = learn([*(a for n, a in enumerate(own) if n % folds != k), *more])
        out |= {a.name: claims_with(a, heads) for n, a in enumerate(own) if n % folds == k}
    return out


def scored(shared: Path, own: Sequence[Article], claims: Mapping[str, Sequence[Claim]]) -> dict[str, Any]:
    """Return the scores of the annotation guidelines' scorer."""
    spec = importlib.util.spec_from_file_location("score_claims", shared / "evaluate" / "score_claims.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer in {shared}")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
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
    parser.add_argument("--folds", type=int, default=0, help="print scores on articles left out, in so many folds")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options = parser.parse_args()
    own, more = own_articles(), example_articles()
    if options.folds:
        print(told("rules", scored(options.shared, own, {a.name: claims_with(a, NO_HEADS) for a in own})))
        print(told("and heads", scored(options.shared, own, cross_validated(own, more, options.folds))))
        return 0
    heads = learn([*own, *more])
    write(heads, options.out)
    print(f"{options.out}: " + ", ".join(f"{name} {len(table)} weights" for name, table in heads.tables.items()))
    return 0


def write(heads: Heads, path: Path) -> None:
    lines = ["# head, feature, weight in thousandths of a logit; made by training/claim_heads.py"]
    lines += [f"{head}\t{f}\t{w}" for head, table in heads.tables.items() for f, w in sorted(table.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
