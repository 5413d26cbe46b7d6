"""The scikit-learn side of the default model: what is fitted, and how it becomes plain arrays."""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin, clone
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.utils.validation import check_is_fitted, validate_data

from classifier.models.calibrated import CalibratedClassifier, drawn_publishers
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


class SignalClassifier(CalibratedClassifier):
    """Logistic regression over measures, calibrated on articles it was not fitted on.

    ``make_pipeline(MissingAwareScaler(), LogisticRegression(C=C))``, calibrated as `CalibratedClassifier` says.

    Parameters
    ----------
    C : float, default=0.1
        Inverse strength of the L2 penalty.
    folds : int, scikit-learn splitter, list of (train, test) index arrays, or None, default=5
        Folds for the calibration; give publisher folds (a splitter by groups, and `groups` in `fit`), since random
        ones make the probability too sure. None: not calibrated.

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

    def _learn(self, data: Any, y: Ints, weight: Floats) -> None:
        # Fitted apart, since how a pipeline takes weights depends on whether metadata routing is on.
        scaler = MissingAwareScaler().fit(data)
        # Newton steps: for tens of columns faster than the default and exact to the last digits, so that the same
        # data give the same bytes.
        regression = LogisticRegression(C=self.C, solver="newton-cholesky", tol=1e-8)
        regression.fit(scaler.transform(data), y, sample_weight=weight)
        self.regression_ = make_pipeline(scaler, regression)

    def _log_odds(self, data: Any) -> Floats:
        result: Floats = self.regression_.decision_function(data)
        return result

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

    X: (n, m). y, groups and weight: (n,), see `drawn_publishers`. The spread of the scores they give is what the
    probability's interval shows: how much it hangs on which publishers happened to be in the training data.
    """
    fitted = model.regression_
    design = fitted[0].transform(X)
    result: list[Floats] = []
    for w in drawn_publishers(groups, y, weight, draws=draws, seed=seed):
        chosen = w > 0
        refit = clone(fitted[-1])
        refit.fit(design[chosen], y[chosen], sample_weight=w[chosen])
        result.append(np.concatenate([refit.coef_[0], refit.intercept_]))
    return np.array(result).reshape(draws, design.shape[1] + 1)
