"""Divisions into training and test sides that let no publisher and no copied text stand on both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from classifier.errors import TrainingError
from classifier.evaluation.publishers import UNKNOWN, publisher_codes

IntArray: TypeAlias = NDArray[np.int64]
LabelArray: TypeAlias = NDArray[np.int64] | NDArray[np.float64] | NDArray[np.bool_]


class Fold(NamedTuple):
    """Row numbers of one division, each ascending."""

    train: IntArray
    test: IntArray


@dataclass(frozen=True, slots=True)
class Grouping:
    """Articles that must stay on one side together."""

    groups: IntArray
    """Shape (n,), 0 to n_groups - 1."""
    n_groups: int
    n_publishers: int
    n_without_publisher: int
    """Articles grouped by their near-duplicates alone, because nobody knows who published them."""
    largest: int
    """Articles in the largest group: copied agency texts can tie many publishers together."""


@dataclass(frozen=True, slots=True)
class TimeSplit:
    """A division at a date, or the reason why there is none."""

    fold: Fold | None
    cut: date | None
    """Last day of the training side."""
    reason: str
    """Empty where there is a fold."""
    n_undated: int
    """Articles left out: no date, or one that is not YYYY-MM-DD."""
    n_repeats: int
    """Articles left out of the test side because a near-duplicate stands in training."""


class CorpusFold(NamedTuple):
    """Division with one corpus as the test side."""

    corpus: str
    fold: Fold
    n_left_out: int
    """Articles of other corpora left out of training because they share a group with the test corpus."""


def group_articles(publishers: Sequence[str | None], clusters: IntArray | None = None) -> Grouping:
    """Connected components over "same publisher" and "same near-duplicate cluster".

    clusters: shape (n,), ids from `near_duplicate_clusters`; None: copies are not looked at. An article
    without publisher is joined to others by its cluster only. A publisher is the same one in every corpus.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    n = len(publishers)
    code = publisher_codes(publishers)
    known = np.flatnonzero(code != UNKNOWN)
    cluster = np.arange(n) if clusters is None else np.unique(clusters, return_inverse=True)[1]
    n_publishers = int(code.max(initial=UNKNOWN)) + 1
    rows = np.concatenate([known, np.arange(n)])
    columns = np.concatenate([n + code[known], n + n_publishers + cluster])
    nodes = n + n_publishers + n
    edges = coo_matrix((np.ones(len(rows), bool), (rows, columns)), shape=(nodes, nodes))
    _, component = connected_components(edges, directed=False)
    groups = np.unique(component[:n], return_inverse=True)[1].astype(np.int64)
    sizes = np.bincount(groups)
    return Grouping(groups, len(sizes), n_publishers, n - len(known), int(sizes.max(initial=0)))


def publisher_folds(groups: IntArray, y: LabelArray, n_splits: int = 5, seed: int = 0) -> tuple[Fold, ...]:
    """Stratified folds over whole groups; every article is tested once. Deterministic for a seed.

    groups: shape (n,), from `group_articles`. y: shape (n,), 0 or 1.
    Raises TrainingError where there are too few groups, or a training side would hold one label only.
    """
    from sklearn.model_selection import StratifiedGroupKFold

    _two_labels(y, n_splits)
    n_groups = len(np.unique(groups))
    if n_groups < n_splits:
        raise TrainingError(
            f"{n_splits} publisher folds can't be made of {n_groups} independent groups of articles; "
            "add publishers or ask for fewer folds"
        )
    splitter = StratifiedGroupKFold(n_splits, shuffle=True, random_state=seed)
    folds = tuple(Fold(train, test) for train, test in splitter.split(np.zeros(len(y)), y, groups))
    if any(len(fold.test) == 0 or len(np.unique(y[fold.train])) < 2 for fold in folds):
        raise TrainingError(
            f"{n_splits} publisher folds of these {n_groups} groups would leave a side empty or train on one "
            "label only; add publishers of the rarer label or ask for fewer folds"
        )
    return folds


def random_folds(y: LabelArray, n_splits: int = 5, seed: int = 0) -> tuple[Fold, ...]:
    """Stratified folds that ignore publishers and copies: only to show how much a corpus gives away.

    Raises TrainingError where a label has fewer articles than there are folds.
    """
    from sklearn.model_selection import StratifiedKFold

    _two_labels(y, n_splits)
    splitter = StratifiedKFold(n_splits, shuffle=True, random_state=seed)
    return tuple(Fold(train, test) for train, test in splitter.split(np.zeros(len(y)), y))


def time_split(
    dates: Sequence[str | date | None],
    quantile: float = 0.8,
    minimum: int = 100,
    clusters: IntArray | None = None,
) -> TimeSplit:
    """Train on articles up to the date at `quantile` (0 to 1) of the dated ones, test on the later ones.

    dates: length n, YYYY-MM-DD or `datetime.date`. clusters: shape (n,); test articles with a near-duplicate
    in training are left out. No fold where fewer than `minimum` articles are dated or no article of its own
    is later than the cut. Publishers stand on both sides: this measures the passing of time, nothing else.
    """
    days = [day_of(value) for value in dates]
    dated = np.array([i for i, day in enumerate(days) if day is not None], dtype=np.int64)
    ordinal = np.array([day.toordinal() for day in days if day is not None], dtype=np.int64)
    undated = len(days) - len(dated)
    if len(dated) < max(minimum, 2):
        reason = f"only {len(dated)} of {len(days)} articles are dated; at least {max(minimum, 2)} are needed"
        return TimeSplit(None, None, reason, undated, 0)
    cut = int(np.quantile(ordinal, quantile, method="lower"))
    train, test = dated[ordinal <= cut], dated[ordinal > cut]
    copied = np.isin(clusters[test], clusters[train]) if clusters is not None else np.zeros(len(test), bool)
    last = date.fromordinal(cut)
    if copied.all():
        reason = f"no article of its own is later than {last}"
        return TimeSplit(None, last, reason, undated, int(copied.sum()))
    return TimeSplit(Fold(train, test[~copied]), last, "", undated, int(copied.sum()))


def leave_one_corpus_out(corpora: Sequence[str], groups: IntArray | None = None) -> Iterator[CorpusFold]:
    """Each corpus in order of first appearance as the test side, the others as training side.

    groups: shape (n,); articles that share a group with the test corpus are left out of training. With
    clusters no text stands on both sides, with `group_articles(...).groups` no publisher either. The training side
    is empty where all others do. Raises TrainingError where there is one corpus only.
    """
    names = list(dict.fromkeys(corpora))
    if len(names) < 2:
        named = ", ".join(names) or "no corpus"
        raise TrainingError(f"{named}: leaving one corpus out needs two; name another one")
    member = np.array([names.index(name) for name in corpora], dtype=np.int64)
    for number, name in enumerate(names):
        test = np.flatnonzero(member == number)
        train = np.flatnonzero(member != number)
        apart = train if groups is None else train[~np.isin(groups[train], groups[test])]
        yield CorpusFold(name, Fold(apart, test), len(train) - len(apart))


def _two_labels(y: LabelArray, n_splits: int) -> None:
    if n_splits < 2:
        raise TrainingError(f"{n_splits} fold can't be tested against the rest; ask for at least 2 folds")
    positive = int((y == 1).sum())
    rarer = min(positive, len(y) - positive)
    if rarer < n_splits:
        raise TrainingError(
            f"the rarer label has {rarer} articles, too few for {n_splits} folds; add articles of that label"
        )


def day_of(value: str | date | None) -> date | None:
    """The day meant by YYYY-MM-DD; None where it is unknown or written otherwise."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:  # callers count it as undated
        return None
