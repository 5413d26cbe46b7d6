"""Measures that look at the spans of several families at once."""

import numpy as np

from classifier.signals.counting import (
    Floats,
    Mask,
    count,
    flagged,
    group_key,
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


def _flat_headlines(signals: Signals) -> Mask:
    """Headlines that state something without a hedge, blurred figures aside, and without a source."""
    qualified = _hedges_of_truth(signals) | of_kind(signals, "sourcing.cue", "sourcing.content")
    flat = count(signals, qualified & flagged(signals, Flag.IN_TITLE)) == 0
    result: Mask = of_kind(signals, "certainty.headline") & flat[signals.doc]
    return result


def _hedges_of_truth(signals: Signals) -> Mask:
    return of_kind(signals, "hedges") & ~of_kind(signals, _CONDITIONAL, "hedges.approximator")


def _withheld_sentences(signals: Signals) -> Mask:
    """Sentences hedged in any voice, or with half of their words given to a source who is not named."""
    unnamed = of_kind(signals, "sourcing.source.withheld", "sourcing.source.class")
    key = group_key(signals)
    contents = of_kind(signals, "sourcing.content") & np.isin(key, key[unnamed])
    hedged = sentences_with(signals, _hedges_of_truth(signals) & in_body(signals))
    result: Mask = hedged | sentences_covered(signals, contents)
    return result


def _withheld_echoes(signals: Signals) -> Mask:
    """Statements that say a flat headline again and take it back."""
    if not len(signals.doc):
        return np.zeros(0, np.bool_)
    flat = count(signals, _flat_headlines(signals)) > 0
    echoes = of_kind(signals, "certainty.echo") & flat[signals.doc]
    result: Mask = echoes & _withheld_sentences(signals)[signals.sentence]
    return result


def _headline_gap(signals: Signals) -> Floats:
    return ratio(
        count(signals, _withheld_echoes(signals)), count(signals, of_kind(signals, "certainty.echo"))
    )


def _both_sides_of_the_gap(signals: Signals) -> Mask:
    """The flat headlines that are taken back, and the statements that do it."""
    echoes = _withheld_echoes(signals)
    result: Mask = echoes | (_flat_headlines(signals) & (count(signals, echoes) > 0)[signals.doc])
    return result


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
    (
        _BOTH | {"certainty"},
        Measure(
            name="crossed.headline_gap",
            unit="share of the statements that say the headline again",
            low=0,
            high=1,
            undefined="no headline that states something, or no statement of the body shares half of its content words",
            says="{value:.0%} of the statements that say the headline again are hedged or given to nobody named;"
            " usual is {low:.0%} to {high:.0%}",
            value=_headline_gap,
            spans=_both_sides_of_the_gap,
            scored=False,  # corpora give the headline in a column of its own, where it has no place in the text
        ),
    ),
    (_BOTH, of_beginning(_HEDGED_UNSOURCED, "crossed.hedged_unsourced_first_300", in_first_sentences)),
)
