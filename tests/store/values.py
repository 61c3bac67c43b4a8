"""Values for the tests of the case: made by hand and drawn at random."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from beleg.model import (
    Block,
    Claim,
    DayRange,
    Document,
    Piece,
    Problem,
    Published,
    Quantity,
    Source,
    Span,
    TextMap,
)

TEXT = "Aus Seoul hieß es, Nordland habe mehr als 100 Container mit Granaten nach Südland geschickt."


def document(name: str = "artikel", text: str = TEXT, outlet: str | None = "Beispielblatt") -> tuple[Document, bytes]:
    """Return a document over its own text, and its bytes."""
    raw = text.encode()
    whole = Span(0, len(text))
    made = Document(
        name=name,
        path=f"{name}.txt",
        sha256=hashlib.sha256(raw).hexdigest(),
        media_type="text/plain",
        language="de",
        title=f"Titel von {name}",
        outlet=outlet,
        authors=("A. Beispiel",),
        published=Published(DayRange(date(2024, 2, 1), date(2024, 2, 29)), "text", "im Februar 2024"),
        text=text,
        source_text=text,
        map=TextMap((Piece(0, len(text), 0, len(text)),)),
        blocks=(Block(whole, "body"),),
        encoding="utf-8",
    )
    return made, raw


def claim(of: Document, n: int = 1, quote: str | None = None, **fields: object) -> Claim:
    """Return the claim that Nordland (KP) sent something to Südland (RU)."""
    start = of.text.find(quote) if quote else 0
    end = start + len(quote) if quote else len(of.text)
    made = Claim(
        id=f"{of.name}#{n:02}",
        document=of.id,
        doc=of.name,
        span=Span(start, end),
        event="transfer",
        supplier="KP",
        recipient="RU",
        actor=None,
        item="shipping containers of arms",
        item_id="container-arms",
        quantity=Quantity(
            Span(start, end), "mehr als 100", 100.0, None, False, "more_than", "containers", "count", "total"
        ),
        counting="total",
        time=None,
        place=None,
        sources=(Source("Seoul", "South Korea", "government", "KR"),),
        stance="said",
        basis=None,
        form="indirect",
        act="shipped",
    )
    return replace(made, **fields)  # type: ignore[arg-type]


words = st.text(st.characters(codec="utf-8"), max_size=12)
names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8)
maybe = st.none() | words
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
numbers = st.none() | st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def read_documents(draw: st.DrawFn) -> tuple[Document, bytes]:
    """Draw a document whose source text may hold more than its clean text."""
    text, removed, raw = draw(words), draw(words), draw(st.binary(max_size=20))
    days_of = draw(st.none() | st.builds(DayRange, days, days))
    made, _ = document(draw(names), text, draw(maybe))
    return replace(
        made,
        sha256=hashlib.sha256(raw).hexdigest(),
        title=draw(maybe),
        authors=tuple(draw(st.lists(words, max_size=2))),
        published=Published(days_of, draw(st.sampled_from(["given", "none", "text"])), draw(maybe)),
        source_text=removed + text,
        map=TextMap((Piece(0, len(text), len(removed), len(removed) + len(text)),)),
        url=draw(maybe),
    ), raw


sources = st.builds(
    Source, words, words, st.sampled_from(["government", "media", "person"]), maybe, st.none() | st.just(Span(0, 1))
)


@st.composite
def claims_of(draw: st.DrawFn, of: Document) -> list[Claim]:
    """Draw claims of a document in text order."""
    found = []
    for n in range(draw(st.integers(0, 3))):
        a, b = sorted(draw(st.tuples(st.integers(0, len(of.text)), st.integers(0, len(of.text)))))
        made = claim(
            of,
            n + 1,
            span=Span(a, b),
            supplier=draw(maybe),
            item=draw(maybe),
            place=draw(maybe),
            sources=tuple(draw(st.lists(sources, max_size=2))),
            rules=tuple(draw(st.lists(words, max_size=2))),
            cues=(Span(a, b),),
        )
        assert made.quantity is not None
        quantity = replace(made.quantity, low=draw(numbers), high=draw(numbers), raw=draw(words))
        found.append(replace(made, quantity=draw(st.none() | st.just(quantity))))
    return found


problems_of = st.lists(
    st.builds(Problem, names, words, maybe, st.none() | st.just(Span(0, 3)), st.booleans()), max_size=3, unique=True
)
