"""Bytes → media type and text: signatures first, then the name's ending; encodings by mark, by trial, by guess."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding

from beleg.model import Problem
from beleg.read.inputs import RawInput

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"{\\rtf", "application/rtf"),
    (b"WARC/", "application/warc"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ", "application/x-msdownload"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"RIFF", "application/x-riff"),
    (b"BM", "image/bmp"),
    (b"BEGIN:VCALENDAR", "text/calendar"),
    (b"BEGIN:VCARD", "text/vcard"),
)

ENDINGS = {
    "txt": "text/plain",
    "text": "text/plain",
    "md": "text/markdown",
    "markdown": "text/markdown",
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "text/html",
    "csv": "text/csv",
    "tsv": "text/csv",
    "jsonl": "application/jsonl",
    "ndjson": "application/jsonl",
    "json": "application/json",
    "eml": "message/rfc822",
    "mbox": "application/mbox",
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "xml": "application/xml",
}

_HEAD = 4096
_MSG_STREAM = "__properties_version1.0".encode("utf-16-le")  # what an Outlook message has and other OLE files have not
_HTML = re.compile(rb"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss[\s>]|feed[\s>]|rdf:RDF[\s>])")
_MAIL = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
_MAIL_FIELD = re.compile(rb"(?im)^(?:from|message-id|received):")
_CHARSET = re.compile(r"[^\w.:-]")

# German letters as UTF-8 that was read as Windows' encoding and written as UTF-8 once more.
_TWICE = re.compile("Ã[¤¶¼„–œŸ\u0084\u0096\u009c\u009f]")
MAX_ACCIDENTS = 2
# German letters between others: äöü ÄÖÜ ß in each encoding.
_IN_WORDS = {
    "cp1252": re.compile(rb"[A-Za-z][\xe4\xf6\xfc\xdf][a-z]"),
    "mac-roman": re.compile(rb"[A-Za-z][\x8a\x9a\x9f\xa7][a-z]"),
    "cp850": re.compile(rb"[A-Za-z][\x84\x94\x81\xe1][a-z]"),
}

# Bytes that no text in an 8-bit encoding holds; many of them mean a file of another kind.
_BINARY = bytes(b for b in range(32) if b not in (8, 9, 10, 12, 13, 27))
MAX_BINARY_SHARE = 0.01  # a stray control character is an accident, one in a hundred is not text


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    guessed: bool = False


def media_type(raw: RawInput) -> str:
    """Say what the bytes are; the ending of the name decides only between kinds of text."""
    data = raw.raw
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, kind in SIGNATURES:
        if data.startswith(mark) or (mark == b"%PDF-" and mark in data[:1024]):
            if kind == "application/x-riff" and data[8:12] == b"WEBP":
                return "image/webp"
            if kind == "image/bmp" and int.from_bytes(data[2:6], "little") != len(data):
                continue  # text may well begin with these letters
            if kind == "application/x-ole-storage" and _MSG_STREAM in data:
                return "application/vnd.ms-outlook"
            return _zipped(data) if kind == "application/zip" else kind
    if data[257:262] == b"ustar":
        return "application/x-tar"
    ending = (raw.name or raw.path).rsplit(".", 1)[-1].casefold() if "." in (raw.name or raw.path) else ""
    if _FEED.search(head[:1024]) and head.startswith(b"<"):
        return "application/rss+xml"
    if ending in ("md", "markdown", "txt", "text", "csv", "tsv", "jsonl", "ndjson", "json", "eml", "mbox"):
        return "text/html" if ending in ("txt", "text") and _is_page(head) else ENDINGS[ending]
    if _is_page(head):
        return "text/html"
    if _MAIL.match(head) and _MAIL_FIELD.search(head):
        return "message/rfc822"
    if raw.media_type in ("text/html", "application/xhtml+xml"):
        return "text/html"
    return ENDINGS.get(ending, "text/plain")


def _zipped(data: bytes) -> str:
    """Tell office files from other ZIP archives by the members they must have."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "application/zip"
    if "word/document.xml" in names:
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    if {"content.xml", "mimetype"} <= names and b"opendocument.text" in data[:200]:
        return "application/vnd.oasis.opendocument.text"
    if "[Content_Types].xml" in names or "mimetype" in names:
        return "application/vnd.openxmlformats-officedocument" if "xl/workbook.xml" in names else "application/x-office"
    return "application/zip"


def _is_page(head: bytes) -> bool:
    return head.startswith(b"<") and _HTML.search(head) is not None


def is_binary(data: bytes) -> bool:
    """Tell bytes that are no text in any encoding with one byte a character."""
    sample = data[:65536] + data[-65536:] if len(data) > 131072 else data
    return len(sample) - len(sample.translate(None, _BINARY)) > MAX_BINARY_SHARE * len(sample)


def decode(raw: RawInput, declared: str | None = None) -> tuple[Decoded | None, list[Problem]]:
    """Turn bytes into text: byte order mark, UTF-16 by its zeros, UTF-8, what is declared, a guess.

    Returns:
        The text with its encoding, or None with a ``Problem`` that says why the input is left out.
    """
    data = raw.raw
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark) and (found := _tried(data[len(mark) :], encoding)) is not None:
            return Decoded(found, encoding), []
    wide = _wide(data)
    if wide is not None:
        return Decoded(wide[0], wide[1], guessed=True), [_guessed(raw, wide[1])]
    if is_binary(data):
        message = f"{raw.path}: is not text; save it as text, HTML, PDF or an office file"
        return None, [Problem("not-text", message, raw.path, left_out=True)]
    # Saved pages often still declare what they were served in; bytes that are UTF-8 throughout are UTF-8.
    shifting = (declared, raw.charset) if b"\x1b" in data else ()
    for named in (*shifting, "utf-8", declared, raw.charset):
        if named and (found := _tried(data, named)) is not None:
            doubts = [_twice(raw)] if len(_TWICE.findall(found[: 1 << 20])) > MAX_ACCIDENTS else []
            return Decoded(found, codecs.lookup(_CHARSET.sub("", named)).name), doubts
    guess = _old_machine(data) or detect_encoding(data[: 1 << 20]) or "cp1252"
    for encoding in (guess, "cp1252", "latin-1"):
        if (found := _tried(data, encoding)) is not None:
            return Decoded(found, encoding, guessed=True), [_guessed(raw, encoding)]
    raise AssertionError("latin-1 decodes all bytes")


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(_CHARSET.sub("", encoding))
    except (UnicodeDecodeError, LookupError):
        return None


def _wide(data: bytes) -> tuple[str, str] | None:
    """Decode UTF-16 without a mark: in Latin script every second byte is zero."""
    sample = data[:_HEAD]
    if len(sample) < 4 or len(data) % 2:
        return None
    half = len(sample) // 2
    for encoding, zeros in (("utf-16-le", sample[1::2].count(0)), ("utf-16-be", sample[0::2].count(0))):
        other = sample.count(0) - zeros
        if zeros > 0.7 * half and other < 0.05 * half and (found := _tried(data, encoding)) is not None:
            return found, encoding
    return None


def _old_machine(data: bytes) -> str | None:
    """Tell the encodings of old Macs and of DOS by their German letters, where no word has those of Windows."""
    counts = {name: len(p.findall(data[: 1 << 20])) for name, p in _IN_WORDS.items()}
    best = max(("mac-roman", "cp850"), key=lambda n: counts[n])
    return best if counts[best] > MAX_ACCIDENTS and not counts["cp1252"] else None


def _twice(raw: RawInput) -> Problem:
    message = f"{raw.path}: looks encoded twice (Ã¤ for ä); it is read as it stands: save it again from its source"
    return Problem("encoding-doubtful", message, raw.path)


def _guessed(raw: RawInput, encoding: str) -> Problem:
    message = f"{raw.path}: names no encoding and is not UTF-8; read as {encoding}: look at the umlauts"
    return Problem("encoding-guessed", message, raw.path)
