"""The dull rivals every score must beat: the share of positives, the length, and a bag of words."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from classifier.errors import TrainingError
from classifier.evaluation.splits import Fold
from classifier.evaluation.words import words

FloatArray: TypeAlias = NDArray[np.float64]


class FitPredict(Protocol):
    """Learn from the training texts, say a probability for each test text."""

    def __call__(
        self,
        train_texts: Sequence[str],
        y_train: FloatArray,
        test_texts: Sequence[str],
        sample_weight: FloatArray | None = None,
    ) -> FloatArray:
        """y_train: (n_train,) 0 or 1; sample_weight: (n_train,). Returns (n_test,), 0 to 1.

        Raises TrainingError where nothing can be learned.
        """


class Rival(NamedTuple):
    """A baseline under its name in reports."""

    name: str
    says: str
    """What it knows, in a few words."""
    fit_predict: FitPredict


def prior(
    train_texts: Sequence[str],
    y_train: FloatArray,
    test_texts: Sequence[str],
    sample_weight: FloatArray | None = None,
) -> FloatArray:
    """The training share of positives for every text."""
    _check(train_texts, y_train)
    return np.full(len(test_texts), np.average(y_train, weights=sample_weight))


def length(
    train_texts: Sequence[str],
    y_train: FloatArray,
    test_texts: Sequence[str],
    sample_weight: FloatArray | None = None,
) -> FloatArray:
    """Logistic regression on the logarithm of the number of words."""
    from sklearn.linear_model import LogisticRegression

    _check(train_texts, y_train)
    if not len(test_texts):
        return np.empty(0)
    model = LogisticRegression().fit(_log_words(train_texts), y_train, sample_weight)
    return np.asarray(model.predict_proba(_log_words(test_texts))[:, 1], np.float64)


def tfidf(
    train_texts: Sequence[str],
    y_train: FloatArray,
    test_texts: Sequence[str],
    sample_weight: FloatArray | None = None,
) -> FloatArray:
    """Logistic regression on tf-idf of words and word pairs found in two training texts or more."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    _check(train_texts, y_train)
    if not len(test_texts):
        return np.empty(0)
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=False)
    try:
        matrix = vectorizer.fit_transform(train_texts)
    except ValueError as error:
        raise TrainingError(
            f"no two of the {len(train_texts)} training texts share a word, so the bag of words is empty; "
            "add articles"
        ) from error
    model = LogisticRegression(max_iter=1000).fit(matrix, y_train, sample_weight)
    return np.asarray(model.predict_proba(vectorizer.transform(test_texts))[:, 1], np.float64)


RIVALS: Mapping[str, Rival] = MappingProxyType(
    {
        rival.name: rival
        for rival in (
            Rival("prior", "the share of positives in training", prior),
            Rival("length", "the number of words", length),
            Rival("tfidf", "words and word pairs", tfidf),
        )
    }
)


def out_of_fold(
    fit_predict: FitPredict,
    texts: Sequence[str],
    y: FloatArray,
    folds: Iterable[Fold],
    sample_weight: FloatArray | None = None,
) -> FloatArray:
    """Probability of each text by the model that did not see it, shape (n,); nan where never tested.

    Each fold's model has its own level, so over all folds the AUROC of `prior` is not 0.5 but somewhat
    below: the more positives a fold holds, the fewer its training side had.
    """
    p = np.full(len(texts), np.nan)
    for train, test in folds:
        weight = None if sample_weight is None else sample_weight[train]
        p[test] = fit_predict([texts[i] for i in train], y[train], [texts[i] for i in test], weight)
    return p


def _log_words(texts: Sequence[str]) -> FloatArray:
    return np.log1p(np.array([len(words(text)) for text in texts], np.float64)).reshape(-1, 1)


def _check(train_texts: Sequence[str], y_train: FloatArray) -> None:
    if len(train_texts) != len(y_train):
        raise ValueError(f"{len(train_texts)} training texts but {len(y_train)} labels")
    if len(np.unique(y_train)) < 2:
        raise TrainingError("the training articles carry one label only; add articles of the other label")
