"""Words are cut as the treebank that the parser learned from cuts them."""

from __future__ import annotations

import pytest

from beleg.model import Block, Span
from beleg.segment.sentences import split_block

CASES = [
    ("Die KN-23 flog 450 km.", "Die|KN-23|flog|450|km|."),
    ("12.000 Schuss, 3,5 Tonnen, 10:30 Uhr", "12.000|Schuss|,|3,5|Tonnen|,|10:30|Uhr"),
    ("eine 170-mm-Haubitze", "eine|170-mm-Haubitze"),
    ("Werke und -anlagen sowie Luft- und Seefracht", "Werke|und|-anlagen|sowie|Luft-|und|Seefracht"),
    ("Am 16. März kam Dr. Weber.", "Am|16.|März|kam|Dr.|Weber|."),
    ("Er nannte z.B. Zelte.", "Er|nannte|z.B.|Zelte|."),
    ("Das kostet 5 Mio. Euro.", "Das|kostet|5|Mio.|Euro|."),
    ("„Nein“, sagte sie – leise.", "„|Nein|“|,|sagte|sie|–|leise|."),
    ("Es war . . . still...", "Es|war|. . .|still|..."),
    ("50% von 3$", "50|%|von|3|$"),
    ("auf t-online.de und https://example.org/a?b=1 gelesen", "auf|t-online.de|und|https://example.org/a?b=1|gelesen"),
    ("Leser:innen fragten: wann?", "Leser:innen|fragten|:|wann|?"),
    ("Kims Flo\u0308\u00dfe", "Kims|Flo\u0308\u00dfe"),
    ("S-300/S-400", "S-300|/|S-400"),
    ("Er blieb bis 1984.", "Er|blieb|bis|1984|."),
]


@pytest.mark.parametrize(("text", "words"), CASES)
def test_a_sentence_is_cut_into_the_words_a_reader_sees(text: str, words: str) -> None:
    block = Block(Span(0, len(text)), "body")
    assert "|".join(t.text for s in split_block(text, block, 0, "de") for t in s.tokens) == words
