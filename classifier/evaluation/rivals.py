"""The dull rivals every score must beat: the share of positives, the length, and a bag of words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from classifier.errors import TrainingError
from classifier.evaluation.splits import Fold
from classifier.evaluation.words import words

FloatArray: TypeAlias = NDArray[np.float64]

MOST = (
    10_000  # articles on which rivals are fitted and measured in folds; a bag of words takes longest of all
)


class Rival(NamedTuple):
    """A baseline under its name in reports."""

    name: str
    says: str
    """What it knows, in a few words."""
    represent: Callable[[Sequence[str]], Any]
    """Texts -> rows of a matrix. No label is looked at, so texts of a test side may be among them."""
    learn: Callable[[Any, FloatArray, Any], FloatArray]
    """Training rows, their labels (0 or 1), test rows -> a probability for each of those.

    What it takes from rows other than labels (a document frequency, say) it takes from the training rows.
    """

    def fit_predict(
        self, train_texts: Sequence[str], y_train: FloatArray, test_texts: Sequence[str]
    ) -> FloatArray:
        """Learn from the training texts, (n_train,) labels; a probability for each test text, (n_test,).

        Raises TrainingError where nothing can be learned.
        """
        n = len(train_texts)
        if n != len(y_train):
            raise ValueError(f"{n} training texts but {len(y_train)} labels")
        _two_labels(y_train)
        if not len(test_texts):
            return np.empty(0)
        rows = self.represent([*train_texts, *test_texts])
        return self.learn(rows[:n], y_train, rows[n:])


def out_of_fold(
    rival: Rival, texts: Sequence[str], y: FloatArray, folds: Iterable[Fold], most: int = MOST
) -> FloatArray:
    """Probability of each text by the model that did not see it, shape (n,); nan where it was not tested.

    Of more than `most` texts so many, evenly spread, take part. Each fold's model has its own level, so over all
    folds the AUROC of `prior` is not 0.5 but somewhat below: the more positives a fold holds, the fewer its
    training side had. Raises TrainingError where nothing can be learned.
    """
    part = np.unique(np.linspace(0, len(texts) - 1, min(len(texts), most)).astype(np.int64))
    place = np.full(len(texts), -1)
    place[part] = np.arange(len(part))
    rows = rival.represent([texts[i] for i in part.tolist()])
    p = np.full(len(texts), np.nan)
    for fold in folds:
        train, test = (side[place[side] >= 0] for side in fold)
        if len(test):
            _two_labels(y[train])
            p[test] = rival.learn(rows[place[train]], y[train], rows[place[test]])
    return p


def _nothing(texts: Sequence[str]) -> FloatArray:
    return np.zeros((len(texts), 0))


def _share(train: Any, y: FloatArray, test: Any) -> FloatArray:
    """The training share of positives for every row."""
    del train
    return np.full(test.shape[0], y.mean())


def _log_words(texts: Sequence[str]) -> FloatArray:
    return np.log1p(np.array([len(words(text)) for text in texts], np.float64)).reshape(-1, 1)


def _logistic(train: Any, y: FloatArray, test: Any) -> FloatArray:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(max_iter=1000).fit(train, y)
    return np.asarray(model.predict_proba(test)[:, 1], np.float64)


def _bag(texts: Sequence[str]) -> Any:
    """How often each word and word pair stands in each text."""
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import HashingVectorizer

    # A dictionary of all word pairs would be the largest thing in memory; of millions of hashes a few are shared.
    count = HashingVectorizer(ngram_range=(1, 2), n_features=2**31 - 1, alternate_sign=False, norm=None)
    found = count.transform(texts)
    known, column = np.unique(found.indices, return_inverse=True)
    return csr_matrix((found.data, column, found.indptr), shape=(len(texts), len(known)))


def _tfidf(train: Any, y: FloatArray, test: Any) -> FloatArray:
    """Logistic regression on tf-idf of the words and word pairs found in two training texts or more."""
    from sklearn.feature_extraction.text import TfidfTransformer

    kept = np.flatnonzero(np.bincount(train.indices, minlength=train.shape[1]) >= 2)
    if not len(kept):
        raise _no_bag()
    weigh = TfidfTransformer()
    return _logistic(weigh.fit_transform(train[:, kept]), y, weigh.transform(test[:, kept]))


RIVALS: Mapping[str, Rival] = MappingProxyType(
    {
        rival.name: rival
        for rival in (
            Rival("prior", "the share of positives in training", _nothing, _share),
            Rival("length", "the number of words", _log_words, _logistic),
            Rival("tfidf", "words and word pairs", _bag, _tfidf),
        )
    }
)


def _no_bag() -> TrainingError:
    return TrainingError("no two training texts share a word, so the bag of words is empty; add articles")


def _two_labels(y_train: FloatArray) -> None:
    if len(np.unique(y_train)) < 2:
        raise TrainingError("the training articles carry one label only; add articles of the other label")
