"""What a page says of its article: title, authors, dates, outlet, address.

Several fields say the same thing in their own way; each function names its order and why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from beleg.read.bylines import read_byline
from beleg.read.extract import Stated
from beleg.read.page import Page, plain, types_of
from beleg.read.pagetitle import folded
from beleg.read.rules import conjunctions, names_role
from beleg.read.stamps import from_iso, is_update

MAX_NAME = 60
_INITIALS = re.compile(r"\s*\([^)]{1,8}\)")
_TURNED = re.compile(r"([^\s,]+(?:\s[^\s,]+)?),\s([^\s,]+(?:\s[^\s,]+)?)")  # "Muster, Karla", as catalogues write
_ADDRESS = re.compile(r"https?://|www\.|@")
_PUBLISHED_KEY = re.compile(r"publi(?:sh|cation).*(?:time|date)|(?:time|date).*publi(?:sh|cation)")
_CHANGED = re.compile(r"updat|modif|aktualis|changed")
MAX_DATE = 120
_LABEL = re.compile(r"^\W*(?:\w+:\s+)")


def read_fields(page: Page, url: str | None, title: str | None, shown: tuple[str, ...]) -> Stated:
    """Collect the fields of a page; ``url`` is where it was found, for addresses that are relative."""
    address = _address(page, url)
    return Stated(
        title=title,
        outlet=read_outlet(page),
        authors=read_authors(page, shown),
        language=_language(page),
        published=read_dates(page),
        url=address,
    )


def read_authors(page: Page, shown: tuple[str, ...]) -> tuple[str, ...]:
    """Return the authors: JSON-LD, then meta fields, then those the page shows; persons before houses.

    Args:
        page: The page.
        shown: Names read around the heading.
    """
    linked = _names_of(page, page.article.get("author")) or _names_of(page, page.article.get("creator"))
    if linked and not all(_is_house(page, n) for n in linked):
        return linked
    for label, value in (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")):
        byline = read_byline(f"{page.first(label) or ''} {page.first(value) or ''}")
        if byline is not None and byline.role == "author":
            return byline.names
    meta = split_authors(v for k in ("author", "article:author", "parsely-author", "sailthru.author",
                  "cxenseparse:author") for v in page.named.get(k, ())[:6])  # fmt: skip
    catalogued = (v for k in ("citation_author", "dc.creator", "dcterms.creator") for v in page.named.get(k, ())[:9])
    meta = meta or split_authors(_TURNED.sub(r"\2 \1", v) for v in catalogued)
    named = tuple(n for n in meta if " " in n and not _is_house(page, n))
    if linked:
        return named or shown or linked
    return named or shown or _marked_names(page) or meta


def _names_of(page: Page, value: Any) -> tuple[str, ...]:
    names: list[Any] = []
    for one in value if isinstance(value, list) else [value]:
        one = page.by_id(one)
        if isinstance(one, Mapping):
            names += one["name"] if isinstance(one.get("name"), list) else [one.get("name")]
        else:
            names.append(one)
    return split_authors(n for n in names if isinstance(n, str))


def split_authors(values: Any) -> tuple[str, ...]:
    """Split fields that name several persons; addresses are no names."""
    joint = "|".join(map(re.escape, sorted(conjunctions())))
    out: list[str] = []
    for value in values:
        byline = read_byline(plain(value))
        if byline is not None and byline.role == "author":
            out += byline.names
            continue
        for part in re.split(rf"\s*[,;|]\s*|\s+(?:{joint})\s+", _INITIALS.sub("", plain(value))):
            name = part.strip(" .·–-")
            if out and names_role(name):
                continue  # the office of the one before
            if name and len(name) <= MAX_NAME and not _ADDRESS.search(name) and name[0] not in "([":
                out.append(name)
    return tuple({folded(n): n for n in reversed(out) if folded(n)}.values())[::-1]


def _is_house(page: Page, name: str) -> bool:
    """Tell whether an author is the outlet itself."""
    publisher = page.by_id(page.article.get("publisher"))
    house = folded(plain(publisher.get("name")) if isinstance(publisher, Mapping) else "")
    site = folded(page.first("og:site_name") or "")
    key = folded(name)
    return bool(key) and any(n and (key in n or n in key) for n in (house, site))


def _marked_names(page: Page) -> tuple[str, ...]:
    """Read names from elements that say they are the author's, outside links to other articles."""
    for path in (
        '//*[@itemprop="author"]//*[@itemprop="name"]',
        '//*[@itemprop="author"]',
        '//a[@rel="author"]',
        '//article//a[contains(@href, "/author/") or contains(@href, "/autor")]',
    ):
        for element in page.tree.xpath(path)[:4]:
            text = " ".join((element.get("content") or element.text_content()).split())
            names = split_authors([_LABEL.sub("", text)])
            if names and all(2 <= len(n) <= 40 for n in names):
                return names
    return ()


def read_dates(page: Page) -> tuple[str, ...]:
    """Return raw publication dates, the most trusted first: JSON-LD, meta fields, marked elements, ``<time>``."""
    values = [plain(page.article.get("datePublished"))]
    values += [plain(o.get("datePublished")) for o in page.linked_data if "WebPage" in types_of(o)]
    keys = ["article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
            "dcterms.date", "dcterms.created", "parsely-pub-date", "pubdate", "sailthru.date"]  # fmt: skip
    keys += [k for k in page.meta if _PUBLISHED_KEY.search(k)]
    for key in keys:
        values += page.meta.get(key, ())[:1]
    marked = _own(page, page.tree.xpath('//*[@itemprop="datePublished"]'))
    times = _own(page, page.tree.xpath("//time"))
    for element in (*marked[:2], *times[:1]):
        values.append(
            element.get("content") or element.get("datetime") or " ".join(element.text_content().split())[:MAX_DATE]
        )
    return tuple(dict.fromkeys(v for v in values if v and from_iso(v) is not None))


def _own(page: Page, elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Return the elements that date this article, the nearest to its heading first, changes last."""
    heading = next(page.tree.iter("h1"), None)
    titled = set(heading.iterancestors("article")) if heading is not None else set()
    places = {e: i for i, e in enumerate(page.tree.iter())}
    found = []
    for element in elements:
        if next(element.iterancestors("nav", "aside", "footer"), None) is not None:
            continue
        if titled and not titled & set(element.iterancestors("article")):
            continue
        label = f"{element.get('class') or ''} {element.get('itemprop') or ''}".casefold()
        parent = element.getparent()
        changed = _CHANGED.search(label) and "publi" not in label
        late = bool(changed or (parent is not None and is_update(parent.text_content()[:MAX_DATE])))
        found.append((late, abs(places[element] - places.get(heading, 0)), element))
    return [e for _, _, e in sorted(found, key=lambda f: f[:2])]


def read_outlet(page: Page) -> str | None:
    publisher = page.by_id(page.article.get("publisher"))
    name = plain(publisher.get("name")) if isinstance(publisher, Mapping) else ""
    return plain(page.first("og:site_name") or "") or name or plain(page.first("application-name") or "") or None


def _language(page: Page) -> str | None:
    stated = (
        page.tree.get("lang") or page.first("content-language", "og:locale") or plain(page.article.get("inLanguage"))
    )
    return stated[:2].casefold() if stated and stated[:2].isalpha() else None


def _address(page: Page, url: str | None) -> str | None:
    links = page.tree.xpath('//link[@rel="canonical"][@href]')
    address = (links[0].get("href") if links else None) or page.first("og:url")
    if not address:
        return url
    return urljoin(url, address) if url else address
