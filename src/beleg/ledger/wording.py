"""Numbers and rows of the ledger in words: what an analyst writes beside them, and no more than they say."""

from __future__ import annotations

from collections.abc import Sequence

from beleg.ledger.values import AsOf, Denial, Figure, Matter, Step, Support

# What each type of denial does; the strongest of a party on a day is named.
DENIES = (
    ("D1", "denied"), ("D5", "denied in part"), ("D6", "quotation disowned"), ("D2", "proof disputed"),
    ("D4", "intention denied"), ("D3", "no comment"),
)  # fmt: skip


def arithmetic(path: Sequence[Step], value: float | None) -> str:
    """Return a bound as one writes it by hand: ``15,500 = 22,000 − 6,500 (KR5t, KR5i)``."""
    if value is None:
        return "open"
    if not path:
        return f"{_grouped(value)} (start of the count)"
    terms = ""
    for i, s in enumerate(path):
        sign = ("" if s.sign > 0 else "−") if i == 0 else (" + " if s.sign > 0 else " − ")
        terms += f"{sign}{_grouped(s.amount)}"
    names = ", ".join(s.figure for s in path)
    shown = _grouped(value)
    return f"{shown} ({names})" if terms == shown else f"{shown} = {terms} ({names})"


def number(value: float | None) -> int | float | None:
    """Return a count as an integer, a measure as it is, None as None."""
    return None if value is None else int(value) if value == int(value) else value


def _grouped(value: float) -> str:
    n = number(value)
    return f"{n:,}".replace("-", "−")


def row_text(row: AsOf, matter: Matter) -> str:
    """Return a row as one would write it in a report.

    "2024-02-26: at least 6,650 (KR, US; n = 1–2, 1 camp; 3). Upper figure contested: 6,750 (Shin Won-sik) against
    10,001 (US Department of State); 4. Denied by KP (2024-05-17)."
    """
    figures = {f.id: f for f in matter.figures}
    parts = [f"{row.moment.text()}: {_low(row)}.", _high(row, figures)]
    parts += [f"{_denied(d)}." for d in matter.denials if d.bears]
    return " ".join(p for p in parts if p)


def _low(row: AsOf) -> str:
    if row.low.value is None:
        return "no lower bound"
    return f"at least {_grouped(row.low.value)} ({', '.join(row.low.bodies)}; {_standing(row.low)})"


def _high(row: AsOf, figures: dict[str, Figure]) -> str:
    if row.high.value is None:
        return "No upper bound."
    if row.high.opposed_by:
        said = _said(row.high.figures, figures)
        against = "; ".join(
            f"{_grouped(figures[id].low)} ({figures[id].origin.speaker or '?'})" for id in row.high.opposed_by
        )
        return f"Upper figure contested: {_grouped(row.high.value)} ({said}) against {against}; {row.high.digit}."
    return f"At most {_grouped(row.high.value)} ({', '.join(row.high.bodies)}; {_standing(row.high)})."


def _standing(s: Support) -> str:
    n = f"{s.n_min}–{s.n_max}" if s.n_min != s.n_max else str(s.n_min)
    return f"n = {n}, {s.camps} camp{'' if s.camps == 1 else 's'}; {s.digit}"


def _said(ids: Sequence[str], figures: dict[str, Figure]) -> str:
    return ", ".join(dict.fromkeys(figures[id].origin.speaker or "?" for id in ids))


def _denied(d: Denial) -> str:
    what = next(words for kind, words in DENIES if kind in d.types)
    return f"{what[0].upper()}{what[1:]} by {d.who} ({d.day.text()})"
