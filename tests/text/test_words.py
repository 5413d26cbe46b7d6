"""Words: where they begin and end, and what is no part of one."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from classifier.text.fold import fold
from classifier.text.words import Vocabulary, WordClasses, words

# text, the words as they stand in it
CUT = [
    ("", []),
    ("The ferry may sail.", ["the", "ferry", "may", "sail"]),
    ("don't, won\u2019t", ["don't", "won't"]),
    ("the ministry's and the ministries' plans", ["the", "ministry", "and", "the", "ministries", "plans"]),
    ("it's", ["it"]),
    ("'quoted' \u2018words\u2019 ''twice''", ["quoted", "words", "twice"]),
    ("rock'n'roll", ["rock'n'roll"]),
    ("O'Dell's", ["o'dell"]),
    ("3.5 percent, 1,200 km", ["3", "5", "percent", "1", "200", "km"]),
    ("co-operate\u2014maybe", ["co", "operate", "maybe"]),
    ("caf\u00e9 na\u00efve", ["caf\u00e9", "na\u00efve"]),
    ("\u0160koda \u0434\u0430", ["\u0161koda", "\u0434\u0430"]),
    ("e\u0301tat", ["e\u0301tat"]),  # a combining accent belongs to its word
    ("wind \U0001f32c\ufe0f storm", ["wind", "storm"]),
    ("a\u2026b", ["a", "b"]),
    ("snake_case", ["snake", "case"]),
    ("'", []),
    ("s's s", ["s", "s"]),
]


@pytest.mark.parametrize(("text", "expected"), CUT)
def test_the_words_of_a_text(text: str, expected: list[str]) -> None:
    low = fold(text).low
    found = words(low)
    assert [low[a:b] for a, b in zip(found.start, found.end, strict=True)] == expected


def test_forms_are_one_byte_a_character() -> None:
    assert words("caf\u00e9 \u0161koda don't").forms == [b"caf\xe9", b"\xaakoda", b"don't"]


def test_index_counts_the_words_before_a_position() -> None:
    found = words("one two three")
    assert [found.index(at) for at in (0, 1, 4, 5, 8, 13)] == [0, 1, 1, 2, 2, 3]


SIGNS = "aS '\u2019\u2026\u2014\u00e9\u0434\u4e2d\u0301\U0001f600\ud8007.\n"
NEWS = st.lists(st.sampled_from([*SIGNS, "'s ", "don't", "\ufe0f"])).map("".join)


@given(st.one_of(st.text(), NEWS))
@example("''s's''s'")
@example("0'S'0")
@example("\u0130 \u0130's")
def test_columns_are_aligned_sorted_and_hold_letters(text: str) -> None:
    low = fold(text).low
    found = words(low)
    assert len(found.start) == len(found.end) == len(found.forms)
    at = 0
    for start, end, form in zip(found.start.tolist(), found.end.tolist(), found.forms, strict=True):
        assert at <= start < end <= len(low)
        assert len(form) == end - start
        assert form[:1] != b"'" and form[-1:] != b"'"
        assert " " not in low[start:end] and "\n" not in low[start:end]
        if form.isascii():
            assert form == low[start:end].encode()
        at = end


@given(NEWS, NEWS)
def test_a_word_does_not_depend_on_what_stands_far_away(left: str, right: str) -> None:
    alone = words(fold(left).low).forms
    both = words(fold(f"{left} | {right}").low).forms
    assert both[: len(alone)] == alone


@given(st.lists(NEWS, min_size=1))
def test_texts_joined_and_cut_apart_have_the_words_they_have_alone(texts: list[str]) -> None:
    plains = [fold(text).plain for text in texts]
    ends = np.cumsum([len(plain) + 2 for plain in plains]) - 2
    begin = ends - [len(plain) for plain in plains]
    for part, plain in zip(words("\n\n".join(plains)).parts(begin, ends), plains, strict=True):
        alone = words(plain)
        assert part.forms == alone.forms
        for name in ("start", "end", "cells", "latin", "quotes"):
            assert np.array_equal(getattr(part, name), getattr(alone, name))
        assert all(np.array_equal(a, b) for a, b in zip(part.packed, alone.packed, strict=True))


@given(NEWS)
def test_case_means_nothing_to_words(text: str) -> None:
    plain, low = fold(text)
    assert words(plain).forms == words(low).forms


LETTERS = st.text("ab\u00e9\u0434", min_size=1, max_size=40)


@given(st.lists(LETTERS), st.lists(LETTERS))
@example(["estimates", "a" * 16], ["estimated", "a" * 17, "a" * 8, "a" * 15])
@example(["a" * 17 + "b"], ["a" * 17 + "b", "a" * 18])
def test_a_vocabulary_numbers_its_words_and_no_others(listed: list[str], others: list[str]) -> None:
    forms = words(" ".join(listed)).forms
    vocabulary = Vocabulary(forms)
    assert len(vocabulary) == len(set(forms))
    assert [vocabulary[form] for form in dict.fromkeys(forms)] == list(range(1, len(vocabulary) + 1))
    found = words(" ".join([*listed, *others]))
    assert vocabulary.numbers(found).tolist() == [vocabulary[form] for form in found.forms]


def test_a_large_vocabulary() -> None:
    forms = [f"w{i}{'x' * (i % 23)}" for i in range(30_000)]
    vocabulary = Vocabulary(form.encode() for form in forms)
    found = words(" ".join([*forms, "none", "w30000", "w1x"]))
    assert vocabulary.numbers(found).tolist() == [*range(1, 30_001), 0, 0, vocabulary[b"w1x"]]


def test_a_word_may_be_in_more_than_one_class() -> None:
    classes = WordClasses([[b"may", b"might"], [], [b"may", b"june"]])
    assert classes.of(words("May or June, might")).tolist() == [5, 0, 4, 1]
