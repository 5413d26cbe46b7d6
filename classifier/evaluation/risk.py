"""How many of the answers given are wrong, and what can be promised about it on publishers never seen."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.evaluation.metrics import FloatArray, risk_coverage
from classifier.models.unsure import Promise

IntArray = NDArray[np.int64]

CONFIDENCE = 0.95
COVERAGES = np.arange(10, 101, 5) / 100  # steps of the sequence, fixed before labels are seen
KEPT_BACK = (
    0.5  # of the allowed chance of error: what Student's t misses where a few publishers have most articles
)
FEWEST = 5  # publishers among the answers; below, a spread over them says nothing


class RiskBound(NamedTuple):
    """The share of wrong answers and what it stays below with a stated confidence."""

    error: float  # among the articles answered, 0 to 1; nan where there are none
    bound: float  # above it, 0 to 1; 1 where nothing can be said
    n_articles: int
    n_publishers: int


def risk_bound(wrong: FloatArray, groups: IntArray, confidence: float = CONFIDENCE) -> RiskBound:
    """An upper bound of the share of wrong answers on publishers drawn like these, at one-sided `confidence`.

    wrong: (n,) 0 or 1, one half for a probability of 0.5; articles answered only. groups: (n,), from
    `group_articles`. Articles of one publisher are wrong together, so the publishers are what is counted: the share
    is a ratio of sums over publishers, its spread that of the linearised ratio (Cochran 1977, section 6), and
    Student's t has as many degrees of freedom as publishers would count if all had the same size (Kish 1965), less one.
    One more publisher of average size, with every answer wrong, is counted in: what nobody has seen yet, as in
    conformal risk control (Angelopoulos et al. 2024). It keeps the bound honest where few are wrong.
    docs/decisions/0012 compares this with other bounds.
    """
    from scipy.stats import t

    _, unit = np.unique(groups, return_inverse=True)
    answers = np.bincount(unit).astype(np.float64)
    n, n_publishers = len(wrong), len(answers)
    error = float(wrong.mean()) if n else np.nan
    if n_publishers < FEWEST:
        return RiskBound(error, 1.0, n, n_publishers)
    errors = np.append(np.bincount(unit, wrong), answers.mean())
    answers = np.append(answers, answers.mean())
    share = errors.sum() / answers.sum()
    k = len(answers)
    spread = np.sqrt(((errors - share * answers) ** 2).sum() * k / (k - 1)) / answers.sum()
    alike = answers.sum() ** 2 / (answers**2).sum()
    bound = share + t.ppf(confidence, max(alike - 1, 1)) * spread
    return RiskBound(error, float(min(bound, 1.0)), n, n_publishers)


def promise(y: FloatArray, p: FloatArray, groups: IntArray, confidence: float = CONFIDENCE) -> Promise:
    """Which risks can be promised at which sureness, learned and then tested (Angelopoulos et al. 2021).

    y: (n,) 0 or 1. p: (n,) calibrated probabilities by models that had not seen the article's publisher; nan: left
    out. groups: (n,), from `group_articles`. The steps answer the surest 10 %, 15 %, ... of the articles. For a
    risk they are tested in that order, each at the full level, and the first that fails ends it: so the
    chance that any step passed wrongly is at most 1 - confidence (fixed-sequence testing). A step passes a risk
    exactly where its `risk_bound` is no larger, so the largest bound up to a step is the least risk it promises. Half
    of the allowed chance is kept back, because in simulation the bound alone errs a little more often than it says.
    """
    scored = ~np.isnan(p)
    y, p, groups = y[scored], p[scored], groups[scored]
    sure, wrong = np.maximum(p, 1 - p), _wrong(y, p)
    steps: list[tuple[float, float, float]] = []
    least, level = 0.0, 1 - KEPT_BACK * (1 - confidence)
    for coverage in COVERAGES if len(p) else ():
        sureness = float(np.quantile(sure, 1 - coverage, method="lower"))
        given = sure >= sureness
        least = max(least, risk_bound(wrong[given], groups[given], level).bound)
        if least >= 1:
            break
        steps.append((least, sureness, float(given.mean())))
    risk, at, reached = np.array(steps, np.float64).reshape(-1, 3).T
    return Promise(confidence, risk, at, reached)


def selective_error(y: FloatArray, p: FloatArray, coverage: float = 0.5) -> float:
    """Share of wrong answers among the surest `coverage` (0 to 1) of the articles, 0 to 1; nan without articles.

    y, p: as `risk_coverage`. Of articles that are equally sure, as many as are still needed count with their mean
    error, so that the order of the file does not matter.
    """
    if not len(p):
        return float("nan")
    reached, error = risk_coverage(y, p)
    wrong = np.interp(coverage, np.append(0.0, reached), np.append(0.0, reached * error))
    return float(wrong / coverage)


def _wrong(y: FloatArray, p: FloatArray) -> FloatArray:
    result: FloatArray = np.where(p == 0.5, 0.5, ((p > 0.5) != (y > 0.5)).astype(np.float64))
    return result
