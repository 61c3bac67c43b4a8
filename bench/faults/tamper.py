"""Tampering: single changes to every kind of record, each to be found and located; and what only a checkpoint shows."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from beleg.model import Decision, Problem
from beleg.store import checkpoint, encode
from beleg.store.case import Case
from beleg.store.events import head, leaf, root
from beleg.store.schema import metadata
from beleg.store.verify import Report, verify
from faults.work import DOCUMENTS, NOW, add, opened

TABLES = ("event", "batch", "reading", "document", "claim", "problem", "decision")
LABELS = {"event": "seq", "batch": "number", "reading": "sha256", "document": "ident", "claim": "claim",
          "problem": "digest", "decision": "id"}  # fmt: skip


def build(folder: Path) -> None:
    """Make a case with every kind of record, read by two versions."""
    shutil.rmtree(folder, ignore_errors=True)
    for version in ("1", "2"):
        with Case.open(folder, create=True, now=lambda: NOW, who="probe", version=version) as case:
            for r in DOCUMENTS[: 6 if version == "1" else 2]:
                doubt = Problem("date-unresolved", "kein Datum", r.document.name)
                case.add(r.document, r.raw, 1, r.claims, [doubt])
            for n in range(3):
                case.decide(Decision("accept", f"{DOCUMENTS[n].document.name}#01", "probe", NOW, f"{version} {n}"))
            case.add_problems([Problem("unreadable", f"leer {version}", "x.pdf", None, True)])


def look(folder: Path, *against: checkpoint.Checkpoint) -> Report:
    with opened(folder) as case:
        return verify(case, against)


def flips(folder: Path, trials: int, seed: int) -> dict[str, Any]:
    """Flip one bit of one stored value (or of one blob), verify, put it back."""
    rng = random.Random(seed)
    build(folder)
    case = opened(folder)
    clean = verify(case).faults
    db = sqlite3.connect(folder / "case.db", isolation_level=None)
    blobs = sorted(p for p in (folder / "blobs").rglob("*") if p.is_file())
    places = [(t, c.name) for t in TABLES for c in metadata.tables[t].columns]
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    failures = [f"not clean before: {f}" for f in clean]
    for trial in range(trials):
        if trial % (len(places) + 1) == len(places):
            what, found, named = _flip_blob(case, rng.choice(blobs), rng)
        else:
            what, found, named = _flip_value(case, db, *places[trial % (len(places) + 1)], rng)
        kinds[what.split(" ")[0].split(".")[0]] += 1
        counts["detected"] += found
        counts["located"] += named
        if not (found and named):
            failures.append(f"trial {trial}: {what}: {'located wrongly' if found else 'not detected'}")
        if trial % 200 == 0 and verify(case).faults:
            failures.append(f"trial {trial}: not clean after putting it back")
    db.close()
    case.close()
    return {"trials": trials, "seed": seed, **counts, "kinds": dict(kinds), "failures": failures}


def _flip(data: bytes, rng: random.Random) -> bytes:
    if not data:
        return b"\1"
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]


def _flip_blob(case: Case, path: Path, rng: random.Random) -> tuple[str, bool, bool]:
    kept = path.read_bytes()
    path.write_bytes(_flip(kept, rng))
    faults = verify(case).faults
    path.write_bytes(kept)
    return f"blob {path.name}", bool(faults), [(f.table, f.row) for f in faults] == [("blob", path.name)]


def _flip_value(
    case: Case, db: sqlite3.Connection, table: str, column: str, rng: random.Random
) -> tuple[str, bool, bool]:
    label = LABELS[table]
    key = next(iter(metadata.tables[table].primary_key.columns)).name
    rowids = [r[0] for r in db.execute(f"SELECT rowid FROM {table}")]
    rowid = rng.choice(rowids)
    at = f"FROM {table} WHERE rowid = {rowid}"
    old, kind, name = db.execute(f'SELECT CAST("{column}" AS BLOB), typeof("{column}"), "{label}" {at}').fetchone()
    original = db.execute(f'SELECT "{column}" {at}').fetchone()[0]
    if kind == "null":
        expression, value = "CAST(? AS TEXT)", b"x"
    elif kind == "text":
        expression, value = "CAST(? AS TEXT)", _flip(old, rng)
    elif kind == "blob":
        expression, value = "?", _flip(old, rng)
    elif kind == "integer":
        expression, value = "?", original ^ (1 << rng.randrange(30))
    else:
        expression, value = "?", original + rng.choice((0.5, -1.0, 1e6))
    moved = column == key and kind == "integer"
    try:
        db.execute(f'UPDATE {table} SET "{column}" = {expression} WHERE rowid = {rowid}', (value,))
    except sqlite3.IntegrityError:  # another row has that value: draw again
        return _flip_value(case, db, table, column, rng)
    faults = verify(case).faults
    db.execute(f'UPDATE {table} SET "{column}" = ? WHERE rowid = {value if moved else rowid}', (original,))
    mine = [f for f in faults if f.table == table]
    if column in (key, label, "ident", "seq", "digest"):  # what a row is called by was changed: the row is missed
        named = bool(mine)
    else:
        named = any(str(name) in f.row and f.field == column for f in mine)
    return f"{table}.{column} row {name}", bool(faults), named


# --- changes of whole rows and files --------------------------------------------------------------------------------


def _copy(folder: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    return Path(shutil.copytree(folder, to))


def _delete(db: sqlite3.Connection, folder: Path, rng: random.Random) -> None:
    table = rng.choice(TABLES)
    rowid = rng.choice([r[0] for r in db.execute(f"SELECT rowid FROM {table}")])
    last = db.execute("SELECT max(seq), (SELECT max(number) FROM batch) FROM event").fetchone()
    if table in ("event", "batch") and rowid in last:
        rowid = 2  # the last of the log is another case: see cut
    db.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))


def _swap(db: sqlite3.Connection, folder: Path, rng: random.Random) -> None:
    table, column = rng.choice((("event", "body"), ("reading", "body"), ("claim", "quote"), ("document", "words"),
                                ("batch", "root"), ("decision", "who")))  # fmt: skip
    values: dict[object, int] = {}
    for rowid, value in db.execute(f"SELECT rowid, {column} FROM {table}"):
        values.setdefault(value, rowid)
    if len(values) < 2:
        db.execute("UPDATE decision SET who = 'other'")
        return
    (a, x), (b, y) = rng.sample(list(values.items()), 2)
    db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (a, y))
    db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (b, x))


def _insert(db: sqlite3.Connection, folder: Path, rng: random.Random) -> None:
    table = rng.choice(("event", "batch", "claim", "problem"))
    key = next(iter(metadata.tables[table].primary_key.columns)).name
    columns = [c.name for c in metadata.tables[table].columns]
    chosen = ", ".join(f'"{c}" + 100000' if c == key else f'"{c}"' for c in columns)
    names = ", ".join(f'"{c}"' for c in columns)
    db.execute(f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {table} ORDER BY random() LIMIT 1")


def _blob_files(db: sqlite3.Connection, folder: Path, rng: random.Random) -> None:
    a, b = rng.sample(sorted(p for p in (folder / "blobs").rglob("*") if p.is_file()), 2)
    way = rng.choice(("swap", "delete", "cut", "same length"))
    x, y = a.read_bytes(), b.read_bytes()
    if way == "swap":
        a.write_bytes(y), b.write_bytes(x)
    elif way == "delete":
        a.unlink()
    elif way == "cut":
        a.write_bytes(x[:-1])
    else:
        a.write_bytes(bytes(reversed(x)))


def _expert(db: sqlite3.Connection, folder: Path, rng: random.Random) -> None:
    """Change a claim in its event, mend leaf and index row: the chain shows it."""
    seq = rng.choice([r[0] for r in db.execute("SELECT seq FROM document")])
    (body,) = db.execute("SELECT body FROM event WHERE seq = ?", (seq,)).fetchone()
    forged = encode.pack(line.replace(b'"stance":"', b'"stance":"x') for line in encode.unpack(body, ""))
    db.execute("UPDATE event SET body = ?, leaf = ? WHERE seq = ?", (forged, leaf(forged), seq))
    db.execute("UPDATE claim SET stance = 'x' || stance WHERE seq = ?", (seq,))


def _cut(db: sqlite3.Connection, folder: Path, rng: random.Random) -> None:
    """Cut off the last decision or problem with all its rows."""
    first, number = db.execute("SELECT first, number FROM batch ORDER BY number DESC LIMIT 1").fetchone()
    for table in ("decision", "problem", "event"):
        db.execute(f"DELETE FROM {table} WHERE seq >= ?", (first,))
    db.execute("DELETE FROM batch WHERE number = ?", (number,))


def _anew(db: sqlite3.Connection, folder: Path, rng: random.Random) -> None:
    """Change the text of one decision and write all hashes after it anew."""
    seqs = [r[0] for r in db.execute("SELECT seq FROM decision")]
    seq = rng.choice(seqs)
    (body,) = db.execute("SELECT body FROM event WHERE seq = ?", (seq,)).fetchone()
    forged = encode.pack(line.replace(b'"why":"', b'"why":"x') for line in encode.unpack(body, ""))
    db.execute("UPDATE event SET body = ?, leaf = ? WHERE seq = ?", (forged, leaf(forged), seq))
    prev = "0" * 64
    for number, first, last in db.execute("SELECT number, first, last FROM batch ORDER BY number").fetchall():
        at = "SELECT leaf FROM event WHERE seq BETWEEN ? AND ? ORDER BY seq"
        tree = root([r[0] for r in db.execute(at, (first, last))])
        end = head(number, first, last, prev, tree)
        db.execute("UPDATE batch SET root = ?, prev = ?, head = ? WHERE number = ?", (tree, prev, end, number))
        prev = end


Attack = Callable[[sqlite3.Connection, Path, random.Random], None]
INSIDE: dict[str, Attack] = {
    "delete a row": _delete,
    "swap values of two rows": _swap,
    "insert a row": _insert,
    "swap, cut, replace files": _blob_files,
    "change, leaf and rows mended": _expert,
}
OUTSIDE: dict[str, Attack] = {"cut off the end": _cut, "write the whole log anew": _anew}


def attacks(folder: Path, trials: int, seed: int) -> dict[str, Any]:
    """Try each attack ``trials`` times; those on the whole log are seen only against a checkpoint."""
    rng = random.Random(seed)
    build(folder)
    with opened(folder) as case, case.read() as conn:
        kept = checkpoint.take(conn, NOW)
    copy = folder.with_name("attacked")
    found: dict[str, str] = {}
    failures = []
    for name, attack in {**INSIDE, **OUTSIDE}.items():
        alone = against = 0
        for trial in range(trials):
            _copy(folder, copy)
            db = sqlite3.connect(copy / "case.db")
            attack(db, copy, rng)
            db.commit()
            db.close()
            alone += bool(look(copy).faults)
            seen = bool(look(copy, kept).faults)
            against += seen
            if not seen or (name in OUTSIDE and alone):
                failures.append(f"{name}, trial {trial}")
        found[name] = f"{alone}/{trials} alone, {against}/{trials} with a checkpoint"
    back = look(_back(folder, copy), kept).faults
    found["put an old backup back"] = f"{int(bool(back))}/1 with a checkpoint"
    if not back:
        failures.append("an old backup was not seen")
    return {"trials": trials * (len(INSIDE) + len(OUTSIDE)) + 1, "seed": seed, "found": found, "failures": failures}


def _back(folder: Path, copy: Path) -> Path:
    """Take a checkpoint of a case that went on, and look at its older copy."""
    _copy(folder, copy)
    db = sqlite3.connect(copy / "case.db")
    for _ in range(3):
        _cut(db, copy, random.Random(0))
    db.commit()
    db.close()
    return copy


def false_alarms(folder: Path, trials: int) -> dict[str, Any]:
    """Verify a case after each of many honest steps."""
    shutil.rmtree(folder, ignore_errors=True)
    failures = []
    for trial in range(trials):
        with Case.open(folder, create=True, now=lambda: NOW, who="probe", version=str(trial // 200)) as case:
            r = DOCUMENTS[trial % len(DOCUMENTS)]
            if trial % 3:
                case.decide(Decision("note", r.document.name, "probe", NOW, f"{trial}"))
            else:
                add(case, r)
            faults = verify(case).faults
        failures += [f"step {trial}: {f}" for f in faults]
    return {"trials": trials, "failures": failures}
