"""The mood of finite verbs, by a lexicon of forms where the form decides it.

"sei", "könne", "wäre" are subjunctive whatever the tagger says; "gebe" is, unless its subject is "ich"; "lieferte"
could be subjunctive II and is taken for indicative, as readers take it. The table ``weights/moods-<lang>.tsv``
(CC BY-SA 4.0, built by ``training/lexicon.py``) says which is which; a language without one keeps the tagger's mood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from beleg.model import Token
from beleg.segment.encoder import WEIGHTS

Group = Literal["sub1", "sub1-not-ich", "sub2", "ind"]
TENSE = {"sub1": "Pres", "sub2": "Past"}
FINITE = "FIN"  # end of the STTS tags of finite verbs
CARRIED = frozenset({"aux", "cop"})  # relations of a finite verb whose subject hangs on its head
NEAR_BEFORE, NEAR_AFTER = 8, 6  # words in which a first person is looked for


@dataclass(frozen=True, slots=True)
class MoodTable:
    """Form → group."""

    groups: dict[str, str]

    def mood(self, tokens: Sequence[Token], i: int) -> Literal["sub1", "sub2", "ind"] | None:
        """Return what the form of word ``i`` says about its mood, or None where it says nothing."""
        word = tokens[i].text
        group = self.groups.get(word) or self.groups.get(word.lower())
        if group == "sub1-not-ich":
            return "ind" if _first_person(tokens, i) else "sub1"
        if group in ("sub1", "sub2", "ind"):
            return group  # type: ignore[return-value]
        return None


def _first_person(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether the subject of verb ``i`` is "ich"; where it has none, whether "ich" stands near."""
    verb = tokens[i].head if tokens[i].deprel.split(":")[0] in CARRIED and tokens[i].head >= 0 else i
    if i == 0 and tokens[i].feat("Person") == "1":
        return True  # "Habe das Schiff gesehen."
    subjects = [t for t in tokens if t.head == verb and t.deprel.split(":")[0] == "nsubj"]
    near = subjects or tokens[max(0, i - NEAR_BEFORE) : i + NEAR_AFTER]
    return any(t.upos == "PRON" and t.feat("Person") == "1" for t in near)


@cache
def mood_table(language: str) -> MoodTable:
    """Read the table of a language; empty where there is none."""
    path = WEIGHTS / f"moods-{language}.tsv"
    groups: dict[str, str] = {}
    if path.is_file():
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                name, forms = line.split("\t")
                groups.update(dict.fromkeys(forms.split(" "), name))
    return MoodTable(groups)


def correct_moods(tokens: Sequence[Token], table: MoodTable) -> tuple[Token, ...]:
    """Set Mood, and Tense of subjunctives (Pres for I, Past for II), of the finite verbs whose form decides them."""
    corrected = []
    for i, token in enumerate(tokens):
        finite = token.feat("VerbForm") == "Fin" or token.xpos.endswith(FINITE)
        mood = table.mood(tokens, i) if finite and token.feat("Mood") != "Imp" else None
        if mood is not None:
            feats = dict(token.feats)
            feats["VerbForm"] = "Fin"
            feats["Mood"] = "Ind" if mood == "ind" else "Sub"
            if mood in TENSE:
                feats["Tense"] = TENSE[mood]
            token = replace(token, feats=tuple(sorted(feats.items())))
        corrected.append(token)
    return tuple(corrected)
