"""A linear chain over labels: scores of single rows and of steps, the best path, and how sure each label is.

All sentences of a batch take each step together, so that the cost of a numpy call is shared (Viterbi 1967; forward
and backward sums as in Rabiner 1989).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


class Steps(NamedTuple):
    """Sentences of a batch, the longest first: at step t the first ``active[t]`` of them still have a word."""

    begin: NDArray[np.int64]  # row of the first word of each
    active: list[int]


def steps(sentence: NDArray[np.int32]) -> Steps:
    """Order the sentences of words that stand in order; `sentence` (n_words,) numbers them."""
    begins = np.ones(len(sentence), np.bool_)
    np.not_equal(sentence[1:], sentence[:-1], out=begins[1:])
    begin = begins.nonzero()[0]
    length = np.diff(np.append(begin, len(sentence)))
    order = np.argsort(-length, kind="stable")
    longest = int(length.max(initial=0))
    active = np.searchsorted(-length[order], -np.arange(longest), "left").tolist()
    return Steps(begin[order], active)


def best_path(scores: Scores, transitions: Scores, start: Scores, walk: Steps) -> NDArray[np.int64]:
    """The labels of the best path through each sentence; shape (n_words,).

    `scores` (n_words, n_labels), `transitions` (n_labels, n_labels) from row to column, `start` (n_labels,).
    """
    labels = np.zeros(len(scores), np.int64)
    if not walk.active:
        return labels
    step = transitions[:, :, None]
    trellis = [scores[walk.begin].T + start[:, None]]
    for t, n in enumerate(walk.active[1:], 1):
        trellis.append((trellis[-1][:, None, :n] + step).max(0) + scores[walk.begin[:n] + t].T)
    chosen = np.zeros(0, np.int64)
    for t in range(len(walk.active) - 1, -1, -1):
        n, going_on = walk.active[t], len(chosen)
        reached = trellis[t]
        reached[:, :going_on] += transitions[:, chosen]
        chosen = reached[:, :n].argmax(0)
        labels[walk.begin[:n] + t] = chosen
    return labels


def probabilities(scores: Scores, transitions: Scores, start: Scores, walk: Steps) -> Scores:
    """Probability of each label at each word; shape (n_words, n_labels), rows sum to 1."""
    result = np.zeros_like(scores)
    if not walk.active:
        return result
    step = np.exp(transitions)
    weight = np.exp(scores - scores.max(1, keepdims=True))
    forward = [_scaled(weight[walk.begin].T * np.exp(start)[:, None])]
    for t, n in enumerate(walk.active[1:], 1):
        forward.append(_scaled((step.T @ forward[-1][:, :n]) * weight[walk.begin[:n] + t].T))
    backward = np.ones((scores.shape[1], 0), np.float32)
    for t in range(len(walk.active) - 1, -1, -1):
        n, going_on = walk.active[t], backward.shape[1]
        here = np.ones((scores.shape[1], n), np.float32)
        if going_on:
            here[:, :going_on] = _scaled(step @ (backward * weight[walk.begin[:going_on] + t + 1].T))
        result[walk.begin[:n] + t] = _scaled(forward[t] * here).T
        backward = here
    return result


def _scaled(columns: Scores) -> Scores:
    scaled: Scores = columns / np.maximum(columns.sum(0), np.float32(1e-30))
    return scaled
