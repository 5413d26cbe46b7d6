"""Nothing stands on both sides of a split that must not."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import TrainingError
from classifier.evaluation.splits import (
    group_articles,
    leave_one_corpus_out,
    publisher_folds,
    random_folds,
    time_split,
)


@pytest.mark.parametrize(
    ("publishers", "clusters", "groups"),
    [
        (["a", "b", "a"], None, [0, 1, 0]),
        # a copied text ties two publishers together, and through them a third
        (["a", "b", "c", "d"], [0, 0, 1, 2], [0, 0, 1, 2]),
        (["a", "b", "b", "c"], [0, 0, 1, 1], [0, 0, 0, 0]),
        # without a publisher only the cluster ties
        ([None, None, "a", None], [5, 7, 7, 5], [0, 1, 1, 0]),
        ([None, None], None, [0, 1]),
        (["A", "a "], None, [0, 0]),
        ([], None, []),
    ],
)
def test_groups(publishers: list[str | None], clusters: list[int] | None, groups: list[int]) -> None:
    found = group_articles(publishers, None if clusters is None else np.array(clusters))
    assert len(found.groups) == len(groups)
    same = found.groups[:, None] == found.groups[None, :]
    expected = np.array(groups, int)
    assert np.array_equal(same, expected[:, None] == expected[None, :])
    assert found.n_groups == len(set(groups))
    assert found.n_without_publisher == sum(p is None for p in publishers)
    assert found.largest == max((groups.count(g) for g in groups), default=0)


articles = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", "d", "e", None]), st.integers(0, 25), st.integers(0, 1)),
    min_size=20,
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(articles, st.integers(2, 4), st.integers(0, 3))
def test_no_publisher_and_no_copy_on_two_sides(
    rows: list[tuple[str | None, int, int]], n_splits: int, seed: int
) -> None:
    publishers = [p for p, _, _ in rows]
    clusters, y = np.array([c for _, c, _ in rows]), np.array([label for _, _, label in rows])
    groups = group_articles(publishers, clusters).groups
    try:
        folds = publisher_folds(groups, y, n_splits, seed)
    except TrainingError as error:
        assert ";" in str(error), "the sentence must end in a remedy"
        return
    assert sorted(np.concatenate([fold.test for fold in folds]).tolist()) == list(range(len(rows)))
    for train, test in folds:
        assert not {publishers[i] for i in train} & {publishers[i] for i in test} - {None}
        assert not set(clusters[train]) & set(clusters[test])
        assert not set(train.tolist()) & set(test.tolist())
        assert set(y[train].tolist()) == {0, 1}
    again = publisher_folds(groups, y, n_splits, seed)
    assert all(np.array_equal(a.test, b.test) for a, b in zip(folds, again, strict=True))


def test_folds_are_stratified_and_another_seed_gives_others() -> None:
    rng = np.random.default_rng(1)
    groups = rng.integers(0, 80, 800)
    y = rng.integers(0, 2, 80)[groups]
    folds = publisher_folds(groups, y, 5, seed=0)
    assert max(abs(y[fold.test].mean() - y.mean()) for fold in folds) < 0.1
    assert any(
        not np.array_equal(a.test, b.test)
        for a, b in zip(folds, publisher_folds(groups, y, 5, 1), strict=True)
    )


@pytest.mark.parametrize(
    ("groups", "y", "n_splits", "says"),
    [
        ([0, 0, 0, 1, 1, 1], [0, 1, 0, 1, 0, 1], 3, "2 independent groups"),
        ([0, 1, 2, 3], [1, 1, 1, 1], 2, "rarer label has 0"),
        ([0, 1, 2, 3, 4], [1, 0, 0, 0, 0], 2, "rarer label has 1"),
        ([0, 1, 2, 3], [0, 1, 0, 1], 1, "at least 2"),
        # every positive stands in one group: whichever side it is on, another side has none
        ([0, 0, 0, 1, 2, 3, 4], [1, 1, 1, 0, 0, 0, 0], 2, "one label only"),
    ],
)
def test_impossible_publisher_folds_say_why(
    groups: list[int], y: list[int], n_splits: int, says: str
) -> None:
    with pytest.raises(TrainingError, match=says):
        publisher_folds(np.array(groups), np.array(y), n_splits)


def test_random_folds_test_every_article_once() -> None:
    y = np.array([0, 1] * 20)
    folds = random_folds(y, 4, seed=3)
    assert sorted(np.concatenate([f.test for f in folds]).tolist()) == list(range(40))
    assert all(y[f.test].mean() == 0.5 for f in folds)
    with pytest.raises(TrainingError, match="too few for 30 folds"):
        random_folds(y, 30)


DAYS = [date(2020, 1, 1) + timedelta(days=i) for i in range(10)]


def test_time_split_trains_on_the_past() -> None:
    dates: list[str | date | None] = [*(day.isoformat() for day in reversed(DAYS)), None, "May 2020"]
    split = time_split(dates, quantile=0.7, minimum=5)
    assert split.fold is not None
    assert split.n_undated == 2
    assert split.cut == date(2020, 1, 7)
    assert sorted(split.fold.test.tolist()) == [0, 1, 2]
    assert sorted(split.fold.train.tolist()) == [3, 4, 5, 6, 7, 8, 9]


@given(st.lists(st.integers(0, 12), min_size=2, max_size=40), st.floats(0, 1))
def test_no_test_article_is_as_old_as_a_training_article(offsets: list[int], quantile: float) -> None:
    dates = [date(2019, 1, 1) + timedelta(days=d) for d in offsets]
    split = time_split(dates, quantile, minimum=2)
    if split.fold is None:
        assert split.reason
        return
    assert max(offsets[i] for i in split.fold.train) < min(offsets[i] for i in split.fold.test)


def test_time_split_leaves_later_copies_out_and_says_when_there_is_none() -> None:
    copies = np.array([0, 1, 2, 3, 4, 5, 6, 7, 0, 9])
    split = time_split(DAYS, 0.7, 5, copies)
    assert split.fold is not None
    assert split.fold.test.tolist() == [7, 9]
    assert split.n_repeats == 1
    few = time_split([*DAYS[:3], None], minimum=5)
    assert (few.fold, few.n_undated) == (None, 1)
    assert "3 of 4" in few.reason
    same_day = time_split([DAYS[0]] * 9, minimum=5)
    assert same_day.fold is None
    assert "2020-01-01" in same_day.reason


def test_leave_one_corpus_out() -> None:
    corpora = ["x", "x", "y", "y", "z"]
    groups = np.array([0, 1, 1, 2, 3])
    found = list(leave_one_corpus_out(corpora, groups))
    assert [name for name, _, _ in found] == ["x", "y", "z"]
    assert [fold.test.tolist() for _, fold, _ in found] == [[0, 1], [2, 3], [4]]
    # row 2 shares a group with corpus x, row 1 with corpus y
    assert [fold.train.tolist() for _, fold, _ in found] == [[3, 4], [0, 4], [0, 1, 2, 3]]
    assert [left for _, _, left in found] == [1, 1, 0]
    assert next(leave_one_corpus_out(corpora)).fold.train.tolist() == [2, 3, 4]
    with pytest.raises(TrainingError, match="needs two"):
        list(leave_one_corpus_out(["x", "x"]))
    together = next(leave_one_corpus_out(["x", "y"], np.array([0, 0])))
    assert (together.fold.train.tolist(), together.fold.test.tolist(), together.n_left_out) == ([], [0], 1)
