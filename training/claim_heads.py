"""Train the learned heads of the claim stage: which clauses carry a claim, of which event, and who stands on its sides.

    python training/claim_heads.py [--out FILE] [--shared DIR]
    python training/claim_heads.py --score [--folds N]

Learns from the articles of ``corpus/`` and ``corpus/long/`` that are not unseen by their splits and from ``examples/``,
all written and annotated for this project, and from 175 Wikinews articles (CC BY) of which only our labels are kept
here (``own/wikinews.jsonl``: places and values, no text); their texts are read from ``--shared``. ``--score`` prints
the scores of the rules alone and of rules and heads on the unseen parts; with ``--folds N`` on the open part of the
long articles, each read with heads that have not seen it (the clause network has). No random numbers; numpy only; about
fifteen minutes on one core.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from labelled import (
    ROOT,
    Article,
    Row,
    clauses_of_gold,
    example_articles,
    gold_places,
    load_scorer,
    own_articles,
    paired,
    source_span,
    wikinews_articles,
)
from log_linear import Question, fit

from beleg.claim.assemble import build_relevant, claims_in, finish_all
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
from beleg.claim.context import Context
from beleg.claim.event_draft import Draft
from beleg.claim.figure_head import FIGURE, enter_figures, figure_answers, free_figures
from beleg.claim.heads import NO_HEADS, Heads
from beleg.claim.side_heads import SIDE, side_questions
from beleg.model import Claim, Span
from beleg.views.rows import claim_row

# Towards zero: the stronger, the fewer the labels for what is learned.
PULL = {KEEP: 4.0, CLAIM: 8.0, EVENT: 1.0, FIGURE: 2.0, SIDE: 6.0}


# --- Questions with their answers -----------------------------------------------------------------------------------


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
        if role in gold and gold[role] in values:
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


# --- How good it is -------------------------------------------------------------------------------------------------


def claims_with(article: Article, heads: Heads) -> list[Claim]:
    return claims_in(article.context, heads, {}, None)[0]


def cross_validated(long: Sequence[Article], more: Sequence[Article], folds: int) -> dict[str, list[Claim]]:
    """Return the claims of each long article under heads that have not seen it."""
    out: dict[str, list[Claim]] = {}
    for k in range(folds):
        heads = learn([*(a for n, a in enumerate(long) if n % folds != k), *more])
        out |= {a.name: claims_with(a, heads) for n, a in enumerate(long) if n % folds == k}
    return out


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
