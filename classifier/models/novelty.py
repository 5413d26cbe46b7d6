"""Unlike training data: how far the measures of an article lie from those of the training articles.

Each measure becomes the normal score of its rank among the training articles, so that counts, shares and rare marks are
told on one scale; the distance is the mean over the tenth of the measures that lie farthest out. Beyond what any
training article had it goes on growing. Short articles lie farther out by chance alone, so the threshold depends on the
length. docs/decisions/0011 compares this with other distances.
"""

from dataclasses import dataclass, fields
from itertools import pairwise
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelError, TrainingError

Floats = NDArray[np.float64]

ALARM = 0.02  # share of ordinary news that is called unlike the training data
LEVELS = np.array(
    [0, 0.005, 0.01, 0.02, 0.05, *np.arange(0.1, 0.91, 0.1), 0.95, 0.98, 0.99, 0.995, 1.0], np.float64
)
SHARE = 0.1  # of the measures, those farthest out, that make up the distance; 5 to 15 % of them did as well
FEWEST_MEASURES = 3
EXTREME = NormalDist().inv_cdf(0.995)  # normal score of the farthest training articles
BEYOND = 2.0  # added for a distance beyond them as long as the range of the middle 98 %
FURTHEST = EXTREME + 3.0  # one absurd measure must not outweigh all others
EDGES = (0, 100, 130, 180, 260, 400, 800, np.inf)  # words; a threshold each
FEWEST = 100  # ordinary articles of such a length for a threshold of their own


class Outlying(NamedTuple):
    """A measure far outside of the training articles."""

    measure: int  # its column
    score: float  # normal score of its rank, below 0 where it is low


@dataclass(frozen=True, slots=True)
class Novelty:
    """Arrays of the distance over m measures; `fit_novelty` makes them. ModelError where they make no sense."""

    value: Floats  # (k, m) quantiles of each measure among the training articles, ascending
    score: Floats  # (k, m) their normal scores, equal for equal values
    span: Floats  # (m,) range of the middle 98 % of the training articles; 0 where nothing varies
    words: Floats  # (b,) ascending
    threshold: Floats  # (b,) distance from which an article of so many words is unlike the training data

    def __post_init__(self) -> None:
        for field in fields(self):
            array = getattr(self, field.name)
            if not isinstance(array, np.ndarray) or array.dtype != np.float64 or not np.isfinite(array).all():
                raise _damaged(field.name)
        sensible = {
            "value": self.value.ndim == 2
            and len(self.value) > 1
            and (np.diff(self.value, axis=0) >= 0).all(),
            "score": self.score.shape == self.value.shape and (np.diff(self.score, axis=0) >= 0).all(),
            "span": self.span.shape == self.value.shape[1:] and (self.span >= 0).all(),
            "words": self.words.ndim == 1 and len(self.words) > 0 and (np.diff(self.words) > 0).all(),
            "threshold": self.threshold.shape == self.words.shape,
        }
        for name, fine in sensible.items():
            if not fine:
                raise _damaged(name)

    def arrays(self) -> dict[str, Floats]:
        """Name -> array, in a fixed order."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def scores(self, X: Floats) -> Floats:
        """How far out each measure lies, (n, m), X (n, m): 0 where undefined; more than 2.58 is beyond all training."""
        result = np.zeros(X.shape)
        for j, column in enumerate(X.T):
            inside = np.interp(column, self.value[:, j], self.score[:, j])
            beyond = np.maximum(column - self.value[-1, j], 0) + np.minimum(column - self.value[0, j], 0)
            if self.span[j] > 0:
                inside = inside + BEYOND * beyond / self.span[j]
            else:  # no training article had anything else
                inside = np.where(beyond == 0, inside, np.sign(beyond) * FURTHEST)
            result[:, j] = np.clip(inside, -FURTHEST, FURTHEST)
        return np.where(np.isnan(X), 0.0, result)

    def distance(self, X: Floats) -> Floats:
        """Distance of each article from the training articles, (n,), at least 0; X: (n, m), nan where undefined."""
        far = np.sort(np.abs(self.scores(X)), axis=1)
        result: Floats = far[:, -_how_many(X.shape[1]) :].mean(axis=1)
        return result

    def unlike(self, X: Floats, words: NDArray[np.int32] | Floats) -> NDArray[np.bool_]:
        """Which articles are unlike the training data, (n,); words: (n,) of their bodies."""
        result: NDArray[np.bool_] = self.distance(X) > self.threshold_at(words)
        return result

    def threshold_at(self, words: NDArray[np.int32] | Floats) -> Floats:
        """The threshold for articles of so many words, (n,), straight lines over the logarithm of the length."""
        return np.interp(np.log(np.maximum(words, 1)), np.log(self.words), self.threshold)

    def farthest(self, x: Floats) -> list[Outlying]:
        """The measures that make up the distance of one article x (m,), the farthest first."""
        scores = self.scores(x[None])[0]
        order = np.argsort(-np.abs(scores), kind="stable")[: _how_many(len(x))]
        return [Outlying(int(j), float(scores[j])) for j in order.tolist()]


def fit_novelty(
    X: Floats,
    ordinary: Floats,
    words: NDArray[np.int32] | Floats,
    outlets: NDArray[np.int64],
    alarm: float = ALARM,
) -> Novelty:
    """Learn the distance from training articles X (n, m), and its threshold from ordinary news.

    ordinary: (k, m), words: (k,), outlets: (k,) numbers. A share `alarm` of the ordinary articles of a length lies
    beyond the threshold, every outlet counting the same. They must not be the training articles, which lie nearer to
    themselves than others do. Give articles of all lengths that will be met, if need be cut short: where fewer
    than 100 are of a length the threshold of the next lengths is taken. TrainingError where that is true of all
    lengths.
    """
    filled = np.where(np.isnan(X).all(axis=0), 0.0, X)
    value = np.nanquantile(filled, LEVELS, axis=0)
    low, high = np.nanquantile(filled, [0.01, 0.99], axis=0)
    # A rare mark has no middle range; then the whole of it.
    span = np.where(high > low, high - low, value[-1] - value[0])
    score = np.column_stack([_normal_scores(column) for column in value.T])
    unset = Novelty(value, score, span, np.ones(1), np.zeros(1))
    distance = unset.distance(ordinary)
    middles, thresholds = [], []
    for shortest, longest in pairwise(EDGES):
        of_length = np.flatnonzero((words >= shortest) & (words < longest))
        if len(of_length) >= FEWEST:
            _, outlet, size = np.unique(outlets[of_length], return_inverse=True, return_counts=True)
            middles.append(float(np.median(words[of_length])))
            thresholds.append(_upper(distance[of_length], 1 / size[outlet], alarm))
    if not middles:
        raise TrainingError(
            f"{len(ordinary)} articles of ordinary news are too few to say what is unlike; give at least {FEWEST} of"
            " about the same length"
        )
    # Longer articles lie no farther out; where they seem to, it is chance.
    falling = np.minimum.accumulate(thresholds)
    return Novelty(value, score, span, np.array(middles), falling)


def _normal_scores(values: Floats) -> Floats:
    """Normal score of each quantile; equal quantiles share that of their middle level."""
    _, tied = np.unique(values, return_inverse=True)
    number = np.bincount(tied)
    first = np.cumsum(number) - number
    middle = (LEVELS[first] + LEVELS[first + number - 1]) / 2
    normal = NormalDist()
    scores = np.array(
        [normal.inv_cdf(level) if 0 < level < 1 else np.copysign(np.inf, level - 0.5) for level in middle]
    )
    result: Floats = np.clip(scores, -EXTREME, EXTREME)[tied]
    return result


def _upper(values: Floats, weights: Floats, share: float) -> float:
    """The smallest value above which at most `share` of the weight lies."""
    order = np.argsort(values, kind="stable")
    above = 1 - np.cumsum(weights[order]) / weights.sum()
    return float(values[order][np.argmax(above <= share + 1e-12)])


def _how_many(m: int) -> int:
    return min(m, max(FEWEST_MEASURES, int(np.ceil(SHARE * m))))


def _damaged(name: str) -> ModelError:
    return ModelError(f"the model's array novelty.{name} is damaged; get the model again")
