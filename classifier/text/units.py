"""Offsets in other units than code points: UTF-16 units, UTF-8 bytes, lines and columns.

All our offsets count code points. Browsers and Java count UTF-16 units, files are bytes, and editors want lines.
A lone surrogate is one code point, one UTF-16 unit and three bytes, just as U+FFFD, which stands for it where a
format must be sound UTF-8 (`sound`).
"""

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BYTE_ORDER_MARK = "\ufeff"

# What ends a line for editors, the Language Server Protocol and GCC. U+2028 and its like end none.
_LINE_END = re.compile(r"\r\n|\n|\r")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Position(NamedTuple):
    """A place as editors' protocols count it: line and column from 0, the column in code points."""

    line: int
    column: int

    @property
    def shown(self) -> tuple[int, int]:
        """Line and column from 1, as editors show them to people, compilers print them and SARIF counts them."""
        return self.line + 1, self.column + 1


class Units:
    """Turns code point offsets into one text into other units; all are worked out when first asked for.

    Offsets go from 0 to ``len(raw)``; any other raises IndexError.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw

    def utf16(self, offset: int) -> int:
        """Number of UTF-16 units before `offset`, as JavaScript, Java and C# count."""
        return self._checked(offset) if self._utf16 is None else int(self._utf16[self._checked(offset)])

    def utf8(self, offset: int) -> int:
        """Number of bytes of UTF-8 before `offset`, a byte order mark included."""
        return self._checked(offset) if self._utf8 is None else int(self._utf8[self._checked(offset)])

    def position(self, offset: int) -> Position:
        """Line and column; a line ends with CR LF, LF or CR, and its end belongs to it.

        A byte order mark at the beginning takes up no column: neither editors nor SARIF count it.
        """
        line = bisect_right(self._line_starts, self._checked(offset)) - 1
        column = offset - self._line_starts[line]
        return Position(line, column - (line == 0 and column > 0 and self.raw.startswith(BYTE_ORDER_MARK)))

    def _checked(self, offset: int) -> int:
        if not 0 <= offset <= len(self.raw):
            raise IndexError(f"{offset} is no offset into a text of {len(self.raw)} characters")
        return offset

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.raw))]

    @cached_property
    def _points(self) -> NDArray[np.uint32]:
        return np.frombuffer(self.raw.encode("utf-32-le", "surrogatepass"), np.uint32)

    @cached_property
    def _utf16(self) -> NDArray[np.int64] | None:
        return None if self.raw.isascii() else _sums(1 + (self._points > 0xFFFF))

    @cached_property
    def _utf8(self) -> NDArray[np.int64] | None:
        points = self._points
        return (
            None if self.raw.isascii() else _sums(1 + (points > 0x7F) + (points > 0x7FF) + (points > 0xFFFF))
        )


def sound(text: str) -> str:
    """The text with U+FFFD for each lone surrogate: all offsets stay, and it can be written as UTF-8."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def _sums(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """What stands before each place and, last, the whole."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
