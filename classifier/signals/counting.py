"""Arithmetic over span columns that measures of every family share: counts, shares, coverage.

All functions work on a whole batch; "undefined" is nan throughout.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.signals.span import Flag, Signals

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def of_kind(signals: Signals, *names: str) -> Mask:
    """Spans whose kind is one of `names` or below it: "sourcing.source" has "sourcing.source.person"."""
    wanted = [any(kind == n or kind.startswith(n + ".") for n in names) for kind in signals.kinds]
    if not wanted:
        return np.zeros(len(signals.kind), np.bool_)
    result: Mask = np.array(wanted, np.bool_)[signals.kind]
    return result


def flagged(signals: Signals, flag: int) -> Mask:
    """Spans that carry the flag."""
    result: Mask = (signals.flags & flag) != 0
    return result


def in_body(signals: Signals) -> Mask:
    """Spans of the body, not of the headline."""
    return ~flagged(signals, Flag.IN_TITLE)


def count(signals: Signals, spans: Mask) -> Floats:
    """Number of chosen spans per document, shape (n_docs,)."""
    return np.bincount(signals.doc[spans], minlength=signals.n_docs).astype(np.float64)


def ratio(above: Floats, below: NDArray[Any]) -> Floats:
    """above / below, nan where below is 0."""
    divisor = np.asarray(below, np.float64)
    result: Floats = np.divide(above, divisor, out=np.full(len(divisor), np.nan), where=divisor > 0)
    return result


def per_100_words(signals: Signals, spans: Mask) -> Floats:
    """Chosen spans per 100 body words; nan without body words."""
    return 100 * ratio(count(signals, spans), signals.body_words)


def words_covered(signals: Signals, spans: Mask) -> Mask:
    """Which words of the batch lie in a chosen span, shape (n_words,); overlapping spans count a word once."""
    edges = np.zeros(int(signals.word_offset[-1]) + 1, np.int32)
    np.add.at(edges, signals.first_word[spans], 1)
    np.add.at(edges, signals.last_word[spans], -1)
    return np.cumsum(edges[:-1]) > 0


def sentences_with(signals: Signals, spans: Mask) -> Mask:
    """Which sentences a chosen span begins in, shape (n_sentences,)."""
    found = np.zeros(len(signals.statement), np.bool_)
    found[signals.sentence[spans]] = True
    return found


def sentences_covered(signals: Signals, spans: Mask, share: float = 0.5) -> Mask:
    """Which sentences have at least `share` of their words in chosen spans, shape (n_sentences,)."""
    total = np.concatenate([[0], np.cumsum(words_covered(signals, spans))])
    inside = total[signals.sentence_last_word] - total[signals.sentence_first_word]
    size = signals.sentence_last_word - signals.sentence_first_word
    result: Mask = (inside >= share * size) & (inside > 0)
    return result


def share_of_statements(signals: Signals, sentences: Mask) -> Floats:
    """Chosen statements / statements per document; nan without statements or without usable sentence marks."""
    docs = signals.sentence_doc
    all_ = np.bincount(docs[signals.statement], minlength=signals.n_docs)
    some = np.bincount(docs[signals.statement & sentences], minlength=signals.n_docs)
    return np.where(signals.punctuated, ratio(some.astype(np.float64), all_), np.nan)
