"""Measures that look at the spans of two families at once."""

import numpy as np

from classifier.signals.counting import (
    Floats,
    Mask,
    flagged,
    in_body,
    in_first_sentences,
    of_beginning,
    of_kind,
    ratio,
    sentences_covered,
    sentences_with,
    share_of_statements,
)
from classifier.signals.family import Measure
from classifier.signals.span import Flag, Signals

_CONDITIONAL = "hedges.conditional"


def _writer_hedges(signals: Signals) -> Mask:
    return (
        of_kind(signals, "hedges")
        & ~of_kind(signals, _CONDITIONAL)
        & in_body(signals)
        & ~flagged(signals, Flag.IN_QUOTE)
    )


def _unsourced_sentences(signals: Signals) -> Mask:
    contents = of_kind(signals, "sourcing.content") & (signals.value >= 0)
    result: Mask = ~sentences_covered(signals, contents)
    return result


def _statements(signals: Signals) -> Mask:
    """Statements hedged in the writer's voice with less than half of their words given to a source."""
    hedged = sentences_with(signals, _writer_hedges(signals))
    return hedged & _unsourced_sentences(signals) & signals.statement


def _with_marks(signals: Signals, values: Floats) -> Floats:
    """Undefined where the quotation marks were destroyed: whose voice it is can't be told there."""
    result: Floats = np.where(signals.marked_quotes, values, np.nan)
    return result


def _hedged_unsourced(signals: Signals) -> Floats:
    return _with_marks(signals, share_of_statements(signals, _statements(signals)))


def _hedged_unsourced_per_100_words(signals: Signals) -> Floats:
    found = np.bincount(signals.sentence_doc[_statements(signals)], minlength=signals.n_docs)
    values = 100 * ratio(found.astype(np.float64), signals.body_words)
    return _with_marks(signals, np.where(signals.punctuated, values, np.nan))


def _hedges_unsourced(signals: Signals) -> Mask:
    if not len(signals.doc):
        return np.zeros(0, np.bool_)
    return _writer_hedges(signals) & _statements(signals)[signals.sentence]


_HEDGED_UNSOURCED = Measure(
    name="crossed.hedged_unsourced",
    unit="share of statements",
    low=0,
    high=1,
    undefined="no statements in the body, no usable sentence marks, or the quotation marks were destroyed",
    says="{value:.0%} of the statements are hedged by the writer and given to no source; usual is"
    " {low:.0%} to {high:.0%}",
    value=_hedged_unsourced,
    spans=_hedges_unsourced,
)
_BOTH = frozenset({"hedges", "sourcing"})

# (the families it needs, the measure)
CROSSED: tuple[tuple[frozenset[str], Measure], ...] = (
    (_BOTH, _HEDGED_UNSOURCED),
    (
        _BOTH,
        Measure(
            name="crossed.hedged_unsourced_per_100_words",
            unit="statements per 100 words",
            low=0,
            high=100,
            undefined="no words in the body, no usable sentence marks, or the quotation marks were destroyed",
            says="{value:.1f} statements per 100 words are hedged by the writer and given to no source; usual is"
            " {low:.1f} to {high:.1f}",
            value=_hedged_unsourced_per_100_words,
            spans=_hedges_unsourced,
            scored=False,  # tells what the share tells
        ),
    ),
    (_BOTH, of_beginning(_HEDGED_UNSOURCED, "crossed.hedged_unsourced_first_300", in_first_sentences)),
)
