"""Evidence spans -> named numbers. Undefined is nan; each measure opens to the spans it counts."""

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

MEASURED = Flag.OWN  # flag of a quantity: it has a unit, a currency or a percent sign
SPECIFIC = tuple(
    f"evidence.{kind}" for kind in ("quantity", "date", "name", "study", "document", "court", "link")
)
REFERENCES = ("evidence.study", "evidence.document", "evidence.court", "evidence.link")
VAGUE = ("evidence.vague_time", "evidence.vague_place")
ENOUGH_WORDS = 50  # of one voice: below, a density over them says nothing
ENOUGH_TIMES = 3  # dates and vague times: below, a share of them says nothing


def _body(signals: Signals, *kinds: str) -> Mask:
    return of_kind(signals, *kinds) & in_body(signals)


def _writer(signals: Signals, *kinds: str) -> Mask:
    return _body(signals, *kinds) & ~flagged(signals, Flag.IN_QUOTE)


def _quoted(signals: Signals, *kinds: str) -> Mask:
    return _body(signals, *kinds) & flagged(signals, Flag.IN_QUOTE)


def _measured(signals: Signals) -> Mask:
    return _body(signals, "evidence.quantity") & flagged(signals, MEASURED)


def _per_100_of(signals: Signals, spans: Mask, words: NDArray[np.int32]) -> Floats:
    """Spans per 100 words of one voice; nan below `ENOUGH_WORDS` words, or where voices can't be told apart."""
    defined = (words >= ENOUGH_WORDS) & signals.marked_quotes
    return np.where(defined, 100 * ratio(count(signals, spans), words), np.nan)


def _statements_specific(signals: Signals) -> Floats:
    return share_of_statements(signals, sentences_with(signals, _body(signals, *SPECIFIC)))


def _statements_figures(signals: Signals) -> Floats:
    chosen = _body(signals, "evidence.quantity", "evidence.date")
    return share_of_statements(signals, sentences_with(signals, chosen))


def _times(signals: Signals) -> Mask:
    return _body(signals, "evidence.date", "evidence.vague_time")


def _vague_times_share(signals: Signals) -> Floats:
    total = count(signals, _times(signals))
    some = count(signals, _body(signals, "evidence.vague_time"))
    return np.where(total >= ENOUGH_TIMES, ratio(some, total), np.nan)


_NO_STATEMENTS = "no statements in the body or no usable sentence marks"
_NO_MARKS = "or the quotation marks were destroyed"


def _density(name: str, what: str, *kinds: str, scored: bool = True) -> Measure:
    return Measure(
        name=f"evidence.{name}_per_100_words",
        unit=f"{what} per 100 words",
        low=0,
        high=100,
        undefined="no words in the body",
        says=f"{{value:.1f}} {what} per 100 words; usual is {{low:.1f}} to {{high:.1f}}",
        value=lambda s: per_100_words(s, _body(s, *kinds)),
        spans=lambda s: _body(s, *kinds),
        scored=scored,
    )


MEASURES = (
    _density("quantities", "quantities", "evidence.quantity"),
    Measure(
        name="evidence.measured_per_100_words",
        unit="quantities with a unit per 100 words",
        low=0,
        high=100,
        undefined="no words in the body",
        says="{value:.1f} quantities with a unit per 100 words; usual is {low:.1f} to {high:.1f}",
        value=lambda s: per_100_words(s, _measured(s)),
        spans=_measured,
    ),
    _density("dates", "dates and times", "evidence.date"),
    _density("names", "names", "evidence.name"),
    _density("studies", "references to studies", "evidence.study"),
    _density("documents", "references to documents", "evidence.document"),
    _density("court_papers", "references to court papers", "evidence.court"),
    _density("links", "links", "evidence.link"),
    _density("vague_times", "vague times", "evidence.vague_time"),
    _density("vague_places", "vague places", "evidence.vague_place"),
    Measure(
        name="evidence.vague_times_share",
        unit="share of times",
        low=0,
        high=1,
        undefined=f"fewer than {ENOUGH_TIMES} dates, clock times and vague times in the body",
        says="{value:.0%} of the times told are vague; usual is {low:.0%} to {high:.0%}",
        value=_vague_times_share,
        spans=_times,
    ),
    Measure(
        name="evidence.specific_writer",
        unit="figures, dates, names and references per 100 words of the writer",
        low=0,
        high=100,
        undefined=f"fewer than {ENOUGH_WORDS} words outside quotations, {_NO_MARKS}",
        says="{value:.1f} figures, dates, names and references per 100 words of the writer's own; usual is"
        " {low:.1f} to {high:.1f}",
        value=lambda s: _per_100_of(s, _writer(s, *SPECIFIC), s.body_words - s.quoted_words),
        spans=lambda s: _writer(s, *SPECIFIC),
    ),
    Measure(
        name="evidence.specific_quoted",
        unit="figures, dates, names and references per 100 quoted words",
        low=0,
        high=100,
        undefined=f"fewer than {ENOUGH_WORDS} words in quotations, {_NO_MARKS}",
        says="{value:.1f} figures, dates, names and references per 100 quoted words; usual is {low:.1f} to"
        " {high:.1f}",
        value=lambda s: _per_100_of(s, _quoted(s, *SPECIFIC), s.quoted_words),
        spans=lambda s: _quoted(s, *SPECIFIC),
    ),
    Measure(
        name="evidence.references_writer",
        unit="references per 100 words of the writer",
        low=0,
        high=100,
        undefined=f"fewer than {ENOUGH_WORDS} words outside quotations, {_NO_MARKS}",
        says="{value:.1f} studies, documents, court papers and links per 100 words of the writer's own; usual is"
        " {low:.1f} to {high:.1f}",
        value=lambda s: _per_100_of(s, _writer(s, *REFERENCES), s.body_words - s.quoted_words),
        spans=lambda s: _writer(s, *REFERENCES),
    ),
    Measure(
        name="evidence.statements_specific",
        unit="share of statements",
        low=0,
        high=1,
        undefined=_NO_STATEMENTS,
        says="{value:.0%} of the statements have a figure, a date, a name or a reference; usual is {low:.0%} to"
        " {high:.0%}",
        value=_statements_specific,
        spans=lambda s: _body(s, *SPECIFIC),
    ),
    Measure(
        name="evidence.statements_figures",
        unit="share of statements",
        low=0,
        high=1,
        undefined=_NO_STATEMENTS,
        says="{value:.0%} of the statements have a figure or a date; usual is {low:.0%} to {high:.0%}",
        value=_statements_figures,
        spans=lambda s: _body(s, "evidence.quantity", "evidence.date"),
    ),
    Measure(
        name="evidence.statements_vague",
        unit="share of statements",
        low=0,
        high=1,
        undefined=_NO_STATEMENTS,
        says="{value:.0%} of the statements have a vague time or place; usual is {low:.0%} to {high:.0%}",
        value=lambda s: share_of_statements(s, sentences_with(s, _body(s, *VAGUE))),
        spans=lambda s: _body(s, *VAGUE),
    ),
)
