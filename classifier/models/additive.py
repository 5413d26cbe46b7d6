"""An additive model as plain arrays: scoring needs numpy and nothing else, and nothing in the file can run.

It computes exactly what the scikit-learn estimator in `classifier.models.curves` computes (a test holds the two
equal to 1e-9): read each measure off its curve, let an undefined one add nothing, add the weights of the masked
wording where the model has any, and turn the sum into a calibrated probability.
"""

from dataclasses import dataclass, field, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SURE = 1.96  # standard deviations on either side: 95 % of a normal distribution


class Cells(NamedTuple):
    """The cells of a sparse matrix (n, f) that are not 0, sorted by row; shape (n_cells,) each."""

    row: Ints
    column: Ints
    value: Floats


def _none(*shape: int) -> Floats:
    return np.zeros(shape)


@dataclass(frozen=True, slots=True)
class AdditiveModel:
    """Arrays of a fitted model over m measures and f columns of wording (0: none).

    ModelError where an array has another type or shape, is not finite, or makes no sense.
    """

    knots: Floats  # (m, k) ascending; between two knots a curve is a straight line, beyond the last ones flat
    curves: Floats  # (m, k) log-odds at the knots
    intercept: Floats  # (1,)
    calibration: Floats  # (2,) a >= 0 and b: probability = 1 / (1 + exp(-(a * log-odds + b)))
    drawn_curves: Floats  # (d, m, k) of refits on drawn publishers, for the interval; d may be 0
    drawn_intercepts: Floats  # (d,)
    weights: Floats = field(default_factory=lambda: _none(0))  # (f,) log-odds of a cell of value 1
    drawn_weights: Floats = field(default_factory=lambda: _none(0, 0))  # (d, f)

    def __post_init__(self) -> None:
        m, k = np.shape(self.knots) if np.ndim(self.knots) == 2 else (0, 0)
        d, f = np.size(self.drawn_intercepts), np.size(self.weights)
        shapes = {
            "knots": (m, k),
            "curves": (m, k),
            "intercept": (1,),
            "calibration": (2,),
            "drawn_curves": (d, m, k),
            "drawn_intercepts": (d,),
            "weights": (f,),
            "drawn_weights": (d if f else 0, f),
        }
        for name, shape in shapes.items():
            value = getattr(self, name)
            if (
                not isinstance(value, np.ndarray)
                or value.dtype != np.float64
                or value.shape != shape
                or not np.isfinite(value).all()
            ):
                raise _damaged(name)
        if (k == 0 and m > 0) or (np.diff(self.knots, axis=1) < 0).any():
            raise _damaged("knots")
        if self.calibration[0] < 0:
            raise _damaged("calibration")

    def arrays(self) -> dict[str, Floats]:
        """Name -> array, in a fixed order."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def predict(self, X: Floats, wording: Cells | None = None) -> "Prediction":
        """Score measures (n, m), nan for undefined, and wording. A row scores the same alone and among others."""
        place, share = self._places(X)
        defined = ~np.isnan(X)
        measures = np.arange(X.shape[1])

        def read(curves: Floats) -> Floats:
            left, right = curves[measures, place], curves[measures, place + 1]
            return np.where(defined, left + share * (right - left), 0.0)

        contributions = read(self._padded(self.curves))
        log_odds = contributions.sum(axis=1) + self.intercept[0]
        cells = np.zeros(0)
        if wording is not None:
            cells = wording.value * self.weights[wording.column]
            log_odds = log_odds + np.bincount(wording.row, cells, minlength=len(X))
        spread = np.zeros(len(X))
        if len(self.drawn_intercepts):
            drawn = np.stack([read(self._padded(curves)).sum(axis=1) for curves in self.drawn_curves])
            drawn += self.drawn_intercepts[:, None]
            if wording is not None:
                for row, weights in zip(drawn, self.drawn_weights, strict=True):
                    row += np.bincount(wording.row, wording.value * weights[wording.column], minlength=len(X))
            # Row by row: numpy adds the rows of many articles in another order than those of one.
            mean = sum(drawn) / len(drawn)
            spread = SURE * np.sqrt(sum((row - mean) ** 2 for row in drawn) / len(drawn))
        return Prediction(
            calibrated(self.calibration, log_odds),
            calibrated(self.calibration, log_odds - spread),
            calibrated(self.calibration, log_odds + spread),
            log_odds,
            contributions,
            cells,
            float(self.intercept[0]),
        )

    def _places(self, X: Floats) -> tuple[Ints, Floats]:
        """Of each value the knot at or before it, and how far it is to the next one, 0 to 1."""
        knots = self._padded(self.knots)
        value = np.clip(np.where(np.isnan(X), self.knots[:, 0], X), self.knots[:, 0], self.knots[:, -1])
        place = np.zeros(X.shape, np.int64)
        for one in self.knots.T[1:-1]:
            place += value >= one
        measures = np.arange(X.shape[1])
        left, right = knots[measures, place], knots[measures, place + 1]
        width = right - left
        share = np.divide(value - left, width, out=np.zeros(X.shape), where=width > 0)
        return place, share

    @staticmethod
    def _padded(curves: Floats) -> Floats:
        """With one knot more where there is one only, so that each knot but the last has a next one."""
        return curves if curves.shape[1] > 1 else np.repeat(curves, 2, axis=1)


def calibrated(calibration: Floats, log_odds: Floats) -> Floats:
    """Probabilities for log-odds before calibration; calibration: a and b of the sigmoid."""
    a, b = calibration
    value = a * log_odds + b
    small = np.exp(-np.abs(value))  # never overflows
    result: Floats = np.where(value >= 0, 1.0, small) / (1.0 + small)
    return result


class Prediction(NamedTuple):
    """Scores of n articles. `base`, its contributions and its cells add up to an article's log-odds."""

    probability: Floats  # (n,) in [0, 1]
    low: Floats  # (n,) 95 % interval over drawn training publishers; holds the probability
    high: Floats
    log_odds: Floats  # (n,) before calibration
    contributions: Floats  # (n, m)
    cells: Floats  # (n_cells,) what each cell of the wording adds; none without wording
    base: float


def _damaged(name: str) -> ModelError:
    return ModelError(f"the model's array {name!r} is damaged; get the model again")
