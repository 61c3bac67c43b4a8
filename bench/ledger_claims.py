"""Made-up claims in any number for ``bench/ledger.py``: the same seed gives the same claims."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import date, timedelta

from beleg.model import Claim, DayRange, Document, Published, Quantity, Source, Span, TextMap, TimeMention

CLAIMS_PER_MATTER = 20
CLAIMS_PER_ARTICLE = 4
UNITS = ("shells", "missiles", "rockets", "vehicles", "drones")
STATES = ("KP", "RU", "IR", "US", "DE", "FR", "KR", "TR", "CN", "IL", "PL", "GB", "CZ", "IN", "BR")
SPEAKERS = tuple(
    Source(f"{name} of {c}", f"{name} of {c}", kind, c, actor=f"{name}-{c}")
    for c in STATES
    for name, kind in (("Ministry of Defence", "government"), ("Army", "military"))
) + tuple(Source(n, n, "think_tank", "GB", actor=n) for n in ("Institute A", "Institute B", "Institute C"))
HEDGES = (("mehr als", "more_than"), ("mindestens", "at_least"), ("etwa", "about"), ("rund", "about"), ("", "exact"))
WORDS = tuple(f"wort{i}" for i in range(4000))


def articles_and_claims(n: int, seed: int = 7) -> tuple[list[Document], list[Claim]]:
    """Return articles with ``n`` claims about ``n / 20`` matters.

    One claim in three repeats an earlier figure; in one matter of ten somebody says half of what the others say.
    """
    rng = random.Random(seed)
    documents: list[Document] = []
    claims: list[Claim] = []
    for key in _keys(max(1, n // CLAIMS_PER_MATTER)):
        made = _matter(rng, key, min(CLAIMS_PER_MATTER, n - len(claims)), len(documents))
        documents += made[0]
        claims += made[1]
    return documents, claims


def _keys(n: int) -> Iterator[tuple[str, str, str, str]]:
    i = 0
    while i < n:
        supplier, recipient = STATES[i % 15], STATES[(i // 15 + i + 1) % 15]
        yield supplier, recipient, f"item-{i // 225}", UNITS[i % 5]
        i += 1


def _matter(
    rng: random.Random, key: tuple[str, str, str, str], n: int, first: int
) -> tuple[list[Document], list[Claim]]:
    supplier, recipient, item, unit = key
    start = date(2022, 1, 1) + timedelta(days=rng.randrange(700))
    since = TimeMention(Span(0, 0), "seit", start.isoformat()[:7], None, "text", open_end=True)
    documents: list[Document] = []
    claims: list[Claim] = []
    total, day = rng.randrange(20, 400) * 10, start + timedelta(days=40)
    figures: list[tuple[Source, Quantity]] = []
    spoken = rng.sample(SPEAKERS, 3)
    contested = rng.random() < 0.1
    while len(claims) < n:
        day += timedelta(days=rng.randrange(1, 30))
        doc = _document(rng, f"a{first + len(documents)}", day, documents)
        documents.append(doc)
        total += rng.randrange(1, 30) * 10
        for _ in range(min(CLAIMS_PER_ARTICLE, n - len(claims))):
            if figures and rng.random() < 0.34:
                speaker, quantity = rng.choice(figures)
            else:
                hedge, bound = rng.choice(HEDGES)
                value = float(total)
                if bound in ("more_than", "at_least"):
                    value = float(total * 9 // 100 * 10)
                elif bound == "about":
                    place = 10 ** (len(str(total)) - 2)
                    value = float(round(total / place) * place)
                if contested and rng.random() < 0.1:
                    value = float(int(value) // 20 * 10)
                high = None if bound in ("more_than", "at_least") else value
                raw = f"{hedge} {value:.0f}".strip()
                quantity = Quantity(Span(0, 0), raw, value, high, bound == "about", bound, unit, "count")  # type: ignore[arg-type]
                speaker = rng.choice(spoken)
                figures.append((speaker, quantity))
            id = f"{doc.name}#{len(claims):02}"
            claims.append(
                Claim(
                    id, doc.id, doc.name, Span(len(claims), len(claims) + 1), "transfer", supplier, recipient, None,
                    item, item, quantity, "total", since if rng.random() < 0.2 else None, None, (speaker,), "said",
                    None, "indirect", "delivered",
                )
            )  # fmt: skip
    return documents, claims


def _document(rng: random.Random, name: str, day: date, before: list[Document]) -> Document:
    text = before[-1].text + " ende" if before and rng.random() < 0.2 else " ".join(rng.choices(WORDS, k=60))
    days = DayRange(day, day)
    digest = hashlib.sha256(text.encode()).hexdigest()
    published = Published(days, "given")
    outlet = f"Blatt {rng.randrange(200)}"
    return Document(name, name, digest, "text/plain", "de", None, outlet, (), published, text, text, TextMap(()), ())
