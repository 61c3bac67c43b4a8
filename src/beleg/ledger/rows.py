"""A matter as plain values for JSON, CSV and pages: nothing is computed here."""

from __future__ import annotations

from typing import Any

from beleg.ledger.days import FUTURE, PAST, Moment, months
from beleg.ledger.values import RULES, AsOf, BoundAt, Conflict, Figure, Matter, Support, Variant
from beleg.ledger.wording import arithmetic, number, row_text


def matter_row(matter: Matter) -> dict[str, Any]:
    """Return one row of the ledger with all that stands behind it.

    On top ``supplier``, ``recipient``, ``item``, ``unit``, ``act`` and ``start`` (months, or None); numbers are whole
    where they are counts, None where a bound is open. Days are ISO dates, a stretch is ``first..last``.
    """
    figures = {f.id: f for f in matter.figures}
    return {
        "matter": matter.id,
        "supplier": matter.key.supplier,
        "recipient": matter.key.recipient,
        "actor": matter.key.actor,
        "item": matter.label,
        "item_id": matter.key.item,
        "unit": matter.key.unit,
        "act": matter.key.act,
        "start": months(matter.start),
        "start_days": _days(matter.start),
        "contested": matter.contested,
        "as_of": [_as_of(r, matter) for r in matter.as_of],
        "conflicts": [_conflict(c, figures) for c in matter.conflicts],
        "conflicts_at_other_caps": [
            {"cap": cap, "conflicts": [list(c) for c in lists]} for cap, lists in matter.other_caps
        ],
        "documents": len(matter.documents),
        "clusters": len(matter.clusters),
        "utterances": len(matter.utterances),
        "bodies": len(matter.bodies),
        "n_min": matter.n_min,
        "n_max": matter.n_max,
        "camps": matter.camps,
        "origins": [
            {
                "body": b,
                "letter": letter,
                "tag": f'admiralty-scale:source-reliability="{letter.lower()}"',
                "interest": dict(matter.interests).get(b),
                "camp_source": dict(matter.booked).get(b),
                "record": next(
                    (
                        {"upheld": r.upheld, "contradicted": r.contradicted, "open": r.left_open}
                        for r in matter.record
                        if r.body == b
                    ),
                    None,
                ),
            }
            for b, letter in matter.letters
        ],
        "letters": dict(matter.letters),
        "dependence": [
            {
                "bodies": [d.one, d.other],
                "kind": d.kind,
                "evidence": d.evidence,
                "since": _day(d.since),
                "until": _day(d.until),
            }
            for d in matter.dependence
        ],
        "denials": [
            {
                "who": d.who,
                "speaker": d.speaker,
                "day": d.day.text(),
                "type": list(d.types),
                "bears": d.bears,
                "opens_h0": d.opens_h0,
                "why": d.why,
                "claims": list(d.claims),
            }
            for d in matter.denials
        ],
        "grades": [
            {
                "layer": g.layer,
                "digit": g.digit,
                "tag": credibility_tag(g.digit),
                "why": g.why,
                "origins": list(g.bodies),
                "n": [g.n_min, g.n_max],
                "camps": g.camps,
            }
            for g in matter.grades
        ],
        "figures": [figure_row(f) for f in matter.figures],
        "variants": [
            {"figure": f.id, "wordings": [_variant(v) for v in f.variants]} for f in matter.figures if f.variants
        ],
        "history": [{"day": t.day.text(), "what": t.kind, "claim": t.claim, "text": t.text} for t in matter.history],
        "said": [
            {
                "speaker": u.speaker,
                "body": u.body,
                "day": u.day.text(),
                "figures": list(u.figures),
                "documents": list(u.documents),
                "first_seen": u.first_seen,
            }
            for u in matter.utterances
        ],
        "links": [{"matter": link.matter, "reasons": list(link.reasons)} for link in matter.links],
        "claims": [
            {
                "id": c.id,
                "doc": c.doc,
                "document": c.document,
                "start": c.span.start,
                "end": c.span.end,
                "why": list(why),
            }
            for c, why in zip(matter.claims, matter.reasons, strict=True)
        ],
        "text_clusters": [list(c) for c in matter.clusters],
        "review": matter.review,
        "rules": RULES,
    }


def funnel_of(matter: Matter) -> list[tuple[str, int, int]]:
    """Return what is left of the prints step by step down to the independent origins, each as a range."""
    return [
        ("documents", len(matter.documents), len(matter.documents)),
        ("text clusters", len(matter.clusters), len(matter.clusters)),
        ("utterances", len(matter.utterances), len(matter.utterances)),
        ("bodies", len(matter.bodies), len(matter.bodies)),
        ("independent origins", matter.n_min, matter.n_max),
    ]


def figure_row(f: Figure) -> dict[str, Any]:
    """Return one figure: whose, when, its bounds, and why it counts or not."""
    return {
        "id": f.id,
        "speaker": f.origin.speaker or None,
        "body": f.origin.body,
        "channel": list(f.origin.channel),
        "access": f.origin.access,
        "said": f.said.text(),
        "words": f.own_words,
        "counts": f.counts,
        "from": f.start.text() if f.start is not None else "S",
        "to": f.end.text(),
        "low": number(f.low),
        "high": number(f.high),
        "active": f.active,
        "reason": f.reason or None,
        "notes": list(f.notes),
        "implausible": f.implausible or None,
        "claims": list(f.claims),
        "documents": list(f.documents),
    }


def credibility_tag(digit: int) -> str:
    """Return the digit as a tag of MISP's admiralty-scale taxonomy."""
    return f'admiralty-scale:information-credibility="{digit}"'


def _day(ordinal: int) -> str | None:
    return Moment(ordinal, ordinal).text() if PAST < ordinal < FUTURE else None


def _days(m: Moment | None) -> list[str] | None:
    return m.text().split("..") if m is not None and m.known else None


def _as_of(row: AsOf, matter: Matter) -> dict[str, Any]:
    days = row.moment.text().split("..")
    return {
        "as_of": days[-1] or days[0],
        "as_of_from": days[0],
        "readings": [{"without": list(r.without), "low": _bound(r.low), "high": _bound(r.high)} for r in row.readings],
        "hull": [number(row.hull_low), number(row.hull_high)],
        "contested": row.contested,
        "low": _support(row.low),
        "high": _support(row.high),
        "text": row_text(row, matter),
    }


def _bound(b: BoundAt) -> dict[str, Any]:
    return {"v": number(b.value), "claims": list(b.claims), "path": arithmetic(b.path, b.value)}


def _support(s: Support) -> dict[str, Any]:
    return {
        "v": number(s.value),
        "support": list(s.figures),
        "origins": list(s.bodies),
        "n": [s.n_min, s.n_max],
        "camps": s.camps,
        "without": {who: number(v) for who, v in s.without},
        "opposed_by": list(s.opposed_by),
        "digit": s.digit,
        "tag": credibility_tag(s.digit),
        "why": s.why,
    }


def _conflict(c: Conflict, figures: dict[str, Figure]) -> dict[str, Any]:
    said = "; ".join(f"{i}: {figures[i].origin.speaker or '?'}, {figures[i].said.text()}" for i in c.figures)
    return {"claims": list(c.figures), "gap": number(c.gap), "kind": c.kind, "text": said}


def _variant(v: Variant) -> dict[str, Any]:
    return {
        "claim": v.claim,
        "document": v.document,
        "words": v.raw,
        "low": number(v.low),
        "high": number(v.high),
        "start": v.start,
        "counts": v.counts,
        "speaker": v.speaker or None,
    }
