"""Masked wording: what is hidden, what is left, and that every number keeps its place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.text.document import Document
from classifier.text.masking import MASKS, RARE, masked
from classifier.text.segment import segment, segment_all
from classifier.text.words import Vocabulary

KNOWN = (b"the", b"said", b"was", b"of", b"in", b"a", b"on", b"by", b"more", b"than", b"it", b"to")
LEAD = "The clerk of the parish read the list to the board in the hall by the quay. "


def shown(text: str) -> list[tuple[str, str]]:
    """Each masked word or sign with the characters it covers."""
    one = segment(Document("x", text))
    found = masked([one], Vocabulary(KNOWN))
    names = [word.decode() for word in KNOWN] + list(MASKS)
    plain = one.plain
    return [
        (names[number - 1], plain[start:end])
        for number, start, end in zip(found.number, found.start, found.end, strict=True)
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The bell was sold to Ada Holm.", ("[name]", "Ada Holm")),
        ("It was sold to Ada Holm of the Tarn Coast Authority.", ("[name]", "Tarn Coast Authority")),
        ("The bell was sold in 1911.", ("[number]", "1911")),
        ("The bell was sold by more than 40 million of them.", ("[number]", "40 million")),
        ("The bell was sold in October.", ("[date]", "October")),
        ("The bell was sold (see www.holm.org/a/b).", ("[address]", "www.holm.org/a/b")),
        ("The bell was sold by @holm.", ("[address]", "holm")),
        ("The bell was quickly sold.", ("[rare…ly]", "quickly")),
        ("The bell was swinging.", ("[rare…ing]", "swinging")),
        ("It was the Swinging of it.", ("[rare…]", "bell")),
        ('It was "the bell" of it.', ('"', ' "')),
        ("It was... of it.", ("…", "... ")),
        ("It was a well-known bell.", ("-", "-")),
        ("It was the bell – of it.", ("–", " – ")),
    ],
)
def test_what_is_masked(sentence: str, expected: tuple[str, str]) -> None:
    lead = LEAD if expected[1] != "bell" else LEAD + "The bell was sold. "
    assert expected in shown(lead + sentence + " The clerk was told of it by the board.")


def test_known_words_are_left_and_others_are_not() -> None:
    found = dict.fromkeys(name for name, _ in shown(LEAD))
    assert {"the", "of", "in", "by", "to"} <= set(found)
    assert not {"clerk", "parish", "board", "hall", "quay"} & set(found)


def test_a_known_word_tells_what_it_would_be_if_it_were_rare() -> None:
    one = segment(Document("x", LEAD))
    with_words = masked([one], Vocabulary(KNOWN))
    without = masked([one], Vocabulary(()))
    known = with_words.rare > 0
    assert known.any()
    assert (without.number[known] == with_words.rare[known]).all()
    assert all(number in RARE for number in without.number[known].tolist())
    assert (with_words.number[~known] - len(KNOWN) == without.number[~known]).all()


WORDS = st.sampled_from(
    [
        "the",
        "clerk",
        "said",
        "Ada",
        "Holm",
        "1911",
        "40",
        "May",
        "www.x.org/a",
        "café",
        "😀",
        "–",
        "(",
        '"',
        "\n\n",
        "...",
    ]
)


@given(st.lists(st.lists(WORDS, max_size=30).map(" ".join), min_size=1, max_size=4))
def test_places_lie_in_order_and_a_text_is_masked_as_it_would_be_alone(texts: list[str]) -> None:
    known = Vocabulary(KNOWN)
    together = segment_all([Document(str(i), text) for i, text in enumerate(texts)]).texts
    found = masked(together, known)
    for i, text in enumerate(texts):
        rows = found.doc == i
        start, end = found.start[rows], found.end[rows]
        assert (start >= 0).all() and (start < end).all() and (end <= len(text)).all()
        assert (np.diff(start) > 0).all() and (start[1:] >= end[:-1]).all()
        alone = masked([segment(Document("x", text))], known)
        for column in ("number", "rare", "start", "end"):
            assert (getattr(alone, column) == getattr(found, column)[rows]).all()


@pytest.mark.parametrize("sign", ["€", "→", "🚢", "™"])
def test_a_sign_that_is_no_sign_of_ours_is_none(sign: str) -> None:
    known = Vocabulary([b"quay", b"shut"])
    (text,) = segment_all([Document("d", f"The quay {sign} shut early. Nobody knew of it.")]).texts
    (plain,) = segment_all([Document("d", "The quay shut early. Nobody knew of it.")]).texts
    assert masked([text], known).number.tolist() == masked([plain], known).number.tolist()
