"""Spans of address -> named numbers. Undefined is nan; each measure opens to the spans it counts."""

from collections.abc import Callable

import numpy as np

from classifier.signals.counting import (
    Floats,
    Mask,
    count,
    flagged,
    in_body,
    of_kind,
    per_100_own_words,
    per_100_quoted_words,
    ratio,
    sentences_with,
    share_of_statements,
)
from classifier.signals.family import Measure
from classifier.signals.span import Flag, Signals

_READER = ("address.second", "address.imperative", "address.question", "address.call", "address.appeal")


def _in_writer_voice(*kinds: str) -> Callable[[Signals], Mask]:
    return lambda signals: of_kind(signals, *kinds) & in_body(signals) & ~flagged(signals, Flag.IN_QUOTE)


def _in_quoted_voice(*kinds: str) -> Callable[[Signals], Mask]:
    return lambda signals: of_kind(signals, *kinds) & in_body(signals) & flagged(signals, Flag.IN_QUOTE)


def _statements(signals: Signals, spans: Mask) -> Floats:
    shares = share_of_statements(signals, sentences_with(signals, spans))
    return np.where(signals.marked_quotes, shares, np.nan)


def _questions(signals: Signals, spans: Mask) -> Floats:
    """Sentences that ask / statements and sentences that ask; nan as for shares of statements."""
    asked = sentences_with(signals, spans)
    docs = signals.sentence_doc
    some = np.bincount(docs[asked], minlength=signals.n_docs).astype(np.float64)
    every = np.bincount(docs[asked | signals.statement], minlength=signals.n_docs)
    return np.where(signals.punctuated & signals.marked_quotes, ratio(some, every), np.nan)


def _title(signals: Signals) -> Mask:
    return of_kind(signals, *_READER) & flagged(signals, Flag.IN_TITLE)


_NO_WRITER = "no words in the body outside quotation marks, or the quotation marks were destroyed"
_NO_QUOTED = "no words in quotation marks, or the quotation marks were destroyed"
_NO_STATEMENTS = "no statements in the body, no usable sentence marks, or the quotation marks were destroyed"
_USUAL = "usual is {low:.1f} to {high:.1f}"
_USUAL_SHARE = "usual is {low:.0%} to {high:.0%}"


def _density(name: str, spans: Callable[[Signals], Mask], what: str, *, quoted: bool) -> Measure:
    value = per_100_quoted_words if quoted else per_100_own_words
    words = "quoted words" if quoted else "words of the writer's own"
    return Measure(
        name=f"address.{name}",
        unit=f"per 100 {words}",
        low=0,
        high=100,
        undefined=_NO_QUOTED if quoted else _NO_WRITER,
        says=f"{{value:.1f}} {what} per 100 {words}; {_USUAL}",
        value=lambda s: value(s, spans(s)),
        spans=spans,
    )


MEASURES = (
    _density(
        "first_singular_writer",
        _in_writer_voice("address.first_singular"),
        "words like I and my",
        quoted=False,
    ),
    _density(
        "first_plural_writer", _in_writer_voice("address.first_plural"), "words like we and our", quoted=False
    ),
    _density("second_writer", _in_writer_voice("address.second"), "words like you and your", quoted=False),
    _density(
        "first_singular_quoted",
        _in_quoted_voice("address.first_singular"),
        "words like I and my",
        quoted=True,
    ),
    _density(
        "first_plural_quoted", _in_quoted_voice("address.first_plural"), "words like we and our", quoted=True
    ),
    _density("second_quoted", _in_quoted_voice("address.second"), "words like you and your", quoted=True),
    _density(
        "calls_writer",
        _in_writer_voice("address.call", "address.appeal"),
        "calls and appeals to the reader",
        quoted=False,
    ),
    Measure(
        name="address.imperatives_writer",
        unit="share of statements",
        low=0,
        high=1,
        undefined=_NO_STATEMENTS,
        says=f"{{value:.0%}} of the statements tell the reader to do something; {_USUAL_SHARE}",
        value=lambda s: _statements(s, _in_writer_voice("address.imperative", "address.call")(s)),
        spans=_in_writer_voice("address.imperative", "address.call"),
    ),
    Measure(
        name="address.questions_writer",
        unit="share of statements and questions",
        low=0,
        high=1,
        undefined=_NO_STATEMENTS.replace("no statements", "neither statements nor questions"),
        says=f"{{value:.0%}} of the sentences are questions of the writer's; {_USUAL_SHARE}",
        value=lambda s: _questions(s, _in_writer_voice("address.question")(s)),
        spans=_in_writer_voice("address.question"),
    ),
    Measure(
        name="address.statements_to_reader",
        unit="share of statements",
        low=0,
        high=1,
        undefined=_NO_STATEMENTS,
        says=f"{{value:.0%}} of the statements speak to the reader; {_USUAL_SHARE}",
        value=lambda s: _statements(s, _in_writer_voice(*_READER)(s)),
        spans=_in_writer_voice(*_READER),
    ),
    Measure(
        name="address.title",
        unit="marks per title word",
        low=0,
        high=1,
        undefined="no title",
        says=f"{{value:.2f}} questions, commands and words like you for each word of the headline; {_USUAL}",
        value=lambda s: np.minimum(ratio(count(s, _title(s)), s.title_words), 1.0),
        spans=_title,
        scored=False,  # corpora give the headline in a column of its own, where it has no place in the text
    ),
)
