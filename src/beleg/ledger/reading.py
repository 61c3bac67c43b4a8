"""A claim as the ledger reads it: under which key, from whom, said when, about which stretch of time.

Nothing is compared here. What the text leaves open stays open; the tables say what counts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from beleg.errors import UsageError
from beleg.ledger.days import FUTURE, PAST, Moment, moment_of, moment_of_days
from beleg.ledger.hedges import WordedNumber, worded
from beleg.ledger.origins import origin_of
from beleg.ledger.plausible import Load
from beleg.ledger.tables import VARIANT, LedgerTables
from beleg.ledger.values import Key, Origin
from beleg.model import Claim, Document

COUNTABLE = frozenset({"count", "measure", "money", "vague"})
CALIBRE = (
    r"\d{1,3}(?:[.,]\d+)? mm"  # in English labels: "152 mm artillery shells", "122 mm and 152 mm artillery shells"
)
OF_CALIBRE = re.compile(rf"({CALIBRE}(?: (?:and|or) {CALIBRE})*) (.+)")
DELIVERY_EVENTS = frozenset({"transfer", "deployment", "return"})
UNPLACED_EVENTS = frozenset({"visit", "statement"})
NEEDS_LISTING = frozenset({"media", "person", "anonymous"})  # anyone can name one; a person lets them in
A_MONTH, A_SEASON = 31, 92  # days: a total "Anfang November" is as of then, so is "um den Jahreswechsel" when it is
#                             over; a stretch that is longer or still going on is what the total covers


class Entry(NamedTuple):
    """A claim with what was read from it. Moments are unknown rather than guessed."""

    claim: Claim
    key: Key
    origin: Origin
    number: WordedNumber | None
    said: Moment  # day of the utterance: stated, else the document's
    dated: bool  # the day of the utterance is stated in the text
    start: Moment | None  # start as stated: "seit September"
    window: Moment | None  # start of the stretch that a period's figure covers; None: no period
    end: Moment | None  # as of when, where it differs from the day of the utterance
    counting: str | None  # total, period, single or None
    active: bool
    reason: str
    rank: tuple[int, int, str, int, str]  # order among a matter's claims: day, document, place, id
    forced: tuple[float, float | None] | None = None  # bounds set by a person
    numbers: tuple[float, ...] = ()  # as they stand in the text: they tell one figure of a body from another
    load: Load | None = None  # what carried it, as its speaker counts that
    placed: str = "as-stated"  # what gave the key: placing.Why, or side-open, item-shortened


def key_of(claim: Claim, tables: LedgerTables) -> Key | None:
    """Return what the claim is about, or None for claims that belong to no matter.

    A unit that holds something else (containers) is its own item: what is inside is often not seen.
    """
    if claim.event in UNPLACED_EVENTS or claim.denial is not None or claim.stance in ("denied", "unconfirmed"):
        return None
    id, item = _item_of(claim, tables)
    sides = claim.supplier or claim.recipient or claim.actor
    if not item or not (sides or (claim.quantity is not None and claim.quantity.kind in COUNTABLE)):
        return None
    row = tables.acts.get(claim.act)
    act = row.family if row and row.family else claim.event
    if claim.stance == "planned" and row is not None and row.counts:
        act = tables.acts["intended"].family
    unit = claim.quantity.unit if claim.quantity is not None else None
    unit = unit or (tables.unit_of(id) if id else None)
    if unit is not None and unit in tables.conversions:
        unit = tables.conversions[unit].into
    if unit in tables.carriers:
        group = tables.group(item)
        item = f"{unit} of {item}" if group in ("goods", "people") else unit
    actor = None if claim.supplier or claim.recipient else claim.actor
    return Key(claim.supplier, claim.recipient, actor, item, unit, act)


def _item_of(claim: Claim, tables: LedgerTables) -> tuple[str | None, str]:
    """Return the id of what a claim is about, None where the table has none, and the item of its key.

    A calibre makes an item of its own below the kind. A label without an id, such as a person writes, is looked up
    without its calibre.
    """
    label = (claim.item or "").strip()
    of_calibre = OF_CALIBRE.fullmatch(label)
    id = claim.item_id or tables.id_of(label) or (tables.id_of(of_calibre[2]) if of_calibre is not None else None)
    if id is None:
        return None, label.lower()
    item = tables.node_of(id)
    return id, item if of_calibre is None else f"{item}{VARIANT}{of_calibre[1]}"


def read_claim(
    claim: Claim,
    document: Document | None,
    tables: LedgerTables,
    key: Key,
    forced: tuple[float, float | None] | None = None,
    taken: bool | None = None,
) -> Entry:
    """Read one claim.

    Args:
        claim: With a person's corrections, if any.
        document: Gives outlet and day; None: neither is known.
        key: From ``key_of``.
        forced: Bounds that a person has set.
        taken: True where a person accepted the claim, False where one rejected it.
    """
    origin = origin_of(claim, document.outlet if document else None)
    published = _published(document)
    stated = _stated_day(claim)
    said = stated or published
    number = _number(claim, tables)
    start, window, end, counting = _time(claim, said)
    if end is not None and start is None and window is None and stated is None:
        stated = end  # a total "Anfang November" was said then
        said = end
    reason = "rejected" if taken is False else _inactive(claim, origin, number, key, tables, bool(taken or forced))
    rank = (said.last, said.first, claim.document, claim.span.start, claim.id)
    return Entry(
        claim,
        key,
        origin,
        number,
        said,
        stated is not None,
        start,
        window,
        end,
        counting,
        not reason,
        reason,
        rank,
        forced,
        number.numbers() if number is not None else (),
    )


def _number(claim: Claim, tables: LedgerTables) -> WordedNumber | None:
    if claim.quantity is None:
        return None
    number = worded(claim.quantity, claim.observed, tables.hedges)
    row = tables.conversions.get(claim.quantity.unit or "")
    return number if row is None else replace(number, per=row.per)


def _published(document: Document | None) -> Moment:
    if document is None:
        return Moment(PAST, FUTURE)
    days = moment_of_days(document.published.days)
    if days.known or document.captured is None:
        return days
    try:
        day = datetime.fromisoformat(document.captured)
    except ValueError as e:
        given = f"captured is {document.captured!r}"
        raise UsageError(f"{document.id}: {given}, not an instant in ISO 8601 like 2024-02-03T04:05:06Z") from e
    return Moment(PAST, day.toordinal())


def _stated_day(claim: Claim) -> Moment | None:
    said = claim.said
    if said is None or said.start is None or said.end is None:
        return None
    return Moment(moment_of(said.start).first, moment_of(said.end).last)


def _time(claim: Claim, said: Moment) -> tuple[Moment | None, Moment | None, Moment | None, str | None]:
    """Return stated start, start of the window, end and counting of a claim's figure."""
    time, counting = claim.time, claim.counting
    if time is None or (time.start is None and time.end is None):
        window = Moment(PAST, said.last) if counting in ("period", "single") else None
        return None, window, None, counting
    first = moment_of(time.start) if time.start else None
    last = moment_of(time.end) if time.end else None
    if first is not None and (last is None or time.open_end) and counting in (None, "total"):
        return first, None, None, "total"  # "seit September" is a cue of the total
    end = _clip(last, said) if last is not None and not time.open_end else None
    if counting in ("period", "single"):
        if first is None:
            return None, Moment(PAST, said.last), end, counting
        if time.start == time.end and last is not None:
            day = first.first - (first.first == last.last)  # of one day: from the evening before
            return None, Moment(day, day), _clip(Moment(last.last, last.last), said), counting
        return None, first, end, counting
    if first is None or last is None:
        return None, None, end, counting
    width = last.last - first.first
    if width <= A_MONTH or (end is not None and width <= A_SEASON):
        return None, None, _clip(Moment(first.first, last.last), said), counting
    return first, None, end, counting


def _clip(end: Moment, said: Moment) -> Moment | None:
    """A figure speaks of no day after it was said; an end that holds the day of the utterance is that day."""
    if end.last >= said.last and end.first <= said.last:
        return None
    return end if end.last < said.last else None


def _inactive(
    claim: Claim,
    origin: Origin,
    number: WordedNumber | None,
    key: Key,
    tables: LedgerTables,
    taken: bool,
) -> str:
    """Say why a claim bounds nothing; "" where it does."""
    if number is None or claim.quantity is None:
        return "no figure"
    if not adds_up(key, tables):
        return f"{key.act}: not a running count"
    if claim.quantity.kind not in COUNTABLE:
        return f"{claim.quantity.kind}: not a count"
    if claim.time is not None and claim.time.kind == "set":
        return "a rate, not a count"
    if taken:
        return ""
    if claim.polarity != "+":
        return "denied"
    if claim.certainty in ("PS", "U"):
        return "only possible" if claim.certainty == "PS" else "left open by the text"
    if not origin.known:
        return "origin unknown"
    if not origin.listed and origin.kind in NEEDS_LISTING:
        return "origin not in the tables"
    return ""


def adds_up(key: Key, tables: LedgerTables) -> bool:
    """Tell whether figures of a key add up over time: deliveries do, stocks and capacities do not."""
    return key.act in DELIVERY_EVENTS or any(r.family == key.act and r.counts for r in tables.acts.values())


def numbers_of(entry: Entry) -> tuple[float, ...]:
    """Return the numbers as they stand in the text, which tell one figure of a body from another."""
    return entry.numbers
