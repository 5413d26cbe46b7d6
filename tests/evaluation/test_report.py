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
        draws=50,
        title="Ferry",
    )


def test_shape_of_the_contract(full: Report) -> None:
    found = json.loads(json.dumps(full.to_dict(), allow_nan=False))
    assert list(found) == [
        "schema", "n_articles", "n_publishers", "coverage", "estimates", "by_corpus", "reliability",
        "risk_coverage", "rivals", "checks",
    ]  # fmt: skip
    assert (found["schema"], found["n_articles"], found["n_publishers"], found["coverage"]) == (1, N, 30, 0.9)
    assert list(found["estimates"]) == list(METRICS)
    assert all(set(e) == {"value", "low", "high"} for e in found["estimates"].values())
    assert list(found["by_corpus"]) == ["north", "south"]
    for part in found["by_corpus"].values():
        assert set(part) == {"n_articles", "n_publishers", "coverage", "estimates"}
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
