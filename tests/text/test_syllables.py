"""Syllables by the rule over letters, one word and many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.text.fold import folded
from classifier.text.syllables import syllables
from classifier.text.words import words


@pytest.mark.parametrize(
    ("word", "number"),
    [
        *(("a", 1), ("I", 1), ("the", 1), ("gate", 1), ("gates", 1), ("boxes", 2), ("table", 2), ("see", 1)),
        *(("walked", 1), ("wanted", 2), ("agreed", 2), ("beautiful", 3), ("rhythm", 1), ("2019", 1), ("pages", 2)),
        *(("café", 2), ("don’t", 1), ("harbour", 2), ("authority", 4), ("hmm", 1), ("مرحبا", 1)),
        *(("science", 1), ("something", 3)),  # where the rule errs
    ],
)  # fmt: skip
def test_syllables_of_a_word(word: str, number: int) -> None:
    assert syllables(words(folded(word))).tolist() == [number]


@given(st.text(max_size=60))
def test_a_word_counts_the_same_alone_and_in_a_text(text: str) -> None:
    found = words(folded(text))
    together = syllables(found)
    assert together.shape == found.start.shape
    assert (together >= 1).all()
    alone = [syllables(words(folded(text)[a:b]))[0] for a, b in zip(found.start, found.end, strict=True)]
    assert together.tolist() == np.array(alone, np.int64).tolist()


def test_no_words_no_syllables() -> None:
    assert syllables(words("")).tolist() == []
