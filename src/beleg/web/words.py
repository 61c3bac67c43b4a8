"""What the page says, in the reader's language: ``data/<lang>/interface.toml``.

A file is tables of texts: ``[stance] denied = "dementiert"`` has the key ``stance.denied``. A key that a language lacks
is shown in English, a value that has no text (a name, a code) as it stands.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from beleg.errors import TableError
from beleg.lexicon import DATA

FALLBACK = "en"
FILE = "interface.toml"


@cache
def interface_languages() -> tuple[str, ...]:
    """Return the languages that the page speaks, sorted."""
    return tuple(sorted(folder.name for folder in DATA.iterdir() if (folder / FILE).is_file()))


@cache
def texts(language: str) -> Mapping[str, str]:
    """Return all texts of a language by key.

    Raises:
        TableError: not TOML, or something else than tables of texts.
    """
    path = DATA / language / FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as e:
        raise TableError(f"{path}: not TOML: {e}") from e
    found: dict[str, str] = {}
    for group, members in content.items():
        if not isinstance(members, dict) or not all(isinstance(text, str) for text in members.values()):
            raise TableError(f"{path}: [{group}]: expected a table of texts")
        found |= {f"{group}.{name}": text for name, text in members.items()}
    return found


def say(language: str, key: str, default: str | None = None) -> str:
    """Return the text of a key, the English one where the language has none, else ``default`` or the key's end."""
    found = texts(language).get(key) or texts(FALLBACK).get(key)
    if found is not None:
        return found
    return default if default is not None else key.partition(".")[2]


def choose(asked: str | None, kept: str | None, accepted: str) -> str:
    """Return the language asked for in the address, else kept in the cookie, else first in Accept-Language."""
    have = interface_languages()
    for wanted in (asked, kept):
        if wanted in have:
            return str(wanted)
    for part in accepted.split(","):
        tag = part.split(";")[0].strip().lower().split("-")[0]
        if tag in have:
            return tag
    return FALLBACK
