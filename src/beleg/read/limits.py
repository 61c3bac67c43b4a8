"""How much one input may cost before it is set aside with its reason."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that hold outside the parsers; bytes are counted as they come, never taken from a header."""

    input_bytes: int = 50 * MEGABYTE
    output_bytes: int = 200 * MEGABYTE
    ratio: int = 200  # unpacked to packed, looked at once ``ratio_from`` bytes are unpacked
    ratio_from: int = MEGABYTE
    members: int = 1_000
    depth: int = 3  # archives within archives
    seconds: int = 30
    memory_bytes: int = 512 * MEGABYTE
    pages: int = 2_000
    xml_levels: int = 256
    line_bytes: int = MEGABYTE
    ocr: bool = False  # pictures of pages are recognised, which takes long
    ocr_pages: int = 40
    ocr_seconds: int = 600


DEFAULT = Limits()
