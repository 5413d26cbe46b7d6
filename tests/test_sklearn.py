"""Texts to probabilities as one scikit-learn estimator: groups routed, searched, cached, cloned, pickled."""

import pickle
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest
from invented_articles import articles
from sklearn import config_context
from sklearn.base import clone, is_classifier
from sklearn.model_selection import (
    GridSearchCV,
    GroupKFold,
    StratifiedGroupKFold,
    cross_val_predict,
    cross_validate,
)
from sklearn.pipeline import Pipeline

from classifier.features import vectorizer as vectorizer_module
from classifier.features.vectorizer import SignalVectorizer
from classifier.models.curves import AdditiveClassifier, CurveBasis

DATA = articles(72)
TEXTS = [a.document.raw for a in DATA]
Y = np.array([a.positive for a in DATA])
GROUPS = np.arange(len(TEXTS)) // 6


class Watched(StratifiedGroupKFold):  # type: ignore[misc]
    """Folds that remember the groups they were given."""

    seen: list[Any] = []  # noqa: RUF012

    def split(self, X: Any, y: Any = None, groups: Any = None) -> Any:
        Watched.seen.append(None if groups is None else np.asarray(groups).copy())
        return super().split(X, y, groups)


def pipeline(folds: Any = 3, memory: str | None = None) -> Pipeline:
    classifier = AdditiveClassifier(folds=folds)
    return Pipeline([("signals", SignalVectorizer()), ("classify", classifier)], memory=memory)


def by_group(folds: Any) -> Pipeline:
    """Groups are asked for by the classifier too; needs metadata routing."""
    made = pipeline(folds)
    made.set_params(classify=made["classify"].set_fit_request(groups=True))
    return made


@pytest.mark.parametrize("splitter", [GroupKFold(3), StratifiedGroupKFold(3)], ids=lambda s: type(s).__name__)
def test_groups_reach_the_folds_and_the_calibration_in_cross_validate(splitter: Any) -> None:
    Watched.seen = []
    with config_context(enable_metadata_routing=True):
        found = cross_validate(
            by_group(Watched(2)),
            TEXTS,
            Y,
            params={"groups": GROUPS},
            cv=splitter,
            scoring="roc_auc",
            return_indices=True,
            error_score="raise",
        )
    assert found["test_score"].mean() > 0.7
    for train, test in zip(found["indices"]["train"], found["indices"]["test"], strict=True):
        assert not set(GROUPS[train]) & set(GROUPS[test])
    assert len(Watched.seen) == 3
    for seen, train in zip(Watched.seen, found["indices"]["train"], strict=True):
        np.testing.assert_array_equal(seen, GROUPS[train])


def test_groups_reach_both_in_a_grid_search_over_families_and_penalties() -> None:
    Watched.seen = []
    grid = {"signals__families": [("sourcing",), ("hedges", "sourcing")], "classify__C": [0.01, 1.0]}
    with config_context(enable_metadata_routing=True):
        search = GridSearchCV(
            by_group(Watched(2)), grid, cv=GroupKFold(2), scoring="roc_auc", error_score="raise"
        )
        search.fit(TEXTS, Y, groups=GROUPS)
    assert len(Watched.seen) == 4 * 2 + 1
    assert all(seen is not None for seen in Watched.seen)
    np.testing.assert_array_equal(Watched.seen[-1], GROUPS)
    assert search.best_score_ > 0.7
    assert search.best_estimator_["signals"].families_ == tuple(search.best_params_["signals__families"])
    assert search.best_params_["classify__C"] == search.best_estimator_["classify"].C


def test_groups_that_nobody_asked_for_are_an_error_and_not_dropped() -> None:
    with config_context(enable_metadata_routing=True), pytest.raises(Exception, match="groups"):
        pipeline(StratifiedGroupKFold(2)).fit(TEXTS, Y, groups=GROUPS)
    with pytest.raises(ValueError, match="groups"):
        pipeline(GroupKFold(2)).fit(TEXTS, Y)


def test_groups_change_the_calibration_and_nothing_else() -> None:
    X = SignalVectorizer().fit_transform(TEXTS)
    grouped = AdditiveClassifier(folds=GroupKFold(3)).fit(X, Y, groups=GROUPS)
    pairs = list(GroupKFold(3).split(X, Y, GROUPS))
    same = AdditiveClassifier(folds=pairs).fit(X, Y)
    np.testing.assert_array_equal(grouped.calibration_, same.calibration_)
    by_chance = AdditiveClassifier(folds=3).fit(X, Y)
    assert not np.array_equal(grouped.calibration_, by_chance.calibration_)
    np.testing.assert_array_equal(grouped.coef_, by_chance.coef_)
    without_routing = pipeline(GroupKFold(3)).fit(TEXTS, Y, classify__groups=GROUPS)
    np.testing.assert_array_equal(without_routing["classify"].calibration_, grouped.calibration_)


def test_texts_are_marked_once_a_choice_of_families_and_fold_with_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0
    real = vectorizer_module.extract

    def counted(documents: Any, families: Any) -> Any:
        nonlocal calls
        calls += 1
        return real(documents, families)

    monkeypatch.setattr(vectorizer_module, "extract", counted)
    grid = {"classify__C": [0.01, 0.1, 1.0]}

    def search(memory: str | None) -> tuple[int, Any]:
        nonlocal calls
        calls = 0
        found = GridSearchCV(pipeline(memory=memory), grid, cv=2, refit=False).fit(TEXTS, Y)
        return calls, found.cv_results_["mean_test_score"]

    plain, plain_scores = search(None)
    cached, cached_scores = search(str(tmp_path))
    assert plain == 3 * 2 * 2  # candidates, folds, sides
    assert cached == 2 + 3 * 2  # training sides once; transforming the test sides is not cached
    np.testing.assert_array_equal(plain_scores, cached_scores)


def test_a_fitted_pipeline_comes_back_the_same_from_pickle_and_joblib(tmp_path: Path) -> None:
    fitted = pipeline().fit(TEXTS, Y)
    p = fitted.predict_proba(TEXTS)
    again = pickle.loads(pickle.dumps(fitted))
    np.testing.assert_array_equal(again.predict_proba(TEXTS), p)
    joblib.dump(fitted, tmp_path / "pipeline.joblib")
    np.testing.assert_array_equal(joblib.load(tmp_path / "pipeline.joblib").predict_proba(TEXTS), p)
    assert is_classifier(again)
    assert again.classes_.tolist() == [False, True]


def test_a_clone_is_unfitted_and_has_equal_parameters() -> None:
    fitted = pipeline().set_params(signals__families=("sourcing",), classify__C=3.0).fit(TEXTS, Y)
    made = clone(fitted)
    assert made.get_params()["signals__families"] == ("sourcing",)
    assert made.get_params()["classify__C"] == 3.0
    assert not hasattr(made["classify"], "calibration_")
    np.testing.assert_array_equal(made.fit(TEXTS, Y).predict_proba(TEXTS), fitted.predict_proba(TEXTS))


def test_labels_may_be_words_and_predictions_are() -> None:
    words = np.where(Y, "unreliable", "reliable")
    p = cross_val_predict(pipeline(), TEXTS, words, cv=3, method="predict_proba")
    assert p.shape == (len(TEXTS), 2)
    assert set(pipeline().fit(TEXTS, words).predict(TEXTS)) <= {"reliable", "unreliable"}


def test_measures_as_a_data_frame_with_their_names() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed, and nothing here needs it")
    vectorizer = SignalVectorizer().set_output(transform="pandas")
    series = pandas.Series(TEXTS, index=[f"a{i}" for i in range(len(TEXTS))])
    frame = vectorizer.fit_transform(series)
    assert frame.columns.tolist() == vectorizer.get_feature_names_out().tolist()
    np.testing.assert_array_equal(frame.to_numpy(), SignalVectorizer().fit_transform(TEXTS))
    assert frame.index.tolist() == series.index.tolist()
    placed = CurveBasis(3).set_output(transform="pandas").fit_transform(frame)
    assert {name.partition("@")[0] for name in placed.columns} == set(frame.columns)
    whole = pipeline().set_output(transform="pandas").fit(series, Y)
    assert whole["classify"].feature_names_in_.tolist() == frame.columns.tolist()
    np.testing.assert_array_equal(whole.predict_proba(series), pipeline().fit(TEXTS, Y).predict_proba(TEXTS))
