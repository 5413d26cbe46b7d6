"""The one recipe: labelled documents -> a model, its manifest, and the honest report on it.

Near-duplicates go first, then every figure comes from folds in which no publisher and no duplicate cluster
stands on two sides; the model that is kept is fitted on everything and calibrated on such folds.
"""

import hashlib
import math
import platform
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from classifier.errors import TrainingError
from classifier.evaluation.audit import Audit, audit
from classifier.evaluation.duplicates import keep_for_training, near_duplicate_clusters
from classifier.evaluation.report import Report, evaluate
from classifier.evaluation.rivals import RIVALS, out_of_fold
from classifier.evaluation.splits import Fold, group_articles, publisher_folds, random_folds
from classifier.features.batches import CHUNK
from classifier.features.matrix import matrix, scored_measures
from classifier.models.linear import LinearModel
from classifier.scoring.abstention import DEFAULT, reason_to_abstain
from classifier.scoring.bundle import CHECK_TEXT, FORMAT
from classifier.scoring.scorer import Scorer
from classifier.scoring.usual import usual_ranges
from classifier.signals.extract import extract
from classifier.signals.family import Family, Measure
from classifier.signals.registry import load_families
from classifier.text.document import Document

if TYPE_CHECKING:
    from classifier.models.estimator import SignalClassifier

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEWEST = 20  # articles of each label; below, a fold tests fewer than four of them
PENALTY = 0.1  # C of the regression; chosen on development folds, docs/decisions/0006
DRAWN = 50  # refits for the interval of a score
USUAL = (10.0, 90.0)  # percentiles of a measure over the training articles, where ordinary news says nothing
VERSIONED = ("misinfo-signals", "numpy", "scikit-learn", "scipy")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article to learn from; `corpus` says where it came from."""

    document: Document
    corpus: str
    positive: bool
    publisher: str | None


@dataclass(frozen=True, slots=True)
class Measured:
    """Articles with their measures, after what can't be used was left out."""

    articles: list[Labelled]
    X: Floats  # (n, n_measures)
    y: Ints
    clusters: Ints  # near-duplicate cluster of each
    left_out: dict[str, int]  # reason -> number of articles

    @property
    def texts(self) -> list[str]:
        """The raw texts."""
        return [a.document.raw for a in self.articles]

    @property
    def publishers(self) -> list[str | None]:
        """The publisher of each, None where unknown."""
        return [a.publisher for a in self.articles]

    @property
    def corpora(self) -> list[str]:
        """The corpus of each."""
        return [a.corpus for a in self.articles]


@dataclass(frozen=True, slots=True)
class Trained:
    """What training gives; `classifier.io.bundle.write_bundle` makes a folder of it."""

    manifest: dict[str, Any]
    model: LinearModel
    report: Report
    audit: Audit  # of all articles, those left out too


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


def measure(
    articles: Sequence[Labelled],
    families: tuple[Family, ...],
    *,
    clusters: Ints | None = None,
    deduplicate: bool = True,
) -> Measured:
    """Mark the articles, leave out what is never scored and (if asked) what repeats another article.

    clusters: near-duplicate cluster of each article, (n,), where they are known already.
    """
    left: Counter[str] = Counter()
    measures = scored_measures(families)
    if clusters is None:
        clusters = near_duplicate_clusters([a.document.raw for a in articles])
    kept: list[int] = []
    rows: list[Floats] = []
    for start in range(0, len(articles), CHUNK):
        chunk = articles[start : start + CHUNK]
        signals, marked = extract([a.document for a in chunk], families)
        values = matrix(signals, measures)
        for i in range(len(chunk)):
            why = reason_to_abstain(marked[i].text)
            if why is None:
                kept.append(start + i)
                rows.append(values[i])
            else:
                left[why.code] += 1
    y = np.array([articles[i].positive for i in kept], np.int64)
    X = np.array(rows).reshape(len(kept), len(measures))
    chosen = np.array(kept, np.int64)
    if deduplicate and kept:
        alone = keep_for_training(clusters[chosen], y)
        left["repeats another article"] = alone.n_repeats
        left["repeats one of the other label"] = alone.n_contradictory
        X, y, chosen = X[alone.keep], y[alone.keep], chosen[alone.keep]
    usable = [articles[i] for i in chosen.tolist()]
    return Measured(usable, X, y, clusters[chosen], {k: v for k, v in left.items() if v})


def fit_predict(data: Measured, folds: Sequence[Fold], groups: Ints, *, C: float, seed: int) -> Floats:
    """Calibrated probability of each article by a model that did not see it, (n,); nan where never tested.

    groups: (n,), from `group_articles`: the calibration of each fold's model uses folds of these groups
    inside its own training side. With publisher folds and groups of publishers no model saw the article's
    publisher.
    """
    p = np.full(len(data.y), np.nan)
    for fold in folds:
        model = _fitted(data.X[fold.train], data.y[fold.train], groups[fold.train], C=C, seed=seed)
        p[fold.test] = model.predict_proba(data.X[fold.test])[:, 1]
    return p


def _fitted(X: Floats, y: Ints, groups: Ints, *, C: float, seed: int, n_folds: int = 5) -> "SignalClassifier":
    from classifier.models.estimator import SignalClassifier

    # A training side may hold fewer publishers than the folds it came from.
    folds = publisher_folds(groups, y, min(n_folds, len(np.unique(groups))), seed)
    model = SignalClassifier(C=C, folds=[(fold.train, fold.test) for fold in folds])
    return model.fit(X, y)  # every article counts the same: see docs/decisions/0006


def train(
    articles: Sequence[Labelled],
    *,
    name: str,
    positive: str,
    negative: str,
    families: Sequence[str] = ("hedges", "sourcing"),
    C: float = PENALTY,
    n_folds: int = 5,
    seed: int = 0,
    say: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Learn from labelled articles and report honestly; the same articles and options give the same bytes.

    `say` is told what is going on. TrainingError where there are too few articles or publishers of a label.
    """
    from classifier.models.estimator import drawn_weights

    loaded = load_families(families)
    say(f"marking {len(articles)} articles")
    clusters = near_duplicate_clusters([a.document.raw for a in articles])
    data = measure(articles, loaded, clusters=clusters)
    for label, n in ((positive, int(data.y.sum())), (negative, int((1 - data.y).sum()))):
        if n < FEWEST:
            raise TrainingError(
                f"only {n} usable articles are labelled {label!r} (left out: {_counted(data.left_out)});"
                f" training needs {FEWEST} of each label, add articles"
            )
    grouping = group_articles(data.publishers, data.clusters)
    groups = grouping.groups
    outer = publisher_folds(groups, data.y, n_folds, seed)
    say(f"{n_folds} folds by publisher over {len(data.y)} articles, {grouping.n_publishers} publishers")
    p = fit_predict(data, outer, groups, C=C, seed=seed)
    by_chance = random_folds(data.y, n_folds, seed)
    # As somebody would see it who does not know of publishers: the calibration does not either.
    random_p = fit_predict(data, by_chance, np.arange(len(data.y)), C=C, seed=seed)
    say("rivals on the same folds")
    y = data.y.astype(np.float64)
    rivals = {key: out_of_fold(rival.fit_predict, data.texts, y, outer) for key, rival in RIVALS.items()}
    apart = "no publisher and no near-duplicate on two sides"
    if not grouping.n_publishers:
        apart = "no near-duplicate on two sides, but no publisher is known, so one may be"
    report = evaluate(
        y,
        p,
        data.publishers,
        data.corpora,
        rivals=rivals,
        random_p=random_p,
        n_words=_n_words(data.texts),
        clusters=data.clusters,
        dates=[a.document.meta.get("date") for a in data.articles],
        title=f"Training report of the model {name!r}",
        measured_on=f"{len(y)} articles in {n_folds} folds; {apart}",
        positive=positive,
        seed=seed,
    )
    say("the model itself, on all articles")
    model = _fitted(data.X, data.y, groups, C=C, seed=seed, n_folds=n_folds)
    alike = np.ones(len(data.y))
    linear = model.to_linear(drawn_weights(model, data.X, data.y, groups, alike, draws=DRAWN, seed=seed))
    manifest = _manifest(
        name, positive, negative, loaded, data, linear, report, C=C, n_folds=n_folds, seed=seed
    )
    say("looking for what may fool a model")
    found = audited(
        [a.document for a in articles],
        [a.corpus for a in articles],
        [positive if a.positive else negative for a in articles],
        positive=positive,
        clusters=clusters,
    )
    return Trained(manifest, linear, report, found)


def _manifest(
    name: str,
    positive: str,
    negative: str,
    families: tuple[Family, ...],
    data: Measured,
    linear: LinearModel,
    report: Report,
    **options: float,
) -> dict[str, Any]:
    measures = scored_measures(families)
    signals, _ = extract([Document("check", CHECK_TEXT)], families)
    checked = matrix(signals, measures)
    random = report.random or {}
    return {
        "format": FORMAT,
        "name": name,
        "positive": positive,
        "negative": negative,
        "families": {f.name: {"lexicon_sha256": f.lexicon.sha256} for f in families},
        "measures": [m.name for m in measures],
        "usual": [_usual(m, column) for m, column in zip(measures, data.X.T, strict=True)],
        "thresholds": DEFAULT._asdict(),
        "prevalence": float(data.y.mean()),
        "options": options,
        "data": _data(data),
        "left_out": data.left_out,
        "report": report.summary(),
        "random_folds": {key: estimate.to_dict() for key, estimate in random.items()},
        "check": {
            "text": CHECK_TEXT,
            "measures": [None if v != v else v for v in checked[0].tolist()],
            "probability": float(linear.predict(checked).probability[0]),
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
    return ", ".join(f"{n} {why}" for why, n in numbers.items()) or "none"


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
        n_words=_n_words(texts),
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


def _n_words(texts: Sequence[str]) -> Floats:
    return np.array([len(text.split()) for text in texts], np.float64)
