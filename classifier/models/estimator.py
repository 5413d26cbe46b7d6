"""The scikit-learn side of the default model: what is fitted, and how it becomes plain arrays."""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin, clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from classifier.models.linear import LinearModel

Floats = NDArray[np.float64]
TAILS = (1.0, 99.0)  # percentiles to which values are clipped
TOLERANCE = 1e-8


class MissingAwareScaler(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Scale columns to mean 0 and variance 1, nan aside; nan becomes 0, the mean, and so says nothing.

    Values are clipped to the 1st and 99th percentile seen in `fit` first, so that one strange article does not
    set the scale. There is no indicator of nan on purpose: what is undefined (quotation marks destroyed, say) tells
    how a corpus was made, not how an article is written. (n, m) -> (n, m).

    Attributes
    ----------
    low_, high_, center_, scale_ : float64 arrays of shape (m,)
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
        self.scale_ = np.where(deviation > 1e-12, deviation, 1.0)
        return self

    def transform(self, X: ArrayLike) -> Floats:
        """Scaled columns, shape (n, m)."""
        check_is_fitted(self)
        data = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        z = (np.clip(data, self.low_, self.high_) - self.center_) / self.scale_
        return np.where(np.isnan(data), 0.0, z)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """The names of the columns stay."""
        check_is_fitted(self)
        names = getattr(self, "feature_names_in_", None) if input_features is None else input_features
        if names is None:
            names = [f"x{i}" for i in range(self.n_features_in_)]
        return np.array([*names], dtype=object)

    def __sklearn_tags__(self) -> Any:
        """Undefined values are welcome."""
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


class SignalClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Logistic regression over measures, calibrated on articles it was not fitted on.

    Like ``CalibratedClassifierCV(make_pipeline(MissingAwareScaler(), LogisticRegression(C=C)), method="sigmoid",
    ensemble=False, cv=folds)`` (Platt 1999), but `sample_weight` is for the regression alone: weights that balance
    corpora would falsify the share of positives, which the calibration must see as it is.

    Parameters
    ----------
    C : float, default=0.1
        Inverse strength of the L2 penalty.
    folds : list of (train, test) index arrays, or int, default=5
        Folds for the calibration; give publisher folds, since random ones make the probability too sure.

    Attributes
    ----------
    regression_ : Pipeline
        Scaler and regression, fitted on everything.
    calibration_ : LogisticRegression
        Of the class on the log-odds that models of the folds gave to articles they had not seen.
    classes_ : array of shape (2,)
    """

    def __init__(self, C: float = 0.1, folds: Any = 5) -> None:
        self.C = C
        self.folds = folds

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Fit on measures (n, m), nan for undefined, and two classes; `sample_weight` (n,) for the regression."""
        data, target = validate_data(self, X, y, dtype=np.float64, ensure_all_finite="allow-nan")
        check_classification_targets(target)
        self.classes_, codes = np.unique(target, return_inverse=True)
        if len(self.classes_) != 2:
            raise ValueError(
                f"Only binary classification is supported. The target has {len(self.classes_)} class(es), not 2."
            )
        weight = _check_sample_weight(sample_weight, data)
        splits = self.folds
        if isinstance(splits, int):
            fewest = int(np.bincount(codes).min())
            if fewest < 2:
                raise ValueError("The calibration needs 2 samples of each class; there is a class with 1 sample.")
            splits = StratifiedKFold(min(splits, fewest)).split(data, codes)
        unseen = np.full(len(codes), np.nan)
        for train, test in splits:
            unseen[test] = self._regression(data[train], codes[train], weight[train]).decision_function(data[test])
        known = ~np.isnan(unseen)
        self.regression_ = self._regression(data, codes, weight)
        self.calibration_ = LogisticRegression(C=1e6, tol=TOLERANCE, max_iter=2000).fit(unseen[known, None], codes[known])
        return self

    def _regression(self, X: Floats, y: NDArray[Any], weight: Floats) -> Pipeline:
        # To a tight tolerance, so that the same data give the same bytes.
        steps = make_pipeline(MissingAwareScaler(), LogisticRegression(C=self.C, tol=TOLERANCE, max_iter=2000))
        return steps.fit(X, y, logisticregression__sample_weight=weight)

    def decision_function(self, X: ArrayLike) -> Floats:
        """Log-odds before calibration, shape (n,)."""
        check_is_fitted(self)
        data = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        result: Floats = self.regression_.decision_function(data)
        return result

    def predict_proba(self, X: ArrayLike) -> Floats:
        """Calibrated probabilities, shape (n, 2)."""
        log_odds = self.decision_function(X)
        result: Floats = self.calibration_.predict_proba(log_odds[:, None])
        return result

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The likelier class of each row."""
        chosen: NDArray[Any] = self.classes_[(self.predict_proba(X)[:, 1] > 0.5).astype(int)]
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
            calibration=np.array([self.calibration_.coef_[0, 0], self.calibration_.intercept_[0]], np.float64),
            drawn=np.empty((0, len(scaler.center_) + 1)) if drawn is None else drawn,
        )


def drawn_weights(
    model: SignalClassifier, X: Floats, y: NDArray[np.int64], groups: NDArray[np.int64], weight: Floats, *, draws: int, seed: int
) -> Floats:
    """Refit the regression on publishers drawn with replacement; (draws, m + 1) weights and intercepts.

    The spread of the scores they give is what the probability's interval shows: how much it hangs on which
    publishers happened to be in the training data.
    """
    fitted = model.regression_
    design = fitted[0].transform(X)
    _, member = np.unique(groups, return_inverse=True)
    rng = np.random.default_rng(seed)
    result = []
    while len(result) < draws:
        times = np.bincount(rng.integers(member.max() + 1, size=member.max() + 1), minlength=member.max() + 1)
        w = weight * times[member]
        if len(np.unique(y[w > 0])) < 2:
            continue
        refit = clone(fitted[-1]).set_params(tol=1e-5).fit(design[w > 0], y[w > 0], sample_weight=w[w > 0])
        result.append(np.concatenate([refit.coef_[0], refit.intercept_]))
    return np.array(result).reshape(draws, design.shape[1] + 1)
