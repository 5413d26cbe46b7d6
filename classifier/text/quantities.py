"""Quantities of a text: numbers that say how much or how many, whole texts at a time.

A quantity is a run of words that begin with a digit or are number words (``two``, ``hundred``, ``dozens``,
``half``), with a space or a hyphen between them, or a point or a comma between digits: "40", "3.5 million",
"$1,200", "forty-two", "10-12 percent" are one each. Percentages and amounts of money are quantities. These are
none:

- a year (1500 to 2099), two years ("2016-17") and a decade ("the 1990s"), unless a year alone stands behind $ or
  £ or before a unit or %;
- a clock time ("10:30", "5 p.m.", "5am") and the day of a date ("May 4", "4 May", "4/5/2016");
- an ordinal ("4th"), the number of an item ("1. ..." at the beginning of a line), and what is numbered ("No. 5",
  "page 3", "#7", "Covid-19");
- "one" alone, which is a pronoun more often, unless a unit or "percent" follows.

Quantities without a number ("a week", "noon", "several") are not counted.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.text.words import WordClasses, Words

_NUMBERS = (
    b"zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    b" eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion"
    b" trillion dozen hundreds thousands millions billions trillions dozens half"
)
_UNITS = (
    b"percent per century second minute hour day week month year decade mile kilometre kilometer metre meter foot inch"
    b" acre hectare pound kilo kilogram ton tonne gallon litre liter degree dollar euro cent third quarter half"
)
_MONTHS = (
    b"january february march april may june july august september october november december jan feb mar apr jun jul"
    b" aug sep sept oct nov dec"
)
_HOURS = b"am pm o'clock"
_NUMBERED = b"no nos number page pages chapter section article route flight figure fig table vol act room"
_PLURALS = b" ".join(unit + b"s" for unit in _UNITS.split()) + b" feet inches centuries"
_CLASSES = WordClasses(
    [words.split() for words in (_NUMBERS, b"one", _UNITS + b" " + _PLURALS, _MONTHS, _HOURS, _NUMBERED)]
)
_NUMBER, _ONE, _UNIT, _MONTH, _HOUR, _NAMED = (np.uint16(1 << i) for i in range(6))

Mask = NDArray[np.bool_]


class Quantities(NamedTuple):
    """Columns over quantities, in order."""

    first: NDArray[np.int64]  # word
    last: NDArray[np.int64]  # word, exclusive

    def parts(self, word_at: NDArray[np.int64]) -> list["Quantities"]:
        """Those of each text, where the words of texts that were joined begin at `word_at`; the last is the end."""
        places = self.first.searchsorted(word_at).tolist()
        begins = word_at.tolist()
        return [
            Quantities(self.first[i:j] - at, self.last[i:j] - at)
            for i, j, at in zip(places[:-1], places[1:], begins[:-1], strict=True)
        ]


def quantities(found: Words) -> Quantities:
    """The quantities of a text, or of texts joined by white space."""
    text = _Surroundings(found)
    classes = _CLASSES.of(found)
    digit_first = text.digit(found.start)
    word = (digit_first | ((classes & (_NUMBER | _ONE)) != 0)).nonzero()[
        0
    ]  # what may be a number, or part of one
    digits = digit_first[word]
    word, digits = _counting(found, word, digits)
    at = found.end[word[:-1]]
    sign = text.at(at)
    joins = (sign == ord(" ")) | (sign == ord("-"))
    joins |= ((sign == ord(".")) | (sign == ord(","))) & digits[:-1] & digits[1:]
    joins &= found.start[word[1:]] - at == 1
    opens, closes = np.ones(len(word), np.bool_), np.ones(len(word), np.bool_)
    opens[1:] = closes[:-1] = ~joins
    first, last = word[opens], word[closes]
    kept = ~_names_or_counts_nothing(found, text, classes, digits[opens], digits[closes], first, last)
    return Quantities(first[kept], last[kept] + 1)


class _Surroundings:
    """The characters of a text as numbers; blank outside."""

    def __init__(self, found: Words) -> None:
        self._latin = np.concatenate([found.latin, np.full(4, ord(" "), np.uint8)])

    def at(self, places: NDArray[np.int32]) -> NDArray[np.uint8]:
        """The characters at places up to 3 behind the end of the text, and 2 before its beginning."""
        return self._latin[places]

    def is_in(self, places: NDArray[np.int32], signs: bytes) -> Mask:
        """Whether one of `signs` stands there."""
        found: Mask = _MEMBERS[signs][self._latin[places]]
        return found

    def digit(self, places: NDArray[np.int32]) -> Mask:
        """Whether a digit stands there."""
        return self.is_in(places, _DIGITS)


_DIGITS = b"0123456789"
_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CURRENCIES = b"$\xa3\xa5"  # the euro sign is outside Latin-1
_ENDINGS = [ord(a) << 8 | ord(b) for a, b in ("st", "nd", "rd", "th", "am", "pm")]
_MEMBERS = {
    signs: np.isin(np.arange(256), list(signs))
    for signs in (_DIGITS, _LETTERS, _CAPITALS, _CURRENCIES, b".)", b"#/:", b"/:", b"aApP", b"mM")
}


def _counting(found: Words, word: NDArray[np.int64], digits: Mask) -> tuple[NDArray[np.int64], Mask]:
    """The words without those that end like "4th", "1990s" or "5am"."""
    end = found.end[word]
    final = found.cells[end - 1].astype(np.int32)
    pair = found.cells[np.maximum(end - 2, 0)].astype(np.int32) << 8 | final
    kept = ~digits | ((final != ord("s")) & ~np.isin(pair, _ENDINGS))
    return word[kept], digits[kept]


def _names_or_counts_nothing(
    found: Words,
    text: _Surroundings,
    classes: NDArray[np.uint16],
    first_digits: Mask,
    last_digits: Mask,
    first: NDArray[np.int64],
    last: NDArray[np.int64],
) -> Mask:
    """Which runs of numbers from word `first` to `last` (inclusive) are no quantities."""
    alone = first == last
    start, end = found.start[first], found.end[last]
    size = end - start
    n = len(classes)
    next_word = np.minimum(last + 1, n - 1)
    previous, following = classes[first - 1], classes[next_word]
    near_before = (first > 0) & (start - found.end[first - 1] <= 2)
    near_after = (last + 1 < n) & (found.start[next_word] - end == 1)

    unit_follows = near_after & ((following & _UNIT) != 0)
    pronoun = alone & ((classes[first] & _ONE) != 0) & ~unit_follows

    lead, second = text.at(start), text.at(start + 1)
    first_size = found.end[first] - start
    in_range = ((lead == ord("1")) & (second >= ord("5"))) | ((lead == ord("2")) & (second == ord("0")))
    year = first_digits & (first_size == 4) & text.digit(start + 3) & in_range
    year &= (last == first) | ((last == first + 1) & (text.at(start + 4) == ord("-")) & last_digits)
    year &= ~(alone & (text.is_in(start - 1, _CURRENCIES) | (text.at(end) == ord("%")) | unit_follows))

    clock = near_after & ((following & _HOUR) != 0)
    clock |= (
        near_after
        & text.is_in(end + 1, b"aApP")
        & (text.at(end + 2) == ord("."))
        & text.is_in(end + 3, b"mM")
    )
    parted = text.is_in(end, b"/:") & text.digit(end + 1)
    parted |= text.is_in(start - 1, b"/:") & text.digit(start - 2)

    day = alone & first_digits & (size <= 2)
    named_before = near_before & ((previous & _MONTH) != 0) & text.is_in(found.start[first - 1], _CAPITALS)
    named_behind = near_after & ((following & _MONTH) != 0) & text.is_in(found.start[next_word], _CAPITALS)
    date = day & (named_before | named_behind)

    opens_line = (start == 0) | (text.at(start - 1) == ord("\n"))
    item = (
        alone
        & opens_line
        & text.is_in(end, b".)")
        & ((text.at(end + 1) == ord(" ")) | (text.at(end + 1) == 10))
    )
    numbered = near_before & ((previous & _NAMED) != 0)
    numbered |= text.at(start - 1) == ord("#")
    numbered |= (text.at(start - 1) == ord("-")) & text.is_in(start - 2, _LETTERS)
    result: Mask = pronoun | year | clock | parted | date | item | numbered
    return result
