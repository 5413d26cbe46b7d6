"""The plain arrays compute what the scikit-learn estimators compute, and refuse what is damaged."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from classifier.errors import ModelError
from classifier.models.estimator import SignalClassifier, drawn_weights
from classifier.models.linear import LinearModel

M = 4


def fitted(seed: int) -> tuple[SignalClassifier, LinearModel]:
    rng = np.random.default_rng(seed)
    y = rng.integers(2, size=80)
    X = rng.gamma(1.0, size=(80, M)) + np.outer(y, rng.normal(size=M))
    X[rng.random(X.shape) < 0.2] = np.nan
    model = SignalClassifier().fit(X, y)
    drawn = drawn_weights(model, X, y, np.arange(80) // 8, np.ones(80), draws=15, seed=seed)
    return model, model.to_linear(drawn)


MODELS = [fitted(seed) for seed in range(4)]

numbers = st.floats(-10, 10) | st.floats(allow_nan=False, allow_infinity=False) | st.just(float("nan"))
matrices = st.integers(1, 6).flatmap(lambda n: arrays(np.float64, (n, M), elements=numbers))


@given(matrices, st.sampled_from(MODELS))
@settings(max_examples=150, deadline=None)
def test_equal_to_the_estimator(X: Any, models: tuple[SignalClassifier, LinearModel]) -> None:
    estimator, linear = models
    np.testing.assert_allclose(
        linear.predict(X).probability, estimator.predict_proba(X)[:, 1], rtol=0, atol=1e-9
    )


@given(matrices, st.sampled_from(MODELS))
@settings(max_examples=100, deadline=None)
def test_contributions_add_up_and_the_interval_holds_the_probability(
    X: Any, models: tuple[SignalClassifier, LinearModel]
) -> None:
    estimator, linear = models
    p = linear.predict(X)
    before = p.contributions.sum(axis=1) + p.base
    np.testing.assert_allclose(before, estimator.regression_.decision_function(X), rtol=0, atol=1e-9)
    assert (p.contributions[np.isnan(X)] == 0).all()
    assert ((p.low >= 0) & (p.low <= p.probability) & (p.probability <= p.high) & (p.high <= 1)).all()
    a, b = linear.calibration
    np.testing.assert_allclose(p.probability, 1 / (1 + np.exp(-(a * before + b))), rtol=0, atol=1e-12)


@given(matrices, st.sampled_from(MODELS))
@settings(max_examples=60, deadline=None)
def test_a_row_scores_the_same_alone(X: Any, models: tuple[SignalClassifier, LinearModel]) -> None:
    linear = models[1]
    whole = linear.predict(X)
    for i in range(len(X)):
        alone = linear.predict(X[i : i + 1])
        for one, many in zip(alone[:4], whole[:4], strict=True):
            np.testing.assert_array_equal(one[0], many[i])


def test_no_rows_and_no_draws() -> None:
    estimator, linear = MODELS[0]
    assert linear.predict(np.empty((0, M))).probability.shape == (0,)
    p = estimator.to_linear().predict(np.zeros((2, M)))
    np.testing.assert_array_equal(p.low, p.probability)
    np.testing.assert_array_equal(p.high, p.probability)


ZEROS: dict[str, Any] = {
    "low": np.zeros(2),
    "high": np.ones(2),
    "center": np.zeros(2),
    "scale": np.ones(2),
    "coef": np.zeros(2),
    "intercept": np.zeros(1),
    "calibration": np.array([1.0, 0.0]),
    "drawn": np.zeros((0, 3)),
}


@pytest.mark.parametrize("shift", [-5.0, 5.0])
def test_the_interval_holds_the_probability_even_where_no_draw_does(shift: float) -> None:
    p = LinearModel(**(ZEROS | {"drawn": np.array([[0.0, 0.0, shift]] * 3)})).predict(np.zeros((1, 2)))
    drawn = 1 / (1 + np.exp(-shift))
    assert (p.low[0], p.probability[0], p.high[0]) == pytest.approx((min(drawn, 0.5), 0.5, max(drawn, 0.5)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("low", np.zeros(3)),
        ("low", np.zeros((2, 1))),
        ("low", np.full(2, 9.0)),  # above high
        ("high", np.zeros(2, np.float32)),
        ("center", np.array([0.0, np.nan])),
        ("scale", np.array([1.0, 0.0])),
        ("scale", np.array([1.0, -1.0])),
        ("coef", np.array([0.0, np.inf])),
        ("coef", np.zeros(())),
        ("intercept", np.zeros(2)),
        ("intercept", 0.0),
        ("calibration", np.array([-1.0, 0.0])),
        ("calibration", np.zeros(3)),
        ("drawn", np.zeros((4, 2))),
        ("drawn", np.zeros(3)),
        ("drawn", b"bytes"),
        ("drawn", np.full((1, 3), np.nan)),
    ],
)
def test_damaged_arrays(name: str, value: Any) -> None:
    LinearModel(**ZEROS)
    with pytest.raises(ModelError, match="damaged; get the model again"):
        LinearModel(**(ZEROS | {name: value}))
