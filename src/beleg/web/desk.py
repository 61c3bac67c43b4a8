"""What the pages look at: one open case, and its computed ledger (``register``).

The pages run in threads beside the server; each asks the databases over a connection of its own.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from sqlalchemy import ColumnElement, false, func, or_, select

from beleg.ledger.decided import Decided, decided, taken_back
from beleg.ledger.values import Matter
from beleg.model import Claim, Decision, Document, Problem
from beleg.store import look, queue
from beleg.store.case import Case, no_clock
from beleg.store.decisions import newest
from beleg.store.events import Head
from beleg.store.look import Wanted
from beleg.store.pages import Place
from beleg.store.rows import of_event, plain
from beleg.store.schema import claim_table, document_table, problem_table
from beleg.web.imports import Imports
from beleg.web.keeper import Keeper, NoRegisterError
from beleg.web.query import PAGE, Page, last_page
from beleg.web.register import Register

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judged:
    """What people decided, as it stood at one head of the log."""

    head: Head
    decisions: tuple[Decision, ...]  # oldest first, undone ones included
    by: Decided  # those in force
    states: dict[str, str]  # claim id -> "reviewed" or "rejected"; all others are "machine"
    undone: frozenset[str]  # ids of decisions taken back

    def about(self, target: str) -> list[Decision]:
        return [d for d in self.decisions if d.target == target]


class Desk:
    """A case on the table."""

    def __init__(self, case: Case, now: Callable[[], str] = no_clock) -> None:
        self.case, self.now = case, now
        self.lock = threading.RLock()  # one at a time computes what takes long
        self.keeper = Keeper(case)
        self.imports = Imports(case)
        self._judged: Judged | None = None
        self._total = (-1, 0)  # number of the newest reading, claims that it left

    def close(self) -> None:
        self.imports.close()
        self.keeper.close()

    def register(self) -> Register:
        """Return the computed ledger; of a large case it may be the one of a moment ago (``Keeper.standing``)."""
        return self.keeper.register()[0]

    def register_if_there(self) -> Register | None:
        """Return the computed ledger, None while a large one is computed for the first time."""
        with contextlib.suppress(NoRegisterError):
            return self.register()
        return None

    def placed(self, claims: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Return the matter of each claim, named by document and claim id, as far as there is one yet."""
        register = self.register_if_there()
        return {} if register is None else register.placed(claims)

    def copies(self, document: str) -> list[Document]:
        """Return the near-copies of a document, as far as they are known yet."""
        register = self.register_if_there()
        return [] if register is None else list(self.documents(register.copies(document)).values())

    def kept(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return an answer kept with the ledger that is shown."""
        register = self.keeper.lately()
        return make() if register is None else register.kept(name, make)

    def matter(self, id: str) -> Matter | None:
        return self.register().matter(id)

    def placed_lately(self, claim: Claim) -> str | None:
        """Return the matter of a claim as last computed: for a link, where a decision just made need not count."""
        register = self.keeper.lately()
        here = (claim.document, claim.id)
        return None if register is None else register.placed([here]).get(here)

    # --- decisions --------------------------------------------------------------------------------------------------

    def judged(self) -> Judged:
        """Return all decisions; after one made here only that one is looked at anew."""
        with self.lock:
            head = self.case.head()
            if self._judged is None or self._judged.head != head:
                self._judged = _judged(head, tuple(self.case.decisions()))
            return self._judged

    def reviews(self) -> dict[str, str]:
        """Return the review state of claims that people decided about, by claim id; all others are "machine"."""
        return self.judged().states

    def newest(self, target: str) -> str | None:
        """Return the id of the newest decision on a target: what somebody has seen who looks now."""
        with self.case.read() as conn:
            return newest(conn, target)

    def decide(self, decision: Decision, seen: str | None) -> Decision:
        """Keep a decision of the person at this desk.

        Raises:
            StaleDecisionError: Somebody decided about the target after ``seen``.
            CaseError: The target or the decision to undo is not in the case.
        """
        with self.lock:
            known = self.judged()
            kept = self.case.decide(decision, seen=seen)
            head = self.case.head()
            if head.events == known.head.events + 1:  # nobody else wrote meanwhile
                self._judged = _judged(head, (*known.decisions, kept))
            return kept

    def total(self) -> int:
        """Return the number of claims; decisions do not change it."""
        with self.lock:
            with self.case.read() as conn:
                seq = queue.last_reading(conn)
            if self._total[0] != seq:
                self._total = seq, self.case.count()
            return self._total[1]

    # --- documents and claims ---------------------------------------------------------------------------------------

    def documents(self, ids: Iterable[str]) -> dict[str, Document]:
        """Return documents by ``Document.id``; those that are not in the case are left out."""
        return {d.id: d for part in look.chunks(sorted(set(ids))) for d in self._documents(_among(part))}

    def page_of_documents(self, number: int) -> Page[Document]:
        """Return a page of all documents by name."""
        d = document_table.c
        with self.case.read() as conn:
            total = conn.execute(select(func.count()).select_from(document_table)).scalar_one()
            number = min(number, last_page(total))
            at = select(d.ident).order_by(d.shelf).limit(PAGE).offset((number - 1) * PAGE)
            idents = conn.execute(at).scalars().all()
            return Page(list(look.documents(conn, d.ident.in_(idents))), number, total)

    def find_document(self, name_or_id: str) -> list[Document]:
        """Return the documents with this name or id."""
        d, wanted = document_table.c, plain(name_or_id)
        return self._documents(d.ident == wanted) or self._documents(d.name == wanted)

    def _documents(self, where: ColumnElement[bool]) -> list[Document]:
        with self.case.read() as conn:
            return list(look.documents(conn, where))

    def problems_of(self, document: Document) -> list[Problem]:
        """Return the doubts about a document, as they were found."""
        p = problem_table.c
        names = [plain(x) for x in (document.name, document.path, document.id)]
        with self.case.read() as conn:
            keys = conn.execute(select(p.seq, p.line).where(p.document.in_(names)).order_by(p.id)).all()
            return look.records(conn, [(seq, at) for seq, at in keys], Problem)

    def find_claims(self, claim_id: str, document: str | None = None) -> list[Claim]:
        """Return the claims with this id; several only where documents share a name."""
        found = self.claims(Wanted(document=document or claim_id.rpartition("#")[0]))
        return [c for c in found if c.id == claim_id]

    def claims(self, wanted: Wanted, limit: int | None = None, offset: int = 0) -> list[Claim]:
        """Return claims by document name, then in text order, or a page of them."""
        with self.case.read() as conn:
            return look.claims(conn, wanted, limit, offset)

    def claims_of(self, documents: Iterable[str]) -> list[Claim]:
        """Return all claims of articles, named by ``Document.id``, in the order in which the articles were kept."""
        d = document_table.c
        ids: list[int] = []
        with self.case.read() as conn:
            for part in look.chunks(sorted(set(documents))):
                for seq in conn.execute(select(d.seq).where(_among(part))).scalars().all():
                    ids += conn.execute(select(claim_table.c.id).where(of_event(claim_table, seq))).scalars()
            return look.claims_at(conn, [Place("", id) for id in sorted(ids)])

    def count(self, wanted: Wanted) -> int:
        """Return how many claims a filter finds, kept for as long as the log does not grow."""
        return self.kept(("claims", self.case.head().hash, wanted), lambda: self.case.count(wanted))

    def quotes(self, claims: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Return the quoted words of claims, named by document id and claim id, by claim id."""
        c, d = claim_table.c, document_table.c
        asked = sorted(set(claims))
        found: dict[tuple[str, str], str] = {}
        with self.case.read() as conn:
            for part in look.chunks(sorted({plain(document) for document, _ in asked})):
                named = conn.execute(select(d.seq, d.ident).where(d.ident.in_(part)))
                idents: dict[int, str] = {seq: ident for seq, ident in named}  # noqa: C416
                at = select(c.seq, c.claim, c.quote).where(
                    or_(false(), *(of_event(claim_table, seq) for seq in idents))
                )
                found |= {(idents[seq], claim): quote for seq, claim, quote in conn.execute(at)}
        return {x[1]: found[place] for x in asked if (place := (plain(x[0]), plain(x[1]))) in found}

    # --- addresses --------------------------------------------------------------------------------------------------

    def shared_names(self, names: Iterable[str]) -> set[str]:
        """Return those names that several documents carry."""
        d = document_table.c
        out: set[str] = set()
        with self.case.read() as conn:
            for part in look.chunks(sorted({plain(n) for n in names})):
                at = select(d.name).where(d.name.in_(part)).group_by(d.name).having(func.count() > 1)
                out |= set(conn.execute(at).scalars())
        return out

    def document_addresses(self, documents: Sequence[Document]) -> list[str]:
        """Return the pages of documents: by name where no other has it."""
        shared = self.shared_names(d.name for d in documents)
        return [f"/document/{segment(d.id if plain(d.name) in shared else d.name)}" for d in documents]

    def claim_addresses(self, claims: Sequence[Claim]) -> list[str]:
        """Return the pages of claims; where documents share a name, the address names the document too."""
        shared = self.shared_names(c.doc for c in claims)
        inside = [f"?in={segment(c.document)}" if plain(c.doc) in shared else "" for c in claims]
        return [f"/claim/{segment(c.id)}{rest}" for c, rest in zip(claims, inside, strict=True)]

    def document_address(self, document: Document) -> str:
        return self.document_addresses([document])[0]

    def claim_address(self, claim: Claim) -> str:
        return self.claim_addresses([claim])[0]

    def original_address(self, document: Document) -> str:
        return f"/original/{segment(document.id)}"


def _among(idents: Sequence[str]) -> ColumnElement[bool]:
    return document_table.c.ident.in_([plain(x) for x in idents])


def _judged(head: Head, decisions: tuple[Decision, ...]) -> Judged:
    by, _ = decided(decisions)
    states = dict.fromkeys([*by.accepted, *by.corrected], "reviewed") | dict.fromkeys(by.rejected, "rejected")
    return Judged(head, decisions, by, states, taken_back(decisions))


def segment(text: str) -> str:
    """Return a text as one part of an address; what is no character is replaced."""
    return quote(text, safe="", errors="replace")
