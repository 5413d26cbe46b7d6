"""Code points as UTF-16 units, UTF-8 bytes, lines and columns."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.text.units import Position, Units, sound

TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from("\r\n\u2028\u0085\ufeff\u0301🚢\U0010ffff\ud83d\udea2a "))
)

# text, code point offset, UTF-16 units, bytes, line and column from 0
PLACES = [
    pytest.param("quay", 4, 4, 4, (0, 4), id="plain"),
    pytest.param("🚢 may", 2, 3, 5, (0, 2), id="emoji"),
    pytest.param("👩\u200d👧 may", 4, 6, 12, (0, 4), id="joined emoji"),
    pytest.param("e\u0301 may", 3, 3, 4, (0, 3), id="combining mark"),
    pytest.param("a\r\nb", 3, 3, 3, (1, 0), id="CR LF is one line end"),
    pytest.param("a\r\nb", 2, 2, 2, (0, 2), id="within CR LF"),
    pytest.param("a\rb", 2, 2, 2, (1, 0), id="a lone CR ends a line"),
    pytest.param("a\n\rb", 3, 3, 3, (2, 0), id="LF CR are two"),
    pytest.param("a\n", 2, 2, 2, (1, 0), id="end after a line end"),
    pytest.param("a\u2028b", 2, 2, 4, (0, 2), id="U+2028 ends no line"),
    pytest.param("a\u0085b", 2, 2, 3, (0, 2), id="U+0085 ends no line"),
    pytest.param("\ufeffmay", 1, 1, 3, (0, 0), id="a byte order mark takes no column"),
    pytest.param("\ufeffmay", 0, 0, 0, (0, 0), id="before the byte order mark"),
    pytest.param("\ufeffa\nmay", 4, 4, 6, (1, 1), id="columns of the second line are whole"),
    pytest.param("a\ufeffb", 2, 2, 4, (0, 2), id="U+FEFF elsewhere is a character"),
    pytest.param("\ud83d may", 2, 2, 4, (0, 2), id="lone surrogate"),
    pytest.param("\ud83d\udea2 may", 3, 3, 7, (0, 3), id="two lone surrogates are two characters"),
    pytest.param("", 0, 0, 0, (0, 0), id="empty"),
]


@pytest.mark.parametrize(("text", "offset", "utf16", "utf8", "position"), PLACES)
def test_units(text: str, offset: int, utf16: int, utf8: int, position: tuple[int, int]) -> None:
    units = Units(text)
    assert units.utf16(offset) == utf16
    assert units.utf8(offset) == utf8
    assert units.position(offset) == Position(*position)
    assert units.position(offset).shown == (position[0] + 1, position[1] + 1)


@given(TEXTS)
def test_they_are_what_the_encodings_say(text: str) -> None:
    units = Units(text)
    for offset in range(len(text) + 1):
        before = text[:offset]
        assert units.utf8(offset) == len(before.encode("utf-8", "surrogatepass"))
        # Encoded one by one: two lone surrogates side by side are not one character.
        assert units.utf16(offset) == sum(len(c.encode("utf-16-le", "surrogatepass")) // 2 for c in before)


@given(TEXTS)
def test_lines_and_columns_lead_back(text: str) -> None:
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    units = Units(text)
    for offset in range(len(text) + 1):
        line, column = units.position(offset)
        mark = line == 0 and offset > 0 and text.startswith("\ufeff")
        assert sum(map(len, lines[:line])) + column + mark == offset


@given(TEXTS)
def test_sound_text_keeps_all_offsets(text: str) -> None:
    units, mended = Units(text), Units(sound(text))
    assert mended.raw.encode("utf-8").decode("utf-8") == mended.raw
    for offset in range(len(text) + 1):
        assert mended.utf8(offset) == units.utf8(offset)
        assert mended.utf16(offset) == units.utf16(offset)
        assert mended.position(offset) == units.position(offset)


@pytest.mark.parametrize("offset", [-1, 5])
@pytest.mark.parametrize("text", ["quay", "qu🚢y"])
def test_no_offset_outside_the_text(text: str, offset: int) -> None:
    for turn in (Units(text).utf8, Units(text).utf16, Units(text).position):
        with pytest.raises(IndexError, match="no offset into a text of 4"):
            turn(offset)
