"""UD treebanks as examples with one set of labels.

The three treebanks disagree in places; what the parser gives is the UD German-GSD reading, with these changes:

- contractions ("im", "zum") are one word, as in the text: the preposition's article is merged into it;
- subtypes are kept only where Beleg uses them (``KEPT_SUBTYPES``);
- a dative object is ``iobj``, an object with a preposition ``obl:arg`` (GSD and PUD mark both ``obl:arg``, HDT marks
  the dative ``obj``);
- rare relations that stand for broken or loose text are ``dep``.

What a treebank does not annotate, or annotates badly, is ``None`` and not trained on: STTS in PUD, verb forms in PUD,
mood in HDT, all features in our own sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FEATURES = ("Case", "Number", "Gender", "Person", "Mood", "Tense", "VerbForm", "PronType")
KEPT_SUBTYPES = frozenset({"nsubj:pass", "aux:pass", "compound:prt", "csubj:pass", "obl:arg", "expl:pv"})
LOOSE = frozenset({"reparandum", "goeswith", "list", "orphan", "dislocated", "discourse", "vocative"})
FLAT = frozenset({"flat", "fixed"})
VERBAL = frozenset({"VERB", "AUX"})
NONE = "_"


@dataclass
class Example:
    """A sentence with its labels; ``None`` where a label is unknown, head -1 for the root."""

    words: list[str]
    treebank: str
    upos: list[str] = field(default_factory=list)
    xpos: list[str | None] = field(default_factory=list)
    feats: list[dict[str, str] | None] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    trust: list[float] | None = None  # of machine labels: the weight of each word
    spaces: list[bool] = field(default_factory=list)  # True: a space follows


def read_treebank(path: Path, treebank: str) -> list[Example]:
    """Read a CoNLL-U file; ``treebank`` is GSD, PUD, HDT or OWN."""
    return [_example(rows, joined, treebank) for rows, joined in _sentences(path)]


def _sentences(path: Path) -> Iterator[tuple[list[list[str]], dict[int, tuple[int, str, str]]]]:
    rows: list[list[str]] = []
    joined: dict[int, tuple[int, str, str]] = {}
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("#"):
            continue
        if not line:
            if rows:
                yield rows, joined
            rows, joined = [], {}
            continue
        cells = line.split("\t")
        if "-" in cells[0]:
            first, last = cells[0].split("-")
            joined[int(first)] = (int(last), cells[1], cells[9])
        elif "." not in cells[0]:
            rows.append(cells)


def _relation(deprel: str, has_case: bool, dative: bool, treebank: str) -> str:
    if deprel in ("iobj", "obl:arg") or (deprel == "obj" and dative and treebank == "HDT"):
        return "obl:arg" if has_case else "iobj"
    if deprel == "obj" and has_case:
        return "obl"
    if deprel in KEPT_SUBTYPES:
        return deprel
    plain = deprel.split(":")[0]
    return "dep" if plain in LOOSE else "flat" if plain in FLAT else plain


def _features(cells: list[str], treebank: str) -> dict[str, str] | None:
    if treebank == "OWN":
        return None
    found = dict(pair.split("=", 1) for pair in cells[5].split("|")) if cells[5] != NONE else {}
    feats = {k: v.split(",")[0] for k, v in found.items() if k in FEATURES}
    if cells[3] not in VERBAL:
        for name in ("Mood", "Tense", "VerbForm"):
            feats.pop(name, None)
        return feats
    if "Mood" in feats or (feats.get("Tense") in ("Pres", "Past") and "Person" in feats):
        feats.setdefault("VerbForm", "Fin")
    if feats.get("VerbForm") == "Fin":
        feats.setdefault("Mood", "Ind")
        if treebank == "HDT":
            feats["Mood"] = ""  # unknown
    elif "VerbForm" not in feats:
        feats["VerbForm"] = ""  # unknown
    return feats


def _example(rows: list[list[str]], joined: dict[int, tuple[int, str, str]], treebank: str) -> Example:
    heads = [int(cells[6]) for cells in rows]
    has_case = {heads[i] for i, cells in enumerate(rows) if cells[7] == "case"}
    groups: list[tuple[list[int], str, str]] = []
    i = 1
    while i <= len(rows):
        last, form, misc = joined.get(i, (i, rows[i - 1][1], rows[i - 1][9]))
        groups.append((list(range(i, last + 1)), form, misc))
        i = last + 1
    group_of = {number: g for g, (numbers, _, _) in enumerate(groups) for number in numbers}
    example = Example([form for _, form, _ in groups], treebank)
    for g, (numbers, _, misc) in enumerate(groups):
        # the word that stands for the group is the one whose head lies outside it
        number = next(n for n in numbers if heads[n - 1] == 0 or group_of[heads[n - 1]] != g)
        cells, head = rows[number - 1], heads[number - 1]
        feats = _features(cells, treebank)
        if len(numbers) > 1 and feats is not None:
            feats = {k: v for n in numbers for k, v in (_features(rows[n - 1], treebank) or {}).items()}
            feats.pop("PronType", None)
        contraction = len(numbers) > 1 and rows[numbers[0] - 1][3] == "ADP"
        dative = "Case=Dat" in cells[5]
        example.upos.append(cells[3])
        example.xpos.append(None if treebank == "PUD" else "APPRART" if contraction else cells[4])
        example.feats.append(feats)
        example.heads.append(-1 if head == 0 else group_of[head])
        example.deprels.append("root" if head == 0 else _relation(cells[7], number in has_case, dative, treebank))
        example.spaces.append("SpaceAfter=No" not in misc)
    return example
