"""The title of a page's article, chosen among what the page offers, without the site's name.

Sites put their name behind or before the title in any form ("… | Beispielblatt", "… - Politik - beispielblatt.de");
what their name is the page says itself, in its fields, its address and its links home.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from beleg.read.outlets import outlet_of_address, outlet_of_name
from beleg.read.page import Page, plain, types_of
from beleg.read.stamps import stamp_line

SAME = 0.9  # word F1 from which two titles are one
ALIKE = 0.6  # share of the longer name that the shorter must be: "Spiegel", "DER SPIEGEL"
MIN_WORD = 4  # letters; shorter words of a site's name are those of any name
MAX_SITE = 60  # characters of a site's name
MAX_TAIL = 40  # characters behind the heading that are no part of the title, whatever they are
_BETWEEN = r"\s+(?:[|–—\-:·»«•>/~]|::|//|\|\|)\s+"
_SUFFIX = re.compile(rf"{_BETWEEN}(?=[^|–—·»«•]{{2,{MAX_SITE}}}$)")
_PREFIX = re.compile(rf"(?P<name>[^|–—·»:]{{2,{MAX_SITE}}}?)(?:{_BETWEEN}|:\s+)")
_TAIL = re.compile(rf"\s+[|–—·»-]\s+.{{2,{MAX_TAIL}}}")
_HOST = re.compile(r"(?:www\.)?[\w-]{2,40}(?:\.[\w-]{2,20})?\.[a-z]{2,6}", re.IGNORECASE)
_ORGANISATION = re.compile(r"Organization$|WebSite$|Publication$|Newspaper$|Corporation$")
_HOME = frozenset({"/", "#", "./", "index.html", "/index.html"})
_KICKER = re.compile(r"kicker|overline|topline|roof|dachzeile|eyebrow|prefix")


@dataclass(frozen=True, slots=True)
class Site:
    """What a page calls its site and its departments, folded."""

    names: frozenset[str]
    sections: frozenset[str]

    def is_name(self, text: str) -> bool:
        """Tell whether a stretch of a title is the site's name."""
        key = folded(text)
        if not key or len(text) > MAX_SITE:
            return False
        if key in self.names or outlet_of_name(text) is not None or _HOST.fullmatch(text.strip()):
            return True
        close = key.replace(" ", "")
        if any(_alike(close, n.replace(" ", "")) for n in self.names):
            return True
        own = {w for n in self.names for w in n.split() if len(w) > MIN_WORD}
        return sum(len(w) for w in key.split() if w in own) >= ALIKE * len(close)


def _alike(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return len(short) >= 3 and short in long and len(short) >= ALIKE * len(long)


def site_of(page: Page, url: str | None = None) -> Site:
    """Collect the names of the page's site: fields, publisher, address, links home."""
    keys = ("og:site_name", "application-name", "publisher", "copyright", "twitter:site", "dc.publisher",
            "apple-mobile-web-app-title", "article:publisher", "parsely-publisher")  # fmt: skip
    names = [v for k in keys for v in page.meta.get(k, ()) if len(v) <= MAX_SITE]
    for o in page.linked_data:
        if any(_ORGANISATION.search(t) for t in types_of(o)):
            names += [plain(o.get("name")), plain(o.get("alternateName"))]
    addresses = [page.first("og:url"), url, *(e.get("href") for e in page.tree.xpath('//link[@rel="canonical"]'))]
    for address in filter(None, addresses):
        host = re.sub(r"^https?://(?:www\d?\.|m\.|amp\.)?", "", address).split("/", 1)[0]
        names += [host, host.rsplit(".", 1)[0]]
        if (outlet := outlet_of_address(address)) is not None:
            names += [outlet.name, *outlet.aliases]
    names += list(_home_links(page))
    sections = [*page.meta.get("article:section", ()), plain(page.article.get("articleSection"))]
    sections += [plain(o.get("name")) for o in page.linked_data if "ListItem" in types_of(o)]
    return Site(
        frozenset(k for n in names if (k := folded(n))) - {"www"}, frozenset(k for s in sections if (k := folded(s)))
    )


def _home_links(page: Page) -> Iterator[str]:
    for link in page.tree.iter("a"):
        if (link.get("href") or "").strip() in _HOME:
            texts = [link.text_content(), link.get("title") or "", *(i.get("alt") or "" for i in link.iter("img"))]
            yield from (t for t in texts if 2 < len(t.strip()) <= MAX_TAIL)


def read_title(page: Page, url: str | None = None) -> str | None:
    """Choose the title among OpenGraph, JSON-LD, the page's heading and ``<title>``.

    OpenGraph's is the one outlets tend best. It yields where the heading and JSON-LD agree on another and ``<title>``
    goes with OpenGraph (a search title) or is the fuller one, and where JSON-LD and ``<title>`` agree on another than
    all headings.
    """
    site = site_of(page, url)
    og = cut(page.first("og:title", "twitter:title"), site)
    linked = cut(plain(page.article.get("headline")), site)
    heading = _heading(page, site)
    element = page.tree.find(".//title")
    window = cut(element.text_content() if element is not None else None, site)
    social = cut(page.first("twitter:title"), site) or og
    if not og:
        if linked and _same(linked, window) and not _same(linked, heading):
            return linked
        other = cut(page.first("parsely-title", "sailthru.title", "dc.title", "dcterms.title"), site)
        return heading or linked or other or window or None
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
    behind = heading and og.startswith(heading) and _TAIL.fullmatch(og[len(heading) :])
    return heading if behind and not _same(linked, og) else og


def cut(title: str | None, site: Site) -> str:
    """Cut the site's name, departments and a date off a title's end, and the site's name off its beginning."""
    text = plain(title or "")
    named = False
    while (m := _last(_SUFFIX, text)) is not None:
        tail = text[m.end() :]
        if site.is_name(tail):
            named = True
        elif not (named and folded(tail) in site.sections) and stamp_line(tail) is None:
            break
        text = text[: m.start()]
    m = _PREFIX.match(text)
    if m is not None and (folded(m["name"]) in site.names if ":" in m.group() else site.is_name(m["name"])):
        text = text[m.end() :]
    return text.strip()


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007
        pass
    return found


def folded(text: str) -> str:
    """Return the words of a name in lower case, signs left out."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _same(a: str, b: str) -> bool:
    x, y = Counter(folded(a).split()), Counter(folded(b).split())
    total = sum(x.values()) + sum(y.values())
    return total > 0 and 2 * sum((x & y).values()) / total >= SAME


def _kicker(page: Page) -> str:
    """Return what stands above the title proper in the page's heading, or ""."""
    return next((kicker for h in page.tree.iter("h1") if (kicker := _heading_parts(h)[0])), "")


def _heading(page: Page, site: Site) -> str:
    """Return the page's first heading that has words and is not the site's name, without its kicker."""
    for heading in page.tree.iter("h1"):
        text = _heading_parts(heading)[1]
        home = any((a.get("href") or "").strip() in _HOME for a in heading.iter("a"))
        if len(text.split()) > 1 and not home and not site.is_name(text):
            return text
    return ""


def _heading_parts(heading: HtmlElement) -> tuple[str, str]:
    """Split a heading into kicker and title: a kicker is the first of its parts, with a class that says so."""
    whole = " ".join(heading.text_content().split())
    if (heading.text or "").strip():
        return "", whole
    parts = [c for c in heading.iter() if isinstance(c.tag, str) and c is not heading and c.text_content().strip()]
    for part in parts:
        if _KICKER.search((part.get("class") or "").casefold()):
            kicker = " ".join(part.text_content().split())
            rest = re.sub(r"^[\s:–—-]+", "", whole[len(kicker) :]) if whole.startswith(kicker) else whole
            if len(rest.split()) > 1:
                return kicker, rest
    return "", whole
