"""XML that strangers wrote: no document types, no entities, no network, bounded depth."""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]

from beleg.read.limits import DEFAULT

_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class RefusedXmlError(Exception):
    """XML that is not read; the text says why."""


def parse_xml(data: bytes, levels: int = DEFAULT.xml_levels) -> etree._Element:
    """Parse XML and return its root.

    Raises:
        RefusedXmlError: it has a document type or entities, nests deeper than ``levels``, or is not well formed.
    """
    narrow = data.replace(b"\0", b"")  # UTF-16 spells the mark with zeros between
    if _DOCTYPE.search(narrow):
        raise RefusedXmlError("has a document type or entities, which are not read")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as e:
        raise RefusedXmlError(f"is not well formed: {e}") from e
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > levels:
            raise RefusedXmlError(f"nests deeper than {levels} levels")
    return root


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; "" for comments."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
