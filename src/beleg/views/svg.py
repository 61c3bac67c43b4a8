"""The few shapes that drawings are made of, as SVG text: the same numbers give the same letters.

Attributes rather than styles, which a page's content security policy would leave out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

__all__ = [
    "BAND",
    "FAINT",
    "FONT",
    "INK",
    "PALETTE",
    "attribute",
    "document",
    "escape",
    "line",
    "n",
    "path",
    "rect",
    "text",
]

# Okabe and Ito's eight, without black: told apart with colour-blind eyes (jfly.uni-koeln.de/color).
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7A6A00")
INK, FAINT, BAND = "#222222", "#666666", "#d9e4ec"
FONT = "system-ui,'DejaVu Sans',sans-serif"


def document(
    width: int, height: int, title: str, description: str, parts: Iterable[str], *, links: bool = False
) -> str:
    """Return a whole drawing; one with ``links`` in it is a group for assistive programs, any other one picture."""
    role = "group" if links else "img"
    hatch = (
        '<defs><pattern id="contested" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="7" height="7" fill="{BAND}"/>'
        f'<line x1="0" y1="0" x2="0" y2="7" stroke="{PALETTE[1]}" stroke-width="2"/></pattern></defs>'
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="{role}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" aria-label={quoteattr(f"{title}. {description}")}>'
    )
    body = "\n".join(parts)
    return (
        f"{head}\n<title>{escape(title)}</title>\n<desc>{escape(description)}</desc>\n{hatch}\n"
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def text(
    x: float, y: float, words: str, *, anchor: str = "start", fill: str = INK, size: int = 12, weight: str = "400"
) -> str:
    font = f'font-family="{FONT}" font-size="{size}" font-weight="{weight}"'
    return f'<text x="{n(x)}" y="{n(y)}" text-anchor="{anchor}" fill="{fill}" {font}>{escape(words)}</text>'


def rect(x: float, y: float, width: float, height: float, fill: str, stroke: str = "none", opacity: float = 1.0) -> str:
    return (
        f'<rect x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}" fill="{fill}" stroke="{stroke}" '
        f'fill-opacity="{n(opacity)}"/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, width: int = 1) -> str:
    ends = f'x1="{n(x1)}" y1="{n(y1)}" x2="{n(x2)}" y2="{n(y2)}"'
    return f'<line {ends} stroke="{stroke}" stroke-width="{width}"/>'


def path(points: Sequence[tuple[float, float]], fill: str, stroke: str) -> str:
    way = "L".join(f"{n(x)} {n(y)}" for x, y in points)
    return f'<path d="M{way}Z" fill="{fill}" stroke="{stroke}"/>'


def n(value: float) -> str:
    """Numbers with two places at most, the same everywhere."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def attribute(value: str) -> str:
    """Return a text for between double quotes."""
    return escape(value, {'"': "&quot;"})
