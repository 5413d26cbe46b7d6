"""The report has the shape of the output contract, and no figure in it travels alone."""

import json
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from classifier.errors import TrainingError
from classifier.evaluation.metrics import METRICS, auroc
from classifier.evaluation.publishers import by_publisher
from classifier.evaluation.report import Report, evaluate

CODES = [
    "worse_than_prior", "worse_than_length", "worse_than_tfidf", "leak_random_folds", "publisher_confound",
    "few_publishers", "duplicates_across", "length_alone", "class_balance", "calibration", "time_overlap",
]  # fmt: skip
N = 400


def inputs(seed: int = 0) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    y = (rng.random(N) < 0.4).astype(float)
    p = np.clip(0.4 + 0.2 * (y - 0.4) + rng.normal(0, 0.15, N), 0, 1)
    p[:40] = np.nan
    publishers = [f"outlet{i % 30}.example" if i % 4 else None for i in range(N)]
    corpora = ["north"] * 250 + ["south"] * 150
    return {"y": y, "p": p, "publishers": publishers, "corpora": corpora}


def rival_scores() -> dict[str, NDArray[np.float64] | str]:
    noise = np.random.default_rng(9).random(N)
    return {"prior": np.full(N, 0.4), "length": noise, "tfidf": "no texts were given"}


@pytest.fixture(scope="module")
def full() -> Report:
    given = inputs()
    random_p = np.clip(0.8 * given["y"] + 0.1, 0, 1)
    return evaluate(
        **given,
        rivals=rival_scores(),
        random_p=random_p,
        n_words=np.arange(N, dtype=float),
        abstained={"too_short": 37, "not_running_text": 3},
        draws=50,
        title="Ferry",
    )


def test_shape_of_the_contract(full: Report) -> None:
    found = json.loads(json.dumps(full.to_dict(), allow_nan=False))
    assert list(found) == [
        "schema", "n_articles", "n_publishers", "coverage", "estimates", "selective", "by_corpus", "other_corpora", "later", "reliability",
        "risk_coverage", "rivals", "checks", "roc", "by_publisher", "abstained",
    ]  # fmt: skip
    assert (found["schema"], found["n_articles"], found["n_publishers"], found["coverage"]) == (1, N, 30, 0.9)
    assert list(found["estimates"]) == list(METRICS)
    assert all(set(e) == {"value", "low", "high"} for e in found["estimates"].values())
    assert list(found["by_corpus"]) == ["north", "south"]
    for part in found["by_corpus"].values():
        assert set(part) == {"n_articles", "n_publishers", "coverage", "estimates", "selective"}
    assert found["by_corpus"]["north"]["coverage"] == pytest.approx(210 / 250)
    assert sum(row["n"] for row in found["reliability"]) == 360
    assert set(found["reliability"][0]) == {"mean_probability", "share_positive", "n"}
    assert found["risk_coverage"][-1]["coverage"] == pytest.approx(0.9)
    assert 2 < len(found["risk_coverage"]) <= 50
    assert found["rivals"]["tfidf"] == {"not_applicable": "no texts were given"}
    assert found["rivals"]["prior"]["auroc"]["value"] == 0.5
    assert set(found["rivals"]["length"]) == set(METRICS)
    assert [c["code"] for c in found["checks"]] == CODES
    assert all(set(c) == {"code", "status", "says"} for c in found["checks"])
    assert list(found["selective"]) == ["error", "error_at_half", "ratio"]
    assert all(set(e) == {"value", "low", "high"} for e in found["selective"].values())
    assert found["abstained"] == {"not_running_text": 3, "too_short": 37}
    assert list(full.summary()) == list(found)[:-3], "no publisher is named in a model's manifest"


def test_the_curve_runs_from_corner_to_corner_and_has_the_area_of_the_estimate(full: Report) -> None:
    points = json.loads(json.dumps(full.to_dict(), allow_nan=False))["roc"]
    assert points[0] == {"threshold": None, "false_positive_rate": 0, "true_positive_rate": 0}
    assert (points[-1]["false_positive_rate"], points[-1]["true_positive_rate"]) == (1, 1)
    assert 20 < len(points) <= 100
    area = np.trapezoid([q["true_positive_rate"] for q in points], [q["false_positive_rate"] for q in points])
    assert area == pytest.approx(full.all.estimates["auroc"].value, abs=0.01)


def test_each_publisher_is_one_row_and_the_unknown_share_the_last(full: Report) -> None:
    given = inputs()
    rows = full.by_publisher
    assert len(rows) == 31
    assert sum(row.n_articles for row in rows) == N
    assert sum(row.n_positive for row in rows) == given["y"].sum()
    assert [row.n_articles for row in rows[:-1]] == sorted(
        (row.n_articles for row in rows[:-1]), reverse=True
    )
    assert (rows[-1].name, rows[-1].n_articles) == (None, 100)
    [row] = [row for row in rows if row.name == "outlet7.example"]
    mine = np.array([q == "outlet7.example" for q in given["publishers"]])
    scored = mine & ~np.isnan(given["p"])
    assert row.coverage == pytest.approx(scored.sum() / mine.sum())
    assert row.mean_probability == pytest.approx(given["p"][scored].mean())
    assert row.auroc == auroc(given["y"][scored], given["p"][scored])


def test_publishers_of_one_label_or_without_a_score_have_null_where_nothing_can_be_said() -> None:
    names = ["a ", "A", "b", "b", " ", None]
    rows = by_publisher(np.array([1.0, 1, 1, 0, 0, 1]), np.array([0.5, 0.7, np.nan, np.nan, 0.2, 0.4]), names)
    assert [row.to_dict() for row in rows] == [
        {"publisher": "a", "n_articles": 2, "n_positive": 2, "coverage": 1.0, "mean_probability": 0.6,
         "auroc": None},
        {"publisher": "b", "n_articles": 2, "n_positive": 1, "coverage": 0.0, "mean_probability": None,
         "auroc": None},
        {"publisher": None, "n_articles": 2, "n_positive": 1, "coverage": 1.0,
         "mean_probability": pytest.approx(0.3), "auroc": 1.0},
    ]  # fmt: skip
    assert by_publisher(np.array([]), np.array([]), []) == ()


def test_figures_are_those_of_the_scored_articles(full: Report) -> None:
    given = inputs()
    scored = ~np.isnan(given["p"])
    assert full.all.estimates["auroc"].value == auroc(given["y"][scored], given["p"][scored])
    assert full.all.estimates["auroc"].n_articles == 360
    length = full.rivals["length"]
    assert not isinstance(length, str)
    rival_p = rival_scores()["length"]
    assert not isinstance(rival_p, str)
    assert length["auroc"].value == auroc(given["y"][scored], rival_p[scored])


def test_checks_of_the_report(full: Report) -> None:
    status = {finding.code: finding.status for finding in full.checks}
    assert status["leak_random_folds"] == "issue"
    assert status["worse_than_tfidf"] == "not_applicable"
    assert status["worse_than_length"] == "passed"
    assert status["worse_than_prior"] == "passed"
    assert status["duplicates_across"] == status["time_overlap"] == "not_applicable"


def test_text_never_shows_a_lonely_number(full: Report) -> None:
    text = full.text()
    lines = text.splitlines()
    assert lines[0] == "Ferry"
    assert text.endswith("\n")
    assert max(len(line) for line in lines) <= 110
    assert "400 articles, 30 publishers and 100 articles without a known publisher" in " ".join(lines)
    [row] = [line for line in lines if line.startswith("AUROC") and "[" in line][:1]
    assert row.count("[") == row.count("]") == 3, "ours, random folds and a rival side by side"
    [head] = [line for line in lines if "random folds (leak)" in line]
    assert "unseen publishers" in head
    assert "Rival tfidf not applicable: no texts were given" in lines
    for finding in full.checks:
        assert any(finding.code in line for line in lines)
    assert "nan" not in text.split()
    assert "No score: 37 too short" in lines
    [selective] = [line for line in lines if "of the surer half" in line]
    assert selective.count("[") >= 2


def test_least_input() -> None:
    report = evaluate([1, 0], [np.nan, np.nan], [None, None], ["c", "c"], rivals={}, draws=5)
    found = report.to_dict()
    json.dumps(found, allow_nan=False)
    assert found["coverage"] == 0
    assert found["risk_coverage"] == found["reliability"] == []
    assert [f.code for f in report.checks] == CODES
    assert "undefined" in report.text()
    assert "random folds (leak)" not in report.text()


def test_one_label_only_is_null_not_a_crash() -> None:
    report = evaluate(np.ones(30), np.full(30, 0.7), ["a", "b", None] * 10, ["c"] * 30, rivals={}, draws=5)
    assert report.to_dict()["estimates"]["auroc"] == {"value": None, "low": None, "high": None}  # type: ignore[index]
    assert "undefined" in report.text()


def test_same_seed_same_report() -> None:
    one, two = (evaluate(**inputs(), rivals=rival_scores(), draws=20).to_dict() for _ in range(2))
    assert one == two


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"p": np.full(N, 1.5)}, ValueError),
        ({"p": np.full(N - 1, 0.5)}, ValueError),
        ({"y": np.full(N, 2.0)}, ValueError),
        ({"publishers": [None]}, ValueError),
        ({"y": [], "p": [], "publishers": [], "corpora": []}, TrainingError),
    ],
)
def test_what_does_not_fit_is_refused(change: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        evaluate(**{**inputs(), **change}, rivals={})


def test_importing_the_room_loads_neither_scikit_learn_nor_scipy() -> None:
    program = (
        "import sys; from classifier.evaluation import duplicates, report, rivals, splits;"
        "print([m for m in ('sklearn', 'scipy', 'joblib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
