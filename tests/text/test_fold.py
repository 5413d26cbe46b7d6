"""Folding changes what characters look like to a rule, never where they stand."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from classifier.text.fold import code_points, fold, folded, folded_together

# text, plain, low
FOLDED = [
    ("", "", ""),
    ("Ada May", "Ada May", "ada may"),
    ("It\u2019s \u201clate\u201d", 'It\'s "late"', 'it\'s "late"'),
    ("\u00abOui\u00bb \u201eJa\u201c", '"Oui" "Ja"', '"oui" "ja"'),
    ("`Yes\u00b4", "'Yes'", "'yes'"),
    ("40\u00a0km\u2009\u2009off", "40 km  off", "40 km  off"),
    ("tab\there\x0b\x0c", "tab here  ", "tab here  "),
    ("one\r\ntwo\rthree\u2028four\u2029five\u0085six", "one \ntwo\nthree\nfour\nfive\nsix", None),
    ("\u0130stanbul \u0130", "\u0130stanbul \u0130", "\u0130stanbul \u0130"),  # would grow: left as it is
    ("STRASSE stra\u00dfe", "STRASSE stra\u00dfe", "strasse stra\u00dfe"),
    ("a \u2014 b \u2013 c - d", "a \u2014 b \u2013 c - d", None),  # dashes mean something
]


@pytest.mark.parametrize(("text", "plain", "low"), FOLDED)
def test_what_is_folded(text: str, plain: str, low: str | None) -> None:
    both = fold(text)
    assert both.plain == plain
    assert both.low == (plain.lower() if low is None else low)


@given(st.text())
@example("\u0130\u0130 \r\n\r\r\n \ud800")
@example("\r\n" * 5)
@example("\u02bc")
def test_an_index_means_the_same_character(text: str) -> None:
    both = fold(text)
    assert len(both.plain) == len(both.low) == len(text)
    for char, plain, low in zip(text, both.plain, both.low, strict=True):
        if char == "\u02bc":  # a letter to Unicode, an apostrophe to those who write it
            assert plain == low == "'"
        elif char.isalnum():
            assert plain == char
            assert low in (char, char.lower())


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once.plain) == once
    assert fold(once.low).low == once.low


@given(st.lists(st.one_of(st.text(), st.sampled_from([text for text, _, _ in FOLDED])), max_size=4))
@example(["one\r", "\ntwo", "\U0001f300 \u201cx\u201d", ""])
@example(["\ud83d\udf00", "\ud83d", "\udf00\u2019"])
def test_texts_folded_together_are_as_each_alone(texts: list[str]) -> None:
    plain, points = folded_together(texts, "\n\n")
    assert plain == "\n\n".join(folded(text) for text in texts)
    assert points.tolist() == code_points(plain).tolist() == [ord(char) for char in plain]
