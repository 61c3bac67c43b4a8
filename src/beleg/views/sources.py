"""Who rests on whom: outlets on agencies, agencies on speakers, counted over the claims of a ledger.

The chain of a claim begins with who printed it (the outlet, or the document where no outlet is known) and goes on with
its sources, reader to origin. Each two neighbours are an edge: the first rests on the second. Nothing is rated here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from beleg.ledger.values import Ledger, Matter
from beleg.model import Claim, Document

Role = Literal["published", "passed on", "said"]
ROLES: tuple[Role, ...] = ("published", "passed on", "said")


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What a case holds of one outlet, agency or speaker."""

    name: str
    kinds: tuple[str, ...]  # as its claims name it, sorted; empty where it only prints
    countries: tuple[str, ...]
    outlet: bool  # named as the outlet of a document
    body: str | None  # whose letter is its letter: the body of its figures
    articles: int  # documents it published
    cited_in: int  # documents that give its words
    told: int  # claims it prints or passes on from somebody else
    said: int  # claims that end with it: its own words
    figures: int  # figures of matters that it said
    prints: int  # documents that print those figures
    first: int  # figures of others that it was the first to print
    repeated: int  # figures of others that it printed after somebody else


class Edge(NamedTuple):
    """``one`` rests on ``other``."""

    one: str
    other: str
    claims: int
    documents: int


class Part(NamedTuple):
    """What a source has to do with a document."""

    source: str
    document: str  # Document.id
    role: Role
    claims: int


@dataclass(frozen=True, slots=True)
class Network:
    """All sources by name, all edges by their ends, all parts by source, then document."""

    records: tuple[SourceRecord, ...]
    edges: tuple[Edge, ...]
    parts: tuple[Part, ...]


def publisher(document: Document) -> str:
    return document.outlet or document.name


def chain_of(claim: Claim, document: Document) -> list[str]:
    """Return the names from who printed the claim to who said it; a name that follows itself is one."""
    names = [publisher(document), *(s.name for s in claim.sources)]
    return [n for i, n in enumerate(names) if i == 0 or n != names[i - 1]]


def network_of(ledger: Ledger) -> Network:
    """Count a ledger's claims by who printed, passed on and said them."""
    edges: Counter[tuple[str, str]] = Counter()
    edge_documents: dict[tuple[str, str], set[str]] = defaultdict(set)
    parts: Counter[tuple[str, str, Role]] = Counter()
    kinds: dict[str, set[str]] = defaultdict(set)
    countries: dict[str, set[str]] = defaultdict(set)
    for claim in _claims(ledger):
        document = ledger.documents.get(claim.document)
        if document is None:
            continue
        chain = chain_of(claim, document)
        for pair in pairwise(chain):
            edges[pair] += 1
            edge_documents[pair].add(document.id)
        for place, name in enumerate(chain):
            role: Role = "said" if place == len(chain) - 1 else "published" if place == 0 else "passed on"
            parts[name, document.id, role] += 1
        for source in claim.sources:
            kinds[source.name].add(source.kind)
            if source.country:
                countries[source.name].add(source.country)
    published = Counter(publisher(d) for d in ledger.documents.values())
    outlets = {d.outlet for d in ledger.documents.values()}
    names = sorted({*published, *(name for name, _, _ in parts)})
    told, said, cited = _totals(parts, ledger.documents)
    figures, prints, first, repeated, body = _figures(ledger.matters, ledger.documents)
    return Network(
        tuple(
            SourceRecord(
                n, tuple(sorted(kinds.get(n, ()))), tuple(sorted(countries.get(n, ()))), n in outlets, body.get(n),
                published[n], cited[n], told[n], said[n], figures[n], prints[n], first[n], repeated[n],
            )
            for n in names
        ),
        tuple(Edge(a, b, n, len(edge_documents[a, b])) for (a, b), n in sorted(edges.items())),
        tuple(Part(name, id, role, n) for (name, id, role), n in sorted(parts.items())),
    )  # fmt: skip


def _claims(ledger: Ledger) -> Iterable[Claim]:
    """Give each claim of the ledger once."""
    seen: set[tuple[str, str]] = set()
    for claims in (*(m.claims for m in ledger.matters), ledger.unplaced):
        for c in claims:
            if (c.document, c.id) not in seen:
                seen.add((c.document, c.id))
                yield c


def _totals(
    parts: Mapping[tuple[str, str, Role], int], documents: Mapping[str, Document]
) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return claims told and said, and documents of others that cite it, by source."""
    told: Counter[str] = Counter()
    said: Counter[str] = Counter()
    cited: dict[str, set[str]] = defaultdict(set)
    for (name, id, role), n in parts.items():
        (said if role == "said" else told)[name] += n
        if publisher(documents[id]) != name:
            cited[name].add(id)
    return told, said, Counter({name: len(ids) for name, ids in cited.items()})


def _figures(
    matters: Sequence[Matter], documents: Mapping[str, Document]
) -> tuple[Counter[str], Counter[str], Counter[str], Counter[str], dict[str, str]]:
    """Return figures said, documents that print them, figures printed first and after others, and the body."""
    said: Counter[str] = Counter()
    prints: Counter[str] = Counter()
    first: Counter[str] = Counter()
    repeated: Counter[str] = Counter()
    body: dict[str, str] = {}
    for f in (f for m in matters for f in m.figures):
        speaker = f.origin.speaker
        if speaker:
            said[speaker] += 1
            prints[speaker] += len(f.documents)
            body.setdefault(speaker, f.origin.body)
        printed = dict.fromkeys(publisher(documents[d]) for d in f.documents if d in documents)
        for place, outlet in enumerate(printed):
            if outlet != speaker:
                (repeated if place else first)[outlet] += 1
    return said, prints, first, repeated, body
