"""Spans of emphasis -> named numbers. Undefined is nan; each measure opens to the spans it counts."""

from collections.abc import Callable

import numpy as np

from classifier.signals.counting import Floats, Mask, count, flagged, in_body, of_kind, per_100_words, ratio
from classifier.signals.family import Measure
from classifier.signals.span import Flag, Signals

QUOTED = Flag.OWN  # inside quotation marks; a mark is no word, so the engine can't tell for it


def _body(signals: Signals) -> Mask:
    return of_kind(signals, "emphasis") & in_body(signals)


def _writer(signals: Signals) -> Mask:
    return _body(signals) & ~flagged(signals, QUOTED)


def _quoted(signals: Signals) -> Mask:
    return _body(signals) & flagged(signals, QUOTED)


def _title(signals: Signals) -> Mask:
    return of_kind(signals, "emphasis") & flagged(signals, Flag.IN_TITLE)


def _with_marks(signals: Signals, values: Floats) -> Floats:
    """Undefined where the quotation marks were destroyed: whose emphasis it is can't be told there."""
    result: Floats = np.where(signals.marked_quotes, values, np.nan)
    return result


def _in_body_of(*kinds: str) -> Callable[[Signals], Mask]:
    return lambda signals: of_kind(signals, *(f"emphasis.{kind}" for kind in kinds)) & in_body(signals)


def _per_100(
    name: str, what: str, spans: Callable[[Signals], Mask], *, voices: bool, scored: bool
) -> Measure:
    """Chosen spans per 100 words of the body; `voices` says that they hang on the quotation marks."""

    def value(signals: Signals) -> Floats:
        values = per_100_words(signals, spans(signals))
        return _with_marks(signals, values) if voices else values

    return Measure(
        name=f"emphasis.{name}",
        unit=f"{what} per 100 words",
        low=0,
        high=float("inf"),
        undefined="no words in the body" + (", or the quotation marks were destroyed" if voices else ""),
        says=f"{{value:.2f}} {what} per 100 words; usual is {{low:.2f}} to {{high:.2f}}",
        value=value,
        spans=spans,
        scored=scored,
    )


MEASURES = (
    _per_100("writer_per_100_words", "stresses of the writer's own", _writer, voices=True, scored=True),
    _per_100("quoted_per_100_words", "stresses inside quotation marks", _quoted, voices=True, scored=True),
    _per_100(
        "capitals_per_100_words",
        "runs of stressed capitals",
        _in_body_of("capitals"),
        voices=False,
        scored=True,
    ),
    _per_100(
        "exclamations_per_100_words",
        "exclamation marks or runs of question marks",
        _in_body_of("exclamation", "question_run"),
        voices=False,
        scored=True,
    ),
    _per_100("ellipses_per_100_words", "suspense dots", _in_body_of("ellipsis"), voices=True, scored=True),
    _per_100(
        "scare_quotes_per_100_words", "scare quotes", _in_body_of("scare_quotes"), voices=True, scored=True
    ),
    _per_100(
        "short_sentences_per_100_words",
        "sentences of one or two words",
        _in_body_of("short_sentence"),
        voices=True,
        scored=True,
    ),
    Measure(
        name="emphasis.title_per_word",
        unit="stresses per word of the headline",
        low=0,
        high=float("inf"),
        undefined="no title",
        says="{value:.2f} stresses per word of the headline; usual is {low:.2f} to {high:.2f}",
        value=lambda s: ratio(count(s, _title(s)), s.title_words),
        spans=_title,
        scored=False,  # corpora give the headline in a column of its own, where it has no place in the text
    ),
)
