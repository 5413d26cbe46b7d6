"""What would change a score: the smallest change of measures that takes it across a threshold."""

from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.models.linear import LinearModel

Floats = NDArray[np.float64]

MOST = 3  # measures changed at once; more is no answer that a person can act on
_BEYOND = 1e-9  # log-odds past the threshold, so that rounding can't undo the crossing


class Change(NamedTuple):
    """One measure that would have to be another."""

    measure: int  # its column
    before: float
    after: float


class _Movable(NamedTuple):
    """Measures that can take the score the way it has to go, the one that does it with least effort first."""

    column: NDArray[np.int64]
    slope: Floats  # log-odds before calibration for a unit of the measure
    start: Floats  # where its influence begins: the value, or the edge of the range beyond which the model is deaf
    end: Floats  # the last value of the range on the way
    gain: Floats  # log-odds that it can give at most, above 0
    dead: Floats  # effort until the influence begins
    effort: Floats  # for one unit of log-odds


def smallest_change(
    model: LinearModel,
    x: Floats,
    threshold: float,
    *,
    possible: Floats,
    usual: Floats,
    shift: float = 0.0,
    most: int = MOST,
) -> tuple[Change, ...] | None:
    """The change of the fewest measures, and among those of the least effort, that takes the score across `threshold`.

    x: (m,) measures of one article, nan where undefined; those can't be changed. threshold: probability, above 0 and
    below 1; a score on it counts as above. possible, usual: (m, 2), the smallest and largest value a measure
    can have (inf where there is none) and its usual range. shift: what is added to the calibrated log-odds, see
    `classifier.models.prevalence`. Up to `most` measures are tried together. None where none within the range that the
    model knows (it is deaf beyond `low` and `high`) and that is possible does it, and where every article
    gets the same score.

    Effort is the change in units of the usual range's width (of the standard deviation where that is 0), added up over
    the measures. For a linear model the answer is exact: where no smaller number of measures suffices, all of a set
    but the dearest must go to their ends, and every set is looked at. It tells what the model does, not what an edit
    of the text would do: one word may count in several measures.

    Recourse in linear models: Ustun, Spangher and Liu 2019.
    """
    a, b = model.calibration
    p = model.predict(x[None])
    before = p.base + float(p.contributions.sum())
    if a == 0:
        return None
    needed = (np.log(threshold / (1 - threshold)) - b - shift) / a - before
    way = 1.0 if needed > 0 else -1.0
    needed = abs(needed) + _BEYOND * max(1.0, abs(before), abs(needed))
    movable = _movable(model, x, possible, usual, way)
    for size in range(1, most + 1):
        if size <= len(movable.column) and np.sort(movable.gain)[-size:].sum() >= needed:
            return _least(movable, x, needed, size, way)
    return None


def _movable(model: LinearModel, x: Floats, possible: Floats, usual: Floats, way: float) -> _Movable:
    slope = model.coef / model.scale
    direction = np.sign(slope) * way
    start = np.clip(x, model.low, model.high)
    end = np.where(
        direction > 0, np.minimum(model.high, possible[:, 1]), np.maximum(model.low, possible[:, 0])
    )
    room = (end - start) * direction
    gain = room * np.abs(slope)
    width = usual[:, 1] - usual[:, 0]
    width = np.where(width > 0, width, model.scale)
    column = np.flatnonzero(~np.isnan(x) & (direction != 0) & (gain > 0))
    effort = 1 / (np.abs(slope[column]) * width[column])
    # From beyond the deaf edge the way to it counts too, but only if it is the way to go.
    dead = np.maximum((start - x)[column] * direction[column], 0) / width[column]
    order = np.argsort(effort, kind="stable")
    column = column[order]
    return _Movable(
        column, slope[column], start[column], end[column], gain[column], dead[order], effort[order]
    )


def _least(movable: _Movable, x: Floats, needed: float, size: int, way: float) -> tuple[Change, ...]:
    """The set of `size` measures with the least effort; no smaller set suffices, so each of them is moved."""
    sets = np.array(list(combinations(range(len(movable.column)), size)))
    gain = movable.gain[sets]
    gain[:, -1] = needed - gain[:, :-1].sum(axis=1)  # the dearest gives what is left
    cost = (movable.dead[sets] + gain * movable.effort[sets]).sum(axis=1)
    cost[gain[:, -1] > movable.gain[sets[:, -1]]] = np.inf
    best = int(cost.argmin())
    changes = []
    for i, given in zip(sets[best].tolist(), gain[best].tolist(), strict=True):
        column = int(movable.column[i])
        # Rounding must not carry it out of the range.
        low, high = sorted((float(movable.start[i]), float(movable.end[i])))
        after = min(max(float(movable.start[i] + way * given / movable.slope[i]), low), high)
        changes.append(Change(column, float(x[column]), after))
    return tuple(changes)
