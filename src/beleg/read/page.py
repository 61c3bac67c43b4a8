"""An HTML page as a tree, with what it says about itself in JSON-LD, OpenGraph and other fields."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement, HTMLParser, document_fromstring  # type: ignore[import-untyped]

ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|NewsStory|ClaimReview|LiveBlog\w*)$")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
MAX_LD_NODES = 20_000
TITLED = 0.5  # share of the shorter title's words that two titles of one article share at least
_TELLING = ("headline", "datePublished", "author")
_WORD = re.compile(r"\w{3,}")


@dataclass(frozen=True)
class Page:
    """A parsed page; ``tree`` is its root element."""

    tree: HtmlElement

    @cached_property
    def meta(self) -> Mapping[str, tuple[str, ...]]:
        """Values of meta fields by lower-case property, name or itemprop, in document order."""
        found: dict[str, list[str]] = {}
        for element in self.tree.iter("meta"):
            content = (element.get("content") or "").strip()
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                key = (element.get(attribute) or "").strip().casefold()
                if key and content:
                    found.setdefault(key, []).append(content)
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def named(self) -> Mapping[str, tuple[str, ...]]:
        """Values of meta fields by name or property alone; an itemprop may belong to a picture."""
        found: dict[str, list[str]] = {}
        for element in self.tree.iter("meta"):
            key = (element.get("name") or element.get("property") or "").strip().casefold()
            if key and (content := (element.get("content") or "").strip()):
                found.setdefault(key, []).append(content)
        return {k: tuple(v) for k, v in found.items()}

    def first(self, *keys: str) -> str | None:
        """Return the first value of the first of these fields that there is."""
        return next((self.meta[k][0] for k in keys if k in self.meta), None)

    @cached_property
    def linked_data(self) -> tuple[Mapping[str, Any], ...]:
        """All JSON-LD objects of the page, outer before inner, in document order."""
        out: list[Mapping[str, Any]] = []
        for script in self.tree.iter("script"):
            if "ld+json" in (script.get("type") or "").casefold():
                out += _objects(_loaded(script.text or ""))
        return tuple(out)

    @cached_property
    def article(self) -> Mapping[str, Any]:
        """The JSON-LD object that describes the article; empty where there is none, or only other articles' objects.

        Pages describe those they link to as well: the one with the page's address or title is its own, else, where
        several are described, none.
        """
        objects = [o for o in self.linked_data if any(ARTICLE_TYPES.search(t) for t in types_of(o))]
        ranked = [(self._is_here(o), self._is_titled(o), sum(k in o for k in _TELLING), o) for o in objects]
        best = max(ranked, key=lambda r: r[:3], default=(False, False, 0, {}))
        known = best[0] or best[1] or not self._titles
        return best[3] if known or (len(objects) == 1 and not _addresses(best[3])) else {}

    @cached_property
    def _titles(self) -> list[set[str]]:
        """Words of what the page calls itself."""
        element = self.tree.find(".//title")
        texts = [self.first("og:title") or "", element.text_content() if element is not None else ""]
        texts += [h.text_content() for h in self.tree.iter("h1")][:3]
        return [words for t in texts if (words := set(_WORD.findall(html.unescape(t).casefold())))]

    def _is_here(self, o: Mapping[str, Any]) -> bool:
        links = self.tree.xpath('//link[@rel="canonical"]/@href')
        here = {_bare(a) for a in (*links, self.first("og:url")) if a}
        return any(_bare(a) in here for a in _addresses(o))

    def _is_titled(self, o: Mapping[str, Any]) -> bool:
        words = set(_WORD.findall(plain(o.get("headline") or o.get("name")).casefold()))
        return bool(words) and any(len(words & t) >= TITLED * min(len(words), len(t)) for t in self._titles)

    def by_id(self, value: Any) -> Any:
        """Follow a JSON-LD reference ({"@id": …}) to the object that has that id."""
        if isinstance(value, Mapping) and set(value) == {"@id"}:
            same = (o for o in self.linked_data if o.get("@id") == value["@id"] and len(o) > 1)
            return next(same, value)
        return value


def _addresses(o: Mapping[str, Any]) -> list[str]:
    """Return the addresses that an object gives as its own."""
    values = [o.get("url"), o.get("mainEntityOfPage"), o.get("@id")]
    values = [v.get("@id") or v.get("url") if isinstance(v, Mapping) else v for v in values]
    return [v for v in values if isinstance(v, str) and "/" in v]


def _bare(address: str) -> str:
    """Return an address without scheme, "www.", query, fragment and closing slash."""
    return re.sub(r"^https?://(?:www\.)?|[?#].*$", "", address.strip()).rstrip("/").casefold()


def types_of(o: Mapping[str, Any]) -> list[str]:
    kinds = o.get("@type") or []
    return [k for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)]


def declared_charset(data: bytes) -> str | None:
    m = _CHARSET.search(data[:8192])
    return m[1].decode("ascii") if m else None


def parse_page(text: str) -> Page | None:
    """Parse decoded HTML; None where there is no element in it."""
    text = _XML_DECLARATION.sub("", text.replace("\0", " "))
    parser = HTMLParser(huge_tree=False, remove_pis=True, remove_comments=True)
    try:
        return Page(document_fromstring(text, parser=parser))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _loaded(text: str) -> Any:
    """Read JSON as pages write it: in CDATA or comments, with line breaks in strings, with a stray comma."""
    text = re.sub(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*;?\s*$", "", text.strip())
    for candidate in (text, re.sub(r",\s*([}\]])", r"\1", text), html.unescape(text)):
        try:
            return json.loads(candidate, strict=False)
        except (json.JSONDecodeError, RecursionError):
            continue
    return None


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    pending = [value]
    seen = 0
    while pending and seen < MAX_LD_NODES:
        here = pending.pop(0)
        seen += 1
        if isinstance(here, Mapping):
            yield here
            pending[:0] = [v for v in here.values() if isinstance(v, (Mapping, list))]
        elif isinstance(here, list):
            pending[:0] = [v for v in here if isinstance(v, (Mapping, list))]


def stated_body(page: Page) -> list[str]:
    """Return the paragraphs of the text that JSON-LD states as the article's body; it may hold HTML."""
    body = page.article.get("articleBody")
    if not isinstance(body, str):
        return []
    text = html.unescape(body)
    if re.search(r"</?(?:p|br|div)\b", text):
        inner = parse_page(re.sub(r"</p>|<br\s*/?>|</div>", "\n", text))
        text = inner.tree.text_content() if inner else ""
    lines = (" ".join(re.split(r"[ \t\r\f\v]+", line)).strip() for line in text.split("\n"))
    return [line for line in lines if line]


def plain(value: Any) -> str:
    """Turn a JSON-LD or meta value into one line of text without entities."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return " ".join(html.unescape(html.unescape(str(value))).split()) if isinstance(value, (str, int, float)) else ""
