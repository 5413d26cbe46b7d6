"""Words of a folded text as arrays: where each begins and ends, its lower-cased form, its number in a word list.

A word is a run of letters and digits, with apostrophes inside it (``don't``); a possessive or contracted 's
is not part of it, so that ``the ministry's`` is found by the entry ``ministry``. No Python object is made per
word unless somebody asks for `Words.forms`: the text becomes one byte per character, and numpy does the rest.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from classifier.text.fold import Points, code_points

SPACE, APOSTROPHE, S = 32, 39, 115
OTHER_LETTER = 0xAA  # stands for any letter, digit or accent outside Latin-1
# What stands between words, told apart where a rule jumps from one to the next. All of them are white space to
# `bytes.split`, and none is above SPACE.
STOP, QUOTE, HINT = 9, 11, 13
_SIGNS = {".": STOP, "!": STOP, "?": STOP, "\u2026": STOP, '"': QUOTE, "\u2039": QUOTE, "\u203a": QUOTE}
_SIGNS |= {"/": HINT, "#": HINT, "@": HINT}


def _cell(char: str) -> int:
    """The byte that stands for a character."""
    if char in _SIGNS:
        return _SIGNS[char]
    if "\ufe00" <= char <= "\ufe0f":  # says how the sign before it is drawn
        return SPACE
    low = char.lower()
    if len(low) > 1:  # as in `fold`
        low = char
    if low < "\u0100":
        return ord(low) if low.isalnum() or low == "'" else SPACE
    return OTHER_LETTER if low.isalnum() or unicodedata.category(low) in ("Mn", "Mc") else SPACE


_LATIN = np.array([_cell(chr(c)) for c in range(256)], np.uint8)
# The same for two neighbours at a time, which takes half as many look-ups.
_NEIGHBOURS: NDArray[np.uint16] = _LATIN[np.arange(1 << 16, dtype=np.uint16).view(np.uint8)].view(np.uint16)
_WIDE = np.zeros(0x110000, np.uint8)  # the same for every character; 0 where nobody has asked yet
_PAD = 24  # blanks behind the text at least, so that sixteen bytes may be read from the last character on
_KEEP = np.array([2 ** (8 * n) - 1 for n in range(9)], np.uint64)  # the first n of eight bytes
MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))  # odd, bits spread: factors of a hash


class Words:
    """Columns over the words of one text, in order; or, before `parts` cuts them, of several texts joined."""

    def __init__(
        self,
        start: NDArray[np.int32],
        end: NDArray[np.int32],
        cells: NDArray[np.uint8],
        latin: NDArray[np.uint8],
        quotes: NDArray[np.int64],
        packed: tuple[NDArray[np.uint64], NDArray[np.uint64]],
    ) -> None:
        self.start = start
        self.end = end
        self.cells = cells  # one byte per character of the text: the letters of words, or STOP and its like
        self.latin = latin  # one byte per character, as it is written; "?" for what is outside Latin-1
        self.quotes = quotes  # places of what may be a quotation mark, sorted
        self.packed = packed  # the first and the second eight bytes of each word, zeros behind its end

    @cached_property
    def forms(self) -> list[bytes]:
        """Lower-cased, Latin-1; a letter outside Latin-1 is 0xAA."""
        return self.cells.tobytes().split()

    def index(self, position: int) -> int:
        """How many words begin before `position`."""
        # Of the array's own type: another would copy the whole array at each call.
        return int(self.start.searchsorted(np.int32(position)))

    def some(self, chosen: NDArray[np.int64]) -> "Words":
        """The chosen words alone, to look up their classes."""
        head, tail = self.packed
        packed = head[chosen], tail[chosen]
        return Words(self.start[chosen], self.end[chosen], self.cells, self.latin, self.quotes, packed)

    def parts(self, begin: NDArray[np.int64], end: NDArray[np.int64]) -> list["Words"]:
        """The words of each text, where texts from `begin` to `end` were joined by white space."""
        first = self.start.searchsorted(begin.astype(np.int32))
        last = np.append(first[1:], len(self.start))
        base = begin.repeat(last - first).astype(np.int32)
        start, stop = self.start - base, self.end - base
        marks = self.quotes.searchsorted([begin, end])
        head, tail = self.packed
        rows = zip(begin.tolist(), end.tolist(), first.tolist(), last.tolist(), *marks.tolist(), strict=True)
        return [
            Words(
                start[i:j],
                stop[i:j],
                self.cells[a:b],
                self.latin[a:b],
                self.quotes[k:m] - a,
                (head[i:j], tail[i:j]),
            )
            for a, b, i, j, k, m in rows
        ]


def words(text: str, points: Points | None = None) -> Words:
    """Words of a folded text (see `fold`), in whatever case; `points` are its code points where they are at hand."""
    if points is None:
        points = code_points(text)
    length = len(points)
    padded = np.full((length + _PAD + 7) // 8 * 8, SPACE, np.uint8)
    latin = padded[:length]
    latin[:] = points  # cut off above one byte
    wide = (points > 0xFF).nonzero()[0]
    latin[wide] = ord("?")
    cells = _NEIGHBOURS.take(padded.view(np.uint16)).view(np.uint8)
    if len(wide):
        cells[wide] = _wide(points[wide])
    quotes = np.concatenate([_drop_outer_apostrophes(cells), (cells == QUOTE).nonzero()[0]])
    quotes.sort()
    inside = np.zeros(len(cells) + 1, np.bool_)
    np.greater(cells, SPACE, out=inside[1:])
    edges = (inside[1:] != inside[:-1]).nonzero()[0].astype(np.int32)
    start, end = edges[::2].copy(), edges[1::2].copy()
    packed = _packed(cells, start, end)
    return Words(start, end, cells[:length], latin, quotes, packed)


def _packed(
    cells: NDArray[np.uint8], start: NDArray[np.int32], end: NDArray[np.int32]
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    blocks = cells.view("<u8")
    length = end - start
    head = _eight(blocks, start) & _KEEP.take(length, mode="clip")
    tail = np.zeros_like(head)
    long = (length > 8).nonzero()[0]
    tail[long] = _eight(blocks, start[long] + 8) & _KEEP.take(length[long] - 8, mode="clip")
    return head, tail


def _eight(blocks: NDArray[np.uint64], at: NDArray[np.int32]) -> NDArray[np.uint64]:
    """The eight bytes from each place on, put together from the two aligned blocks they lie in."""
    block, shift = at >> 3, ((at & 7) << 3).astype(np.uint64)
    result: NDArray[np.uint64] = blocks.take(block) >> shift
    result |= blocks.take(block + 1) << (np.uint64(63) - shift) << np.uint64(1)
    return result


def _wide(points: Points) -> NDArray[np.uint8]:
    cells = _WIDE[points]
    if not cells.all():
        for point in set(points[cells == 0].tolist()):
            _WIDE[point] = _cell(chr(point))
        cells = _WIDE[points]
    return cells


def _drop_outer_apostrophes(cells: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Blank the apostrophes that do not stand inside a word, and a trailing 's with its apostrophe.

    Returns the places of those that may be quotation marks: the outer ones, and, since no rule can tell, those
    beside a letter or accent outside Latin-1.
    """
    marks: NDArray[np.int64] = (cells == APOSTROPHE).nonzero()[0]
    if not len(marks):
        return marks
    before = cells[marks - 1]  # the first character has the last blank before it
    after, next_but_one = cells[marks + 1], cells[marks + 2]
    outer = (before <= SPACE) | (after <= SPACE) | (before == APOSTROPHE) | (after == APOSTROPHE)
    possessive = (after == S) & ((next_but_one <= SPACE) | (next_but_one == APOSTROPHE))
    cells[marks[outer | possessive]] = SPACE
    cells[marks[possessive & ~outer] + 1] = SPACE
    quoted = marks[possessive & (next_but_one == APOSTROPHE)]
    if len(quoted):
        cells[quoted + 2] = SPACE
    undecided: NDArray[np.bool_] = outer | (before == OTHER_LETTER) | (after == OTHER_LETTER)
    return marks[undecided]


class Vocabulary:
    """Word forms with numbers from 1, looked up for all words of a text at once.

    A look-up is exact, not by hash alone: the hash only says where to compare.
    """

    def __init__(self, forms: Iterable[bytes]) -> None:
        self._number: dict[bytes, int] = {}
        for form in forms:
            self._number.setdefault(form, len(self._number) + 1)
        self._build()

    def __len__(self) -> int:
        return len(self._number)

    def __getitem__(self, form: bytes) -> int:
        """The number of a form, 0 if it is none of these."""
        return self._number.get(form, 0)

    def _build(self) -> None:
        size = 1 << max(6, (16 * len(self._number)).bit_length())
        self._shift = np.uint64(64 - size.bit_length() + 1)
        short = [form for form in self._number if len(form) <= 16]
        self._long = {form: n for form, n in self._number.items() if len(form) > 16}
        self._longest = max(map(len, self._number), default=0)
        numbers = np.array([self._number[form] for form in short], np.int32)
        padded = np.frombuffer(b"".join(form.ljust(16, b"\0") for form in short), "<u8").reshape(-1, 2)
        self._head = np.zeros(len(self._number) + 1, np.uint64)
        self._tail = np.zeros(len(self._number) + 1, np.uint64)
        self._head[numbers], self._tail[numbers] = padded[:, 0], padded[:, 1]
        self._first = np.zeros(size, np.int32)  # a number for each hash
        self._next = np.zeros(len(self._number) + 1, np.int32)  # after a number, the next of the same hash
        slots = self._slots(padded[:, 0], padded[:, 1])
        for number, slot in zip(numbers.tolist(), slots.tolist(), strict=True):
            self._next[number] = self._first[slot]
            self._first[slot] = number

    def _slots(self, head: NDArray[np.uint64], tail: NDArray[np.uint64]) -> NDArray[np.int64]:
        mixed = head * MIX[0]
        mixed ^= tail * MIX[1]
        mixed ^= mixed >> np.uint64(29)
        mixed *= MIX[1]
        mixed >>= self._shift
        slots: NDArray[np.int64] = mixed.view(np.int64)
        return slots

    def numbers(self, found: Words) -> NDArray[np.int32]:
        """The number of each word of a text, 0 for those that are none of these; shape (n_words,)."""
        head, tail = found.packed  # `take` is twice as fast as an index
        numbers = self._first.take(self._slots(head, tail))
        wrong = self._head.take(numbers) != head
        wrong |= self._tail.take(numbers) != tail
        again = (wrong & (numbers > 0)).nonzero()[0]
        while len(again):
            tried = self._next.take(numbers[again])
            numbers[again] = tried
            differs = (self._head.take(tried) != head[again]) | (self._tail.take(tried) != tail[again])
            again = again[differs & (tried > 0)]
        # Sixteen bytes do not tell a longer word; there are few, and they are looked up one by one.
        long = (found.end - found.start > 16).nonzero()[0]
        if len(long):
            numbers[long] = 0
            if self._long:
                for word, start, end in zip(
                    long.tolist(), found.start[long].tolist(), found.end[long].tolist(), strict=True
                ):
                    if end - start <= self._longest:
                        numbers[word] = self._long.get(found.cells[start:end].tobytes(), 0)
        return numbers


class WordClasses:
    """Classes of words (lists of forms), looked up for all words of a text at once. 16 classes at most."""

    def __init__(self, classes: Sequence[Iterable[bytes]]) -> None:
        listed = [frozenset(forms) for forms in classes]
        self._vocabulary = Vocabulary(sorted(chain.from_iterable(listed)))
        self._bits = np.zeros(len(self._vocabulary) + 1, np.uint16)
        for i, forms in enumerate(listed):
            self._bits[np.array([self._vocabulary[form] for form in forms], np.int64)] |= np.uint16(1 << i)

    def of(self, found: Words) -> NDArray[np.uint16]:
        """Of each word the classes it is in: bit i is set for class i; shape (n_words,)."""
        return self._bits.take(self._vocabulary.numbers(found))
