"""Metrics against scikit-learn, against hand-counted cases, and under weights against repetition."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics import (
    average_precision_score,
    balanced_accuracy_score,
    brier_score_loss,
    roc_auc_score,
    roc_curve,
)

from classifier.evaluation import metrics
from classifier.evaluation.metrics import METRICS, SELECTIVE, tally

Pair = tuple[NDArray[np.float64], NDArray[np.float64]]

ALL = {**METRICS, **SELECTIVE}


@st.composite
def scored(draw: st.DrawFn) -> Pair:
    """Labels of both kinds and probabilities with many ties, 0, 0.5 and 1 among them."""
    n = draw(st.integers(2, 60))
    y = np.array(draw(st.lists(st.integers(0, 1), min_size=n, max_size=n)), np.float64)
    step = draw(st.sampled_from([2, 10, 997]))
    p = np.array(draw(st.lists(st.integers(0, step), min_size=n, max_size=n)), np.float64) / step
    assume(0 < y.sum() < n)
    return y, p


@given(scored())
def test_as_in_scikit_learn(pair: Pair) -> None:
    y, p = pair
    assert metrics.auroc(y, p) == pytest.approx(roc_auc_score(y, p), abs=1e-12)
    assert metrics.average_precision(y, p) == pytest.approx(average_precision_score(y, p), abs=1e-12)
    assert metrics.brier(y, p) == pytest.approx(brier_score_loss(y, p), abs=1e-12)
    if not (p == 0.5).any():
        assert metrics.balanced_accuracy(y, p) == pytest.approx(
            balanced_accuracy_score(y, p > 0.5), abs=1e-12
        )


@given(scored(), st.data())
def test_a_weight_of_k_is_k_copies(pair: Pair, data: st.DataObject) -> None:
    y, p = pair
    weights = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(y), max_size=len(y))))
    weighted, repeated = tally(y, p, weights), tally(np.repeat(y, weights), np.repeat(p, weights))
    for name, metric in ALL.items():
        assert metric(weighted) == pytest.approx(metric(repeated), abs=1e-9, nan_ok=True), name


@given(scored())
def test_what_the_definitions_promise(pair: Pair) -> None:
    y, p = pair
    counted = tally(y, p)
    assert all(0 <= metric(counted) <= 1 for metric in METRICS.values())
    assert metrics.calibration_error(y, p) == METRICS["calibration_error"](counted)
    assert metrics.calibration_error_matched(y, p) == METRICS["calibration_error_matched"](counted)
    order = np.random.default_rng(0).permutation(len(y))
    for name, metric in ALL.items():
        again = metric(tally(y[order], p[order]))
        assert again == pytest.approx(metric(counted), abs=1e-12, nan_ok=True), name
    assert metrics.auroc(y, p) == pytest.approx(1 - metrics.auroc(1 - y, p), abs=1e-12)
    shift = counted.prevalence_shift()
    odds = np.log(np.clip(p, 1e-6, 1 - 1e-6) / (1 - np.clip(p, 1e-6, 1 - 1e-6)))
    assert np.mean(1 / (1 + np.exp(-odds - shift))) == pytest.approx(y.mean(), abs=1e-9)


@pytest.mark.parametrize(
    ("y", "p", "name", "value"),
    [
        # all equal: no order, one bin
        ([1, 0, 0, 0], [0.5] * 4, "auroc", 0.5),
        ([1, 0, 0, 0], [0.5] * 4, "balanced_accuracy", 0.5),
        ([1, 0, 0, 0], [0.5] * 4, "calibration_error", 0.25),
        ([1, 0, 0, 0], [0.5] * 4, "calibration_error_matched", 0.0),
        ([1, 0, 0, 0], [0.5] * 4, "average_precision", 0.25),
        ([1, 0, 0, 0], [0.5] * 4, "brier", 0.25),
        # a 0.5 counts half on either side
        ([1, 1, 0, 0], [0.5, 0.9, 0.5, 0.6], "balanced_accuracy", (0.75 + 0.25) / 2),
        ([0, 1], [0.0, 1.0], "auroc", 1.0),
        ([0, 1], [1.0, 0.0], "brier", 1.0),
        # opposite errors in different bins do not cancel
        ([1, 0], [0.2, 0.8], "calibration_error", 0.8),
        # many equal probabilities stand in the bin of their middle rank, not with their first one's neighbour
        ([1] + [0] * 29, [0.1] + [0.9] * 29, "calibration_error", (0.9 + 29 * 0.9) / 30),
        # one label only
        ([1, 1], [0.2, 0.8], "auroc", math.nan),
        ([0, 0], [0.2, 0.8], "balanced_accuracy", math.nan),
        ([0, 0], [0.2, 0.8], "average_precision", math.nan),
        ([1, 1], [0.2, 0.8], "calibration_error_matched", math.nan),
        ([1, 1], [0.2, 0.8], "brier", 0.34),
        ([], [], "brier", math.nan),
        ([], [], "auroc", math.nan),
        ([], [], "calibration_error", math.nan),
    ],
)
def test_by_hand(y: list[int], p: list[float], name: str, value: float) -> None:
    assert getattr(metrics, name)(y, p) == pytest.approx(value, abs=1e-9, nan_ok=True)


def test_calibration_error_over_fifteen_equal_bins_counted_by_hand() -> None:
    rng = np.random.default_rng(0)
    p = rng.random(300)
    y = (rng.random(300) < p**2).astype(float)
    order = np.argsort(p)
    bins = order.reshape(15, 20)
    expected = np.mean([abs(p[b].mean() - y[b].mean()) for b in bins])
    assert metrics.calibration_error(y, p) == pytest.approx(expected, abs=1e-12)
    table = metrics.reliability(y, p)
    assert [row.n for row in table] == [20] * 15
    assert [row.share_positive for row in table] == pytest.approx([y[b].mean() for b in bins])
    assert [row.mean_probability for row in table] == pytest.approx([p[b].mean() for b in bins])


def test_another_share_of_positives_is_all_that_matching_takes_away() -> None:
    rng = np.random.default_rng(0)
    odds = rng.normal(0, 1.5, 20_000)
    y = (rng.random(20_000) < 1 / (1 + np.exp(-(odds - 2)))).astype(float)
    p = 1 / (1 + np.exp(-odds))
    assert metrics.calibration_error(y, p) > 0.2
    assert metrics.calibration_error_matched(y, p) < 0.02
    assert tally(y, p).prevalence_shift() == pytest.approx(-2, abs=0.06)


@given(scored())
def test_reliability_adds_up(pair: Pair) -> None:
    y, p = pair
    table = metrics.reliability(y, p)
    assert sum(row.n for row in table) == len(y)
    assert sum(row.n * row.share_positive for row in table) == pytest.approx(y.sum())
    assert sum(row.n * row.mean_probability for row in table) == pytest.approx(p.sum())
    gap = sum(row.n * abs(row.mean_probability - row.share_positive) for row in table) / len(y)
    assert gap == pytest.approx(metrics.calibration_error(y, p), abs=1e-12)


def test_risk_coverage_counts_the_surest_first() -> None:
    curve = metrics.risk_coverage([1, 0, 1, 0], [0.9, 0.1, 0.3, 0.5], n_articles=8)
    assert curve.coverage.tolist() == pytest.approx([2 / 8, 3 / 8, 4 / 8])
    assert curve.error.tolist() == pytest.approx([0, 1 / 3, 1.5 / 4])
    assert metrics.risk_coverage([], []).coverage.tolist() == []


@settings(max_examples=50)
@given(scored())
def test_full_coverage_has_the_plain_error(pair: Pair) -> None:
    y, p = pair
    curve = metrics.risk_coverage(y, p)
    wrong = np.where(p == 0.5, 0.5, (p > 0.5) != (y == 1))
    assert curve.coverage[-1] == pytest.approx(1)
    assert curve.error[-1] == pytest.approx(wrong.mean())
    assert (np.diff(curve.coverage) > 0).all()


@pytest.mark.parametrize(
    ("y", "p", "error", "half"),
    [
        ([1, 0, 1, 0], [0.9, 0.1, 0.3, 0.6], 0.5, 0),  # both wrong ones are among the less sure
        ([1, 0, 1, 0], [0.1, 0.9, 0.6, 0.4], 0.5, 1),
        ([1, 0], [0.5, 0.5], 0.5, 0.5),
        ([1, 1, 0, 0], [0.8] * 4, 0.5, 0.5),  # equally sure: half of each is taken
        ([1, 0, 0], [0.9, 0.8, 0.4], 1 / 3, 0.5 / 1.5),  # one and a half of three
        ([1, 0], [0.9, 0.1], 0, 0),
        ([], [], math.nan, math.nan),
    ],
)
def test_selective_error_by_hand(y: list[int], p: list[float], error: float, half: float) -> None:
    counted = tally(y, p)
    assert counted.selective_error() == pytest.approx(error, nan_ok=True)
    assert counted.selective_error(0.5) == pytest.approx(half, nan_ok=True)
    assert counted.error_ratio() == pytest.approx(half / error if error > 0 else math.nan, nan_ok=True)


@given(scored())
def test_roc_is_scikit_learns(pair: Pair) -> None:
    y, p = pair
    points = metrics.roc(y, p, 10_000)
    false, true, threshold = roc_curve(y, p, drop_intermediate=False)
    assert [q.false_positive_rate for q in points] == pytest.approx(false)
    assert [q.true_positive_rate for q in points] == pytest.approx(true)
    assert [q.threshold for q in points[1:]] == threshold[1:].tolist()
    few = metrics.roc(y, p, 5)
    assert len(few) <= 5
    assert set(few) <= set(points) | {few[0]}  # the first threshold is nan, which equals nothing
    assert few[0][1:] == (0, 0)
    assert few[-1][1:] == (1, 1)


def test_no_roc_of_one_label() -> None:
    assert metrics.roc([1, 1], [0.2, 0.3]) == metrics.roc([], []) == ()


def test_a_calibrated_model_lies_within_its_own_chance() -> None:
    rng = np.random.default_rng(5)
    p = rng.beta(2, 3, 500)
    chance = metrics.calibration_by_chance(p)
    inside = sum(
        chance[5] <= metrics.calibration_error((rng.random(500) < p).astype(float), p) <= chance[-6]
        for _ in range(200)
    )
    assert inside >= 175  # 95 % expected; fewer has a probability under 1 in 10,000


@pytest.mark.parametrize(
    ("y", "p"),
    [
        ([0, 1], [0.1]),
        ([0, 2], [0.1, 0.2]),
        ([0, 1], [0.1, 1.2]),
        ([0, 1], [0.1, math.nan]),
        ([[0]], [[0.5]]),
    ],
)
def test_what_does_not_fit_is_refused(y: list[int], p: list[float]) -> None:
    with pytest.raises(ValueError, match="must"):
        tally(y, p)
