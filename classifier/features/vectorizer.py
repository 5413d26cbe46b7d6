"""The scikit-learn transformer: texts in, named measures out."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from classifier.errors import InputError
from classifier.features.matrix import matrix, measures_of
from classifier.signals.extract import extract
from classifier.signals.registry import load_families
from classifier.text.document import Document

CHUNK = 64  # documents marked at a time; keeps memory flat


class SignalVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts -> measures of the named signal families.

    Parameters
    ----------
    families : sequence of str, default=("hedges", "sourcing")
        Names of signal families, built in or of other packages; resolved in `fit`.

    Attributes
    ----------
    measures_ : tuple of Measure
        The measures, in the order of the columns.

    Notes
    -----
    `X` is an iterable of `str` or `Document`, length n. The result is float64 of shape (n, n_measures); nan means
    that a measure is undefined for that text, so a step that knows nan must follow (`MissingAwareScaler`, or
    `HistGradientBoostingClassifier`). Nothing is learned from the texts in `fit`.

    Examples
    --------
    >>> from classifier.features.vectorizer import SignalVectorizer
    >>> SignalVectorizer().fit_transform(["The clerk said the gate may be shut."]).shape[0]
    1
    """

    def __init__(self, families: Sequence[str] = ("hedges", "sourcing")) -> None:
        self.families = families

    def fit(self, X: Iterable[str | Document], y: Any = None) -> Self:
        """Resolve the families; `X` and `y` are not read."""
        del X, y
        self.measures_ = measures_of(load_families(self.families))
        return self

    def transform(self, X: Iterable[str | Document]) -> NDArray[np.float64]:
        """Measures of the texts, shape (n, n_measures); InputError where an item is no text."""
        check_is_fitted(self, "measures_")
        families = load_families(self.families)
        parts: list[NDArray[np.float64]] = [np.empty((0, len(self.measures_)))]
        chunk: list[Document] = []
        if isinstance(X, str | bytes):
            raise InputError("SignalVectorizer was given one text, not a sequence of texts; put it in a list")
        for number, item in enumerate(X):
            if not isinstance(item, str | Document):
                raise InputError(
                    f"item {number} given to SignalVectorizer is a {type(item).__name__}, no text; give str or Document"
                )
            chunk.append(item if isinstance(item, Document) else Document(str(number), item))
            if len(chunk) == CHUNK:
                parts.append(matrix(extract(chunk, families)[0], self.measures_))
                chunk = []
        if chunk:
            parts.append(matrix(extract(chunk, families)[0], self.measures_))
        return np.concatenate(parts)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Names of the measures, "family.measure", shape (n_measures,)."""
        del input_features
        check_is_fitted(self, "measures_")
        return np.array([measure.name for measure in self.measures_], dtype=object)

    def __sklearn_tags__(self) -> Any:
        """Texts, not a matrix, come in."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        return tags
