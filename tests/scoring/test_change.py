"""What would change a score: the sentence, the object, and that it holds when the measures are so."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.features.matrix import measures_of
from classifier.models.additive import AdditiveModel
from classifier.scoring.change import Crossing, crossing
from classifier.scoring.usual import usual_ranges
from classifier.signals.family import Measure
from classifier.signals.registry import load_families

FAMILIES = ["address", "certainty", "emotive", "emphasis", "evidence", "hedges", "sourcing", "structure"]
MEASURES = {m.name: m for m in measures_of(load_families(FAMILIES))}
HEDGES, QUOTED = MEASURES["hedges.per_100_words"], MEASURES["sourcing.quoted_words"]


def model(knots: Any, curves: Any) -> AdditiveModel:
    knots, curves = np.array(knots, np.float64), np.array(curves, np.float64)
    return AdditiveModel(
        knots=knots,
        curves=curves,
        intercept=np.zeros(1),
        calibration=np.array([1.0, 0.0]),
        drawn_curves=np.empty((0, *knots.shape)),
        drawn_intercepts=np.empty(0),
    )


def usual(measures: Sequence[Measure]) -> np.ndarray:
    return np.array([usual_ranges()[m.name] for m in measures])


def found(
    curve: AdditiveModel, measures: Sequence[Measure], x: Sequence[float], **asked: Any
) -> Crossing | None:
    return crossing(curve, measures, np.array(x, np.float64), usual(measures), **asked)


# hedges: rises, then falls; quoted words: falls
TWO = model([[0.0, 2.0, 4.0], [0.0, 0.5, 0.8]], [[-0.5, 1.0, 0.2], [0.3, -0.4, -1.0]])


@pytest.mark.parametrize(
    ("x", "asked"),
    [
        ([3.0, 0.1], {}),
        ([0.5, 0.7], {}),
        ([0.5, 0.7], {"threshold": 0.3}),
        ([1.0, 0.4], {"threshold": 0.7}),
        ([1.0, 0.4], {"offset": 0.8}),
        ([1.0, 0.4], {"shift": -0.9}),
        ([float("nan"), 0.4], {}),
    ],
)
def test_the_score_crosses(x: list[float], asked: dict[str, float]) -> None:
    crossed = found(TWO, (HEDGES, QUOTED), x, **asked)
    assert crossed is not None
    changed = np.array(x)
    for change in crossed.to_dict()["changes"]:
        column = [HEDGES.name, QUOTED.name].index(change["measure"])
        assert change["from"] == x[column]
        changed[column] = change["to"]
    threshold = asked.get("threshold", 0.5)
    log_odds = (
        TWO.predict(np.array([x, changed])).log_odds + asked.get("offset", 0.0) + asked.get("shift", 0.0)
    )
    before, after = log_odds > np.log(threshold / (1 - threshold))
    assert before != after
    assert crossed.rises == after


@pytest.mark.parametrize(
    ("x", "asked", "says"),
    [
        # the value that is just enough, .453, rounded outward where the nearest number would not do
        ([2.0, 0.1], {}, "fall below 50% if this were so: 0.4 hedge words per 100 words (now 2.0)."),
        # from beyond the hill its top raises the score, though fewer hedges are what lies there
        (
            [4.0, 0.6],
            {"threshold": 0.555},
            "rise above 55.5% if this were so: 2.4 hedge words per 100 words (now 4.0).",
        ),
        (
            [2.0, 0.1],
            {"threshold": 0.3},
            "fall below 30% if this were so: 0 hedge words per 100 words (now 2.0); and 47% of the words stand in"
            " quotation marks (now 10%).",
        ),
    ],
)
def test_the_sentence(x: list[float], asked: dict[str, float], says: str) -> None:
    crossed = found(TWO, (HEDGES, QUOTED), x, **asked)
    assert crossed is not None
    assert crossed.says() == f"The score would {says}"


def test_more_decimals_where_fewer_would_not_be_true() -> None:
    narrow = model([[1.0, 1.04, 1.1]], [[-1.0, 1.0, -1.0]])  # neither 1.0 nor 1.1 does it
    crossed = found(narrow, [HEDGES], [1.0], threshold=0.6)
    assert crossed is not None
    assert crossed.says() == (
        "The score would rise above 60% if this were so: 1.03 hedge words per 100 words (now 1.00)."
    )


@pytest.mark.parametrize("name", MEASURES)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_the_sentence_of_each_measure_is_well_formed_and_true(name: str, data: st.DataObject) -> None:
    measure = MEASURES[name]
    low, high = usual_ranges()[name]
    knots = np.array(
        [max(low - (high - low) / 2, measure.low), min(high + 0.02 + (high - low), measure.high)]
    )
    way = data.draw(st.sampled_from([-1.0, 1.0]))
    curve = model([knots], [[-way, way]])
    x = data.draw(st.floats(*knots.tolist()))
    crossed = found(curve, [measure], [x], offset=data.draw(st.floats(-0.9, 0.9)))
    assert crossed is not None
    said = re.fullmatch(
        r"The score would (rise above|fall below) 50% if this were so: (.+) \(now (.+?)\)\.", crossed.says()
    )
    assert said is not None
    clause, now = said[2], said[3]
    assert said[1].startswith("rise" if crossed.rises else "fall")
    number = r"\d+(\.\d+)?%?"
    assert re.fullmatch(number, now)
    assert re.match(rf"((in the first 300 words, )|(the reading ease is ))?{number} ", clause)
    # nothing left of the template, of what is usual, or that points at something not named; no singular before a plural
    assert not re.search(r"[{};]|usual|\bits?\b|(?<![\d.])1 |-0", clause)


def test_none_where_nothing_does_it() -> None:
    assert found(TWO, (HEDGES, QUOTED), [3.0, 0.1], threshold=0.999) is None


@pytest.mark.parametrize(
    "says", ["it is fast", "{value:.1f} from {low:.1f} to {high:.1f}", "{value} or {value:.0f}"]
)
def test_a_sentence_that_can_not_be_cut_is_not_told(says: str) -> None:
    own = replace(HEDGES, name="acme.speed", says=says)
    crossed = crossing(
        model([[0.0, 2.0]], [[-1.0, 1.0]]), [own], np.array([0.5]), np.array([[0.0, 1.0]]), threshold=0.6
    )
    assert crossed is not None
    assert crossed.says() == "The score would rise above 60% if this were so: acme.speed at 1.41 (now 0.50)."
