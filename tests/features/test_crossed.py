"""Measures over the spans of two families: hedged statements with no source."""

import numpy as np
import pytest

from classifier.features.crossed import CROSSED
from classifier.features.matrix import measures_of
from classifier.signals.extract import extract
from classifier.signals.registry import load_families
from classifier.text.document import Document

FAMILIES = load_families(["hedges", "sourcing"])
MEASURES = {measure.name: measure for _, measure in CROSSED}


def told(name: str, text: str) -> tuple[float, list[str]]:
    """The value of a measure and the spans it opens to."""
    signals, _ = extract([Document("x", text)], FAMILIES)
    measure = MEASURES[name]
    rows = np.flatnonzero(measure.spans(signals))
    return float(measure.value(signals)[0]), [text[signals.start[r] : signals.end[r]] for r in rows]


@pytest.mark.parametrize(
    ("text", "share", "evidence"),
    [
        ("The bridge may close in the spring. It was built in 1904.", 1 / 2, ["may"]),
        ("The bridge may or might close in the spring.", 1, ["may", "might"]),
        ("Ada Holm said the bridge may close in the spring.", 0, []),
        ("“The bridge may close in the spring,” said Ada Holm.", 0, []),
        ("“The bridge may close in the spring.” It was built in 1904.", 0, []),
        ("Will the bridge perhaps close in the spring? The bridge may close in the spring.", 1, ["may"]),
        ("Bridge may close\n\nThe bridge will close in the spring. It was built in 1904.", 0, []),
        ("The bridge will close if it rains.", 0, []),
    ],
)
def test_hedged_by_the_writer_and_given_to_no_source(text: str, share: float, evidence: list[str]) -> None:
    assert told("crossed.hedged_unsourced", text) == (pytest.approx(share), evidence)


def test_statements_are_counted_once_per_100_words() -> None:
    text = "The bridge may or might close in spring. It was built in 1904 by the town."
    value, evidence = told("crossed.hedged_unsourced_per_100_words", text)
    assert value == pytest.approx(100 / 16)
    assert evidence == ["may", "might"]


def test_both_families_are_needed() -> None:
    assert not set(MEASURES) & {m.name for m in measures_of(load_families(["hedges"]))}
    assert set(MEASURES) <= {m.name for m in measures_of(FAMILIES)}


def test_one_form_is_scored() -> None:
    assert [name for name, measure in MEASURES.items() if measure.scored] == ["crossed.hedged_unsourced"]
