"""The words of a batch as columns of small numbers: all that the tagger may look at.

Sentences stand one behind the other with `PAD` empty rows between them, so that a look to the neighbours is a shifted
view of a column and never reaches into another sentence. Nothing here tells which *shape* of quotation mark an outlet
uses: marks are known by the quotations that the text layer found.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.signals.scan import Context, Hits
from classifier.text.quotations import Quotation
from classifier.text.segment import Segmented
from classifier.text.words import OTHER_LETTER, Vocabulary

PAD = 3  # rows without a word before, between and behind sentences: as far as a template looks
Column = NDArray[np.int32]

CUE_CLASSES = ("", "according", "noun", "verb.say", "verb.show", "verb.think")
_MANY_WORDS = len(CUE_CLASSES)  # a word of a cue behind its first
_QUOTATION_KINDS = {"speech": 1, "scare": 5, "title": 9}
_FIRST, _WITHIN, _LAST, _ONLY = range(4)
SPEECH = range(1, 5)  # values of the column `quoted` that mean somebody's words
_CAPITAL, _SHOUTED, _NUMBER = 1, 2, 3
_SHAPES = 4
PARAGRAPH, FULL_STOP, COMMA, COLON, SEMICOLON, BRACKET, DASH, OTHER = range(1, 9)
GAPS = 9  # what stands before a word, quotation marks aside; 0: white space
_OPENS, _CLOSES = 1, 2
_LONGEST = 16  # words of a quotation that are counted

# How many values a column has; the last of them stands in the empty rows.
CARDINALITY: Mapping[str, int] = {
    "gap": GAPS * 4 + 1,
    "shape": _SHAPES * 2 + 1,
    "cue_class": len(CUE_CLASSES) + 2,
    "quoted": 14,
    "quote_length": _LONGEST + 2,
    "ending": 4097,
    "short_ending": 2049,
}


class Tokens(NamedTuple):
    """Columns over the rows of a batch, and where each row with a word comes from.

    `columns` and `sentence` have shape (n_rows,); `rows`, `document`, `word` and `paragraph` (n_words,).
    """

    columns: dict[str, Column]
    rows: NDArray[np.int64]  # those that hold a word
    sentence: Column  # of every row, counted through the batch; -1 in empty rows
    paragraph: Column  # of each word, counted through the batch
    document: Column  # of each word
    word: Column  # of each word: its number in the document


def tokens(
    contexts: Sequence[Context], hits: Sequence[Hits], classes: Sequence[int], known: Vocabulary
) -> Tokens:
    """The words of title and body of some documents; `classes` has the cue class of each entry of the lexicon."""
    parts: dict[str, list[NDArray[Any]]] = {name: [] for name in ("form", *CARDINALITY)}
    places: list[tuple[NDArray[Any], ...]] = []
    n_rows, n_sentences, n_paragraphs = PAD, 0, 0
    for number, (context, found) in enumerate(zip(contexts, hits, strict=True)):
        text = context.text
        of = np.asarray(context.sentence_of, np.int32)
        inside = (of >= 0).nonzero()[0]
        if not len(inside):
            continue
        of = of[inside]
        begins = _changes(of)
        starts = _changes(text.sentences.paragraph[of])
        nth = begins.cumsum() - 1
        rows = np.arange(len(of)) + nth * PAD + n_rows
        places.append(
            (rows, nth + n_sentences, starts.cumsum() - 1 + n_paragraphs, np.full(len(of), number), inside)
        )
        n_rows, n_sentences = int(rows[-1]) + 1 + PAD, n_sentences + int(nth[-1]) + 1
        n_paragraphs += int(starts.sum())
        quoted, length, marks = _quotation_state(text)
        ending, short_ending = _endings(text)
        parts["form"].append(known.numbers(text.words)[inside])
        parts["gap"].append(_gaps(text, inside, starts) + GAPS * marks[inside])
        parts["shape"].append(_shapes(text)[inside] * 2 + begins)
        parts["cue_class"].append(_cue_classes(len(quoted), found, classes)[inside])
        parts["quoted"].append(quoted[inside])
        parts["quote_length"].append(length[inside])
        parts["ending"].append(ending[inside])
        parts["short_ending"].append(short_ending[inside])
    none: tuple[NDArray[Any], ...] = (np.zeros(0, np.int64),) * 5
    at, sentence, paragraph, document, word = (np.concatenate(c) for c in zip(none, *places, strict=True))
    pads = {"form": len(known) + 1, **{name: size - 1 for name, size in CARDINALITY.items()}}
    columns = {name: _placed(parts[name], at, n_rows, pad) for name, pad in pads.items()}
    columns["gap_after"] = np.append(columns["gap"][1:], pads["gap"]).astype(np.int32)
    sentences = _placed([sentence], at, n_rows, -1)
    return Tokens(
        columns, at, sentences, paragraph.astype(np.int32), document.astype(np.int32), word.astype(np.int32)
    )


def _placed(values: list[NDArray[Any]], at: NDArray[np.int64], n_rows: int, pad: int) -> Column:
    column = np.full(n_rows, pad, np.int32)
    if values:
        column[at] = np.concatenate(values)
    return column


def _changes(values: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Where another value begins."""
    changes = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes


def _cue_classes(n_words: int, hits: Hits, classes: Sequence[int]) -> Column:
    column = np.zeros(n_words, np.int32)
    for word, last, entry in zip(hits.word, hits.last, hits.entry, strict=True):
        if classes[entry]:
            column[word] = classes[entry]
            column[word + 1 : last] = _MANY_WORDS
    return column


def _quotation_state(text: Segmented) -> tuple[Column, Column, Column]:
    """Of each word: kind of quotation and place in it; words of the quotation; marks that open or close before it."""
    start = text.words.start
    quoted = np.zeros(len(start), np.int32)
    length = np.zeros(len(start), np.int32)
    marks = np.zeros(len(start) + 1, np.int32)
    outer: list[Quotation] = [q for q in text.quotations if q.kind != "nested"]
    if outer:
        bounds = start.searchsorted([(q.start, q.end) for q in outer]).tolist()
        for quotation, (first, last) in zip(outer, bounds, strict=True):
            if first == last:
                continue
            kind = _QUOTATION_KINDS[quotation.kind]
            quoted[first:last] = kind + _WITHIN
            quoted[first] = kind + _FIRST
            quoted[last - 1] = kind + (_LAST if last - first > 1 else _ONLY)
            length[first:last] = min(last - first, _LONGEST)
            marks[first] |= _OPENS
            marks[last] |= _CLOSES
    return quoted, length, marks[:-1]


def _gaps(text: Segmented, inside: NDArray[np.int64], starts: NDArray[np.bool_]) -> Column:
    """What stands before each of these words, quotation marks aside."""
    start, end, plain = text.words.start, text.words.end, text.plain
    column = np.zeros(len(inside), np.int32)
    before = np.where(inside > 0, end[inside - 1], 0)
    wide = ((start[inside] - before != 1) | (text.words.latin[before] != ord(" "))) & ~starts
    for i in wide.nonzero()[0].tolist():
        word = inside[i]
        column[i] = _gap(plain[before[i] : start[word]])
    column[starts] = PARAGRAPH
    return column


@lru_cache(maxsize=4096)
def _gap(between: str) -> int:
    sign = between.strip(" \n\t\r\f\v\xa0'\"`")[:1]
    if not sign:
        return 0
    if sign in ".!?\u2026":
        return FULL_STOP
    if sign in "-\u2010\u2011\u2012\u2013\u2014":
        return DASH
    if sign in "()[]{}":
        return BRACKET
    return {",": COMMA, ":": COLON, ";": SEMICOLON}.get(sign, OTHER)


def _shapes(text: Segmented) -> Column:
    """0 lower case, then capital, capitals throughout, number."""
    start, end = text.words.start, text.words.end
    written, cells = text.words.latin, text.words.cells
    first, last = cells[start], cells[end - 1]
    capital = (written[start] != first) & (first != OTHER_LETTER)
    shape = capital.astype(np.int32)
    shape[capital & (end - start > 1) & (written[end - 1] != last)] = _SHOUTED
    shape[(first >= ord("0")) & (first <= ord("9"))] = _NUMBER
    return shape


def _endings(text: Segmented) -> tuple[Column, Column]:
    """The last three and the last two letters of each word, as hashes."""
    end = text.words.end.astype(np.int64)
    size = end - text.words.start
    cells = text.words.cells
    last = cells[end - 1].astype(np.uint32)
    second = np.where(size > 1, cells[end - 2], 0).astype(np.uint32)
    third = np.where(size > 2, cells[np.maximum(end - 3, 0)], 0).astype(np.uint32)
    two = last << np.uint32(8) | second
    three = two << np.uint32(8) | third
    factor = np.uint32(2654435761)
    return (
        ((three * factor) >> np.uint32(20)).astype(np.int32),
        ((two * factor) >> np.uint32(21)).astype(np.int32),
    )
