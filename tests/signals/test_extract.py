"""From texts to columns: offsets into the raw text, flags, and the same result alone and in a batch."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.signals import extract as extracting
from classifier.signals.extract import extract, mark, mark_all
from classifier.signals.registry import load_families
from classifier.signals.span import Flag
from classifier.text.document import Document

FAMILIES = load_families(["sourcing"])
TEXTS = [
    "",
    "Port shut, officials say\n\nThe port is shut, said Ada Holm, the mayor. “It may open,” she added.",
    "<p>Ada Holm s<b>ai</b>d the port &amp; the quay were sh&shy;ut.</p><p>According <i>to</i> critics, it is not.</p>",
    "\ufeffSo\u00adlu\u00adtion found, she said.\r\n\r\nThe engi\u00adneer sa\u00adid it would hold.",
    "Nothing here.",
]


def rows(signals, doc):
    chosen = signals.doc == doc
    return [
        (int(s), int(e), signals.kinds[k], int(g), int(f), int(v))
        for s, e, k, g, f, v in zip(
            signals.start[chosen], signals.end[chosen], signals.kind[chosen], signals.group[chosen],
            signals.flags[chosen], signals.value[chosen], strict=True,
        )
    ]  # fmt: skip


def test_offsets_count_the_raw_text():
    signals, _ = extract([Document("x", TEXTS[2])], FAMILIES)
    slices = [(TEXTS[2][s:e], kind) for s, e, kind, *_ in rows(signals, 0)]
    assert ("s<b>ai</b>d", "sourcing.cue") in slices
    assert ("the port &amp; the quay were sh&shy;ut", "sourcing.content.indirect") in slices
    assert ("According <i>to", "sourcing.cue") in slices


def test_alone_and_in_a_batch_the_result_is_the_same():
    together, _ = extract([Document(str(i), t) for i, t in enumerate(TEXTS)], FAMILIES)
    assert together.n_docs == len(TEXTS)
    for i, text in enumerate(TEXTS):
        alone, _ = extract([Document("x", text)], FAMILIES)
        assert rows(alone, 0) == rows(together, i)
        assert alone.body_words[0] == together.body_words[i]


def test_an_empty_batch_has_empty_columns():
    signals, marked = extract([], FAMILIES)
    assert marked == []
    assert signals.n_docs == 0
    assert len(signals.doc) == len(signals.sentence_doc) == 0


def test_the_engine_sets_title_quote_and_statement():
    signals, _ = extract([Document("x", TEXTS[1])], FAMILIES)
    raw = TEXTS[1]
    flags = {(raw[s:e], kind): f for s, e, kind, _, f, _ in rows(signals, 0)}
    assert flags["officials", "sourcing.source.withheld"] & Flag.IN_TITLE
    assert not flags["said", "sourcing.cue"] & Flag.IN_TITLE
    assert flags["said", "sourcing.cue"] & Flag.IN_STATEMENT
    assert flags["“It may open,”", "sourcing.content.direct"] & Flag.IN_QUOTE
    assert not flags["she", "sourcing.source.person"] & Flag.IN_QUOTE


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                "said",
                "she",
                "“",
                "”",
                '"',
                "\n\n",
                ".",
                ",",
                "according to",
                "Mr. Rook",
                "a\u00adb",
                "<p>",
                "&amp;",
            ]
        )
    ).map(" ".join)
)
@settings(max_examples=200)
def test_spans_lie_inside_any_text_and_are_sorted(text):
    signals, (one,) = extract([Document("x", text)], FAMILIES)
    assert np.all((signals.start >= 0) & (signals.start < signals.end) & (signals.end <= len(text)))
    assert np.all(np.diff(signals.start) >= 0)
    if one.text.readable.back is None:
        shown = one.text.readable.text
        for span in one.spans[0]:
            assert shown[span.start : span.end] == text[span.start : span.end]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_words_of_spans_are_counted_through_the_batch(count):
    documents = [Document(str(i), TEXTS[1]) for i in range(count)]
    signals, _ = extract(documents, FAMILIES)
    size = signals.word_offset[1]
    assert list(signals.word_offset) == [i * size for i in range(count + 1)]
    first = signals.first_word[signals.doc == 0]
    for doc in range(count):
        assert list(signals.first_word[signals.doc == doc]) == list(first + doc * size)


def test_marking_one_document_gives_spans_in_readable_offsets():
    one = mark(Document("x", TEXTS[3]), FAMILIES)
    shown = one.text.readable.text
    assert "said" in [shown[s.start : s.end] for s in one.spans[0] if s.kind == "cue"]


@pytest.mark.parametrize("together", [1, 150, 10**6])
def test_however_documents_are_put_together_each_is_marked_as_alone(together, monkeypatch):
    monkeypatch.setattr(extracting, "TOGETHER", together)
    documents = [Document(str(i), t) for i, t in enumerate([*TEXTS, *TEXTS])]
    marked = list(mark_all(documents, FAMILIES))
    assert [one.text.document.id for one in marked] == [d.id for d in documents]
    assert [one.spans for one in marked] == [mark(d, FAMILIES).spans for d in documents]
