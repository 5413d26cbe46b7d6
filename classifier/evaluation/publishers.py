"""Publishers as numbers: the units that folds keep together and intervals draw."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from classifier.evaluation.metrics import FloatArray, Ranked

IntArray: TypeAlias = NDArray[np.int64]

UNKNOWN = -1


def publisher_codes(publishers: Sequence[str | None]) -> IntArray:
    """One number a publisher, in order of first appearance; -1 where it is unknown (None or blank).

    Returns shape (n,). Case and outer blanks do not make a second publisher.
    """
    seen: dict[str, int] = {}
    names = ((name or "").strip().casefold() for name in publishers)
    return np.array([seen.setdefault(name, len(seen)) if name else UNKNOWN for name in names], dtype=np.int64)


def count_publishers(publishers: Sequence[str | None]) -> int:
    """Number of different known publishers."""
    return int(publisher_codes(publishers).max(initial=UNKNOWN)) + 1


def lone_units(codes: IntArray) -> IntArray:
    """Units for drawing with replacement: a publisher is one unit, an article without publisher is its own.

    codes: shape (n,), from `publisher_codes`. Returns shape (n,), numbered 0 to units - 1 without gaps.
    """
    units = codes.copy()
    alone = np.flatnonzero(codes == UNKNOWN)
    units[alone] = codes.max(initial=UNKNOWN) + 1 + np.arange(len(alone))
    return units


@dataclass(frozen=True, slots=True)
class PublisherFigures:
    """How one publisher's articles were scored; nan where undefined."""

    name: str | None
    """As first written; None: all articles without a known publisher."""
    n_articles: int
    n_positive: int
    coverage: float
    """Share of its articles with a score, 0 to 1."""
    mean_probability: float
    """Of the scored ones."""
    auroc: float
    """Of the scored ones, where they carry both labels. No interval: one publisher is one draw."""

    def to_dict(self) -> dict[str, str | int | float | None]:
        """The fields by name, None where nan."""
        figures = {
            name: None if math.isnan(number) else number
            for name, number in (
                ("coverage", self.coverage),
                ("mean_probability", self.mean_probability),
                ("auroc", self.auroc),
            )
        }
        return {
            "publisher": self.name,
            "n_articles": self.n_articles,
            "n_positive": self.n_positive,
            **figures,
        }


def by_publisher(
    y: FloatArray, p: FloatArray, publishers: Sequence[str | None]
) -> tuple[PublisherFigures, ...]:
    """Figures of each publisher, most articles first, those without a known publisher in one row at the end.

    y: (n,) 0 or 1. p: (n,) 0 to 1, nan where there is no score.
    """
    codes = publisher_codes(publishers)
    order = np.argsort(codes, kind="stable")
    rows_of = np.split(order, np.flatnonzero(np.diff(codes[order])) + 1) if len(codes) else []
    found = []
    for rows in rows_of:
        labels, scores = y[rows], p[rows]
        scored = ~np.isnan(scores)
        name = publishers[rows[0]]
        found.append(
            PublisherFigures(
                name=name.strip() if name and codes[rows[0]] != UNKNOWN else None,
                n_articles=len(rows),
                n_positive=int(labels.sum()),
                coverage=float(scored.mean()),
                mean_probability=float(scores[scored].mean()) if scored.any() else math.nan,
                auroc=Ranked(scores[scored]).tally(labels[scored]).auroc(),
            )
        )
    return tuple(sorted(found, key=lambda row: (row.name is None, -row.n_articles, row.name or "")))
