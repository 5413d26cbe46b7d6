"""Folding changes what characters look like to a rule, never where they stand."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from classifier.text.fold import fold

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
    folded = fold(text)
    assert folded.plain == plain
    assert folded.low == (plain.lower() if low is None else low)


@given(st.text())
@example("\u0130\u0130 \r\n\r\r\n \ud800")
@example("\r\n" * 5)
def test_an_index_means_the_same_character(text: str) -> None:
    folded = fold(text)
    assert len(folded.plain) == len(folded.low) == len(text)
    for char, plain, low in zip(text, folded.plain, folded.low, strict=True):
        if char.isalnum():
            assert plain == char
            assert low in (char, char.lower())


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once.plain) == once
    assert fold(once.low).low == once.low
