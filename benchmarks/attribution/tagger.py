"""Which words belong to a source, a cue or a content: two linear chains over the sentences of a batch."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from chain import Scores, best_path, probabilities, steps
from numpy.typing import NDArray
from templates import LABELS, first_columns, second_columns
from tokens import PAD, Column, Tokens, tokens
from weights import Weights

from classifier.signals.scan import Context, Hits


class Tagged(NamedTuple):
    """A batch with the label of each word, and the columns it was read from."""

    tokens: Tokens
    columns: dict[str, Column]
    labels: NDArray[np.int64]  # (n_words,) indices into LABELS
    sureness: Scores  # (n_words, n_labels), of the first pass


def tag(contexts: Sequence[Context], hits: Sequence[Hits], classes: Sequence[int], known: Weights) -> Tagged:
    """Label the words of title and body of some documents; see `tokens` for `classes`."""
    batch = tokens(contexts, hits, classes, known.vocabulary)
    columns = first_columns(batch, known.sorts, known.that)
    scores = np.zeros((len(batch.sentence) - 2 * PAD, 2 * len(LABELS)), np.float32)
    known.add_lexical(columns["form"], scores)
    known.first.add(columns, scores)
    at = batch.rows - PAD
    walk = steps(batch.sentence[batch.rows])
    first = scores[at, : len(LABELS)]
    labels = best_path(first, known.transitions[0], known.start[0], walk)
    sureness = probabilities(first, known.transitions[0], known.start[0], walk)
    columns = second_columns(batch, columns, labels, sureness)
    second = scores[:, len(LABELS) :].copy()
    known.second.add(columns, second)
    labels = best_path(second[at], known.transitions[1], known.start[1], walk)
    return Tagged(batch, columns, labels, sureness)
