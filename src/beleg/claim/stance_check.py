"""Which rows of the stance table show in a sentence: for the test that tries every row."""

from __future__ import annotations

from collections.abc import Sequence

from beleg.claim.speech_table import VerbRow, tables
from beleg.claim.stance_table import stance_tables, together
from beleg.tables import Row, TableCheck


def _fired(language: str, sentence: str) -> set[str]:
    """Return the rows that a sentence shows by their words; kinds by the words of saying in it."""
    t, verbs = stance_tables(language), tables(language)
    words = [word.strip(".,:;?!„“").lower() for word in sentence.split()]
    found: set[str] = set()
    for low in words:
        found |= {r.name for r in (t.hedges.get(low), t.negations.get(low), t.bearers.get(low)) if r}
        found |= {f.name for f in t.others if low in f.forms or any(" " in x and x in sentence for x in f.forms)}
        rows = [r for r in (*verbs.finite.get(low, ()), *verbs.joined.get(low, ())) if _complete(r, low, words)]
        found |= {max(rows, key=lambda r: len(r.particle)).kind} if rows else set()
        found |= {verbs.nouns[low].kind} if low in verbs.nouns else set()
    found |= {d.name for d in t.denials if together(words, d)}
    perfect = words[-1] in t.perfect
    found |= {m.name for low in words for m in t.modals.get(low, ()) if (m.when == "perfect") == perfect}
    return found


def _complete(row: VerbRow, low: str, words: Sequence[str]) -> bool:
    """Tell whether a verb's prefix and the words that it needs are there."""
    return (not row.particle or low in row.joined or row.particle in words) and (
        not row.needs or bool(set(row.needs) & set(words))
    )


def _check(language: str) -> TableCheck:
    t = stance_tables(language)
    rows: tuple[Row, ...] = (
        *t.kinds.values(), *dict.fromkeys(t.hedges.values()), *dict.fromkeys(m for ms in t.modals.values() for m in ms),
        *dict.fromkeys(t.negations.values()), *t.denials, *dict.fromkeys(t.bearers.values()), *t.others,
    )  # fmt: skip
    return TableCheck(f"{language}/stance.toml", lambda: rows, lambda sentence: _fired(language, sentence))


TABLES = [_check("de")]
