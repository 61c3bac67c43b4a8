from __future__ import annotations

import random

from beleg.read.near import Fingerprint, fingerprint_text, near_copies, shared_stretches

WORDS = [f"{a}{b}{c}" for a in "bdf" for b in ("a", "e", "i", "o", "u") for c in ("ra", "re", "ri", "ro", "ru")]


def article(seed: int, length: int = 200) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def links(*texts: str) -> list[tuple[str, str, str]]:
    prints: list[Fingerprint] = [fingerprint_text(str(i), t) for i, t in enumerate(texts)]
    return [(x.first, x.second, x.why) for x in near_copies(prints)]


def test_the_same_words_with_other_signs_are_the_same_text() -> None:
    assert links("Das Land hat zwölf Werfer.", "das Land hat zwölf Werfer!") == [("0", "1", "same-text")]


def test_a_copy_with_every_tenth_word_changed_is_linked() -> None:
    words = article(1)
    edited = [w if i % 10 else "anders" for i, w in enumerate(words)]
    assert links(" ".join(words), " ".join(edited)) == [("0", "1", "shared-wording")]


def test_a_copy_cut_in_half_and_one_inside_a_longer_article_are_linked() -> None:
    words = article(2)
    inside = article(3, 150) + words + article(4, 150)
    assert len(links(" ".join(words), " ".join(words[:100]), " ".join(inside))) == 3


def test_copies_of_short_notes_with_every_tenth_word_changed_are_linked() -> None:
    found = 0
    for seed in range(40):
        words = article(500 + seed, 60)
        edited = [w if i % 10 != seed % 10 else "anders" for i, w in enumerate(words)]
        found += len(links(" ".join(words), " ".join(edited)))
    assert found == 40


def test_articles_on_the_same_thing_in_their_own_words_are_not_linked() -> None:
    assert links(" ".join(article(5)), " ".join(article(6)), " ".join(article(7))) == []


def test_shared_quotations_alone_make_no_copy() -> None:
    quote = " ".join(article(8, 80))
    one, two = " ".join(article(9, 60)), " ".join(article(10, 60))
    assert links(f"{one} „{quote}“", f"{two} „{quote}“") == []
    assert links(f"{one} {quote}", f"{two} {quote}") == [("0", "1", "shared-wording")]


def test_a_thousand_copies_are_all_joined_without_a_pair_for_each_two() -> None:
    words = " ".join(article(11))
    found = links(*[f"{words} {' '.join(article(100 + i, 20))}" for i in range(300)])
    assert {b for _, b, _ in found} | {found[0][0]} == {str(i) for i in range(300)}
    assert len(found) < 300 * 20


def test_what_two_texts_share_is_shown_in_both() -> None:
    a = "Am Abend teilte das Ministerium mit, zwölf Werfer seien geliefert. Mehr nicht."
    b = "Aus Tallinn: Das Ministerium teilte mit. Am Abend teilte das Ministerium mit, zwölf Werfer seien da."
    (left, right), *rest = shared_stretches(a, b)
    assert a[left.start : left.end] == "Am Abend teilte das Ministerium mit, zwölf Werfer seien"
    assert a[left.start : left.end] == b[right.start : right.end] and rest == []


def test_the_numbers_of_words_are_the_same_everywhere() -> None:
    fours = fingerprint_text("a", "zwölf Werfer an Estland geliefert worden").fours
    assert [int(f) for f in fours] == sorted(int(f) for f in fours)
    assert int(fours[0]) == int(fingerprint_text("b", "ZWÖLF Werfer, an Estland geliefert – worden!").fours[0])
