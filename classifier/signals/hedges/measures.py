"""Hedge spans -> named numbers. Undefined is nan; each measure opens to the spans it counts."""

import numpy as np
from numpy.typing import NDArray

from classifier.signals.counting import (
    Floats,
    Mask,
    count,
    count_quantities,
    flagged,
    in_body,
    of_kind,
    per_100_words,
    ratio,
    sentence_of_word,
    sentences_with,
    share_of_statements,
)
from classifier.signals.family import Measure
from classifier.signals.span import Flag, Signals


def _every(signals: Signals) -> Mask:
    """All hedges; conditionals, marked only on demand, set a condition and withhold nothing."""
    return of_kind(signals, "hedges") & ~of_kind(signals, "hedges.conditional")


def _body(signals: Signals) -> Mask:
    return _every(signals) & in_body(signals)


def _writer(signals: Signals) -> Mask:
    return _body(signals) & ~flagged(signals, Flag.IN_QUOTE)


def _quoted(signals: Signals) -> Mask:
    return _body(signals) & flagged(signals, Flag.IN_QUOTE)


def _title(signals: Signals) -> Mask:
    return _every(signals) & flagged(signals, Flag.IN_TITLE)


def _approximators(signals: Signals) -> Mask:
    return of_kind(signals, "hedges.approximator") & in_body(signals)


def _beside(
    signals: Signals,
    first: NDArray[np.int32],
    last: NDArray[np.int32],
    sentence: NDArray[np.int64],
    other_first: NDArray[np.int32],
    other_last: NDArray[np.int32],
    other_sentence: NDArray[np.int64],
) -> Mask:
    """Which stretches of words have one of the others beside them in their sentence, one word between at most."""
    size = int(signals.word_offset[-1]) + 3
    begins, ends = np.full(size, -1), np.full(size, -1)  # counted from 1: the sentence of the other one
    begins[other_first + 1] = ends[other_last + 1] = other_sentence
    result: Mask = (ends[first + 1] == sentence) | (ends[first] == sentence)
    result |= (begins[last + 1] == sentence) | (begins[last + 2] == sentence)
    return result


def _blurred(signals: Signals) -> Mask:
    """Which quantities carry an approximator: "about 40", "about a dozen", "40 or so", "40 boats or so"."""
    chosen = _approximators(signals)
    first, last = signals.quantity_first_word, signals.quantity_last_word
    here = signals.first_word[chosen], signals.last_word[chosen], signals.sentence[chosen].astype(np.int64)
    return _beside(signals, first, last, sentence_of_word(signals, first), *here)


def _blurring(signals: Signals) -> Mask:
    """The approximators that stand beside a quantity."""
    first, last = signals.quantity_first_word, signals.quantity_last_word
    found = _beside(
        signals,
        signals.first_word,
        signals.last_word,
        signals.sentence.astype(np.int64),
        first,
        last,
        sentence_of_word(signals, first),
    )
    return found & _approximators(signals)


def _quantities_approximated(signals: Signals) -> Floats:
    return ratio(count_quantities(signals, _blurred(signals)), count_quantities(signals))


def _statements_writer(signals: Signals) -> Floats:
    shares = share_of_statements(signals, sentences_with(signals, _writer(signals)))
    return np.where(signals.marked_quotes, shares, np.nan)


def _statements_quoted(signals: Signals) -> Floats:
    shares = share_of_statements(signals, sentences_with(signals, _quoted(signals)))
    return np.where(signals.marked_quotes, shares, np.nan)


def _writer_share(signals: Signals) -> Floats:
    shares = ratio(count(signals, _writer(signals)), count(signals, _body(signals)))
    return np.where(signals.marked_quotes, shares, np.nan)


def _words_before(signals: Signals) -> NDArray[np.int64]:
    """How many words of title and body stand before each word of the batch; shape (n_words + 1,)."""
    edges = np.zeros(int(signals.word_offset[-1]) + 1, np.int64)
    np.add.at(edges, signals.sentence_first_word, 1)
    np.add.at(edges, signals.sentence_last_word, -1)
    return np.concatenate([[0], np.cumsum(np.cumsum(edges[:-1]) > 0)])


def _in_third(signals: Signals, third: int) -> Mask:
    """Hedges whose first word stands in one third of the body's words: 0, 1 or 2; the headline comes first."""
    before = _words_before(signals)
    place = (
        before[signals.first_word]
        - before[signals.word_offset[signals.doc]]
        - signals.title_words[signals.doc]
    )
    size = np.maximum(signals.body_words[signals.doc], 1)
    here: Mask = np.clip(3 * place // size, 0, 2) == third
    return _body(signals) & here


def _density_in_third(signals: Signals, third: int) -> Floats:
    """Hedges per 100 words of one third; nan where the body has fewer than three words."""
    body = signals.body_words.astype(np.int64)
    size = -(-(third + 1) * body // 3) + (-third * body // 3)  # the words whose place falls in this third
    return 100 * ratio(count(signals, _in_third(signals, third)), np.where(body >= 3, size, 0))


def _third(number: int, name: str) -> Measure:
    return Measure(
        name=f"hedges.{name}_third",
        unit="hedges per 100 words",
        low=0,
        high=100,
        undefined="fewer than three words in the body",
        says=f"{{value:.1f}} hedge words per 100 words in the {name} third; usual is {{low:.1f}} to {{high:.1f}}",
        value=lambda s: _density_in_third(s, number),
        spans=lambda s: _in_third(s, number),
        scored=False,  # short articles have a handful of hedges: a third of that is noise to a model
    )


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
        name="hedges.quantities_approximated",
        unit="share of quantities",
        low=0,
        high=1,
        undefined="no quantities in the body",
        says="{value:.0%} of the quantities are approximate; usual is {low:.0%} to {high:.0%}",
        value=_quantities_approximated,
        spans=_blurring,
        scored=False,  # most articles have a few quantities: a share of so few is noise to a model
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
    _third(0, "first"),
    _third(1, "middle"),
    _third(2, "last"),
)
