"""A scorer measured on labelled articles that it was not trained on."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.errors import TrainingError
from classifier.evaluation.duplicates import near_duplicate_clusters
from classifier.evaluation.report import Report, evaluate
from classifier.evaluation.rivals import RIVALS
from classifier.scoring.scorer import Scorer
from classifier.training.labelled import Labelled
from classifier.training.measuring import n_words

Floats = NDArray[np.float64]


def evaluate_scorer(
    scorer: Scorer, articles: Sequence[Labelled], known: Sequence[Labelled], *, positive: str, seed: int = 0
) -> Report:
    """Measure a scorer on labelled articles, without those that repeat one of `known` (its training data).

    The rivals learn from `known`; without it they are reported as not applicable. TrainingError where the
    articles that are left carry one label only.
    """
    clusters = near_duplicate_clusters([a.document.raw for a in [*articles, *known]])
    ours, theirs = clusters[: len(articles)], clusters[len(articles) :]
    fresh = np.flatnonzero(~np.isin(ours, theirs))
    measured = [articles[i] for i in fresh.tolist()]
    dropped = len(articles) - len(measured)
    repeats = f"; {dropped} that repeat a training article left out" if dropped else ""
    if not measured:
        raise TrainingError(
            f"all {dropped} articles repeat a training article; give articles the model has not seen"
        )
    y = np.array([a.positive for a in measured], np.float64)
    if len(set(y.tolist())) < 2:
        raise TrainingError(
            f"the {len(measured)} articles to measure{repeats} do not carry two labels; add articles of"
            " the other label"
        )
    p = np.full(len(measured), math.nan)
    abstained: Counter[str] = Counter()
    for i, answer in enumerate(scorer.score_many(a.document for a in measured)):
        if answer.score is not None:
            p[i] = answer.score.probability
        elif answer.abstained is not None:
            abstained[answer.abstained.code] += 1
    texts = [a.document.raw for a in measured]
    rivals: dict[str, Floats | str] = {}
    for key, rival in RIVALS.items():
        if known:
            y_known = np.array([a.positive for a in known], np.float64)
            rivals[key] = rival.fit_predict([a.document.raw for a in known], y_known, texts)
        else:
            rivals[key] = "the training corpora were not given (--against)"
    return evaluate(
        y,
        p,
        [a.publisher for a in measured],
        [a.corpus for a in measured],
        rivals=rivals,
        n_words=n_words(texts),
        clusters=ours[fresh],
        train_clusters=theirs if known else None,
        dates=[a.document.meta.get("date") for a in measured],
        train_dates=[a.document.meta.get("date") for a in known] if known else None,
        abstained=abstained,
        title=f"Evaluation of the model {scorer.bundle.name!r}",
        measured_on=f"{len(measured)} articles the model was not trained on, as far as it was told{repeats}",
        positive=positive,
        seed=seed,
    )
