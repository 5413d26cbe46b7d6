"""What is fitted, and how its figures come about without an article, or its publisher, having been seen."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.evaluation.splits import Fold
from classifier.features.wording import Wording, choose, narrowed
from classifier.training.measuring import Measured

if TYPE_CHECKING:
    from classifier.models.curves import AdditiveClassifier

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PENALTY = 0.003  # C of the curves; chosen on development corpora, docs/decisions/0013


class Fitted(NamedTuple):
    """A regression, not calibrated, and the wording that it reads beside the measures, if any."""

    classifier: "AdditiveClassifier"
    wording: Wording | None


def article_weights(publishers: Sequence[str | None], corpora: Sequence[str], y: Ints) -> Floats:
    """Weights of articles for the regression, (n,), of mean 1. See docs/decisions/0013.

    Both labels weigh the same in all, and within a label an article weighs 1 / √(articles of its publisher in its
    corpus): a publisher with a hundred times as many articles counts ten times as much. An article without a known
    publisher is one of its own.
    """
    outlets = [
        None if name is None else (corpus, name) for name, corpus in zip(publishers, corpora, strict=True)
    ]
    sizes = Counter(outlets)
    weight = np.array([1.0 if outlet is None else sizes[outlet] ** -0.5 for outlet in outlets])
    for label in (0, 1):
        weight[y == label] /= weight[y == label].sum()
    result: Floats = weight * (len(weight) / weight.sum())
    return result


def fit(data: Measured, rows: Ints, *, C: float) -> Fitted:
    """Fit on some of the articles; the wording is chosen on them too."""
    from classifier.models.curves import AdditiveClassifier

    wording = None if data.tokens is None else choose(data.tokens.rows(rows), data.listed)
    n_measures = None if wording is None else data.X.shape[1]
    model = AdditiveClassifier(C=C, n_measures=n_measures, folds=None)
    model.fit(design(data, rows, wording), data.y[rows], sample_weight=weights(data, rows))
    return Fitted(model, wording)


def weights(data: Measured, rows: Ints) -> Floats:
    """`article_weights` of some of the articles."""
    publishers, corpora = data.publishers, data.corpora
    chosen = rows.tolist()
    return article_weights([publishers[i] for i in chosen], [corpora[i] for i in chosen], data.y[rows])


def design(data: Measured, rows: Ints, wording: Wording | None) -> Any:
    """What the regression sees of some articles: measures, then the cells of the wording if there is any."""
    if wording is None or data.tokens is None:
        return data.X[rows]
    from scipy import sparse

    found = wording.of(narrowed(data.tokens.rows(rows), data.listed, wording.words))
    cells = sparse.csr_matrix(
        (found.value, (found.doc, found.column)), shape=(found.n_docs, len(wording.keys))
    )
    return sparse.hstack([sparse.csr_matrix(data.X[rows]), cells], format="csr")


def log_odds_of(data: Measured, fold: Fold, *, C: float) -> Floats:
    """Log-odds before calibration of a fold's test articles by a model of its training articles, (n_test,)."""
    fitted = fit(data, fold.train, C=C)
    return fitted.classifier.log_odds(design(data, fold.test, fitted.wording))


def unseen_log_odds(data: Measured, folds: Sequence[Fold], *, C: float) -> Floats:
    """Log-odds of each article by a model that did not see it, (n,); nan where it is in no test side."""
    unseen = np.full(len(data.y), np.nan)
    for fold in folds:
        unseen[fold.test] = log_odds_of(data, fold, C=C)
    return unseen


def calibrated_apart(unseen: Floats, y: Ints, folds: Sequence[Fold]) -> Floats:
    """Probabilities of articles from their first `unseen` log-odds, (n,), calibrated on those of the other folds.

    unseen: (k, n), see `calibrated_on`. Each fold's model is calibrated as the final one is, on log-odds of articles
    that their model had not seen. (The models of the other folds have seen this one's articles; two numbers of a
    sigmoid can't remember them.)
    """
    p = np.full(len(y), np.nan)
    for fold in folds:
        p[fold.test] = calibrated_on(unseen, y, fold.train, unseen[0, fold.test])
    return p


def calibrated_on(unseen: Floats, y: Ints, rows: Ints, log_odds: Floats) -> Floats:
    """Probabilities for log-odds (j,), calibrated on the unseen log-odds of `rows`.

    unseen: (k, n), log-odds of each article by k models that had not seen it, one that had not seen its publisher, say,
    and one that had not seen its corpus; nan where there is none. All of them count alike.
    """
    from classifier.models.additive import calibrated
    from classifier.models.calibrated import platt

    return calibrated(platt(*known(unseen[:, rows], y[rows])), log_odds)


def known(unseen: Floats, y: Ints) -> tuple[Floats, Ints]:
    """The log-odds (k, n) that are there, in one row, and the label of each."""
    labels = np.tile(y, (len(unseen), 1))
    there = ~np.isnan(unseen)
    return unseen[there], labels[there]
