"""Spans: the evidence. One row for people and family authors (`Span`), columns for arithmetic (`Signals`)."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.text.paragraphs import Shape, Zone
from classifier.text.segment import Segmented


class Flag:
    """Facts about a span, added up in `Span.flags`. The first three are set by the engine."""

    IN_QUOTE: Final = 1  # inside quotation marks other than a title's: somebody else's words
    IN_TITLE: Final = 2  # in the headline
    IN_STATEMENT: Final = 4  # in a sentence that counts as a statement
    NEGATED: Final = 8
    NAMED: Final = 16  # a proper name stands in the span
    OWN: Final = 256  # this and higher bits mean what the family says


class Span(NamedTuple):
    """One marked stretch. Families give offsets into the readable text; outside they count the raw text."""

    start: int  # code points
    end: int  # exclusive, start < end
    kind: str  # one of the family's kinds
    group: int = -1  # parts of one attribution share a number, counted from 0 per document; -1: alone
    flags: int = 0
    value: int = -1  # a number of the family's own, such as which of the distinct sources this is


class Prose:
    """Facts about the running text of a batch that few measures need, worked out when first asked for."""

    def __init__(self, texts: Sequence[Segmented]) -> None:
        self._texts = texts

    @cached_property
    def syllables(self) -> NDArray[np.int32]:
        """Number of syllables of each word, (n_words,); see `classifier.text.syllables`."""
        return np.concatenate([np.zeros(0, np.int32), *(text.syllables for text in self._texts)])

    @cached_property
    def different_words(self) -> NDArray[np.float64]:
        """Mean number of different words in a run of 100 body words, (n_docs,); nan where there are fewer."""
        found = (text.variety.different for text in self._texts)
        return np.array([counts.mean() if len(counts) else np.nan for counts in found], np.float64)

    @cached_property
    def paragraphs(self) -> NDArray[np.int32]:
        """Number of paragraphs of prose in the body, (n_docs,)."""
        shapes = ([p.shape for p in text.zone(Zone.BODY)] for text in self._texts)
        return np.array([found.count(Shape.PROSE) for found in shapes], np.int32)


class Signals(NamedTuple):
    """The spans of a batch of documents as columns, sorted by (doc, start, end), and what they stand in.

    Span columns have shape (n_spans,), sentence columns (n_sentences,), document columns (n_docs,), and those of
    the quantities of the bodies (see `classifier.text.quantities`) (n_quantities,). Words are counted through the
    whole batch: document d owns the words ``word_offset[d]`` up to ``word_offset[d + 1]``.
    """

    kinds: tuple[str, ...]  # what the numbers in `kind` mean: "family.kind"
    doc: NDArray[np.int32]
    start: NDArray[np.int32]  # into the raw text
    end: NDArray[np.int32]
    kind: NDArray[np.int16]
    group: NDArray[np.int32]
    flags: NDArray[np.uint16]
    value: NDArray[np.int32]
    sentence: NDArray[
        np.int32
    ]  # row of the sentence columns below where the span begins; the last before furniture
    first_word: NDArray[np.int32]
    last_word: NDArray[np.int32]  # exclusive
    sentence_doc: NDArray[np.int32]
    sentence_first_word: NDArray[np.int32]
    sentence_last_word: NDArray[np.int32]  # exclusive
    statement: NDArray[np.bool_]
    quantity_first_word: NDArray[np.int32]
    quantity_last_word: NDArray[np.int32]  # exclusive
    word_offset: NDArray[np.int32]  # (n_docs + 1,)
    body_words: NDArray[np.int32]
    title_words: NDArray[np.int32]
    quoted_words: NDArray[np.int32]  # body words inside quotation marks, titles aside
    punctuated: NDArray[np.bool_]  # false: no usable sentence marks, measures over sentences mean nothing
    marked_quotes: NDArray[np.bool_]  # false: quotation marks were destroyed, measures over them mean nothing
    prose: Prose

    @property
    def n_docs(self) -> int:
        """Number of documents in the batch."""
        return len(self.body_words)
