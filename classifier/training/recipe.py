"""The one recipe: labelled documents -> a model, its manifest, and the honest report on it.

Near-duplicates go first, then every figure comes from folds in which no publisher and no duplicate cluster
stands on two sides; the model that is kept is fitted on everything and calibrated on such folds.
"""

import hashlib
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.errors import TrainingError
from classifier.evaluation.audit import Audit
from classifier.evaluation.duplicates import near_duplicate_clusters
from classifier.evaluation.report import Elsewhere, Report, evaluate
from classifier.evaluation.risk import promise
from classifier.evaluation.rivals import MOST, RIVALS, out_of_fold
from classifier.evaluation.splits import (
    Fold,
    Grouping,
    group_articles,
    leave_one_corpus_out,
    publisher_folds,
    random_folds,
    time_split,
)
from classifier.features.matrix import matrix, scored_measures
from classifier.features.wording import narrowed, usual_rates
from classifier.models.groups import measure_groups
from classifier.models.novelty import ALARM, fit_novelty
from classifier.scoring.abstention import DEFAULT
from classifier.scoring.bundle import CHECK_TEXT, FORMAT
from classifier.scoring.estimator import Estimator, ReadWording
from classifier.scoring.ordinary import ordinary_news
from classifier.scoring.usual import usual_ranges
from classifier.signals.extract import extract
from classifier.signals.family import Family, Measure
from classifier.signals.registry import load_families
from classifier.text.document import Document
from classifier.training.fitting import (
    PENALTY,
    Fitted,
    calibrated_apart,
    calibrated_on,
    design,
    fit,
    known,
    log_odds_of,
    unseen_log_odds,
    weights,
)
from classifier.training.labelled import Labelled, audited
from classifier.training.measuring import Measured, beside, measure, n_words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEWEST = 20  # articles of each label; below, a fold tests fewer than four of them
OWN_KIND = (
    2  # in the calibration an unseen publisher counts so many times an unseen corpus; docs/decisions/0013
)
DRAWN = 20  # refits for the interval of a score
USUAL = (10.0, 90.0)  # percentiles of a measure over the training articles, where ordinary news says nothing
VERSIONED = ("misinfo-signals", "numpy", "scikit-learn", "scipy")
SCORERS = ("signals", "wording")


@dataclass(frozen=True, slots=True)
class Trained:
    """What training gives; `classifier.io.bundle.write_bundle` makes a folder of it."""

    manifest: dict[str, Any]
    estimator: Estimator
    report: Report
    audit: Audit  # of all articles, those left out too


def train(
    articles: Sequence[Labelled],
    *,
    name: str,
    positive: str,
    negative: str,
    families: Sequence[str],
    scorer: str = "signals",
    C: float = PENALTY,
    n_folds: int = 5,
    seed: int = 0,
    workers: int = 1,
    say: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Learn from labelled articles and report honestly; the same articles and options give the same bytes.

    scorer: "signals" reads the measures of the families, "wording" the masked words too. workers: processes; their
    number does not change the result. `say` is told what is going on. TrainingError where there are too few articles
    or publishers of a label.
    """
    if scorer not in SCORERS:
        raise TrainingError(f"there is no scorer {scorer!r}; say {' or '.join(SCORERS)}")
    loaded = load_families(families)
    say(f"marking {len(articles)} articles")
    clusters = near_duplicate_clusters([a.document.raw for a in articles])
    data = measure(articles, families, wording=scorer == "wording", clusters=clusters, workers=workers)
    for label, n in ((positive, int(data.y.sum())), (negative, int((1 - data.y).sum()))):
        if n < FEWEST:
            raise TrainingError(
                f"only {n} usable articles are labelled {label!r} (left out: {_counted(data.left_out)});"
                f" training needs {FEWEST} of each label, add articles"
            )
    # Nothing below waits for it, so it may be done beside.
    found = beside(
        audited,
        [a.document for a in articles],
        [a.corpus for a in articles],
        [positive if a.positive else negative for a in articles],
        positive=positive,
        clusters=clusters,
        workers=workers,
    )
    grouping = group_articles(data.publishers, data.clusters)
    folds = publisher_folds(grouping.groups, data.y, n_folds, seed)
    say(f"{n_folds} folds by publisher over {len(data.y)} articles, {grouping.n_publishers} publishers")
    by_corpus = _corpus_folds(data, grouping.groups)
    each = [fold for fold in by_corpus.values() if not isinstance(fold, str)]
    # Articles to score are of publishers never seen, and may also be of another kind than these corpora: a model
    # knows unseen publishers of its own corpora better than those, and would be too sure.
    kinds = [unseen_log_odds(data, folds, C=C)] * (OWN_KIND if each else 1)
    if each:
        kinds.append(unseen_log_odds(data, each, C=C))
    unseen = np.array(kinds)
    p = calibrated_apart(unseen, data.y, folds)
    say("the model itself, on all articles")
    everything = np.arange(len(data.y))
    fitted = fit(data, everything, C=C)
    fitted.classifier.calibrate(*known(unseen, data.y))
    estimator = _estimator(fitted, data, loaded, grouping.groups, seed=seed)
    report = _report(
        data, grouping, folds, by_corpus, unseen, p, name=name, positive=positive, C=C, seed=seed, say=say
    )
    manifest = _manifest(name, positive, negative, loaded, data, estimator, report) | {
        "scorer": scorer,
        "n_phrases": len(estimator.model.weights),
        "promise": promise(data.y.astype(np.float64), p, grouping.groups).to_dict(),
        "options": {"C": C, "n_folds": n_folds, "seed": seed},
    }
    return Trained(manifest, estimator, report, next(found))


def _estimator(
    fitted: Fitted, data: Measured, families: tuple[Family, ...], groups: Ints, *, seed: int
) -> Estimator:
    from classifier.models.curves import drawn_refits

    everything = np.arange(len(data.y))
    model, wording = fitted
    drawn = drawn_refits(
        model,
        design(data, everything, wording),
        data.y,
        groups,
        weights(data, everything),
        draws=DRAWN,
        seed=seed,
    )
    read = None
    if wording is not None and data.tokens is not None:
        own = narrowed(data.tokens, data.listed, wording.words)
        read = ReadWording(wording, usual_rates(own, wording.n_numbers, USUAL))
    ordinary = ordinary_news([m.name for m in scored_measures(families)])
    novelty = None if ordinary is None else fit_novelty(data.X, *ordinary)
    return Estimator(model.to_arrays(drawn), read, novelty)


def _report(
    data: Measured,
    grouping: Grouping,
    folds: Sequence[Fold],
    by_corpus: dict[str, Fold | str],
    unseen: Floats,
    p: Floats,
    *,
    name: str,
    positive: str,
    C: float,
    seed: int,
    say: Callable[[str], None],
) -> Report:
    by_chance = random_folds(data.y, len(folds), seed)
    # As somebody would see it who does not know of publishers: the calibration does not either.
    random_p = calibrated_apart(unseen_log_odds(data, by_chance, C=C)[None], data.y, by_chance)
    say("rivals on the same folds")
    y = data.y.astype(np.float64)
    rivals: dict[str, Floats | str] = {}
    for key, rival in RIVALS.items():
        try:
            rivals[key] = out_of_fold(rival, data.texts, y, folds)
        except TrainingError as error:  # of very many articles a rival sees some, maybe none of a rare label
            rivals[key] = str(error)
    say("corpora and later articles that were not learned from")
    apart = "no publisher and no near-duplicate on two sides"
    if not grouping.n_publishers:
        apart = "no near-duplicate on two sides, but no publisher is known, so one may be"
    if len(y) > MOST:
        apart += f"; rivals on {MOST:,} of them"
    return evaluate(
        y,
        p,
        data.publishers,
        data.corpora,
        rivals=rivals,
        random_p=random_p,
        other_corpora=_other_corpora(data, by_corpus, unseen),
        later=_later(data, unseen, C=C),
        n_words=n_words(data.texts),
        clusters=data.clusters,
        dates=data.dates,
        title=f"Training report of the model {name!r}",
        measured_on=f"{len(y)} articles in {len(folds)} folds; {apart}",
        positive=positive,
        seed=seed,
    )


def _corpus_folds(data: Measured, groups: Ints) -> dict[str, Fold | str]:
    """Each corpus apart from the others, without publishers or copies on both sides; or why not. One corpus: empty."""
    if len(set(data.corpora)) < 2:
        return {}
    found: dict[str, Fold | str] = {}
    for corpus, fold, _ in leave_one_corpus_out(data.corpora, groups):
        few = np.bincount(data.y[fold.train], minlength=2).min() < FEWEST
        why = f"the other corpora have fewer than {FEWEST} articles of a label without its publishers"
        found[corpus] = why if few else fold
    return found


def _other_corpora(
    data: Measured, by_corpus: dict[str, Fold | str], unseen: Floats
) -> dict[str, Elsewhere | str]:
    """Each corpus, scored by a model of the others."""
    found: dict[str, Elsewhere | str] = {}
    for corpus, fold in by_corpus.items():
        if isinstance(fold, str):
            found[corpus] = fold
        elif len(np.unique(data.y[fold.test])) < 2:
            found[corpus] = "its articles carry one label only"
        else:
            p = calibrated_on(unseen, data.y, fold.train, unseen[-1, fold.test])
            found[corpus] = Elsewhere(fold.test, p)
    return found


def _later(data: Measured, unseen: Floats, *, C: float) -> Elsewhere | str:
    """The latest fifth of the dated articles, scored by a model of the earlier ones."""
    split = time_split(data.dates, clusters=data.clusters)
    if split.fold is None:
        return split.reason
    for side, says in ((split.fold.train, "up to"), (split.fold.test, "after")):
        if np.bincount(data.y[side], minlength=2).min() < FEWEST:
            return f"fewer than {FEWEST} articles {says} {split.cut} carry one of the labels"
    late = log_odds_of(data, split.fold, C=C)
    return Elsewhere(split.fold.test, calibrated_on(unseen, data.y, split.fold.train, late))


def _manifest(
    name: str,
    positive: str,
    negative: str,
    families: tuple[Family, ...],
    data: Measured,
    estimator: Estimator,
    report: Report,
) -> dict[str, Any]:
    measures = scored_measures(families)
    names = [m.name for m in measures]
    signals, marked = extract([Document("check", CHECK_TEXT)], families)
    checked = matrix(signals, measures)
    predicted, _ = estimator.predict(checked, [one.text for one in marked])
    random = report.random or {}
    return {
        "format": FORMAT,
        "name": name,
        "positive": positive,
        "negative": negative,
        "families": {f.name: {"lexicon_sha256": f.lexicon.sha256} for f in families},
        "measures": names,
        "usual": [_usual(m, column) for m, column in zip(measures, data.X.T, strict=True)],
        "groups": [list(columns) for columns in measure_groups(data.X, names)],
        "thresholds": DEFAULT._asdict(),
        "false_alarms": None if estimator.novelty is None else ALARM,
        "prevalence": float(data.y.mean()),
        "data": _data(data),
        "left_out": data.left_out,
        "report": report.summary(),
        "random_folds": {key: estimate.to_dict() for key, estimate in random.items()},
        "check": {
            "text": CHECK_TEXT,
            "measures": [None if v != v else v for v in checked[0].tolist()],
            "probability": float(predicted.probability[0]),
        },
        "versions": {"python": platform.python_version()} | {name: version(name) for name in VERSIONED},
    }


def _usual(measure: Measure, values: Floats) -> list[float]:
    """The range that most ordinary news lies in, or, for a measure of another package, most training articles.

    0 to 0 for one that none of them has.
    """
    if measure.name in usual_ranges():
        return list(usual_ranges()[measure.name])
    defined = values[~np.isnan(values)]
    return np.percentile(defined, USUAL).tolist() if len(defined) else [0.0, 0.0]


def _data(data: Measured) -> list[dict[str, Any]]:
    rows = []
    for corpus in sorted(set(data.corpora)):
        members = [a for a in data.articles if a.corpus == corpus]
        digest = hashlib.sha256()
        for a in members:
            digest.update(
                f"{a.document.id}\0{a.positive:d}\0{a.document.raw}\0".encode("utf-8", "surrogatepass")
            )
        rows.append(
            {
                "corpus": corpus,
                "articles": len(members),
                "positive": sum(a.positive for a in members),
                "publishers": len({a.publisher for a in members if a.publisher}),
                "sha256": digest.hexdigest(),
            }
        )
    return rows


def _counted(numbers: dict[str, int]) -> str:
    return ", ".join(f"{n} {why.replace('_', ' ')}" for why, n in numbers.items()) or "none"
