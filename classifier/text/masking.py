"""Masked wording: the words of texts as numbers that tell neither who nor what the text is about.

Names, numbers, dates, addresses and handles are replaced by their class, a run of them by one, and so is every word
outside a given list (rare words: topics, people, outlets), which leaves its ending. What is left is how a text is
written: common words, and the signs between them. Each number keeps its place in the text.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.text.fold import code_points
from classifier.text.segment import Segmented
from classifier.text.words import Vocabulary, WordClasses

_DATES = (
    b"january february march april may june july august september october november december jan feb mar apr aug sept"
    b" oct nov dec monday tuesday wednesday thursday friday saturday sunday"
).split()
_IS_DATE = WordClasses([_DATES])
_IS_CAPITAL = np.array([chr(c).isupper() for c in range(256)])
_ENDINGS = (b"ing", b"ed", b"ly", b"s", b"tion", b"ist", b"er")

# What stands between two words, the strongest sign of it; the number is how strong.
_SIGNS = ("-", "–", ":", "(", ",", ".", "?", "!", "…", "¶")
_HYPHEN, _DASH, _COLON, _BRACKET, _COMMA, _STOP, _QUESTION, _SHOUT, _ELLIPSIS, _BREAK = range(1, 11)
_OF_SIGN = {"-": _DASH, "\u2010": _DASH, "\u2011": _DASH, "\u2013": _DASH, "\u2014": _DASH}
_OF_SIGN |= {":": _COLON, ";": _COLON, "(": _BRACKET, ")": _BRACKET, "[": _BRACKET, ",": _COMMA, ".": _STOP}
_OF_SIGN |= {"?": _QUESTION, "!": _SHOUT, "\u2026": _ELLIPSIS, "\n": _BREAK}
_STRENGTH = np.zeros(0x2028, np.int64)  # one more than the last sign, for all that lies above
for _sign, _strength in _OF_SIGN.items():
    _STRENGTH[ord(_sign)] = _strength
_QUOTED = 16  # added where a quotation mark stands there

# Masks, counted from behind the last known word.
_NAME, _NUMBER, _DATE, _ADDRESS = range(1, 5)
_RARE = 5  # twice the ending, and 1 more for a capital
_GAP = _RARE + 2 * (len(_ENDINGS) + 1)
MASKS = (
    "[name]",
    "[number]",
    "[date]",
    "[address]",
    *(f"[{case}…{ending}]" for ending in ("", *(e.decode() for e in _ENDINGS)) for case in ("rare", "Rare")),
    *(f"{quote}{sign}" for quote in ("", '"') for sign in ("", *_SIGNS, *[""] * (_QUOTED - 1 - len(_SIGNS)))),
)
"""What is shown for the numbers behind the last known word, in order."""
RARE = range(_RARE, _GAP)
"""Those of rare words, counted from 1."""


_SAYS = {
    _NAME: "a name",
    _NUMBER: "a number",
    _DATE: "a date",
    _ADDRESS: "an address",
    _GAP + _BREAK: "a line break",
    _GAP + _QUOTED: "a quotation mark",
    _GAP + _QUOTED + _BREAK: "a quotation mark at a line break",
}


def says_mask(number: int) -> str:
    """A mask or sign, counted from 1, in a sentence: "a name", 'the sign ","'."""
    if number in _SAYS:
        return _SAYS[number]
    if number < _GAP:
        ending, capital = divmod(number - _RARE, 2)
        rare = "a rarer word with a capital" if capital else "a rarer word"
        return f"{rare} in -{_ENDINGS[ending - 1].decode()}" if ending else rare
    quoted, sign = divmod(number - _GAP, _QUOTED)
    return f'a quotation mark and "{_SIGNS[sign - 1]}"' if quoted else f'the sign "{_SIGNS[sign - 1]}"'


class Masked(NamedTuple):
    """Columns over the masked words and signs of some texts, in order; shape (n,) each.

    Furniture, bylines and other languages are left out. A sign stands between its words and covers what is
    there; it is left out where only a blank stands there.
    """

    doc: NDArray[np.int32]
    number: NDArray[np.int32]  # from 1: a known word, then one of `MASKS`
    rare: NDArray[np.int8]  # of a known word its number in `MASKS`, were it not known; 0 for what is masked
    start: NDArray[np.int32]  # in the readable text
    end: NDArray[np.int32]


def masked(texts: Sequence[Segmented], known: Vocabulary) -> Masked:
    """Mask some texts, each as it would be alone; words of `known` that are no name, number or date are kept."""
    parts = [_masked(text, known) for text in texts]
    doc = np.arange(len(texts), dtype=np.int32).repeat([part.shape[1] for part in parts])
    number, rare, start, end = np.concatenate([np.zeros((4, 0), np.int32), *parts], axis=1)
    return Masked(doc, number, rare.astype(np.int8), start, end)


def in_names(text: Segmented) -> NDArray[np.int64]:
    """The words of a text that are part of a name, numbers, ascending."""
    return _runs(text.names.first, text.names.last)


def _masked(text: Segmented, known: Vocabulary) -> NDArray[np.int32]:
    """`Masked` of one text without `doc`, shape (4, n)."""
    words, sentences = text.words, text.sentences
    start, end, cells = words.start, words.end, words.cells
    n = len(start)
    reads = np.zeros(n + 1, np.int32)
    np.add.at(reads, sentences.first_word, 1)
    np.add.at(reads, sentences.last_word, -1)
    inside = (reads.cumsum()[:n] > 0).nonzero()[0]
    if not len(inside):
        return np.zeros((4, 0), np.int32)
    capital = _IS_CAPITAL[words.latin[start]]

    mask = np.zeros(n, np.int32)
    first = cells[start]
    mask[(first >= ord("0")) & (first <= ord("9"))] = _NUMBER
    mask[_runs(text.quantities.first, text.quantities.last)] = _NUMBER
    mask[_runs(text.names.first, text.names.last)] = _NAME
    mask[capital & (_IS_DATE.of(words) > 0)] = _DATE
    mask[text.addresses] = _ADDRESS

    hidden = mask > 0
    rare = np.where(hidden, 0, _RARE + 2 * _ending(cells, start, end) + capital)
    number = known.numbers(words)
    listed = ~hidden & (number > 0)
    number = np.where(listed, number, len(known) + mask + rare)
    rare[~listed] = 0

    gap, gap_start = _gaps(text.plain, start, end)
    beside = hidden[1:] & (mask[1:] == mask[:-1])
    gap[1:][beside & (mask[1:] == _ADDRESS)] = 0  # an address is one, whatever stands inside it
    # A run of one class is one number that covers the run.
    shown = np.ones(n, np.bool_)
    shown[1:] = ~(beside & (gap[1:] == 0))
    heads = shown.nonzero()[0]
    ends = end.copy()
    ends[heads] = end[np.append(heads[1:], n) - 1]

    inside = inside[shown[inside]]
    both = np.zeros((4, 2 * len(inside)), np.int32)
    both[0, 0::2] = np.where(gap[inside] > 0, len(known) + _GAP + gap[inside], 0)
    both[2, 0::2], both[3, 0::2] = gap_start[inside], start[inside]
    both[:, 1::2] = number[inside], rare[inside], start[inside], ends[inside]
    return both[:, both[0] > 0]


def _runs(first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from each `first` up to its `last`, one run behind the other."""
    size = last - first
    places: NDArray[np.int64] = first.repeat(size) + np.arange(size.sum())
    places -= (size.cumsum() - size).repeat(size)
    return places


def _ending(cells: NDArray[np.uint8], start: NDArray[np.int32], end: NDArray[np.int32]) -> NDArray[np.int64]:
    """Of each word the first of `_ENDINGS` that it has behind a letter, counted from 1; 0: none."""
    result = np.zeros(len(start), np.int64)
    for number, ending in reversed(list(enumerate(_ENDINGS, 1))):
        fits = end - start > len(ending)
        for place, letter in enumerate(reversed(ending), 1):
            fits &= cells[end - place] == letter
        result[fits] = number
    return result


def _gaps(
    plain: str, start: NDArray[np.int32], end: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """What stands before each word, 0 for a blank, and where it begins."""
    points = code_points(plain)
    begin = np.zeros(len(start), np.int32)
    begin[1:] = end[:-1]
    gap = np.zeros(len(start), np.int64)
    quote = np.zeros(len(start), np.int64)
    strength = _STRENGTH.take(points, mode="clip")
    at = ((strength > 0) | (points == ord('"'))).nonzero()[0]
    word = start.searchsorted(at.astype(np.int32))
    between = word < len(start)
    at, word = at[between], word[between]
    outside = at >= begin[word]  # a point inside "3.5" is none
    at, word = at[outside], word[outside]
    found = strength[at]
    several = (points[at] == ord(".")) & (points[np.maximum(at - 1, 0)] == ord(".")) & (at > begin[word])
    found[several] = _ELLIPSIS
    lone = (found == _DASH) & (start[word] - begin[word] == 1)
    found[lone] = _HYPHEN
    np.maximum.at(gap, word, found)
    quote[word[points[at] == ord('"')]] = _QUOTED
    return gap + quote, begin
