"""One raw input → its articles as documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from beleg.model import Document, Problem
from beleg.read.clean import Cleaned, clean
from beleg.read.detect import media_type
from beleg.read.expand import Budget, LimitError, expand, is_index
from beleg.read.extract import Extract, well_formed
from beleg.read.feed import read_feed
from beleg.read.given import Given
from beleg.read.html import read_html
from beleg.read.inputs import RawInput
from beleg.read.language import identify
from beleg.read.limits import DEFAULT, Limits
from beleg.read.mail import attachments, mails, read_mail
from beleg.read.ocr import PICTURES, read_picture
from beleg.read.office import DOCX, ODT, read_office
from beleg.read.outlets import outlet_of_address, outlet_of_name
from beleg.read.outlook import MSG, outlook_attachments, read_outlook
from beleg.read.pdf import read_pdf
from beleg.read.plain import read_markdown, read_plain
from beleg.read.published import decide_published
from beleg.read.rtf import read_rtf
from beleg.read.stamps import from_iso, is_instant
from beleg.read.tabular import read_rows
from beleg.read.warc import captures, is_packed_warc

__all__ = ["Given", "read_documents"]

WALLS = frozenset({"consent-wall", "offer"})  # rules of lines that stand where an article should
NOTHING_GIVEN = Given()

Reader = Callable[[RawInput, Limits], tuple[list[Extract], list[Problem]]]
Opener = Callable[[RawInput, Budget], Iterable[RawInput | Problem]]

READERS: dict[str, Reader] = {
    "text/plain": read_plain,
    "text/markdown": read_markdown,
    "text/html": read_html,
    "text/csv": read_rows,
    "application/json": read_rows,
    "application/jsonl": read_rows,
    "application/pdf": read_pdf,
    "application/rtf": read_rtf,
    "application/rss+xml": read_feed,
    "application/atom+xml": read_feed,
    "message/rfc822": read_mail,
    MSG: read_outlook,
    **dict.fromkeys(PICTURES, read_picture),
    DOCX: read_office,
    ODT: read_office,
}
ARCHIVES = frozenset(
    {"application/zip", "application/x-tar", "application/gzip", "application/x-bzip2", "application/x-xz"}
)


def read_documents(
    raw: RawInput,
    given: Given = NOTHING_GIVEN,
    limits: Limits = DEFAULT,
    originals: dict[str, bytes] | None = None,
) -> tuple[list[Document], list[Problem]]:
    """Read all articles of one input, in the order they stand in it; those of an archive in the archive's order.

    Args:
        raw: The input; its bytes decide what it is.
        given: What the user says of it.
        limits: What may be unpacked.
        originals: Where given, filled with the bytes of each document by its SHA-256; of a member of an archive these
            are not the archive's.

    Returns:
        The documents (none where the input is of a kind that is not read), and what was doubtful or left out.

    Raises:
        UsageError: ``given.published`` is no date.
    """
    return _read(raw, given, Budget(limits, originals=originals))


def _read(raw: RawInput, given: Given, budget: Budget) -> tuple[list[Document], list[Problem]]:
    if not raw.raw.strip(b"\0 \t\r\n\f\xef\xbb\xbf"):
        return [], [Problem("empty-file", f"{raw.path}: holds no text", raw.path, left_out=True)]
    kind = media_type(raw)
    members = _members(raw, kind, budget)
    if members is not None and kind not in READERS:
        return _read_members(raw, members, given, budget)
    reader = READERS.get(kind)
    if reader is None:
        message = f"{raw.path}: files of kind {kind} are not read; save it as text, HTML or PDF"
        return [], [Problem("kind-not-read", message, raw.path, left_out=True)]
    if reader is read_rows:
        extracts, found = read_rows(raw, budget.limits, given.columns or ())
    else:
        extracts, found = reader(raw, budget.limits)
    documents, problems = [], list(found)
    for n, extract in enumerate(map(well_formed, extracts), 1):
        document, doubts = _document(raw, given, extract, n if len(extracts) > 1 else 0)
        problems += [*extract.problems, *doubts]
        if document is not None:
            documents.append(document)
            if budget.originals is not None:
                budget.originals[raw.sha256] = raw.raw
    if len(documents) == 1:  # what was doubtful about the file is doubtful about its article
        name = documents[0].name
        problems = [replace(p, document=name) if p.document == raw.path and not p.left_out else p for p in problems]
    if members is not None:
        more, doubts = _read_members(raw, members, replace(given, doc=None, published=None), budget, beside=True)
        documents, problems = documents + more, problems + doubts
    return documents, problems


def _members(raw: RawInput, kind: str, budget: Budget) -> Iterable[RawInput | Problem] | None:
    """Return what lies in a container; None where the input is none."""
    if kind == "application/warc":
        return captures(raw, budget)
    if kind == "application/gzip" and is_packed_warc(raw.raw):
        return captures(raw, budget)
    if kind in ARCHIVES:
        return expand(raw, kind, budget)
    if kind == "application/mbox":
        return mails(raw, budget)
    if raw.depth >= budget.limits.depth:
        return None
    return {"message/rfc822": attachments, MSG: outlook_attachments}.get(kind, _none)(raw, budget)


def _none(raw: RawInput, budget: Budget) -> None:
    return None


def _read_members(
    raw: RawInput, members: Iterable[RawInput | Problem], given: Given, budget: Budget, *, beside: bool = False
) -> tuple[list[Document], list[Problem]]:
    documents: list[Document] = []
    problems: list[Problem] = []
    try:
        for member in members:
            if isinstance(member, Problem):
                problems.append(member)
            elif is_index(raw, member):
                continue
            else:
                found, doubts = _read(member, replace(given, doc=None, url=None), budget)
                documents += found
                problems += doubts
    except LimitError as e:
        problems.append(Problem("archive-limit", f"{raw.path}: {e}", raw.path, left_out=True))
    if not documents and not problems and not beside:  # a letter needs no attachments
        message = f"{raw.path}: nothing that can be read was found in it"
        problems.append(Problem("no-text", message, raw.path, left_out=True))
    if given.doc:
        names = [given.doc] if len(documents) == 1 else [f"{given.doc}-{n:02}" for n in range(1, len(documents) + 1)]
        documents = [replace(d, name=name) for d, name in zip(documents, names, strict=True)]
    return documents, problems


def _document(raw: RawInput, given: Given, extract: Extract, number: int) -> tuple[Document | None, list[Problem]]:
    stated = extract.stated
    name = given.doc or stated.name or raw.stem
    if number and (given.doc or not stated.name):
        name = f"{name}-{number:02}"
    cleaned = clean(extract.source, extract.paragraphs)
    if not cleaned.text:
        return None, [Problem("no-text", f"{raw.path}: no text was found in it", raw.path, left_out=True)]
    url = given.url or stated.url or raw.url
    shown = [(days, stated.shown)] if stated.shown and (days := from_iso(stated.shown)) else []
    is_wall = any(b.why in WALLS for b in cleaned.blocks) and not any(
        b.kind in ("body", "lead") for b in cleaned.blocks
    )
    captured = stated.captured or raw.captured
    stamps = [*shown, *cleaned.stamps]
    published, doubts = decide_published(name, given.published, stated.published, stamps, url, captured)
    if captured is not None and not is_instant(captured):
        message = f"captured is {captured!r}, not an instant like 2024-02-03T04:05:06Z; the page counts as not captured"
        doubts, captured = [*doubts, Problem("captured-unreadable", message, name)], None
    if is_wall:
        message = f"{name}: shows a consent or payment wall and no article; save it again behind the wall"
        doubts.append(Problem("page-is-a-wall", message, name))
    outlet = given.outlet or _outlet(stated.outlet, url)
    document = Document(
        name=name,
        path=raw.path,
        sha256=raw.sha256,
        media_type=extract.media_type,
        language=given.language or _language(cleaned, stated.language),
        title=stated.title or cleaned.title,
        outlet=outlet,
        authors=stated.authors or _authors(cleaned),
        published=published,
        text=cleaned.text,
        source_text=extract.source,
        map=cleaned.map,
        blocks=cleaned.blocks,
        url=url,
        captured=captured,
        encoding=extract.encoding,
        anchors=cleaned.anchors if any(cleaned.anchors) else (),
        capture=(*raw.fields, *extract.fields),
        boxes=extract.boxes,
    )
    return document, [replace(p, document=name) if p.document is None else p for p in doubts]


def _language(cleaned: Cleaned, stated: str | None) -> str | None:
    prose = [b for b in cleaned.blocks if b.kind in ("title", "lead", "heading", "body")]
    found = identify("\n".join(cleaned.text[b.span.start : b.span.end] for b in prose) or cleaned.text)
    return found or (stated[:2].casefold() if stated else None)


def _outlet(stated: str | None, url: str | None) -> str | None:
    by_name = outlet_of_name(stated) if stated else None
    by_address = outlet_of_address(url) if url else None
    if by_name or by_address:
        return (by_name or by_address).name  # type: ignore[union-attr]
    return stated


def _authors(cleaned: Cleaned) -> tuple[str, ...]:
    """Take the authors' bylines; where there are none, whoever else signs (editor, translator)."""
    writers = [b for b in cleaned.bylines if b.role == "author"] or list(cleaned.bylines)
    return tuple(dict.fromkeys(n for b in writers for n in b.names))
