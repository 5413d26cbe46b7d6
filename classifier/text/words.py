"""Words of a folded text as arrays: where each begins and ends, and its lower-cased form.

A word is a run of letters and digits, with apostrophes inside it (``don't``); a possessive or contracted 's
is not part of it, so that ``the ministry's`` is found by the entry ``ministry``. No Python object is made by
hand per word: the text becomes one byte per character, and `bytes.split` and numpy do the rest.
"""

import unicodedata
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SPACE, APOSTROPHE, S = 32, 39, 115
OTHER_LETTER = 0xAA  # stands for any letter, digit or accent outside Latin-1
_TABLE = bytes(c if chr(c).isalnum() or c == APOSTROPHE else SPACE for c in range(256))


class Words(NamedTuple):
    """Columns over the words of one text, in order."""

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    forms: list[bytes]  # lower-cased, Latin-1; a letter outside Latin-1 is 0xAA

    def index(self, position: int) -> int:  # type: ignore[override]  # of all the tuple's methods, no use here
        """How many words begin before `position`."""
        # Of the array's own type: another would copy the whole array at each call.
        return int(self.start.searchsorted(np.int32(position)))


def words(low: str) -> Words:
    """Words of a text already folded to lower case (see `fold`)."""
    cells = np.frombuffer(bytearray(low.encode("latin-1", "replace").translate(_TABLE)), np.uint8)
    if not low.isascii():
        points = np.frombuffer(low.encode("utf-32-le", "surrogatepass"), np.uint32)
        wide = (points > 0xFF).nonzero()[0]
        if len(wide):
            cells[wide] = [_cell(point) for point in points[wide].tolist()]
    _drop_outer_apostrophes(cells)
    inside = np.zeros(len(cells) + 2, np.bool_)
    np.not_equal(cells, SPACE, out=inside[1:-1])
    edges = (inside[1:] != inside[:-1]).nonzero()[0].astype(np.int32)
    return Words(edges[::2], edges[1::2], cells.tobytes().split())


@cache
def _cell(point: int) -> int:
    """What stands for a character outside Latin-1."""
    if 0xFE00 <= point <= 0xFE0F:  # says how the sign before it is drawn
        return SPACE
    char = chr(point)
    return OTHER_LETTER if char.isalnum() or unicodedata.category(char) in ("Mn", "Mc") else SPACE


def _drop_outer_apostrophes(cells: NDArray[np.uint8]) -> None:
    """Blank the apostrophes that do not stand inside a word, and a trailing 's with its apostrophe."""
    marks = (cells == APOSTROPHE).nonzero()[0]
    if not len(marks):
        return
    around = np.full(len(cells) + 4, SPACE, np.uint8)  # two blanks on each side
    around[2:-2] = cells
    before, after, next_but_one = around[marks + 1], around[marks + 3], around[marks + 4]
    outer = (before == SPACE) | (after == SPACE) | (before == APOSTROPHE) | (after == APOSTROPHE)
    possessive = (after == S) & ((next_but_one == SPACE) | (next_but_one == APOSTROPHE))
    cells[marks[outer | possessive]] = SPACE
    cells[marks[possessive & ~outer] + 1] = SPACE
    quoted = marks[possessive & (next_but_one == APOSTROPHE)]
    if len(quoted):
        cells[quoted + 2] = SPACE
