"""Labelled articles: which label is the positive one, and what in them would fool a model."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.errors import TrainingError
from classifier.evaluation.audit import Audit, audit
from classifier.text.document import Document

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article to learn from; `corpus` says where it came from."""

    document: Document
    corpus: str
    positive: bool
    publisher: str | None


def choose_labels(labels: Iterable[str], positive: str | None, negative: str | None) -> tuple[str, str]:
    """The positive and the negative label among those given; TrainingError lists them where it can't tell.

    Words are guessed in any case, numbers never: 1 is the unreliable side of some corpora and the reliable of
    others.
    """
    counts = Counter(labels)
    if not counts:
        raise TrainingError("no article has a label; name the column of the labels with --label")
    shown = ", ".join(f"{label} ({n})" for label, n in sorted(counts.items()))
    if positive is None:
        positive = _guessed(counts, ("unreliable", "fake"))
        if positive is None:
            raise TrainingError(
                f"which label is the positive one can't be told from {shown}; say --positive LABEL"
            )
    if positive not in counts:
        raise TrainingError(
            f"no article is labelled {positive!r}, there are {shown}; say --positive with one of these"
        )
    if negative is None:
        others = [label for label in counts if label != positive]
        negative = others[0] if len(others) == 1 else _guessed(others, ("reliable", "real"))
        if negative is None:
            raise TrainingError(
                f"which label is the negative one can't be told from {shown}; say --negative LABEL"
            )
    if negative == positive:
        raise TrainingError(
            f"{positive!r} can't be both the positive and the negative label; there are {shown}, say"
            " another one"
        )
    if negative not in counts:
        raise TrainingError(
            f"no article is labelled {negative!r}, there are {shown}; say --negative with one of these"
        )
    return positive, negative


def _guessed(labels: Iterable[str], words: Sequence[str]) -> str | None:
    found = [label for label in labels if label.strip().lower() in words]
    return found[0] if len(found) == 1 else None


def audited(
    documents: Sequence[Document],
    corpora: Sequence[str],
    labels: Sequence[str | None],
    *,
    positive: str | None,
    clusters: Ints | None = None,
) -> Audit:
    """What in labelled documents would fool a model; see `classifier.evaluation.audit.audit`."""
    metas = [document.meta for document in documents]
    return audit(
        [document.raw for document in documents],
        labels,
        publishers=[meta.get("publisher") for meta in metas],
        dates=[meta.get("date") for meta in metas],
        titles=[document.title for document in documents],
        corpora=corpora,
        ids=[document.id for document in documents],
        urls=[meta.get("url") for meta in metas],
        positive=positive,
        clusters=clusters,
    )
