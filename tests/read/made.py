"""Files of many kinds, made in memory from the same few sentences."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium

TITLE = "Werfer für Estland"
FIRST = "Norwegen hat nach eigenen Angaben im Mai 12 Werfer an Estland geliefert. Weitere sollen im Frühjahr folgen."
SECOND = "Estland hatte im vergangenen Jahr um die Werfer gebeten, wie das Ministerium in der Hauptstadt mitteilte."
TEXT = f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n"
PAGE = (
    f"<!doctype html><html lang='de'><head><title>{TITLE}</title></head><body><nav><a href='/'>Start</a></nav>"
    f"<article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
)


def pdf(pages: Sequence[Sequence[tuple[float, float, str]]], extra: str = "") -> bytes:
    """Write a PDF in Helvetica 10: each page a list of (x, y, line) in points, y upwards."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Catalog /Pages 2 0 R {extra} >>".encode())
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for i, lines in enumerate(pages):
        shown = []
        for x, y, text in lines:
            words = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")
            shown.append(b"BT /F1 10 Tf %.1f %.1f Td (%s) Tj ET" % (x, y, words))
        content = b"\n".join(shown)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            b"/Contents %d 0 R >>" % (5 + 2 * i)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _numbered(objects)


def _numbered(objects: Sequence[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for n, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (n, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % p for p in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def drawn(pages: bytes, dpi: int = 200) -> list[tuple[int, int, bytes]]:
    """Draw the pages of a PDF: width, height and grey pixels of each."""
    out = []
    document = pdfium.PdfDocument(pages)
    for n in range(len(document)):
        bitmap = document[n].render(scale=dpi / 72, grayscale=True)
        data, width, stride = bytes(bitmap.buffer), bitmap.width, bitmap.stride
        rows = (data[y * stride : y * stride + width] for y in range(bitmap.height))
        out.append((width, bitmap.height, b"".join(rows)))
    return out


def png(width: int, height: int, grey: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + grey[y * width : (y + 1) * width] for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def joined(*files: bytes) -> bytes:
    """Join the pages of PDF files."""
    out, whole = io.BytesIO(), pdfium.PdfDocument.new()
    for file in files:
        whole.import_pages(pdfium.PdfDocument(file))
    whole.save(out)
    return out.getvalue()


def scan(pages: bytes) -> bytes:
    """Write a PDF whose pages are pictures of another's, without a letter of text."""
    objects = []
    pictures = drawn(pages)
    kids = " ".join(f"{3 + 3 * i} 0 R" for i in range(len(pictures)))
    objects += [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pictures)} >>".encode(),
    ]
    for i, (width, height, grey) in enumerate(pictures):
        packed = zlib.compress(grey)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I %d 0 R >> >> "
            b"/Contents %d 0 R >>" % (4 + 3 * i, 5 + 3 * i)
        )
        objects.append(
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
            b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (width, height, len(packed), packed)
        )
        objects.append(b"<< /Length 34 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q     \nendstream")
    return _numbered(objects)


def column(x: float, top: float, lines: Sequence[str]) -> list[tuple[float, float, str]]:
    return [(x, top - 13 * i, line) for i, line in enumerate(lines)]


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(*paragraphs: tuple[str, str]) -> bytes:
    """Write a DOCX of (style id, text) paragraphs, with the style names of a German program."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r>'
        f"<w:del><w:r><w:delText>gestrichen</w:delText></w:r></w:del></w:p>"
        for style, text in paragraphs
    )
    styles = (
        f'<w:styles {w}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        f'<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style></w:styles>'
    )
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": f"<w:document {w}><w:body>{body}</w:body></w:document>".encode(),
            "word/styles.xml": styles.encode(),
        }
    )


def odt(*paragraphs: tuple[str, str]) -> bytes:
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = "".join(f'<t:{tag} t:outline-level="1">{words}</t:{tag}>' if tag == "h" else f"<t:p>{words}</t:p>"
                   for tag, words in paragraphs)  # fmt: skip
    content = f'<o:c xmlns:o="urn:o" xmlns:t="{text}"><o:text>{body}</o:text></o:c>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return out.getvalue()


def mail(text: str, attached: Mapping[str, bytes] | None = None, html: str | None = None) -> bytes:
    message = EmailMessage()
    message["Subject"] = f"Fwd: {TITLE}"
    message["From"] = "Karla Muster <karla@example.org>"
    message["Date"] = "Wed, 03 May 2023 10:15:00 +0200"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in (attached or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def warc(pages: Mapping[str, str], status: str = "200 OK", packed: bool = True) -> bytes:
    out = []
    for n, (url, page) in enumerate(pages.items()):
        body = page.encode()
        kind = f"Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}"
        http = f"HTTP/1.1 {status}\r\n{kind}\r\n\r\n".encode()
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0000000{n}-0000-4000-8000-000000000000>\r\n"
            f"WARC-Date: 2024-02-03T04:05:06Z\r\nWARC-Target-URI: {url}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http) + len(body)}\r\n\r\n"
        ).encode()
        record = head + http + body + b"\r\n\r\n"
        out.append(gzip.compress(record, mtime=0) if packed else record)
    return b"".join(out)


def rss(items: Sequence[tuple[str, str]]) -> bytes:
    entries = "".join(
        f"<item><title>{title}</title><link>https://example.org/{n}</link>"
        f"<pubDate>Wed, 03 May 2023 10:15:00 +0200</pubDate><dc:creator>Karla Muster</dc:creator>"
        f"<description><![CDATA[{body}]]></description></item>"
        for n, (title, body) in enumerate(items)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Beispielblatt</title>{entries}</channel></rss>"
    ).encode()


def rtf(text: str) -> bytes:
    body = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text).replace("\n\n", "\\par ")
    return ("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\*\\generator Probe;}\\f0 " + body + "}").encode(
        "ascii"
    )


Storage = Mapping[str, Any]  # name → bytes, or another storage
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(root: Storage) -> bytes:
    """Write a compound file ([MS-CFB], version 3) of streams and storages."""
    entries: list[list[Any]] = []  # name, kind, child, right, stream

    def add(name: str, node: bytes | Storage) -> int:
        at = len(entries)
        entries.append(
            [name, 2 if isinstance(node, bytes) else 1, _FREE, _FREE, node if isinstance(node, bytes) else b""]
        )
        if not isinstance(node, bytes):
            inner = [add(n, x) for n, x in node.items()]
            for here, after in pairwise(inner):
                entries[here][3] = after
            entries[at][2] = inner[0] if inner else _FREE
        return at

    add("Root Entry", root)
    entries[0][1] = 5
    small, small_fat, starts = b"", list[int](), dict[int, int]()
    sectors: list[bytes] = []
    fat: list[int] = []

    def chain(data: bytes) -> int:
        first, count = len(sectors), -(-len(data) // 512)
        sectors.extend(data[i * 512 : (i + 1) * 512].ljust(512, b"\0") for i in range(count))
        fat.extend([*range(first + 1, first + count), _END] if count else [])
        return first if count else _END

    for i, (_, kind, _, _, data) in enumerate(entries):
        if kind == 2 and len(data) < 4096:
            count = -(-len(data) // 64)
            starts[i] = len(small_fat) if count else _END
            small_fat += [*range(len(small_fat) + 1, len(small_fat) + count), _END] if count else []
            small += data.ljust(count * 64, b"\0")
        elif kind == 2:
            starts[i] = chain(data)
    starts[0] = chain(small)
    small_table = struct.pack(f"<{len(small_fat)}I", *small_fat)
    small_at = chain(small_table.ljust(-(-len(small_table) // 512) * 512, b"\xff"))
    listed = b""
    for i, (name, kind, child, right, data) in enumerate(entries):
        label = name.encode("utf-16-le") + b"\0\0"
        size = len(small) if i == 0 else len(data)
        listed += label.ljust(64, b"\0") + struct.pack("<HBBIII", len(label), kind, 1, _FREE, right, child)
        listed += bytes(36) + struct.pack("<IQ", starts.get(i, 0), size)
    directory = chain(listed.ljust(-(-len(listed) // 512) * 512, b"\0"))
    tables = next(n for n in range(1, 100) if n * 128 >= len(sectors) + n)
    places = [len(sectors) + n for n in range(tables)]
    fat += [_FAT] * tables
    packed = struct.pack(f"<{len(fat)}I", *fat).ljust(tables * 512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack(
        "<IIIIIIIIII", 0, tables, directory, 0, 4096, small_at, -(-len(small_table) // 512), _END, 0, places[0]
    )
    head += struct.pack("<108I", *places[1:], *[_FREE] * (109 - tables))
    return head + b"".join(sectors) + packed


def properties(head: int, values: Mapping[int, str | bytes | datetime]) -> dict[str, bytes]:
    """Write the properties of a message: a stream each, and the list of them below ``head`` bytes."""
    streams: dict[str, bytes] = {}
    listed = bytes(head)
    for number, value in sorted(values.items()):
        if isinstance(value, datetime):
            ticks = int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
            listed += struct.pack("<HHIQ", 0x40, number, 6, ticks)
            continue
        kind, data = (0x1F, value.encode("utf-16-le")) if isinstance(value, str) else (0x102, value)
        streams[f"__substg1.0_{number:04X}{kind:04X}"] = data
        listed += struct.pack("<HHIII", kind, number, 6, len(data) + (2 if kind == 0x1F else 0), 0)
    return {"__properties_version1.0": listed, **streams}


def msg(text: str, attached: Mapping[str, bytes] | None = None, within: Storage | None = None, html: str = "") -> bytes:
    """Write an Outlook message, one attached to it as a message where ``within`` is given."""
    root: dict[str, Any] = dict(letter(32, text, html))
    for n, (name, data) in enumerate((attached or {}).items()):
        root[f"__attach_version1.0_#{n:08X}"] = properties(8, {0x3707: name, 0x3701: data})
    if within is not None:
        root["__attach_version1.0_#000000FF"] = {**properties(8, {0x3707: "Brief"}), "__substg1.0_3701000D": within}
    return compound(root)


def letter(head: int, text: str, html: str = "") -> Storage:
    values: dict[int, str | bytes | datetime] = {
        0x0037: f"WG: {TITLE}", 0x0C1A: "Karla Muster", 0x0039: datetime(2023, 5, 3, 8, 15, tzinfo=UTC)
    }  # fmt: skip
    values |= {0x1000: text} if text else {}
    values |= {0x1013: html.encode("iso-8859-15")} if html else {}
    return properties(head, values)
