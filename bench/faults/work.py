"""What the harness lets a case do, and what must hold afterwards.

A job runs in a forked child, which tells each acknowledged step through a pipe. Promises checked afterwards: every
acknowledged step is there and whole, nothing half-written is there, ``verify`` is clean, and the same job run again
ends where an undisturbed one ends.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from beleg.errors import BelegError, CaseError
from beleg.model import Decision
from beleg.store import adding, blobs, home, move
from beleg.store.case import Case, Reading
from beleg.store.verify import verify
from store import readings

GOLDEN = max((Path(__file__).parents[2] / "tests" / "store" / "golden").glob("case-*.zip"))
NOW = "2026-01-02T03:04:05+00:00"
DOCUMENTS = list(readings(40, 3, 7))
Ack = Callable[[str], None]


def opened(folder: Path | str, create: bool = False) -> Case:
    return Case.open(folder, create=create, now=lambda: NOW, who="probe")


def add(case: Case, r: Reading) -> None:
    case.add(r.document, r.raw, r.sentences_parsed, r.claims, r.problems)


# --- jobs -----------------------------------------------------------------------------------------------------------


def ingest(folder: Path, ack: Ack, count: int = 4) -> None:
    with opened(folder, create=True) as case:
        ack("made")
        for n in range(count):
            add(case, DOCUMENTS[n])
            ack(f"document {DOCUMENTS[n].document.id}")


def bulk(folder: Path, ack: Ack) -> None:
    """Keep many documents in one transaction: their bytes are written, and rows inserted, by threads beside it."""
    adding.FIRST = adding.PART = 4  # so few documents would count as little work
    with opened(folder, create=True) as case:
        ack("made")
        case.add_many(DOCUMENTS[:20])
        for r in DOCUMENTS[:20]:
            ack(f"document {r.document.id}")


def review(folder: Path, ack: Ack, count: int = 4) -> None:
    with opened(folder) as case:
        claims = case.claims()
        for n in range(count):
            claim = claims[n % len(claims)]
            if not any(d.why == f"why {n}" for d in case.decisions()):
                case.decide(Decision("accept", claim.id, "probe", NOW, f"why {n}"))
            ack(f"decision why {n}")


def export(folder: Path, ack: Ack) -> None:
    with opened(folder) as case:
        move.export_case(case, folder.parent / "out.beleg", NOW)
        ack("export")


def take_over(folder: Path, ack: Ack) -> None:
    with opened(folder, create=True) as case:
        move.import_case(case, folder.parent / "given.beleg")
        ack("import")


def migrate(folder: Path, ack: Ack) -> None:
    with opened(folder):
        ack("made")


@dataclass(frozen=True)
class Job:
    """A piece of work, and the state it starts from."""

    name: str
    run: Callable[[Path, Ack], None]
    prepare: Callable[[Path], None]


def nothing(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)


def filled(folder: Path) -> None:
    nothing(folder)
    ingest(folder, lambda _: None)


def given(folder: Path) -> None:
    nothing(folder)
    source = folder.parent / "source"
    filled(source)
    with opened(source) as case:
        move.export_case(case, folder.parent / "given.beleg", NOW)
    shutil.rmtree(source)


def old(folder: Path) -> None:
    """Lay out a case that an older version wrote."""
    nothing(folder)
    shutil.unpack_archive(GOLDEN, folder.parent)


JOBS = {
    "ingest": Job("ingest", ingest, nothing),
    "bulk": Job("bulk", bulk, nothing),
    "review": Job("review", review, filled),
    "export": Job("export", export, filled),
    "import": Job("import", take_over, given),
    "migrate": Job("migrate", migrate, old),
}


# --- seeded faults: what the harness must catch ---------------------------------------------------------------------


def _no_file_fsync() -> None:
    def write_file(name: str, data: bytes) -> None:
        path = Path(name)
        temporary = path.with_name(".part-" + path.name[:8])
        temporary.write_bytes(data)
        temporary.rename(path)

    blobs.write_file = write_file


def _no_folder_fsync() -> None:
    blobs.fsync_folder = lambda folder: None


def _no_wait() -> None:
    @contextmanager
    def putting(self: blobs.FolderArchive, given: Mapping[str, bytes]) -> Iterator[Callable[[], object]]:
        yield lambda: None
        self.put(None, given)

    blobs.FolderArchive.putting = putting  # type: ignore[method-assign]


def _pragma(level: str, number: int) -> Callable[[], None]:
    def seed() -> None:
        home.SYNCHRONOUS = (level, number)

    return seed


def early_ingest(folder: Path, ack: Ack) -> None:
    """Like ``ingest``, but tells before it is done."""
    with opened(folder, create=True) as case:
        ack("made")
        for n in range(4):
            ack(f"document {DOCUMENTS[n].document.id}")
            add(case, DOCUMENTS[n])


SEEDED: dict[str, tuple[Callable[[], None], Callable[[Path, Ack], None]]] = {
    "no blob fsync": (_no_file_fsync, ingest),
    "no folder fsync": (_no_folder_fsync, ingest),
    "rows committed before the bytes": (_no_wait, bulk),
    "synchronous=NORMAL": (_pragma("NORMAL", 1), ingest),
    "synchronous=OFF": (_pragma("OFF", 0), ingest),
    "acknowledged before commit": (lambda: None, early_ingest),
}


# --- running and checking -------------------------------------------------------------------------------------------


@dataclass
class Run:
    """A child at work: its process, and where its acknowledgements arrive."""

    pid: int
    acks: int

    def read(self) -> list[str]:
        data = b""
        while part := os.read(self.acks, 65536):
            data += part
        os.close(self.acks)
        return data.decode().splitlines()


def start(
    run: Callable[[Path, Ack], None], folder: Path, seed: Callable[[], None] | None = None, stopped: bool = False
) -> Run:
    """Fork a child that does a job; ``stopped`` lets it wait for SIGCONT."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return Run(pid, reader)
    code = 1
    try:
        os.close(reader)
        if seed:
            seed()
        if stopped:
            os.kill(os.getpid(), signal.SIGSTOP)
        run(folder, lambda text: os.write(writer, f"{text}\n".encode()) and None)
        code = 0
    except BelegError as e:
        os.write(writer, f"error {e}\n".encode())
        code = 2
    finally:
        os._exit(code)


@contextmanager
def fresh(parent: Path) -> Iterator[Path]:
    """A place for one trial, gone afterwards."""
    place = parent / "trial"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        yield place / "case"
    finally:
        shutil.rmtree(place, ignore_errors=True)


def check(folder: Path, acks: list[str]) -> list[str]:
    """Return the promises that do not hold in a case after acknowledged steps."""
    steps = [a for a in acks if not a.startswith("error")]
    out = folder.parent / "out.beleg"
    broken: list[str] = []
    if out.exists():
        try:
            move.check_file(out)
        except CaseError as e:
            broken.append(f"half an export: {e}")
    elif "export" in steps:
        broken.append("an acknowledged export is missing")
    try:
        case = opened(folder)
    except CaseError as e:
        return [*broken, f"acknowledged, but: {e}"] if steps else broken
    with case:
        broken += [f"verify: {f}" for f in verify(case).faults]
        try:
            there = {d.id: d for d in case.documents()}
            decided = {d.why for d in case.decisions()}
            for r in DOCUMENTS:
                kept = there.pop(r.document.id, None)
                if kept is None:
                    if f"document {r.document.id}" in steps:
                        broken.append(f"lost: {r.document.id}")
                elif kept != r.document or case.claims(document=kept.id) != list(r.claims) or case.raw(kept) != r.raw:
                    broken.append(f"half-written: {kept.id}")
            broken += [
                f"lost: {a}" for a in steps if a.startswith("decision") and a.removeprefix("decision ") not in decided
            ]
            if "import" in steps and len(case.documents()) != 4:
                broken.append("an acknowledged import is not whole")
            strangers = [d for d in there.values() if d.outlet != "Beispielblatt"]  # the outlet of the golden case
            broken += [f"stranger: {d.id}" for d in strangers]
        except CaseError as e:
            broken.append(str(e))
    return broken


def again(job: Job, folder: Path) -> list[str]:
    """Run the job once more, undisturbed; return what does not hold then."""
    acks: list[str] = []
    try:
        job.run(folder, acks.append)
    except CaseError as e:
        return [f"cannot be run again: {e}"]
    return check(folder, acks)
