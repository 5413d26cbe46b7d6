"""From texts to evidence: each text is segmented once, scanned once for all families, and turned into columns."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.signals.family import Family
from classifier.signals.scan import Context, Scanner
from classifier.signals.span import Flag, Signals, Span
from classifier.text.document import Document
from classifier.text.paragraphs import Zone
from classifier.text.segment import Segmented, segment


class Marked(NamedTuple):
    """One text with the spans of each family (offsets into the readable text), sorted by place."""

    context: Context
    spans: tuple[list[Span], ...]

    @property
    def text(self) -> Segmented:
        """The structure of the text."""
        return self.context.text


@cache
def scanner(families: tuple[Family, ...]) -> Scanner:
    """The compiled lexicons of these families, kept for the life of the process."""
    return Scanner([family.lexicon for family in families])


def mark(document: Document, families: tuple[Family, ...]) -> Marked:
    """Mark one document with every family."""
    context, hits = scanner(families).scan(segment(document))
    return Marked(context, tuple(sorted(f.mark(context, h)) for f, h in zip(families, hits, strict=True)))


def extract(documents: Sequence[Document], families: tuple[Family, ...]) -> tuple[Signals, list[Marked]]:
    """Mark a batch of documents; the columns hold the spans of all families together."""
    marked = [mark(document, families) for document in documents]
    return columns(marked, families), marked


def columns(marked: Sequence[Marked], families: tuple[Family, ...]) -> Signals:
    """The spans of marked texts as columns, offsets turned into those of the raw text."""
    kinds = tuple(f"{family.name}.{kind}" for family in families for kind in family.kinds)
    number = [{kind: kinds.index(f"{family.name}.{kind}") for kind in family.kinds} for family in families]
    parts: list[tuple[NDArray[np.int64], ...]] = []
    sentences: list[tuple[NDArray[Any], ...]] = []
    sizes, body, title, quoted, punctuated, marks = [], [], [], [], [], []
    offset = row = 0
    for doc, one in enumerate(marked):
        text = one.text
        rows = [
            (s.start, s.end, numbers[s.kind], s.group, s.flags, s.value)
            for spans, numbers in zip(one.spans, number, strict=True)
            for s in spans
        ]
        s = text.sentences
        in_quote = np.array(one.context.quoted, np.bool_)
        in_body = _body_words(text)
        if rows:
            table = np.array(rows, np.int64)
            table = table[np.lexsort((table[:, 1], table[:, 0]))]
            parts.append(_spans(text, table, doc, row, offset, in_quote))
        sentences.append(
            (np.full(len(s.start), doc, np.int32), s.first_word + offset, s.last_word + offset, s.statement)
        )
        sizes.append(len(text.words.start))
        body.append(int(in_body.sum()))
        title.append(sum(p.words for p in text.paragraphs if p.zone is Zone.TITLE))
        quoted.append(int((in_quote & in_body).sum()))
        punctuated.append("no_sentence_marks" not in text.notes)
        marks.append("quotation_marks_destroyed" not in text.notes)
        offset += sizes[-1]
        row += len(s.start)
    whole = (
        [np.concatenate(column) for column in zip(*parts, strict=True)]
        if parts
        else [np.zeros(0, np.int64)] * 10
    )
    doc_, start, end, kind, group, flags, value, sentence, first, last = whole
    s_doc, s_first, s_last, statement = (
        (np.concatenate(column) for column in zip(*sentences, strict=True))
        if sentences
        else [np.zeros(0, np.int32)] * 4
    )
    return Signals(
        kinds,
        doc_.astype(np.int32),
        start.astype(np.int32),
        end.astype(np.int32),
        kind.astype(np.int16),
        group.astype(np.int32),
        flags.astype(np.uint16),
        value.astype(np.int32),
        sentence.astype(np.int32),
        first.astype(np.int32),
        last.astype(np.int32),
        s_doc,
        s_first,
        s_last,
        statement.astype(np.bool_),
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32),
        np.array(body, np.int32),
        np.array(title, np.int32),
        np.array(quoted, np.int32),
        np.array(punctuated, np.bool_),
        np.array(marks, np.bool_),
    )


def _body_words(text: Segmented) -> NDArray[np.bool_]:
    inside = np.zeros(len(text.words.start), np.bool_)
    s = text.sentences
    for first, last in zip(
        s.first_word[s.zone == Zone.BODY].tolist(), s.last_word[s.zone == Zone.BODY].tolist(), strict=True
    ):
        inside[first:last] = True
    return inside


def _spans(
    text: Segmented, table: NDArray[np.int64], doc: int, row: int, offset: int, in_quote: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], ...]:
    start, end, kind, group, flags, value = table.T
    s, found = text.sentences, text.words
    at = np.clip(s.start.searchsorted(start, "right") - 1, 0, None)
    first = found.start.searchsorted(start)
    last = found.start.searchsorted(end)
    # A span that begins inside a word (a mark of punctuation does not) still counts that word.
    quoted = (
        in_quote[np.clip(first, 0, len(in_quote) - 1)] if len(in_quote) else np.zeros(len(start), np.bool_)
    )
    flags = flags | np.where(quoted, Flag.IN_QUOTE, 0) | np.where(s.zone[at] == Zone.TITLE, Flag.IN_TITLE, 0)
    flags = flags | np.where(s.statement[at], Flag.IN_STATEMENT, 0)
    back = text.readable.back
    raw_start, raw_end = (start, end) if back is None else (back[0, start], back[1, end - 1])
    return (
        np.full(len(start), doc, np.int64),
        raw_start,
        raw_end,
        kind,
        group,
        flags,
        value,
        at + row,
        first + offset,
        last + offset,
    )
