"""Check a Beleg case without Beleg: Python 3.9 or later, standard library only.

    python verify_case.py CASE_FOLDER [CHECKPOINT_FILE ...]

It reads the database read-only and every kept file, and prints what does not fit. Exit code 0: everything fits.

1. blobs/ab/abcdef… : the SHA-256 of each file is its name.
2. reading: the SHA-256 of each body is its key (the body is a zlib stream of five JSON lines; the first is the text).
3. event: the body is a zlib stream of JSON lines [kind, value]; the first repeats seq, kind, at and who.
   leaf = SHA-256(0x00 + body).
4. batch: root = Merkle tree hash of the leaves first … last (RFC 9162, 2.1.1);
   head = SHA-256("beleg batch NUMBER FIRST LAST PREV ROOT\\n"), PREV = head of the batch before, 64 zeros at first.
5. document, claim, decision: each row repeats a record of the log (all but the words that are searched).
6. CHECKPOINT_FILE (six lines that `beleg checkpoint` printed earlier): the batch it names still has that head.
"""

import hashlib
import json
import re
import sqlite3
import sys
import zlib
from pathlib import Path

faults = []


def fault(place, message):
    faults.append(f"{place}: {message}")


def digest(data):
    return hashlib.sha256(data).hexdigest()


def tree(leaves):
    level = [bytes.fromhex(x) for x in leaves]
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\1" + a + b).digest() for a, b in zip(level[::2], level[1::2])]  # noqa: B905
        level = pairs + (level[-1:] if len(level) % 2 else [])
    return level[0].hex() if level else digest(b"")


def records(event):
    """Return the records of an event, None where it cannot be read."""
    try:
        found = [json.loads(line) for line in zlib.decompress(event["body"]).split(b"\n")]
        return found if found[0][0] == "event" else None
    except (zlib.error, ValueError, IndexError, KeyError, TypeError):
        return None


def document_id(d):
    return f"{d['name']}@{d['sha256'][:12]}" + (f"/{d['outlet']}" if d["outlet"] else "")


def claim_row(c, text):
    quantity, time, sources = c["quantity"] or {}, c["time"] or {}, c["sources"]
    start, end = c["span"]
    row = {k: c[k] for k in ("event", "supplier", "recipient", "actor", "item", "item_id", "stance", "act", "form")}
    row.update(claim=c["id"], start=start, end=end, quote=text[start:end], unit=quantity.get("unit"))
    row.update(low=quantity.get("low"), high=quantity.get("high"))
    row.update(time_start=time.get("start"), time_end=time.get("end"), day=time.get("start") or "")
    row.update(origin=sources[-1]["name"] if sources else None, teller=sources[0]["name"] if sources else None)
    return row


def document_row(r):
    d = r["document"]
    days = d["published"]["days"] or (None, None)
    row = {k: d[k] for k in ("name", "outlet", "sha256", "media_type", "language", "title", "url")}
    row.update(ident=document_id(d), published_first=days[0], published_last=days[1])
    row.update({k: r[k] for k in ("size", "reading", "sentences_parsed", "claims", "problems")})
    return row


def compare(place, row, said):
    for name, value in said.items():
        value = value.replace("\0", "\ufffd") if isinstance(value, str) else value
        if row[name] != value:
            fault(f"{place} {name}", f"row says {row[name]!r}, log says {value!r}")


def check_files(folder, names):
    seen = set()
    for path in sorted(folder.glob("blobs/??/*")):
        if re.fullmatch("[0-9a-f]{64}", path.name):
            seen.add(path.name)
            if digest(path.read_bytes()) != path.name:
                fault(path, "its bytes do not have the SHA-256 it is named by")
    for name in sorted(names - seen):
        fault(f"blobs/{name[:2]}/{name}", "is missing")


def check_log(db):
    """Return the events that can be read, by number, and the heads by batch."""
    events, leaves, heads = {}, {}, {}
    for event in db.execute("SELECT * FROM event ORDER BY seq"):
        place, seq = f"event {event['seq']}", event["seq"]
        leaves[seq] = digest(b"\0" + event["body"])
        if leaves[seq] != event["leaf"]:
            fault(place, "body or leaf was changed")
        found = records(event)
        if found is None:
            fault(f"{place} body", "cannot be read")
            continue
        events[seq] = found
        compare(place, event, {k: found[0][1][k] for k in ("seq", "kind", "at", "who")})
    prev, last = "0" * 64, 0
    for number, batch in enumerate(db.execute("SELECT * FROM batch ORDER BY number"), 1):
        place = f"batch {batch['number']}"
        members = range(batch["first"], batch["last"] + 1)
        if batch["number"] != number or batch["first"] != last + 1 or any(s not in leaves for s in members):
            fault(place, "a batch or an event before it or in it is missing")
        if tree([leaves[s] for s in members if s in leaves]) != batch["root"]:
            fault(f"{place} root", "is not the root of its events")
        if batch["prev"] != prev:
            fault(f"{place} prev", "is not the head before it")
        line = f"beleg batch {batch['number']} {batch['first']} {batch['last']} {batch['prev']} {batch['root']}\n"
        if digest(line.encode()) != batch["head"]:
            fault(f"{place} head", "does not follow from its batch")
        prev, last, heads[batch["number"]] = batch["head"], batch["last"], batch["head"]
    for seq in sorted(s for s in leaves if s > last):
        fault(f"event {seq}", "belongs to no batch")
    return events, heads


def check_rows(db, events):
    """Compare the index rows with the newest reading of each document; return the digests of all kept files."""
    names, newest = set(), {}
    readings = {r["sha256"]: r["body"] for r in db.execute("SELECT * FROM reading")}
    for key, body in readings.items():
        if digest(body) != key:
            fault(f"reading {key}", "its body does not have that SHA-256")
    for seq, found in events.items():
        if len(found) > 1 and found[1][0] == "document":
            names.add(found[1][1]["document"]["sha256"])
            newest[document_id(found[1][1]["document"])] = seq
    expected = {"document": 0, "claim": 0, "decision": 0}
    in_force = set(newest.values())
    for seq, found in events.items():
        if found[1:] and found[1][0] == "decision":
            expected["decision"] += 1
            decision = found[1][1]["decision"]
            said = {k: decision[k] for k in ("id", "kind", "target", "who", "undoes")}
            row_of(db, f"decision {decision['id']}", "decision", "seq", seq, {**said, "at": decision["when"]})
        if seq not in in_force:
            continue
        record = found[1][1]
        body = readings.get(record["reading"])
        if body is None or digest(body) != record["reading"]:
            fault(f"reading {record['reading']}", f"of event {seq} is missing or changed")
            continue
        text = json.loads(zlib.decompress(body).split(b"\n")[0])
        expected["document"] += 1
        place = f"document {record['document']['name']}"
        row_of(db, place, "document", "seq", seq, document_row(record))
        for n, claim in enumerate(value for kind, value in found if kind == "claim"):
            expected["claim"] += 1
            row_of(db, f"claim {claim['id']}", "claim", "id", seq << 20 | n, claim_row(claim, text))
    for table, count in expected.items():
        there = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        if there != count:
            fault(table, f"has {there} rows, the log says {count}")
    return names


def row_of(db, place, table, key, value, said):
    row = db.execute(f"SELECT * FROM {table} WHERE {key} = ?", (value,)).fetchone()
    compare(place, row, said) if row else fault(place, "the row is missing")


def check_against(path, events, heads):
    fields = dict(re.findall(r"^(case|batches|head) (\S+)\s*$", path.read_text(), re.MULTILINE))
    if len(fields) != 3:
        fault(path, "is no checkpoint")
    elif events.get(1, [[], ["", {}]])[1][1].get("case") != fields["case"]:
        fault(path, "is a checkpoint of another case")
    elif heads.get(int(fields["batches"])) != fields["head"]:
        fault(path, "the log was cut short or written anew since this checkpoint was made")


def main(folder, checkpoints):
    db = sqlite3.connect(f"file:{folder / 'case.db'}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    events, heads = check_log(db)
    check_files(folder, check_rows(db, events))
    for path in checkpoints:
        check_against(path, events, heads)
    print(*faults, f"{len(faults) or 'no'} faults in {len(events)} events", sep="\n")
    return int(bool(faults))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), [Path(p) for p in sys.argv[2:]]))
