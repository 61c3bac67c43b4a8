"""TIGER dependencies, as spaCy's German pipelines give them, turned into Universal Dependencies.

TIGER hangs the content verb on its auxiliary, the noun on its preposition and the second conjunct on the conjunction;
UD does it the other way round. Labels follow the TIGER annotation scheme (Albert and others 2003).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LABELS = {
    "sb": "nsubj", "sbp": "obl", "oa": "obj", "oa2": "obj", "da": "iobj", "og": "obj", "oc": "ccomp", "op": "obl",
    "mo": "obl", "mnr": "nmod", "nk": "det", "ag": "nmod", "pg": "nmod", "app": "appos", "svp": "compound:prt",
    "pd": "xcomp", "ng": "advmod", "cj": "conj", "cd": "cc", "rc": "acl", "re": "xcomp", "cp": "mark", "ju": "cc",
    "par": "parataxis", "pnc": "flat", "rs": "parataxis", "dh": "dep", "cc": "obl", "cm": "mark", "cvc": "obl",
    "ac": "case", "avc": "advmod", "nmc": "nummod", "uc": "flat", "vo": "dep", "adc": "amod", "ams": "obl",
    "dm": "dep", "ep": "expl", "ph": "dep", "pm": "mark", "punct": "punct", "ROOT": "root",
}  # fmt: skip
BY_TAG = {
    "ART": "det",
    "CARD": "nummod",
    "ADJA": "amod",
    "NN": "appos",
    "NE": "flat",
    "ADV": "advmod",
    "PTKNEG": "advmod",
}
AUXILIARY, CONTENT = ("VA", "VM"), ("VV", "VA", "VM", "ADJ")
PASSIVE = "werden"
PREPOSITIONS = ("APPR", "APPRART", "APPO")
CONJUNCTIONS = ("KON",)


@dataclass(slots=True)
class Node:
    """A word of the tree; ``head`` is an index, -1 for the root."""

    lemma: str
    tag: str  # STTS
    head: int
    label: str


def to_universal(nodes: Sequence[Node]) -> list[tuple[int, str]]:
    """Return head and UD relation of each word of a TIGER tree."""
    work = [Node(n.lemma, n.tag, n.head, n.label) for n in nodes]
    labels = ["root" if n.head < 0 else _label(n) for n in work]
    for i in range(len(work) - 1, -1, -1):
        _conjunction(work, labels, i)
    for i in range(len(work)):
        _preposition(work, labels, i)
    for i in _deepest_first(work):
        _auxiliary(work, labels, i)
    _passive(work, labels)
    return [(n.head, label) for n, label in zip(work, labels, strict=True)]


def _label(node: Node) -> str:
    if node.label == "nk":
        return next((v for k, v in BY_TAG.items() if node.tag.startswith(k)), "det")
    if node.label in ("mo", "ng") and not node.tag.startswith((*PREPOSITIONS, "N", "V")):
        return "advmod"
    if node.label == "mo" and node.tag.startswith("V"):
        return "advcl"
    if node.label == "oc" and node.tag.endswith(("INF", "IZU")):
        return "xcomp"
    return LABELS.get(node.label, "dep")


def _deepest_first(work: Sequence[Node]) -> list[int]:
    def depth(i: int) -> int:
        steps = 0
        while work[i].head >= 0 and steps <= len(work):
            i, steps = work[i].head, steps + 1
        return steps

    return sorted(range(len(work)), key=lambda i: (-depth(i), i))


def _children(work: Sequence[Node], i: int) -> list[int]:
    return [k for k, n in enumerate(work) if n.head == i]


def _rise(work: list[Node], labels: list[str], child: int, top: int, relation: str) -> None:
    """Let ``child`` take the place of ``top``, which hangs on it with ``relation``."""
    work[child].head, labels[child] = work[top].head, labels[top]
    work[top].head, labels[top] = child, relation


def _conjunction(work: list[Node], labels: list[str], i: int) -> None:
    """ "A und B": B hangs on A, the conjunction on B."""
    if not work[i].tag.startswith(CONJUNCTIONS) or work[i].head < 0:
        return
    for k in _children(work, i):
        if labels[k] == "conj":
            work[k].head = work[i].head
            work[i].head, labels[i] = k, "cc"
            return


def _preposition(work: list[Node], labels: list[str], i: int) -> None:
    """The noun stands for its phrase, the preposition marks its case."""
    if not work[i].tag.startswith(PREPOSITIONS):
        return
    for k in _children(work, i):
        if work[k].label == "nk" and work[k].tag.startswith(("N", "P", "CARD", "ADV", "ADJ", "FM", "XY")):
            _rise(work, labels, k, i, "case")
            for other in _children(work, i):
                work[other].head = k
            return


def _auxiliary(work: list[Node], labels: list[str], i: int) -> None:
    """The content verb, or the predicate of a copula, stands for the clause."""
    if not work[i].tag.startswith(AUXILIARY):
        return
    children = _children(work, i)
    content = [k for k in children if work[k].label == "oc" and work[k].tag.startswith(CONTENT)]
    predicate = [k for k in children if work[k].label == "pd"]
    if not content and not predicate:
        return
    k = (content or predicate)[0]
    _rise(work, labels, k, i, "aux" if content else "cop")
    for other in children:
        if other != k:
            work[other].head = k


def _passive(work: list[Node], labels: list[str]) -> None:
    for i, node in enumerate(work):
        if labels[i] == "aux" and node.lemma == PASSIVE and work[node.head].tag == "VVPP":
            labels[i] = "aux:pass"
            for k in _children(work, node.head):
                if labels[k] == "nsubj":
                    labels[k] = "nsubj:pass"
