"""Emotive spans -> named numbers. Undefined is nan; each measure opens to the spans it counts.

What is denied ("not a shocking result") is marked but counted nowhere.
"""

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
from classifier.signals.emotive.mark import AGAINST, FOR
from classifier.signals.family import Measure
from classifier.signals.span import Flag, Signals

Chosen = Callable[[Signals], Mask]


def _every(signals: Signals) -> Mask:
    return of_kind(signals, "emotive") & ~flagged(signals, Flag.NEGATED)


def _body(signals: Signals) -> Mask:
    return _every(signals) & in_body(signals)


def _writer(signals: Signals) -> Mask:
    return _body(signals) & ~flagged(signals, Flag.IN_QUOTE)


def _quoted(signals: Signals) -> Mask:
    return _body(signals) & flagged(signals, Flag.IN_QUOTE)


def _title(signals: Signals) -> Mask:
    return _every(signals) & flagged(signals, Flag.IN_TITLE)


def _strong(signals: Signals) -> Mask:
    """Spans of the greatest strength; other families' values mean other things."""
    result: Mask = _every(signals) & (signals.value == 3)
    return result


def _kinds(*names: str) -> Chosen:
    return lambda signals: of_kind(signals, *(f"emotive.{name}" for name in names)) & _writer(signals)


def _towards(flag: int, voice: Chosen) -> Chosen:
    return lambda signals: voice(signals) & flagged(signals, flag)


def _statements(signals: Signals) -> Floats:
    shares = share_of_statements(signals, sentences_with(signals, _writer(signals)))
    return np.where(signals.marked_quotes, shares, np.nan)


def _writer_share(signals: Signals) -> Floats:
    shares = ratio(count(signals, _writer(signals)), count(signals, _body(signals)))
    return np.where(signals.marked_quotes, shares, np.nan)


_USUAL = "usual is {low:.1f} to {high:.1f}"
_USUAL_SHARE = "usual is {low:.0%} to {high:.0%}"


def _density(name: str, spans: Chosen, what: str) -> Measure:
    return Measure(
        name=f"emotive.{name}",
        unit="per 100 words of the writer's own",
        low=0,
        high=100,
        undefined="no words in the body outside quotation marks, or the quotation marks were destroyed",
        says=f"{{value:.1f}} {what} per 100 words of the writer's own; {_USUAL}",
        value=lambda s: per_100_own_words(s, spans(s)),
        spans=spans,
    )


MEASURES = (
    _density("writer", _writer, "emotive words"),
    Measure(
        name="emotive.quoted",
        unit="per 100 quoted words",
        low=0,
        high=100,
        undefined="no words in quotation marks, or the quotation marks were destroyed",
        says=f"{{value:.1f}} emotive words per 100 quoted words; {_USUAL}",
        value=lambda s: per_100_quoted_words(s, _quoted(s)),
        spans=_quoted,
    ),
    _density("against_writer", _towards(AGAINST, _writer), "emotive words against somebody or something"),
    _density("for_writer", _towards(FOR, _writer), "emotive words for somebody or something"),
    _density("strong_writer", lambda s: _strong(s) & _writer(s), "of the strongest emotive words"),
    _density("fear_writer", _kinds("fear"), "words of fear"),
    _density("outrage_writer", _kinds("outrage", "disgust"), "words of outrage and disgust"),
    _density("grief_writer", _kinds("grief"), "words of grief"),
    _density("praise_writer", _kinds("praise", "joy"), "words of praise and joy"),
    _density("blame_writer", _kinds("blame", "name_calling"), "words of scorn and name-calling"),
    _density("loaded_verbs_writer", _kinds("loaded_verb"), "loaded verbs"),
    _density("sensation_writer", _kinds("sensation"), "words of sensation"),
    Measure(
        name="emotive.statements_writer",
        unit="share of statements",
        low=0,
        high=1,
        undefined="no statements in the body, no usable sentence marks, or the quotation marks were destroyed",
        says=f"{{value:.0%}} of the statements hold an emotive word of the writer's; {_USUAL_SHARE}",
        value=_statements,
        spans=_writer,
    ),
    Measure(
        name="emotive.writer_share",
        unit="share of emotive words",
        low=0,
        high=1,
        undefined="no emotive words in the body, or the quotation marks were destroyed",
        says=f"{{value:.0%}} of the emotive words are in the writer's own voice; {_USUAL_SHARE}",
        value=_writer_share,
        spans=_body,
    ),
    Measure(
        name="emotive.title",
        unit="share of title words",
        low=0,
        high=1,
        undefined="no title",
        says=f"{{value:.0%}} of the words of the headline are emotive; {_USUAL_SHARE}",
        value=lambda s: ratio(count(s, _title(s)), s.title_words),
        spans=_title,
        scored=False,  # corpora give the headline in a column of its own, where it has no place in the text
    ),
)
