"""What our classifiers share: probabilities that were calibrated on articles the regression had not seen."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from numbers import Integral
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import check_cv
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class CalibratedClassifier(ClassifierMixin, BaseEstimator, ABC):  # type: ignore[misc]
    """A regression over measures, nan for undefined, whose log-odds Platt's sigmoid (1999) makes probabilities.

    Like ``CalibratedClassifierCV(regression, method="sigmoid", ensemble=False, cv=folds)`` with two differences.
    `sample_weight` is for the regression alone: weights that balance corpora or publishers would falsify the share of
    positives, which the calibration must see as it is. And a model that ranks unseen articles no better than chance
    gives everyone the share of positives, instead of having its sign turned, which would make every reason say the
    opposite of what it does.

    A subclass has a parameter `folds`, learns in `_learn` and says log-odds in `_log_odds`.
    """

    folds: Any
    _sparse = False  # whether X may be sparse

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
        data, target = validate_data(
            self, X, y, dtype=np.float64, ensure_all_finite="allow-nan", accept_sparse=self._accepted()
        )
        check_classification_targets(target)
        self.classes_, codes = np.unique(target, return_inverse=True)
        if len(self.classes_) != 2:
            raise ValueError(
                "Only binary classification is supported."
                f" The target has {len(self.classes_)} class(es), not 2; give articles of two labels."
            )
        weight = _check_sample_weight(sample_weight, data)
        self.calibration_ = np.array([1.0, 0.0])
        if self.folds is not None:
            unseen = np.full(len(codes), np.nan)
            for train, test in check_cv(self._folds(codes), codes, classifier=True).split(
                data, codes, groups
            ):
                self._learn(data[train], codes[train], weight[train])
                unseen[test] = self._log_odds(data[test])
            known = ~np.isnan(unseen)
            self.calibration_ = platt(unseen[known], codes[known])
        self._learn(data, codes, weight)
        return self

    def calibrate(self, unseen: ArrayLike, y: ArrayLike) -> Self:
        """Calibrate on log-odds (n,) that models fitted alike gave to articles they had not seen; y: (n,) of them.

        For whoever has these log-odds already, so that `folds` may be None. nan is left out.
        """
        check_is_fitted(self)
        log_odds, target = np.asarray(unseen, np.float64), np.asarray(y)
        known = ~np.isnan(log_odds)
        self.calibration_ = platt(log_odds[known], (target[known] == self.classes_[1]).astype(np.int64))
        return self

    @abstractmethod
    def _learn(self, data: Any, y: Ints, weight: Floats) -> None:
        """Fit the regression on checked data."""

    @abstractmethod
    def _log_odds(self, data: Any) -> Floats:
        """Log-odds of the second class before calibration, on checked data."""

    def _folds(self, codes: Ints) -> Any:
        if not isinstance(self.folds, Integral):
            return self.folds
        fewest = int(np.bincount(codes).min())
        if fewest < 2:
            raise ValueError("The calibration needs 2 samples of each class; there is a class with 1 sample.")
        return min(int(self.folds), fewest)

    def _accepted(self) -> Any:
        return "csr" if self._sparse else False

    def log_odds(self, X: ArrayLike) -> Floats:
        """Log-odds of the second class before calibration, shape (n,)."""
        check_is_fitted(self)
        return self._log_odds(
            validate_data(
                self,
                X,
                dtype=np.float64,
                ensure_all_finite="allow-nan",
                accept_sparse=self._accepted(),
                reset=False,
            )
        )

    def decision_function(self, X: ArrayLike) -> Floats:
        """Calibrated log-odds of the second class, shape (n,); see `log_odds` for those before."""
        log_odds = self.log_odds(X)
        a, b = self.calibration_
        result: Floats = a * log_odds + b
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
        tags.input_tags.sparse = self._sparse
        tags.classifier_tags.multi_class = False
        return tags


def drawn_publishers(groups: Ints, y: Ints, weight: Floats, *, draws: int, seed: int) -> Iterator[Floats]:
    """Weights (n,) of the articles when publishers are drawn with replacement, `draws` times, 0 where not drawn.

    groups: (n,), articles that are drawn together. y: (n,), both labels; a draw of one label is drawn again. weight:
    (n,). The cluster bootstrap of Field and Welsh (2007).
    """
    _, member = np.unique(groups, return_inverse=True)
    n_groups = int(member.max()) + 1
    rng = np.random.default_rng(seed)
    while draws:
        times = np.bincount(rng.integers(n_groups, size=n_groups), minlength=n_groups)
        drawn = weight * times[member]
        if len(np.unique(y[drawn > 0])) == 2:
            draws -= 1
            yield drawn


def platt(log_odds: Floats, y: Ints) -> Floats:
    """a >= 0 and b of Platt's sigmoid (1999); his targets, short of 0 and 1, keep scores from 0 and 1.

    log_odds: (n,), of articles the regression has not seen. y: (n,), 0 or 1. a is 0 where they rank no better than
    chance.
    """
    positive = int(y.sum())
    negative = len(y) - positive
    target = np.where(y == 1, (positive + 1) / (positive + 2), 1 / (negative + 2))
    both = np.tile(log_odds, 2)[:, None]
    sides = np.repeat([1, 0], len(y))
    if np.ptp(log_odds) > 0:
        sigmoid = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-8)
        sigmoid.fit(both, sides, sample_weight=np.concatenate([target, 1 - target]))
        if sigmoid.coef_[0, 0] > 0:
            return np.array([sigmoid.coef_[0, 0], sigmoid.intercept_[0]])
    share = target.mean()
    return np.array([0.0, np.log(share / (1 - share))])
