"""Measures that tell nearly the same, taken together, so that one reason is not split over five."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Groups = tuple[tuple[int, ...], ...]

ALIKE = (
    0.5  # mean absolute rank correlation from which two groups of a family become one; docs/decisions/0012
)
FEWEST = 30  # articles that have both measures; below, their correlation is mostly chance


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


def group_totals(contributions: Floats, groups: Groups) -> Floats:
    """What each group adds to each article, (n, n_groups); its sum over groups is that over the measures.

    contributions: (n, m); groups: a partition of its columns, from `measure_groups`.
    """
    if not groups:
        return np.zeros((len(contributions), 0))
    order = np.array([column for columns in groups for column in columns])
    first = np.cumsum([0, *(len(columns) for columns in groups[:-1])])
    result: Floats = np.add.reduceat(contributions[:, order], first, axis=1)
    return result


def speaker(contributions: Floats, columns: Sequence[int]) -> int:
    """Of a group the column that pulls hardest the way the group goes; contributions: (m,) of one article."""
    own = contributions[list(columns)]
    return columns[int(np.argmax(own if own.sum() >= 0 else -own))]


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
