"""What a form brings along as articles: files, pasted text, and what the person knows of them."""

from __future__ import annotations

import hashlib

from beleg.errors import IndexFileError
from beleg.read.given import DAY, Given
from beleg.read.index import Index, parse_index
from beleg.read.inputs import RawInput, shown
from beleg.read.limits import DEFAULT
from beleg.web.forms import LARGE, Form
from beleg.web.judging import Refusal

INDEX = "index.jsonl"
FIELDS = ("text", "outlet", "published", "language", "name")


def entered_in(form: Form | None) -> dict[str, str]:
    """Return what stands in the fields, so that a form that was refused can be shown again."""
    return {name: form.fields.get(name, "") if form is not None else "" for name in FIELDS}


def given_by(form: Form) -> Given | Refusal:
    """Return outlet, day and language as a form gives them."""
    published, language = form.get("published"), form.get("language")
    if published is not None and not DAY.fullmatch(published):
        return Refusal("refused.day", "published")
    if language is not None and not (len(language) == 2 and language.isascii() and language.isalpha()):
        return Refusal("refused.language", "language")
    return Given(None, form.get("outlet"), language and language.lower(), published)


def inputs_of(form: Form) -> list[RawInput] | Refusal:
    """Return the articles of a form: files as they came, pasted text as one more; an index is none."""
    found = [
        RawInput(path=shown(name), raw=raw, name=shown(name).replace("\\", "/").rsplit("/", 1)[-1])
        for name, raw in form.files
        if not _is_index(name)
    ]
    text = form.get("text", LARGE)
    if text is not None:
        raw = text.replace("\r\n", "\n").encode("utf-8", "replace")
        name = form.get("name") or f"text-{hashlib.sha256(raw).hexdigest()[:8]}"
        found.append(RawInput(path=f"{name}.txt", raw=raw, name=f"{name}.txt"))
    if not found:
        return Refusal("refused.nothing_sent", "file")
    if any(len(raw.raw) > DEFAULT.input_bytes for raw in found):
        return Refusal("refused.too_large", "file")
    return found


def index_of(form: Form) -> Index | Refusal:
    """Return the index among the files, an empty one where there is none."""
    for name, raw in form.files:
        if _is_index(name):
            try:
                return parse_index(raw, INDEX)
            except IndexFileError:
                return Refusal("refused.index", "file")
    return Index()


def _is_index(name: str) -> bool:
    return name.replace("\\", "/").rsplit("/", 1)[-1] == INDEX
