"""Arithmetic over span columns that measures of every family share: counts, shares, coverage.

All functions work on a whole batch; "undefined" is nan throughout.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.signals.family import Measure
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


def per_100_own_words(signals: Signals, spans: Mask) -> Floats:
    """Chosen spans per 100 body words outside quotation marks; nan without such words or with destroyed marks."""
    shares = 100 * ratio(count(signals, spans), signals.body_words - signals.quoted_words)
    return np.where(signals.marked_quotes, shares, np.nan)


def per_100_quoted_words(signals: Signals, spans: Mask) -> Floats:
    """Chosen spans per 100 body words inside quotation marks; nan without such words or with destroyed marks."""
    return np.where(signals.marked_quotes, 100 * ratio(count(signals, spans), signals.quoted_words), np.nan)


def words_covered(signals: Signals, spans: Mask) -> Mask:
    """Which words of the batch lie in a chosen span, shape (n_words,); overlapping spans count a word once."""
    edges = np.zeros(int(signals.word_offset[-1]) + 1, np.int32)
    np.add.at(edges, signals.first_word[spans], 1)
    np.add.at(edges, signals.last_word[spans], -1)
    return np.cumsum(edges[:-1]) > 0


def sentence_of_word(signals: Signals, words: NDArray[Any]) -> NDArray[np.int64]:
    """The sentence each of these words of title or body stands in."""
    found: NDArray[np.int64] = signals.sentence_first_word.searchsorted(words, "right") - 1
    return found


def count_quantities(signals: Signals, chosen: Mask | None = None) -> Floats:
    """Number of quantities (or of the chosen ones) in the body of each document, shape (n_docs,)."""
    docs = signals.word_offset.searchsorted(signals.quantity_first_word, "right") - 1
    docs = docs if chosen is None else docs[chosen]
    counts: Floats = np.bincount(docs, minlength=signals.n_docs).astype(np.float64)
    return counts


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


def group_key(signals: Signals) -> NDArray[np.int64]:
    """A number that the parts of one group in one document have in common, shape (n_spans,)."""
    return signals.doc.astype(np.int64) << 32 | signals.group.astype(np.int64)


FIRST_WORDS = 300  # what counts as the beginning of a body
ENOUGH_WORDS = 100  # body words; below, the beginning of a body is not measured


def _first_sentences(signals: Signals) -> Mask:
    """Body sentences that begin within the first body words of a document long enough, shape (n_sentences,)."""
    docs = signals.sentence_doc
    size = signals.sentence_last_word - signals.sentence_first_word
    before = np.cumsum(size, dtype=np.int64) - size
    # The headline comes first: its sentences get a place below 0.
    place = before - before[np.searchsorted(docs, docs)] - signals.title_words[docs]
    long_enough = (signals.body_words >= ENOUGH_WORDS) & signals.punctuated
    result: Mask = long_enough[docs] & (place >= 0) & (place < FIRST_WORDS)
    return result


def in_first_sentences(signals: Signals) -> Mask:
    """Spans that begin in the beginning of a body, see `beginning`."""
    if not len(signals.doc):
        return np.zeros(0, np.bool_)
    return in_body(signals) & _first_sentences(signals)[signals.sentence]


def beginning(signals: Signals, spans: Mask) -> Signals:
    """The batch cut down to the beginning of each body, so that long documents compare with short ones.

    The beginning is made of the sentences that begin within the first 300 body words, each whole. Of the spans the
    chosen ones are kept. Of a body with fewer than 100 words or without usable sentence marks nothing is kept, so
    that every measure over its spans, statements or words is undefined. Other counts are still those of the whole
    body (`quoted_words` among them): measures that use them can't be taken of a beginning.
    """
    first = _first_sentences(signals)
    size = (signals.sentence_last_word - signals.sentence_first_word)[first]
    words = np.bincount(signals.sentence_doc[first], size, minlength=signals.n_docs)
    return signals._replace(
        doc=signals.doc[spans],
        start=signals.start[spans],
        end=signals.end[spans],
        kind=signals.kind[spans],
        group=signals.group[spans],
        flags=signals.flags[spans],
        value=signals.value[spans],
        sentence=signals.sentence[spans],
        first_word=signals.first_word[spans],
        last_word=signals.last_word[spans],
        statement=signals.statement & first,
        body_words=words.astype(np.int32),
    )


def of_beginning(measure: Measure, name: str, kept: Callable[[Signals], Mask]) -> Measure:
    """The same measure over the beginning of each body; `kept` says which spans belong to it. Described only."""

    def spans(signals: Signals) -> Mask:
        chosen = kept(signals)
        result = np.zeros(len(signals.doc), np.bool_)
        result[chosen] = measure.spans(beginning(signals, chosen))
        return result

    return replace(
        measure,
        name=name,
        undefined=f"fewer than {ENOUGH_WORDS} words in the body, no usable sentence marks, or in its first"
        f" {FIRST_WORDS} words: {measure.undefined}",
        says=f"in the first {FIRST_WORDS} words, {measure.says}",
        value=lambda signals: measure.value(beginning(signals, kept(signals))),
        spans=spans,
        scored=False,
    )
