"""Promised risks: what holds where a publisher's articles are wrong together. And calibration by three methods.

The tables in docs/decisions/0012 come from here. Draws are of publishers: invented ones, whose true risk is known from a
large population, and those of the corpora drawn with replacement, where the corpus itself is the population.
"""

import argparse
import math
import sys
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from labelled import labelled, part_of
from measured import POOL, one_core
from scipy.stats import binom, t
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from classifier.evaluation.metrics import brier, calibration_error, risk_coverage
from classifier.evaluation.risk import COVERAGES, KEPT_BACK, risk_bound, selective_error
from classifier.evaluation.splits import group_articles, publisher_folds
from classifier.models.calibrated import platt
from classifier.signals.registry import BUILT_IN
from classifier.training.fitting import PENALTY, calibrated_apart, log_odds_of, unseen_log_odds
from classifier.training.measuring import Measured, measure

DRAWS = 200
RISK = 0.2
LEVEL = 0.95


class Sample(NamedTuple):
    """Articles with probabilities by models that had not seen their publisher."""

    y: np.ndarray
    p: np.ndarray
    groups: np.ndarray


def invented(rng: np.random.Generator, n: int, size: str, same: float, push: float) -> Sample:
    """n publishers; `same`: share of articles with their publisher's label, `push`: of a publisher on all its scores."""
    sizes = {
        "one article": np.ones(n, int),
        "ten articles": np.full(n, 10),
        "uneven": np.ceil(rng.lognormal(1.0, 1.2, n)).astype(int),
        "very uneven": np.minimum(np.ceil(2 * rng.pareto(1.1, n) + 0.5), 300).astype(int),
    }[size]
    groups = np.repeat(np.arange(n), sizes)
    label = (rng.random(n) < 0.4)[groups]
    y = np.where(rng.random(len(groups)) < same, label, rng.random(len(groups)) < 0.4).astype(float)
    score = 0.8 * (2 * y - 1) + rng.normal(0, push, n)[groups] + rng.normal(size=len(groups))
    odds = 1.6 / (1 + push**2) * score + math.log(0.4 / 0.6)
    return Sample(y, 1 / (1 + np.exp(-odds)), groups)


Test = Callable[
    [np.ndarray, np.ndarray], bool
]  # wrong, groups -> is the share of wrong answers at most `RISK`?


def binomial(errors: float, n: float) -> bool:
    """Exact test of independent answers."""
    return bool(binom.cdf(errors, n, RISK) <= 1 - LEVEL)


def independent(wrong: np.ndarray, groups: np.ndarray) -> bool:
    """Takes articles for independent."""
    del groups
    return binomial(wrong.sum(), len(wrong))


def sums(wrong: np.ndarray, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Errors and answers of each publisher."""
    _, unit = np.unique(groups, return_inverse=True)
    return np.bincount(unit, wrong), np.bincount(unit).astype(float)


def effective(wrong: np.ndarray, groups: np.ndarray) -> bool:
    """Exact test on the number of articles divided by the design effect."""
    errors, answers = sums(wrong, groups)
    share, k = wrong.mean(), len(answers)
    if k < 2:
        return False
    spread = ((errors - share * answers) ** 2).sum() * k / (k - 1)
    effect = max(spread / max(len(wrong) * share * (1 - share), 1e-9), 1.0)
    n = math.floor(len(wrong) / effect)
    return binomial(math.ceil(share * n), n)


def ratio(wrong: np.ndarray, groups: np.ndarray) -> bool:
    """Linearised ratio over publishers, Student's t with as many degrees of freedom as publishers less one."""
    errors, answers = sums(wrong, groups)
    share, k = wrong.mean(), len(answers)
    if k < 2:
        return False
    spread = math.sqrt(((errors - share * answers) ** 2).sum() * k / (k - 1)) / answers.sum()
    return share + float(t.ppf(LEVEL, k - 1)) * spread <= RISK


def resampled(wrong: np.ndarray, groups: np.ndarray) -> bool:
    """95th percentile over publishers drawn with replacement."""
    errors, answers = sums(wrong, groups)
    k = len(answers)
    times = np.random.default_rng(0).multinomial(k, np.full(k, 1 / k), size=200)
    return float(np.quantile((times @ errors) / np.maximum(times @ answers, 1), LEVEL)) <= RISK


def betting(wrong: np.ndarray, groups: np.ndarray) -> bool:
    """Bets on publishers' sums, valid in any number (Waudby-Smith and Ramdas 2024), over a mixture of stakes."""
    errors, answers = sums(wrong, groups)
    order = np.random.default_rng(0).permutation(len(answers))
    gain = (RISK * answers - errors)[order] / answers.max()
    stakes = np.linspace(0.02, 0.98, 25)[:, None] / (1 - RISK)
    return bool(np.exp(np.log1p(stakes * gain).sum(axis=1)).mean() >= 1 / (1 - LEVEL))


def one_more(wrong: np.ndarray, groups: np.ndarray) -> bool:
    """`classifier.evaluation.risk.risk_bound` at the stated confidence."""
    return risk_bound(wrong, groups, LEVEL).bound <= RISK


def shipped(wrong: np.ndarray, groups: np.ndarray) -> bool:
    """The same with half of the allowed chance of error kept back, as `promise` has it."""
    return risk_bound(wrong, groups, 1 - KEPT_BACK * (1 - LEVEL)).bound <= RISK


TESTS: dict[str, Test] = {
    "articles independent": independent,
    "design effect": effective,
    "ratio, t": ratio,
    "bootstrap": resampled,
    "betting": betting,
    "ratio, t, one more publisher": one_more,
    "the same, half kept back: shipped": shipped,
}


def sureness_for(sample: Sample, test: Test) -> float | None:
    """The threshold that fixed-sequence testing chooses for `RISK`, None where the first step fails."""
    sure, wrong = np.maximum(sample.p, 1 - sample.p), ((sample.p > 0.5) != (sample.y > 0.5)).astype(float)
    chosen = None
    for coverage in COVERAGES:
        level = float(np.quantile(sure, 1 - coverage, method="lower"))
        given = sure >= level
        if not test(wrong[given], sample.groups[given]):
            break
        chosen = level
    return chosen


def realised(population: Sample, sureness: float | None) -> tuple[float, float]:
    """Share of wrong answers and of articles answered in the population."""
    if sureness is None:
        return 0.0, 0.0
    given = np.maximum(population.p, 1 - population.p) >= sureness
    wrong = (population.p > 0.5) != (population.y > 0.5)
    return float(wrong[given].mean()) if given.any() else 0.0, float(given.mean())


def redrawn(sample: Sample, rng: np.random.Generator) -> Sample:
    """The publishers of a corpus with replacement; one drawn twice is two."""
    _, unit = np.unique(sample.groups, return_inverse=True)
    members = [np.flatnonzero(unit == g) for g in range(unit.max() + 1)]
    drawn = rng.integers(len(members), size=len(members))
    taken = np.concatenate([members[g] for g in drawn])
    groups = np.repeat(np.arange(len(drawn)), [len(members[g]) for g in drawn])
    return Sample(sample.y[taken], sample.p[taken], groups)


def line(
    name: str,
    population: Sample,
    draw: Callable[[np.random.Generator], Sample],
    tests: dict[str, Test],
) -> str:
    """Share of draws within the promise, share with any promise, mean coverage; for each test."""
    cells = []
    for test in tests.values():
        rng = np.random.default_rng(11)
        found = [sureness_for(draw(rng), test) for _ in range(DRAWS)]
        told = np.array([realised(population, one) for one in found])
        within = (told[:, 0] <= RISK).mean()
        cells.append(
            f"{within:.1%} / {np.mean([f is not None for f in found]):.0%} / {told[:, 1].mean():.0%}"
        )
    return f"| {name} | " + " | ".join(cells) + " |"


def halves(name: str, sample: Sample) -> str:
    """Learned on one half of the publishers, counted on the other: the noise of both halves is in it."""
    cells = []
    for test in TESTS.values():
        rng = np.random.default_rng(5)
        fine = []
        for _ in range(DRAWS):
            names = np.unique(sample.groups)
            one = np.isin(sample.groups, rng.permutation(names)[: len(names) // 2])
            level = sureness_for(Sample(*(part[one] for part in sample)), test)
            fine.append(realised(Sample(*(part[~one] for part in sample)), level)[0] <= RISK)
        cells.append(f"{np.mean(fine):.1%}")
    return f"| {name} | " + " | ".join(cells) + " |"


Calibration = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]  # log-odds, labels, new log-odds


def isotonic(z: np.ndarray, y: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Steps that never fall (Zadrozny and Elkan 2002), kept off 0 and 1."""
    steps = IsotonicRegression(out_of_bounds="clip").fit(z, y)
    return np.clip(steps.predict(new), 1 / (len(z) + 2), 1 - 1 / (len(z) + 2))


def beta(z: np.ndarray, y: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Beta calibration (Kull, Silva Filho and Flach 2017): a slope for each side; a falling one is left out."""

    def sides(log_odds: np.ndarray) -> np.ndarray:
        return np.column_stack([-np.logaddexp(0, -log_odds), np.logaddexp(0, log_odds)])

    columns = [0, 1]
    while columns:
        fitted = LogisticRegression(C=np.inf, tol=1e-8, max_iter=1000).fit(sides(z)[:, columns], y)
        if (fitted.coef_[0] >= 0).all():
            return fitted.predict_proba(sides(new)[:, columns])[:, 1]
        columns.pop(int(fitted.coef_[0].argmin()))
    return np.full(len(new), y.mean())


def sigmoid(z: np.ndarray, y: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Platt's, as the product has it."""
    a, b = platt(z, y)
    return 1 / (1 + np.exp(-(a * new + b)))


CALIBRATIONS: dict[str, Calibration] = {"sigmoid": sigmoid, "isotonic": isotonic, "beta": beta}
CURVES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-(1.3 * z - 0.4))),
    "two slopes": lambda z: 1 / (1 + np.exp(-(np.where(z < 0, 0.3 * z, 2 * z) - 0.5))),
    "flat ends": lambda z: 0.12 + 0.7 / (1 + np.exp(-2.5 * z)),
}


def calibrations_invented() -> None:
    """Mean gap to the true probability over 60 draws of articles of publishers (ten each, half of the luck shared)."""
    print("| true curve | articles | " + " | ".join(CALIBRATIONS) + " |")
    new = np.random.default_rng(1).normal(0, 1.2, 20_000)
    for name, truth in CURVES.items():
        for n in (200, 1000, 4000):
            rng = np.random.default_rng(0)
            gaps: dict[str, list[float]] = {key: [] for key in CALIBRATIONS}
            for _ in range(60):
                publisher = rng.integers(n // 10, size=n)
                z = rng.normal(size=n) + rng.normal(0, 0.66, n // 10)[publisher]
                luck = np.where(rng.random(n) < 0.5, rng.random(n // 10)[publisher], rng.random(n))
                y = (luck < truth(z)).astype(int)
                for key, calibrate in CALIBRATIONS.items():
                    gaps[key].append(float(np.abs(calibrate(z, y, new) - truth(new)).mean()))
            print(
                f"| {name} | {n} | " + " | ".join(f"{np.mean(v):.3f}" for v in gaps.values()) + " |",
                flush=True,
            )


def calibrations_measured(name: str, data: Measured, groups: np.ndarray) -> None:
    """Calibration error, Brier score and log loss on publishers not seen, mean of three divisions."""
    y = data.y
    told: dict[str, list[tuple[float, float, float]]] = {key: [] for key in CALIBRATIONS}
    for seed in range(3):
        p = {key: np.full(len(y), np.nan) for key in CALIBRATIONS}
        for fold in publisher_folds(groups, y, 5, seed):
            inner = publisher_folds(groups[fold.train], y[fold.train], 5, seed)
            z = unseen_log_odds(part_of(data, fold.train), inner, C=PENALTY)
            new = log_odds_of(data, fold, C=PENALTY)
            for key, calibrate in CALIBRATIONS.items():
                p[key][fold.test] = calibrate(z, y[fold.train], new)
        for key, one in p.items():
            inside = np.clip(one, 1e-9, 1 - 1e-9)
            loss = -float(np.mean(np.where(y == 1, np.log(inside), np.log1p(-inside))))
            told[key].append((calibration_error(y, one), brier(y, one), loss))
    cells = " | ".join("{:.3f} / {:.4f} / {:.4f}".format(*np.mean(v, axis=0)) for v in told.values())
    print(f"| {name} | {len(y)} | {cells} |", flush=True)


def samples_of(data: Measured, chosen: dict[str, np.ndarray]) -> dict[str, Sample]:
    """Articles of each choice with probabilities by models that had not seen their publisher."""
    groups = group_articles(data.publishers, data.clusters).groups
    samples = {}
    for name, of in chosen.items():
        k = np.flatnonzero(of)
        part = part_of(data, k)
        folds = publisher_folds(groups[k], part.y, 5, 0)
        p = calibrated_apart(unseen_log_odds(part, folds, C=PENALTY)[None], part.y, folds)
        samples[name] = Sample(part.y.astype(float), p, groups[k])
    return samples


def promises_measured(samples: dict[str, Sample], tests: dict[str, Test]) -> None:
    """Draws within the promise where the articles themselves are the population, and selective error."""
    for name, sample in samples.items():
        drawn = f"{name}, {len(np.unique(sample.groups))} drawn"
        print(line(drawn, sample, lambda r, s=sample: redrawn(s, r), tests), flush=True)
        error = risk_coverage(sample.y, sample.p).error[-1]
        half = selective_error(sample.y, sample.p)
        print(
            f"{name}: error {error:.3f}, at 50 % coverage {half:.3f}, {half / error:.2f} times",
            file=sys.stderr,
        )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--shipped", action="store_true", help="both scorers on the corpora, by the shipped test alone"
    )
    asked = parser.parse_args()
    one_core()
    tests = {"shipped": shipped} if asked.shipped else TESTS
    print(f"within the promise of {RISK:.0%} / any promise / coverage, {DRAWS} draws, confidence {LEVEL:.0%}")
    print("| publishers | " + " | ".join(tests) + " |")
    for n, size, same, push in (
        *((400, "one article", 0.9, 0.7), (60, "ten articles", 0.9, 0.7), (60, "uneven", 0.9, 0.7)),
        *((150, "uneven", 0.9, 0.7), (60, "very uneven", 0.9, 0.7), (150, "very uneven", 0.9, 0.7)),
        (150, "very uneven", 1.0, 1.2),
    ):
        if asked.shipped:
            break
        population = invented(np.random.default_rng(1), 60_000, size, same, push)

        def draw(rng: np.random.Generator, n=n, size=size, same=same, push=push) -> Sample:
            return invented(rng, n, size, same, push)

        print(line(f"{n}, {size}, label {same}, push {push}", population, draw, tests), flush=True)
    articles = labelled((*POOL, "fakehealth_story", "fakehealth_release"))
    for scorer in ("signals", "wording") if asked.shipped else ("signals",):
        data = measure(articles, tuple(BUILT_IN), wording=scorer == "wording")
        corpora = np.array(data.corpora)
        chosen = {
            "the pool": np.isin(corpora, POOL),
            "recovery": corpora == "recovery",
            "pool and fakehealth": np.ones(len(corpora), bool),
        }
        samples = samples_of(data, chosen)
        print(scorer, flush=True)
        promises_measured(samples, tests)
    if asked.shipped:
        return
    print("within the promise on the other half of the publishers")
    for name, sample in samples.items():
        print(halves(name, sample), flush=True)
    calibrations_invented()
    print("| corpus | articles | " + " | ".join(CALIBRATIONS) + " |")
    groups = group_articles(data.publishers, data.clusters).groups
    for name in ("the pool", "recovery", "fakehealth_story", "pool and fakehealth"):
        k = np.flatnonzero(chosen.get(name, corpora == name))
        calibrations_measured(name, part_of(data, k), groups[k])


if __name__ == "__main__":
    main()
