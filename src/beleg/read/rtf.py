"""RTF → paragraphs (Rich Text Format Specification 1.9.1). Fonts, pictures, page heads, notes, fields are left out."""

from __future__ import annotations

import re

from beleg.model import Problem
from beleg.read.extract import Extract
from beleg.read.inputs import RawInput
from beleg.read.limits import DEFAULT, Limits
from beleg.read.paragraphs import split_paragraphs

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    r"|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z'])"
    r"|(?P<open>\{)|(?P<close>\})|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_SKIPPED = frozenset(
    {"fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "headerl", "headerr", "headerf", "footer",
     "footerl", "footerr", "footerf", "footnote", "annotation", "object", "fldinst", "listtable", "generator",
     "listoverridetable", "themedata", "datastore", "xmlnstbl", "rsidtbl", "latentstyles", "filetbl", "revtbl",
     "bkmkstart", "bkmkend"}
)  # fmt: skip
_WORDS = {"par": "\n\n", "sect": "\n\n", "page": "\n\n", "line": " ", "tab": " ", "cell": " ", "row": "\n\n",
          "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
          "bullet": "•", "emspace": " ", "enspace": " ", "nbsp": "\u00a0"}  # fmt: skip
_SIGNS = {"~": "\u00a0", "-": "\u00ad", "_": "-", "\n": "\n\n", "\r": "\n\n"}
MAX_GROUPS = 1_000


def read_rtf(raw: RawInput, limits: Limits = DEFAULT) -> tuple[list[Extract], list[Problem]]:
    """Read one RTF file: one article."""
    text = _plain(raw.raw.decode("latin-1"))
    if text is None:
        message = f"{raw.path}: nests more than {MAX_GROUPS} groups; it is damaged"
        return [], [Problem("rtf-broken", message, raw.path, left_out=True)]
    return [Extract(text, tuple(split_paragraphs(text)), "application/rtf")], []


def _plain(source: str) -> str | None:
    codepage = "cp1252"
    out: list[str] = []
    pending = bytearray()  # bytes of the code page, kept together for those of several bytes a letter
    groups: list[tuple[bool, int]] = []
    skipping, fallback, to_skip = False, 1, 0

    def flush() -> None:
        if pending:
            out.append(pending.decode(codepage, "replace"))
            pending.clear()

    for m in _TOKEN.finditer(source):
        if m["hex"]:
            if to_skip:
                to_skip -= 1
            elif not skipping:
                pending += bytes.fromhex(m["hex"])
            continue
        flush()
        word, number = m["word"], int(m["number"]) if m["number"] else None
        if m["open"]:
            groups.append((skipping, fallback))
            to_skip = 0
            if len(groups) > MAX_GROUPS:
                return None
        elif m["close"]:
            skipping, fallback = groups.pop() if groups else (False, 1)
            to_skip = 0
        elif m["sign"]:
            if m["sign"] == "*":
                skipping = True
            elif not skipping:
                out.append(_SIGNS.get(m["sign"], m["sign"]))
        elif word == "ansicpg" and number:
            codepage = _known(f"cp{number}")
        elif word == "uc" and number is not None:
            fallback = min(max(number, 0), 8)
        elif word == "u" and number is not None:
            if not skipping:
                out.append(_letter(number % 65536))
            to_skip = fallback
        elif word == "bin" or word in _SKIPPED:
            skipping = True
        elif word:
            if not skipping:
                out.append(_WORDS.get(word, ""))
        elif m["text"] and not skipping:
            out.append(m["text"][to_skip:])
            to_skip = max(0, to_skip - len(m["text"]))
    flush()
    return "".join(out).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _letter(number: int) -> str:
    return chr(number)


def _known(name: str) -> str:
    try:
        b"".decode(name)
    except LookupError:
        return "cp1252"
    return name
