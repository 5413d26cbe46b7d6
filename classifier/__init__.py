"""Static-text misinformation signals: marks hedges and sourcing, scores articles, says when it can't tell.

>>> import classifier
>>> result = classifier.mark("The clerk said the gate may be shut.")
>>> [hedge["text"] for hedge in result.to_dict()["signals"]["hedges"]]
['may']
"""

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike
from typing import TYPE_CHECKING

from classifier.text.document import Document

if TYPE_CHECKING:
    from classifier.scoring.answers import Marking
    from classifier.scoring.scorer import Scorer

__all__ = ["DEFAULT_FAMILIES", "Document", "load_scorer", "mark", "mark_many"]

DEFAULT_FAMILIES = ("hedges", "sourcing")


def mark(text: "str | Document", families: Sequence[str] = DEFAULT_FAMILIES) -> "Marking":
    """Mark the signals of one text; ``.to_dict()`` is the object of `misinfo mark`."""
    return next(iter(mark_many([text], families)))


def mark_many(
    texts: "Iterable[str | Document]", families: Sequence[str] = DEFAULT_FAMILIES
) -> "Iterator[Marking]":
    """Mark texts in order, one result each, lazily."""
    from classifier.scoring.scorer import Marker
    from classifier.signals.registry import load_families

    return Marker(load_families(families)).mark_many(texts)


def load_scorer(
    model: "str | PathLike[str] | None" = None, *, risk: float | None = None, prevalence: float | None = None
) -> "Scorer":
    """A scorer for a shipped model's name or a model folder; None: the default model.

    risk: share of wrong answers that must not be exceeded among those given; prevalence: share of positives expected.
    See `classifier.scoring.scorer.Scorer`.
    """
    from classifier.io.bundle import load_scorer as load

    return load(model, risk=risk, prevalence=prevalence)
