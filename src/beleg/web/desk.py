"""What the pages look at: one open case, its ledger computed once per state of the log.

SQLite and the ledger are asked by one request at a time (``Desk.lock``); the pages run in threads beside the server.
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import quote

from beleg.ledger.build import build_ledger
from beleg.ledger.values import Ledger, Matter
from beleg.model import Claim, Document, Problem
from beleg.store import look
from beleg.store.case import Case
from beleg.store.look import Wanted


@dataclass(frozen=True, slots=True)
class Content:
    """The case as it stood at one head of its log."""

    head: str
    ledger: Ledger
    problems: tuple[Problem, ...]  # of the ledger
    matter_of: dict[tuple[str, str], str]  # document and claim id -> matter
    names: Counter[str]  # how many documents carry a name


@dataclass(slots=True)
class Desk:
    """A case on the table."""

    case: Case
    lock: threading.RLock = field(default_factory=threading.RLock)
    _content: Content | None = None

    def content(self) -> Content:
        """Return ledger and lookups, computed anew when anything was added to the log."""
        with self.lock:
            head = self.case.head().hash
            if self._content is None or self._content.head != head:
                documents = self.case.documents()
                ledger, problems = build_ledger(documents, self.case.claims(), self.case.decisions())
                placed = {(c.document, c.id): m.id for m in ledger.matters for c in m.claims}
                names = Counter(d.name for d in documents)
                self._content = Content(head, ledger, tuple(problems), placed, names)
            return self._content

    def matter(self, id: str) -> Matter | None:
        return self.content().ledger.matter(id)

    def documents(self) -> dict[str, Document]:
        return dict(self.content().ledger.documents)

    def find_document(self, name_or_id: str) -> list[Document]:
        """Return the documents with this name or id."""
        known = self.content().ledger.documents
        if name_or_id in known:
            return [known[name_or_id]]
        return [d for d in known.values() if d.name == name_or_id]

    def find_claims(self, claim_id: str, document: str | None = None) -> list[Claim]:
        """Return the claims with this id; several only where documents share a name."""
        found = self.claims(Wanted(document=document or claim_id.rpartition("#")[0]))
        return [c for c in found if c.id == claim_id]

    def claims(self, wanted: Wanted, limit: int | None = None, offset: int = 0) -> list[Claim]:
        """Return claims by document name, then in text order, or a page of them."""
        with self.lock, self.case.read() as conn:
            return look.claims(conn, wanted, limit, offset)

    def document_address(self, document: Document) -> str:
        """Return the page of a document: by its name where no other has it."""
        unique = self.content().names[document.name] == 1
        return f"/document/{segment(document.name if unique else document.id)}"

    def original_address(self, document: Document) -> str:
        return f"/original/{segment(document.id)}"

    def claim_address(self, claim: Claim) -> str:
        address = f"/claim/{segment(claim.id)}"
        if self.content().names[claim.doc] > 1:
            address += f"?in={segment(claim.document)}"
        return address


def segment(text: str) -> str:
    """Return a text as one part of an address; what is no character is replaced."""
    return quote(text, safe="", errors="replace")
