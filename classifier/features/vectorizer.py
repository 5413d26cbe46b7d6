"""The scikit-learn transformer: texts in, named measures out."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from classifier.errors import FamilyError
from classifier.features.batches import batches
from classifier.features.matrix import matrix, measures_of
from classifier.signals.extract import extract
from classifier.signals.registry import load_families
from classifier.text.document import Document


class SignalVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts -> measures of the named signal families.

    Parameters
    ----------
    families : sequence of str, default=("hedges", "sourcing")
        Names of signal families, built in or of other packages; resolved in `fit`.

    Attributes
    ----------
    families_ : tuple of str
        The families that were resolved, each once.
    measures_ : tuple of str
        Names of the measures, "family.measure", in the order of the columns.

    Notes
    -----
    `X` is an iterable of `str` or `Document`, length n; a generator is read once. The result is float64 of
    shape (n, n_measures); nan means that a measure is undefined for that text, so a step that knows nan must
    follow (`CurveBasis`, or `HistGradientBoostingClassifier`). Nothing is learned from the texts in
    `fit`.

    See Also
    --------
    classifier.models.curves.CurveBasis : measures as nearness to knots, undefined ones aside.
    classifier.models.curves.AdditiveClassifier : measures -> calibrated probability.

    Examples
    --------
    >>> from classifier.features.vectorizer import SignalVectorizer
    >>> SignalVectorizer(families=("sourcing",)).fit_transform(["The clerk said the gate was shut."]).shape[0]
    1
    """

    def __init__(self, families: Sequence[str] = ("hedges", "sourcing")) -> None:
        self.families = families

    def fit(self, X: Iterable[str | Document] | None = None, y: Any = None) -> Self:
        """Resolve the families, FamilyError where one is unknown; `X` and `y` are not read."""
        del X, y
        if isinstance(self.families, str):
            raise FamilyError(
                f"families={self.families!r} is one name, not a sequence of names; write ({self.families!r},)"
            )
        families = load_families(self.families)
        self.families_ = tuple(family.name for family in families)
        self.measures_ = tuple(measure.name for measure in measures_of(families))
        return self

    def fit_transform(self, X: Iterable[str | Document], y: Any = None) -> NDArray[np.float64]:
        """Fit and measure in one reading of `X`, shape (n, n_measures)."""
        result: NDArray[np.float64] = self.fit(X, y).transform(X)
        return result

    def transform(self, X: Iterable[str | Document]) -> NDArray[np.float64]:
        """Measures of the texts, shape (n, n_measures); InputError where an item is no text."""
        check_is_fitted(self, "measures_")
        families = load_families(self.families_)
        known = {measure.name: measure for measure in measures_of(families)}
        missing = [name for name in self.measures_ if name not in known]
        if missing:
            raise FamilyError(
                f"this SignalVectorizer was fitted by a version with the measure {missing[0]!r}, which"
                " the one"
                " installed lacks; fit it again"
            )
        measures = [known[name] for name in self.measures_]
        parts = [np.empty((0, len(measures)))]
        parts += [matrix(extract(documents, families)[0], measures) for documents in batches(X)]
        return np.concatenate(parts)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Names of the measures, "family.measure", shape (n_measures,)."""
        del input_features
        check_is_fitted(self, "measures_")
        return np.array(self.measures_, dtype=object)

    def __sklearn_tags__(self) -> Any:
        """Texts, not a matrix, come in."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags
