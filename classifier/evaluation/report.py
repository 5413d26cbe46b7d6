"""The honest report: figures with intervals, rivals on the same articles, and checks, as data and as text."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from classifier.errors import TrainingError
from classifier.evaluation import checks
from classifier.evaluation.checks import Finding
from classifier.evaluation.intervals import DRAWS, Estimate, bootstrap, difference
from classifier.evaluation.metrics import (
    METRICS,
    SELECTIVE,
    FloatArray,
    ReliabilityBin,
    RocPoint,
    reliability,
    risk_coverage,
    roc,
)
from classifier.evaluation.publishers import (
    UNKNOWN,
    IntArray,
    PublisherFigures,
    by_publisher,
    count_publishers,
    publisher_codes,
)
from classifier.evaluation.rivals import RIVALS

_CURVE_POINTS = 50
_WIDTH = 110
_COLUMNS = 3
_SHOWN_POINTS = 8
FIGURE_NAMES: Mapping[str, str] = {
    "auroc": "AUROC",
    "balanced_accuracy": "balanced accuracy",
    "brier": "Brier score",
    "calibration_error": "calibration error",
    "calibration_error_matched": "calibration error, matched",
    "average_precision": "average precision",
}
"""By name of `METRICS`, as they are called before readers."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of one set of articles."""

    n_articles: int
    n_publishers: int
    """Different known publishers."""
    coverage: float
    """Share of articles with a score, 0 to 1."""
    estimates: Mapping[str, Estimate]
    """By name of `METRICS`, on the scored articles."""
    selective: Mapping[str, Estimate]
    """By name of `SELECTIVE`: what leaving the less sure half of the scored articles unanswered gains."""

    def to_dict(self) -> dict[str, object]:
        """`{"n_articles", "n_publishers", "coverage", "estimates", "selective"}`."""
        return {
            "n_articles": self.n_articles,
            "n_publishers": self.n_publishers,
            "coverage": self.coverage,
            "estimates": _plain(self.estimates),
            "selective": _plain(self.selective),
        }


class Elsewhere(NamedTuple):
    """Scores of some of the articles by a model that had not seen their corpus, or anything as late as they."""

    rows: IntArray
    """Shape (k,), which articles."""
    p: FloatArray
    """Shape (k,), 0 to 1."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything `misinfo evaluate` and `misinfo train` say about a score."""

    title: str
    measured_on: str
    """How training and test articles were kept apart, in a few words."""
    positive: str
    """Name of the positive label."""
    share_positive: float
    n_without_publisher: int
    all: Measured
    by_corpus: Mapping[str, Measured]
    other_corpora: Mapping[str, Measured | str]
    """Each corpus scored by a model of the others, or why it was not; empty where that was not asked."""
    later: Measured | str | None
    """The latest articles scored by a model of the earlier ones, or why not; None where that was not asked."""
    random: Mapping[str, Estimate] | None
    """Figures of random folds; they show the leak and are evidence of nothing else."""
    reliability: tuple[ReliabilityBin, ...]
    risk_coverage: tuple[tuple[float, float], ...]
    """Coverage and error, coverage ascending; at most 50 points."""
    roc: tuple[RocPoint, ...]
    by_publisher: tuple[PublisherFigures, ...]
    abstained: Mapping[str, int] | None
    """Code of `classifier.scoring.abstention` -> number of articles; None where the reasons were not given."""
    rivals: Mapping[str, Mapping[str, Estimate] | str]
    """Figures on the articles both have scored, or why there are none."""
    checks: tuple[Finding, ...]

    def to_dict(self) -> dict[str, object]:
        """The object of `misinfo evaluate --format json`, schema 1; undefined figures are None."""
        points = [point._asdict() for point in self.roc]
        return {
            **self.summary(),
            "roc": [
                point | {"threshold": None if math.isnan(point["threshold"]) else point["threshold"]}
                for point in points
            ],
            "by_publisher": [row.to_dict() for row in self.by_publisher],
            "abstained": None if self.abstained is None else dict(self.abstained),
        }

    def summary(self) -> dict[str, object]:
        """`to_dict` without the curve and the names of publishers: what a model's manifest keeps."""
        return {
            "schema": 1,
            **self.all.to_dict(),
            "by_corpus": {name: measured.to_dict() for name, measured in self.by_corpus.items()},
            "other_corpora": {name: _or_why(measured) for name, measured in self.other_corpora.items()},
            "later": None if self.later is None else _or_why(self.later),
            "reliability": [row._asdict() for row in self.reliability],
            "risk_coverage": [
                {"coverage": coverage, "error": error} for coverage, error in self.risk_coverage
            ],
            "rivals": {
                name: {"not_applicable": rival} if isinstance(rival, str) else _plain(rival)
                for name, rival in self.rivals.items()
            },
            "checks": [finding.to_dict() for finding in self.checks],
        }

    def text(self) -> str:
        """The report for a terminal, ending in a newline; about 110 characters wide."""
        return "\n".join(_lines(self)) + "\n"


def evaluate(
    y: ArrayLike,
    p: ArrayLike,
    publishers: Sequence[str | None],
    corpora: Sequence[str],
    *,
    rivals: Mapping[str, FloatArray | str],
    random_p: FloatArray | None = None,
    other_corpora: Mapping[str, Elsewhere | str] | None = None,
    later: Elsewhere | str | None = None,
    n_words: FloatArray | None = None,
    clusters: IntArray | None = None,
    train_clusters: IntArray | None = None,
    dates: Sequence[str | date | None] | None = None,
    train_dates: Sequence[str | date | None] | None = None,
    abstained: Mapping[str, int] | None = None,
    title: str = "Evaluation",
    measured_on: str = "articles of publishers never seen in training",
    positive: str = "unreliable",
    draws: int = DRAWS,
    seed: int = 0,
) -> Report:
    """Measure a score on labelled articles and check what might flatter it.

    y: (n,) 0 or 1. p: (n,) 0 to 1, nan where the score abstained. publishers, corpora: length n.
    rivals: by name of `RIVALS` (or others), probabilities as p, or the reason for none. random_p: as p, from
    random folds. Both are measured on articles that p scores too. other_corpora: by name, scores by a model of the
    other corpora, or why there are none; later: scores of the latest articles by a model of the earlier ones, or
    why not. n_words: (n,). clusters, train_clusters:
    near-duplicate ids of these and of the training articles, clustered together. dates: length n.
    abstained: code -> number of articles that got no score for that reason.
    Deterministic for a seed. Raises TrainingError where there are no articles, ValueError where inputs don't
    fit one another.
    """
    labels, probabilities = np.asarray(y, np.float64), np.asarray(p, np.float64)
    compared = {name: rival for name, rival in rivals.items() if not isinstance(rival, str)}
    _fit_together(labels, [probabilities, *compared.values(), *([] if random_p is None else [random_p])])
    if not len(labels) == len(publishers) == len(corpora):
        raise ValueError("labels, publishers and corpora must have the same length")
    if not len(labels):
        raise TrainingError("there is no labelled article to evaluate on; name a corpus that has both labels")

    def figures(scores: FloatArray, rows: IntArray) -> dict[str, Estimate]:
        return bootstrap(labels[rows], scores[rows], _some(publishers, rows), draws=draws, seed=seed)

    def measured(rows: IntArray, scores: FloatArray) -> Measured:
        named = count_publishers(_some(publishers, rows))
        coverage = float(np.mean(~np.isnan(scores)))
        found = bootstrap(
            labels[rows],
            scores,
            _some(publishers, rows),
            {**METRICS, **SELECTIVE},
            draws=draws,
            seed=seed,
        )
        selective = {name: found.pop(name) for name in SELECTIVE}
        return Measured(len(rows), named, coverage, found, selective)

    def measured_elsewhere(found: Elsewhere | str) -> Measured | str:
        return found if isinstance(found, str) else measured(found.rows, found.p)

    everything = np.arange(len(labels))
    whole = measured(everything, probabilities)
    corpus_rows = {name: np.flatnonzero([c == name for c in corpora]) for name in dict.fromkeys(corpora)}
    scored = ~np.isnan(probabilities)
    measured_rivals: dict[str, dict[str, Estimate] | str] = {}
    for name, rival in rivals.items():
        if isinstance(rival, str):
            measured_rivals[name] = rival
        else:
            measured_rivals[name] = figures(np.where(scored, rival, np.nan), everything)
    random = None if random_p is None else figures(np.where(scored, random_p, np.nan), everything)
    curve = risk_coverage(labels[scored], probabilities[scored], len(labels))
    points = np.unique(
        np.linspace(0, max(len(curve.coverage) - 1, 0), _CURVE_POINTS).round().astype(np.int64)
    )

    def beside(name: str) -> Finding:
        rival = measured_rivals.get(name, "this rival was not fitted")
        gain = None
        if name in compared:
            gain = difference(labels, probabilities, compared[name], publishers, draws=draws, seed=seed)
        return checks.worse_than_rival(
            f"worse_than_{name}",
            RIVALS[name].says,
            whole.estimates["auroc"],
            rival if isinstance(rival, str) else rival["auroc"],
            gain,
        )

    return Report(
        title=title,
        measured_on=measured_on,
        positive=positive,
        share_positive=float(labels.mean()),
        n_without_publisher=int((publisher_codes(publishers) == UNKNOWN).sum()),
        all=whole,
        by_corpus={name: measured(rows, probabilities[rows]) for name, rows in corpus_rows.items()},
        other_corpora={name: measured_elsewhere(found) for name, found in (other_corpora or {}).items()},
        later=None if later is None else measured_elsewhere(later),
        random=random,
        reliability=reliability(labels[scored], probabilities[scored]),
        risk_coverage=tuple(
            (float(curve.coverage[i]), float(curve.error[i])) for i in points if i < len(curve.coverage)
        ),
        roc=roc(labels[scored], probabilities[scored]),
        by_publisher=by_publisher(labels, probabilities, publishers),
        abstained=None if abstained is None else dict(sorted(abstained.items())),
        rivals=measured_rivals,
        checks=(
            checks.worse_than_prior(whole.estimates["auroc"]),
            beside("length"),
            beside("tfidf"),
            checks.leak_random_folds(
                whole.estimates["auroc"], None if random is None else random["auroc"], whole.n_publishers
            ),
            checks.publisher_confound(labels, publishers),
            checks.few_publishers(publishers),
            checks.duplicates_across(clusters, train_clusters),
            checks.length_alone(labels, n_words),
            checks.class_balance(labels),
            checks.calibration(labels[scored], probabilities[scored], seed),
            checks.time_overlap(dates, train_dates),
        ),
    )


def _fit_together(labels: FloatArray, scores: Sequence[FloatArray]) -> None:
    if labels.ndim != 1 or not np.isin(labels, (0, 1)).all():
        raise ValueError("labels must be 0 or 1, in one dimension")
    for p in scores:
        if p.shape != labels.shape or not (np.isnan(p) | ((p >= 0) & (p <= 1))).all():
            raise ValueError("probabilities must be nan or lie between 0 and 1, one for each label")


def _some(values: Sequence[str | None], rows: IntArray) -> list[str | None]:
    return [values[i] for i in rows]


def _plain(estimates: Mapping[str, Estimate]) -> dict[str, dict[str, float | None]]:
    return {name: estimate.to_dict() for name, estimate in estimates.items()}


def _or_why(measured: Measured | str) -> dict[str, object]:
    return {"not_applicable": measured} if isinstance(measured, str) else measured.to_dict()


def _lines(report: Report) -> Iterator[str]:
    whole, n_corpora = report.all, len(report.by_corpus)
    yield report.title
    yield from wrap(
        f"Measured on {report.measured_on}: {whole.n_articles:,} articles, {whole.n_publishers:,} publishers "
        f"and {report.n_without_publisher:,} articles without a known publisher, {n_corpora} "
        f"{'corpus' if n_corpora == 1 else 'corpora'}. {report.share_positive:.0%} are {report.positive}; "
        f"{whole.coverage:.0%} got a score. In brackets: 95 % intervals over publishers.",
        _WIDTH,
    )
    for section in (
        _figures(report),
        _corpora(report),
        _not_learned_from(report),
        _calibration(report),
        _checks(report),
    ):
        lines = list(section)
        yield from ["", *lines] if lines else []


def _figures(report: Report) -> Iterator[str]:
    columns: dict[str, Mapping[str, Estimate]] = {"this score": report.all.estimates}
    if report.random is not None:
        ours = "unseen publishers" if report.all.n_publishers else "no publisher known"
        columns = {ours: report.all.estimates, "random folds (leak)": report.random}
    columns |= {f"only {name}": rival for name, rival in report.rivals.items() if not isinstance(rival, str)}
    names = list(columns)
    for first in range(0, len(names), _COLUMNS):
        some = names[first : first + _COLUMNS]
        rows = [[says, *(figure(columns[name][key]) for name in some)] for key, says in FIGURE_NAMES.items()]
        yield from [""] if first else []
        yield from _table([["", *some], *rows])
    for name, rival in report.rivals.items():
        if isinstance(rival, str):
            yield f"Rival {name} not applicable: {rival}"
    for code, n in (report.abstained or {}).items():
        yield f"No score: {n:,} {code.replace('_', ' ')}"


def _corpora(report: Report) -> Iterator[str]:
    if len(report.by_corpus) < 2:
        return
    rows = [["corpus", "articles", "publishers", "scored", "AUROC", "calibration error"]]
    for name, m in report.by_corpus.items():
        figures = (figure(m.estimates[key]) for key in ("auroc", "calibration_error"))
        rows.append([name, f"{m.n_articles:,}", f"{m.n_publishers:,}", f"{m.coverage:.0%}", *figures])
    yield from _table(rows)


def _not_learned_from(report: Report) -> Iterator[str]:
    """Corpora and later articles that their model had not learned from."""
    parts = [(f"{name}, by the others", found) for name, found in report.other_corpora.items()]
    if report.later is not None:
        parts.append(("later, by earlier articles", report.later))
    rows = [["articles not learned from", "articles", "AUROC", "calibration error, matched"]]
    for says, found in parts:
        if not isinstance(found, str):
            figures = (figure(found.estimates[key]) for key in ("auroc", "calibration_error_matched"))
            rows.append([says, f"{found.n_articles:,}", *figures])
    if len(rows) > 1:
        yield from _table(rows)
    if mean := mean_auroc(report):
        yield f"Mean AUROC over {mean[1]} corpora: {mean[0]:.3f}"
    for says, found in parts:
        if isinstance(found, str):
            yield from wrap(f"Not measured: {says}: {found}", _WIDTH)


def mean_auroc(report: Report) -> tuple[float, int] | None:
    """Mean AUROC over the corpora scored by models of the others, and how many they are; None where fewer than two."""
    values = [m.estimates["auroc"].value for m in report.other_corpora.values() if not isinstance(m, str)]
    return (float(np.mean(values)), len(values)) if len(values) > 1 else None


def _calibration(report: Report) -> Iterator[str]:
    if not report.reliability:
        return
    rows = [["mean probability", f"share {report.positive}", "articles"]]
    rows += [[f"{b.mean_probability:.2f}", f"{b.share_positive:.2f}", f"{b.n:,}"] for b in report.reliability]
    yield from _table(rows)
    curve = report.risk_coverage
    last = len(curve) - 1
    shown = [curve[i] for i in np.unique(np.linspace(last / _SHOWN_POINTS, last, _SHOWN_POINTS).astype(int))]
    yield ""
    yield from _table(
        [
            ["surest articles answered", *(f"{coverage:.0%}" for coverage, _ in shown)],
            ["wrong among them", *(f"{error:.0%}" for _, error in shown)],
        ]
    )
    ours = report.all.selective
    yield ""
    yield from wrap(
        f"Of the scored articles {figure(ours['error'])} are on the wrong side of 0.5, of the surer half "
        f"{figure(ours['error_at_half'])}: {figure(ours['ratio'])} of the former.",
        _WIDTH,
    )


def _checks(report: Report) -> Iterator[str]:
    for finding in report.checks:
        head = f"{finding.status.replace('_', ' '):14}  {finding.code:18}  "
        yield from wrap(head + finding.says, _WIDTH, subsequent_indent=" " * len(head))


def figure(estimate: Estimate) -> str:
    """The value with its interval, as readers see it."""
    if math.isnan(estimate.value):
        return "undefined"
    if math.isnan(estimate.low):
        return f"{estimate.value:.3f} [no interval]"
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns aligned, the first one left, the others right."""
    width = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = (cell.rjust(w) for cell, w in zip(row[1:], width[1:], strict=True))
        yield "  ".join([row[0].ljust(width[0]), *cells]).rstrip()
