"""The trained tagger: the same alone and in a batch, exact arithmetic, the best path, columns that cross no text."""

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.signals.extract import mark, mark_all, scanner
from classifier.signals.scan import Context, Hits
from classifier.signals.sourcing import FAMILY
from classifier.signals.sourcing.chain import best_path, steps
from classifier.signals.sourcing.columns import PAD, TABLES, Tokens, endings, tokens
from classifier.signals.sourcing.cues import CLASSES
from classifier.signals.sourcing.tagger import (
    B_CONTENT,
    B_CUE,
    B_SOURCE,
    DILATIONS,
    I_CONTENT,
    LABELS,
    MOST,
    NOTHING,
    tagger,
)
from classifier.text.document import Document
from classifier.text.segment import segment_all

PIECES = (
    "The mayor said the bridge would stay shut.",
    "“We counted twice,” said Ivo Brandt, “and found nothing.”",
    "It rained on the quay all day (and all night).",
    "WARDEN: Who has the key?",
    "“Never closed, he wrote",
    "According to the Vale Water Board, the dam holds…",
    "ROOK: Not me - ask the clerk.\n\nWARDEN: Thank you.",
    "\n\n",
    "“Gone” — Rik Holt",
    "x",
)
texts = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


def read(batch: Sequence[str]) -> tuple[list[Context], list[Hits]]:
    found = list(scanner((FAMILY,)).scan_all(segment_all([Document("t", text) for text in batch])))
    return [context for context, _ in found], [hits[0] for _, hits in found]


def columns(batch: Sequence[str]) -> Tokens:
    return tokens(*read(batch), CLASSES, tagger().vocabulary)


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=5))
def test_a_text_has_the_same_spans_alone_and_in_a_batch(batch: list[str]) -> None:
    documents = [Document(str(i), text) for i, text in enumerate(batch)]
    together = [one.spans[0] for one in mark_all(documents, (FAMILY,))]
    assert together == [mark(document, (FAMILY,)).spans[0] for document in documents]


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=5))
def test_the_columns_of_a_batch_are_those_of_its_texts(batch: list[str]) -> None:
    whole = columns(batch)
    each = [columns([text]) for text in batch]
    for name in ("word", *TABLES):
        joined = [one.inputs[name][one.rows] for one in each]
        assert np.array_equal(whole.inputs[name][whole.rows], np.concatenate(joined))
        assert whole.inputs[name].max(initial=0) < (TABLES | {"word": 10**6})[name]
    for name in ("gap", "quoted", "cue_class", "speech", "word"):
        assert np.array_equal(getattr(whole, name), np.concatenate([getattr(one, name) for one in each]))


def test_no_word_sees_another_document() -> None:
    assert sum(DILATIONS) < PAD
    whole = columns(["The clerk left.", "Nobody came."])
    assert (np.diff(whole.rows) > PAD).sum() == 1
    assert whole.rows[0] == PAD
    assert len(whole.inputs["word"]) == whole.rows[-1] + 1 + PAD


def test_what_stands_between_words_is_told_by_its_first_sign() -> None:
    batch = columns(["One, two; three: four (five) six - seven… eight?” “Nine — ten.\n\nEleven went home."])
    gaps = [int(value) % 9 for value in batch.gap]
    assert gaps == [1, 3, 5, 4, 6, 6, 7, 2, 2, 7, 1, 0, 0]


def test_the_shape_of_quotation_marks_is_not_seen() -> None:
    shapes = [
        "“No,” he said. “It is ‘shut’ now.”",
        '"No," he said. "It is \'shut\' now."',
        "''No,'' he said. ''It is 'shut' now.''",
    ]
    first, *others = (columns([text]) for text in shapes)
    for other in others:
        for name in ("word", *TABLES):
            assert np.array_equal(first.inputs[name][first.rows], other.inputs[name][other.rows])


def test_an_unknown_word_is_known_by_its_ending() -> None:
    batch = columns(["The zzqxification and the zzbxification of zzqxers"])
    number = batch.inputs["word"][batch.rows]
    known = tagger().vocabulary
    assert number[1] == number[4] != number[6]
    assert number[1] == len(known) + 2 + endings([b"zzqxification"])[0]


def test_the_numbers_are_whole_and_their_sums_exact() -> None:
    one = tagger()
    width = one._out[0].shape[0]
    for name in ("word", *TABLES):
        assert np.array_equal(one._tables[name], np.rint(one._tables[name]))
    for kernel, bias in (*((layer[:-1], layer[-1]) for layer in one._layers), one._out):
        steps_of = [2.0**shift for shift in range(24)]
        scale = next(s for s in steps_of if np.array_equal(kernel * s, np.rint(kernel * s)))
        assert np.abs(kernel * scale).max() <= 127
        assert np.array_equal(bias * scale, np.rint(bias * scale))
        assert 127 * MOST * 3 * width < 2**24


@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_the_best_path_is_the_best_of_all(n_sentences: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    sizes = random.integers(1, 4, n_sentences)
    sentence = np.arange(n_sentences, dtype=np.int32).repeat(sizes)
    scores, transitions, start = (
        random.integers(-9, 9, shape).astype(np.float32) for shape in ((len(sentence), 3), (3, 3), (3,))
    )
    labels = best_path(scores, transitions, start, steps(sentence))
    for number in range(n_sentences):
        rows = np.flatnonzero(sentence == number)

        def total(path: Sequence[int], rows: np.ndarray = rows) -> float:
            steps_taken = sum(transitions[a, b] for a, b in itertools.pairwise(path))
            return float(
                start[path[0]]
                + sum(scores[r, label] for r, label in zip(rows, path, strict=True))
                + steps_taken
            )

        best = max(map(total, itertools.product(range(3), repeat=len(rows))))
        assert total(labels[rows].tolist()) == best


@settings(max_examples=40, deadline=None)
@given(texts)
def test_the_labels_follow_one_another_as_they_must(text: str) -> None:
    batch = columns([text])
    labels = tagger().labels(batch)
    assert len(labels) == len(batch.word)
    assert labels.max(initial=0) < len(LABELS)
    for at, label in enumerate(labels):
        same = at > 0 and batch.sentence[at] == batch.sentence[at - 1]
        before = labels[at - 1] if same else NOTHING
        if label and label % 2 == 0:
            assert same
            assert before in (label - 1, label)


def test_what_the_labels_are_called() -> None:
    assert [LABELS[i] for i in (NOTHING, B_SOURCE, B_CUE, B_CONTENT, I_CONTENT)] == [
        "O",
        "B-source",
        "B-cue",
        "B-content",
        "I-content",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "¿", "<p></p>"])
def test_a_text_without_words(text: str) -> None:
    assert mark(Document("t", text), (FAMILY,)).spans[0] == []
