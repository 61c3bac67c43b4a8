"""``beleg reread``: the kept bytes read again by this version, and what it says otherwise."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

import click

from beleg.commands.opening import open_case
from beleg.commands.options import case_option, json_option, show_problems
from beleg.model import Claim, Document, Problem, Span
from beleg.pipeline import Reading, read_article
from beleg.read.given import Given
from beleg.read.inputs import RawInput
from beleg.read.worker import read_guarded
from beleg.store.case import Case
from beleg.store.changes import Change, changes


@dataclass(frozen=True, slots=True)
class Reread:
    """A document read again, and how its claims differ."""

    document: Document
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


@click.command()
@case_option
@json_option
@click.option("--dry-run", is_flag=True, help="Show what would change; keep nothing.")
def reread(home: str, as_json: bool, dry_run: bool) -> None:
    """Read all kept documents again with this version and show what changed, claim by claim.

    Documents that this version has read already are passed over. Old readings stay in the case with their version;
    decisions follow their claims by place, and those that find none are listed.

    Example: beleg reread --dry-run
    """
    counts: Counter[str] = Counter()
    with open_case(home) as case:
        for document in case.documents():
            if case.knows(document):
                counts["same version"] += 1
                continue
            found = read_again(case, document, keep=not dry_run)
            show_problems(found.problems)
            counts["read again"] += 1
            counts.update(c.kind for c in found.changes)
            for change in found.changes:
                click.echo(json.dumps(row(found, change), ensure_ascii=False) if as_json else text(found, change))
        loose = case.loose()
    for decision in loose:
        click.echo(f"{decision.id}: {decision.target} is no longer found where {decision.who} decided on it", err=True)
    told = ", ".join(f"{counts[k]} {k}" for k in ("read again", "same version", "changed", "new", "gone"))
    click.echo(f"{told}, {len(loose)} decisions without their claim", err=True)


def read_again(case: Case, document: Document, keep: bool = True) -> Reread:
    """Read a kept document anew: from its bytes, with what the user had said of it."""
    raw = case.raw(document)
    before = case.claims(document=document.id)
    anew, problems = _document(document, raw)
    reading: Reading = read_article(anew)
    own = [p for p in [*problems, *reading.problems] if p.document == anew.name]
    if keep:
        parsed = sum(s.parsed for s in reading.sentences)
        case.add(anew, raw, parsed, reading.claims, own, reading.mentions)
    return Reread(anew, tuple(changes(before, reading.claims)), tuple(own))


def _document(kept: Document, raw: bytes) -> tuple[Document, list[Problem]]:
    """Return the document as this version reads its bytes; as it was kept where the bytes no longer give it."""
    days = kept.published.days
    given_day = days.first.isoformat() if days and kept.published.basis == "given" and days.first == days.last else None
    given = Given(None, kept.outlet, kept.language, given_day, kept.url)
    source = RawInput(kept.path, raw, kept.path.rpartition("!")[2], kept.url, kept.captured)
    found, problems = read_guarded(source, given)
    if len(found) == 1:
        found, problems = read_guarded(source, Given(kept.name, kept.outlet, kept.language, given_day, kept.url))
    for document in found:
        if document.id == kept.id:
            return document, problems
    message = f"{kept.name}: its bytes are no longer read to that document; its text was read as kept"
    return kept, [Problem("reread-as-kept", message, kept.name)]


def text(found: Reread, change: Change) -> str:
    claim = change.new or change.old
    assert claim is not None
    lines = [f"{change.kind:<8}{claim.id}  {_short(_quote(found, change))}"]
    lines += [f"        {name}: {_value(before)} → {_value(now)}" for name, before, now in change.fields]
    return "\n".join(lines)


def row(found: Reread, change: Change) -> dict[str, object]:
    return {
        "doc": found.document.name,
        "change": change.kind,
        "old": change.old.id if change.old else None,
        "new": change.new.id if change.new else None,
        "quote": _quote(found, change),
        "fields": {name: [_value(before), _value(now)] for name, before, now in change.fields},
    }


def _quote(found: Reread, change: Change) -> str:
    claim = change.new or change.old
    assert isinstance(claim, Claim)
    return found.document.text[claim.span.start : claim.span.end]


def _short(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= 80 else flat[:79] + "…"


def _value(value: object) -> str:
    """Return a field's value in a few words."""
    if isinstance(value, Span):
        return f"{value.start}–{value.end}"
    if isinstance(value, tuple):
        return ", ".join(_value(v) for v in value) or "none"
    for name in ("raw", "name"):
        if hasattr(value, name):
            return str(getattr(value, name))
    return "none" if value is None else str(value)
