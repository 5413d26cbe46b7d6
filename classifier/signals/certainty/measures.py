"""Certainty spans -> named numbers. Undefined is nan; each measure opens to the spans it counts."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

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

CUES = ("certainty.booster", "certainty.absolute", "certainty.intensifier")
ENOUGH_WORDS = 50  # of one voice: below, a density over them says nothing


def _body(signals: Signals, *kinds: str) -> Mask:
    return of_kind(signals, *(kinds or CUES)) & in_body(signals)


def _writer(signals: Signals, *kinds: str) -> Mask:
    return _body(signals, *kinds) & ~flagged(signals, Flag.IN_QUOTE)


def _quoted(signals: Signals) -> Mask:
    return _body(signals) & flagged(signals, Flag.IN_QUOTE)


def _title(signals: Signals) -> Mask:
    return of_kind(signals, *CUES) & flagged(signals, Flag.IN_TITLE)


def _per_100_of(signals: Signals, spans: Mask, words: NDArray[np.int32]) -> Floats:
    """Spans per 100 words of one voice; nan below `ENOUGH_WORDS` words, or where voices can't be told apart."""
    defined = (words >= ENOUGH_WORDS) & signals.marked_quotes
    return np.where(defined, 100 * ratio(count(signals, spans), words), np.nan)


def _statements_writer(signals: Signals) -> Floats:
    shares = share_of_statements(signals, sentences_with(signals, _writer(signals)))
    return np.where(signals.marked_quotes, shares, np.nan)


def _writer_share(signals: Signals) -> Floats:
    shares = ratio(count(signals, _writer(signals)), count(signals, _body(signals)))
    return np.where(signals.marked_quotes, shares, np.nan)


_NO_MARKS = "or the quotation marks were destroyed"


def _of_writer(name: str, kinds: tuple[str, ...], what: str) -> Measure:
    def chosen(signals: Signals) -> Mask:
        return _writer(signals, *kinds)

    return Measure(
        name=f"certainty.{name}",
        unit=f"{what} per 100 words of the writer",
        low=0,
        high=100,
        undefined=f"fewer than {ENOUGH_WORDS} words outside quotations, {_NO_MARKS}",
        says=f"{{value:.1f}} {what} per 100 words of the writer's own; usual is {{low:.1f}} to {{high:.1f}}",
        value=lambda s: _per_100_of(s, chosen(s), s.body_words - s.quoted_words),
        spans=chosen,
    )


def _share(
    name: str,
    unit: str,
    undefined: str,
    says: str,
    value: Callable[[Signals], Floats],
    spans: Callable[[Signals], Mask],
    *,
    scored: bool = True,
) -> Measure:
    return Measure(
        f"certainty.{name}",
        unit,
        0,
        1,
        undefined,
        f"{{value:.0%}} of {says}; usual is {{low:.0%}} to {{high:.0%}}",
        value,
        spans,
        scored,
    )


MEASURES = (
    Measure(
        name="certainty.per_100_words",
        unit="words of certainty per 100 words",
        low=0,
        high=100,
        undefined="no words in the body",
        says="{value:.1f} words of certainty per 100 words; usual is {low:.1f} to {high:.1f}",
        value=lambda s: per_100_words(s, _body(s)),
        spans=_body,
    ),
    _of_writer("boosters_writer", ("certainty.booster",), "boosters"),
    _of_writer("absolutes_writer", ("certainty.absolute",), "words without exception"),
    _of_writer("intensifiers_writer", ("certainty.intensifier",), "intensifiers"),
    Measure(
        name="certainty.per_100_quoted_words",
        unit="words of certainty per 100 quoted words",
        low=0,
        high=100,
        undefined=f"fewer than {ENOUGH_WORDS} words in quotations, {_NO_MARKS}",
        says="{value:.1f} words of certainty per 100 quoted words; usual is {low:.1f} to {high:.1f}",
        value=lambda s: _per_100_of(s, _quoted(s), s.quoted_words),
        spans=_quoted,
    ),
    _share(
        "statements_writer",
        "share of statements",
        f"no statements in the body, no usable sentence marks, {_NO_MARKS}",
        "the statements are put with certainty by the writer",
        _statements_writer,
        _writer,
    ),
    _share(
        "writer_share",
        "share of words of certainty",
        f"no words of certainty in the body, {_NO_MARKS}",
        "the words of certainty are the writer's own",
        _writer_share,
        _body,
    ),
    _share(
        "title_share",
        "share of title words",
        "no title",
        "the words of the headline are words of certainty",
        lambda s: ratio(count(s, _title(s)), s.title_words),
        _title,
        scored=False,  # corpora give the headline in a column of its own, where it has no place in the text
    ),
)
