"""The language of a text, offline (py3langid), with more care the shorter the text is."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

from beleg.read.rules import word_rules

SAMPLE = 4_000  # characters; more changes nothing
SHORT = 60  # below this the identifier is wrong in one of ten: function words must agree
MIN_LETTERS = 12


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify(text: str) -> str | None:
    """Return the ISO 639-1 code of the text's language, or None where the text is too short to tell."""
    sample = re.sub(r"(?:https?://|www\.)\S+", " ", text[:SAMPLE])
    if sum(c.isalpha() for c in sample) < MIN_LETTERS:
        return None
    code, probability = _identifier().classify(sample)
    if len(sample) >= SHORT or probability > 0.99:
        return str(code)
    return _by_function_words(sample) or (str(code) if probability > 0.9 else None)


def _by_function_words(sample: str) -> str | None:
    words = re.findall(r"\w+", sample.casefold())
    counts: dict[str, int] = {}
    for row in (r for r in word_rules() if r.use != "role"):
        language = row.key.split(".")[0]
        counts[language] = counts.get(language, 0) + sum(w in row.forms for w in words)
    best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:2]
    if not best or best[0][1] == 0 or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]
