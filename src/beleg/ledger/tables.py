"""The tables of the ledger in one value, so that tests and users can give their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from beleg.errors import TableError
from beleg.find.item_tables import ItemRow, item_kinds
from beleg.ledger.hedges import HedgeTable, hedge_table
from beleg.lexicon import TableRow, csv_table, read_csv

VARIANT = ":"  # between an item's id and its calibre in a key


@dataclass(frozen=True, slots=True)
class ActRow(TableRow):
    """An act, the family it is compared in ("": the event's own name), and whether its figures add up over time."""

    act: str
    family: str
    counts: bool


@dataclass(frozen=True, slots=True)
class CarrierRow(TableRow):
    """A unit that holds something else: the count is of it, whatever is said to be inside."""

    unit: str


@dataclass(frozen=True, slots=True)
class ConversionRow(TableRow):
    """A unit that is counted in another: ``per`` of it are one of ``into``."""

    unit: str
    into: str
    per: int


@dataclass(frozen=True, slots=True)
class RateRow(TableRow):
    """More of a unit than this a day, from the start of a count on, is not believed without a second look."""

    unit: str
    most: int


@dataclass(frozen=True, slots=True)
class LoadRow(TableRow):
    """More of a unit than this in one carrier (a unit of journeys or vessels) is not believed without a second look."""

    carrier: str
    unit: str
    most: int
    once: bool  # the carriers are counted, not their journeys: the row says something of a single shipment only


@dataclass(frozen=True, slots=True)
class CompilerRow(TableRow):
    """A body that gathers what its members found; it adds no origin beside them. ``*``: any state."""

    body: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceRow(TableRow):
    """A basis as named in claims, the access line it gives, and whether others can inspect it."""

    basis: str
    access: str
    inspectable: bool


@dataclass(frozen=True, slots=True)
class CampRow(TableRow):
    """A body (country code, actor id or name) and the camp it is booked under. ``source`` is the citation."""

    member: str
    camp: str
    relation: str


@dataclass(frozen=True, slots=True)
class OwnCamp:
    """A row of the user's own ``camps.csv``: as ``CampRow``, without sentences.

    ``matter``: where alone it holds: the beginning of a matter's id, or its sides as ``KP>RU``; "" everywhere.
    """

    member: str
    camp: str
    relation: str
    source: str
    matter: str = ""


def _none(item: str) -> str | None:
    return None


def _itself(item: str) -> str:
    return item


@dataclass(frozen=True, slots=True)
class LedgerTables:
    """Everything the ledger looks up. ``parent_of`` gives the node above an item id, None at the top."""

    hedges: HedgeTable
    acts: Mapping[str, ActRow]
    carriers: frozenset[str]
    compilers: Mapping[str, tuple[str, ...]]
    evidence: Mapping[str, EvidenceRow]
    camps: Mapping[str, CampRow]
    camps_of: Mapping[str, Mapping[str, CampRow]] = field(default_factory=dict)  # OwnCamp.matter -> member -> row
    conversions: Mapping[str, ConversionRow] = field(default_factory=dict)
    rates: Mapping[str, int] = field(default_factory=dict)  # unit -> most a day
    loads: Mapping[tuple[str, str], LoadRow] = field(default_factory=dict)  # carrier and unit -> most in one
    parent_of: Callable[[str], str | None] = field(default=_none)
    node_of: Callable[[str], str] = field(default=_itself)  # one node for all ids of one label: a word, not a thing
    unit_of: Callable[[str], str | None] = field(default=_none)  # what one counts of an item
    id_of: Callable[[str], str | None] = field(default=_none)  # of a label: "artillery shells"
    group_of: Callable[[str], str | None] = field(default=_none)  # KindRow.group of an item (``find/item_tables.py``)
    near_start_days: int = 45  # starts that lie no farther apart are one start; a window that near S is a total
    copy_share: float = 0.3  # word-5-gram containment from which one text depends on another
    error_rate: float = 0.1  # of a source that copies nothing; with the next two the weight of a shared error
    wrong_values: int = 100  # how many wrong values there are to fall upon
    copied_share: float = 0.8  # of what a copier takes over

    def group(self, item: str) -> str | None:
        """Return the group of an item, whatever its calibre."""
        return self.group_of(item.partition(VARIANT)[0])

    def above(self, item: str) -> tuple[str, ...]:
        """Return the nodes above an item, nearest first; a calibre lies below its item."""
        base, variant, _ = item.partition(VARIANT)
        out: list[str] = [base] if variant else []
        at = self.parent_of(base)
        while at is not None and at not in out:
            out.append(at)
            at = self.parent_of(at)
        return tuple(out)

    def of_matter(self, id: str, supplier: str | None, recipient: str | None) -> LedgerTables:
        """Return the tables as they hold for one matter, with the camps that are booked for it alone."""
        sides = f"{supplier}>{recipient}"
        names = sorted(n for n in self.camps_of if n == sides or id.startswith(n))
        if not names:
            return self
        return replace(self, camps={**self.camps, **{m: row for n in names for m, row in self.camps_of[n].items()}})


@cache
def ledger_tables() -> LedgerTables:
    """Return the shipped tables."""
    items = {r.id: r for r in csv_table("items", ItemRow)}
    groups = {kind: row.group for kind, row in item_kinds().items()}
    parents = {r.id: r.parent for r in items.values()}
    nodes = {r.id: _node(r.id, items) for r in items.values()}
    units = {r.id: r.unit for r in items.values()}
    labels = {name: r.id for r in reversed(items.values()) for name in (r.label, r.full)}  # of one label the first
    group_of = {r.id: groups.get(r.kind) for r in items.values()}
    return LedgerTables(
        hedges=hedge_table(),
        acts={r.act: r for r in csv_table("acts", ActRow)},
        carriers=frozenset(r.unit for r in csv_table("carriers", CarrierRow)),
        compilers={r.body: r.members for r in csv_table("compilers", CompilerRow)},
        evidence={r.basis: r for r in csv_table("evidence", EvidenceRow)},
        camps={r.member: r for r in csv_table("camps", CampRow)},
        conversions={r.unit: r for r in csv_table("conversions", ConversionRow)},
        rates={r.unit: r.most for r in csv_table("rates", RateRow)},
        loads={(r.carrier, r.unit): r for r in csv_table("loads", LoadRow)},
        parent_of=parents.get,
        node_of=lambda item: nodes.get(item, item),
        unit_of=units.get,
        id_of=labels.get,
        group_of=group_of.get,
    )


def own_camps(where: str) -> Path:
    """Return where the camps that a user keeps for a case are looked for."""
    return Path(where) / "camps.csv"


def tables_beside(where: str) -> LedgerTables:
    """Return the shipped tables with the camps that a user keeps in ``camps.csv`` in the folder of a case.

    Columns ``member``, ``camp``, ``relation``, ``source`` (the citation), and if wanted ``matter`` (see ``OwnCamp``). A
    row of the user's stands before the shipped one of the same member, one for a matter before one for all.

    Raises:
        TableError: a row that does not fit, or a member that stands twice for the same matters.
    """
    tables = ledger_tables()
    own = own_camps(where)
    if not own.is_file():
        return tables
    rows: dict[str, dict[str, CampRow]] = {}
    for r in read_csv(own, OwnCamp):
        here = rows.setdefault(r.matter.strip(), {})
        if r.member in here:
            raise TableError(f"{own}: {r.member} stands twice; a member is in one camp")
        here[r.member] = CampRow(r.member, r.camp, r.relation, source=r.source, yes=(), no=())
    everywhere = rows.pop("", {})
    return replace(tables, camps={**tables.camps, **everywhere}, camps_of=rows)


def _node(id: str, items: Mapping[str, ItemRow]) -> str:
    """Return the topmost item of the same label: "Geschosse" and "Artilleriegranaten" count one thing."""
    parent = items[id].parent
    while parent is not None and items[parent].label == items[id].label:
        id, parent = parent, items[parent].parent
    return id
