"""Figures with their uncertainty: bootstrap over publishers, as an outlet's articles are not independent."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from classifier.evaluation.metrics import METRICS, FloatArray, Gaps, Metric, Ranked, Tally
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
    """Each metric on the scored articles with its 95 % interval (cluster bootstrap; Field and Welsh 2007).

    y: (n,) 0 or 1. p: (n,) 0 to 1, nan where the model abstained. publishers: length n; whole publishers are
    drawn with replacement, an article without publisher stands alone. Draws on which a metric is undefined
    are left out. The bounds are nan where there are fewer than two units to draw. Deterministic for a seed.

    The bounds are percentiles of the drawn values, except for a metric of `Gaps`. A sum of absolute values
    only grows with noise, and a draw has the noise of the sample once more, so the drawn calibration errors
    lie above the measured one, which lies above the true one. The gaps themselves are not biased: the
    interval is the value plus and minus the 95th percentile of the summed absolute differences between the
    drawn and the measured gaps, kept within 0 and 1. By the triangle inequality it holds the true value
    whenever the gaps lie within that distance of the true ones. It starts at 0 where, at 5 %, the
    articles do not rule out perfect calibration; far from 0 it is wider than it would have to be.
    """
    codes = publisher_codes(publishers)
    units = lone_units(codes)
    scored = ~np.isnan(p)
    labels, unit = y[scored], units[scored]
    ranked = Ranked(p[scored])
    whole = ranked.tally(labels)
    bins = whole.bins() if len(labels) else None
    measured = {
        name: metric.signed(whole, bins) for name, metric in metrics.items() if isinstance(metric, Gaps)
    }
    drawn: dict[str, list[float]] = {name: [] for name in metrics}
    for weights in _draw(units, draws, seed):
        counted = ranked.tally(labels, weights[unit])
        for name, metric in metrics.items():
            if isinstance(metric, Gaps):
                drawn[name].append(float(np.abs(metric.signed(counted, bins) - measured[name]).sum()))
            else:
                drawn[name].append(metric(counted))
    n_units = len(np.unique(unit))
    return {
        name: (_around if name in measured else _estimate)(metric(whole), drawn[name], codes[scored], n_units)
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


def _around(value: float, distances: Sequence[float], codes: IntArray, n_units: int) -> Estimate:
    """The value plus and minus the 95th percentile of `distances`, within 0 and 1."""
    far = _estimate(value, distances, codes, n_units)
    if math.isnan(far.low):
        return far
    reach = float(np.nanpercentile(distances, 95))
    return replace(far, low=max(0.0, value - reach), high=min(1.0, value + reach))
