"""What damaged and hostile files do to reading: every one is read or left out with its reason, and the batch goes on.

usage: python bench/hostile.py [--each N] [--frames N]

Made by script and never kept: files that are hostile by design, each with the outcomes that are right for it, and N
damaged copies (cut, bits turned, stretches doubled or dropped) of a good file of every kind, for which any outcome is
right but an error, a dead reader or silence. Then the answers themselves: garbled ones must be refused or be sound.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from floors import add_options, check

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "read"))
import made

from beleg.model import Document
from beleg.read.channel import Answer, AnswerError, pack, unpack_answer
from beleg.read.documents import read_documents
from beleg.read.inputs import RawInput
from beleg.read.limits import DEFAULT
from beleg.read.worker import close_server, read_guarded

READ = "read"
PROSE = made.FIRST + " " + made.SECOND


def good() -> dict[str, bytes]:
    page = made.PAGE
    return {
        "a.txt": made.TEXT.encode(),
        "a.md": f"# {made.TITLE}\n\n*{made.FIRST}*\n\n[{made.SECOND}](https://example.org)\n".encode(),
        "a.html": page.encode(),
        "a.pdf": made.pdf([[(60, 780, made.TITLE), (60, 760, made.FIRST[:70]), (60, 747, made.FIRST[71:])]]),
        "a.docx": made.docx(("Titel", made.TITLE), ("", made.FIRST)),
        "a.odt": made.odt(("h", made.TITLE), ("p", made.FIRST)),
        "a.rtf": made.rtf(made.TEXT),
        "a.eml": made.mail(made.TEXT, {"b.html": page.encode()}, html=page),
        "a.mbox": b"From a@example.org Wed May  3 10:15:00 2023\n" + made.mail(made.TEXT),
        "a.zip": made.zipped({"a.txt": made.TEXT.encode(), "b.html": page.encode()}),
        "a.warc.gz": made.warc({"https://example.org/a": page}),
        "a.warc": made.warc({"https://example.org/a": page}, packed=False),
        "a.rss": made.rss([(made.TITLE, f"<p>{made.FIRST}</p>")]),
        "a.csv": f'Titel;Text\n{made.TITLE};"{PROSE}"\n'.encode(),
        "a.jsonl": b'{"title": "T", "text": "' + PROSE.encode() + b'"}\n',
        "a.txt.gz": gzip.compress(made.TEXT.encode(), mtime=0),
    }


def damaged(data: bytes, rng: random.Random) -> bytes:
    kind = rng.randrange(5)
    at = rng.randrange(len(data))
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + data[at + rng.randrange(1, 64) :]
    if kind == 2:
        end = min(len(data), at + rng.randrange(1, 256))
        return data[:end] + data[at:end] * rng.randrange(1, 20) + data[end:]
    turned = bytearray(data)
    for _ in range(rng.randrange(1, 32) if kind == 3 else max(1, len(data) // 20)):
        turned[rng.randrange(len(turned))] = rng.randrange(256)
    return bytes(turned)


def pdf_text(body: str) -> bytes:
    return b"%PDF-1.4\n" + body.encode() + b"\n%%EOF\n"


def designed() -> list[tuple[str, bytes, set[str]]]:
    """Return hostile files with the outcomes that are right: "read", or codes of problems."""
    bomb = made.zipped({"a.txt": b"0" * 40_000_000})
    loop = pdf_text(
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>endobj\n"
        "3 0 obj<</Type/Page/Parent 3 0 R/Contents 3 0 R>>endobj\ntrailer<</Root 1 0 R/Size 4/Prev 9>>\nstartxref\n9"
    )
    nested = {
        "divs": "<div>" * 100_000 + f"<p>{PROSE}",
        "spans": f"<p>{'<span>' * 100_000}{PROSE}",
        "lists": "<ul><li>" * 50_000 + PROSE,
        "attributes": f"<p {' '.join(f'a{i}=1' for i in range(50_000))}>{PROSE}",
        "comments": "<!--" * 100_000 + f"<p>{PROSE}",
        "entities": f"<p>{'&amp;' * 200_000}{PROSE}",
        "scripts": f"<p>{PROSE}<script>{'<' * 500_000}",
        "headings": "<h2>Eins</h2>" * 50_000 + f"<p>{PROSE}",
        "links": "<a href='/x'>Eins zwei drei</a>" * 50_000 + f"<p>{PROSE}",
    }
    pages = [(f"{k}.html", f"<html><body>{v}".encode(), {READ, "no-text", "time-limit"}) for k, v in nested.items()]
    ld = '{"@graph":' * 5_000 + "[]" + "}" * 5_000
    entity = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
    entities = b"".join(b'<!ENTITY x%d "&x%d;&x%d;">' % (i + 1, i, i) for i in range(40))
    laughs = b"<!DOCTYPE a [" + entities + b"]><a>&x40;</a>"
    mail = b"Subject: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n"
    deep = made.TEXT.encode()
    for _ in range(6):
        deep = made.zipped({"a.zip": deep})
    return [
        *pages,
        ("ld.html", f"<html><script type='application/ld+json'>{ld}</script><p>{PROSE}".encode(), {READ}),
        ("bomb.zip", bomb, {"archive-limit"}),
        ("bombs.zip", made.zipped({f"{i}.zip": bomb for i in range(5)}), {"archive-limit"}),
        ("bomb.gz", gzip.compress(b"0" * 40_000_000), {"archive-limit"}),
        ("bomb.docx", made.zipped({"word/document.xml": b" " * 40_000_000}), {"archive-limit"}),
        ("deep.zip", deep, {"archive-too-deep"}),
        ("many.zip", made.zipped({f"{i}.txt": b"x" for i in range(2_000)}), {"archive-limit"}),
        ("slip.zip", made.zipped({"../../a.txt": made.TEXT.encode(), "/etc/b.txt": made.TEXT.encode()}), {READ}),
        ("names.zip", made.zipped({"a\x1b[31m\u202e.txt": made.TEXT.encode()}), {READ}),
        ("entity.docx", made.zipped({"word/document.xml": entity}), {"office-broken"}),
        ("entity.rss", entity.replace(b"<a>", b"<rss>"), {"feed-broken"}),
        ("laughs.rss", laughs.replace(b"<a>", b"<rss>"), {"feed-broken"}),
        ("loop.pdf", loop, {"pdf-broken", "no-text-layer", "page-broken"}),
        ("pages.pdf", made.pdf([[(60, 700, "x")]] * 2_500), {READ, "too-many-pages", "time-limit"}),
        ("huge.pdf", made.pdf([[(x, y, "Wort") for x in range(0, 600, 5) for y in range(0, 800, 5)]]), {READ}),
        ("action.pdf", made.pdf([[(60, 700, PROSE[:80])]], "/OpenAction << /S /JavaScript /JS (x) >>"), {READ}),
        ("line.txt", b"x" * 5_000_000, {"line-too-long"}),
        ("lines.txt", b"\n" * 5_000_000, {"empty-file"}),
        ("short.txt", b"ein Satz am\n" * 300_000, {READ}),
        ("stars.md", b"*" * 200_000 + PROSE.encode(), {READ}),
        ("brackets.md", b"[" * 200_000 + PROSE.encode(), {READ}),
        ("links.md", b"[a](" * 100_000 + PROSE.encode(), {READ}),
        ("fences.md", b"```\n" * 100_000 + PROSE.encode(), {READ}),
        ("dates.txt", b"3. Mai 2023 " * 50_000 + PROSE.encode(), {READ}),
        ("names.txt", b"Von " + b"Karla Muster und " * 20_000 + PROSE.encode(), {READ}),
        ("credits.txt", b"(dpa/" * 100_000 + PROSE.encode(), {READ}),
        ("groups.rtf", b"{\\rtf1" + b"{" * 200_000, {"rtf-broken"}),
        ("bin.rtf", b"{\\rtf1 \\bin999999999 " + PROSE.encode() + b"}", {READ, "no-text"}),
        ("nested.json", b"[" * 200_000, {"no-text"}),
        ("cells.csv", b"text\n" + b'"' * 500_001 + b"\n", {READ, "no-text", "table-broken"}),
        ("parts.eml", mail + b"--a\n" * 50_000,
         {READ, "no-text", "time-limit"}),
        ("random.bin", random.Random(1).randbytes(500_000), {"not-text", "kind-not-read"}),
        ("nul.txt", made.TEXT.encode() + b"\0" * 50_000, {"not-text"}),
        ("wide.txt", made.TEXT.encode("utf-16-le"), {READ}),
        ("bidi.txt", f"\u202e{made.TEXT}\u2066".encode(), {READ}),
    ]  # fmt: skip


def garbled_answers(rng: random.Random, count: int) -> tuple[int, int]:
    """Return how many garbled answers were refused, and how many of the others do not fit themselves."""
    raw = RawInput("a.html", made.PAGE.encode(), "a.html")
    good_one = pack(Answer(*read_documents(raw)))
    refused = unsound = 0
    for _ in range(count):
        try:
            answer = unpack_answer(damaged(good_one, rng), raw)
        except AnswerError:
            refused += 1
            continue
        unsound += not all(map(is_sound, answer.documents))
    return refused, unsound


def is_sound(doc: Document) -> bool:
    return all(doc.text[b.span.start : b.span.end] and doc.quote(b.span) in doc.source_text for b in doc.blocks)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=25, help="damaged copies of each kind")
    parser.add_argument("--frames", type=int, default=100_000, help="garbled answers of a reader")
    add_options(parser)
    args = parser.parse_args()
    rng = random.Random(11)
    cases = designed()
    cases += [(name, damaged(data, rng), set()) for name, data in good().items() for _ in range(args.each)]
    limits = replace(DEFAULT, seconds=20)
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    slowest = (0.0, "")
    for name, data, right in cases:
        start = time.perf_counter()
        documents, problems = read_guarded(RawInput(name, data, name), limits=limits)
        slowest = max(slowest, (time.perf_counter() - start, name))
        codes = {p.code for p in problems}
        found = ({READ} if documents else set()) | codes
        outcomes["accepted" if documents and not codes else "accepted with warning" if documents else "left out"] += 1
        if "reader-died" in codes or not found or (right and not found & right):
            wrong.append(f"{name}: {sorted(found)}, expected {sorted(right) or 'anything but a dead reader'}")
    close_server()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{len(cases)} files: " + ", ".join(f"{n} {k}" for k, n in sorted(outcomes.items())))
    print(f"slowest {slowest[0]:.1f} s ({slowest[1]}), peak memory of a reader {peak} MB")
    refused, unsound = garbled_answers(rng, args.frames)
    print(f"{args.frames} garbled answers: {refused} refused, the others sound but for {unsound}")
    print("\n".join(wrong[:40]))
    return check("hostile", {"expected": 1 - (len(wrong) + unsound) / len(cases)}, args)


if __name__ == "__main__":
    sys.exit(main())
