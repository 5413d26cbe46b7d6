"""The best path of labels through each sentence of a batch.

All sentences of a batch take each step together, so that the cost of a numpy call is shared (Viterbi 1967).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


class Steps(NamedTuple):
    """Sentences of a batch, the longest first: at step t the first ``active[t]`` of them still have a word."""

    active: list[int]
    word: NDArray[np.int64]  # the words of the first step, then those of the second, ...


def steps(sentence: NDArray[np.int32]) -> Steps:
    """Order the sentences of words that stand in order; `sentence` (n_words,) numbers them."""
    begins = np.ones(len(sentence), np.bool_)
    np.not_equal(sentence[1:], sentence[:-1], out=begins[1:])
    begin = begins.nonzero()[0]
    length = np.diff(np.append(begin, len(sentence)))
    order = np.argsort(-length, kind="stable")
    longest = int(length.max(initial=0))
    active = np.searchsorted(-length[order], -np.arange(longest), "left")
    place = np.arange(len(sentence)) - (active.cumsum() - active).repeat(active)
    return Steps(active.tolist(), begin[order][place] + np.arange(longest).repeat(active))


def best_path(scores: Scores, transitions: Scores, start: Scores, walk: Steps) -> NDArray[np.int64]:
    """The labels of the best path through each sentence; shape (n_words,).

    `scores` (n_words, n_labels), `transitions` (n_labels, n_labels) from row to column, `start` (n_labels,).
    """
    labels = np.zeros(len(scores), np.int64)
    if not walk.active:
        return labels
    step = transitions[:, :, None]
    # By step: the score of the best path to each label. One row a label, so that sentences lie side by side.
    reached = np.ascontiguousarray(scores[walk.word].T)
    first = walk.active[0]
    before = reached[:, :first]
    before += start[:, None]
    at = first
    for n in walk.active[1:]:
        here = reached[:, at : at + n]
        here += (before[:, None, :n] + step).max(0)
        before = here
        at += n
    chosen = np.zeros(0, np.int64)
    path = np.zeros(len(scores), np.int64)
    for n in reversed(walk.active):
        at -= n
        here = reached[:, at : at + n]
        here[:, : len(chosen)] += transitions[:, chosen]
        chosen = here.argmax(0)
        path[at : at + n] = chosen
    labels[walk.word] = path
    return labels
