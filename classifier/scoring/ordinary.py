"""Measures of ordinary news: what a distance from the training articles must not call unlike them.

``ordinary.npz`` holds numbers only: two articles of each of several hundred outlets, whole and cut to five lengths,
since what is called unlike depends on the length; `benchmarks/novelty.py` writes it.
"""

from collections.abc import Sequence
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Ordinary(NamedTuple):
    """Measures of n ordinary articles, in the order asked for."""

    X: NDArray[np.float64]  # (n, n_measures), nan where undefined
    words: NDArray[np.int32]  # (n,) of the body
    outlets: NDArray[np.int64]  # (n,) numbers


def ordinary_news(measures: Sequence[str]) -> Ordinary | None:
    """The measures of that name; None where one of them is not there, as those of other packages."""
    with (
        resources.files(__package__).joinpath("ordinary.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as stored,
    ):
        column = {name: j for j, name in enumerate(stored["names"].tolist())}
        if not set(measures) <= set(column):
            return None
        X = stored["X"][:, [column[name] for name in measures]].astype(np.float64)
        return Ordinary(X, stored["words"], stored["outlets"].astype(np.int64))
