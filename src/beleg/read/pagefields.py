"""What a page says of its article: title, authors, dates, outlet, address.

Several fields say the same thing in their own way; each function names its order and why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from beleg.read.bylines import read_byline
from beleg.read.extract import Stated
from beleg.read.page import Page, plain, types_of
from beleg.read.rules import conjunctions
from beleg.read.stamps import from_iso, stamp_line

SAME = 0.9  # word F1 from which two titles are one
MAX_NAME = 60
_SUFFIX = re.compile(r"\s+[|–—\-:·»]\s+(?=[^|–—·»]{2,60}$)")
_SITE = re.compile(r"[^|–—·»]{2,60}\s+[|]\s+")
_TAIL = re.compile(r"\s+[|–—·»-]\s+.{2,40}")  # a site's name behind the heading
_INITIALS = re.compile(r"\s*\([^)]{1,8}\)")
_ADDRESS = re.compile(r"https?://|www\.|@")
_PUBLISHED_KEY = re.compile(r"publi(?:sh|cation).*(?:time|date)|(?:time|date).*publi(?:sh|cation)")
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


def read_title(page: Page) -> str | None:
    """Choose the title among OpenGraph, JSON-LD, the page's heading and ``<title>``.

    OpenGraph's is the one outlets tend best. It yields where the heading and JSON-LD agree on another and ``<title>``
    goes with OpenGraph (a search title) or is the fuller one, and where JSON-LD and ``<title>`` agree on another than
    all headings.
    """
    names = _site_names(page, read_outlet(page))
    og = _cut(page.first("og:title", "twitter:title"), names)
    linked = _cut(plain(page.article.get("headline")), names)
    heading = _heading(page)
    element = page.tree.find(".//title")
    window = _cut(element.text_content() if element is not None else None, names)
    social = _cut(page.first("twitter:title"), names) or og
    if not og:
        return heading or linked or window or None
    if heading and linked and _same(heading, linked) and not _same(heading, og):
        if _same(window, og):
            return heading
        all_against = _same(window, heading) and _same(social, heading) and og.casefold() not in heading.casefold()
        return heading if all_against and len(heading) > len(og) else og
    if linked and _same(linked, window) and not _same(linked, og) and not _same(linked, heading):
        return linked
    kicker = _kicker(page).casefold()
    if kicker and og.casefold().endswith(heading.casefold()) and kicker not in og.casefold():
        return heading
    return heading if heading and _TAIL.fullmatch(og[len(heading) :]) and og.startswith(heading) else og


def _cut(title: str | None, names: frozenset[str]) -> str:
    """Cut the site's name and a date off a title's end, and the site's name off its beginning."""
    text = plain(title or "")
    while (m := _last(_SUFFIX, text)) is not None:
        tail = _key(text[m.end() :])
        if tail not in names and stamp_line(text[m.end() :]) is None:
            break
        text = text[: m.start()]
    m = _SITE.match(text)
    if m and any(n in _key(m.group()) or _key(m.group()) in n for n in names if len(n) > 3):
        text = text[m.end() :]
    return text.strip()


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007
        pass
    return found


def _site_names(page: Page, outlet: str | None) -> frozenset[str]:
    names = {_key(outlet or ""), *(_key(v) for k in ("og:site_name", "application-name", "publisher", "copyright",
             "twitter:site", "apple-mobile-web-app-title") for v in page.meta.get(k, ()))}  # fmt: skip
    address = page.first("og:url") or ""
    host = re.sub(r"^https?://(?:www\d?\.)?", "", address).split("/", 1)[0]
    names |= {_key(host), _key(host.rsplit(".", 1)[0])}
    return frozenset(n for n in names if n)


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _same(a: str, b: str) -> bool:
    x, y = Counter(re.findall(r"\w+", a.casefold())), Counter(re.findall(r"\w+", b.casefold()))
    total = sum(x.values()) + sum(y.values())
    return total > 0 and 2 * sum((x & y).values()) / total >= SAME


def _kicker(page: Page) -> str:
    """Return what stands above the title proper in the page's heading, or ""."""
    return next((kicker for h in page.tree.iter("h1") if (kicker := _heading_parts(h)[0])), "")


def _heading(page: Page) -> str:
    """Return the page's first heading that has words, without the kicker that some put into it."""
    for heading in page.tree.iter("h1"):
        text = _heading_parts(heading)[1]
        if len(text.split()) > 1:
            return text
    return ""


def _heading_parts(heading: HtmlElement) -> tuple[str, str]:
    """Split a heading into kicker and title: a kicker is the first of its parts, with a class that says so."""
    whole = " ".join(heading.text_content().split())
    if (heading.text or "").strip():
        return "", whole
    parts = [c for c in heading.iter() if isinstance(c.tag, str) and c is not heading and c.text_content().strip()]
    for part in parts:
        label = (part.get("class") or "").casefold()
        if re.search(r"kicker|overline|topline|roof|dachzeile|eyebrow|prefix", label):
            kicker = " ".join(part.text_content().split())
            rest = re.sub(r"^[\s:–—-]+", "", whole[len(kicker) :]) if whole.startswith(kicker) else whole
            if len(rest.split()) > 1:
                return kicker, rest
    return "", whole


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
    meta = split_authors(v for k in ("author", "article:author", "parsely-author", "dc.creator", "dcterms.creator",
                  "sailthru.author", "cxenseparse:author") for v in page.named.get(k, ())[:6])  # fmt: skip
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
            if name and len(name) <= MAX_NAME and not _ADDRESS.search(name) and name[0] not in "([":
                out.append(name)
    return tuple({_key(n): n for n in reversed(out) if _key(n)}.values())[::-1]


def _is_house(page: Page, name: str) -> bool:
    """Tell whether an author is the outlet itself."""
    publisher = page.by_id(page.article.get("publisher"))
    house = _key(plain(publisher.get("name")) if isinstance(publisher, Mapping) else "")
    site = _key(page.first("og:site_name") or "")
    key = _key(name)
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
    marked = page.tree.xpath('//*[@itemprop="datePublished"]')[:2]
    values += [e.get("content") or e.get("datetime") or " ".join(e.text_content().split()) for e in marked]
    times = page.tree.xpath("//article//time | //main//time | //header//time")[:1] or page.tree.xpath("//time")[:1]
    values += [e.get("datetime") or " ".join(e.text_content().split()) for e in times]
    return tuple(dict.fromkeys(v for v in values if v and from_iso(v) is not None))


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
