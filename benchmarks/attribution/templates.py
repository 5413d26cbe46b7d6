"""What the tagger looks at beside each word: templates over the columns of `tokens`, each a number per row.

A template is a list of (column, offset): the values found there, joined to one number. Where there are more
combinations than `SPACE`, the number is a hash. The first pass reads words, signs and quotations; the second also
reads what the first one found around each word (stacked sequential learning, Cohen & Carvalho 2005).
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from tokens import (
    CARDINALITY,
    COMMA,
    GAPS,
    PAD,
    PARAGRAPH,
    SPEECH,
    Column,
    Tokens,
)

Template = tuple[tuple[str, int], ...]

BITS = 18
SPACE = 1 << BITS
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
NOTHING, B_SOURCE, I_SOURCE, B_CUE, I_CUE, B_CONTENT, I_CONTENT = range(7)
SORTS = (64, 256, 1024)  # classes of like words, from coarse to fine
_COMMAS = tuple(COMMA + GAPS * marks for marks in range(4))
_PARAGRAPHS = tuple(PARAGRAPH + GAPS * marks for marks in range(4))
_WEAK = tuple(sign + GAPS * marks for sign in range(3) for marks in range(4)) + _COMMAS
_NO_CUE = 9
_LEVELS = (0.1, 0.3, 0.5, 0.8)  # probabilities are read in these steps

_CUE_SIDES = {
    "left": 10,
    "right": 10,
    "left_class": 9,
    "right_class": 9,
    "left_sort": 1027,
    "right_sort": 1027,
}
_CUE_SIDES |= {
    "left_commas": 5,
    "right_commas": 5,
    "after_left": 67,
    "gap_after_left": CARDINALITY["gap"] + 1,
}
CARDINALITIES: Mapping[str, int] = {
    **CARDINALITY,
    "gap_after": CARDINALITY["gap"],
    **{f"sort_{n}": n + 2 for n in SORTS},
    "position": 8,
    "position_left": 8,
    "opening": 2,
    "opening_sort": 258,
    "quotation_side": 5,
    "quotation_distance": 9,
    "quotation_near": 20,
    "that": 3,
    **{f"listed_{name}": size for name, size in _CUE_SIDES.items()},
    "listed_far_left": 2,
    "listed_far_right": 2,
    "listed_any": 2,
    **{f"found_{name}": size for name, size in _CUE_SIDES.items()},
    "found_far_left": 2,
    "found_signs": 4,
    "label": 8,
    "source_level": 6,
    "cue_level": 6,
    "content_level": 6,
    "cue_start_level": 6,
    "cues_before": 3,
    "cues_behind": 3,
    "sources_before": 3,
    "sources_behind": 3,
    "contents_before": 3,
    "contents_behind": 3,
    "has_cue_before": 2,
    "has_cue_behind": 2,
    "previous_sentence": 5,
    "next_sentence": 4,
    "this_sentence": 4,
}


def _each(column: str, first: int, last: int) -> list[Template]:
    return [((column, offset),) for offset in range(first, last + 1)]


def _here(*columns: str) -> Template:
    return tuple((column, 0) for column in columns)


# Functions of the word alone: their weights are added up once for each word of the vocabulary.
LEXICAL: tuple[Template, ...] = (
    *_each("form", -2, 2),
    *_each("sort_256", -3, 3),
    *_each("sort_64", -1, 1),
    *_each("sort_1024", -1, 1),
)
FIRST: tuple[Template, ...] = (
    *_each("shape", -1, 1),
    *_each("quoted", -1, 1),
    _here("ending"),
    _here("short_ending"),
    *_each("cue_class", -3, 3),
    *_each("gap", -1, 2),
    (("form", -1), ("form", 0)),
    (("form", 0), ("form", 1)),
    (("sort_256", -1), ("sort_256", 0)),
    (("sort_256", 0), ("sort_256", 1)),
    (("sort_64", -1), ("sort_64", 0), ("sort_64", 1)),
    (("sort_64", -2), ("sort_64", -1), ("sort_64", 0)),
    (("sort_64", 0), ("sort_64", 1), ("sort_64", 2)),
    _here("gap", "form"),
    _here("gap", "sort_256"),
    _here("gap_after", "sort_256"),
    _here("gap_after", "form"),
    _here("gap", "gap_after"),
    (("gap", -1), ("gap", 0), ("gap_after", 0)),
    _here("quoted", "gap", "gap_after"),
    (("gap_after", 0), ("form", 1)),
    (("gap", 0), ("sort_64", -1), ("sort_64", 0)),
    (("gap_after", 0), ("sort_64", 0), ("sort_64", 1)),
    _here("quote_length", "quoted"),
    (("shape", -1), ("shape", 0), ("shape", 1)),
    (("cue_class", -1), ("gap", 0), ("sort_64", 0)),
    _here("listed_left", "listed_left_class"),
    _here("listed_right", "listed_right_class"),
    _here("listed_left_class", "sort_64", "listed_far_left"),
    _here("listed_right_class", "sort_64", "listed_far_right"),
    _here("listed_left_sort"),
    _here("listed_right_sort"),
    _here("listed_left_commas", "listed_right_commas"),
    _here("listed_left_commas", "listed_left", "listed_left_class"),
    _here("listed_after_left", "listed_gap_after_left", "listed_far_left"),
    _here("quotation_side", "quotation_distance"),
    _here("quotation_side", "sort_64"),
    _here("position"),
    _here("position_left"),
    _here("quotation_near", "listed_any"),
    _here("opening_sort"),
    _here("that", "listed_left_class"),
)
SECOND: tuple[Template, ...] = (
    *_each("label", -3, 3),
    *_each("source_level", -1, 1),
    *_each("cue_level", -1, 1),
    *_each("content_level", -1, 1),
    *_each("cue_start_level", -1, 1),
    _here("source_level", "cue_level", "content_level"),
    (("label", -1), ("label", 0), ("label", 1)),
    _here("label", "sort_64"),
    _here("cue_level", "sort_64"),
    _here("content_level", "gap", "gap_after"),
    _here("found_left", "found_right"),
    _here("found_left", "sort_64"),
    _here("found_right", "sort_64"),
    _here("found_left_sort"),
    _here("found_right_sort"),
    _here("found_left_sort", "found_left_commas", "found_signs"),
    _here("found_left_commas", "found_right_commas", "cues_before", "cues_behind"),
    _here("found_left_commas", "has_cue_before", "sort_64"),
    _here("found_right_commas", "has_cue_behind", "sort_64"),
    _here("found_after_left", "found_gap_after_left", "found_far_left"),
    _here("found_after_left", "found_left_commas", "sort_64"),
    _here("sources_before", "sources_behind", "cues_before", "cues_behind"),
    _here("contents_before", "contents_behind", "cues_before", "cues_behind"),
    _here("found_left_commas", "found_signs", "gap"),
    _here("found_left_commas", "found_signs", "sort_64"),
    _here("found_left_commas", "found_signs", "gap", "cues_before", "has_cue_behind"),
    _here("previous_sentence", "next_sentence", "this_sentence"),
    _here("previous_sentence", "this_sentence", "quotation_side"),
    _here("quotation_side", "quotation_distance", "has_cue_before", "has_cue_behind"),
    _here("quoted", "found_left", "found_right"),
    _here("previous_sentence", "has_cue_before", "has_cue_behind", "position"),
    _here("position_left", "found_left_commas", "has_cue_before"),
    _here("gap", "form", "has_cue_before"),
    _here("label", "gap", "gap_after"),
    (("label", -1), ("gap", 0), ("sort_64", 0)),
)


def numbers(template: Template, columns: Mapping[str, Column]) -> NDArray[np.uint32]:
    """The number of a template at each row but the outer `PAD`, below `space(template)`; shape (n_rows - 2 PAD,)."""
    joined: NDArray[np.uint32] | None = None
    for name, offset in template:
        column = columns[name]
        value = column[PAD + offset : len(column) - PAD + offset].view(np.uint32)
        joined = value if joined is None else joined * np.uint32(CARDINALITIES.get(name, SPACE)) + value
    assert joined is not None
    if space(template) == SPACE and len(template) > 1:
        joined = joined * np.uint32(2654435769)
        joined ^= joined >> np.uint32(15)
        joined = (joined * np.uint32(2246822519)) >> np.uint32(32 - BITS)
    return joined


def space(template: Template) -> int:
    """How many numbers a template can have."""
    size = 1
    for name, _ in template:
        size *= CARDINALITIES.get(name, SPACE)
    return min(size, SPACE)


def first_columns(batch: Tokens, sorts: Mapping[str, Column], that: int) -> dict[str, Column]:
    """The columns that the first pass looks at; `sorts` maps a form to its class, `that` is the form of "that"."""
    columns = dict(batch.columns)
    for name, table in sorts.items():
        columns[name] = table[columns["form"]]
    first, last = _bounds(batch)
    row = np.arange(len(batch.sentence), dtype=np.int32)
    columns["position"] = np.clip(row - first, 0, 7).astype(np.int32)
    columns["position_left"] = np.clip(last - row, 0, 7).astype(np.int32)
    columns["opening_sort"] = columns["sort_256"][first]
    _quotation_columns(batch, columns, row, first, last)
    seen = (columns["form"] == that).cumsum(dtype=np.int32)
    columns["that"] = np.minimum(seen - seen[first] + (columns["form"][first] == that), 2).astype(np.int32)
    listed = (columns["cue_class"] > 0) & (columns["cue_class"] < 6) & (columns["quoted"] == 0)
    columns |= _cue_columns(batch, columns, row, listed, "listed")
    columns["listed_far_right"] = (columns["listed_right"] > 2).astype(np.int32)
    columns["listed_any"] = (
        listed | (columns["listed_left"] < _NO_CUE) | (columns["listed_right"] < _NO_CUE)
    ).astype(np.int32)
    return columns


def second_columns(
    batch: Tokens, columns: dict[str, Column], labels: NDArray[np.int64], probability: NDArray[np.float32]
) -> dict[str, Column]:
    """The columns of the first pass and what it found; `labels` (n_words,) and `probability` (n_words, 7) of each."""
    n_rows = len(batch.sentence)
    columns = dict(columns)

    def placed(values: NDArray[np.int64], pad: int) -> Column:
        column = np.full(n_rows, pad, np.int32)
        column[batch.rows] = values
        return column

    label = columns["label"] = placed(labels, 7)
    levels = np.array(_LEVELS, np.float32)
    for name, among in (
        ("source_level", (B_SOURCE, I_SOURCE)),
        ("cue_level", (B_CUE, I_CUE)),
        ("content_level", (B_CONTENT, I_CONTENT)),
        ("cue_start_level", (B_CUE,)),
    ):
        columns[name] = placed(levels.searchsorted(probability[:, list(among)].sum(1)), len(_LEVELS) + 1)
    row = np.arange(n_rows, dtype=np.int32)
    first, last = _bounds(batch)
    cue = label == B_CUE
    columns |= _cue_columns(batch, columns, row, cue, "found")
    other = ~np.isin(columns["gap"], _WEAK)
    columns["found_signs"] = _since_cue(batch, row, cue, other, 2)
    for name, begins in (("cues", cue), ("sources", label == B_SOURCE), ("contents", label == B_CONTENT)):
        count = begins.cumsum(dtype=np.int32)
        before = count - begins - (count[first] - begins[first])
        columns[f"{name}_before"] = np.minimum(before, 2).astype(np.int32)
        columns[f"{name}_behind"] = np.minimum(count[last] - count, 2).astype(np.int32)
    columns["has_cue_before"] = (columns["cues_before"] > 0).astype(np.int32)
    columns["has_cue_behind"] = (columns["cues_behind"] > 0).astype(np.int32)
    _sentence_columns(batch, columns, label, first, last)
    return columns


def _bounds(batch: Tokens) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last row of the sentence of each row; an empty row is alone."""
    row = np.arange(len(batch.sentence))
    changes = np.ones(len(row), np.bool_)
    np.not_equal(batch.sentence[1:], batch.sentence[:-1], out=changes[1:])
    starts = changes.nonzero()[0]
    nth = changes.cumsum() - 1
    first = starts[nth]
    last = np.append(starts[1:], len(row))[nth] - 1
    empty = batch.sentence < 0
    first[empty] = last[empty] = row[empty]
    return first, last


def _step(distance: NDArray[np.int32]) -> NDArray[np.int32]:
    """Distances in words as 0 to 7: 0, 1, 2, 3, then over 4, 8, 15 and 25."""
    return _STEPS[np.clip(distance, 0, len(_STEPS) - 1)]


_FAR = np.arange(27)
_STEPS = (np.minimum(_FAR, 3) + (_FAR > 4) + (_FAR > 8) + (_FAR > 15) + (_FAR > 25)).astype(np.int32)


def _near(batch: Tokens, row: Column, cue: NDArray[np.bool_]) -> tuple[Column, Column]:
    """The nearest cue before and behind each row, in its sentence; -1 where there is none."""
    n = len(row)
    left = np.full(n, -1, np.int32)
    np.maximum.accumulate(np.where(cue, row, -1)[:-1], out=left[1:])
    right = np.full(n, n, np.int32)
    right[:-1] = np.minimum.accumulate(np.where(cue, row, n)[:0:-1])[::-1]
    left[batch.sentence[left] != batch.sentence] = -1
    right[right == n] = -1
    right[batch.sentence[right] != batch.sentence] = -1
    return left, right


def _cue_columns(
    batch: Tokens, columns: Mapping[str, Column], row: Column, cue: NDArray[np.bool_], name: str
) -> dict[str, Column]:
    """About the nearest cues: distance, class, sort of word, commas between, what stands behind the left one."""
    left, right = _near(batch, row, cue)
    no_left, no_right = left < 0, right < 0
    commas = np.isin(columns["gap"], _COMMAS).cumsum(dtype=np.int32)
    found = {
        "left": _step(row - left),
        "left_class": columns["cue_class"][left],
        "left_sort": columns["sort_1024"][left],
        "left_commas": np.minimum(commas - commas[left], 3),
        "after_left": columns["sort_64"][np.minimum(left + 1, len(row) - 1)],
        "gap_after_left": columns["gap_after"][left],
    }
    behind = {
        "right": _step(right - row),
        "right_class": columns["cue_class"][right],
        "right_sort": columns["sort_1024"][right],
        "right_commas": np.minimum(commas[right] - commas, 3),
    }
    for values, missing in ((found, no_left), (behind, no_right)):
        for key, column in values.items():
            column = column.astype(np.int32)
            column[missing] = _CUE_SIDES[key] - 1
            found[key] = column
    found["far_left"] = (found["left"] > 1 if name == "found" else found["left"] > 2).astype(np.int32)
    return {f"{name}_{key}": column for key, column in found.items()}


def _since_cue(
    batch: Tokens, row: Column, cue: NDArray[np.bool_], what: NDArray[np.bool_], most: int
) -> Column:
    """How many of `what` stand between the nearest cue before a row and the row; `most` + 1 where there is no cue."""
    left, _ = _near(batch, row, cue)
    count = what.cumsum(dtype=np.int32)
    return np.where(left < 0, most + 1, np.minimum(count - count[left], most)).astype(np.int32)


_NO_SPEECH, _BEFORE, _BEHIND, _INSIDE, _BETWEEN = range(5)
_SIDES = np.array(
    [[_NO_SPEECH, _BEFORE], [_BEHIND, _BETWEEN]], np.int32
)  # speech before it, speech behind it


def _quotation_columns(
    batch: Tokens, columns: dict[str, Column], row: Column, first: NDArray[np.int64], last: NDArray[np.int64]
) -> None:
    """Where a word stands to the quotations of its sentence, and whether the sentences beside it hold one."""
    speech = (columns["quoted"] >= SPEECH[0]) & (columns["quoted"] <= SPEECH[-1])
    before, behind = _near(batch, row, speech)
    side = _SIDES[(before >= 0).astype(np.int8), (behind >= 0).astype(np.int8)]
    side[speech] = _INSIDE
    columns["quotation_side"] = side
    distance = np.full(len(row), 8, np.int32)
    ahead, past = side == _BEFORE, side == _BEHIND
    distance[ahead] = _step(behind[ahead] - row[ahead])
    distance[past] = _step(row[past] - before[past])
    columns["quotation_distance"] = distance
    starts, ends, sentence = _sentences(batch, first, last)
    spoken = speech.cumsum(dtype=np.int32)
    has = (spoken[ends] - spoken[starts] + speech[starts] > 0).astype(np.int32)
    previous = np.append(0, has[:-1]) + 2 * np.append(0, speech[ends][:-1])
    previous[np.isin(columns["gap"][starts], _PARAGRAPHS)] = 4
    near = has * 10 + previous * 2 + np.append(has[1:], 0)
    columns["quotation_near"] = near[sentence].astype(np.int32)


def _sentence_columns(
    batch: Tokens,
    columns: dict[str, Column],
    label: Column,
    first: NDArray[np.int64],
    last: NDArray[np.int64],
) -> None:
    """What the first pass found in a sentence and in those beside it: a cue; mostly content."""
    starts, ends, sentence = _sentences(batch, first, last)
    cues = (label == B_CUE).cumsum(dtype=np.int32)
    content = np.isin(label, (B_CONTENT, I_CONTENT))
    told = content.cumsum(dtype=np.int32)
    has = cues[ends] - cues[starts] + (label[starts] == B_CUE) > 0
    share = (told[ends] - told[starts] + content[starts]) / (ends - starts + 1)
    this = has * 2 + (share > 0.6)
    previous = np.append(0, this[:-1])
    previous[np.isin(columns["gap"][starts], _PARAGRAPHS)] = 4
    columns["previous_sentence"] = previous[sentence].astype(np.int32)
    columns["next_sentence"] = np.append(this[1:], 0)[sentence].astype(np.int32)
    columns["this_sentence"] = this[sentence].astype(np.int32)


def _sentences(
    batch: Tokens, first: NDArray[np.int64], last: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """First and last row of each sentence of the batch; the sentence of each row, any one for an empty row."""
    heads = (batch.sentence >= 0) & (first == np.arange(len(first)))
    starts = heads.nonzero()[0]
    return starts, last[starts], np.maximum(batch.sentence, 0).astype(np.int64)
