"""Curves over measures: the estimators, the plain arrays they become, and the sum that explains a score."""

import numpy as np
import pytest
from scipy import sparse
from sklearn.metrics import roc_auc_score
from sklearn.utils.estimator_checks import parametrize_with_checks

from classifier.errors import ModelError
from classifier.models.additive import AdditiveModel, Cells
from classifier.models.curves import AdditiveClassifier, CurveBasis, drawn_refits


def known_failures(estimator):
    if not isinstance(estimator, AdditiveClassifier):
        return {}
    why = "weights are for the regression alone: knots, folds and calibration see each article once"
    return {f"check_sample_weight_equivalence_on_{kind}_data": why for kind in ("dense", "sparse")}


@parametrize_with_checks([CurveBasis(), AdditiveClassifier()], expected_failed_checks=known_failures)
def test_scikit_learn_conventions(estimator, check):
    check(estimator)


def data(n: int = 600, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Three measures: one tells by its middle, one by its size, one nothing; some are undefined."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 3))
    odds = 3 * (np.abs(X[:, 0]) < 0.7) - 1.5 + X[:, 1]
    y = (rng.random(n) < 1 / (1 + np.exp(-odds))).astype(int)
    X[rng.random(X.shape) < 0.1] = np.nan
    return X, y


def test_a_curve_finds_what_a_straight_line_can_not():
    X, y = data()
    new, truth = data(seed=1)
    model = AdditiveClassifier(C=1.0).fit(X, y)
    assert roc_auc_score(truth, model.decision_function(new)) > 0.75
    curve = model.to_arrays().curves[0]
    assert curve[2:4].min() > curve[[0, -1]].max()  # high in the middle


@pytest.mark.parametrize("wording", [False, True])
def test_arrays_give_what_the_estimator_gives(wording):
    X, y = data()
    new, _ = data(40, seed=2)
    rng = np.random.default_rng(3)
    columns, more = sparse.random(600, 30, 0.2, random_state=1), sparse.random(40, 30, 0.2, random_state=2)
    fit_on, asked, cells = X, new, None
    if wording:
        fit_on = sparse.hstack([sparse.csr_matrix(X), columns], format="csr")
        asked = sparse.hstack([sparse.csr_matrix(new), more], format="csr")
        found = more.tocsr().tocoo()
        cells = Cells(found.row.astype(np.int64), found.col.astype(np.int64), found.data)
    weight = rng.random(600) + 0.5
    model = AdditiveClassifier(C=0.1, n_measures=3 if wording else None).fit(fit_on, y, sample_weight=weight)
    drawn = drawn_refits(model, fit_on, y, np.arange(600) // 10, weight, draws=5, seed=0)
    arrays = model.to_arrays(drawn)
    got = arrays.predict(new, cells)
    assert np.allclose(got.probability, model.predict_proba(asked)[:, 1], rtol=0, atol=1e-9)
    assert np.allclose(got.log_odds, model.log_odds(asked), rtol=0, atol=1e-9)
    assert (got.low <= got.probability).all() and (got.probability <= got.high).all()
    assert (got.low < got.high).any()
    total = got.base + got.contributions.sum(axis=1)
    if cells is not None:
        total = total + np.bincount(cells.row, got.cells, minlength=40)
    assert np.allclose(total, got.log_odds, rtol=0, atol=1e-12)


def test_an_undefined_measure_adds_nothing_and_curves_add_nothing_on_average():
    X, y = data()
    arrays = AdditiveClassifier(C=1.0).fit(X, y).to_arrays()
    assert arrays.predict(np.full((1, 3), np.nan)).contributions.tolist() == [[0.0, 0.0, 0.0]]
    got = arrays.predict(X).contributions
    assert np.abs(np.where(np.isnan(X), 0, got).mean(axis=0)).max() < 1e-9


def test_a_row_scores_the_same_alone_and_among_others():
    X, y = data()
    model = AdditiveClassifier().fit(X, y)
    arrays = model.to_arrays(drawn_refits(model, X, y, np.arange(600), np.ones(600), draws=3, seed=0))
    every = arrays.predict(X)
    for i in (0, 17, 599):
        one = arrays.predict(X[i : i + 1])
        assert one.probability[0] == every.probability[i]
        assert (one.low[0], one.high[0]) == (every.low[i], every.high[i])


def test_the_same_data_give_the_same_bytes():
    X, y = data()
    one, two = (AdditiveClassifier().fit(X, y).to_arrays() for _ in range(2))
    assert all(
        a.tobytes() == b.tobytes() for a, b in zip(one.arrays().values(), two.arrays().values(), strict=True)
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("knots", np.array([[1.0, 0.0]])),
        ("curves", np.array([[np.nan, 0.0]])),
        ("calibration", np.array([-1.0, 0.0])),
        ("intercept", np.zeros(2)),
        ("drawn_curves", np.zeros((2, 1, 2))),
        ("weights", np.zeros((1, 1))),
    ],
)
def test_damaged_arrays_are_refused(name, value):
    arrays = {
        "knots": np.array([[0.0, 1.0]]),
        "curves": np.zeros((1, 2)),
        "intercept": np.zeros(1),
        "calibration": np.array([1.0, 0.0]),
        "drawn_curves": np.zeros((0, 1, 2)),
        "drawn_intercepts": np.zeros(0),
    }
    AdditiveModel(**arrays)
    with pytest.raises(ModelError, match="damaged"):
        AdditiveModel(**(arrays | {name: value}))
