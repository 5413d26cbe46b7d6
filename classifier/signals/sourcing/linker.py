"""Which source and which contents belong to a cue: a small logistic regression over pairs of tagged runs."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.signals.sourcing.columns import CUE_VALUES, GAP_VALUES, QUOTED_VALUES, Tokens
from classifier.signals.sourcing.tagger import B_CONTENT, B_CUE, B_SOURCE, I_CONTENT, NOTHING

Ints = NDArray[np.int64]
Pairs = dict[str, NDArray[np.int64]]

SOURCE, CUE, CONTENT = range(3)
_NEAREST = 3  # cues looked at on each side of a source or a content
_NO_ROLE = 3
_STEPS = np.array([0, 1, 2, 3, 4, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, *[7] * 15, 8])

# How many values each feature of a pair has.
_SIZES: Mapping[str, int] = {
    "before": 2,  # the cue stands behind it
    "sentences": 4,
    "paragraphs": 3,
    "words": 9,
    "sources_between": 3,
    "cues_between": 3,
    "contents_between": 3,
    "beside": 4,  # what stands next to it on the side of the cue
    "beside_cue": 4,
    "quoted": QUOTED_VALUES,
    "cue_quoted": 2,
    "gap": GAP_VALUES,
    "gap_after": GAP_VALUES,
    "cue_gap": GAP_VALUES,
    "cue_gap_after": GAP_VALUES,
    "cue_class": CUE_VALUES,
    "runs_between": 5,
    "cue_previous": 7,  # role of the run before the cue; above 2: in another sentence
    "cue_next": 7,
    "previous": 7,
    "next": 7,
    "length": 7,
}
TEMPLATES: tuple[tuple[str, ...], ...] = (
    ("before", "sentences", "paragraphs"),
    ("before", "words", "sentences"),
    ("before", "sources_between", "cues_between", "contents_between", "sentences"),
    ("before", "beside", "beside_cue", "cues_between"),
    ("before", "quoted", "cue_quoted", "sentences"),
    ("before", "gap", "gap_after"),
    ("before", "cue_gap", "cue_gap_after"),
    ("before", "cue_class", "runs_between"),
    ("before", "cue_previous", "cue_next", "sentences", "cues_between"),
    ("before", "previous", "next", "sentences", "cues_between"),
    ("before", "length", "runs_between"),
)


class Runs(NamedTuple):
    """Words in a row with one role: columns in order of place, shape (n_runs,)."""

    role: Ints
    first: Ints  # index among the tagged words
    last: Ints  # exclusive
    document: Ints


def runs(batch: Tokens, labels: Ints) -> Runs:
    """The runs of a batch: each begins with a B label and ends before the next word of another kind or sentence.

    A content goes on over sentences, and over what begins anew, while it stays in one quotation.
    """
    begins = (labels == B_SOURCE) | (labels == B_CUE) | (labels == B_CONTENT)
    ends = begins | (labels == NOTHING)
    told = (labels == B_CONTENT) | (labels == I_CONTENT)
    if len(labels):
        ends[1:] |= batch.sentence[1:] != batch.sentence[:-1]
        same = (batch.quotation[1:] == batch.quotation[:-1]) & (batch.quotation[1:] >= 0)
        goes_on = same & told[1:] & told[:-1]
        begins[1:] &= ~goes_on
        ends[1:] &= ~goes_on
    first = begins.nonzero()[0]
    edge = np.append(ends.nonzero()[0], len(labels))
    last = edge[edge.searchsorted(first, "right")]
    return Runs((labels[first] - 1) // 2, first, last, batch.document[first].astype(np.int64))


def pairs(batch: Tokens, found: Runs, role: int) -> tuple[Ints, Ints, Pairs]:
    """Every run of a role with the cues near it: numbers of the runs, numbers of the cues, features."""
    cues = (found.role == CUE).nonzero()[0]
    ours = (found.role == role).nonzero()[0]
    near = cues.searchsorted(ours)[:, None] + np.arange(-_NEAREST, _NEAREST)
    ours = ours.repeat(2 * _NEAREST)
    near = near.ravel()
    inside = (near >= 0) & (near < len(cues))
    ours, cue = ours[inside], cues[near[inside]]
    same = found.document[ours] == found.document[cue]
    ours, cue = ours[same], cue[same]
    return ours, cue, _features(batch, found, ours, cue)


def _features(batch: Tokens, found: Runs, ours: Ints, cue: Ints) -> Pairs:
    sentence, paragraph = batch.sentence, batch.paragraph
    first, last, cue_first, cue_last = found.first[ours], found.last[ours], found.first[cue], found.last[cue]
    before = ours < cue
    left, right = np.minimum(ours, cue), np.maximum(ours, cue)
    between = {}
    for role, name in enumerate(("sources", "cues", "contents")):
        count = (found.role == role).cumsum()
        between[f"{name}_between"] = np.minimum(count[right - 1] - count[left], 2)
    step = np.where(before, 1, -1)
    adjacent = right - left == 1
    apart = np.where(before, cue_first - last, first - cue_last)
    edge = np.where(before, last - 1, first)
    features = {
        "before": before.astype(np.int64),
        "sentences": np.minimum(np.abs(sentence[edge] - sentence[cue_first]), 3),
        "paragraphs": np.minimum(np.abs(paragraph[first] - paragraph[cue_first]), 2),
        "words": _STEPS[np.clip(apart, 0, len(_STEPS) - 1)],
        **between,
        "beside": np.where(adjacent, _NO_ROLE, found.role[ours + step]),
        "beside_cue": np.where(adjacent, _NO_ROLE, found.role[cue - step]),
        "quoted": batch.quoted[first],
        "cue_quoted": (batch.quoted[cue_first] > 0).astype(np.int64),
        "gap": batch.gap[first],
        "gap_after": batch.gap_after[last - 1],
        "cue_gap": batch.gap[cue_first],
        "cue_gap_after": batch.gap_after[cue_last - 1],
        "cue_class": batch.cue_class[cue_first],
        "runs_between": np.minimum(right - left - 1, 4),
        "length": np.minimum(last - first, 6),
    }
    neighbour = _neighbours(found, sentence)
    for name, run in (("cue_", cue), ("", ours)):
        features[f"{name}previous"] = neighbour[0][run]
        features[f"{name}next"] = neighbour[1][run]
    return {name: values.astype(np.int64) for name, values in features.items()}


def _neighbours(found: Runs, sentence: NDArray[np.int32]) -> tuple[Ints, Ints]:
    """Role of the run before and behind each run; 3 more if it stands in another sentence, 6: there is none."""
    of = sentence[found.first]
    apart = found.document[1:] != found.document[:-1]
    other = (of[1:] != of[:-1]) * 3
    behind, before = np.append(found.role[1:], 6), np.append(6, found.role[:-1])
    behind[:-1] = np.where(apart, 6, behind[:-1] + other)
    before[1:] = np.where(apart, 6, before[1:] + other)
    return before, behind


def codes(features: Pairs) -> Ints:
    """The templates as places in one row of weights; shape (n_pairs, n_templates)."""
    found = []
    offset = 0
    for template in TEMPLATES:
        code = np.zeros(len(features["before"]), np.int64)
        size = 1
        for name in template:
            code = code * _SIZES[name] + features[name]
            size *= _SIZES[name]
        found.append(code + offset)
        offset += size
    return np.stack(found, 1)


def n_codes() -> int:
    """How many places `codes` can give."""
    total = 0
    for template in TEMPLATES:
        size = 1
        for name in template:
            size *= _SIZES[name]
        total += size
    return total


class Linked(NamedTuple):
    """The runs that belong together: for each cue its source (-1: none), for each content its cue (-1: none)."""

    cue: Ints  # numbers of the cue runs
    source: Ints  # of each cue
    content: Ints  # numbers of the content runs
    cue_of: Ints  # of each content


def link(batch: Tokens, found: Runs, weights: Mapping[str, NDArray[np.float32]]) -> Linked:
    """Give each cue the source, and each content the cue, that most likely belongs to it."""
    cues = (found.role == CUE).nonzero()[0]
    contents = (found.role == CONTENT).nonzero()[0]
    source = _best(*_scored(batch, found, weights, SOURCE), cues, swap=True)
    cue_of = _best(*_scored(batch, found, weights, CONTENT), contents, swap=False)
    return Linked(cues, source, contents, cue_of)


def _scored(
    batch: Tokens, found: Runs, weights: Mapping[str, NDArray[np.float32]], role: int
) -> tuple[Ints, Ints, NDArray[np.float32]]:
    """Pairs of a role whose score passes its threshold."""
    name = "link_source" if role == SOURCE else "link_content"
    ours, cue, features = pairs(batch, found, role)
    table = weights[name]
    score = table[codes(features)].sum(1) + weights[f"{name}_bias"][0]
    passed = score > weights[f"{name}_bias"][1]
    return ours[passed], cue[passed], score[passed]


def _best(ours: Ints, cue: Ints, score: NDArray[np.float32], wanted: Ints, *, swap: bool) -> Ints:
    """For each wanted run its partner with the highest score, -1 where there is none."""
    of, partner = (cue, ours) if swap else (ours, cue)
    best = np.full(len(wanted), -1)
    order = np.argsort(score, kind="stable")  # the last write is the highest
    best[wanted.searchsorted(of[order])] = partner[order]
    return best
