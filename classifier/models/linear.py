"""The default model as plain arrays: scoring needs numpy and nothing else, and nothing in the file can run.

It computes exactly what the scikit-learn estimators in `classifier.models.estimator` compute (a test holds
the two equal to 1e-9): scale each measure, let an undefined one add nothing, add up, and turn the sum into a
calibrated probability.
"""

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelError
from classifier.models.additive import calibrated

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Arrays of a fitted model over m measures; see `classifier.models.estimator` for how each is learned.

    ModelError where an array has another type or shape, is not finite, or makes no sense.
    """

    low: Floats  # (m,) values are clipped to low..high before scaling
    high: Floats  # (m,)
    center: Floats  # (m,)
    scale: Floats  # (m,) above 0
    coef: Floats  # (m,) weight of each scaled measure
    intercept: Floats  # (1,)
    calibration: Floats  # (2,) a >= 0 and b: probability = 1 / (1 + exp(-(a * log-odds + b)))
    drawn: Floats  # (k, m + 1) coef and intercept of refits on drawn publishers, for the interval; k may be 0

    def __post_init__(self) -> None:
        m = np.size(self.coef)
        shapes = {"calibration": (2,), "intercept": (1,), "drawn": (len(np.atleast_1d(self.drawn)), m + 1)}
        for field in fields(self):
            value = getattr(self, field.name)
            if (
                not isinstance(value, np.ndarray)
                or value.dtype != np.float64
                or value.shape != shapes.get(field.name, (m,))
                or not np.isfinite(value).all()
            ):
                raise _damaged(field.name)
        sensible = {
            "scale": (self.scale > 0).all(),
            "high": (self.high >= self.low).all(),
            "calibration": self.calibration[0] >= 0,
        }
        for name, fine in sensible.items():
            if not fine:
                raise _damaged(name)

    def arrays(self) -> dict[str, Floats]:
        """Name -> array, in a fixed order."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def predict(self, X: Floats) -> "Prediction":
        """Score measures (n, m), nan for undefined. A row scores the same alone and among others."""
        z = (np.clip(X, self.low, self.high) - self.center) / self.scale
        z = np.where(np.isnan(X), 0.0, z)
        contributions = z * self.coef
        probability = calibrated(self.calibration, contributions.sum(axis=1) + self.intercept[0])
        low = high = probability
        if len(self.drawn):
            # A matrix product would round differently for one row than for many.
            drawn = (z[:, None, :] * self.drawn[None, :, :-1]).sum(axis=2) + self.drawn[:, -1]
            low, high = np.percentile(calibrated(self.calibration, drawn), [2.5, 97.5], axis=1)
        return Prediction(
            probability,
            np.minimum(low, probability),
            np.maximum(high, probability),
            contributions,
            float(self.intercept[0]),
        )


class Prediction(NamedTuple):
    """Scores of n articles. `base` plus an article's contributions is its log-odds before calibration."""

    probability: Floats  # (n,) in [0, 1]
    low: Floats  # (n,) 95 % interval over drawn training publishers; holds the probability
    high: Floats
    contributions: Floats  # (n, m)
    base: float


def _damaged(name: str) -> ModelError:
    return ModelError(f"the model's array {name!r} is damaged; get the model again")
