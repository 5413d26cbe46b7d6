"""The default model as plain arrays: scoring needs numpy and nothing else, and nothing in the file can run.

It computes exactly what the scikit-learn estimators in `classifier.models.estimator` compute (a test holds the two
equal to 1e-9): scale each measure, let an undefined one add nothing, add up, and turn the sum into a calibrated
probability.
"""

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Arrays of a fitted model over m measures; see `classifier.models.estimator` for how each is learned."""

    low: Floats  # (m,) values are clipped to low..high before scaling
    high: Floats  # (m,)
    center: Floats  # (m,)
    scale: Floats  # (m,)
    coef: Floats  # (m,) weight of each scaled measure
    intercept: Floats  # (1,)
    calibration: Floats  # (2,) a, b: probability = 1 / (1 + exp(-(a * log-odds + b)))
    drawn: Floats  # (k, m + 1) coef and intercept of refits on drawn publishers, for the interval

    def __post_init__(self) -> None:
        m = len(self.coef)
        shapes = {"calibration": (2,), "intercept": (1,), "drawn": (len(self.drawn), m + 1)}
        for field in fields(self):
            value = getattr(self, field.name)
            if value.dtype != np.float64 or value.shape != shapes.get(field.name, (m,)) or not np.isfinite(value).all():
                raise ModelError(f"the model's array {field.name!r} is damaged; get the model again")

    def arrays(self) -> dict[str, Floats]:
        """Name -> array, in a fixed order."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def predict(self, X: Floats) -> "Prediction":
        """Score a matrix of measures (n, m), nan for undefined."""
        z = (np.clip(X, self.low, self.high) - self.center) / self.scale
        z = np.where(np.isnan(X), 0.0, z)
        contributions = z * self.coef
        log_odds = contributions.sum(axis=1) + self.intercept[0]
        probability = self._calibrated(log_odds)
        drawn = self._calibrated(z @ self.drawn[:, :-1].T + self.drawn[:, -1])  # (n, k)
        low, high = np.percentile(drawn, [2.5, 97.5], axis=1) if drawn.shape[1] else (probability, probability)
        return Prediction(
            probability, np.minimum(low, probability), np.maximum(high, probability), contributions, float(self.intercept[0])
        )

    def _calibrated(self, log_odds: Floats) -> Floats:
        a, b = self.calibration
        value = a * log_odds + b
        small = np.exp(-np.abs(value))  # never overflows
        result: Floats = np.where(value >= 0, 1.0, small) / (1.0 + small)
        return result


class Prediction(NamedTuple):
    """Scores of n articles. `base` plus an article's contributions is its log-odds before calibration."""

    probability: Floats  # (n,) in [0, 1]
    low: Floats  # (n,) 95 % interval over drawn training publishers; holds the probability
    high: Floats
    contributions: Floats  # (n, m)
    base: float
