"""Quantities: what counts as one, what does not, and the same for texts put together."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from classifier.text.document import Document
from classifier.text.fold import folded
from classifier.text.quantities import quantities
from classifier.text.segment import segment_all
from classifier.text.words import words


def found(text: str) -> list[str]:
    own = words(folded(text))
    return [text[own.start[a] : own.end[b - 1]] for a, b in zip(*quantities(own), strict=True)]


COUNTED = [
    ("About 40 boats lay in port.", ["40"]),
    ("It cost $1,200, or 3.5 million in all.", ["1,200", "3.5 million"]),
    ("Some forty-two crews, two hundred men", ["forty-two", "two hundred"]),
    ("10-12 percent, 7%, a dozen oars, half the crew", ["10-12", "7", "dozen", "half"]),
    ("One percent of one million; a 40-year-old", ["One", "one million", "40"]),
    ("$1999 and \u00a32000, 1600 miles, 2016%", ["1999", "2000", "1600", "2016"]),
    ("2,016 boats. 40. 50 more", ["2,016", "40", "50"]),
    ("400 of the 3000", ["400", "3000"]),
]
NONE = [
    "In 2016, as in 1990 and the 1990s, or in 2016-17 and 1914-1918",
    "At 10:30, at 5 p.m., at 5pm, at 6 am or nine o\u2019clock",
    "On May 4, 4 May, Sept. 11 or 4/5/2016",
    "The 4th, the 1st, the 22nd, the 3rd",
    "1. Oars",
    "No. 5, page 3, #7, Covid-19",
    "One of them may be the one.",
    "Several of a few",
    "",
]


@pytest.mark.parametrize(("text", "expected"), COUNTED)
def test_a_quantity_is_a_run_of_numbers(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_dates_hours_and_numbers_of_things_are_no_quantities(text: str) -> None:
    assert found(text) == []


PIECES = ["4", "0", "12", "2016", "two", "one", "percent", " ", ".", ",", "-", ":", "/", "#", "$", "May", "pm", "th", "s", "\n", "No", "\u00e9", "\ud800", ")"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES)).map("".join)


@given(st.one_of(st.text(), TEXTS))
@example("2016-")
@example("1")
def test_any_text_has_quantities_that_do_not_overlap(text: str) -> None:
    own = words(folded(text))
    first, last = quantities(own)
    assert (first < last).all()
    assert (last[:-1] <= first[1:]).all()
    assert not len(last) or last[-1] <= len(own.start)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_texts_put_together_have_the_quantities_they_have_alone(texts: list[str]) -> None:
    joint = segment_all([Document("a", text, markup=False) for text in texts])
    for text in joint.texts:
        alone = quantities(words(text.plain))
        assert all(np.array_equal(a, b) for a, b in zip(text.quantities, alone, strict=True))
