"""The shift of scores to another share of positives, against Bayes' rule and by simulation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.evaluation.metrics import calibration_error, tally
from classifier.models.prevalence import at_prevalence, log_odds_shift

shares = st.floats(0.001, 0.999)


def test_calibrated_again_under_label_shift() -> None:
    rng = np.random.default_rng(0)

    def drawn(share: float) -> tuple[np.ndarray, np.ndarray]:
        y = (rng.random(60_000) < share).astype(float)
        x = rng.normal(1.5 * y, 1)
        # Bayes' rule with the share of training, 0.4: calibrated there and nowhere else
        return y, 1 / (1 + np.exp(-(1.5 * x - 1.125 + math.log(0.4 / 0.6))))

    y, p = drawn(0.4)
    assert calibration_error(y, p) < 0.01
    y, p = drawn(0.08)
    moved = at_prevalence(p, 0.4, 0.08)
    assert calibration_error(y, p) > 0.1
    assert calibration_error(y, moved) < 0.01
    assert moved.mean() == pytest.approx(0.08, abs=0.005)
    assert log_odds_shift(0.4, 0.08) == pytest.approx(tally(y, p).prevalence_shift(), abs=0.05)


def test_not_calibrated_where_the_articles_differ() -> None:
    rng = np.random.default_rng(0)
    y = (rng.random(60_000) < 0.08).astype(float)
    x = rng.normal(1.5 * y + 1, 1)  # every article moved, whatever its label
    p = 1 / (1 + np.exp(-(1.5 * x - 1.125 + math.log(0.4 / 0.6))))
    assert calibration_error(y, at_prevalence(p, 0.4, 0.08)) > 0.05


@given(st.floats(1e-9, 1 - 1e-9), shares, shares)
def test_bayes_rule(p: float, trained: float, expected: float) -> None:
    moved = float(at_prevalence(np.array(p), trained, expected))
    likelihoods = p / (1 - p) * (1 - trained) / trained
    assert moved == pytest.approx(likelihoods * expected / (likelihoods * expected + 1 - expected), rel=1e-6)
    assert float(at_prevalence(np.array(moved), expected, trained)) == pytest.approx(p, abs=1e-6)


@given(shares, shares)
def test_order_and_ends_stay(trained: float, expected: float) -> None:
    p = np.array([0.0, 1e-300, 0.2, 0.5, 0.9, 1.0])
    moved = at_prevalence(p, trained, expected)
    assert (np.diff(moved) >= 0).all()
    assert (moved[0], moved[-1]) == (0, 1)
    np.testing.assert_allclose(at_prevalence(p, trained, trained), p, rtol=1e-12)
    assert at_prevalence(np.empty((0, 2)), trained, expected).shape == (0, 2)


@pytest.mark.parametrize(("trained", "expected"), [(0, 0.5), (0.5, 1), (0.5, math.nan), (1.2, 0.5)])
def test_shares_that_are_none(trained: float, expected: float) -> None:
    with pytest.raises(ValueError, match="a share of positives must lie above 0 and below 1"):
        log_odds_shift(trained, expected)
