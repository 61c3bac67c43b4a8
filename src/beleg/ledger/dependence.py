"""Which origins lean on one another, as far as the texts show it: outlets whose articles share their wording.

Only outlets that are origins themselves come into question; that two outlets print the same speaker is no dependence
between origins but one origin. Low overlap, another language or a rewrite shows no independence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from beleg.ledger.reading import Entry
from beleg.ledger.values import Dependence
from beleg.read.near import NearCopy


def by_wording(
    entries: Sequence[Entry], pairs: Iterable[NearCopy], decided: Sequence[Dependence]
) -> tuple[Dependence, ...]:
    """Return the decided edges, and a dependent one for every two outlets that share the wording of their own reports.

    Args:
        entries: Of one matter.
        pairs: Its documents that share wording, with the share.
        decided: What people decided; it stands before the rule.
    """
    voices: dict[str, set[str]] = {}
    for e in entries:
        if e.origin.known and not e.claim.sources:
            voices.setdefault(e.claim.document, set()).add(e.origin.body)
    found: dict[tuple[str, str], Dependence] = {}
    for pair in pairs:
        for a in voices.get(pair.first, ()):
            for b in voices.get(pair.second, ()):
                if a != b:
                    one, other = sorted((a, b))
                    what = f"{pair.containment:.0%} of the wording shared: {pair.first}, {pair.second}"
                    found.setdefault((one, other), Dependence(one, other, "dependent", what))
    settled = {(d.one, d.other) for d in decided}
    return (*decided, *(found[k] for k in sorted(found) if k not in settled))
