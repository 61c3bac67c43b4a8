"""How well pages are read: Beleg and bare trafilatura side by side on saved pages with expected articles.

usage: python bench/reading.py [--pages DIR]

DIR is a folder like ../shared/corpus/html; the scores are those of the script that belongs to it
(../shared/evaluate/score_pages.py). The expected bodies are summary, paragraphs and subheadings, so list items are left
out of what is compared for Beleg; in its documents they are body. Pages are split by outlet into a half that rules
were written on and a half kept aside; both are printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import subprocess
import sys
import tempfile
import time
import zlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import trafilatura

from beleg.model import Document
from beleg.read.documents import read_documents
from beleg.read.inputs import RawInput
from floors import add_options, check

SHARED = Path(__file__).resolve().parents[2] / "shared"
SCORE = SHARED / "evaluate" / "score_pages.py"


def body_text(doc: Document) -> str:
    """Return lead, headings and body without lists."""
    spans = (b.span for b in doc.blocks if b.kind in ("lead", "heading", "body") and b.why != "list")
    return "\n".join(doc.text[s.start : s.end] for s in spans)


def read_with_beleg(name: str, raw: bytes) -> dict[str, Any]:
    documents, _ = read_documents(RawInput(path=name, raw=raw, name="page.html"))
    if not documents:
        return {}
    doc = documents[0]
    day = doc.published.days.first.isoformat() if doc.published.days else None
    return {"title": doc.title, "authors": list(doc.authors), "published": day, "text": body_text(doc)}


def read_with_trafilatura(name: str, raw: bytes) -> dict[str, Any]:
    found = trafilatura.bare_extraction(raw.decode("utf-8", "replace"), with_metadata=True)
    if found is None:
        return {}
    fields = found.as_dict()
    authors = [a.strip() for a in (fields.get("author") or "").split(";") if a.strip()]
    return {"title": fields["title"], "authors": authors, "published": fields["date"], "text": fields["text"]}


def score(pages: Path, chosen: list[Path], reader: Any) -> dict[str, float]:
    """Read the chosen pages and score them; pages not chosen are hidden from the scorer."""
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        lines = []
        start = time.perf_counter()
        for page in chosen:
            name = str(page.relative_to(pages))
            lines.append(json.dumps({"page": name, **reader(name, gzip.decompress(page.read_bytes()))}))
        seconds = time.perf_counter() - start
        for page in chosen:
            target = there / "pages" / page.relative_to(pages)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(page.resolve())
            gold = page.with_name(page.name.rsplit("_", 3)[0] + ".json")
            if gold.exists() and not target.with_name(gold.name).exists():
                target.with_name(gold.name).symlink_to(gold.resolve())
        (there / "read.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, str(SCORE), str(there / "pages"), str(there / "read.jsonl"), "--json"]
        result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    names = ("body", "body_worst_tenth", "title", "day", "author")
    return {**{n: result[n] for n in names}, "pages_a_second": len(chosen) / seconds, "pages": result["pages"]}


def kept_aside(page: Path) -> bool:
    return zlib.crc32(page.name.split("_")[0].encode()) % 2 == 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=SHARED / "corpus" / "html")
    add_options(parser)
    args = parser.parse_args()
    if not args.pages.is_dir() or not SCORE.is_file():
        print(f"bench/reading: no pages at {args.pages} or no scorer at {SCORE}; nothing measured")
        return 0
    pages = sorted(args.pages.rglob("*.html.gz"))
    print(f"python {platform.python_version()}  trafilatura {version('trafilatura')}  lxml {version('lxml')}")
    halves = {
        "all": pages,
        "written on": [p for p in pages if not kept_aside(p)],
        "kept aside": [p for p in pages if kept_aside(p)],
    }
    figures: dict[str, float] = {}
    wrong = []
    print(f"{'pages':12} {'reader':12}     n   body  worst tenth  title    day  author  pages/s")
    for half, chosen in halves.items():
        if not chosen:
            continue
        both = {}
        for reader in (read_with_beleg, read_with_trafilatura):
            both[reader] = r = score(args.pages, chosen, reader)
            name = reader.__name__.removeprefix("read_with_")
            print(
                f"{half:12} {name:12} {r['pages']:5.0f}  {r['body']:.3f}  {r['body_worst_tenth']:11.3f}"
                f"  {r['title']:.3f}  {r['day']:.3f}   {r['author']:.3f}  {r['pages_a_second']:7.1f}"
            )
        if half == "all":
            ours, theirs = both[read_with_beleg], both[read_with_trafilatura]
            figures = {k: v for k, v in ours.items() if not k.startswith("pages")}
            wrong += [f"reading: {k} is not ahead of trafilatura" for k, v in figures.items() if v <= theirs[k]]
    print("\n".join(wrong))
    return max(check("reading", figures, args), 1 if wrong else 0)


if __name__ == "__main__":
    sys.exit(main())
