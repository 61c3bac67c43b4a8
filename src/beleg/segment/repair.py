"""Mends what the network gets wrong about subjects and objects, by rules of agreement and case.

The network reads word by word and may give a verb two subjects, or none beside two objects. The forms of articles and
pronouns, agreement in number with the finite verb, and the passive say more. Every rule looks at one verb and its
arguments; a rule that cannot decide leaves things as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beleg.model import Token
from beleg.segment.clauses import CARRIERS, VERBAL, base, clause_words

ARGUMENTS = frozenset({"nsubj", "obj", "iobj"})
RELATIVE = frozenset({"PRELS", "WDT"})  # their number is that of the noun they stand for
PRONOMINAL = frozenset({"PROAV", "PAV"})
PERSONAL = frozenset({"PPER", "PRF"})
COUNTED = frozenset({"nmod", "conj", "appos", "flat"})  # below a singular noun that may take a plural verb


def repair(tokens: Sequence[Token], language: str) -> tuple[Token, ...]:
    """Return the words with mended relations; heads stay."""
    work = list(tokens)
    children: list[list[int]] = [[] for _ in work]
    for i, token in enumerate(work):
        if token.head >= 0:
            children[token.head].append(i)
    for verb in range(len(work)):
        arguments = [c for c in children[verb] if base(work[c]) in ARGUMENTS]
        if arguments:
            _times(work, children, arguments, language)
            _passive(work, children, verb, arguments)
            _one_subject(work, children, verb, arguments)
            _a_subject(work, children, verb, arguments)
            _one_dative(work, children, verb, arguments)
            _swap(work, children, verb, arguments)
            _one_object(work, children, arguments)
            _no_direct_object(work, children, arguments)
    return tuple(work)


def _set(work: list[Token], i: int, deprel: str) -> None:
    work[i] = replace(work[i], deprel=deprel)


def _case(work: Sequence[Token], children: list[list[int]], i: int) -> str | None:
    """Return the case of a noun phrase, its article's before its own: nouns show theirs less often."""
    for c in children[i]:
        if base(work[c]) == "det" and c < i and work[c].feat("Case"):
            return work[c].feat("Case")
    return work[i].feat("Case")


def _with(work: Sequence[Token], arguments: Sequence[int], relation: str) -> list[int]:
    return [i for i in arguments if base(work[i]) == relation]


def _times(work: list[Token], children: list[list[int]], arguments: list[int], language: str) -> None:
    """ "Vergangene Woche" is no object, nor a second subject."""
    nouns = clause_words(language, "time_noun")
    subjects = _with(work, arguments, "nsubj")
    for i in arguments:
        if work[i].text.lower() not in nouns:
            continue
        counted = any(base(work[c]) in ("nummod", "acl", "det") for c in children[i])
        spare = len(subjects) > 1 and _case(work, children, i) != "Nom"
        if (base(work[i]) == "obj" and not counted) or (base(work[i]) == "nsubj" and spare):
            _set(work, i, "obl")


def _is_passive(work: Sequence[Token], children: list[list[int]], verb: int) -> bool:
    return any(work[c].deprel == "aux:pass" for c in children[verb])


def _passive(work: list[Token], children: list[list[int]], verb: int, arguments: list[int]) -> None:
    """What a passive verb has for an object, and no subject beside it, is its subject."""
    if not _is_passive(work, children, verb):
        return
    if not _with(work, arguments, "nsubj"):
        objects = [i for i in _with(work, arguments, "obj") if _case(work, children, i) not in ("Dat", "Gen")]
        if len(objects) == 1 and _agrees(work, children, verb, objects[0]):
            _set(work, objects[0], "nsubj:pass")


def _finite_of(work: Sequence[Token], children: list[list[int]], verb: int) -> Token | None:
    forms = [verb, *(c for c in children[verb] if base(work[c]) in CARRIERS)]
    return next((work[v] for v in forms if work[v].feat("VerbForm") == "Fin"), None)


def _agrees(work: Sequence[Token], children: list[list[int]], verb: int, i: int) -> bool:
    """Tell whether a phrase can be the subject: its number is the finite verb's, as far as both show."""
    finite = _finite_of(work, children, verb)
    number = finite.feat("Number") if finite else None
    several = any(base(work[c]) == "conj" for c in children[i])
    noun = work[verb].head if work[i].xpos in RELATIVE and base(work[verb]) == "acl" else i
    own = "Plur" if several else work[noun].feat("Number")
    return number is None or own is None or number == own


def _one_subject(work: list[Token], children: list[list[int]], verb: int, arguments: list[int]) -> None:
    """Of two subjects of a verb in one stretch without commas, one that cannot be the subject is an object."""
    subjects = _with(work, arguments, "nsubj")
    if len(subjects) < 2 or work[verb].upos != "VERB" or _is_passive(work, children, verb):
        return
    if _with(work, arguments, "obj"):
        return
    near = [i for i in subjects if not any(work[k].text == "," for k in range(min(i, verb), max(i, verb)))]
    fit = [i for i in near if _case(work, children, i) == "Nom" and _agrees(work, children, verb, i)]
    for i in near:
        if fit and i not in fit and work[i].xpos not in PERSONAL:
            _set(work, i, "iobj" if _case(work, children, i) == "Dat" else "obj")


def _a_subject(work: list[Token], children: list[list[int]], verb: int, arguments: list[int]) -> None:
    """A finite verb with two objects and no subject: the nominative that agrees is the subject."""
    if work[verb].upos not in VERBAL or base(work[verb]) == "conj" or _with(work, arguments, "nsubj"):
        return
    finite = _finite_of(work, children, verb)
    objects = _with(work, arguments, "obj")
    if finite is None or finite.feat("Mood") == "Imp" or len(objects) < 2 or _is_passive(work, children, verb):
        return
    fit = [i for i in objects if _case(work, children, i) == "Nom" and _agrees(work, children, verb, i)]
    if fit:
        _set(work, fit[0], "nsubj")


def _one_dative(work: list[Token], children: list[list[int]], verb: int, arguments: list[int]) -> None:
    """ "Panzer hat Serbien dem Iran geliefert": of two datives the bare name is the subject, where no other can be."""
    datives, subjects = _with(work, arguments, "iobj"), _with(work, arguments, "nsubj")
    finite = _finite_of(work, children, verb)
    if len(datives) != 2 or finite is None or finite.feat("Mood") == "Imp" or _is_passive(work, children, verb):
        return
    if base(work[verb]) == "conj" or any(base(work[c]) == "csubj" for c in children[verb]):
        return
    bare = [i for i in datives if _bare_name(work, children, i)]
    if len(bare) != 1 or not _agrees(work, children, verb, bare[0]):
        return
    for i in subjects:  # names have no form for their number, "eine Reihe von" takes either
        counted = any(base(work[c]) in COUNTED for c in children[i])
        if work[i].upos == "PROPN" or work[i].xpos in PERSONAL or counted or _agrees(work, children, verb, i):
            return
    for i in subjects:
        _set(work, i, "obj")
    _set(work, bare[0], "nsubj")


def _bare_name(work: Sequence[Token], children: list[list[int]], i: int) -> bool:
    """Tell whether a name stands without article and preposition, and in no genitive."""
    beside = {base(work[c]) for c in children[i]}
    return work[i].upos == "PROPN" and not beside & {"det", "case"} and work[i].feat("Case") != "Gen"


def _swap(work: list[Token], children: list[list[int]], verb: int, arguments: list[int]) -> None:
    """ "Vierzig Zelte hat die Werft geliefert": the subject is the one of the two that agrees with the finite verb."""
    subjects, objects = _with(work, arguments, "nsubj"), _with(work, arguments, "obj")
    if len(subjects) != 1 or len(objects) != 1 or work[subjects[0]].deprel != "nsubj":
        return
    subject, object_ = subjects[0], objects[0]
    if work[subject].upos == "PROPN" or {work[subject].xpos, work[object_].xpos} & PERSONAL:
        return  # names have no form for their number, personal pronouns have one for their case
    if any(base(work[c]) in COUNTED for c in children[subject]) or _accusative(work, children, object_):
        return
    if not _agrees(work, children, verb, subject) and _agrees(work, children, verb, object_):
        _set(work, subject, "obj")
        _set(work, object_, "nsubj")


def _accusative(work: Sequence[Token], children: list[list[int]], i: int) -> bool:
    """Tell whether a phrase shows the accusative: only the masculine singular does."""
    shown = [c for c in children[i] if base(work[c]) in ("det", "amod")]
    return any(
        work[c].feat("Case") == "Acc" and work[c].feat("Gender") == "Masc" and work[c].feat("Number") == "Sing"
        for c in shown
    )


def _one_object(work: list[Token], children: list[list[int]], arguments: list[int]) -> None:
    """Of two objects the dative is the indirect one; of two bare names the first ("hat Polen Zelte geliefert")."""
    objects = _with(work, arguments, "obj")
    if len(objects) < 2 or _with(work, arguments, "iobj"):
        return
    dative = [i for i in objects if _case(work, children, i) == "Dat"]
    names = [i for i in objects[:-1] if work[i].upos == "PROPN"]
    if dative or names:
        _set(work, (dative or names)[0], "iobj")


def _no_direct_object(work: list[Token], children: list[list[int]], arguments: list[int]) -> None:
    """What has a preposition is no object, nor is "davon"; a dative that its article shows is an indirect one."""
    for i in _with(work, arguments, "obj"):
        if any(base(work[c]) == "case" and work[c].upos == "ADP" for c in children[i]):
            _set(work, i, "obl")
            continue
        articles = [work[c].feat("Case") for c in children[i] if base(work[c]) == "det"]
        if work[i].xpos in PRONOMINAL:
            _set(work, i, "obl")
        elif articles and all(case == "Dat" for case in articles):
            _set(work, i, "iobj")
