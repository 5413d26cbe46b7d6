"""The scikit-learn side of the default model: what is fitted, and how it becomes plain arrays."""

from numbers import Integral
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin, OneToOneFeatureMixin, TransformerMixin, clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import check_cv
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from classifier.models.linear import LinearModel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
TAILS = (1.0, 99.0)  # percentiles to which values are clipped


class MissingAwareScaler(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Scale columns to mean 0 and variance 1, nan aside; nan becomes 0, the mean, and so says nothing.

    Values are clipped to the 1st and 99th percentile seen in `fit` first, so that one strange article does
    not set the scale. There is no indicator of nan on purpose: what is undefined (quotation marks destroyed,
    say) tells how a corpus was made, not how an article is written. (n, m) -> (n, m).

    Attributes
    ----------
    low_, high_, center_, scale_ : float64 arrays of shape (m,)
        `scale_` is 1 where a column does not vary.

    Notes
    -----
    Without nan and clipping the same as `sklearn.preprocessing.StandardScaler`.

    Examples
    --------
    >>> from classifier.models.estimator import MissingAwareScaler
    >>> MissingAwareScaler().fit_transform([[0.0], [float("nan")], [0.0]]).tolist()
    [[0.0], [0.0], [0.0]]
    """

    def fit(self, X: ArrayLike, y: Any = None) -> Self:
        """Learn the tails, means and deviations of the columns."""
        del y
        data = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan")
        filled = np.where(np.isnan(data).all(axis=0), 0.0, data)
        self.low_, self.high_ = np.nanpercentile(filled, TAILS, axis=0)
        clipped = np.clip(filled, self.low_, self.high_)
        self.center_ = np.nanmean(clipped, axis=0)
        deviation = np.nanstd(clipped, axis=0)
        # The deviation alone does not tell: over equal values the mean may be off by a rounding error.
        self.scale_ = np.where((self.high_ > self.low_) & (deviation > 0), deviation, 1.0)
        return self

    def transform(self, X: ArrayLike) -> Floats:
        """Scaled columns, shape (n, m)."""
        check_is_fitted(self)
        data = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        z = (np.clip(data, self.low_, self.high_) - self.center_) / self.scale_
        return np.where(np.isnan(data), 0.0, z)

    def __sklearn_tags__(self) -> Any:
        """Undefined values are welcome."""
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


class SignalClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Logistic regression over measures, calibrated on articles it was not fitted on.

    Like ``CalibratedClassifierCV(make_pipeline(MissingAwareScaler(), LogisticRegression(C=C)),
    method="sigmoid", ensemble=False, cv=folds)`` (Platt 1999), with two differences. `sample_weight` is for
    the regression alone: weights that balance corpora would falsify the share of positives, which the
    calibration must see as it is. And a model that ranks unseen articles no better than chance gives everyone
    the share of positives, instead of having its sign turned, which would make every reason say the opposite
    of what it does.

    Parameters
    ----------
    C : float, default=0.1
        Inverse strength of the L2 penalty.
    folds : int, scikit-learn splitter, or list of (train, test) index arrays, default=5
        Folds for the calibration; give publisher folds (a splitter by groups, and `groups` in `fit`), since random
        ones make the probability too sure.

    Attributes
    ----------
    regression_ : Pipeline
        Scaler and regression, fitted on everything.
    calibration_ : float64 array of shape (2,)
        a >= 0 and b; the calibrated log-odds are a * log-odds + b.
    classes_ : array of shape (2,)
    """

    def __init__(self, C: float = 0.1, folds: Any = 5) -> None:
        self.C = C
        self.folds = folds

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        groups: ArrayLike | None = None,
    ) -> Self:
        """Fit on measures (n, m), nan for undefined, and two classes; `sample_weight` (n,).

        groups: (n,), publishers say, for `folds` that keep groups together.
        """
        data, target = validate_data(self, X, y, dtype=np.float64, ensure_all_finite="allow-nan")
        check_classification_targets(target)
        self.classes_, codes = np.unique(target, return_inverse=True)
        if len(self.classes_) != 2:
            raise ValueError(
                "Only binary classification is supported."
                f" The target has {len(self.classes_)} class(es), not 2; give articles of two labels."
            )
        weight = _check_sample_weight(sample_weight, data)
        folds = self.folds
        if isinstance(folds, Integral):
            fewest = int(np.bincount(codes).min())
            if fewest < 2:
                raise ValueError(
                    "The calibration needs 2 samples of each class; there is a class with 1 sample."
                )
            folds = min(int(folds), fewest)
        unseen = np.full(len(codes), np.nan)
        for train, test in check_cv(folds, codes, classifier=True).split(data, codes, groups):
            fitted = self._regression(data[train], codes[train], weight[train])
            unseen[test] = fitted.decision_function(data[test])
        known = ~np.isnan(unseen)
        self.calibration_ = platt(unseen[known], codes[known])
        self.regression_ = self._regression(data, codes, weight)
        return self

    def _regression(self, X: Floats, y: Ints, weight: Floats) -> Pipeline:
        # Fitted apart, since how a pipeline takes weights depends on whether metadata routing is on.
        scaler = MissingAwareScaler().fit(X)
        regression = _logistic(self.C)
        regression.fit(scaler.transform(X), y, sample_weight=weight)
        return make_pipeline(scaler, regression)

    def decision_function(self, X: ArrayLike) -> Floats:
        """Calibrated log-odds of the second class, shape (n,); those before are ``regression_``'s."""
        check_is_fitted(self)
        data = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        a, b = self.calibration_
        result: Floats = a * self.regression_.decision_function(data) + b
        return result

    def predict_proba(self, X: ArrayLike) -> Floats:
        """Calibrated probabilities, shape (n, 2)."""
        log_odds = self.decision_function(X)
        return np.column_stack([expit(-log_odds), expit(log_odds)])

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The likelier class of each row."""
        log_odds = self.decision_function(X)
        chosen: NDArray[Any] = self.classes_[(log_odds > 0).astype(int)]
        return chosen

    def __sklearn_tags__(self) -> Any:
        """Undefined values are welcome; two classes only."""
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.classifier_tags.multi_class = False
        return tags

    def to_linear(self, drawn: Floats | None = None) -> LinearModel:
        """The fitted model as plain arrays; `drawn` as in `LinearModel`, none by default."""
        check_is_fitted(self)
        scaler, regression = self.regression_[0], self.regression_[-1]
        return LinearModel(
            low=scaler.low_,
            high=scaler.high_,
            center=scaler.center_,
            scale=scaler.scale_,
            coef=regression.coef_[0].astype(np.float64),
            intercept=regression.intercept_.astype(np.float64),
            calibration=self.calibration_,
            drawn=np.empty((0, len(scaler.center_) + 1)) if drawn is None else drawn,
        )


def drawn_weights(
    model: SignalClassifier, X: Floats, y: Ints, groups: Ints, weight: Floats, *, draws: int, seed: int
) -> Floats:
    """Refit the regression on publishers drawn with replacement; (draws, m + 1) weights and intercepts.

    X: (n, m). y: (n,), both labels. groups: (n,), articles that are drawn together. weight: (n,).
    The spread of the scores they give is what the probability's interval shows: how much it hangs on which
    publishers happened to be in the training data (the cluster bootstrap of Field and Welsh 2007).
    """
    fitted = model.regression_
    design = fitted[0].transform(X)
    _, member = np.unique(groups, return_inverse=True)
    n_groups = int(member.max()) + 1
    rng = np.random.default_rng(seed)
    result: list[Floats] = []
    while len(result) < draws:
        times = np.bincount(rng.integers(n_groups, size=n_groups), minlength=n_groups)
        w = weight * times[member]
        chosen = w > 0
        if len(np.unique(y[chosen])) < 2:
            continue
        refit = clone(fitted[-1])
        refit.fit(design[chosen], y[chosen], sample_weight=w[chosen])
        result.append(np.concatenate([refit.coef_[0], refit.intercept_]))
    return np.array(result).reshape(draws, design.shape[1] + 1)


def _logistic(C: float) -> LogisticRegression:
    # Newton steps: for tens of columns faster than the default and exact to the last digits, so that the same
    # data give the same bytes.
    return LogisticRegression(C=C, solver="newton-cholesky", tol=1e-8)


def platt(log_odds: Floats, y: Ints) -> Floats:
    """a >= 0 and b of Platt's sigmoid (1999); his targets, short of 0 and 1, keep scores from 0 and 1."""
    positive = int(y.sum())
    negative = len(y) - positive
    target = np.where(y == 1, (positive + 1) / (positive + 2), 1 / (negative + 2))
    both = np.tile(log_odds, 2)[:, None]
    sides = np.repeat([1, 0], len(y))
    if np.ptp(log_odds) > 0:
        sigmoid = _logistic(np.inf)
        sigmoid.fit(both, sides, sample_weight=np.concatenate([target, 1 - target]))
        if sigmoid.coef_[0, 0] > 0:
            return np.array([sigmoid.coef_[0, 0], sigmoid.intercept_[0]])
    share = target.mean()
    return np.array([0.0, np.log(share / (1 - share))])
