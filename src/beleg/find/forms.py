"""The notation in which the tables write word forms, and what it stands for.

    Granate/n            Granate, Granaten
    Weiß~ Haus/es        Weiße Haus, Weißen Haus, Weißer Haus, … Weißes Hauses
    *rakete/n            also as the end of a longer word: Kurzstreckenraketen
    =Blaues Haus         no genitive is added

``~`` stands for the endings of a German adjective, ``/x`` for "or with x at its end". English forms use ``/s`` alike.
"""

from __future__ import annotations

import re
from itertools import product

ADJECTIVE_ENDINGS = ("e", "en", "er", "es", "em")
ENDING = re.compile(r"/(?=[a-zäöüß])")  # "SAMP/T" keeps its stroke
NO_GENITIVE = ("s", "x", "z", "ß", "S", "X", "Z")


def expand(form: str) -> list[str]:
    """Return the spellings that a form stands for, without its marks ``*`` and ``=``, first the base form."""
    words = []
    for word in form.lstrip("*=").split(" "):
        if "~" in word:
            words.append([word.replace("~", ending) for ending in ADJECTIVE_ENDINGS])
        else:
            base, *endings = ENDING.split(word)
            words.append([base, *(base + ending for ending in endings)])
    return [" ".join(choice) for choice in product(*words)]


def names(form: str) -> list[str]:
    """Return the spellings of a name with its genitive: Nordkorea, Nordkoreas."""
    found = expand(form)
    if form.startswith("=") or "/" in form:
        return found
    return found + [f + "s" for f in found if f[-1].isalpha() and not f.endswith(NO_GENITIVE) and not f[-2:].isupper()]


def adjectives(stem: str) -> list[str]:
    """Return the forms of a demonym adjective, also as they open a sentence: nordkoreanisch, Nordkoreanische, …

    The bare stem with a capital is left out: "Deutsch" is a language.
    """
    found = [stem + ending for ending in ADJECTIVE_ENDINGS]
    return [stem, *found, *(f[:1].upper() + f[1:] for f in found if f[:1].islower())]


def people(noun: str) -> list[str]:
    """Return the forms of a noun for the people of a state: Nordkoreaner, Nordkoreanerinnen; Russe, Russin, Russen."""
    if noun.endswith("er"):
        return [noun + ending for ending in ("", "n", "s", "in", "innen")]
    if noun.endswith("e"):
        return [noun, noun + "n", noun[:-1] + "in", noun[:-1] + "innen"]
    return expand(noun)
