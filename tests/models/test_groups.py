"""Correlated measures of a family are taken together, and what they add stays the same."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from classifier.models.groups import FEWEST, group_totals, measure_groups, speaker

NAMES = ["a.one", "a.two", "b.same_as_one", "a.other", "a.turned", "c.alone"]


def matrix(n: int = 400) -> np.ndarray:
    rng = np.random.default_rng(0)
    one, other = rng.normal(size=(2, n))
    near = one + 0.5 * rng.normal(size=n)
    return np.column_stack([one, near, one, other, -np.exp(one), rng.normal(size=n)])


def test_same_family_and_alike_by_rank() -> None:
    # "turned" is as much alike as its sign or scale does not matter; the column of another family stays apart
    assert measure_groups(matrix(), NAMES) == ((0, 1, 4), (2,), (3,), (5,))
    assert measure_groups(matrix(), NAMES, alike=1.01) == ((0,), (1,), (2,), (3,), (4,), (5,))
    assert measure_groups(matrix(), NAMES, alike=0.99) == ((0, 4), (1,), (2,), (3,), (5,))


def test_average_linkage() -> None:
    # a chain: neighbours correlate at .71, ends at 0; single linkage would make one group of three
    rng = np.random.default_rng(1)
    left, right = rng.normal(size=(2, 20_000))
    X = np.column_stack([left, left + right, right])
    assert len(measure_groups(X, ["a.l", "a.m", "a.r"])) == 2


def test_undefined_and_constant_measures() -> None:
    X = matrix()
    X[FEWEST - 1 :, 1] = np.nan  # too few articles have it
    X[:, 4] = 3.0
    assert measure_groups(X, NAMES) == ((0,), (1,), (2,), (3,), (4,), (5,))
    X = matrix()
    X[::2, 1] = np.nan
    assert measure_groups(X, NAMES) == measure_groups(matrix(), NAMES)


def test_the_order_of_articles_does_not_matter() -> None:
    X = matrix()
    assert measure_groups(X[np.random.default_rng(2).permutation(len(X))], NAMES) == measure_groups(X, NAMES)


GROUPS = ((0, 2), (1,), (3, 4, 5))


@given(arrays(np.float64, 6, elements=st.floats(-5, 5)))
def test_contributions_still_add_up_and_the_hardest_pull_speaks(contributions: np.ndarray) -> None:
    totals = group_totals(np.stack([contributions, -contributions]), GROUPS)
    assert totals[1] == pytest.approx(-totals[0])
    assert totals[0].sum() == pytest.approx(contributions.sum(), abs=1e-12)
    for columns, total in zip(GROUPS, totals[0], strict=True):
        speaks = speaker(contributions, columns)
        assert speaks in columns
        assert total == pytest.approx(contributions[list(columns)].sum())
        assert contributions[speaks] * total >= -1e-12  # speaks the way the group goes
        same_way = [abs(contributions[c]) for c in columns if contributions[c] * total > 0]
        assert not same_way or abs(contributions[speaks]) == max(same_way)


def test_no_measures_no_groups() -> None:
    assert group_totals(np.zeros((3, 0)), ()).shape == (3, 0)


@given(arrays(np.float64, (60, 6), elements=st.sampled_from([0.0, 1.0, 2.0, float("nan")])))
def test_a_partition(X: np.ndarray) -> None:
    groups = measure_groups(X, NAMES)
    assert sorted(itertools.chain(*groups)) == list(range(6))
    assert list(groups) == sorted(groups)
