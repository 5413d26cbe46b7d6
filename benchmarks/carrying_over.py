"""What carries over: each corpus scored by a model of the others, and publishers of one corpus by a model of its others.

The figures behind decision 0013 and the targets of the two scorers, with the code that `misinfo train` runs. Corpora that
are not of the pool are tested on the whole pool. Repeats go before anything is fitted, and no copy stands on two sides.

    python benchmarks/carrying_over.py
"""

import argparse
from typing import Any

import numpy as np
from labelled import labelled, part_of
from measured import POOL, write_result

from classifier.evaluation.duplicates import keep_for_training, near_duplicate_clusters
from classifier.evaluation.metrics import auroc, calibration_error, calibration_error_matched
from classifier.evaluation.risk import selective_error
from classifier.evaluation.splits import Fold, group_articles, leave_one_corpus_out, publisher_folds
from classifier.models.prevalence import at_prevalence
from classifier.signals.registry import BUILT_IN
from classifier.training.fitting import (
    PENALTY,
    calibrated_apart,
    calibrated_on,
    log_odds_of,
    unseen_log_odds,
)
from classifier.training.measuring import Measured, measure
from classifier.training.recipe import OWN_KIND

ASIDE = ("fakehealth_story", "fakehealth_release", "ctfan22_test")
TESTED = tuple(c for c in POOL if c != "golbeck2018") + ASIDE  # golbeck2018 has no reliable articles
SEEDS = 3


def once(data: Measured, chosen: np.ndarray) -> np.ndarray:
    """The chosen articles without repeats."""
    return chosen[keep_for_training(data.clusters[chosen], data.y[chosen]).keep]


def first_of_each(data: Measured, chosen: np.ndarray) -> np.ndarray:
    """The chosen articles, one of each near-duplicate cluster, whatever the labels of the others."""
    return chosen[np.sort(np.unique(data.clusters[chosen], return_index=True)[1])]


def elsewhere(data: Measured, pool: np.ndarray, corpus: str) -> dict[str, float]:
    """A corpus scored by a model of the pool without it, calibrated inside its training side as `misinfo train` does."""
    member = np.array(data.corpora) == corpus
    test = first_of_each(data, np.flatnonzero(member))
    own = np.isin(data.clusters, data.clusters[member])
    train = once(data, np.flatnonzero(pool & ~member & ~own))
    inside = part_of(data, train)
    groups = group_articles(inside.publishers, inside.clusters).groups
    by_corpus = [fold for _, fold, _ in leave_one_corpus_out(inside.corpora, groups)]
    publishers = unseen_log_odds(inside, publisher_folds(groups, inside.y, 5, 0), C=PENALTY)
    unseen = np.array([publishers] * OWN_KIND + [unseen_log_odds(inside, by_corpus, C=PENALTY)])
    z = log_odds_of(data, Fold(train, test), C=PENALTY)
    p = calibrated_on(unseen, inside.y, np.arange(len(train)), z)
    y = data.y[test].astype(np.float64)
    matched = at_prevalence(p, float(inside.y.mean()), float(y.mean()))
    error = float(selective_error(y, matched, 1.0))
    return {
        "auroc": auroc(y, p),
        "calibration_error": calibration_error(y, p),
        "calibration_error_prior": calibration_error(y, matched),
        "calibration_error_matched": calibration_error_matched(y, p),
        "error": error,
        "error_at_half": float(selective_error(y, matched)),
        "ratio": float(selective_error(y, matched)) / error,
    }


def by_publisher(data: Measured, corpus: str) -> dict[str, float]:
    """Publishers of a corpus scored by models of its other publishers: mean over folds and `SEEDS` divisions."""
    own = part_of(data, once(data, np.flatnonzero(np.array(data.corpora) == corpus)))
    groups = group_articles(own.publishers, own.clusters).groups
    values, errors = [], []
    for seed in range(SEEDS):
        folds = publisher_folds(groups, own.y, 5, seed)
        p = calibrated_apart(unseen_log_odds(own, folds, C=PENALTY)[None], own.y, folds)
        values += [auroc(own.y[fold.test], p[fold.test]) for fold in folds]
        errors.append(calibration_error(own.y, p))
    return {"auroc": float(np.mean(values)), "calibration_error": float(np.mean(errors))}


def main() -> None:
    """Print the tables; write the result file."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    articles = labelled((*POOL, *ASIDE), test=True)
    texts = [a.document.raw for a in articles]
    clusters = near_duplicate_clusters(texts)
    found: dict[str, Any] = {}
    for scorer in ("signals", "wording"):
        data = measure(
            articles,
            tuple(BUILT_IN),
            wording=scorer == "wording",
            clusters=clusters,
            deduplicate=False,
            workers=2,
        )
        pool = np.isin(np.array(data.corpora), POOL)
        table = {corpus: elsewhere(data, pool, corpus) for corpus in TESTED}
        names = list(next(iter(table.values())))
        print(f"\n| {scorer}, trained on the others | " + " | ".join(names) + " |")
        print("|---|" + "---:|" * len(names))
        for corpus, row in table.items():
            print(f"| {corpus} | " + " | ".join(f"{row[n]:.3f}" for n in names) + " |")
        means = {n: float(np.mean([row[n] for row in table.values()])) for n in names}
        print("| mean | " + " | ".join(f"{means[n]:.3f}" for n in names) + " |", flush=True)
        recovery = by_publisher(data, "recovery")
        print(
            f"recovery by publisher: AUROC {recovery['auroc']:.3f}, error {recovery['calibration_error']:.3f}"
        )
        found[scorer] = {"elsewhere": table, "means": means, "recovery_by_publisher": recovery}
    write_result("carrying_over", found, texts)


if __name__ == "__main__":
    main()
