"""What would change a score: the smallest change of measures that takes it across a threshold."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.models.additive import AdditiveModel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST = 3  # measures changed at once; more is no answer that a person can act on
_BEYOND = (
    1e-9  # past the threshold, as a share of the log-odds added up, so that rounding can't undo the crossing
)
_LEVELS = 257  # of what is still needed, for a lower bound of its effort
_STEPS = 4  # to the next number that can be written, where rounding fell short
_CHUNK = 64  # sets looked at together


class Change(NamedTuple):
    """One measure that would have to be another."""

    measure: int  # its column
    before: float
    after: float


class SmallestChange(NamedTuple):
    """Changes that, made together, take a score to the other side of a threshold."""

    rises: bool  # the score lies below the threshold now
    changes: tuple[Change, ...]


class _Pieces(NamedTuple):
    """Pieces of curves between neighbouring knots, on which a measure that moves off its value brings the score nearer.

    Ascending by measure. The last axis of shape (s, 2) is the end towards the measure's value, and the other end.
    """

    measure: Ints  # (s,)
    value: Floats  # (s, 2)
    gain: Floats  # (s, 2) calibrated log-odds in the right direction, of the measure there instead of where it is
    effort: Floats  # (s, 2)


def smallest_change(
    model: AdditiveModel,
    x: Floats,
    threshold: float,
    *,
    possible: Floats,
    usual: Floats,
    offset: float = 0.0,
    shift: float = 0.0,
    most: int = MOST,
) -> SmallestChange | None:
    """The change of the fewest measures, and among those of the least effort, that takes the score across `threshold`.

    x: (m,) measures of one article, each possible, nan where undefined; those can't be changed. threshold: probability,
    above 0 and below 1; a score on it counts as above. possible, usual: (m, 2), the smallest and largest value that a
    measure can have (inf where there is none) and its usual range. offset: log-odds before calibration that stay as
    they are, those of the article's wording. shift: what is added to the calibrated log-odds, see
    `classifier.models.prevalence`. Up to `most` measures (1 to 3) are tried together, ValueError otherwise. None where
    nothing within the knots of the curves (the model is deaf beyond them) and within what is possible does it, and
    where every article gets the same score.

    Effort is the change in units of the usual range's width (of the knots' range where that is 0), added up over the
    measures; from beyond the outer knots the way to the knot counts. The answer is exact. A curve may rise and fall, so
    each measure offers the knots on either side of its value, and the points between them. Between two knots effort and
    gain are both straight lines, so of a cheapest set all but one measure lie on a knot (or at the end of what is
    possible), and one gives just what is left: every such set is looked at, or costs more than one that was.

    It tells what the model does, not what an edit of the text would do. Not considered: that a measure of a short text
    takes few values (with four statements a share is a multiple of 25 %), and that measures are linked: one word may
    count in several, shares of one whole can't all grow, an edit that moves one moves the length and the wording, too.

    Recourse as a search for the cheapest crossing, each measure within what is possible: Ustun, Spangher and Liu 2019,
    who do it for linear models.
    """
    if not 1 <= most <= MOST:
        raise ValueError(f"most={most} measures; give 1 to {MOST}")
    x = np.asarray(x, np.float64)
    terms = _terms(model, x, threshold, offset, shift)
    above = float(terms.sum())
    needed = abs(above) + _BEYOND * (1 + float(np.abs(terms).sum()))
    rises = above < 0
    pieces = _pieces(model, x, possible, usual, 1.0 if rises else -1.0)
    for size in range(1, most + 1):
        chosen = _cheapest(pieces, needed, size)
        if chosen is not None:
            break
    else:
        return None
    columns, after = pieces.measure[chosen], pieces.value[chosen, 1]
    changed, last, end = x.copy(), columns[-1], after[-1]
    changed[columns] = after
    changed[last] = _just_enough(pieces, chosen, needed)
    # A piece may be so steep that rounding the value costs more than is to spare; its end always does it.
    for _ in range(_STEPS):
        if lies_above(model, changed, threshold, offset=offset, shift=shift) == rises:
            break
        changed[last] = np.nextafter(changed[last], end)
    else:
        changed[last] = end
    return SmallestChange(rises, tuple(Change(int(c), float(x[c]), float(changed[c])) for c in columns))


def lies_above(
    model: AdditiveModel, x: Floats, threshold: float, *, offset: float = 0.0, shift: float = 0.0
) -> bool:
    """Whether an article's score lies on the threshold or above; arguments as those of `smallest_change`."""
    return bool(_terms(model, x, threshold, offset, shift).sum() >= 0)


def _terms(model: AdditiveModel, x: Floats, threshold: float, offset: float, shift: float) -> Floats:
    """What adds up to the calibrated log-odds above the threshold's; an undefined measure adds nothing."""
    a, b = model.calibration.tolist()
    read = np.nan_to_num(_read(model, np.arange(len(x)), x[:, None])[:, 0])
    own = a * np.concatenate([read, model.intercept, [offset]])
    return np.concatenate([own, [b, shift, -np.log(threshold / (1 - threshold))]])


def _read(model: AdditiveModel, measures: Ints, values: Floats) -> Floats:
    """Log-odds before calibration of some measures at some values each, (n, v); nan at nan."""
    curves = zip(values, model.knots[measures], model.curves[measures], strict=True)
    return np.array([np.interp(*each) for each in curves], np.float64).reshape(values.shape)


def _pieces(model: AdditiveModel, x: Floats, possible: Floats, usual: Floats, way: float) -> _Pieces:
    known = np.flatnonzero(~np.isnan(x))
    if not len(known):
        return _Pieces(known, *(np.zeros((0, 2)) for _ in range(3)))
    knots = model.knots[known]
    stops = np.clip(knots, possible[known, :1], possible[known, 1:])
    x = x[known, None]
    start = np.clip(x, stops[:, :1], stops[:, -1:])
    value = np.sort(np.column_stack([start, stops]), axis=1)
    gain = way * model.calibration[0] * (_read(model, known, value) - _read(model, known, x))
    width = (usual[:, 1] - usual[:, 0])[known]
    width = np.where(width > 0, width, knots[:, -1] - knots[:, 0])
    effort = np.abs(value - x) / np.where(width > 0, width, 1.0)[:, None]  # one knot only: no piece at all
    upward = value[:, :-1] >= start
    ends = []
    for each in (value, gain, effort):
        left, right = each[:, :-1], each[:, 1:]
        ends.append(np.stack([np.where(upward, left, right), np.where(upward, right, left)], axis=-1))
    near, far = ends[1][..., 0], ends[1][..., 1]
    measure, piece = np.nonzero((far > near) & (far > 0))
    return _Pieces(known[measure], *(each[measure, piece] for each in ends))


def _efforts(pieces: _Pieces, wanted: Floats) -> Floats:
    """What each piece alone costs to give what is wanted, (w,) -> (w, s); inf where it can't."""
    near, far = pieces.gain.T
    share = np.clip((wanted[:, None] - near) / (far - near), 0.0, 1.0)
    effort = pieces.effort[:, 0] + share * (pieces.effort[:, 1] - pieces.effort[:, 0])
    return np.where(far >= wanted[:, None], effort, np.inf)


def _cheapest(pieces: _Pieces, needed: float, size: int) -> Ints | None:
    """Pieces of `size` measures, (size,): all but the last are gone through to the end, the last as far as needed.

    Where no smaller number of measures suffices. None where this one doesn't, either.
    """
    sets = _sets(pieces, needed, size)
    if not len(sets):
        return None
    wanted = needed - pieces.gain[sets, 1].sum(axis=1)
    effort = pieces.effort[sets, 1].sum(axis=1)
    bound = effort + _least_effort(pieces, wanted)
    order = bound.argsort(kind="stable")
    best, chosen = np.inf, None
    for first in range(0, len(order), _CHUNK):
        look = order[first : first + _CHUNK]
        if bound[look[0]] >= best:
            break
        cost = effort[look, None] + _efforts(pieces, wanted[look])
        for column in sets[look].T:
            cost[pieces.measure == pieces.measure[column, None]] = np.inf
        row, last = np.unravel_index(cost.argmin(), cost.shape)
        if cost[row, last] < best:
            best, chosen = float(cost[row, last]), np.append(sets[look[row]], last)
    return chosen


def _sets(pieces: _Pieces, needed: float, size: int) -> Ints:
    """Sets of pieces that are gone through to the end, (c, size - 1): of different measures, and not hopeless."""
    full = pieces.gain[:, 1]
    first = np.flatnonzero(np.diff(pieces.measure, prepend=-1))
    if len(first) < size:
        return np.zeros((0, size - 1), np.int64)
    most = np.sort(np.maximum.reduceat(full, first))[
        ::-1
    ].cumsum()  # so much can 1, 2, ... measures give together
    sets, gain, last = np.zeros((1, 0), np.int64), np.zeros(1), np.array([-1])
    for others in range(size - 1, 0, -1):
        hopeful = gain[:, None] + full + most[others - 1] >= needed
        row, piece = np.nonzero(hopeful & (pieces.measure > last[:, None]))
        sets = np.column_stack([sets[row], piece])
        gain, last = gain[row] + full[piece], pieces.measure[piece]
    return sets


def _least_effort(pieces: _Pieces, wanted: Floats) -> Floats:
    """No single measure gives what is wanted, (w,), for less than this; inf where none gives it."""
    levels = np.linspace(0.0, pieces.gain[:, 1].max(), _LEVELS)
    least = _efforts(pieces, levels).min(axis=1)[np.maximum(levels.searchsorted(wanted, "right") - 1, 0)]
    return np.where(wanted > levels[-1], np.inf, least)


def _just_enough(pieces: _Pieces, chosen: Ints, needed: float) -> float:
    """How far the last of the chosen pieces must be gone through, where the others are to the end."""
    near, far = pieces.value[chosen[-1]].tolist()
    low, high = pieces.gain[chosen[-1]].tolist()
    wanted = needed - float(pieces.gain[chosen[:-1], 1].sum())
    share = min(max((wanted - low) / (high - low), 0.0), 1.0)
    after: float = min(max(near + share * (far - near), min(near, far)), max(near, far))
    return after
