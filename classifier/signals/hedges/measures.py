"""Hedge spans -> named numbers. Undefined is nan; each measure opens to the spans it counts."""

import numpy as np

from classifier.signals.counting import (
    Floats,
    Mask,
    count,
    flagged,
    in_body,
    of_kind,
    per_100_words,
    ratio,
    sentences_with,
    share_of_statements,
)
from classifier.signals.family import Measure
from classifier.signals.span import Flag, Signals


def _body(signals: Signals) -> Mask:
    return of_kind(signals, "hedges") & in_body(signals)


def _writer(signals: Signals) -> Mask:
    return _body(signals) & ~flagged(signals, Flag.IN_QUOTE)


def _quoted(signals: Signals) -> Mask:
    return _body(signals) & flagged(signals, Flag.IN_QUOTE)


def _title(signals: Signals) -> Mask:
    return of_kind(signals, "hedges") & flagged(signals, Flag.IN_TITLE)


def _approximators(signals: Signals) -> Mask:
    return of_kind(signals, "hedges.approximator") & in_body(signals)


def _statements_writer(signals: Signals) -> Floats:
    shares = share_of_statements(signals, sentences_with(signals, _writer(signals)))
    return np.where(signals.marked_quotes, shares, np.nan)


def _statements_quoted(signals: Signals) -> Floats:
    shares = share_of_statements(signals, sentences_with(signals, _quoted(signals)))
    return np.where(signals.marked_quotes, shares, np.nan)


def _writer_share(signals: Signals) -> Floats:
    shares = ratio(count(signals, _writer(signals)), count(signals, _body(signals)))
    return np.where(signals.marked_quotes, shares, np.nan)


_NO_VOICES = "no statements in the body, no usable sentence marks, or the quotation marks were destroyed"

MEASURES = (
    Measure(
        name="hedges.per_100_words",
        unit="hedges per 100 words",
        low=0,
        high=100,
        undefined="no words in the body",
        says="{value:.1f} hedge words per 100 words; usual is {low:.1f} to {high:.1f}",
        value=lambda s: per_100_words(s, _body(s)),
        spans=_body,
    ),
    Measure(
        name="hedges.approximators_per_100_words",
        unit="approximators per 100 words",
        low=0,
        high=100,
        undefined="no words in the body",
        says="{value:.1f} blurred quantities per 100 words; usual is {low:.1f} to {high:.1f}",
        value=lambda s: per_100_words(s, _approximators(s)),
        spans=_approximators,
    ),
    Measure(
        name="hedges.statements_writer",
        unit="share of statements",
        low=0,
        high=1,
        undefined=_NO_VOICES,
        says="{value:.0%} of the statements are hedged by the writer; usual is {low:.0%} to {high:.0%}",
        value=_statements_writer,
        spans=_writer,
    ),
    Measure(
        name="hedges.statements_quoted",
        unit="share of statements",
        low=0,
        high=1,
        undefined=_NO_VOICES,
        says="{value:.0%} of the statements are hedged in a quotation; usual is {low:.0%} to {high:.0%}",
        value=_statements_quoted,
        spans=_quoted,
    ),
    Measure(
        name="hedges.writer_share",
        unit="share of hedges",
        low=0,
        high=1,
        undefined="no hedges in the body, or the quotation marks were destroyed",
        says="{value:.0%} of the hedges are in the writer's own voice; usual is {low:.0%} to {high:.0%}",
        value=_writer_share,
        spans=_body,
    ),
    Measure(
        name="hedges.title_share",
        unit="share of title words",
        low=0,
        high=1,
        undefined="no title",
        says="{value:.0%} of the words of the headline are hedges; usual is {low:.0%} to {high:.0%}",
        value=lambda s: ratio(count(s, _title(s)), s.title_words),
        spans=_title,
        scored=False,  # corpora give the headline in a column of its own, where it has no place in the text
    ),
)
