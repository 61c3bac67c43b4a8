"""Each row of small words does its work in its ``yes`` sentences, and is not missed in its ``no`` sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from beleg.find import actors, places
from beleg.find.actor_tables import WordsRow, actor_tables, small_words, with_words


def found(sentence: str) -> tuple[object, ...]:
    return (*actors.find_actors(sentence, [], "de")[0], *places.find_places(sentence, [], "de")[0])


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Take the words of a row out of the tables that the finders use."""
    full, rows = actor_tables("de"), small_words("de")

    def take_out(row: WordsRow) -> None:
        words = {**full.words, row.use: frozenset[str]()}
        monkeypatch.setattr(actors, "actor_tables", lambda language: with_words(full, words))
        left = tuple(r if r.use != row.use else replace(r, forms=()) for r in rows)
        monkeypatch.setattr(places, "small_words", lambda language: left)
        places.place_patterns.cache_clear()

    yield take_out
    monkeypatch.undo()
    places.place_patterns.cache_clear()


@pytest.mark.parametrize("row", small_words("de"), ids=lambda r: r.use)
def test_a_small_word_changes_what_is_found_where_it_works_and_nowhere_else(row, without) -> None:
    assert row.source
    before = [found(s) for s in (*row.yes, *row.no)]
    without(row)
    after = [found(s) for s in (*row.yes, *row.no)]
    changed = [b != a for b, a in zip(before, after, strict=True)]
    assert changed == [True] * len(row.yes) + [False] * len(row.no)
