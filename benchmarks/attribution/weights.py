"""The trained arrays of the tagger and the linker: word list, classes of words, weights. Read once for each process.

The file is a plain ``.npz`` of numbers, read without pickle. `training` writes it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from templates import (
    FIRST,
    LABELS,
    LEXICAL,
    SECOND,
    SORTS,
    Template,
    numbers,
    space,
)
from tokens import PAD, Column

from classifier.text.words import Vocabulary

_WIDTH = 2 * len(LABELS)


class Table:
    """Weights of some templates: a row for each number of a template that has any."""

    def __init__(
        self,
        templates: Sequence[Template],
        sizes: NDArray[np.int64],
        found: NDArray[np.int64],
        rows: NDArray[np.float32],
    ) -> None:
        """`found` has the numbers with weights, template by template, ``sizes[i]`` of template i."""
        self.templates = templates
        self.rows = np.concatenate([np.zeros((1, rows.shape[1]), np.float32), rows])
        ends = np.cumsum(sizes).tolist()
        self.places = []
        for template, end, size in zip(templates, ends, sizes.tolist(), strict=True):
            place = np.zeros(space(template), np.int32)
            place[found[end - size : end]] = np.arange(end - size, end) + 1
            self.places.append(place)

    def add(self, columns: Mapping[str, Column], scores: NDArray[np.float32]) -> None:
        """Add the weights of all templates to `scores` (n_rows - 2 PAD, width)."""
        for template, place in zip(self.templates, self.places, strict=True):
            scores += self.rows[place[numbers(template, columns)]]


class Weights:
    """What the tagger knows."""

    def __init__(self, arrays: Mapping[str, NDArray[np.float32]]) -> None:
        forms = arrays["forms"].tobytes().split(b"\n")
        self.vocabulary = Vocabulary(forms)
        self.that = self.vocabulary[b"that"]
        self.sorts: dict[str, Column] = {f"sort_{n}": arrays[f"sort_{n}"].astype(np.int32) for n in SORTS}
        self.first = _table(arrays, "first", FIRST)
        self.second = _table(arrays, "second", SECOND)
        self._lexical = _table(arrays, "lexical", LEXICAL)
        offsets = sorted({template[0][1] for template in LEXICAL})
        self._of_form = {offset: np.zeros((len(forms) + 2, _WIDTH), np.float32) for offset in offsets}
        self._known = np.zeros(len(forms) + 2, np.bool_)
        self.transitions = arrays["transitions"].astype(
            np.float32
        )  # (2, n_labels, n_labels), one of each pass
        self.start = arrays["start"].astype(np.float32)  # (2, n_labels)
        self.link: dict[str, NDArray[np.float32]] = {
            name: array for name, array in arrays.items() if name.startswith("link_")
        }

    def add_lexical(self, form: Column, scores: NDArray[np.float32]) -> None:
        """Add what the words themselves weigh to `scores` (n_rows - 2 PAD, width)."""
        new = np.unique(form[~self._known[form]])
        if len(new):
            self._learn(new)
        for offset, table in self._of_form.items():
            scores += table[form[PAD + offset : len(form) - PAD + offset]]

    def _learn(self, forms: NDArray[np.int32]) -> None:
        for ((name, offset),), place in zip(self._lexical.templates, self._lexical.places, strict=True):
            value = forms if name == "form" else self.sorts[name][forms]
            self._of_form[offset][forms] += self._lexical.rows[place[value]]
        self._known[forms] = True


def _table(arrays: Mapping[str, NDArray[np.float32]], name: str, templates: Sequence[Template]) -> Table:
    return Table(
        templates,
        arrays[f"{name}_sizes"].astype(np.int64),
        arrays[f"{name}_numbers"].astype(np.int64),
        arrays[f"{name}_weights"].astype(np.float32),
    )


def load(path: Path) -> Weights:
    """The arrays of a file that `training` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        return Weights(dict(arrays))
