"""The recipe: nothing leaks between folds, the same articles give the same bytes, noise stays noise."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from invented_articles import articles, trained, trained_on_wording, written

from classifier.errors import TrainingError
from classifier.evaluation.metrics import auroc, calibration_error
from classifier.evaluation.rivals import RIVALS
from classifier.evaluation.splits import (
    Fold,
    group_articles,
    leave_one_corpus_out,
    publisher_folds,
    random_folds,
)
from classifier.features.matrix import measures_of
from classifier.io.bundle import ARRAYS, CARD, MANIFEST, load_scorer, write_bundle
from classifier.io.card import card
from classifier.models.calibrated import platt
from classifier.signals.registry import load_families
from classifier.text.document import Document
from classifier.training import Labelled, choose_labels, evaluate_scorer, fitting, measuring, recipe
from classifier.training import train as learn
from classifier.training.fitting import PENALTY, article_weights, calibrated_apart, unseen_log_odds
from classifier.training.measuring import Measured, measure
from classifier.training.recipe import FEWEST

FAMILIES = ("hedges", "sourcing")
BOTH: dict[str, Any] = {"positive": "unreliable", "negative": "reliable"}
train = partial(learn, families=FAMILIES)


def predicted(measured: Measured, folds: Any, *, C: float) -> Any:
    return calibrated_apart(unseen_log_odds(measured, folds, C=C)[None], measured.y, folds)


BUNDLE = (MANIFEST, ARRAYS, CARD)


# ---- labels


@pytest.mark.parametrize(
    ("labels", "given", "chosen"),
    [
        ("unreliable reliable", (None, None), ("unreliable", "reliable")),
        ("reliable unreliable mixed", (None, None), ("unreliable", "reliable")),
        ("FAKE Real", (None, None), ("FAKE", "Real")),
        ("fake satire", (None, None), ("fake", "satire")),  # one is left
        ("left right", ("left", None), ("left", "right")),
        ("a b c", ("a", "c"), ("a", "c")),
        ("0 1", ("0", None), ("0", "1")),
    ],
)
def test_labels_are_chosen(labels: str, given: tuple[Any, Any], chosen: tuple[str, str]) -> None:
    assert choose_labels(labels.split(), *given) == chosen


@pytest.mark.parametrize(
    ("labels", "given", "says"),
    [
        ("left right", (None, None), r"positive.*left \(1\), right \(1\); say --positive"),
        ("0 0 1", (None, None), r"positive.*0 \(2\), 1 \(1\); say --positive"),  # a number says nothing
        ("fake unreliable real", (None, None), "positive one can't be told"),
        ("false true", (None, None), "positive one can't be told"),  # "is it unreliable" or "is it true"?
        ("a b c", ("a", None), r"negative.*a \(1\), b \(1\), c \(1\); say --negative"),
        ("fake real reliable", (None, None), "negative one can't be told"),
        ("fake", (None, None), r"negative one can't be told from fake \(1\)"),
        ("", (None, None), "no article has a label; .* --label"),
        ("a b", ("c", None), r"'c', there are a \(1\), b \(1\)"),
        ("a b", ("a", "c"), r"'c', there are a \(1\), b \(1\)"),
        ("a b", ("a", "a"), "both the positive and the negative"),
    ],
)
def test_labels_are_refused_with_a_list(labels: str, given: tuple[Any, Any], says: str) -> None:
    with pytest.raises(TrainingError, match=says):
        choose_labels(labels.split(), *given)


# ---- what is left out


def copy(article: Labelled, name: str, *, positive: bool | None = None) -> Labelled:
    """The same text but for its last two words."""
    raw = article.document.raw.rsplit(" ", 2)[0] + " at noon."
    same = article.positive if positive is None else positive
    return replace(article, document=Document(name, raw), positive=same)


def test_repeats_and_what_is_never_scored_are_left_out() -> None:
    data = articles(10)
    short = Labelled(Document("short", "The gate is shut, said the clerk."), "invented", True, "Paper 1")
    more = [copy(data[0], "repeat"), copy(data[1], "contradiction", positive=True), short]
    measured = measure([*data, *more], FAMILIES)
    assert [a.document.id for a in measured.articles] == [a.document.id for a in [data[0], *data[2:]]]
    assert measured.left_out == {
        "repeats another article": 1,
        "repeats one of the other label": 2,
        "too_short": 1,
    }
    assert measured.X.shape == (9, len(trained().manifest["measures"]))
    assert len(measured.y) == len(measured.clusters) == 9


def test_repeats_can_be_kept_with_their_cluster() -> None:
    data = articles(4)
    measured = measure([*data, copy(data[0], "repeat")], FAMILIES, deduplicate=False)
    assert measured.clusters.tolist() == [0, 1, 2, 3, 0]


def test_no_articles_at_all() -> None:
    measured = measure([], FAMILIES)
    assert measured.X.shape == (0, len(trained().manifest["measures"]))


@pytest.mark.parametrize("n", [0, 4, 2 * FEWEST - 2])
def test_too_few_articles(n: int) -> None:
    with pytest.raises(TrainingError, match=f"only {n // 2} usable.*needs {FEWEST} of each label"):
        train(articles(n), name="x", **BOTH)


def test_too_few_publishers() -> None:
    data = articles(2 * FEWEST, publishers=3)
    with pytest.raises(TrainingError, match="3 independent groups"):
        train(data, name="x", **BOTH)


# ---- folds


def test_no_publisher_and_no_copy_stands_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    first = articles(240)
    second = articles(40, seed=3, corpus="elsewhere")
    dated = [
        replace(a, document=replace(a.document, meta={"date": f"2020-01-{i % 10 + 1:02}"}))
        for i, a in enumerate(first)
    ]
    seen: list[tuple[Measured, Fold]] = []
    plain = fitting.log_odds_of

    def apart(measured: Measured, fold: Fold, *, C: float) -> Any:
        seen.append((measured, fold))
        return plain(measured, fold, C=C)

    monkeypatch.setattr(fitting, "log_odds_of", apart)
    monkeypatch.setattr(recipe, "log_odds_of", apart)
    data = [*dated, *(replace(a, publisher=f"{a.publisher} of elsewhere") for a in second)]
    train(data, name="x", **BOTH)

    measured = seen[0][0]
    publishers, corpora = np.array(measured.publishers), np.array(measured.corpora)
    folds = [fold for _, fold in seen]
    assert len(folds) == 5 + 2 + 5 + 1  # by publisher, each corpus, at random, the later articles
    outer, by_corpus, by_chance, later = folds[:5], folds[5:7], folds[7:12], folds[12]
    assert sorted(np.concatenate([fold.test for fold in outer]).tolist()) == list(range(len(measured.y)))
    for fold in [*outer, *by_corpus]:
        assert not set(publishers[fold.train]) & set(publishers[fold.test])
        assert not set(measured.clusters[fold.train]) & set(measured.clusters[fold.test])
    assert any(set(publishers[fold.train]) & set(publishers[fold.test]) for fold in by_chance)
    assert [set(corpora[fold.test]) for fold in by_corpus] == [{"invented"}, {"elsewhere"}]
    dates = np.array([date or "" for date in measured.dates])
    assert "" < min(dates[later.train]) <= max(dates[later.train]) < min(dates[later.test])


def test_weights_favour_neither_label_nor_large_publishers() -> None:
    publishers = ["big"] * 16 + ["small"] * 4 + [None] * 2
    y = np.array([0, 1] * 11)
    weight = article_weights(publishers, ["one"] * 22, y)
    assert weight.mean() == pytest.approx(1)
    assert weight[y == 1].sum() == pytest.approx(weight[y == 0].sum())
    assert weight[0] * 16**0.5 == pytest.approx(weight[16] * 4**0.5) == pytest.approx(weight[20])
    # the same name in another corpus is an outlet of its own there
    apart = article_weights(publishers, ["one"] * 8 + ["other"] * 14, y)
    assert apart[0] * 8**0.5 == pytest.approx(apart[16] * 4**0.5)


def test_workers_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "FEWEST_FOR_WORKERS", 2)
    monkeypatch.setattr(measuring, "CHUNK", 7)
    data = articles(30)
    alone = measure(data, FAMILIES, wording=True)
    together = measure(data, FAMILIES, wording=True, workers=2)
    np.testing.assert_array_equal(together.X, alone.X)
    assert together.listed == alone.listed
    assert alone.tokens is not None
    assert together.tokens is not None
    for one, other in zip(together.tokens, alone.tokens, strict=True):
        np.testing.assert_array_equal(one, other)


def test_chunks_leave_no_trace_in_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    data = articles(30)
    whole = measure(data, FAMILIES, wording=True)
    monkeypatch.setattr(measuring, "CHUNK", 1)
    cut = measure(data, FAMILIES, wording=True)
    assert cut.listed == whole.listed
    assert cut.tokens is not None
    assert whole.tokens is not None
    for one, other in zip(cut.tokens, whole.tokens, strict=True):
        np.testing.assert_array_equal(one, other)


def test_wording_learns_from_masked_words(tmp_path: Path) -> None:
    there = trained_on_wording()
    assert there.manifest["scorer"] == "wording"
    assert there.estimator.read_wording is not None
    names = there.estimator.read_wording.wording.names()
    assert len(names) == len(there.estimator.model.weights) > 100
    assert not [name for name in names if "brask" in name or "halden" in name]
    assert there.report.all.estimates["auroc"].low > 0.6
    back = load_scorer(written(tmp_path / "small", there))
    assert back.bundle.check() is None
    for name, array in there.estimator.arrays().items():
        np.testing.assert_array_equal(back.bundle.estimator.arrays()[name], array)


def test_an_unknown_scorer() -> None:
    with pytest.raises(TrainingError, match="signals or wording"):
        train(articles(40), name="x", scorer="vibes", **BOTH)


def test_the_report_shows_the_leak_and_the_rivals() -> None:
    report = trained().report
    assert report.random is not None
    assert "auroc" in report.random
    assert set(report.rivals) == {"prior", "length", "tfidf"}
    assert not any(isinstance(rival, str) for rival in report.rivals.values())
    assert report.all.n_publishers == 12
    assert report.all.estimates["auroc"].low > 0.6
    assert trained().manifest["random_folds"]["auroc"]["value"] == report.random["auroc"].value
    text = report.text()
    for needed in ("unseen publishers", "random folds (leak)", "only tfidf", "only length"):
        assert needed in text


def test_without_publishers_the_report_claims_nothing_about_them() -> None:
    assert "no publisher and no near-duplicate on two sides" in trained().report.measured_on
    unknown = [replace(a, publisher=None) for a in articles(2 * FEWEST)]
    of_nobody = train(unknown, name="x", **BOTH)
    assert "no publisher is known" in of_nobody.report.measured_on
    told = of_nobody.report.text() + card(of_nobody.manifest)
    assert "nothing can be said about\npublishers it had not seen" in told
    for claim in ("unseen publishers", "publishers never seen", "did on publishers", "no publisher and"):
        assert claim not in told
    assert "did on publishers it had not seen" in card(trained().manifest)


def test_a_corpus_of_outlets_is_found_out() -> None:
    """Labels belong to the publisher and so does a habit of style: random folds alone shine."""
    rng = np.random.default_rng(0)
    n, publishers = 400, 20
    owner = np.arange(n) % publishers
    label = (owner % 2).astype(np.int64)
    habit = rng.normal(size=(publishers, 8))  # of the outlet, not of the label
    X = habit[owner] + 0.1 * rng.normal(size=(n, 8))
    data = [Labelled(Document(str(i), ""), "c", bool(label[i]), str(owner[i])) for i in range(n)]
    measured = Measured(data, X, label, np.arange(n), {})
    groups = group_articles(measured.publishers, measured.clusters).groups
    honest = predicted(measured, publisher_folds(groups, label), C=0.03)
    leaking = predicted(measured, random_folds(label), C=0.03)
    assert auroc(label, leaking) > auroc(label, honest) + 0.15


# ---- the same again

SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from invented_articles import written
written(Path(sys.argv[2]))
"""


def test_the_same_articles_give_the_same_bytes(tmp_path: Path) -> None:
    """Twice here, and in two other processes in which sets and dicts of strings have other orders."""
    first = written(tmp_path / "first")
    again = train(articles(), name="small", **BOTH)
    folders = [tmp_path / "again"]
    write_bundle(again.manifest, again.estimator, card(again.manifest), folders[0])
    for hash_seed in ("1", "2"):
        folders.append(tmp_path / f"process{hash_seed}")
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(Path(__file__).parent), str(folders[-1])],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            check=True,
            timeout=120,
        )
    for folder in folders:
        for name in BUNDLE:
            assert (folder / name).read_bytes() == (first / name).read_bytes(), f"{folder.name}/{name}"


def test_other_articles_give_another_model() -> None:
    other = train(articles(seed=1), name="small", **BOTH)
    assert other.manifest["data"] != trained().manifest["data"]
    assert not np.array_equal(other.estimator.model.curves, trained().estimator.model.curves)


def test_what_is_going_on_is_said() -> None:
    said: list[str] = []
    data = articles(2 * FEWEST)
    train(data, name="x", **BOTH, say=said.append)
    assert said[0] == f"marking {2 * FEWEST} articles"
    assert any(f"{len({a.publisher for a in data})} publishers" in line for line in said)


def test_one_family_alone() -> None:
    result = train(articles(2 * FEWEST), name="x", families=("sourcing",), **BOTH)
    assert set(result.manifest["families"]) == {"sourcing"}
    assert all(name.startswith("sourcing.") for name in result.manifest["measures"])


def test_a_measure_that_is_only_described_is_not_learned_from() -> None:
    result = train(articles(2 * FEWEST), name="x", **BOTH)
    described = {m.name for m in measures_of(load_families(("hedges", "sourcing"))) if not m.scored}
    assert {"hedges.title_share", "hedges.first_third", "sourcing.largest_share"} <= described
    assert not described & set(result.manifest["measures"])


# ---- measuring a scorer


def test_repeats_of_known_articles_are_left_out_and_said(tmp_path: Path) -> None:
    scorer = load_scorer(written(tmp_path / "small"))
    known, fresh = articles(), articles(40, seed=7)
    report = evaluate_scorer(scorer, [*fresh, known[0], copy(known[3], "copy")], known, positive="unreliable")
    assert report.all.n_articles == 40
    assert "2 that repeat a training article left out" in report.measured_on
    assert not any(isinstance(rival, str) for rival in report.rivals.values())
    assert report.all.estimates["auroc"].value > 0.7


def test_without_known_articles_the_rivals_do_not_apply(tmp_path: Path) -> None:
    scorer = load_scorer(written(tmp_path / "small"))
    report = evaluate_scorer(scorer, articles(40, seed=7), [], positive="unreliable")
    assert report.all.n_articles == 40
    assert "left out" not in report.measured_on
    assert all(isinstance(rival, str) and "--against" in rival for rival in report.rivals.values())


def test_articles_without_a_score_count_in_the_coverage(tmp_path: Path) -> None:
    scorer = load_scorer(written(tmp_path / "small"))
    short = [Labelled(Document(f"s{i}", f"Gate {i} is shut."), "invented", True, None) for i in range(10)]
    report = evaluate_scorer(scorer, [*articles(30, seed=7), *short], [], positive="unreliable")
    assert report.all.coverage == pytest.approx(30 / 40)


def test_one_label_only_can_not_be_measured(tmp_path: Path) -> None:
    scorer = load_scorer(written(tmp_path / "small"))
    positive = [a for a in articles() if a.positive]
    with pytest.raises(TrainingError, match="add articles of the other label"):
        evaluate_scorer(scorer, positive, [], positive="unreliable")


def test_nothing_but_repeats_can_not_be_measured(tmp_path: Path) -> None:
    scorer = load_scorer(written(tmp_path / "small"))
    known = articles()
    with pytest.raises(
        TrainingError, match="articles repeat a training article; give articles the model has not seen"
    ):
        evaluate_scorer(scorer, known, known, positive="unreliable")


# ---- chance


def test_noise_scores_like_noise() -> None:
    """Labels drawn at random: within a fold a score from elsewhere knows nothing of them.

    Under chance the AUROC of a fold with n0 and n1 articles has mean 1/2 and at most the variance
    (n0 + n1 + 1) / (12 n0 n1) of the Mann-Whitney statistic (Mann and Whitney 1947), less with ties; the mean
    of `repeats` x 5 folds must lie within four standard errors.
    """
    repeats, n, m, publishers = 12, 300, 6, 30
    values, variances, p_all, y_all = [], [], [], []
    for seed in range(repeats):
        rng = np.random.default_rng(seed)
        y = rng.integers(2, size=n)
        owner = rng.integers(publishers, size=n)
        X = rng.gamma(2.0, size=(n, m))
        X[rng.random(X.shape) < 0.2] = np.nan
        data = [Labelled(Document(str(i), ""), "c", bool(y[i]), str(owner[i])) for i in range(n)]
        measured = Measured(data, X, y, np.arange(n), {})
        groups = group_articles(measured.publishers, measured.clusters).groups
        folds = publisher_folds(groups, y, seed=seed)
        p = predicted(measured, folds, C=0.003)
        assert not np.isnan(p).any()
        for fold in folds:
            n1 = int(y[fold.test].sum())
            n0 = len(fold.test) - n1
            values.append(auroc(y[fold.test], p[fold.test]))
            variances.append((n0 + n1 + 1) / (12 * n0 * n1))
        p_all.append(p)
        y_all.append(y)
    standard_error = np.sqrt(np.sum(variances)) / len(values)
    assert abs(np.mean(values) - 0.5) < 4 * standard_error
    p, y = np.concatenate(p_all), np.concatenate(y_all)
    assert abs(p.mean() - y.mean()) < 4 * 0.5 / np.sqrt(len(y))
    assert p.std() < 0.1  # it knows that it knows nothing
    # 15 bins of 240: a perfectly calibrated score shows about 0.8 * 0.5 / sqrt(240) = 0.026
    assert calibration_error(y, p) < 0.06


def test_learned_scores_are_calibrated() -> None:
    """One measure with a known slope: the probabilities are those of the model the labels were drawn from."""
    rng = np.random.default_rng(1)
    n = 3000
    x = rng.normal(size=n)
    truth = 1 / (1 + np.exp(-(1.2 * x - 0.8)))
    y = (rng.random(n) < truth).astype(np.int64)
    data = [Labelled(Document(str(i), ""), "c", bool(y[i]), str(i % 50)) for i in range(n)]
    measured = Measured(data, x[:, None], y, np.arange(n), {})
    groups = group_articles(measured.publishers, measured.clusters).groups
    p = predicted(measured, publisher_folds(groups, y), C=0.1)
    assert np.abs(p - truth).mean() < 0.03


def test_a_rival_that_cannot_learn_is_told_and_no_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(*_: Any) -> Any:
        raise TrainingError("one label only")

    monkeypatch.setattr(recipe, "RIVALS", {**RIVALS, "length": RIVALS["length"]._replace(learn=cannot)})
    report = train(articles(60), name="x", **BOTH).report
    assert report.rivals["length"] == "one label only"
    assert not isinstance(report.rivals["tfidf"], str)


def test_corpora_of_the_same_publishers_are_no_obstacle() -> None:
    """One collection in two files: nothing can be said about an unseen corpus, and everything else."""
    data = [*articles(80), *articles(60, seed=3, corpus="second half")]
    report = train(data, name="x", **BOTH).report
    assert set(report.other_corpora) == {"invented", "second half"}
    for why in report.other_corpora.values():
        assert isinstance(why, str)
        assert "fewer than 20 articles of a label without its publishers" in why


def test_the_seed_of_the_articles_matters_here_only() -> None:
    """The corpora of these tests are the same in every run."""
    assert articles(3) == articles(3)
    assert articles(3) != articles(3, seed=1)
    assert re.search(r"Perhaps|may|rumoured|Insiders|Apparently", articles(1)[0].document.raw)


def test_several_corpora_calibrate_for_what_is_new() -> None:
    """On log-odds of articles whose publisher was not seen, twice, and on those whose corpus was not seen, once."""
    data = [*articles(80), *articles(60, seed=3, corpus="elsewhere")]
    data = [replace(a, publisher=f"{a.publisher} of {a.corpus}") for a in data]
    model = train(data, name="x", **BOTH).estimator.model
    measured = measure(data, FAMILIES)
    groups = group_articles(measured.publishers, measured.clusters).groups
    publishers = unseen_log_odds(measured, publisher_folds(groups, measured.y), C=PENALTY)
    each = [fold for _, fold, _ in leave_one_corpus_out(measured.corpora, groups)]
    corpora = unseen_log_odds(measured, each, C=PENALTY)
    wanted = platt(np.concatenate([publishers, publishers, corpora]), np.tile(measured.y, 3))
    np.testing.assert_allclose(model.calibration, wanted)
    alone = train(data[:80], name="x", **BOTH).estimator.model
    measured = measure(data[:80], FAMILIES)
    groups = group_articles(measured.publishers, measured.clusters).groups
    publishers = unseen_log_odds(measured, publisher_folds(groups, measured.y), C=PENALTY)
    np.testing.assert_allclose(alone.calibration, platt(publishers, measured.y))
