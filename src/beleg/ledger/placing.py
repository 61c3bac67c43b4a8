"""Under which key each claim of an article stands, once the article is read as a whole.

A claim by itself gives a key (``reading.key_of``). Six things only the article can tell, and each is written beside
the claim: a title shortens a figure that the body gives in full; a bare number counts what the article counts, and one
without an act belongs to the act that the article tells of; what "könnte" lie in counted containers is their
capacity; what is to happen after the article is a plan; and the one who got something sends something back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from beleg.ledger.days import moment_of, moment_of_days
from beleg.ledger.hosts import is_open, is_whole
from beleg.ledger.itemised import covers
from beleg.ledger.reading import adds_up, key_of
from beleg.ledger.tables import LedgerTables
from beleg.ledger.values import Key
from beleg.model import Claim, Document

CAPACITY = "capacity"
FAMILIES = frozenset({"delivered", "ordered", "offered", "intended"})  # acts that a number alone may be of
COUNTED = ("count", "vague")  # kinds of numbers that count things
ANY_ARMS, CARRIER = "any arms", "carrier"  # groups of items (tables.KindRow)
A_WEEK = 7  # days that a stretch of weeks may be wider than what was meant: "in den vergangenen Wochen"
SHORTENING = frozenset({"title", "heading", "caption"})

Why = Literal[
    "as-stated", "title-shortens", "bare-number", "act-open", "contents-of-containers", "not-yet", "sent-back"
]


class Placed(NamedTuple):
    """A key and what gave it."""

    key: Key
    why: Why = "as-stated"


def place(claims: Iterable[Claim], document: Document | None, tables: LedgerTables) -> dict[str, Placed]:
    """Return the keys of an article's claims by claim id; claims that belong to no matter are left out.

    Args:
        claims: All claims of one article, in any order.
        document: The article, None where it is not known.
    """
    ordered = sorted(claims, key=lambda c: (c.span.start, c.id))
    found = {c.id: Placed(key) for c in ordered if (key := key_of(c, tables)) is not None}
    placed = [c for c in ordered if c.id in found]
    for c in placed:
        key = found[c.id].key
        if adds_up(key, tables) and _not_yet(c, document):
            found[c.id] = Placed(key._replace(act=tables.acts["intended"].family), "not-yet")
    _bare(placed, found, tables)
    _acts(placed, found, tables)
    _contents(placed, found, tables)
    _titles(placed, found, tables)
    _sent_back(placed, found)
    return found


def _not_yet(claim: Claim, document: Document | None) -> bool:
    """Tell whether the claim speaks of days after it was said: "werden bis Ende März geliefert sein"."""
    time = claim.time
    if time is None or document is None:
        return False
    published = moment_of_days(document.published.days)
    edge = time.start or time.end
    return edge is not None and published.known and moment_of(edge).first > published.last + A_WEEK


def _bare(claims: Sequence[Claim], found: dict[str, Placed], tables: LedgerTables) -> None:
    """A number without a noun, taken for arms in general, counts the one thing that the article counts between the same
    parties: "insgesamt seien es damit 20.000". Where it counts several, the one with the same number, or none."""
    counted: dict[tuple[object, ...], dict[tuple[str, str | None], set[object]]] = {}
    for c in claims:
        key = found[c.id].key
        if c.quantity is not None and c.quantity.counted is not None and tables.group(key.item) != ANY_ARMS:
            things = counted.setdefault((*key[:3], key.act), {})
            things.setdefault((key.item, key.unit), set()).add((c.quantity.low, c.quantity.high))
    for c in claims:
        key, q = found[c.id].key, c.quantity
        if q is None or q.counted is not None or q.kind not in COUNTED or not _of_nothing(c, key, tables):
            continue
        things = counted.get((*key[:3], key.act), {})
        fit = [thing for thing, numbers in things.items() if (q.low, q.high) in numbers] or list(things)
        if len(fit) == 1:
            found[c.id] = Placed(key._replace(item=fit[0][0], unit=fit[0][1]), "bare-number")


def _acts(claims: Sequence[Claim], found: dict[str, Placed], tables: LedgerTables) -> None:
    """A transfer of which only the number stands ("Inzwischen rund 5.000 Container") is of the act of the article's
    other figures between the same parties and of the same unit, where those are all of one."""
    acts: dict[tuple[object, ...], set[Key]] = {}
    for c in claims:
        if c.quantity is not None and found[c.id].key.act in FAMILIES:
            acts.setdefault((*found[c.id].key[:3], found[c.id].key.unit), set()).add(found[c.id].key)
    for c in claims:
        key = found[c.id].key
        if c.quantity is None or c.quantity.kind not in COUNTED or key.act != c.event or c.event != "transfer":
            continue
        fit = acts.get((*key[:3], key.unit), set())
        near = {k for k in fit if key.item in (k.item, *tables.above(k.item)) or k.item in tables.above(key.item)}
        if near and len({k.act for k in fit}) == 1:
            found[c.id] = Placed(key._replace(act=next(iter(near)).act), "act-open")


def _of_nothing(claim: Claim, key: Key, tables: LedgerTables) -> bool:
    """Tell whether what a bare number is taken to count is no more than arms, or a container not counted as such."""
    group = tables.group(claim.item_id or key.item)
    return group == ANY_ARMS or (group == CARRIER and key.unit == tables.unit_of("weapons"))


def _contents(claims: Sequence[Claim], found: dict[str, Placed], tables: LedgerTables) -> None:
    """Numbers that are only possible, in an article that counts containers of the same parties, are what would fit.
    A side that they leave open is that of the containers. What goes on with such a number is of its kind
    (``_going_on``)."""
    carriers = {found[c.id].key[:2] for c in claims if found[c.id].key.unit in tables.carriers and c.quantity}
    for c in claims:
        key = found[c.id].key
        possible = c.certainty == "PS" and c.quantity is not None and adds_up(key, tables)
        if not possible or key.actor is not None or key.unit in tables.carriers:
            continue
        fit = [p for p in carriers if key.supplier in (None, p[0]) and key.recipient in (None, p[1])]
        if len(fit) == 1:
            key = key._replace(supplier=fit[0][0], recipient=fit[0][1], act=CAPACITY)
            found[c.id] = Placed(key, "contents-of-containers")
    _going_on(claims, found, tables)


def _going_on(claims: Sequence[Claim], found: dict[str, Placed], tables: LedgerTables) -> None:
    """What would fit stays that: in a statement that holds its own condition ("Sollten alle mit Granaten gefüllt sein,
    wären es 200.000"), in the bare number after one ("bei den anderen eine Million"), and in what is only possible of
    the same things without a number ("Möglich sei eine Mischung")."""
    fitting = [c for c in claims if found[c.id].key.act == CAPACITY]
    before: Claim | None = None  # the last claim with a number
    for c in claims:
        key = found[c.id].key
        alike = [o for o in fitting if found[o.id].key == key._replace(act=CAPACITY)]
        bare = c.quantity is not None and c.quantity.counted is None and before is not None and before in alike
        inside = any(c.span.start <= o.span.start and o.span.end <= c.span.end for o in alike)
        possible = c.quantity is None and c.certainty == "PS" and bool(alike)
        if adds_up(key, tables) and (bare or inside or possible):
            found[c.id] = Placed(key._replace(act=CAPACITY), "contents-of-containers")
            fitting.append(c)
        if c.quantity is not None:
            before = c


def _titles(claims: Sequence[Claim], found: dict[str, Placed], tables: LedgerTables) -> None:
    """A title with the number and unit of one figure of the body is that figure, whatever the title leaves open."""
    body: dict[tuple[object, ...], dict[Key, str]] = {}
    for c in claims:
        if c.block not in SHORTENING and (name := _figure(c, found)) is not None:
            body.setdefault(name, {}).setdefault(found[c.id].key, _label(c, found[c.id].key))
    for c in claims:
        if c.block not in SHORTENING or (name := _figure(c, found)) is None:
            continue
        key = found[c.id].key
        fit = [
            k for k, label in body.get(name, {}).items() if _shortened(key, k, {key: _label(c, key), k: label}, tables)
        ]
        if len(fit) == 1 and fit[0] != key:
            found[c.id] = Placed(fit[0], "title-shortens")


def _figure(claim: Claim, found: Mapping[str, Placed]) -> tuple[object, ...] | None:
    """What a title and the body have in common where both give one figure: numbers and unit."""
    q = claim.quantity
    if q is None or (q.low is None and q.high is None):
        return None
    return frozenset(n for n in (q.low, q.high) if n is not None), found[claim.id].key.unit


def _label(claim: Claim, key: Key) -> str:
    return claim.item or key.item


def _shortened(title: Key, body: Key, labels: Mapping[Key, str], tables: LedgerTables) -> bool:
    """Tell whether a title may stand for a figure of the body: the same act, no side but the body's, no item beside
    the body's."""
    sides = {title.supplier, title.recipient} - {None}
    same = title[:2] == body[:2] if is_whole(title) else sides <= {body.supplier, body.recipient}
    if (title.actor, title.act) != (body.actor, body.act) or not same:
        return False
    return title.item == body.item or covers(title, body, labels, tables)


def _sent_back(claims: Sequence[Claim], found: dict[str, Placed]) -> None:
    """In an article about two parties that counts what one gives, another count of the same unit by the receiver goes
    to the giver: "im Gegenzug". Without such a count beside it the receiver may only have fetched something."""
    pairs = {(c.supplier, c.recipient) for c in claims if c.supplier is not None and c.recipient is not None}
    if len(pairs) != 1:
        return
    ((giver, receiver),) = pairs
    given = {(found[c.id].key.unit, q.low, q.high) for c in claims if (q := c.quantity) and is_whole(found[c.id].key)}
    for c in claims:
        key, q = found[c.id].key, c.quantity
        if c.event != "transfer" or key.act != "delivered" or not is_open(key) or q is None:
            continue
        counted = {(low, high) for unit, low, high in given if unit == key.unit}
        turned = (key.supplier, key.recipient) in ((receiver, None), (None, giver))
        if turned and counted and (q.low, q.high) not in counted:
            found[c.id] = Placed(key._replace(supplier=receiver, recipient=giver), "sent-back")
