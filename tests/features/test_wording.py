"""Masked wording as numbers: the columns that are chosen, their values, and where they stand."""

import numpy as np
import pytest

from classifier.errors import ModelError
from classifier.features.wording import (
    Wording,
    choose,
    joined,
    listed_words,
    narrowed,
    tokens_of,
    word_list,
)
from classifier.text.document import Document
from classifier.text.segment import Segmented, segment_all
from classifier.text.words import Vocabulary

NAMES = ("Ada Holm", "Odo Brask", "Runa Teel", "Ilva Sorn")


def articles(n: int = 40) -> list[Segmented]:
    texts = [
        f"The clerk met {NAMES[i % 4]} by the quay in {1900 + i}. The board said that the bell was sold"
        f" for {i} crowns, according to {NAMES[(i + 1) % 4]}. {'Nobody knows who paid for it!' if i % 2 else ''}"
        for i in range(n)
    ]
    return list(segment_all([Document(str(i), text) for i, text in enumerate(texts)]).texts)


@pytest.fixture(scope="module")
def chosen() -> tuple[list[Segmented], tuple[bytes, ...], Wording]:
    texts = articles()
    listed = word_list(listed_words(texts))
    return texts, listed, choose(tokens_of(texts, Vocabulary(listed)), listed)


def test_names_and_numbers_are_in_no_column(
    chosen: tuple[list[Segmented], tuple[bytes, ...], Wording],
) -> None:
    _, listed, wording = chosen
    assert not {b"ada", b"holm", b"brask"} & set(listed)
    shown = wording.names()
    assert "according to [name]" in shown
    assert "for [number] crowns" in shown
    assert not any("holm" in name or "19" in name for name in shown)


def test_values_have_length_one_and_rows_are_the_same_alone(
    chosen: tuple[list[Segmented], tuple[bytes, ...], Wording],
) -> None:
    texts, listed, wording = chosen
    found, _, _ = wording.phrases(texts)
    assert np.allclose(np.bincount(found.doc, found.value**2), 1)
    tokens = narrowed(tokens_of(texts, Vocabulary(listed)), listed, wording.words)
    of_tokens = wording.of(tokens)
    for column in ("doc", "column", "value"):
        assert (getattr(found, column) == getattr(of_tokens, column)).all()
    alone, _, _ = wording.phrases([texts[7]])
    rows = found.doc == 7
    assert (alone.column == found.column[rows]).all()
    assert (alone.value == found.value[rows]).all()


def test_occurrences_stand_where_their_column_says(
    chosen: tuple[list[Segmented], tuple[bytes, ...], Wording],
) -> None:
    texts, _, wording = chosen
    names = wording.names()
    _, where, _ = wording.phrases(texts[:3])
    column = names.index("according to [name]")
    found = [
        (int(doc), texts[doc].plain[start:end])
        for doc, own, start, end in zip(where.doc, where.column, where.start, where.end, strict=True)
        if own == column
    ]
    assert found == [(i, f"according to {NAMES[(i + 1) % 4]}") for i in range(3)]


def test_a_column_is_told_by_its_rarest_word(
    chosen: tuple[list[Segmented], tuple[bytes, ...], Wording],
) -> None:
    _, _, wording = chosen
    heads = dict(zip(wording.names(), map(wording.head_name, wording.heads.tolist()), strict=True))
    assert heads["according to [name]"] in ("according", "to")
    assert heads["nobody"] == "nobody"
    assert heads["[name]"] == "[name]"
    assert heads["nobody knows who"] in ("nobody", "knows", "who")


def test_tokens_of_parts_are_those_of_the_whole(
    chosen: tuple[list[Segmented], tuple[bytes, ...], Wording],
) -> None:
    texts, listed, _ = chosen
    known = Vocabulary(listed)
    whole = tokens_of(texts, known)
    parts = joined([tokens_of(texts[:15], known), tokens_of(texts[15:], known)])
    picked = whole.rows(np.array([3, 20]))
    assert all((a == b).all() for a, b in zip(whole, parts, strict=True))
    assert (picked.number[picked.at[1] :] == whole.number[whole.at[20] : whole.at[21]]).all()


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ModelError, match="damaged"):
        Wording((b"a",), np.array([2, 1]), np.array([1.0, 1.0]))
    with pytest.raises(ModelError, match="damaged"):
        Wording((b"a",), np.array([1]), np.array([np.nan]))


def test_a_word_that_is_mostly_a_name_is_not_listed() -> None:
    texts = segment_all(
        [
            Document(str(i), f"Halden waits\n\nNobody in Halden saw it. Halden {verb} the quay. Nobody knew.")
            for i, verb in enumerate(["shut", "left", "sold"])
        ]
    ).texts
    listed = listed_words(texts)
    assert listed.plain[b"halden"] == listed.named[b"halden"] == 3
    listed.named[b"halden"] += 1  # one more text in which it is nothing but a name
    assert b"nobody" in word_list(listed)
    assert b"halden" not in word_list(listed)
