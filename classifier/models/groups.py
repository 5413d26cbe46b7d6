"""Measures that tell nearly the same, taken together, so that one reason is not split over five."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Groups = tuple[tuple[int, ...], ...]

ALIKE = (
    0.5  # mean absolute rank correlation from which two groups of a family become one; docs/decisions/0012
)
FEWEST = 30  # articles that have both measures; below, their correlation is mostly chance


class Grouped(NamedTuple):
    """Contributions of one article by group; their sum is that of the measures."""

    total: Floats  # (n_groups,)
    speaker: NDArray[np.int64]  # (n_groups,) column of the measure that speaks for the group


def measure_groups(X: Floats, names: Sequence[str], alike: float = ALIKE) -> Groups:
    """Columns of X in groups, every column in one; groups and columns ascending. The same data give the same groups.

    X: (n, m) measures of training articles, nan where undefined. names: m times "family.measure"; measures of
    different families are never taken together, since their spans differ. Average linkage (Sokal and Michener 1958)
    over one minus the absolute rank correlation (Spearman's) of the articles that have both.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    families = np.array([name.partition(".")[0] for name in names])
    groups: list[tuple[int, ...]] = []
    for family in dict.fromkeys(families.tolist()):
        columns = np.flatnonzero(families == family)
        if len(columns) == 1:
            groups.append((int(columns[0]),))
            continue
        apart = 1 - np.abs(_rank_correlations(X[:, columns]))
        np.fill_diagonal(apart, 0.0)
        number = fcluster(linkage(squareform(apart), "average"), 1 - alike, "distance")
        groups += [tuple(columns[number == i].tolist()) for i in np.unique(number)]
    return tuple(sorted(groups))


def grouped(contributions: Floats, groups: Groups) -> Grouped:
    """What each group adds, and who speaks for it: the measure that pulls hardest the way the group goes.

    contributions: (m,) of one article; groups: a partition of its columns, from `measure_groups`.
    """
    total = np.array([contributions[list(columns)].sum() for columns in groups])
    speaker = [
        columns[int(np.argmax(contributions[list(columns)] * (1.0 if way >= 0 else -1.0)))]
        for columns, way in zip(groups, total.tolist(), strict=True)
    ]
    return Grouped(total, np.array(speaker, np.int64))


def _rank_correlations(X: Floats) -> Floats:
    """Spearman's correlation of each pair of columns, (m, m); 0 where too few have both or one never varies."""
    from scipy.stats import rankdata

    m = X.shape[1]
    result = np.eye(m)
    known = ~np.isnan(X)
    for i in range(m):
        for j in range(i):
            both = known[:, i] & known[:, j]
            if both.sum() < FEWEST:
                continue
            one, two = rankdata(X[both, i]), rankdata(X[both, j])
            if np.ptp(one) > 0 and np.ptp(two) > 0:
                result[i, j] = result[j, i] = np.corrcoef(one, two)[0, 1]
    return result
