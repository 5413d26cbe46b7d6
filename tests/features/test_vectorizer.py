"""The transformer has scikit-learn's manners, and its columns hold what marking says."""

import pickle
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from invented_articles import articles
from sklearn.base import clone
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline

import classifier
from classifier import Document
from classifier.errors import FamilyError, InputError
from classifier.features.batches import CHUNK, batches
from classifier.features.vectorizer import SignalVectorizer
from classifier.models.curves import CurveBasis

TEXTS = [
    "The harbour master said the ferry may sail on Sunday.",
    "",
    '"Nobody asked us," said Ilva Sorn. Perhaps nobody will. Critics claim that somebody did.',
    "Soup: 2, bread: 3",
]


def same(a: np.ndarray, b: np.ndarray) -> None:
    np.testing.assert_array_equal(a, b)  # nan equals nan, nothing else is rounded


def test_names_are_the_columns_and_hold_what_mark_says() -> None:
    vectorizer = SignalVectorizer()
    values = vectorizer.fit_transform(TEXTS)
    names = vectorizer.get_feature_names_out()
    assert values.shape == (len(TEXTS), len(names))
    assert values.dtype == np.float64
    assert names.dtype == object
    for row, text in zip(values, TEXTS, strict=True):
        told = classifier.mark(text).measures
        assert list(told) == names.tolist()
        same(row, np.array([np.nan if v is None else v for v in told.values()]))


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(lambda v: clone(v).fit(TEXTS), id="clone"),
        pytest.param(lambda v: pickle.loads(pickle.dumps(v)), id="pickle"),
        pytest.param(lambda v: v.fit(TEXTS), id="refit"),
        pytest.param(lambda v: v.fit(["something else"]), id="refit on other texts"),
        pytest.param(lambda v: v.fit(None), id="refit on nothing"),
        pytest.param(lambda v: v.set_output(transform="default"), id="set_output"),
        pytest.param(lambda v: SignalVectorizer(**v.get_params()).fit([]), id="parameters"),
    ],
)
def test_the_same_again(again: Callable[[SignalVectorizer], Any]) -> None:
    vectorizer = SignalVectorizer().fit(TEXTS)
    before = vectorizer.transform(TEXTS)
    other = again(vectorizer)
    same(other.transform(TEXTS), before)
    assert other.get_feature_names_out().tolist() == vectorizer.get_feature_names_out().tolist()


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(lambda: list(TEXTS), id="list"),
        pytest.param(lambda: tuple(TEXTS), id="tuple"),
        pytest.param(lambda: (text for text in TEXTS), id="generator"),
        pytest.param(lambda: np.array(TEXTS), id="array of str"),
        pytest.param(lambda: np.array(TEXTS, dtype=object), id="array of objects"),
        pytest.param(lambda: [Document(f"d{i}", text) for i, text in enumerate(TEXTS)], id="Document"),
        pytest.param(lambda: [TEXTS[0], Document("x", TEXTS[1]), *TEXTS[2:]], id="mixed"),
    ],
)
def test_any_form_of_input(given: Callable[[], Any]) -> None:
    same(SignalVectorizer().fit_transform(given()), SignalVectorizer().fit_transform(TEXTS))


def test_a_batch_is_its_documents_one_by_one() -> None:
    texts = [a.document.raw for a in articles(CHUNK + 7)]
    random.Random(3).shuffle(texts)
    vectorizer = SignalVectorizer().fit()
    whole = vectorizer.transform(texts)
    same(whole, np.vstack([vectorizer.transform([text]) for text in texts]))


@pytest.mark.parametrize("texts", [[], [""], ["One."], ["\ufeff \n\r\n"]])
def test_few_and_empty(texts: list[str]) -> None:
    values = SignalVectorizer().fit_transform(texts)
    assert values.shape == (len(texts), len(SignalVectorizer().fit().measures_))
    if texts == [""]:
        densities = SignalVectorizer().fit().get_feature_names_out() == "sourcing.density"
        assert np.isnan(values[0, densities]).all()


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (["a text", 5], "item 1 is a int"),
        (["a text", None], "item 1 is a NoneType"),
        ([b"bytes"], "item 0 is a bytes"),
        ([float("nan")], "item 0 is a float"),
        (np.array([["two"], ["columns"]]), "item 0 is a ndarray"),
        ("one text", "one str"),
        (b"one text", "one bytes"),
        (Document("d", "one text"), "one Document"),
    ],
)
def test_what_is_no_text_is_refused(given: Any, kind: str) -> None:
    with pytest.raises(InputError, match=kind):
        SignalVectorizer().fit().transform(given)


def test_families() -> None:
    one = SignalVectorizer(families=("sourcing",)).fit()
    assert all(name.startswith("sourcing.") for name in one.measures_)
    both = SignalVectorizer(families=["sourcing", "hedges", "sourcing"]).fit()
    assert both.families_ == ("sourcing", "hedges")
    assert any(name.startswith("crossed.") for name in both.measures_)
    with pytest.raises(FamilyError, match="astrology"):
        SignalVectorizer(families=("astrology",)).fit()
    with pytest.raises(FamilyError, match=r"\('sourcing',\)"):
        SignalVectorizer(families="sourcing").fit()


def test_parameters_take_effect_at_fit_only() -> None:
    vectorizer = SignalVectorizer(families=("sourcing",)).fit()
    vectorizer.set_params(families=("hedges",))
    assert vectorizer.transform(TEXTS).shape[1] == len(vectorizer.measures_)
    assert vectorizer.fit().measures_[0].startswith("hedges.")


def test_a_vectorizer_of_another_version_is_refused() -> None:
    vectorizer = SignalVectorizer().fit()
    vectorizer.measures_ = (*vectorizer.measures_, "sourcing.gone")
    with pytest.raises(FamilyError, match=r"sourcing\.gone.*fit it again"):
        vectorizer.transform(TEXTS)


def test_unfitted() -> None:
    for call in (
        lambda: SignalVectorizer().transform(TEXTS),
        lambda: SignalVectorizer().get_feature_names_out(),
    ):
        with pytest.raises(NotFittedError):
            call()


def test_batches_read_no_further_than_they_must() -> None:
    read = []

    def texts() -> Any:
        for i in range(CHUNK * 3):
            read.append(i)
            yield "A text."

    first = next(batches(texts()))
    assert [d.id for d in first] == [str(i) for i in range(CHUNK)]
    assert len(read) == CHUNK


@pytest.mark.parametrize(
    ("steps", "grid"),
    [
        ((CurveBasis(3), LogisticRegression()), {"logisticregression__C": [0.1, 1.0]}),
        (
            (HistGradientBoostingClassifier(min_samples_leaf=5, max_iter=5),),
            {"histgradientboostingclassifier__max_depth": [2]},
        ),
    ],
    ids=["logistic", "boosting"],
)
def test_in_pipelines_and_searches(steps: tuple[Any, ...], grid: dict[str, Any]) -> None:
    data = articles(48)
    texts, y = [a.document.raw for a in data], [a.positive for a in data]
    search = GridSearchCV(
        make_pipeline(SignalVectorizer(), *steps),
        grid | {"signalvectorizer__families": [("sourcing",), ("hedges", "sourcing")]},
        cv=2,
        error_score="raise",
    )
    search.fit(texts, y)
    assert search.best_score_ > 0.6
    assert search.predict(texts[:3]).shape == (3,)
    names = search.best_estimator_[:-1].get_feature_names_out().tolist()
    assert list(dict.fromkeys(name.partition("@")[0] for name in names)) == list(
        search.best_estimator_[0].measures_
    )
