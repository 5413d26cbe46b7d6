"""Measures that look at the spans of two families at once."""

import numpy as np

from classifier.signals.counting import (
    Floats,
    Mask,
    flagged,
    in_body,
    of_kind,
    sentences_covered,
    sentences_with,
    share_of_statements,
)
from classifier.signals.family import Measure
from classifier.signals.span import Flag, Signals

_FIRM = "hedges.conditional"


def _writer_hedges(signals: Signals) -> Mask:
    return (
        of_kind(signals, "hedges")
        & ~of_kind(signals, _FIRM)
        & in_body(signals)
        & ~flagged(signals, Flag.IN_QUOTE)
    )


def _unsourced_sentences(signals: Signals) -> Mask:
    contents = of_kind(signals, "sourcing.content") & (signals.value >= 0)
    result: Mask = ~sentences_covered(signals, contents)
    return result


def _hedged_unsourced(signals: Signals) -> Floats:
    return share_of_statements(
        signals, sentences_with(signals, _writer_hedges(signals)) & _unsourced_sentences(signals)
    )


def _hedges_unsourced(signals: Signals) -> Mask:
    if not len(signals.doc):
        return np.zeros(0, np.bool_)
    return _writer_hedges(signals) & _unsourced_sentences(signals)[signals.sentence]


# (the families it needs, the measure)
CROSSED: tuple[tuple[frozenset[str], Measure], ...] = (
    (
        frozenset({"hedges", "sourcing"}),
        Measure(
            "crossed.hedged_unsourced",
            "share of statements",
            0,
            1,
            "no statements in the body, or no usable sentence marks",
            "{value:.0%} of the statements are hedged by the writer and given to no source; usual is"
            " {low:.0%} to {high:.0%}",
            _hedged_unsourced,
            _hedges_unsourced,
        ),
    ),
)
