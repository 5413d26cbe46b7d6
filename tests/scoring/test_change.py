"""What would change a score: the sentence, the object, and that it holds when the measures are so."""

import numpy as np
import pytest

from classifier.features.matrix import scored_measures
from classifier.models.linear import LinearModel
from classifier.scoring.change import crossing
from classifier.scoring.usual import usual_ranges
from classifier.signals.registry import load_families

MEASURES = [
    m
    for m in scored_measures(load_families(["hedges", "sourcing"]))
    if m.name in ("hedges.per_100_words", "sourcing.quoted_words")
]
USUAL = np.array([usual_ranges()[m.name] for m in MEASURES])
MODEL = LinearModel(
    low=np.zeros(2),
    high=np.array([4.0, 0.8]),
    center=np.array([1.0, 0.2]),
    scale=np.array([1.0, 0.2]),
    coef=np.array([0.6, -0.5]),
    intercept=np.array([0.1]),
    calibration=np.array([0.9, 0.0]),
    drawn=np.empty((0, 3)),
)


@pytest.mark.parametrize(
    ("x", "threshold"), [([3.0, 0.1], 0.5), ([0.5, 0.7], 0.5), ([3.0, 0.1], 0.3), ([1.0, 0.4], 0.8)]
)
def test_the_score_crosses(x: list[float], threshold: float) -> None:
    found = crossing(MODEL, MEASURES, np.array(x), USUAL, threshold=threshold)
    assert found is not None
    changed = np.array(x)
    names = [m.name for m in MEASURES]
    for change in found.to_dict()["changes"]:
        column = names.index(change["measure"])
        assert change["from"] == x[column]
        changed[column] = change["to"]
    before, after = MODEL.predict(np.array([x, changed])).probability
    assert (before > threshold) != (after > threshold)
    assert found.rises == (after > threshold)


def test_the_sentence() -> None:
    found = crossing(MODEL, MEASURES, np.array([3.0, 0.1]), USUAL)
    assert found is not None
    assert found.says() == (
        "The score would lie below 50% if this were so: 72% of the words stand in quotation marks (now 10% of the words"
        " stand in quotation marks)."
    )


def test_none_where_nothing_does_it() -> None:
    assert crossing(MODEL, MEASURES, np.array([3.0, 0.1]), USUAL, threshold=0.999) is None
