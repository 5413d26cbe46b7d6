"""Displays draw what they were given: points, bars and bands stand where their figures are."""

import json
import math
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression

import classifier
from classifier.errors import MisinfoError
from classifier.evaluation import metrics
from classifier.evaluation.report import Report, evaluate
from classifier.plotting import (
    MeasureDistributionDisplay,
    ReliabilityDisplay,
    RiskCoverageDisplay,
    SignalStripDisplay,
)
from classifier.scoring.usual import usual_ranges

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

TEXT = (
    "Ferry quay may move\n\nThe quay could be moved, the harbour office said on Monday. “We have looked at "
    "it,” said Tove Arnell, the engineer. Critics claim that the sums were never checked.\n\nSubscribe now\n"
)
N = 450


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    pyplot.close("all")


def predictions(seed: int = 0) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    p = rng.beta(2, 3, N)
    y = (rng.random(N) < p**1.5).astype(float)
    p[:45] = np.nan
    return y, p


@pytest.fixture(scope="module")
def report() -> Report:
    y, p = predictions()
    names = [f"outlet {i % 20}" for i in range(N)]
    return evaluate(y, p, names, ["c"] * N, rivals={}, draws=10)


def xy(line: Any) -> tuple[Any, Any]:
    return np.asarray(line.get_xdata(), float), np.asarray(line.get_ydata(), float)


def test_reliability_points_and_gaps() -> None:
    y, p = predictions()
    display = ReliabilityDisplay.from_predictions(y, p, name="signals")
    rows = metrics.reliability(y[45:], p[45:])
    x, share = xy(display.line_)
    np.testing.assert_allclose(x, [row.mean_probability for row in rows])
    np.testing.assert_allclose(share, [row.share_positive for row in rows])
    gaps = display.gaps_.get_segments()
    assert len(gaps) == len(rows) == 15
    for gap, row in zip(gaps, rows, strict=True):
        assert gap[:, 0].tolist() == [row.mean_probability] * 2
        assert sorted(gap[:, 1]) == sorted([row.mean_probability, row.share_positive])
    assert display.calibration_error == pytest.approx(metrics.calibration_error(y[45:], p[45:]))
    said = [text.get_text() for text in display.ax_.get_legend().get_texts()]
    assert said == ["calibrated", f"signals (error {display.calibration_error:.3f})"]
    assert display.ax_.get_xlabel() == "mean probability"
    assert display.figure_ is display.ax_.figure


def test_several_displays_share_axes_and_one_diagonal() -> None:
    _, ax = pyplot.subplots()
    one = ReliabilityDisplay.from_predictions(*predictions(0), ax=ax, name="one")
    two = ReliabilityDisplay.from_predictions(*predictions(1), ax=ax, name="two", color="red", marker="x")
    assert one.ax_ is two.ax_ is ax
    assert len(ax.lines) == 3
    assert two.line_.get_color() == "red"
    assert two.line_.get_marker() == "x"
    again = one.plot()
    assert again is one
    assert one.ax_ is not ax


def test_risk_coverage_curve_and_its_end() -> None:
    y, p = predictions()
    display = RiskCoverageDisplay.from_predictions(y, p)
    coverage, error = xy(display.line_)
    curve = metrics.risk_coverage(y[45:], p[45:], N)
    np.testing.assert_allclose(coverage, curve.coverage)
    np.testing.assert_allclose(error, curve.error)
    assert coverage[-1] == pytest.approx(0.9), "articles without a score are not answered"
    end = xy(display.end_)
    assert (end[0].tolist(), end[1].tolist()) == ([coverage[-1]], [error[-1]])
    assert display.ax_.get_ylim()[0] == 0
    assert f"{error[-1]:.1%} wrong at 90%" in display.ax_.get_legend().get_texts()[0].get_text()


@pytest.mark.parametrize("display", [ReliabilityDisplay, RiskCoverageDisplay])
def test_a_report_its_json_and_its_predictions_are_drawn_alike(display: Any, report: Report) -> None:
    stored = json.loads(json.dumps(report.to_dict()))
    lines = [xy(display.from_report(given).line_) for given in (report, stored)]
    np.testing.assert_array_equal(lines[0], lines[1])
    drawn = xy(display.from_predictions(*predictions()).line_)
    assert drawn[0][-1] == pytest.approx(lines[0][0][-1])
    assert drawn[1][-1] == pytest.approx(lines[0][1][-1])


@pytest.mark.parametrize("display", [ReliabilityDisplay, RiskCoverageDisplay])
def test_estimators_and_labels_of_any_kind(display: Any) -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 2))
    y = np.where(X[:, 0] + rng.normal(size=200) > 0, "unreliable", "reliable")
    model = LogisticRegression().fit(X, y)
    p = model.predict_proba(X)
    made = display.from_estimator(model, X, y)
    assert made.name == "LogisticRegression"
    np.testing.assert_array_equal(
        xy(made.line_), xy(display.from_predictions(y, p[:, 1], pos_label="unreliable").line_)
    )
    other = display.from_estimator(model, X, y, pos_label="reliable")
    np.testing.assert_array_equal(
        xy(other.line_), xy(display.from_predictions(y, p[:, 0], pos_label="reliable").line_)
    )
    with pytest.raises(ValueError, match="'satire' is none of"):
        display.from_estimator(model, X, y, pos_label="satire")
    constant = display.from_estimator(DummyClassifier().fit(X, y), X, y)
    assert len(xy(constant.line_)[0]) == 1


@pytest.mark.parametrize("display", [ReliabilityDisplay, RiskCoverageDisplay])
def test_predictions_that_do_not_fit_and_none_at_all(display: Any) -> None:
    with pytest.raises(ValueError, match="same length"):
        display.from_predictions([0, 1], [0.5])
    with pytest.raises(ValueError, match="between 0 and 1"):
        display.from_predictions([0, 1], [0.5, 1.5])
    empty = display.from_predictions([0, 1], [math.nan, math.nan])
    assert len(xy(empty.line_)[0]) == 0


def bars(collection: Any) -> list[tuple[float, float]]:
    return [(path.vertices[:, 0].min(), path.vertices[:, 0].max()) for path in collection.get_paths()]


def test_strips_stand_where_the_signals_are() -> None:
    marking = classifier.mark(TEXT)
    found = marking.to_dict()
    display = SignalStripDisplay.from_marking(marking)
    assert [strip.name for strip in display.strips] == ["hedges", "sourcing"]
    for strip, drawn in zip(display.strips, display.strips_, strict=True):
        items = found["signals"][strip.name]
        assert items, "the example has signals of both families"
        for (left, right), item in zip(bars(drawn), items, strict=True):
            assert left == item["start"]
            least = display.NARROWEST * len(TEXT)
            assert right == pytest.approx(max(item["end"], item["start"] + least))
    labels = [tick.get_text() for tick in display.ax_.get_yticklabels()]
    assert labels == [f"{name} ({len(found['signals'][name])})" for name in ("hedges", "sourcing")]
    assert display.ax_.get_xlim() == (0, len(TEXT))
    assert bars(display.body_) == [tuple(map(float, place)) for place in found["body"]]
    low, high = display.ax_.get_ylim()
    assert low > high, "the first family stands at the top"


def test_a_row_for_each_kind() -> None:
    marking = classifier.mark(TEXT)
    items = marking.to_dict()["signals"]["hedges"]
    display = SignalStripDisplay.from_marking(marking, by="kind", facecolor="black")
    counts = {strip.name: len(strip.start) for strip in display.strips}
    for kind in {item["kind"] for item in items}:
        assert counts[f"hedges: {kind}"] == sum(item["kind"] == kind for item in items)
    assert display.strips_[0].get_facecolor()[0].tolist() == [0, 0, 0, 1]
    with pytest.raises(ValueError, match="'voice'"):
        SignalStripDisplay.from_marking(marking, by="voice")


@pytest.mark.parametrize("text", ["", "Soup: 2, bread: 3"])
def test_an_article_without_signals_has_empty_strips(text: str) -> None:
    display = SignalStripDisplay.from_marking(classifier.mark(text))
    assert [bars(drawn) for drawn in display.strips_] == [[], []]


def test_measures_stand_in_units_of_their_usual_range() -> None:
    usual = {"a.low": (1.0, 3.0), "a.wide": (0.0, 10.0), "a.flat": (0.0, 0.0), "a.never": (0.0, 1.0)}
    values = np.column_stack(
        [np.linspace(1, 5, 101), np.full(101, 200.0), np.ones(101), np.full(101, np.nan), np.ones(101)]
    )
    values[0, 1] = np.nan
    display = MeasureDistributionDisplay(values=values, names=[*usual, "b.unknown"], usual=usual).plot()
    assert [tick.get_text() for tick in display.ax_.get_yticklabels()] == ["a.low", "a.wide"]
    np.testing.assert_allclose(display.percentiles["a.low"], [0.1, 0.5, 1.0, 1.5, 1.9])
    assert display.medians_.get_offsets().tolist() == [[1.0, 0], [5.0, 1]], "drawn up to the furthest"
    assert display.halves_.get_segments()[0].tolist() == [[0.5, 0], [1.5, 0]]
    np.testing.assert_allclose(display.reaches_.get_segments()[0], [[0.1, 0], [1.9, 0]])
    assert set(display.left_out) == {"a.flat", "a.never", "b.unknown"}
    assert display.left_out["a.never"] == "undefined for every text"


def test_measures_of_marked_texts_against_ordinary_news() -> None:
    texts = [TEXT, TEXT.replace("could", "will"), "The mill was sold. A clerk said so."]
    display = MeasureDistributionDisplay.from_markings(classifier.mark_many(texts))
    values = [marking.measures["hedges.per_100_words"] for marking in classifier.mark_many(texts)]
    low, high = usual_ranges()["hedges.per_100_words"]
    assert display.percentiles["hedges.per_100_words"][2] == pytest.approx(
        (np.median(np.array(values, float)) - low) / (high - low)
    )
    chosen = MeasureDistributionDisplay.from_markings(
        classifier.mark_many(texts), measures=["hedges.per_100_words"]
    )
    assert len(chosen.medians_.get_offsets()) == 1
    with pytest.raises(ValueError, match=r"no measure 'hedges\.gone'"):
        MeasureDistributionDisplay.from_markings(classifier.mark_many(texts), measures=["hedges.gone"])
    with pytest.raises(ValueError, match="at least one"):
        MeasureDistributionDisplay.from_markings([])
    with pytest.raises(ValueError, match="2 names"):
        MeasureDistributionDisplay(values=[[1.0]], names=["a", "b"])


def test_everything_can_be_saved(tmp_path: Any, report: Report) -> None:
    for number, display in enumerate(
        (
            ReliabilityDisplay.from_report(report),
            RiskCoverageDisplay.from_report(report),
            SignalStripDisplay.from_marking(classifier.mark(TEXT)),
            MeasureDistributionDisplay.from_markings([classifier.mark(TEXT)]),
        )
    ):
        path = tmp_path / f"{number}.svg"
        display.figure_.savefig(path)
        assert path.stat().st_size > 5000


def test_without_matplotlib_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MisinfoError, match=r"misinfo-signals\[plots\]"):
        ReliabilityDisplay.from_predictions([0, 1], [0.2, 0.7])


def test_importing_loads_no_matplotlib() -> None:
    program = (
        "import sys, classifier, classifier.plotting;"
        "print([m for m in ('matplotlib', 'sklearn', 'scipy', 'joblib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
