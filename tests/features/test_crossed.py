"""Measures over the spans of two families: hedged statements with no source."""

import numpy as np
import pytest

from classifier.features.crossed import CROSSED
from classifier.features.matrix import measures_of
from classifier.signals.extract import extract
from classifier.signals.family import Family
from classifier.signals.registry import load_families
from classifier.text.document import Document

FAMILIES = load_families(["hedges", "sourcing"])
WITH_CERTAINTY = load_families(["hedges", "sourcing", "certainty"])
MEASURES = {measure.name: measure for _, measure in CROSSED}


def told(name: str, text: str, families: tuple[Family, ...] = FAMILIES) -> tuple[float, list[str]]:
    """The value of a measure and the spans it opens to."""
    signals, _ = extract([Document("x", text)], families)
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


def test_all_families_of_a_measure_are_needed() -> None:
    assert not set(MEASURES) & {m.name for m in measures_of(load_families(["hedges"]))}
    assert set(MEASURES) - {"crossed.headline_gap"} <= {m.name for m in measures_of(FAMILIES)}
    assert "crossed.headline_gap" not in {m.name for m in measures_of(FAMILIES)}
    assert set(MEASURES) <= {m.name for m in measures_of(WITH_CERTAINTY)}


TITLE = "Old Harbour Bridge Will Close in Spring"
HEDGED = "The old harbour bridge may close in the spring, and the ferry will run."
UNNAMED = "The old harbour bridge will close in spring, a person familiar with the plan said."
NAMED = "The old harbour bridge will close in spring, Ada Holm said."
FLAT = "The old harbour bridge will close in the spring."
REST = "The baker sold bread to the guests and went home by the lower road."


@pytest.mark.parametrize(
    ("title", "body", "gap", "evidence"),
    [
        (TITLE, [HEDGED, REST], 1, [TITLE, HEDGED]),
        (TITLE, [UNNAMED, REST], 1, [TITLE, UNNAMED]),
        (TITLE, [HEDGED, FLAT, REST], 1 / 2, [TITLE, HEDGED]),
        (TITLE, [NAMED, REST], 0, []),
        (TITLE, [FLAT, REST], 0, []),
        ("Old Harbour Bridge May Close in Spring", [HEDGED, REST], 0, []),
        ("Old Harbour Bridge Will Close in Spring, Holm Says", [HEDGED, REST], 0, []),
    ],
)
def test_the_gap_between_headline_and_body(
    title: str, body: list[str], gap: float, evidence: list[str]
) -> None:
    text = title + "\n\n" + " ".join(body)
    assert told("crossed.headline_gap", text, WITH_CERTAINTY) == (pytest.approx(gap), evidence)


@pytest.mark.parametrize(
    "text",
    [
        HEDGED + " " + REST,  # no headline
        TITLE + "\n\n" + REST + " The clerk may have seen the guests on the pier that night.",
        "Will the Old Harbour Bridge Close in Spring?\n\n" + HEDGED + " " + REST,
        "Bridge to Close\n\n" + HEDGED + " " + REST,  # too few content words
        "",
    ],
)
def test_the_gap_is_undefined_where_nothing_can_be_compared(text: str) -> None:
    value, evidence = told("crossed.headline_gap", text, WITH_CERTAINTY)
    assert np.isnan(value)
    assert evidence == []


def test_one_form_is_scored() -> None:
    assert [name for name, measure in MEASURES.items() if measure.scored] == ["crossed.hedged_unsourced"]
