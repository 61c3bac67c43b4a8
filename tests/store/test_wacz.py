from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from beleg.store.case import Case
from beleg.store.wacz import write_wacz

from .values import document


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with Case.open(tmp_path / "c", create=True) as case:
        for name, url, captured in (
            ("a", "https://www.example.org/b?x=1", "2026-01-02T03:04:05+01:00"),
            ("b", "https://example.org/a", "2026-01-02T03:04:05"),
            ("c", None, None),
        ):
            of, raw = document(name, f"Text von {name}")
            case.add(replace(of, url=url, captured=captured), raw, 1, [], [])
        count, problems = write_wacz(case, tmp_path / "c.wacz", "Beleg")
        assert count == 2
        assert [(p.code, p.document) for p in problems] == [("not-a-capture", "c")]
        again = tmp_path / "again.wacz"
        write_wacz(case, again, "Beleg")
        assert again.read_bytes() == (tmp_path / "c.wacz").read_bytes()
    return tmp_path / "c.wacz"


def test_a_warc_reader_finds_every_capture(file: Path):
    with zipfile.ZipFile(file) as z, z.open("archive/data.warc.gz") as stream:
        found = [
            (r.headers["WARC-Type"], r.headers.get("WARC-Target-URI"), r.headers["WARC-Date"], r.reader.read())
            for r in ArchiveIterator(stream, verify_digests=True, parse_http=False)
        ]
    assert found[1:] == [
        ("resource", "https://www.example.org/b?x=1", "2026-01-02T02:04:05Z", b"Text von a"),
        ("resource", "https://example.org/a", "2026-01-02T03:04:05Z", b"Text von b"),
    ]


def test_the_index_is_sorted_and_leads_to_each_record(file: Path):
    with zipfile.ZipFile(file) as z:
        lines = z.read("indexes/index.cdx").decode().splitlines()
        warc = z.read("archive/data.warc.gz")
    assert [line.split(" ")[0] for line in lines] == ["org,example)/a", "org,example)/b?x=1"]
    for line, text in zip(lines, (b"Text von b", b"Text von a"), strict=True):
        row = json.loads(line.split(" ", 2)[2])
        start, length = int(row["offset"]), int(row["length"])
        assert text in gzip.decompress(warc[start : start + length])


def test_every_file_has_its_hash_in_the_package(file: Path):
    with zipfile.ZipFile(file) as z:
        package = json.loads(z.read("datapackage.json"))
        for resource in package["resources"]:
            data = z.read(resource["path"])
            assert resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
            assert resource["bytes"] == len(data)
        sealed = json.loads(z.read("datapackage-digest.json"))
        assert sealed["hash"] == "sha256:" + hashlib.sha256(z.read("datapackage.json")).hexdigest()
