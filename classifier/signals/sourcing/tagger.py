"""Which words belong to a source, a cue or a content: a small convolutional network and a linear chain, in numpy.

Each word is a sum of vectors (of the word itself, of the signs beside it, of its quotation, of its place in the
sentence); four layers look at the words 1, 2, 4 and 8 places to either side and add to them (dilated convolutions,
Strubell et al. 2017); the best path through the labels of a sentence is found with the scores of a conditional random
field (Lafferty, McCallum & Pereira 2001). ``benchmarks/train_sourcing.py`` trains it and writes ``tagger.npz``.

All numbers in the layers are whole ones (times a power of two) and small enough that 32-bit sums of their products are
exact: a text gets the same labels alone and in a batch, on one machine and on another.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from classifier.signals.sourcing.chain import best_path, steps
from classifier.signals.sourcing.columns import PAD, TABLES, Tokens
from classifier.text.words import Vocabulary

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
NOTHING, B_SOURCE, I_SOURCE, B_CUE, I_CUE, B_CONTENT, I_CONTENT = range(7)
DILATIONS = (1, 2, 4, 8)
MOST = 900.0  # of a number between layers: 127 times that for each number of three words stays below 2 ** 24
BLOCK = 2000  # rows worked out together, about
COARSE = 4.0  # the tables of the input count in steps of this

Floats = NDArray[np.float32]
Arrays = Mapping[str, NDArray[np.generic]]


class Tagger:
    """The trained network. `arrays` as the training script writes them."""

    def __init__(self, arrays: Arrays) -> None:
        self.vocabulary = Vocabulary(arrays["forms"].tobytes().split(b"\n"))
        self._tables = {
            name: arrays[name].astype(np.float32) * np.float32(COARSE) for name in ("word", *TABLES)
        }
        self._layers = [np.vstack(_scaled(arrays, f"layer_{dilation}")) for dilation in DILATIONS]
        self._out = _scaled(arrays, "out")
        self._transitions = arrays["transitions"].astype(np.float32)
        self._start = arrays["start"].astype(np.float32)
        self.link: dict[str, Floats] = {
            name: array.astype(np.float32) for name, array in arrays.items() if name.startswith("link_")
        }

    def labels(self, batch: Tokens) -> NDArray[np.int64]:
        """The label of each word, an index into `LABELS`; shape (n_words,)."""
        if not len(batch.rows):
            return np.zeros(0, np.int64)
        return best_path(self._scores(batch), self._transitions, self._start, steps(batch.sentence))

    def _scores(self, batch: Tokens) -> Floats:
        """Scores of the labels; shape (n_words, n_labels). Some documents at a time, so that the cache holds them."""
        n = len(batch.inputs["word"])
        # Between two documents lie `PAD` rows: a cut behind them changes nothing for the words on either side.
        ends = batch.rows[np.flatnonzero(np.diff(batch.document, append=-1))] + PAD + 1
        cuts = [0, *ends[np.flatnonzero(np.diff(ends // BLOCK, append=n))].tolist()]
        scores = [self._scores_of(batch, first - PAD * (first > 0), last) for first, last in pairwise(cuts)]
        return np.concatenate(scores)

    def _scores_of(self, batch: Tokens, first: int, last: int) -> Floats:
        """Scores of the words in the rows from `first` up to `last`, between documents."""
        x: Floats = self._tables["word"].take(batch.inputs["word"][first:last], 0)
        beside = np.ones((last - first, 3 * x.shape[1] + 1), np.float32)  # the last column is for the bias
        found = np.empty_like(x)
        for name in TABLES:
            # The numbers are in range: the mode only spares a check.
            self._tables[name].take(batch.inputs[name][first:last], 0, out=found, mode="clip")
            x += found
        np.clip(x, 0, MOST, out=x)
        n, width = x.shape
        for dilation, layer in zip(DILATIONS, self._layers, strict=True):
            beside[:dilation, :width] = 0
            beside[dilation:, :width] = x[:-dilation]
            beside[:, width : 2 * width] = x
            beside[:-dilation, 2 * width : -1] = x[dilation:]
            beside[n - dilation :, 2 * width : -1] = 0
            np.matmul(beside, layer, out=found)
            np.rint(found, out=found)
            np.clip(found, 0, MOST, out=found)  # a third of the time of `maximum` with one number
            x += found
            np.clip(x, 0, MOST, out=x)
        kernel, bias = self._out
        here = slice(*batch.rows.searchsorted([first, last]).tolist())
        scores: Floats = x[batch.rows[here] - first] @ kernel
        scores += bias
        return scores


def _scaled(arrays: Arrays, name: str) -> tuple[Floats, Floats]:
    """Kernel and bias of a layer: whole numbers, and the power of two they are divided by."""
    scale = np.float32(0.5) ** arrays[f"{name}_shift"].astype(np.float32)
    kernel: Floats = arrays[f"{name}_kernel"].astype(np.float32) * scale
    bias: Floats = arrays[f"{name}_bias"].astype(np.float32) * scale
    return kernel, bias


@cache
def tagger() -> Tagger:
    """The tagger of this package, read once for each process."""
    with (
        resources.files(__package__).joinpath("tagger.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as arrays,
    ):
        return Tagger(dict(arrays))
