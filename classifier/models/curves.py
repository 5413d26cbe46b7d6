"""A curve over each measure, added up: what is fitted, and how it becomes plain arrays. See docs/decisions/0013."""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted, validate_data

from classifier.models.additive import AdditiveModel
from classifier.models.calibrated import CalibratedClassifier, drawn_publishers

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
TOLERANCE = 1e-6  # far below what moves a score: the same data give the same bytes
REFIT_TOLERANCE = 1e-4  # of refits that are only spread
TAILS = (1.0, 99.0)  # percentiles between which a curve bends; beyond them it is flat


class CurveBasis(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Each measure as its nearness to some knots, so that a linear model draws a curve over it.

    A value between two knots is a share of each, as in a piecewise linear spline (de Boor 1978); beyond the outermost
    knots it belongs to the outermost. nan becomes the mean of the training articles, and so says nothing: there is no
    indicator of nan on purpose, since what is undefined (quotation marks destroyed, say) tells how a corpus was made,
    not how an article is written. (n, m) -> (n, k_1 + ... + k_m), each row of each measure adding up to 1.

    Parameters
    ----------
    n_knots : int, default=6
        Knots of a measure, at equally spaced percentiles from the 1st to the 99th; equal ones are one knot.

    Attributes
    ----------
    knots_ : list of float64 arrays
        The knots of each measure, ascending; a single one where it does not vary.
    mean_ : float64 array of shape (k_1 + ... + k_m,)
        Mean of each output column over the articles where the measure is defined.

    Examples
    --------
    >>> from classifier.models.curves import CurveBasis
    >>> CurveBasis(n_knots=2).fit_transform([[0.0], [1.0], [float("nan")]]).round(2).tolist()
    [[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]]
    """

    def __init__(self, n_knots: int = 6) -> None:
        self.n_knots = n_knots

    def fit(self, X: ArrayLike, y: Any = None) -> Self:
        """Place the knots of the columns."""
        del y
        if self.n_knots < 2:
            raise ValueError(f"n_knots={self.n_knots} is no curve; give 2 or more.")
        data = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan")
        at = np.linspace(*TAILS, self.n_knots)
        self.knots_ = []
        for column in data.T:
            defined = column[~np.isnan(column)]
            self.knots_.append(np.unique(np.percentile(defined, at)) if len(defined) else np.zeros(1))
        placed = self._placed(data)
        known = np.repeat(~np.isnan(data), self._sizes(), axis=1)
        n = np.maximum(known.sum(axis=0), 1)
        self.mean_ = np.where(known, placed, 0.0).sum(axis=0) / n
        return self

    def transform(self, X: ArrayLike) -> Floats:
        """Shares of the knots, shape (n, k_1 + ... + k_m)."""
        check_is_fitted(self)
        data = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        known = np.repeat(~np.isnan(data), self._sizes(), axis=1)
        return np.where(known, self._placed(data), self.mean_)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """ "measure@knot" of each output column."""
        check_is_fitted(self)
        if input_features is None:
            input_features = getattr(self, "feature_names_in_", None)
        if input_features is None:
            input_features = [f"x{i}" for i in range(self.n_features_in_)]
        return np.array(
            [
                f"{name}@{knot:.4g}"
                for name, knots in zip(input_features, self.knots_, strict=True)
                for knot in knots.tolist()
            ],
            dtype=object,
        )

    def _sizes(self) -> list[int]:
        return [len(knots) for knots in self.knots_]

    def _placed(self, data: Floats) -> Floats:
        parts = []
        for column, knots in zip(data.T, self.knots_, strict=True):
            part = np.zeros((len(column), len(knots)))
            value = np.clip(np.where(np.isnan(column), knots[0], column), knots[0], knots[-1])
            if len(knots) == 1:
                part[:, 0] = 1.0
            else:
                place = np.clip(knots.searchsorted(value, "right") - 1, 0, len(knots) - 2)
                share = (value - knots[place]) / (knots[place + 1] - knots[place])
                rows = np.arange(len(column))
                part[rows, place] = 1 - share
                part[rows, place + 1] += share
            parts.append(part)
        return np.concatenate(parts, axis=1)

    def __sklearn_tags__(self) -> Any:
        """Undefined values are welcome."""
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


class AdditiveClassifier(CalibratedClassifier):
    """A curve over each measure, added up, and calibrated on articles it was not fitted on.

    A generalised additive model (Hastie and Tibshirani 1986): logistic regression with an L2 penalty over
    `CurveBasis`, and over further columns as they are (masked wording) if there are any. So every score is the sum of
    what each measure adds. Calibrated as `CalibratedClassifier` says.

    Parameters
    ----------
    C : float, default=0.003
        Inverse strength of the penalty on the curves.
    n_measures : int or None, default=None
        How many columns, from the first, are measures with a curve; None: all. The others are taken as they
        are, with an inverse penalty of 1; with them `X` may be sparse.
    n_knots : int, default=6
        See `CurveBasis`.
    folds : int, scikit-learn splitter, list of (train, test) index arrays, or None, default=5
        Folds for the calibration; give publisher folds, since random ones make the probability too sure. None: not
        calibrated.

    Attributes
    ----------
    basis_ : CurveBasis
    coef_ : float64 array of shape (n_knots in all + n_features - n_measures,)
        Log-odds of each column of the basis, then of the columns taken as they are.
    intercept_ : float
    calibration_ : float64 array of shape (2,)
        a >= 0 and b; the calibrated log-odds are a * log-odds + b.
    classes_ : array of shape (2,)
    """

    _sparse = True

    def __init__(
        self, C: float = 0.003, n_measures: int | None = None, n_knots: int = 6, folds: Any = 5
    ) -> None:
        self.C = C
        self.n_measures = n_measures
        self.n_knots = n_knots
        self.folds = folds

    def _learn(self, data: Any, y: Ints, weight: Floats) -> None:
        if self.n_measures is not None and not 1 <= self.n_measures <= data.shape[1]:
            raise ValueError(f"n_measures={self.n_measures} of {data.shape[1]} columns; give 1 or more.")
        self.basis_ = CurveBasis(self.n_knots).fit(self._measures(data))
        fitted = _regression(TOLERANCE).fit(self._design(data), y, sample_weight=weight)
        self.coef_ = fitted.coef_[0] * self._scales(fitted.coef_.shape[1])
        self.intercept_ = float(fitted.intercept_[0])

    def _measures(self, data: Any) -> Floats:
        chosen = data if self.n_measures is None else data[:, : self.n_measures]
        return chosen.toarray() if sparse.issparse(chosen) else np.asarray(chosen)

    def _scales(self, n_columns: int) -> Floats:
        """A column that is multiplied by s is penalised as with C * s * s."""
        scales = np.ones(n_columns)
        scales[: len(self.basis_.mean_)] = np.sqrt(self.C)
        return scales

    def _design(self, data: Any) -> Any:
        """The columns that the regression sees: the basis, scaled, then the others."""
        placed = sparse.csr_matrix(self.basis_.transform(self._measures(data)) * np.sqrt(self.C))
        if self.n_measures is None:
            return placed
        return sparse.hstack([placed, sparse.csr_matrix(data[:, self.n_measures :])], format="csr")

    def _log_odds(self, data: Any) -> Floats:
        design = self._design(data)
        result: Floats = design @ (self.coef_ / self._scales(design.shape[1])) + self.intercept_
        return result

    def to_arrays(self, drawn: tuple[Floats, Floats] | None = None) -> AdditiveModel:
        """The fitted model as plain arrays, each curve shifted so that it adds 0 on average.

        drawn: coefficients (d, n_columns) and intercepts (d,) of refits, from `drawn_refits`; none by default. Their
        curves are rounded to single precision, in which they are stored.
        """
        check_is_fitted(self)
        coef, intercept = np.empty((0, len(self.coef_))), np.empty(0)
        if drawn is not None:
            coef, intercept = drawn
        knots, curves, shift = self._curves(np.vstack([self.coef_[None], coef]))
        curves[1:] = curves[1:].astype(np.float32)
        n_basis = len(self.basis_.mean_)
        return AdditiveModel(
            knots=knots,
            curves=curves[0],
            intercept=np.array([self.intercept_ + shift[0]]),
            calibration=self.calibration_,
            drawn_curves=curves[1:],
            drawn_intercepts=intercept + shift[1:],
            weights=self.coef_[n_basis:],
            drawn_weights=coef[:, n_basis:] if len(self.coef_) > n_basis else np.zeros((0, 0)),
        )

    def _curves(self, coef: Floats) -> tuple[Floats, Floats, Floats]:
        """Knots (m, k), curves (r, m, k) and what their means add to the intercepts (r,), for r fits."""
        longest = max(len(knots) for knots in self.basis_.knots_)
        knots, curves, shift, first = [], [], np.zeros(len(coef)), 0
        for own in self.basis_.knots_:
            columns = np.minimum(np.arange(longest), len(own) - 1)  # the last knot as often as needed
            mean = coef[:, first : first + len(own)] @ self.basis_.mean_[first : first + len(own)]
            knots.append(own[columns])
            curves.append(coef[:, first + columns] - mean[:, None])
            shift += mean
            first += len(own)
        return np.array(knots), np.stack(curves, axis=1), shift


def drawn_refits(
    model: AdditiveClassifier, X: Any, y: Ints, groups: Ints, weight: Floats, *, draws: int, seed: int
) -> tuple[Floats, Floats]:
    """Refit the regression on publishers drawn with replacement; coefficients (draws, n_columns), intercepts.

    X: (n, n_features). y, groups and weight: (n,), see `drawn_publishers`. The spread of the scores they give is what
    the probability's interval shows. Rounded to single precision, in which they are to be stored.
    """
    design = model._design(X)
    scales = model._scales(design.shape[1])
    coef: list[Floats] = []
    intercepts: list[float] = []
    for w in drawn_publishers(groups, y, weight, draws=draws, seed=seed):
        chosen = w > 0
        refit = _regression(REFIT_TOLERANCE).set_params(warm_start=True)
        refit.coef_, refit.intercept_ = (model.coef_ / scales)[None], np.array([model.intercept_])
        refit.classes_ = np.array([0, 1])
        refit.fit(design[chosen], y[chosen], sample_weight=w[chosen])
        coef.append((refit.coef_[0] * scales).astype(np.float32).astype(np.float64))
        intercepts.append(float(refit.intercept_[0]))
    return np.array(coef).reshape(draws, design.shape[1]), np.array(intercepts)


def _regression(tolerance: float) -> LogisticRegression:
    return LogisticRegression(C=1.0, solver="lbfgs", tol=tolerance, max_iter=5000)
