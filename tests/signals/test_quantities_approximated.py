"""The share of quantities that carry an approximator, and the approximators that are its evidence."""

import math

import pytest

from classifier.signals.extract import extract
from classifier.signals.hedges import FAMILY
from classifier.text.document import Document

(MEASURE,) = (m for m in FAMILY.measures if m.name == "hedges.quantities_approximated")
LEAD = "The clerk of the parish read the letter to the board in the hall. "


def share(*texts: str) -> list[float]:
    signals, _ = extract([Document(str(i), text) for i, text in enumerate(texts)], (FAMILY,))
    return MEASURE.value(signals).tolist()


def evidence(text: str) -> list[str]:
    signals, _ = extract([Document("a", text)], (FAMILY,))
    chosen = MEASURE.spans(signals)
    return [text[a:b] for a, b in zip(signals.start[chosen], signals.end[chosen], strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("About 40 boats lay in port, and 12 sailed.", 1 / 2),
        ("About a dozen boats lay in port for 3 days and 20 hours.", 1 / 3),
        ("Boats lay there for 40 days or so.", 1.0),
        ("The boats cost 40 crowns, and the oars 12 crowns.", 0.0),
        ("It was a week of rain in 2016.", math.nan),
        ("He may have about as much as she has.", math.nan),
    ],
)
def test_the_share(text: str, expected: float) -> None:
    assert share(LEAD + text) == pytest.approx([expected], nan_ok=True)


def test_an_approximator_of_another_sentence_is_not_beside_a_quantity() -> None:
    assert share(LEAD + "The boats lay there for a week or so. 40 crews slept.") == [0.0]


def test_quantities_are_counted_by_document_and_in_the_body_only() -> None:
    title = "Forty boats in port\n\n"
    texts = [LEAD + "About 40 boats lay in port.", "", LEAD, title + LEAD + "There were 7 crews."]
    assert share(*texts) == pytest.approx([1.0, math.nan, math.nan, 0.0], nan_ok=True)
    signals, _ = extract([Document("a", texts[3])], (FAMILY,))
    assert len(signals.quantity_first_word) == 1


def test_the_measure_opens_to_the_approximators_beside_quantities() -> None:
    text = LEAD + "About 40 boats lay in port, and roughly half of them sailed, almost all at night."
    assert evidence(text) == ["About", "roughly"]
    assert not MEASURE.scored
