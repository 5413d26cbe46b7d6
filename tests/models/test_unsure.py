"""The table of promised risks: looked up, stored, and refused where it is damaged."""

from typing import Any

import numpy as np
import pytest

from classifier.errors import ModelError
from classifier.models.unsure import Promise, answered

TABLE: dict[str, Any] = {
    "confidence": 0.95,
    "risk": [0.11, 0.11, 0.18, 0.25],
    "sureness": [0.9, 0.8, 0.7, 0.5],
    "coverage": [0.1, 0.3, 0.6, 1.0],
}


@pytest.mark.parametrize(
    ("risk", "sureness", "coverage"),
    [(0.11, 0.8, 0.3), (0.17, 0.8, 0.3), (0.18, 0.7, 0.6), (0.25, 0.5, 1.0), (1.0, 0.5, 1.0)],
)
def test_the_step_with_the_most_answers(risk: float, sureness: float, coverage: float) -> None:
    table = Promise.from_dict(TABLE)
    assert table.sureness_for(risk) == sureness
    assert table.coverage_for(risk) == coverage


def test_what_it_cannot_promise() -> None:
    table = Promise.from_dict(TABLE)
    assert table.lowest == 0.11
    assert table.coverage_for(0.05) == 0
    with pytest.raises(ModelError, match=r"at most 5\.0% of .* the lowest share it can promise is 11\.0%"):
        table.sureness_for(0.05)
    nothing = Promise.from_dict({"confidence": 0.9, "risk": [], "sureness": [], "coverage": []})
    assert nothing.lowest is None
    with pytest.raises(ModelError, match="nor any other share; train it on more publishers"):
        nothing.sureness_for(0.2)


def test_stored_and_read() -> None:
    assert Promise.from_dict(TABLE).to_dict() == TABLE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("risk", [0.2, 0.1, 0.3, 0.4]),
        ("risk", [0.1, 0.2, 0.3]),
        ("risk", [0.1, 0.2, 0.3, 1.2]),
        ("sureness", [0.7, 0.8, 0.9, 0.95]),
        ("sureness", [0.9, 0.8, float("nan"), 0.5]),
        ("coverage", [[0.1], [0.3], [0.6], [1.0]]),
        ("confidence", 1.0),
    ],
)
def test_damaged(name: str, value: Any) -> None:
    with pytest.raises(ModelError, match="damaged"):
        Promise.from_dict(TABLE | {name: value})


def test_answered_on_both_sides() -> None:
    assert answered(np.array([0.0, 0.2, 0.21, 0.5, 0.79, 0.8, 1.0]), 0.8).tolist() == [
        *(True, True, False, False, False, True, True)
    ]
