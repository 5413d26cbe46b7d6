"""What would change a score: the change crosses the threshold, and nothing smaller does."""

from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from classifier.models.additive import AdditiveModel, Cells
from classifier.models.counterfactual import MOST, SmallestChange, lies_above, smallest_change
from classifier.models.prevalence import at_prevalence, log_odds_shift

INF = np.inf


@dataclass(frozen=True)
class Case:
    """A model, an article, and what is asked."""

    model: AdditiveModel
    x: np.ndarray
    possible: np.ndarray
    usual: np.ndarray
    threshold: float = 0.5
    cell: float = 0.0  # of the model's one column of wording, of weight 1
    expected: float = 0.5  # share of positives; 0.5 in training

    def smallest(self, most: int = MOST) -> SmallestChange | None:
        return smallest_change(
            self.model,
            self.x,
            self.threshold,
            possible=self.possible,
            usual=self.usual,
            offset=self.cell,
            shift=log_odds_shift(0.5, self.expected),
            most=most,
        )

    def probability(self, x: np.ndarray) -> float:
        cells = Cells(np.zeros(1, np.int64), np.zeros(1, np.int64), np.array([self.cell]))
        return float(at_prevalence(self.model.predict(x[None], cells).probability, 0.5, self.expected)[0])

    def changed(self, smallest: SmallestChange) -> np.ndarray:
        x = self.x.copy()
        for column, before, after in smallest.changes:
            assert before == x[column]
            assert after != before
            x[column] = after
        assert len({change.measure for change in smallest.changes}) == len(smallest.changes)
        return x

    def width(self, column: int) -> float:
        low, high = self.usual[column]
        return float(high - low) if high > low else float(np.ptp(self.model.knots[column])) or 1.0

    def effort(self, smallest: SmallestChange) -> float:
        return sum(abs(after - before) / self.width(column) for column, before, after in smallest.changes)

    def needed(self) -> float:
        """What must be added to the log-odds before calibration, in the direction of `way`."""
        a, b = self.model.calibration
        asked = np.log(self.threshold / (1 - self.threshold)) - b - log_odds_shift(0.5, self.expected)
        return float(asked / a - self.model.predict(self.x[None]).log_odds[0] - self.cell)

    def stops(self, column: int) -> np.ndarray:
        """Where the curve bends or ends within what is possible."""
        return np.unique(np.clip(self.model.knots[column], *self.possible[column]))

    def gain(self, column: int, value: Any) -> Any:
        """What the measure adds at a value more than where it is, in the direction that is needed."""
        read = [
            np.interp(v, self.model.knots[column], self.model.curves[column]) for v in (value, self.x[column])
        ]
        return np.sign(self.needed()) * (read[0] - read[1])


def curves(
    *points: list[tuple[float, float]], calibration: tuple[float, float] = (1.0, 0.0)
) -> AdditiveModel:
    """A model of the knots and log-odds given for each measure."""
    k = max(map(len, points))
    padded = np.array([[*own, *[own[-1]] * (k - len(own))] for own in points], np.float64)
    return AdditiveModel(
        knots=padded[..., 0],
        curves=padded[..., 1],
        intercept=np.zeros(1),
        calibration=np.array(calibration),
        drawn_curves=np.empty((0, *padded.shape[:2])),
        drawn_intercepts=np.empty(0),
        weights=np.ones(1),
        drawn_weights=np.empty((0, 1)),
    )


def case(model: AdditiveModel, x: list[float], **asked: Any) -> Case:
    m = len(x)
    limits = {"possible": [[-INF, INF]] * m, "usual": [[0.0, 1.0]] * m} | asked
    return Case(
        model, np.array(x), **{k: np.array(v) if isinstance(v, list) else v for k, v in limits.items()}
    )


def drawn(seed: int, m: int, k: int) -> Case:
    """A random case: equal knots, flat and nearly vertical pieces, undefined values, values at and beyond the knots."""
    rng = np.random.default_rng(seed)
    points, possible, x = [], [], []
    for _ in range(m):
        n = int(rng.integers(1, k + 1))
        if rng.random() < 0.8:
            knots = np.sort(rng.choice(40, n, replace=False) / 7)
        else:
            knots = np.unique(3.0 + np.sort(rng.choice(9, n, replace=False)) * 2e-15)
        log_odds = (
            rng.normal(size=len(knots))
            if rng.random() < 0.7
            else rng.choice([-1.0, 0.0, 0.5, 1.0], len(knots))
        )
        points.append(list(zip(knots.tolist(), log_odds.tolist(), strict=True)))
        low, high = knots[0], knots[-1]
        limits = [
            (-INF, INF),
            (0.0, INF),
            (low, high),
            (low + 0.3 * (high - low), high),
            (low, (low + high) / 2),
        ]
        possible.append(limits[rng.integers(len(limits))])
        value = rng.choice(
            [rng.uniform(low, high), rng.choice(knots), low - rng.random(), high + rng.random(), np.nan]
        )
        x.append(np.clip(value, *possible[-1]))
    usual = np.sort(rng.uniform(0, 6, (m, 2)), axis=1) * rng.choice([0.0, 1.0], (m, 1), p=[0.2, 0.8])
    steep = [0 < own[-1][0] - own[0][0] < 1e-9 for own in points]
    usual[steep] = 0.0, 1.0  # told in the knots' range, the last digit of a value would be much effort
    calibration = float(rng.choice([0.0, 0.3, 1.0, 2.0], p=[0.05, 0.15, 0.4, 0.4])), float(rng.normal())
    return Case(
        curves(*points, calibration=calibration),
        np.array(x),
        np.array(possible, np.float64),
        usual,
        threshold=float(rng.choice([0.05, 0.3, 0.5, 0.7, 0.95])),
        cell=float(rng.choice([0.0, -1.2, 0.7])),
        expected=float(rng.choice([0.5, 0.1, 0.8])),
    )


def seeds(m: int, k: int) -> st.SearchStrategy[Case]:
    return st.integers(0, 2**32 - 1).map(lambda seed: drawn(seed, m, k))


@given(seeds(7, 5))
def test_it_crosses_and_stays_in_range(asked: Case) -> None:
    smallest = asked.smallest()
    before = asked.probability(asked.x)
    assert lies_above(
        asked.model, asked.x, asked.threshold, offset=asked.cell, shift=log_odds_shift(0.5, asked.expected)
    ) == (before >= asked.threshold)
    if smallest is None:
        return
    assert smallest.rises == (before < asked.threshold)
    x = asked.changed(smallest)
    after = asked.probability(x)
    assert after > asked.threshold if smallest.rises else after < asked.threshold
    for column, _, value in smallest.changes:
        assert asked.stops(column)[0] <= value <= asked.stops(column)[-1]


@given(seeds(3, 4))
def test_nothing_on_a_grid_is_smaller(asked: Case) -> None:
    smallest = asked.smallest()
    if asked.model.calibration[0] == 0:
        assert smallest is None
        return
    columns = [c for c in range(3) if not np.isnan(asked.x[c])]
    grid = {c: np.append(np.linspace(*asked.stops(c)[[0, -1]], 9), asked.stops(c)) for c in columns}
    needed = abs(asked.needed())
    for size in range(1, len(columns) + 1):
        for chosen in combinations(columns, size):
            values = np.array(list(product(*(grid[c] for c in chosen))))
            gain = sum(asked.gain(c, values[:, i]) for i, c in enumerate(chosen))
            effort = sum(np.abs(values[:, i] - asked.x[c]) / asked.width(c) for i, c in enumerate(chosen))
            does = gain > needed + 1e-7
            if does.any():
                assert smallest is not None
                assert len(smallest.changes) <= size
                if len(smallest.changes) == size:
                    assert asked.effort(smallest) <= effort[does].min() + 1e-9


def cheapest(asked: Case, column: int, wanted: float) -> float:
    """Effort of one measure, going from its value over the knots on either side until it gives what is wanted."""
    best, x, stops = INF, asked.x[column], asked.stops(column)
    start = float(np.clip(x, stops[0], stops[-1]))
    for way in (stops[stops > start], stops[stops < start][::-1]):
        near = start
        for far in way:
            low, high = asked.gain(column, np.array([near, far]))
            if high >= wanted:
                at = near if low >= wanted else near + (wanted - low) / (high - low) * (far - near)
                best = min(best, abs(at - x) / asked.width(column))
                break
            near = far
    return best


@settings(max_examples=25)
@given(seeds(7, 4))
def test_the_same_as_looking_at_every_set(asked: Case) -> None:
    smallest = asked.smallest()
    if asked.model.calibration[0] == 0:
        assert smallest is None
        return
    columns = [c for c in range(7) if not np.isnan(asked.x[c])]
    needed = abs(asked.needed())
    for size in range(1, MOST + 1):
        best = INF
        for last in columns:
            for ends in combinations([c for c in columns if c != last], size - 1):
                for values in product(*(asked.stops(c) for c in ends)):
                    pairs = list(zip(ends, values, strict=True))
                    effort = sum(abs(value - asked.x[c]) / asked.width(c) for c, value in pairs)
                    if effort < best:
                        gain = sum(asked.gain(c, value) for c, value in pairs)
                        best = min(best, effort + cheapest(asked, last, needed - gain))
        if best < INF:
            assert smallest is not None
            assert len(smallest.changes) == size
            assert asked.effort(smallest) == pytest.approx(best, abs=1e-6)
            return
    assert smallest is None


@pytest.mark.parametrize("seed", range(12))
def test_the_same_as_a_linear_programme_for_each_choice_of_pieces(seed: int) -> None:
    asked = drawn(seed, 4, 3)
    asked = replace(asked, model=replace(asked.model, calibration=np.array([1.0, 0.1])))
    smallest, needed = asked.smallest(), abs(asked.needed())
    columns = [c for c in range(4) if not np.isnan(asked.x[c])]

    def pieces(column: int) -> list[tuple[float, float, float, float]]:
        """Effort and gain at the start of a piece, and what is added over the piece."""
        ends = np.unique(
            np.append(asked.stops(column), np.clip(asked.x[column], *asked.stops(column)[[0, -1]]))
        )
        effort = np.abs(ends - asked.x[column]) / asked.width(column)
        gain = asked.gain(column, ends)
        return list(zip(effort[:-1], gain[:-1], np.diff(effort), np.diff(gain), strict=True))

    for size in range(1, MOST + 1):
        best = INF
        for chosen in combinations(columns, size):
            for way in product(*(pieces(c) for c in chosen)):
                effort, gain, more_effort, more_gain = np.array(way).T
                found = linprog(more_effort, A_ub=-more_gain[None], b_ub=[gain.sum() - needed], bounds=(0, 1))
                if found.status == 0:
                    best = min(best, found.fun + effort.sum())
        if best < INF:
            assert smallest is not None
            assert len(smallest.changes) == size
            assert asked.effort(smallest) == pytest.approx(best, abs=1e-5)
            return
    assert smallest is None


HILL = [(0.0, 0.0), (1.0, 2.0), (2.0, -1.0), (4.0, 3.0)]


def sigmoid(log_odds: float) -> float:
    return float(1 / (1 + np.exp(-log_odds)))


@pytest.mark.parametrize(
    ("x", "log_odds", "after"),
    [
        (0.0, 1.4, 0.7),
        (2.0, 0.0, 5 / 3),  # both ways lead up; this one is steeper
        (2.0, 2.5, 3.75),  # only one goes so high
        (1.0, 0.5, 1.5),  # both ways lead down
        (6.0, 0.0, 2.5),  # of what is above 4 the model hears nothing
        (-3.0, 1.0, 0.5),
        (4.0, 3.5, None),
        (0.0, -1.5, None),
        (float("nan"), 0.5, None),
    ],
)
def test_along_a_curve_that_rises_and_falls(x: float, log_odds: float, after: float | None) -> None:
    found = case(curves(HILL), [x], threshold=sigmoid(log_odds)).smallest()
    if after is None:
        assert found is None
    else:
        assert found is not None
        (change,) = found.changes
        assert change == (0, x, pytest.approx(after, abs=1e-6))


@pytest.mark.parametrize(
    ("possible", "after"), [([0.0, 1.2], None), ([0.0, 3.8], 3.75), ([0.0, 3.7], None), ([-INF, INF], 3.75)]
)
def test_only_what_is_possible(possible: list[float], after: float | None) -> None:
    found = case(curves(HILL), [0.0], threshold=sigmoid(2.5), possible=[possible]).smallest()
    assert (None if found is None else round(found.changes[0].after, 6)) == after


def test_effort_is_told_in_widths_of_the_usual_range_and_from_beyond_the_knots() -> None:
    line, steeper = [(0.0, 0.0), (10.0, 10.0)], [(0.0, 0.0), (10.0, 15.0)]
    model = curves(line, steeper)
    asked = {"threshold": sigmoid(6.0)}
    columns = {
        "steeper": case(model, [1.0, 1.0], **asked),
        "wider": case(model, [1.0, 1.0], usual=[[0.0, 2.0], [0.0, 1.0]], **asked),
        "knots": case(model, [1.0, 1.0], usual=[[3.0, 3.0], [0.0, 1.0]], **asked),
        "beyond": case(model, [1.0, -3.0], **asked),
    }
    found = {name: each.smallest() for name, each in columns.items()}
    assert {name: each.changes[0].measure for name, each in found.items() if each} == {
        "steeper": 1,
        "wider": 0,
        "knots": 0,
        "beyond": 0,
    }


def test_what_wording_adds_and_the_prevalence_count() -> None:
    model = curves([(0.0, 0.0), (10.0, 10.0)])
    for cell, expected in ((0.0, 0.5), (1.0, 0.5), (0.0, 0.2), (-2.0, 0.7)):
        found = case(model, [0.0], threshold=0.9, cell=cell, expected=expected).smallest()
        assert found is not None
        asked = np.log(9) - cell - log_odds_shift(0.5, expected)
        assert found.changes[0].after == pytest.approx(asked, abs=1e-6)


@pytest.mark.parametrize("calibration", [(0.0, -0.4), (0.0, 0.0)])
def test_none_where_every_article_gets_the_same_score(calibration: tuple[float, float]) -> None:
    assert case(curves(HILL, calibration=calibration), [0.5], threshold=0.9).smallest() is None


def test_no_more_measures_than_allowed() -> None:
    line = [(0.0, 0.0), (1.0, 1.0)]
    asked = case(curves(line, line, line, line), [0.0] * 4)
    counts = [replace(asked, threshold=sigmoid(t)).smallest() for t in (0.5, 1.5, 2.5, 3.5)]
    assert [None if found is None else len(found.changes) for found in counts] == [1, 2, 3, None]
    assert replace(asked, threshold=sigmoid(1.5)).smallest(most=1) is None
    for most in (0, 4):
        with pytest.raises(ValueError, match=f"most={most}"):
            asked.smallest(most=most)


def test_a_model_without_measures_changes_nothing() -> None:
    empty = AdditiveModel(
        knots=np.empty((0, 0)),
        curves=np.empty((0, 0)),
        intercept=np.zeros(1),
        calibration=np.array([1.0, 0.0]),
        drawn_curves=np.empty((0, 0, 0)),
        drawn_intercepts=np.empty(0),
    )
    nothing = np.empty((0, 2))
    assert smallest_change(empty, np.empty(0), 0.5, possible=nothing, usual=nothing) is None
