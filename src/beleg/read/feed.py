"""RSS and Atom files → one article an entry, from what the entry itself holds."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]

from beleg.model import Problem
from beleg.read.extract import Extract, Stated
from beleg.read.inputs import RawInput
from beleg.read.limits import DEFAULT, Limits
from beleg.read.page import parse_page
from beleg.read.pagefields import split_authors
from beleg.read.pageunits import read_units
from beleg.read.paragraphs import Paragraph, Run
from beleg.read.safexml import RefusedXmlError, local, parse_xml

TEXTS = ("encoded", "content", "description", "summary")  # the fullest first
DATES = ("pubDate", "published", "date", "issued", "updated")
AUTHORS = ("creator", "author")


def read_feed(raw: RawInput, limits: Limits = DEFAULT) -> tuple[list[Extract], list[Problem]]:
    """Read the entries of a feed, in its order."""
    try:
        root = parse_xml(raw.raw, limits.xml_levels)
    except RefusedXmlError as e:
        return [], [Problem("feed-broken", f"{raw.path}: {e}", raw.path, left_out=True)]
    outlet = _outlet(root)
    out: list[Extract] = []
    problems: list[Problem] = []
    for entry in root.iter():
        if local(entry) not in ("item", "entry"):
            continue
        extract = _entry(entry, outlet)
        if extract is None:
            where = _child(entry, ("title",)) or "an entry"
            message = f"{raw.path}: '{where}' holds no text; fetch its page to read it"
            problems.append(Problem("no-text", message, raw.path, left_out=True))
        else:
            out.append(extract)
    if not out and not problems:
        problems.append(Problem("no-text", f"{raw.path}: the feed has no entries", raw.path, left_out=True))
    return out, problems


def entry_links(data: bytes, url: str) -> tuple[list[str], list[Problem]]:
    """Return the addresses of a feed's entries, in its order, and a problem where it cannot be read."""
    try:
        root = parse_xml(data)
    except RefusedXmlError as e:
        return [], [Problem("feed-broken", f"{url}: {e}", url, left_out=True)]
    links = [link for entry in root.iter() if local(entry) in ("item", "entry") and (link := _link(entry))]
    return list(dict.fromkeys(urljoin(url, link) for link in links)), []


def _entry(entry: etree._Element, outlet: str | None) -> Extract | None:
    title = _child(entry, ("title",))
    body = next((t for name in TEXTS if (t := _child(entry, (name,)))), "")
    parts = [title] if title else []
    kinds = ["title"] if title else []
    for text in _paragraphs(body):
        if text != title:
            parts.append(text)
            kinds.append("")
    if len(parts) <= bool(title):
        return None
    paragraphs = []
    at = 0
    for text, kind in zip(parts, kinds, strict=True):
        paragraphs.append(Paragraph((Run(at, at + len(text), ""),), kind, "feed" if kind else ""))
        at += len(text) + 2
    date = _child(entry, DATES)
    names = [t for e in entry if local(e) in AUTHORS and (t := _name(e))]
    stated = Stated(
        title=title or None,
        outlet=outlet,
        authors=split_authors(names),
        published=(_iso(date),) if date else (),
        url=_link(entry),
    )
    return Extract("\n\n".join(parts), tuple(paragraphs), "application/rss+xml", stated)


def _paragraphs(body: str) -> list[str]:
    """Cut an entry's HTML into paragraphs."""
    page = parse_page(f"<html><body>{body}</body></html>") if body.strip() else None
    return [u.text for u in read_units(page)] if page else []


def _child(entry: etree._Element, names: tuple[str, ...]) -> str:
    for name in names:
        for element in entry:
            if local(element) == name:
                text = "".join(element.itertext()).strip()
                if element.get("type") == "xhtml":
                    text = "".join(etree.tostring(c, encoding="unicode") for c in element)
                if text:
                    return text if name in TEXTS else " ".join(text.split())
    return ""


def _name(element: etree._Element) -> str:
    inner = next((c for c in element if local(c) == "name"), element)
    return " ".join("".join(inner.itertext()).split())


def _link(entry: etree._Element) -> str | None:
    for element in entry:
        if local(element) == "link" and element.get("rel", "alternate") == "alternate":
            return element.get("href") or (element.text or "").strip() or None
    return None


def _outlet(root: etree._Element) -> str | None:
    channel = next((e for e in root.iter() if local(e) in ("channel", "feed")), None)
    return (_child(channel, ("title",)) or None) if channel is not None else None


def _iso(date: str) -> str:
    try:
        return parsedate_to_datetime(date).isoformat()
    except (ValueError, TypeError):
        return date
