"""How well probabilities agree with labels, from one sort however often the articles are reweighted."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray: TypeAlias = NDArray[np.float64]

BINS = 15
"""Bins of equal mass for calibration."""

ROC_POINTS = 100

_NEAR_ZERO = 1e-6
_FURTHEST_SHIFT = 30.0


class ReliabilityBin(NamedTuple):
    """One of 15 bins of equally many articles, by probability."""

    mean_probability: float
    share_positive: float
    n: int


class RiskCoverage(NamedTuple):
    """Error among the surest articles; both arrays have shape (k,), coverage ascending."""

    coverage: FloatArray
    """Share of all articles that are as sure or surer, 0 to 1."""
    error: FloatArray
    """Share of those on the wrong side of 0.5 (0.5 itself counts half), 0 to 1."""


class RocPoint(NamedTuple):
    """What is called positive from `threshold` on, as shares of the articles of each label, 0 to 1."""

    threshold: float
    """nan at the start, where nothing is called positive."""
    false_positive_rate: float
    true_positive_rate: float


@dataclass(frozen=True, slots=True)
class Tally:
    """Weight of positive and negative articles at each different probability; all that a metric needs.

    Metrics are nan where undefined: `brier`, `calibration_error` and `selective_error` without articles,
    `error_ratio` without an error, the others also without a positive or without a negative article.
    """

    value: FloatArray
    """Different probabilities, strictly ascending, shape (k,)."""
    positive: FloatArray
    negative: FloatArray
    sureness: NDArray[np.int64] | None = None
    """Rank of each value by its distance from 0.5, the furthest 0; None: not worked out yet."""

    def both_labels(self) -> bool:
        """Whether there are articles of both labels."""
        return bool(self.positive.sum() > 0 and self.negative.sum() > 0)

    def auroc(self) -> float:
        """Chance that a positive article is scored above a negative one, ties counting half.

        Hanley and McNeil 1982.
        """
        if not self.both_labels():
            return math.nan
        below = np.cumsum(self.negative) - self.negative / 2
        return float(self.positive @ below / (self.positive.sum() * self.negative.sum()))

    def balanced_accuracy(self) -> float:
        """Mean of the two labels' shares on the right side of 0.5; a probability of 0.5 counts half."""
        if not self.both_labels():
            return math.nan
        above = np.where(self.value == 0.5, 0.5, self.value > 0.5)
        hit = self.positive @ above / self.positive.sum()
        rejected = self.negative @ (1 - above) / self.negative.sum()
        return float((hit + rejected) / 2)

    def brier(self) -> float:
        """Mean squared error of the probability, 0 (best) to 1; 0.25 for always saying 0.5 (Brier 1950)."""
        mass = self.positive.sum() + self.negative.sum()
        if mass == 0:
            return math.nan
        return float((self.positive @ (1 - self.value) ** 2 + self.negative @ self.value**2) / mass)

    def bins(self) -> NDArray[np.int64]:
        """Bin (0 to 14) of each value: by the middle of its ranks, so equal probabilities share one."""
        mass = self.positive + self.negative
        middle = (np.cumsum(mass) - mass / 2) / mass.sum()
        bins: NDArray[np.int64] = np.minimum((middle * BINS).astype(np.int64), BINS - 1)
        return bins

    def gaps(self, bins: NDArray[np.int64] | None = None) -> FloatArray:
        """Expected minus actual positives of each bin, as shares of all articles, shape (15,); maybe nan.

        bins: the bin of each value, as from `bins` of another tally of the same values; None: this one's.
        """
        mass = self.positive + self.negative
        if mass.sum() == 0:
            return np.full(BINS, math.nan)
        of = self.bins() if bins is None else bins
        gap: FloatArray = np.bincount(of, mass * self.value - self.positive, BINS) / mass.sum()
        return gap

    def gaps_matched(self, bins: NDArray[np.int64] | None = None) -> FloatArray:
        """As `gaps`, after `prevalence_shift` (which changes no order, so no bin)."""
        if not self.both_labels():
            return np.full(BINS, math.nan)
        odds = _log_odds(self.value)
        moved = _logistic(odds + self._shift(odds))
        return Tally(moved, self.positive, self.negative).gaps(bins)

    def calibration_error(self) -> float:
        """Mean absolute gap between mean probability and share of positives over 15 equal-mass bins, 0 to 1.

        Each bin counts by its size. Nguyen and O'Connor 2015; even a perfect model shows more than 0.
        """
        return float(np.abs(self.gaps()).sum())

    def prevalence_shift(self) -> float:
        """Constant to add to all log-odds so that the mean probability is the share of positives.

        Probabilities are kept 1e-6 away from 0 and 1, the constant within -30 to 30.
        """
        return self._shift(_log_odds(self.value)) if self.both_labels() else math.nan

    def _shift(self, odds: FloatArray) -> float:
        """Newton's method, kept within bounds that close in."""
        mass = self.positive + self.negative
        share = mass / mass.sum()
        target = self.positive.sum() / mass.sum()
        low, high, shift = -_FURTHEST_SHIFT, _FURTHEST_SHIFT, 0.0
        for _ in range(100):
            moved = _logistic(odds + shift)
            surplus = float(share @ moved - target)
            low, high = (shift, high) if surplus < 0 else (low, shift)
            slope = float(share @ (moved * (1 - moved)))
            step = shift - surplus / slope if slope > 0 else math.inf
            following = step if low <= step <= high else (low + high) / 2
            if abs(following - shift) < 1e-13:
                break
            shift = following
        return shift

    def calibration_error_matched(self) -> float:
        """Calibration error after `prevalence_shift`: what is left once the share of positives is right."""
        return float(np.abs(self.gaps_matched()).sum())

    def average_precision(self) -> float:
        """Mean precision at the positives, surest first, without interpolation, 0 to 1."""
        if not self.both_labels():
            return math.nan
        hits = np.cumsum(self.positive[::-1])
        taken = np.cumsum((self.positive + self.negative)[::-1])
        precision = np.divide(hits, taken, out=np.zeros_like(hits), where=taken > 0)
        return float(self.positive[::-1] @ precision / hits[-1])

    def by_sureness(self) -> tuple[FloatArray, FloatArray]:
        """Articles answered and wrong answers among them as the least sure are taken in, each (k,).

        One entry for each different distance from 0.5, the furthest first; a probability of 0.5 is half wrong.
        """
        of = _sureness(self.value) if self.sureness is None else self.sureness
        mass = self.positive + self.negative
        wrong = np.where(self.value > 0.5, self.negative, self.positive)
        wrong = np.where(self.value == 0.5, mass / 2, wrong)
        return np.cumsum(np.bincount(of, mass)), np.cumsum(np.bincount(of, wrong))

    def selective_error(self, share: float = 1.0) -> float:
        """Share wrong among the surest `share` (above 0, at most 1) of the articles, 0 to 1.

        Where the border falls among equally sure articles, each of them counts by the part that is taken.
        El-Yaniv and Wiener 2010.
        """
        taken, missed = self.by_sureness()
        if not len(taken) or taken[-1] == 0:
            return math.nan
        most = share * taken[-1]
        return float(np.interp(most, np.append(0, taken), np.append(0, missed)) / most)

    def error_ratio(self) -> float:
        """`selective_error` of the surer half as a part of that of all: 1 where sureness tells nothing."""
        every = self.selective_error()
        return self.selective_error(0.5) / every if every > 0 else math.nan


Metric: TypeAlias = Callable[[Tally], float]


@dataclass(frozen=True, slots=True)
class Gaps:
    """A metric that is the sum of the absolute values of 15 gaps, which have signs and so can be averaged."""

    signed: Callable[[Tally, NDArray[np.int64] | None], FloatArray]
    """`Tally.gaps` or another one that takes the bins."""

    def __call__(self, counted: Tally) -> float:
        """The metric of a tally."""
        return float(np.abs(self.signed(counted, None)).sum())


METRICS: Mapping[str, Metric] = {
    "auroc": Tally.auroc,
    "balanced_accuracy": Tally.balanced_accuracy,
    "brier": Tally.brier,
    "calibration_error": Gaps(Tally.gaps),
    "calibration_error_matched": Gaps(Tally.gaps_matched),
    "average_precision": Tally.average_precision,
}
"""The metrics of a report, in the order it names them."""

SELECTIVE: Mapping[str, Metric] = {
    "error": Tally.selective_error,
    "error_at_half": lambda counted: counted.selective_error(0.5),
    "ratio": Tally.error_ratio,
}
"""What leaving the less sure half unanswered gains; shares of the scored articles."""


class Ranked:
    """Articles sorted once by probability, to be tallied under many weights or labels.

    p: shape (n,), 0 to 1, without nan.
    """

    __slots__ = ("_order", "_starts", "_sureness", "_value")

    def __init__(self, p: FloatArray) -> None:
        self._order = np.argsort(p, kind="stable")
        ordered = p[self._order]
        self._starts = np.flatnonzero(np.diff(ordered, prepend=-1.0))
        self._value = ordered[self._starts]
        self._sureness = _sureness(self._value)

    def tally(self, y: FloatArray, weights: FloatArray | None = None) -> Tally:
        """Tally of labels y (0 or 1) under `weights` (at least 0; None: 1 each), both of shape (n,)."""
        if not len(self._order):
            return Tally(self._value, self._value, self._value)
        weight = np.ones(len(y)) if weights is None else weights[self._order]
        positive = np.add.reduceat(weight * y[self._order], self._starts)
        negative = np.add.reduceat(weight, self._starts) - positive
        return Tally(self._value, positive, negative, self._sureness)


def tally(y: ArrayLike, p: ArrayLike, weights: ArrayLike | None = None) -> Tally:
    """Tally of labels y (0 or 1), probabilities p (0 to 1, no nan) and weights, all of shape (n,).

    Raises ValueError where shapes or ranges differ from that.
    """
    labels, probabilities = np.asarray(y, np.float64), np.asarray(p, np.float64)
    weight = None if weights is None else np.asarray(weights, np.float64)
    shapes = {array.shape for array in (labels, probabilities, weight) if array is not None}
    if labels.ndim != 1 or len(shapes) > 1:
        raise ValueError("labels, probabilities and weights must have one dimension and the same length")
    if not np.isin(labels, (0, 1)).all() or not ((probabilities >= 0) & (probabilities <= 1)).all():
        raise ValueError("labels must be 0 or 1 and probabilities lie between 0 and 1, without nan")
    return Ranked(probabilities).tally(labels, weight)


def auroc(y: ArrayLike, p: ArrayLike, weights: ArrayLike | None = None) -> float:
    """See `Tally.auroc`; arguments as `tally`."""
    return tally(y, p, weights).auroc()


def balanced_accuracy(y: ArrayLike, p: ArrayLike, weights: ArrayLike | None = None) -> float:
    """See `Tally.balanced_accuracy`; arguments as `tally`."""
    return tally(y, p, weights).balanced_accuracy()


def brier(y: ArrayLike, p: ArrayLike, weights: ArrayLike | None = None) -> float:
    """See `Tally.brier`; arguments as `tally`."""
    return tally(y, p, weights).brier()


def calibration_error(y: ArrayLike, p: ArrayLike, weights: ArrayLike | None = None) -> float:
    """See `Tally.calibration_error`; arguments as `tally`."""
    return tally(y, p, weights).calibration_error()


def calibration_error_matched(y: ArrayLike, p: ArrayLike, weights: ArrayLike | None = None) -> float:
    """See `Tally.calibration_error_matched`; arguments as `tally`."""
    return tally(y, p, weights).calibration_error_matched()


def average_precision(y: ArrayLike, p: ArrayLike, weights: ArrayLike | None = None) -> float:
    """See `Tally.average_precision`; arguments as `tally`."""
    return tally(y, p, weights).average_precision()


def calibration_by_chance(p: FloatArray, draws: int = 200, seed: int = 0) -> FloatArray:
    """Calibration errors of labels drawn from the probabilities themselves, shape (draws,), ascending.

    What a perfectly calibrated model shows in so few articles (consistency bars: Bröcker and Smith 2007).
    Labels are drawn one by one; where a publisher's articles share a label, chance alone shows more.
    """
    rng, ranked = np.random.default_rng(seed), Ranked(p)
    labels = ((rng.random(len(p)) < p).astype(np.float64) for _ in range(draws))
    return np.sort(np.array([ranked.tally(y).calibration_error() for y in labels]))


def reliability(y: ArrayLike, p: ArrayLike) -> tuple[ReliabilityBin, ...]:
    """The non-empty ones of 15 bins of equal mass, by ascending probability; arguments as `tally`."""
    counted = tally(y, p)
    if not len(counted.value):
        return ()
    mass, of = counted.positive + counted.negative, counted.bins()
    size, probability, positive = (
        np.bincount(of, weights, BINS) for weights in (mass, mass * counted.value, counted.positive)
    )
    return tuple(
        ReliabilityBin(float(probability[b] / size[b]), float(positive[b] / size[b]), int(size[b]))
        for b in np.flatnonzero(size)
    )


def risk_coverage(y: ArrayLike, p: ArrayLike, n_articles: int | None = None) -> RiskCoverage:
    """Error against coverage when the articles nearest to 0.5 are left unanswered first.

    El-Yaniv and Wiener 2010. y, p: as `tally`. n_articles: articles in all, abstained ones included (None:
    len(y)). One point for each different distance from 0.5.
    """
    taken, missed = tally(y, p).by_sureness()
    total = taken[-1] if n_articles is None and len(taken) else n_articles or 1
    return RiskCoverage(taken / total, missed / taken)


def roc(y: ArrayLike, p: ArrayLike, n_points: int = ROC_POINTS) -> tuple[RocPoint, ...]:
    """The receiver operating characteristic from (0, 0) to (1, 1); () where there is one label only.

    y, p: as `tally`. At most `n_points` of its points, evenly spread along the curve.
    """
    counted = tally(y, p)
    if not counted.both_labels():
        return ()
    threshold = np.append(math.nan, counted.value[::-1])
    false, true = (
        np.append(0, np.cumsum(of_label[::-1]) / of_label.sum())
        for of_label in (counted.negative, counted.positive)
    )
    along = np.linspace(0, 2, n_points)
    kept = np.unique(np.searchsorted(false + true, along - 1e-12).clip(0, len(true) - 1))
    return tuple(RocPoint(float(threshold[i]), float(false[i]), float(true[i])) for i in kept)


def _sureness(value: FloatArray) -> NDArray[np.int64]:
    # Rounded, because 0.3 and 0.7 are equally sure although their distances differ in the last bit.
    far = np.round(np.abs(value - 0.5), 12)
    return np.asarray(np.unique(-far, return_inverse=True)[1], np.int64)


def _log_odds(p: FloatArray) -> FloatArray:
    inside = np.clip(p, _NEAR_ZERO, 1 - _NEAR_ZERO)
    return np.asarray(np.log(inside) - np.log1p(-inside), np.float64)


def _logistic(odds: FloatArray) -> FloatArray:
    return np.asarray(1 / (1 + np.exp(-odds)), np.float64)
