"""Intervals over publishers hold what they promise, and intervals over articles would not."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit, logit
from scipy.stats import binom, norm

from classifier.evaluation.intervals import Estimate, bootstrap, difference
from classifier.evaluation.metrics import METRICS, Gaps, Metric, Tally

REPETITIONS = 150
AUROC = {"auroc": Tally.auroc}
PUBLISHERS, ARTICLES = 60, 10
Outlets = tuple[NDArray[np.float64], NDArray[np.float64], list[str]]


def outlets(seed: int) -> Outlets:
    """Publishers of one label each whose articles' scores share the outlet's own habit."""
    rng = np.random.default_rng(seed)
    outlet = np.repeat(np.arange(PUBLISHERS), ARTICLES)
    y = (outlet % 2).astype(np.float64)
    score = y + rng.normal(0, 0.8, PUBLISHERS)[outlet] + rng.normal(0, 0.6, len(y))
    return y, norm.cdf(score), [f"outlet {i}" for i in outlet]


# Two scores of different outlets differ by 1 with a variance of 2 (0.8² + 0.6²).
TRUTH = norm.cdf(1 / math.sqrt(2))


def test_interval_over_publishers_covers_the_truth() -> None:
    hits = 0
    for seed in range(REPETITIONS):
        estimate = bootstrap(*outlets(seed), AUROC, draws=200, seed=seed)["auroc"]
        hits += estimate.low <= TRUTH <= estimate.high
    # An interval that covers between 0.90 and 0.99 falls outside these once in a thousand times.
    assert binom.ppf(0.001, REPETITIONS, 0.90) <= hits <= binom.ppf(0.999, REPETITIONS, 0.99)


def test_interval_over_articles_would_be_caught_by_that_test() -> None:
    hits = 0
    for seed in range(REPETITIONS):
        y, p, _ = outlets(seed)
        estimate = bootstrap(y, p, [None] * len(y), AUROC, draws=100, seed=seed)["auroc"]
        hits += estimate.low <= TRUTH <= estimate.high
    assert hits < binom.ppf(0.001, REPETITIONS, 0.90)


def calibrated(seed: int, moved: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Outlets:
    """Probabilities, evenly spread, whose articles are positive with `moved(p)`; an outlet has its habits.

    The outlet's habit is in the probabilities and in the labels, yet over all outlets an article of
    probability p is positive with exactly `moved(p)`: the label compares it with an evenly spread number.
    """
    rng = np.random.default_rng(seed)
    outlet = np.repeat(np.arange(PUBLISHERS), ARTICLES)

    def spread() -> NDArray[np.float64]:
        mine = rng.normal(0, 1, PUBLISHERS)[outlet] * math.sqrt(0.8)
        return np.asarray(norm.cdf(mine + rng.normal(0, math.sqrt(0.2), len(outlet))), np.float64)

    p = spread()
    return (spread() < moved(p)).astype(np.float64), p, [f"outlet {i}" for i in outlet]


def odds_moved(by: float) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    return lambda p: np.asarray(expit(logit(p) + by), np.float64)


def true_error(moved: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> float:
    p = (np.arange(150_000) + 0.5) / 150_000
    return float(np.abs((p - moved(p)).reshape(15, -1).mean(axis=1)).mean())


CALIBRATION = {name: METRICS[name] for name in ("calibration_error", "calibration_error_matched")}


@pytest.mark.parametrize(
    ("moved", "matched"),
    [
        pytest.param(lambda p: p, 0.0, id="calibrated"),
        pytest.param(odds_moved(-0.3), 0.0, id="slightly too high"),
        pytest.param(odds_moved(-1.5), 0.0, id="much too high"),
        pytest.param(lambda p: expit(0.4 * logit(p)), None, id="too sure"),
    ],
)
def test_interval_of_a_calibration_error_covers_the_truth(
    moved: Callable[[NDArray[np.float64]], NDArray[np.float64]], matched: float | None
) -> None:
    truth = true_error(moved)
    true = {"calibration_error": truth, "calibration_error_matched": truth if matched is None else matched}
    hits = dict.fromkeys(CALIBRATION, 0)
    for seed in range(REPETITIONS):
        found = bootstrap(*calibrated(seed, moved), CALIBRATION, draws=100, seed=seed)
        for name, estimate in found.items():
            assert estimate.low <= estimate.value <= estimate.high
            hits[name] += estimate.low <= true[name] <= estimate.high
    for name, n in hits.items():
        # It may cover more than 95 %; one that covers 0.92 falls below this once in a thousand times.
        assert n >= binom.ppf(0.001, REPETITIONS, 0.92), name


def test_percentiles_of_drawn_calibration_errors_would_be_caught_by_that_test() -> None:
    plain: dict[str, Metric] = {"calibration_error": Tally.calibration_error}
    moved = odds_moved(-0.3)
    hits = above = 0
    for seed in range(REPETITIONS):
        estimate = bootstrap(*calibrated(seed, moved), plain, draws=100, seed=seed)["calibration_error"]
        hits += estimate.low <= true_error(moved) <= estimate.high
        above += estimate.low > estimate.value
    assert hits < binom.ppf(0.001, REPETITIONS, 0.92)
    assert above > 0, "such an interval does not even hold its own value"


def test_articles_taken_as_independent_would_make_a_calibrated_model_look_wrong() -> None:
    zero = 0
    for seed in range(REPETITIONS):
        y, p, _ = calibrated(seed, lambda p: p)
        zero += bootstrap(y, p, [None] * len(y), CALIBRATION, draws=100)["calibration_error"].low == 0
    assert zero < binom.ppf(0.001, REPETITIONS, 0.92)


def test_draws_are_those_of_repeated_articles() -> None:
    """The weighted tallies give what drawing whole publishers and measuring anew gives."""
    y, p, publishers = outlets(3)
    y[::7] = 1 - y[::7]
    p[::11] = np.nan
    found = bootstrap(y, p, publishers, draws=60, seed=4)
    rng, drawn = np.random.default_rng(4), []
    for _ in range(60):
        names = [f"outlet {i}" for i in rng.integers(PUBLISHERS, size=PUBLISHERS)]
        rows = np.concatenate([[i for i, q in enumerate(publishers) if q == name] for name in names])
        rows = rows[~np.isnan(p[rows])]
        drawn.append(bootstrap(y[rows], p[rows], [None] * len(rows), draws=0))
    for name, metric in METRICS.items():
        if isinstance(metric, Gaps):
            continue  # see below
        low, high = np.percentile([d[name].value for d in drawn], [2.5, 97.5])
        assert (found[name].low, found[name].high) == pytest.approx((low, high), abs=1e-12)


def test_counts_order_and_determinism() -> None:
    y, p, publishers = outlets(0)
    some: list[str | None] = [*publishers[:-20], *[None] * 20]
    p[:5] = np.nan
    first = bootstrap(y, p, some, draws=50, seed=1)
    assert first == bootstrap(y, p, some, draws=50, seed=1)
    assert first != bootstrap(y, p, some, draws=50, seed=2)
    assert list(first) == list(METRICS)
    for estimate in first.values():
        assert estimate.low <= estimate.value + 0.05
        assert estimate.low < estimate.high
        assert (estimate.n_articles, estimate.n_publishers) == (len(y) - 5, PUBLISHERS - 2)


def test_undefined_is_nan_and_null() -> None:
    y, p = np.array([1.0, 0.0, 1.0]), np.array([0.9, 0.2, 0.4])
    one_publisher = bootstrap(y, p, ["a"] * 3, draws=20)["auroc"]
    assert one_publisher.value == 1.0
    assert math.isnan(one_publisher.low)
    assert one_publisher.to_dict() == {"value": 1.0, "low": None, "high": None}
    nothing = bootstrap(y, np.full(3, np.nan), ["a", "b", None], draws=20)["brier"]
    assert (nothing.n_articles, nothing.n_publishers) == (0, 0)
    assert nothing.to_dict() == {"value": None, "low": None, "high": None}
    assert math.isnan(bootstrap(np.array([]), np.array([]), [], draws=5)["auroc"].value)


def test_difference_is_paired() -> None:
    y, p, publishers = outlets(1)
    same = difference(y, p, p, publishers, draws=30)
    assert (same.value, same.low, same.high) == (0, 0, 0)
    noise = np.clip(p + np.random.default_rng(0).normal(0, 0.4, len(p)), 0, 1)
    noise[:3] = np.nan
    gain = difference(y, p, noise, publishers, draws=200)
    alone = bootstrap(y, p, publishers, AUROC, draws=200)["auroc"]
    assert gain.n_articles == len(y) - 3
    assert gain.low > 0
    assert gain.high - gain.low < alone.high - alone.low


def test_estimate_is_a_record() -> None:
    with pytest.raises(AttributeError):
        Estimate(0.5, 0.4, 0.6, 10, 2).value = 1.0  # type: ignore[misc]
