"""Words with their places. The pattern cuts as UD German-GSD does.

Compounds with hyphens ("KN-23", "170-mm-Geschütz"), numbers with their marks ("12.000", "3,5", "10:30"), abbreviations
and ordinals with their full stop ("Nr.", "16.") are one word. Which abbreviations there are stands in
``data/<lang>/sentences.toml``; ``segment.sentences`` hands in where their full stops are.
"""

from __future__ import annotations

import re
from collections.abc import Set

from beleg.model import Span, Token

WORD = r"[\w\u0300-\u036f]+"  # combining marks are no \w, yet part of the letter
TOKEN = re.compile(
    rf"""
      (?:https?://|www\.)\S*[\w/]                       # web address
    | [\w.+-]{1, 64}@[\w-]+(?:\.[\w-]+)+                     # mail address
    | \.(?:\ \.){{2,}} | \.{{2,}}                         # ellipsis, also ". . ."
    | (?:[^\W\d_]{{1,3}}\.){{2,}}                         # z.B.  U.S.  i.d.R.
    | \d+(?:[.,:]\d+)+(?:[-‐‑]{WORD})*                  # 12.000  3,5  10:30  5.500-Tonnen-Schiff
    | (?:(?<=\s)[-‐‑](?=[^\W\d_]))?                     # "Werke und -anlagen"
      {WORD}
      (?: [-‐‑'’]{WORD}                                 # KN-23  geht's
        | [:*.](?=[a-zäöüß]{{2}}){WORD}                  # Leser:innen  t-online.de
      )*
      (?: [-‐‑](?=[\s,;)/]) )?                          # "Waffen- und"
    | ``|''|,,|--+|\S
    """,
    re.VERBOSE,
)


def split_tokens(text: str, span: Span, stops: Set[int] = frozenset()) -> tuple[Token, ...]:
    """Cut a sentence into words.

    Args:
        text: The document's text.
        span: The sentence.
        stops: Places of full stops that belong to the word before them (abbreviations, ordinals).

    Returns:
        Tokens in order, never overlapping, with ``text`` letter for letter; nothing but white space lies between them.
    """
    tokens: list[Token] = []
    for match in TOKEN.finditer(text, span.start, span.end):
        start, end = match.span()
        if tokens and start in stops and tokens[-1].end == start:
            end = start + 1
            start = tokens.pop().start
            tokens.append(Token(start, end, text[start:end]))
            if match.end() > end:  # more full stops followed: an ellipsis
                tokens.append(Token(end, match.end(), text[end : match.end()]))
            continue
        tokens.append(Token(start, end, text[start:end]))
    return tuple(tokens)
