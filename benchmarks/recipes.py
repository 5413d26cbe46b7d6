"""Recipes for the default model compared: folds by publisher inside the training pool, and each corpus left out.

The table in docs/decisions/0006 comes from here. Only development figures; nothing is chosen on a test split.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from measured import rows

from classifier import DEFAULT_FAMILIES, Document
from classifier.evaluation.duplicates import near_duplicate_clusters
from classifier.evaluation.metrics import auroc
from classifier.evaluation.publishers import lone_units, publisher_codes
from classifier.evaluation.splits import group_articles, publisher_folds
from classifier.models.estimator import SignalClassifier
from classifier.signals.registry import load_families
from classifier.training import Labelled, measure

POOL = ("recovery", "fakenewsnet_v1", "horne2017", "golbeck2018", "celebrity", "buzzfeed_fb2016")
ASIDE = ("fakehealth_story", "fakehealth_release", "ctfan22_test")
LEFT_OUT = tuple(c for c in POOL if c != "golbeck2018") + ASIDE  # golbeck2018 has no reliable articles


def articles(corpora: tuple[str, ...]) -> list[Labelled]:
    """The reliable and unreliable articles of the corpora."""
    return [
        Labelled(
            Document(f"{c}:{r['id']}", r["text"], title=r["title"]),
            c,
            r["label"] == "unreliable",
            r["publisher"],
        )
        for c in corpora
        for r in rows(c, test=True)  # all of each corpus, as the shipped model is trained and measured
        if r["label"] in ("reliable", "unreliable")
    ]


def balanced_weights(articles: Sequence[Labelled]) -> np.ndarray:
    """Every corpus x label counts the same, and an outlet by the square root of its size; shape (n,), mean 1.

    Meant to keep the model from learning the largest corpus and its largest outlets.
    """
    units = lone_units(publisher_codes([a.publisher for a in articles])).tolist()
    outlets = Counter((a.corpus, unit) for a, unit in zip(articles, units, strict=True))
    raw = [1 / math.sqrt(outlets[a.corpus, unit]) for a, unit in zip(articles, units, strict=True)]
    cells: dict[tuple[str, bool], float] = defaultdict(float)
    for a, w in zip(articles, raw, strict=True):
        cells[a.corpus, a.positive] += w
    weights = np.array([w / cells[a.corpus, a.positive] for a, w in zip(articles, raw, strict=True)])
    return weights * (len(weights) / weights.sum())


def main() -> None:
    """Print one line a recipe: AUROC by publisher in the pool, then for each corpus left out, and their mean."""
    families = load_families(DEFAULT_FAMILIES)
    everything = measure(articles(POOL + ASIDE), families, deduplicate=False)
    corpora = np.array(everything.corpora)
    clusters = near_duplicate_clusters(everything.texts)
    _, first = np.unique(clusters, return_index=True)
    once = np.zeros(len(corpora), bool)
    once[first] = True
    in_pool = np.isin(corpora, POOL) & once
    print(
        f"{'weights':10} {'C':>6} {'pool':>6} "
        + " ".join(f"{c[:16]:>16}" for c in LEFT_OUT)
        + f" {'mean':>6}"
    )
    for weighted in (False, True):
        for C in (0.001, 0.01, 0.1, 1.0):
            score = _recipe(everything, in_pool, C, weighted)
            figures = [_left_out(everything, corpora, clusters, in_pool, c, C, weighted) for c in LEFT_OUT]
            name = "balanced" if weighted else "none"
            print(
                f"{name:10} {C:6} {score:6.3f} "
                + " ".join(f"{f:16.3f}" for f in figures)
                + f" {np.mean(figures):6.3f}"
            )


def _fit(data, train, C, weighted):
    weights = balanced_weights([data.articles[i] for i in train]) if weighted else None
    return SignalClassifier(C=C, folds=2).fit(data.X[train], data.y[train], sample_weight=weights)


def _recipe(data, in_pool, C, weighted) -> float:
    pool = np.flatnonzero(in_pool)
    groups = group_articles([data.publishers[i] for i in pool], data.clusters[pool]).groups
    p = np.full(len(pool), np.nan)
    for fold in publisher_folds(groups, data.y[pool]):
        p[fold.test] = _fit(data, pool[fold.train], C, weighted).decision_function(data.X[pool[fold.test]])
    return auroc(data.y[pool].astype(float), 1 / (1 + np.exp(-p)))


def _left_out(data, corpora, clusters, in_pool, corpus, C, weighted) -> float:
    test = np.flatnonzero(corpora == corpus)
    train = np.flatnonzero(in_pool & (corpora != corpus) & ~np.isin(clusters, clusters[test]))
    z = _fit(data, train, C, weighted).decision_function(data.X[test])
    return auroc(data.y[test].astype(float), 1 / (1 + np.exp(-z)))


if __name__ == "__main__":
    main()
