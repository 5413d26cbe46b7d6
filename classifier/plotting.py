"""Drawings with matplotlib (extra `plots`), in the manner of scikit-learn's Display objects.

A display holds what is drawn and is made by one of its `from_` methods, which draw it at once; `plot` draws
it again, on axes of one's own if there are such. For the ROC use `sklearn.metrics.RocCurveDisplay`. Importing
this module does not load matplotlib, drawing does.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from classifier.errors import MisinfoError
from classifier.evaluation import metrics
from classifier.evaluation.report import Report
from classifier.scoring.usual import usual_ranges

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from classifier.scoring.answers import Marking

__all__ = ["MeasureDistributionDisplay", "ReliabilityDisplay", "RiskCoverageDisplay", "SignalStripDisplay"]

Floats = NDArray[np.float64]


class _OfPredictions:
    """A display of labels and probabilities, made from a classifier as well."""

    if TYPE_CHECKING:

        @classmethod
        def from_predictions(
            cls,
            y_true: ArrayLike,
            y_prob: ArrayLike,
            *,
            pos_label: object = 1,
            name: str | None = None,
            ax: "Axes | None" = None,
            **kwargs: Any,
        ) -> Self: ...

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        y: ArrayLike,
        *,
        pos_label: object = None,
        name: str | None = None,
        ax: "Axes | None" = None,
        **kwargs: Any,
    ) -> Self:
        """From a fitted classifier with `predict_proba`; pos_label None: the second of its classes."""
        p, label = _predicted(estimator, X, pos_label)
        called = type(estimator).__name__ if name is None else name
        return cls.from_predictions(y, p, pos_label=label, name=called, ax=ax, **kwargs)


class ReliabilityDisplay(_OfPredictions):
    """Share of positives against mean probability over bins of equally many articles.

    On the diagonal a probability means what it says; the strokes are the gaps whose mean, by the size of the bins, is
    the calibration error. `sklearn.calibration.CalibrationDisplay` draws no gaps, and by default bins of equal width,
    which may hold no article.

    Parameters
    ----------
    mean_probability, share_positive : arrays of shape (k,)
        One entry a bin, by ascending probability.
    n : array of shape (k,)
        Articles of each bin.
    name : str, optional
        What the legend calls it.

    Attributes
    ----------
    line_ : matplotlib Line2D
        The points, joined.
    gaps_ : matplotlib LineCollection
        The strokes.
    ax_, figure_ : matplotlib Axes and Figure
    calibration_error : float
        Mean absolute gap, nan without articles (Nguyen and O'Connor 2015).

    Examples
    --------
    >>> from classifier.plotting import ReliabilityDisplay
    >>> display = ReliabilityDisplay.from_predictions([0, 0, 1, 1], [0.1, 0.4, 0.6, 0.9])  # doctest: +SKIP
    """

    def __init__(
        self, *, mean_probability: ArrayLike, share_positive: ArrayLike, n: ArrayLike, name: str | None = None
    ) -> None:
        self.mean_probability = np.asarray(mean_probability, np.float64)
        self.share_positive = np.asarray(share_positive, np.float64)
        self.n = np.asarray(n, np.int64)
        self.name = name

    @property
    def calibration_error(self) -> float:
        """Mean absolute gap, each bin by its size."""
        if not self.n.sum():
            return math.nan
        return float(np.average(np.abs(self.mean_probability - self.share_positive), weights=self.n))

    @classmethod
    def from_predictions(
        cls,
        y_true: ArrayLike,
        y_prob: ArrayLike,
        *,
        pos_label: object = 1,
        name: str | None = None,
        ax: "Axes | None" = None,
        **kwargs: Any,
    ) -> Self:
        """From labels and probabilities of `pos_label`, both (n,); articles whose probability is nan are left out.

        kwargs: for the line. ValueError where the shapes differ or a probability is not within 0 and 1.
        """
        y, p = _answered(y_true, y_prob, pos_label)
        return cls._of(metrics.reliability(y, p), name).plot(ax, **kwargs)

    @classmethod
    def from_report(
        cls,
        report: Report | Mapping[str, Any],
        *,
        name: str | None = None,
        ax: "Axes | None" = None,
        **kwargs: Any,
    ) -> Self:
        """From a report, or the object that `misinfo evaluate --format json` writes."""
        rows = _object(report)["reliability"]
        return cls._of([metrics.ReliabilityBin(**row) for row in rows], name).plot(ax, **kwargs)

    @classmethod
    def _of(cls, rows: Sequence[metrics.ReliabilityBin], name: str | None) -> Self:
        return cls(
            mean_probability=[row.mean_probability for row in rows],
            share_positive=[row.share_positive for row in rows],
            n=[row.n for row in rows],
            name=name,
        )

    def plot(self, ax: "Axes | None" = None, *, name: str | None = None, **kwargs: Any) -> Self:
        """Draw on `ax`, or on a figure of its own; kwargs are for the line."""
        ax = _axes(ax)
        called = _called(self.name if name is None else name, f"error {self.calibration_error:.3f}")
        if not any(line.get_gid() == "ideal" for line in ax.lines):  # one diagonal for several displays
            ax.plot([0, 1], [0, 1], linestyle="--", color="0.5", linewidth=1, gid="ideal", label="calibrated")
        (self.line_,) = ax.plot(
            self.mean_probability, self.share_positive, **({"marker": "o", "label": called} | kwargs)
        )
        self.gaps_ = ax.vlines(
            self.mean_probability,
            np.minimum(self.mean_probability, self.share_positive),
            np.maximum(self.mean_probability, self.share_positive),
            colors=self.line_.get_color(),
            alpha=0.4,
        )
        ax.set(xlabel="mean probability", ylabel="share of positives", xlim=(0, 1), ylim=(0, 1))
        ax.set_aspect("equal")
        ax.legend(loc="upper left")
        self.ax_, self.figure_ = ax, ax.figure
        return self


class RiskCoverageDisplay(_OfPredictions):
    """Share wrong among the surest articles against the share of articles answered.

    Parameters
    ----------
    coverage, error : arrays of shape (k,)
        Ascending coverage, and the share on the wrong side of 0.5 among those answered (El-Yaniv and Wiener 2010).
    name : str, optional
        What the legend calls it.

    Attributes
    ----------
    line_ : matplotlib Line2D
    end_ : matplotlib Line2D
        The point at which every article with a score is answered.
    ax_, figure_ : matplotlib Axes and Figure
    """

    def __init__(self, *, coverage: ArrayLike, error: ArrayLike, name: str | None = None) -> None:
        self.coverage = np.asarray(coverage, np.float64)
        self.error = np.asarray(error, np.float64)
        self.name = name

    @classmethod
    def from_predictions(
        cls,
        y_true: ArrayLike,
        y_prob: ArrayLike,
        *,
        pos_label: object = 1,
        name: str | None = None,
        ax: "Axes | None" = None,
        **kwargs: Any,
    ) -> Self:
        """As `ReliabilityDisplay.from_predictions`; articles whose probability is nan count as not answered."""
        y, p = _answered(y_true, y_prob, pos_label)
        curve = metrics.risk_coverage(y, p, np.size(y_true))
        return cls(coverage=curve.coverage, error=curve.error, name=name).plot(ax, **kwargs)

    @classmethod
    def from_report(
        cls,
        report: Report | Mapping[str, Any],
        *,
        name: str | None = None,
        ax: "Axes | None" = None,
        **kwargs: Any,
    ) -> Self:
        """From a report, or the object that `misinfo evaluate --format json` writes."""
        points = _object(report)["risk_coverage"]
        coverage = [point["coverage"] for point in points]
        return cls(coverage=coverage, error=[point["error"] for point in points], name=name).plot(
            ax, **kwargs
        )

    def plot(self, ax: "Axes | None" = None, *, name: str | None = None, **kwargs: Any) -> Self:
        """Draw on `ax`, or on a figure of its own; kwargs are for the line."""
        ax = _axes(ax)
        said = (
            f"{self.error[-1]:.1%} wrong at {self.coverage[-1]:.0%}" if len(self.error) else "nothing scored"
        )
        called = _called(self.name if name is None else name, said)
        (self.line_,) = ax.plot(self.coverage, self.error, **({"label": called} | kwargs))
        (self.end_,) = ax.plot(
            self.coverage[-1:], self.error[-1:], marker="o", color=self.line_.get_color(), linestyle="none"
        )
        ax.set(
            xlabel="share of articles answered, surest first", ylabel="share wrong among them", xlim=(0, 1)
        )
        ax.set_ylim(bottom=0)
        ax.legend(loc="best")
        self.ax_, self.figure_ = ax, ax.figure
        return self


class Strip(NamedTuple):
    """The spans of one row of a signal strip, code points into the text as given."""

    name: str
    start: NDArray[np.int64]
    end: NDArray[np.int64]


class SignalStripDisplay:
    """Where the signals of one article stand, a row for each family or kind.

    Parameters
    ----------
    strips : sequence of Strip
        Rows from top to bottom.
    length : int
        Code points of the text.
    body : sequence of (start, end)
        Paragraphs of the body; what lies between is headline or furniture and stays white.

    Attributes
    ----------
    strips_ : list of matplotlib PolyCollection
        The bars of each row.
    body_ : matplotlib PolyCollection
        The shade behind the body.
    ax_, figure_ : matplotlib Axes and Figure

    Examples
    --------
    >>> import classifier
    >>> from classifier.plotting import SignalStripDisplay
    >>> marking = classifier.mark("The clerk said the gate may be shut.")
    >>> display = SignalStripDisplay.from_marking(marking)  # doctest: +SKIP
    """

    NARROWEST = 0.003
    """Width of a bar as a part of the text at least, so that "may" is seen in a long article."""

    def __init__(self, *, strips: Sequence[Strip], length: int, body: Sequence[tuple[int, int]] = ()) -> None:
        self.strips = tuple(strips)
        self.length = length
        self.body = tuple(body)

    @classmethod
    def from_marking(
        cls, marking: "Marking", *, by: str = "family", ax: "Axes | None" = None, **kwargs: Any
    ) -> Self:
        """From what `classifier.mark` gives. by: "family", or "kind" for a row for each kind that occurs.

        kwargs: for the bars. ValueError for any other `by`.
        """
        if by not in ("family", "kind"):
            raise ValueError(f"by={by!r} is neither 'family' nor 'kind'")
        found = marking.to_dict()
        rows: dict[str, list[tuple[int, int]]] = {}
        for family, items in found["signals"].items():
            if by == "family":
                rows[family] = []
            for item in items:
                row = family if by == "family" else f"{family}: {item['kind']}"
                rows.setdefault(row, []).append((item["start"], item["end"]))
        strips = [Strip(name, *_bounds(places)) for name, places in rows.items()]
        body = [(start, end) for start, end in found["body"]]
        return cls(strips=strips, length=len(marking.document.raw), body=body).plot(ax, **kwargs)

    def plot(self, ax: "Axes | None" = None, **kwargs: Any) -> Self:
        """Draw on `ax`, or on a figure of its own; kwargs are for the bars."""
        ax = _axes(ax, (8.0, 0.8 + 0.45 * max(1, len(self.strips))))
        least = self.NARROWEST * self.length
        rows = len(self.strips)
        self.body_ = ax.broken_barh([(s, e - s) for s, e in self.body], (-0.5, rows), color="0.93", zorder=0)
        self.strips_ = []
        for row, strip in enumerate(self.strips):
            width = np.maximum(strip.end - strip.start, least)
            bars = list(zip(strip.start.tolist(), width.tolist(), strict=True))
            options: dict[str, Any] = {"facecolor": f"C{row}", "edgecolor": "none", "zorder": 2} | kwargs
            self.strips_.append(ax.broken_barh(bars, (row - 0.35, 0.7), **options))
        ax.set_yticks(range(rows), [f"{strip.name} ({len(strip.start)})" for strip in self.strips])
        ax.set(xlim=(0, max(1, self.length)), xlabel="characters from the beginning")
        ax.set_ylim(rows - 0.5, -0.5)
        self.ax_, self.figure_ = ax, ax.figure
        return self


class MeasureDistributionDisplay:
    """The measures of a corpus against their usual ranges in ordinary news.

    Each row is a measure in units of its own range: 0 is the 10th and 1 the 90th percentile of ordinary news,
    the shaded band lies between. Drawn are the median (dot), the middle half (thick) and the middle nine
    tenths (thin) of the corpus.

    Parameters
    ----------
    values : array of shape (n, m)
        Measures of n texts, nan where undefined, as from `SignalVectorizer`.
    names : sequence of str, length m
        Their names, "family.measure".
    usual : mapping, optional
        Name -> 10th and 90th percentile of ordinary news. Default: those of the built-in measures.

    Attributes
    ----------
    percentiles : dict
        Name -> 5th, 25th, 50th, 75th and 95th percentile in units of the usual range, in the order of the rows.
    left_out : dict
        Name -> why a measure has no row: no range is known, it has no width, or no text has a value.
    medians_ : matplotlib PathCollection
    halves_, reaches_ : matplotlib LineCollection
    ax_, figure_ : matplotlib Axes and Figure
    """

    FURTHEST = (-2.0, 5.0)
    """Ends of the axis in widths of the usual range; what lies beyond is drawn up to there."""

    def __init__(
        self,
        *,
        values: ArrayLike,
        names: Sequence[str],
        usual: Mapping[str, tuple[float, float]] | None = None,
    ) -> None:
        matrix = np.asarray(values, np.float64)
        if matrix.ndim != 2 or matrix.shape[1] != len(names):
            raise ValueError(f"values must have a column for each of the {len(names)} names")
        known = usual_ranges() if usual is None else usual
        self.percentiles: dict[str, Floats] = {}
        self.left_out: dict[str, str] = {}
        for name, column in zip(names, matrix.T, strict=True):
            defined = column[~np.isnan(column)]
            low, high = known.get(name, (math.nan, math.nan))
            if math.isnan(low):
                self.left_out[name] = "no usual range is known"
            elif high <= low:
                self.left_out[name] = "nine tenths of ordinary news have the same value"
            elif not len(defined):
                self.left_out[name] = "undefined for every text"
            else:
                parts = np.percentile(defined, [5, 25, 50, 75, 95])
                self.percentiles[name] = (parts - low) / (high - low)

    @classmethod
    def from_markings(
        cls,
        markings: "Iterable[Marking]",
        *,
        measures: Sequence[str] | None = None,
        ax: "Axes | None" = None,
        **kwargs: Any,
    ) -> Self:
        """From what `classifier.mark_many` gives, all of the same families. measures: names, None: all.

        kwargs: for the dots. ValueError where there is no marking or a name is unknown.
        """
        rows = [marking.measures for marking in markings]
        if not rows:
            raise ValueError("there is no marking to draw; give at least one")
        names = list(rows[0]) if measures is None else list(measures)
        if unknown := [name for name in names if name not in rows[0]]:
            raise ValueError(f"there is no measure {unknown[0]!r}; there are {', '.join(rows[0])}")
        values = [[math.nan if (value := row[name]) is None else value for name in names] for row in rows]
        return cls(values=values, names=names).plot(ax, **kwargs)

    def plot(self, ax: "Axes | None" = None, **kwargs: Any) -> Self:
        """Draw on `ax`, or on a figure of its own; kwargs are for the dots."""
        rows = len(self.percentiles)
        ax = _axes(ax, (7.0, 1.0 + 0.32 * max(1, rows)))
        at = np.arange(rows)
        parts = np.array(list(self.percentiles.values())).reshape(rows, 5).clip(*self.FURTHEST)
        ax.axvspan(0, 1, color="0.9", zorder=0)
        self.reaches_ = ax.hlines(at, parts[:, 0], parts[:, 4], colors="C0", linewidth=1)
        self.halves_ = ax.hlines(at, parts[:, 1], parts[:, 3], colors="C0", linewidth=4)
        options: dict[str, Any] = {"color": "white", "edgecolor": "C0", "zorder": 3} | kwargs
        self.medians_ = ax.scatter(parts[:, 2], at, **options)
        ax.set_yticks(at, list(self.percentiles))
        ax.set_ylim(rows - 0.5, -0.5)
        ax.set_xlabel("0: 10th, 1: 90th percentile of ordinary news")
        self.ax_, self.figure_ = ax, ax.figure
        return self


def _answered(y_true: ArrayLike, y_prob: ArrayLike, pos_label: object) -> tuple[Floats, Floats]:
    """Labels as 0 or 1 and probabilities of the articles that have one."""
    y, p = np.asarray(y_true) == pos_label, np.asarray(y_prob, np.float64)
    if y.ndim != 1 or y.shape != p.shape:
        raise ValueError("labels and probabilities must have one dimension and the same length")
    scored = ~np.isnan(p)
    return y[scored].astype(np.float64), p[scored]


def _predicted(estimator: Any, X: Any, pos_label: object) -> tuple[Floats, object]:
    classes = estimator.classes_.tolist()
    label = classes[1] if pos_label is None else pos_label
    if label not in classes:
        raise ValueError(f"pos_label={pos_label!r} is none of the classes {classes}")
    return np.asarray(estimator.predict_proba(X), np.float64)[:, classes.index(label)], label


def _object(report: Report | Mapping[str, Any]) -> Mapping[str, Any]:
    return report.to_dict() if isinstance(report, Report) else report


def _bounds(places: Sequence[tuple[int, int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    both = np.array(places, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _called(name: str | None, said: str) -> str:
    return said if name is None else f"{name} ({said})"


def _axes(ax: "Axes | None", size: tuple[float, float] | None = None) -> "Axes":
    """`ax`, or axes of a new figure; MisinfoError without matplotlib."""
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise MisinfoError(
            "drawing needs matplotlib, which is not installed; run `pip install 'misinfo-signals[plots]'`"
        ) from error
    return pyplot.subplots(figsize=size, layout="constrained")[1]
