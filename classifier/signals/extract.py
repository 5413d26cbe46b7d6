"""From texts to evidence: each text is segmented once, scanned once for all families, and turned into columns."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.signals.family import Family
from classifier.signals.scan import Scanner, quoted_words
from classifier.signals.span import Flag, Prose, Signals, Span
from classifier.text.document import Document
from classifier.text.paragraphs import Zone
from classifier.text.segment import Segmented, segment_all

# Characters of the documents worked out together: numpy's cost for each call is shared, the arrays stay in the cache.
TOGETHER = 200_000


class Marked(NamedTuple):
    """One text with the spans of each family (offsets into the readable text), sorted by place."""

    text: Segmented
    spans: tuple[list[Span], ...]


@cache
def scanner(families: tuple[Family, ...]) -> Scanner:
    """The compiled lexicons of these families, kept for the life of the process."""
    return Scanner([family.lexicon for family in families])


def mark(document: Document, families: tuple[Family, ...]) -> Marked:
    """Mark one document with every family."""
    return next(mark_all([document], families))


def mark_all(documents: Sequence[Document], families: tuple[Family, ...]) -> Iterator[Marked]:
    """Mark documents with every family, in order; each is what it would be alone."""
    scan = scanner(families).scan_all
    for group in groups(documents):
        contexts, hits = zip(*scan(segment_all(group)), strict=True)
        found = [f.spans(contexts, own) for f, own in zip(families, zip(*hits, strict=True), strict=True)]
        for i, context in enumerate(contexts):
            yield Marked(context.text, tuple(spans[i] for spans in found))


def groups(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """Lists of documents to work out together; together they are short, or it is one alone."""
    group: list[Document] = []
    size = 0
    for document in documents:
        if group and size + len(document.raw) > TOGETHER:
            yield group
            group, size = [], 0
        group.append(document)
        size += len(document.raw)
    if group:
        yield group


def extract(documents: Sequence[Document], families: tuple[Family, ...]) -> tuple[Signals, list[Marked]]:
    """Mark a batch of documents; the columns hold the spans of all families together."""
    marked = list(mark_all(documents, families))
    return columns(marked, families), marked


def columns(marked: Sequence[Marked], families: tuple[Family, ...]) -> Signals:
    """The spans of marked texts as columns, offsets turned into those of the raw text."""
    kinds = tuple(f"{family.name}.{kind}" for family in families for kind in family.kinds)
    number = [{kind: kinds.index(f"{family.name}.{kind}") for kind in family.kinds} for family in families]
    texts = [one.text for one in marked]
    table = _table(marked, number)
    doc, start, end, kind, group, flags, value = table.T
    words = _offsets(len(text.words.start) for text in texts)
    sentences = _offsets(len(text.sentences.start) for text in texts)
    sentence_doc = np.repeat(np.arange(len(texts), dtype=np.int32), np.diff(sentences))
    starts = _joined(text.words.start for text in texts)
    sentence_starts = _joined(text.sentences.start for text in texts)
    first_word = _joined(text.sentences.first_word for text in texts) + words[sentence_doc]
    last_word = _joined(text.sentences.last_word for text in texts) + words[sentence_doc]
    sentence_ends = _joined(text.sentences.end for text in texts)
    zone = _joined(text.sentences.zone for text in texts)
    statement = _joined(text.sentences.statement for text in texts).astype(np.bool_)
    quoted = _joined(quoted_words(text) for text in texts).astype(np.bool_)
    # One search through the whole batch: the place of a character is its document, then its offset.
    place_of_word = (np.repeat(np.arange(len(texts)), np.diff(words)) << 32) + starts
    place_of_sentence = (sentence_doc.astype(np.int64) << 32) + sentence_starts
    first = place_of_word.searchsorted((doc << 32) + start)
    last = place_of_word.searchsorted((doc << 32) + end)
    at = np.maximum(place_of_sentence.searchsorted((doc << 32) + start, "right") - 1, 0)
    if len(doc):
        inside = quoted[np.minimum(first, len(quoted) - 1)] if len(quoted) else np.zeros(len(doc), np.bool_)
        flags = flags | np.where(inside, Flag.IN_QUOTE, 0)
        read = (sentence_doc[at] == doc) & (start < sentence_ends[at])  # furniture is in no sentence
        flags = flags | np.where(read & (zone[at] == Zone.TITLE), Flag.IN_TITLE, 0)
        flags = flags | np.where(read & statement[at], Flag.IN_STATEMENT, 0)
    in_body = np.zeros(len(quoted) + 1, np.int32)
    body = zone == Zone.BODY
    np.add.at(in_body, first_word[body], 1)
    np.add.at(in_body, last_word[body], -1)
    in_body = np.concatenate([[0], np.cumsum(np.cumsum(in_body[:-1]) > 0)])
    quoted_body = np.concatenate([[0], np.cumsum(quoted & (np.diff(in_body) > 0))])
    counted = [text.quantities for text in texts]
    before = words[:-1].repeat([len(one.first) for one in counted])
    quantity = _joined(one.first for one in counted) + before
    quantity_end = _joined(one.last for one in counted) + before
    in_a_body = np.diff(in_body)[quantity] > 0
    raw_start, raw_end = _raw(texts, doc, start, end)
    return Signals(
        kinds,
        doc.astype(np.int32),
        raw_start.astype(np.int32),
        raw_end.astype(np.int32),
        kind.astype(np.int16),
        group.astype(np.int32),
        flags.astype(np.uint16),
        value.astype(np.int32),
        at.astype(np.int32),
        first.astype(np.int32),
        last.astype(np.int32),
        sentence_doc,
        first_word.astype(np.int32),
        last_word.astype(np.int32),
        statement,
        quantity[in_a_body].astype(np.int32),
        quantity_end[in_a_body].astype(np.int32),
        words,
        np.diff(in_body[words]).astype(np.int32),
        np.array([sum(p.words for p in t.paragraphs if p.zone is Zone.TITLE) for t in texts], np.int32),
        np.diff(quoted_body[words]).astype(np.int32),
        np.array(["no_sentence_marks" not in t.notes for t in texts], np.bool_),
        np.array(["quotation_marks_destroyed" not in t.notes for t in texts], np.bool_),
        Prose(texts),
    )


def _table(marked: Sequence[Marked], number: list[dict[str, int]]) -> NDArray[np.int64]:
    """Document, start, end, kind, group, flags and value of every span, sorted by place; (n_spans, 7)."""
    rows = [
        (doc, s.start, s.end, numbers[s.kind], s.group, s.flags, s.value)
        for doc, one in enumerate(marked)
        for spans, numbers in zip(one.spans, number, strict=True)
        for s in spans
    ]
    table = np.array(rows, np.int64).reshape(len(rows), 7)
    return table[np.lexsort((table[:, 2], table[:, 1], table[:, 0]))]


def _offsets(sizes: Iterable[int]) -> NDArray[np.int32]:
    """Where each document begins and the last one ends, if they stand one behind the other."""
    return np.concatenate([[0], np.cumsum(list(sizes), dtype=np.int64)]).astype(np.int32)


def _joined(columns: Iterable[NDArray[Any]]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(0, np.int64), *columns])


def _raw(
    texts: Sequence[Segmented], doc: NDArray[np.int64], start: NDArray[np.int64], end: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Offsets into the raw texts; nearly always the same."""
    raw_start, raw_end = start, end
    for i, text in enumerate(texts):
        back = text.readable.back
        if back is not None:
            if raw_start is start:
                raw_start, raw_end = start.copy(), end.copy()
            rows = slice(*doc.searchsorted([i, i + 1]).tolist())
            raw_start[rows], raw_end[rows] = back[0, start[rows]], back[1, end[rows] - 1]
    return raw_start, raw_end
