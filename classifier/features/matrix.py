"""Signals -> matrix: every measure of every family as a column, nan where it is undefined."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.features.crossed import CROSSED
from classifier.signals.family import Family, Measure
from classifier.signals.span import Signals


def measures_of(families: Sequence[Family]) -> tuple[Measure, ...]:
    """The measures of the families, in order, then those that need several of them at once."""
    names = {family.name for family in families}
    own = tuple(measure for family in families for measure in family.measures)
    return own + tuple(measure for needs, measure in CROSSED if needs <= names)


def scored_measures(families: Sequence[Family]) -> tuple[Measure, ...]:
    """The measures that models read, in the order of `measures_of`."""
    return tuple(measure for measure in measures_of(families) if measure.scored)


def matrix(signals: Signals, measures: Sequence[Measure]) -> NDArray[np.float64]:
    """Values of the measures for a batch: float64, shape (n_docs, n_measures); nan = undefined."""
    result = np.empty((signals.n_docs, len(measures)))
    for column, measure in enumerate(measures):
        result[:, column] = measure.value(signals)
    return result
