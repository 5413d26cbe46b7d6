"""Labelled corpora for the benchmarks that train."""

import numpy as np
from measured import rows

from classifier import Document
from classifier.training import Labelled
from classifier.training.measuring import Measured


def labelled(corpora: tuple[str, ...], *, test: bool = False) -> list[Labelled]:
    """Articles with one of the two labels; those of test parts only with `test`."""
    return [
        Labelled(
            Document(f"{c}:{r['id']}", r["text"], title=r["title"]),
            c,
            r["label"] == "unreliable",
            r["publisher"],
        )
        for c in corpora
        for r in rows(c, test=test)
        if r["label"] in ("reliable", "unreliable")
    ]


def part_of(data: Measured, chosen: np.ndarray) -> Measured:
    """Some of the articles."""
    tokens = None if data.tokens is None else data.tokens.rows(chosen)
    articles = [data.articles[i] for i in chosen.tolist()]
    return Measured(articles, data.X[chosen], data.y[chosen], data.clusters[chosen], {}, tokens, data.listed)
