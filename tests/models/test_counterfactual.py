"""What would change a score: the change crosses the threshold, and nothing smaller does."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from classifier.models.counterfactual import Change, smallest_change
from classifier.models.linear import LinearModel

M = 5
POSSIBLE = np.array([[0.0, np.inf], [0.0, 1.0], [0.0, 100.0], [-np.inf, np.inf], [0.0, 1.0]])
USUAL = np.array([[1.0, 4.0], [0.2, 0.5], [10.0, 30.0], [0.0, 0.0], [0.1, 0.2]])


def model(coef: Any, calibration: tuple[float, float] = (0.8, -0.2)) -> LinearModel:
    return LinearModel(
        low=np.array([0.5, 0.0, 5.0, -2.0, 0.0]),
        high=np.array([9.0, 0.9, 60.0, 2.0, 0.6]),
        center=np.array([3.0, 0.4, 20.0, 0.0, 0.1]),
        scale=np.array([2.0, 0.2, 8.0, 1.0, 0.1]),
        coef=np.asarray(coef, np.float64),
        intercept=np.array([-0.3]),
        calibration=np.array(calibration),
        drawn=np.empty((0, M + 1)),
    )


def probability(linear: LinearModel, x: np.ndarray, shift: float = 0.0) -> float:
    p = float(linear.predict(x[None]).probability[0])
    return 1 / (1 + np.exp(-(np.log(p / (1 - p)) + shift)))


def applied(x: np.ndarray, changes: tuple[Change, ...], part: float = 1.0) -> np.ndarray:
    changed = x.copy()
    for column, before, after in changes:
        assert before == x[column]
        changed[column] = before + part * (after - before)
    return changed


def effort(linear: LinearModel, changes: tuple[Change, ...]) -> float:
    width = np.where(USUAL[:, 1] > USUAL[:, 0], USUAL[:, 1] - USUAL[:, 0], linear.scale)
    return sum(abs(after - before) / width[column] for column, before, after in changes)


coefs = arrays(np.float64, M, elements=st.sampled_from([-1.5, -0.7, -0.2, 0.0, 0.1, 0.4, 1.2]))
articles = st.tuples(
    st.floats(0, 14),
    st.floats(0, 1),
    st.floats(0, 100),
    st.floats(-4, 4) | st.just(float("nan")),
    st.floats(0, 1),
).map(np.array)
thresholds = st.sampled_from([0.2, 0.35, 0.5, 0.65, 0.9])
shifts = st.sampled_from([0.0, -1.0, 0.6])


# to the very end of a range, where rounding once led out of it
@example(np.full(M, -1.5), np.array([5.9617367497217675, 1, 0, np.nan, 1]), 0.2, 0.0)
@given(coefs, articles, thresholds, shifts)
def test_it_crosses_and_stays_in_range(coef: Any, x: Any, threshold: float, shift: float) -> None:
    linear = model(coef)
    changes = smallest_change(linear, x, threshold, possible=POSSIBLE, usual=USUAL, shift=shift)
    assume(changes is not None)
    before, after = probability(linear, x, shift), probability(linear, applied(x, changes), shift)
    assert (before - threshold) * (after - threshold) <= 0
    assert abs(after - threshold) > 1e-13
    for column, _, value in changes:
        assert linear.low[column] <= value <= linear.high[column]
        assert POSSIBLE[column, 0] <= value <= POSSIBLE[column, 1]
    assert len({c.measure for c in changes}) == len(changes)


@given(coefs, articles, thresholds, shifts)
def test_no_smaller_change_of_a_single_measure_crosses(
    coef: Any, x: Any, threshold: float, shift: float
) -> None:
    linear = model(coef)
    changes = smallest_change(linear, x, threshold, possible=POSSIBLE, usual=USUAL, shift=shift)
    above = probability(linear, x, shift) >= threshold
    ends = np.column_stack([np.maximum(linear.low, POSSIBLE[:, 0]), np.minimum(linear.high, POSSIBLE[:, 1])])

    def crosses(column: int, value: float) -> bool:
        changed = x.copy()
        changed[column] = value
        p = probability(linear, changed, shift)
        return p < threshold - 1e-12 if above else p > threshold + 1e-12

    if changes is not None and len(changes) == 1:
        column, before, after = changes[0]
        for part in np.linspace(0, 0.9999, 40):
            assert not crosses(column, before + part * (after - before)) or abs(after - before) < 1e-6
    width = np.where(USUAL[:, 1] > USUAL[:, 0], USUAL[:, 1] - USUAL[:, 0], linear.scale)
    for column in np.flatnonzero(~np.isnan(x)).tolist():
        for value in np.linspace(*ends[column], 80):
            if crosses(column, value):
                assert changes is not None
                assert len(changes) == 1
                assert effort(linear, changes) <= abs(value - x[column]) / width[column] + 1e-6


@given(coefs, articles, thresholds)
def test_several_measures_as_a_linear_programme_would_choose(coef: Any, x: Any, threshold: float) -> None:
    linear = model(coef)
    # inside the range, where nothing is deaf, the least effort is a linear programme
    x = np.where(np.isnan(x), x, np.clip(x, linear.low, linear.high))
    changes = smallest_change(linear, x, threshold, possible=POSSIBLE, usual=USUAL)
    a, b = linear.calibration
    before = float(linear.predict(x[None]).contributions.sum() + linear.intercept[0])
    needed = (np.log(threshold / (1 - threshold)) - b) / a - before
    way = 1 if needed > 0 else -1
    slope = way * linear.coef / linear.scale
    width = np.where(USUAL[:, 1] > USUAL[:, 0], USUAL[:, 1] - USUAL[:, 0], linear.scale)
    low = np.maximum(linear.low, POSSIBLE[:, 0]) - x
    high = np.minimum(linear.high, POSSIBLE[:, 1]) - x
    known = np.flatnonzero(~np.isnan(x)).tolist()
    for size in (1, 2, 3):
        best = np.inf
        for chosen in combinations(known, size):
            c = list(chosen)
            found = linprog(
                np.concatenate([1 / width[c], 1 / width[c]]),
                A_ub=-np.concatenate([slope[c], -slope[c]])[None],
                b_ub=[-abs(needed)],
                bounds=[(0, v) for v in np.concatenate([high[c], -low[c]])],
            )
            best = min(best, found.fun if found.status == 0 else np.inf)
        if np.isfinite(best):
            assert changes is not None
            assert len(changes) == size
            assert effort(linear, changes) == pytest.approx(best, abs=1e-6)
            return
    assert changes is None


def test_the_way_through_the_deaf_range_counts() -> None:
    x = np.array([13.0, 0.3, 20.0, 0.0, 0.1])  # of the first measure the model hears nothing above 9
    alone = model([-1.0, 0.0, 0.0, 0.0, 0.0])
    (change,) = smallest_change(alone, x, 0.1, possible=POSSIBLE, usual=USUAL) or ()
    assert change.measure == 0
    assert change.after < 9
    assert effort(alone, (change,)) == pytest.approx((13 - change.after) / 3)
    # the second is weaker, but the first has to come back from 13 before anything happens
    beside = model([-1.0, 0.5, 0.0, 0.0, 0.0])
    (change,) = smallest_change(beside, x, 0.1, possible=POSSIBLE, usual=USUAL) or ()
    assert change.measure == 1


@pytest.mark.parametrize(
    ("linear", "x"),
    [
        (model([1.0, 0, 0, 0, 0], (0.0, -0.4)), [3.0, 0.4, 20, 0, 0.1]),  # everybody gets the same score
        (model([0.0] * M), [3.0, 0.4, 20, 0, 0.1]),
        (model([0.0, 0.1, 0, 0, 0]), [3.0, 0.4, 20, 0, 0.1]),  # too weak
        (model([0.0, 0, 0, 3.0, 0]), [3.0, 0.4, 20, np.nan, 0.1]),  # undefined
    ],
)
def test_none_where_no_change_within_the_range_does_it(linear: LinearModel, x: list[float]) -> None:
    assert smallest_change(linear, np.array(x), 0.9, possible=POSSIBLE, usual=USUAL) is None


def test_no_more_measures_than_allowed() -> None:
    linear = model([0.4, 0.4, 0.4, 0.4, 0.4])
    x = np.array([3.0, 0.4, 20.0, 0.0, 0.1])
    counts = {
        t: smallest_change(linear, x, t, possible=POSSIBLE, usual=USUAL) for t in (0.6, 0.85, 0.95, 0.999)
    }
    assert [None if c is None else len(c) for c in counts.values()] == [1, 2, 3, None]
    assert smallest_change(linear, x, 0.85, possible=POSSIBLE, usual=USUAL, most=1) is None
