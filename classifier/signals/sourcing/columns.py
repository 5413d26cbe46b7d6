"""The words of a batch as columns of small numbers: all that the tagger and the linker may look at.

Documents stand one behind the other with `PAD` empty rows around them, so that a look to the neighbours is a shifted
view of a column and never reaches into another document. Nothing here tells which *shape* of quotation mark an outlet
uses: marks are known by the quotations that the text layer found.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.signals.scan import Context, Hits
from classifier.text.segment import Segmented
from classifier.text.words import OTHER_LETTER, Vocabulary, Words

PAD = 16  # more than the tagger sees to either side
Column = NDArray[np.int32]

CUE_CLASSES = ("", "according", "noun", "verb.say", "verb.show", "verb.think")
MANY_WORDS = len(CUE_CLASSES)  # a word of a cue behind its first
_QUOTATION_KINDS = {"speech": 1, "scare": 5, "title": 9}
_FIRST, _WITHIN, _LAST, _ONLY = range(4)
_CAPITAL, _SHOUTED, _NUMBER = 1, 2, 3
PARAGRAPH, FULL_STOP, COMMA, COLON, SEMICOLON, BRACKET, DASH, OTHER = range(1, 9)
GAPS = 9  # what stands before a word, quotation marks aside; 0: white space
_OPENS, _CLOSES = 1, 2
_LONGEST = 16  # words of a quotation that are counted
_DISTANCES = 8  # steps of a place in a sentence
ENDINGS = 4096

# How many values each column has; the last of them stands in the empty rows.
GAP_VALUES = GAPS * 4 + 1
SHAPE_VALUES = 4 * 2 + 1
CUE_VALUES = MANY_WORDS + 2
QUOTED_VALUES = 14
LENGTH_VALUES = _LONGEST + 2
_COMMAS = 4
CLASSES_NEAR = len(CUE_CLASSES)  # 0: there is no cue on that side in the sentence
TABLES = {
    "signs": GAP_VALUES * SHAPE_VALUES,
    "quotation": QUOTED_VALUES * LENGTH_VALUES,
    "place": _DISTANCES * _DISTANCES * CUE_VALUES,
    "cue_before": CLASSES_NEAR * _DISTANCES * _COMMAS + 1,
    "cue_behind": CLASSES_NEAR * _DISTANCES * _COMMAS + 1,
    "speech": 4 * _DISTANCES + 1,
}


class Tokens(NamedTuple):
    """The words of title and body of a batch.

    `rows` and what follows have shape (n_words,); the columns of `inputs` have shape (n_rows,), and ``rows`` says
    which of their rows hold a word.
    """

    inputs: dict[str, Column]  # what the tagger reads: "word", then a column for each of TABLES
    rows: NDArray[np.int64]
    sentence: Column  # counted through the batch
    paragraph: Column  # counted through the batch
    document: Column
    word: Column  # its number in the document
    gap: Column  # what stands before it, and `GAPS` times the marks that open or close there
    gap_after: Column
    quoted: Column  # kind of quotation, and the place in it; 0 outside
    quotation: Column  # which one, counted through the batch; -1 outside
    speech: NDArray[np.bool_]  # whether that is somebody's words
    cue_class: Column  # index into CUE_CLASSES; MANY_WORDS


def tokens(
    contexts: Sequence[Context], hits: Sequence[Hits], classes: Sequence[int], known: Vocabulary
) -> Tokens:
    """The words of some documents; `classes` has the cue class of each entry of the lexicon."""
    texts = [context.text for context in contexts]
    size = [len(text.words.start) for text in texts]
    base = list(accumulate(size, initial=0))
    place = list(accumulate((len(text.plain) for text in texts), initial=0))
    n_sentences = list(accumulate((len(text.sentences.start) for text in texts), initial=0))

    words = _joined_words([text.words for text in texts], place)
    document = np.arange(len(texts), dtype=np.int32).repeat(size)
    sentence = _joined([np.asarray(context.sentence_of, np.int32) for context in contexts])
    inside = (sentence >= 0).nonzero()[0]
    document = document[inside]
    sentence = (sentence[inside] + np.array(n_sentences, np.int32)[document]).astype(np.int32)
    paragraph_of = _joined([text.sentences.paragraph for text in texts])
    begins = _changes(sentence) | _changes(document)
    starts = _changes(paragraph_of[sentence]) | _changes(document)
    quotation, quoted, length, marks, speech = _quotations(contexts, words.start, base, place)
    gap = _gaps(texts, words, place, inside, starts) + GAPS * marks[inside]
    cues = _cue_classes(hits, base, classes)[inside]
    shape = 2 * _shapes(words)[inside] + begins

    first = begins.nonzero()[0]
    of = begins.cumsum() - 1
    position = np.arange(len(inside)) - first[of]
    left = np.append(first[1:], len(inside))[of] - 1 - np.arange(len(inside))
    number = known.numbers(words)[inside]
    unknown = number == 0
    number[unknown] = len(known) + 2 + _endings(words, inside[unknown])

    rows = np.arange(len(inside)) + PAD * (_changes(document).cumsum())
    n_rows = int(rows[-1]) + 1 + PAD if len(rows) else 0
    empty = len(known) + 1
    inputs = {"word": _placed(number, rows, n_rows, empty)}
    for name, column in (
        ("signs", gap * SHAPE_VALUES + shape),
        ("quotation", quoted[inside] * LENGTH_VALUES + length[inside]),
        ("place", (_step(position) * _DISTANCES + _step(left)) * CUE_VALUES + cues),
        *_near_cues(cues, gap, sentence),
        ("speech", _near_speech(speech[inside], sentence)),
    ):
        inputs[name] = _placed(column, rows, n_rows, TABLES[name] - 1)
    after = np.append(gap[1:], PARAGRAPH)
    return Tokens(
        inputs,
        rows,
        sentence,
        (starts.cumsum() - 1).astype(np.int32),
        document,
        (inside - np.array(base)[document]).astype(np.int32),
        gap.astype(np.int32),
        after.astype(np.int32),
        quoted[inside],
        quotation[inside],
        speech[inside],
        cues,
    )


def _joined(columns: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(columns) if columns else np.zeros(0, np.int32)


def _joined_words(texts: Sequence[Words], place: Sequence[int]) -> Words:
    """The words of several texts, one behind the other."""

    def all_of(column: Callable[[Words], NDArray[Any]]) -> NDArray[Any]:
        return _joined([column(one) for one in texts])

    shift = np.array(place[:-1], np.int32).repeat([len(one.start) for one in texts])
    return Words(
        all_of(lambda one: one.start) + shift,
        all_of(lambda one: one.end) + shift,
        all_of(lambda one: one.cells),
        all_of(lambda one: one.latin),
        np.zeros(0, np.int64),
        (all_of(lambda one: one.packed[0]), all_of(lambda one: one.packed[1])),
    )


def _placed(values: NDArray[Any], rows: NDArray[np.int64], n_rows: int, empty: int) -> Column:
    column = np.full(n_rows, empty, np.int32)
    column[rows] = values
    return column


def _changes(values: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Where another value begins."""
    changes = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes


_FAR = np.arange(26)
_STEPS = (np.minimum(_FAR, 3) + (_FAR > 3) + (_FAR > 7) + (_FAR > 14) + (_FAR > 24)).astype(np.int32)


def _step(distance: NDArray[np.int64]) -> Column:
    """Distances in words as 0 to 7: 0, 1, 2, 3, then from 4, 8, 15 and 25."""
    return _STEPS[np.minimum(distance, len(_STEPS) - 1)]


def _nearest(which: NDArray[np.bool_], sentence: Column) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The nearest of some words before and behind each word, in its sentence; -1 where there is none."""
    n = len(which)
    row = np.arange(n)
    before, behind = np.full(n, -1), np.full(n, n)
    np.maximum.accumulate(np.where(which, row, -1)[:-1], out=before[1:])
    behind[:-1] = np.minimum.accumulate(np.where(which, row, n)[:0:-1])[::-1]
    behind[behind == n] = -1
    before[sentence[before] != sentence] = -1
    behind[sentence[behind] != sentence] = -1
    return before, behind


def _near_cues(cues: Column, gap: Column, sentence: Column) -> list[tuple[str, Column]]:
    """Of the nearest cue on either side: its class, how far it is, and the commas between."""
    row = np.arange(len(cues))
    commas = (gap % GAPS == COMMA).cumsum()
    found = []
    for name, cue in zip(
        ("cue_before", "cue_behind"), _nearest((cues > 0) & (cues < MANY_WORDS), sentence), strict=True
    ):
        between = np.minimum(np.abs(commas - commas[cue]), _COMMAS - 1)
        column = (cues[cue] * _DISTANCES + _step(np.abs(row - cue))) * _COMMAS + between
        column[cue < 0] = 0
        found.append((name, column.astype(np.int32)))
    return found


def _near_speech(speech: NDArray[np.bool_], sentence: Column) -> Column:
    """On which side in the sentence somebody's words stand, and how far."""
    row = np.arange(len(speech))
    before, behind = _nearest(speech, sentence)
    nearest = np.where((before >= 0) & ((behind < 0) | (row - before < behind - row)), before, behind)
    side = (before >= 0) + 2 * (behind >= 0)
    column = side * _DISTANCES + _step(np.abs(row - nearest))
    column[nearest < 0] = 0
    column[speech] = 1
    return column.astype(np.int32)


def _cue_classes(hits: Sequence[Hits], base: Sequence[int], classes: Sequence[int]) -> Column:
    column = np.zeros(base[-1], np.int32)
    word = [first + b for found, b in zip(hits, base, strict=False) for first in found.word]
    last = [end + b for found, b in zip(hits, base, strict=False) for end in found.last]
    kind = [classes[entry] for found in hits for entry in found.entry]
    for first, end, value in zip(word, last, kind, strict=True):
        if value:
            column[first] = value
            if end > first + 1:
                column[first + 1 : end] = MANY_WORDS
    return column


def _quotations(
    contexts: Sequence[Context], start: NDArray[np.int32], base: Sequence[int], place: Sequence[int]
) -> tuple[Column, Column, Column, Column, NDArray[np.bool_]]:
    """Of each word: which quotation, its kind and the place in it, its words; marks that open or close before it."""
    quotation = np.full(len(start), -1, np.int32)
    quoted = np.zeros(len(start), np.int32)
    length = np.zeros(len(start), np.int32)
    marks = np.zeros(len(start) + 1, np.int32)
    speech = np.zeros(len(start), np.bool_)
    outer = [
        (one.start + at, one.end + at, _QUOTATION_KINDS[one.kind], end)
        for context, at, end in zip(contexts, place, base[1:], strict=False)
        for one in context.text.quotations
        if one.kind != "nested"
    ]
    if outer:
        begin, stop, kind, end = np.array(outer, np.int32).T
        first = start.searchsorted(begin).astype(np.int32)
        last = np.minimum(start.searchsorted(stop), end).astype(np.int32)
        filled = first < last
        first, last, kind, end = first[filled], last[filled], kind[filled], end[filled]
        size = last - first
        within = first.repeat(size) + np.arange(size.sum()) - (size.cumsum() - size).repeat(size)
        quotation[within] = np.arange(len(size)).repeat(size)
        quoted[within] = (kind + _WITHIN).repeat(size)
        length[within] = np.minimum(size, _LONGEST).repeat(size)
        speech[within] = (kind == _QUOTATION_KINDS["speech"]).repeat(size)
        quoted[first] = kind + _FIRST
        quoted[last - 1] = kind + np.where(size > 1, _LAST, _ONLY)
        marks[first] |= _OPENS
        closed = last[last < end]
        marks[closed] |= _CLOSES
    return quotation, quoted, length, marks[:-1], speech


_BLANK, _UNSURE = -1, -2  # looked past; not to be told from the Latin-1 of the text


def _sign(char: str) -> int:
    if char.isspace() or char in "'\"`":
        return _BLANK
    if char in ".!?\u2026":
        return FULL_STOP
    if char in "-\u2010\u2011\u2012\u2013\u2014":
        return DASH
    if char in "()[]{}":
        return BRACKET
    return {",": COMMA, ":": COLON, ";": SEMICOLON}.get(char, OTHER)


_SIGNS = np.array([_sign(chr(c)) for c in range(256)], np.int32)
_SIGNS[ord("?")] = _UNSURE  # also stands for what is outside Latin-1


def _gaps(
    texts: Sequence[Segmented],
    words: Words,
    place: Sequence[int],
    inside: NDArray[np.int64],
    starts: NDArray[np.bool_],
) -> Column:
    """What stands before each of these words, quotation marks aside: its first sign."""
    column = np.zeros(len(inside), np.int32)
    column[starts] = PARAGRAPH
    rest = (~starts).nonzero()[0]
    at, stop = words.end[inside[rest] - 1], words.start[inside[rest]]
    wide = (stop - at != 1) | (words.latin[at] != ord(" "))
    left, at, stop = rest[wide], at[wide], stop[wide]
    while len(left):
        sign = _SIGNS[words.latin[at]]
        for i in (sign == _UNSURE).nonzero()[0].tolist():
            number = bisect_right(place, at[i]) - 1
            sign[i] = _sign(texts[number].plain[at[i] - place[number]])
        found = sign != _BLANK
        column[left[found]] = sign[found]
        going_on = ~found & (at + 1 < stop)
        left, at, stop = left[going_on], at[going_on] + 1, stop[going_on]
    return column


def _shapes(words: Words) -> Column:
    """0 lower case, then capital, capitals throughout, number."""
    start, end = words.start, words.end
    written, cells = words.latin, words.cells
    first, last = cells[start], cells[end - 1]
    capital = (written[start] != first) & (first != OTHER_LETTER)
    shape: Column = capital.astype(np.int32)
    shape[capital & (end - start > 1) & (written[end - 1] != last)] = _SHOUTED
    shape[(first >= ord("0")) & (first <= ord("9"))] = _NUMBER
    return shape


def _endings(words: Words, which: NDArray[np.int64]) -> Column:
    """A number below ENDINGS for the last three letters of some of the words."""
    start, end = words.start[which], words.end[which]
    cells = words.cells
    number = np.zeros(len(which), np.uint32)
    for back in range(1, 4):
        letter = cells[np.maximum(end - back, start)].astype(np.uint32)
        number = number << np.uint32(8) | np.where(end - back >= start, letter, np.uint32(0))
    return ((number * np.uint32(2654435761)) >> np.uint32(20)).astype(np.int32)


def endings(forms: Sequence[bytes]) -> Column:
    """The same of words by themselves; shape (n_forms,)."""
    last = list(accumulate((len(form) for form in forms), initial=0))
    cells = np.frombuffer(b"".join(forms), np.uint8)
    start, end = np.array(last[:-1], np.int32), np.array(last[1:], np.int32)
    none = np.zeros(0, np.uint64)
    words = Words(start, end, cells, cells, np.zeros(0, np.int64), (none, none))
    return _endings(words, np.arange(len(forms)))
