"""Figures with their uncertainty: bootstrap over publishers, as an outlet's articles are not independent."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.evaluation.metrics import METRICS, FloatArray, Metric, Ranked, Tally
from classifier.evaluation.publishers import UNKNOWN, IntArray, lone_units, publisher_codes

DRAWS = 1000
"""Bootstrap samples; the bounds are their 2.5th and 97.5th percentile."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure that never travels alone; nan where undefined."""

    value: float
    low: float
    high: float
    """Bounds of the 95 % interval."""
    n_articles: int
    """Articles the figure was measured on."""
    n_publishers: int
    """Different known publishers among them."""

    def to_dict(self) -> dict[str, float | None]:
        """`{"value", "low", "high"}`, None where nan."""
        return {
            name: None if math.isnan(number) else number
            for name, number in (("value", self.value), ("low", self.low), ("high", self.high))
        }


def bootstrap(
    y: FloatArray,
    p: FloatArray,
    publishers: Sequence[str | None],
    metrics: Mapping[str, Metric] = METRICS,
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> dict[str, Estimate]:
    """Each metric on the scored articles with its 95 % interval (percentile bootstrap; Field and Welsh 2007).

    y: (n,) 0 or 1. p: (n,) 0 to 1, nan where the model abstained. publishers: length n; whole publishers are
    drawn with replacement, an article without publisher stands alone. Draws on which a metric is undefined
    are left out. The bounds are nan where there are fewer than two units to draw. Deterministic for a seed.

    A calibration error can't be negative and only grows when articles are drawn twice, so near 0 its interval
    lies above its value.
    """
    codes = publisher_codes(publishers)
    units = lone_units(codes)
    scored = ~np.isnan(p)
    labels, unit = y[scored], units[scored]
    ranked = Ranked(p[scored])
    drawn: dict[str, list[float]] = {name: [] for name in metrics}
    for weights in _draw(units, draws, seed):
        counted = ranked.tally(labels, weights[unit])
        for name, metric in metrics.items():
            drawn[name].append(metric(counted))
    whole = ranked.tally(labels)
    return {
        name: _estimate(metric(whole), drawn[name], codes[scored], len(np.unique(unit)))
        for name, metric in metrics.items()
    }


def difference(
    y: FloatArray,
    p: FloatArray,
    other: FloatArray,
    publishers: Sequence[str | None],
    metric: Metric = Tally.auroc,
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> Estimate:
    """`metric` of p minus `metric` of other on the articles both have scored, from the same draws.

    Arguments as `bootstrap`. The interval is that of the difference, usually narrower than either one's.
    """
    codes = publisher_codes(publishers)
    units = lone_units(codes)
    scored = ~(np.isnan(p) | np.isnan(other))
    labels, unit = y[scored], units[scored]
    one, two = Ranked(p[scored]), Ranked(other[scored])

    def gap(weights: FloatArray | None) -> float:
        return metric(one.tally(labels, weights)) - metric(two.tally(labels, weights))

    drawn = [gap(weights[unit]) for weights in _draw(units, draws, seed)]
    return _estimate(gap(None), drawn, codes[scored], len(np.unique(unit)))


def _draw(units: IntArray, draws: int, seed: int) -> Iterator[FloatArray]:
    """How often each unit was drawn, shape (n_units,), `draws` times."""
    rng, n = np.random.default_rng(seed), int(units.max(initial=-1)) + 1
    for _ in range(draws if n else 0):
        yield np.bincount(rng.integers(n, size=n), minlength=n).astype(np.float64)


def _estimate(value: float, drawn: Sequence[float], codes: IntArray, n_units: int) -> Estimate:
    defined = np.array(drawn, np.float64)
    defined = defined[~np.isnan(defined)]
    usable = n_units > 1 and len(defined) > 0 and not math.isnan(value)
    low, high = np.percentile(defined, [2.5, 97.5]) if usable else (math.nan, math.nan)
    return Estimate(value, float(low), float(high), len(codes), len(np.unique(codes[codes != UNKNOWN])))
