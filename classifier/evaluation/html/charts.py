"""The drawings of a report."""

import math
from collections.abc import Iterator, Sequence

from classifier.evaluation.html.svg import Axis, Frame, share_axis
from classifier.evaluation.publishers import PublisherFigures
from classifier.evaluation.report import Report
from classifier.text.escape import shortened

DRAWN_PUBLISHERS = 400
"""The largest ones; more would make the file large and the drawing black."""
_LARGEST, _SMALLEST = 15.0, 2.5  # radius of a publisher's dot, in pixels


def reliability_diagram(report: Report) -> str:
    """Share of positives against mean probability, bin by bin, and the line on which both are equal."""
    frame = Frame(share_axis("mean probability"), share_axis(f"share {shortened(report.positive)}"))
    rows = report.reliability
    n = sum(row.n for row in rows)
    marks = [frame.line([(0, 0), (1, 1)], "ideal")]
    for row in rows:
        gap = [(row.mean_probability, row.mean_probability), (row.mean_probability, row.share_positive)]
        marks.append(frame.line(gap, "gap"))
    marks.append(frame.line([(row.mean_probability, row.share_positive) for row in rows], "curve"))
    for row in rows:
        says = f"probability {row.mean_probability:.2f}, share {row.share_positive:.2f}, {row.n:,} articles"
        marks.append(frame.dot(row.mean_probability, row.share_positive, 4.5, "dot", says))
    says = (
        f"{len(rows)} bins of about equally many of {n:,} scored articles. Points on the diagonal are "
        "calibrated; a point below it is scored too high. The figures stand in the table below."
    )
    return frame.drawn("reliability", "Reliability diagram", says, marks)


def risk_coverage_curve(report: Report) -> str:
    """Share wrong among the surest articles against the share of articles answered."""
    curve = report.risk_coverage
    most = max((error for _, error in curve), default=0.0)
    step = 0.1 if most > 0.2 else 0.05
    n_steps = max(1, math.ceil(most / step - 1e-9))
    errors = Axis(
        "share wrong among them", 0.0, n_steps * step, [round(i * step, 2) for i in range(n_steps + 1)]
    )
    frame = Frame(share_axis("share of articles answered, surest first"), errors)
    marks = [frame.line(curve, "curve")]
    if curve:
        coverage, error = curve[-1]
        marks.append(frame.dot(coverage, error, 4.5, "dot", f"all scored: {error:.1%} wrong"))
    half = report.all.selective["error_at_half"].value
    if not math.isnan(half):
        where = report.all.coverage / 2
        marks.append(frame.dot(where, half, 4.5, "ring", f"the surer half: {half:.1%} wrong"))
    says = (
        "How many answers are on the wrong side of 0.5 when only the surest articles are answered. "
        "A curve that rises to the right means that sureness can be relied on. The ring is the surer half of "
        "the scored articles, the dot all of them."
    )
    return frame.drawn("risk", "Risk-coverage curve", says, marks)


def roc_curve(report: Report) -> str:
    """True against false positive rate over all thresholds, and the diagonal of knowing nothing."""
    frame = Frame(share_axis("false positive rate"), share_axis("true positive rate"))
    points = [(point.false_positive_rate, point.true_positive_rate) for point in report.roc]
    marks = [frame.line([(0, 0), (1, 1)], "ideal"), frame.line(points, "curve")]
    says = (
        f"Area under the curve {report.all.estimates['auroc'].value:.3f}. The dashed diagonal is a score that "
        "knows nothing."
    )
    return frame.drawn("roc", "Receiver operating characteristic", says, marks)


def publisher_scores(report: Report) -> str:
    """Mean probability against share of positives, a dot a publisher."""
    frame = Frame(share_axis(f"share {shortened(report.positive)}"), share_axis("mean probability"))
    shown = drawn_publishers(report)
    marks = [frame.line([(0, 0), (1, 1)], "ideal")]
    marks += _dots(frame, [(row, row.n_positive / row.n_articles, row.mean_probability) for row in shown])
    says = (
        f"{len(shown)} publishers; the larger a dot, the more articles. Dots near the diagonal are scored as "
        "their articles are labelled. Names and figures of the largest stand in the table below."
    )
    return frame.drawn("outlets", "Mean probability by publisher", says, marks)


def publisher_areas(report: Report) -> str:
    """AUROC within a publisher against its share of positives; "" where none has both labels."""
    shown = [row for row in drawn_publishers(report) if not math.isnan(row.auroc)]
    if not shown:
        return ""
    frame = Frame(share_axis(f"share {shortened(report.positive)}"), share_axis("AUROC within the publisher"))
    marks = [frame.line([(0, 0.5), (1, 0.5)], "ideal")]
    marks += _dots(frame, [(row, row.n_positive / row.n_articles, row.auroc) for row in shown])
    says = (
        f"{len(shown)} publishers with scored articles of both labels; the larger a dot, the more articles. "
        "The dashed line at 0.5 is a score that can't tell articles of one publisher apart."
    )
    return frame.drawn("within", "AUROC by publisher", says, marks)


def drawn_publishers(report: Report) -> Sequence[PublisherFigures]:
    """The largest publishers that have a scored article; those unknown are no publisher."""
    known = [
        row for row in report.by_publisher if row.name is not None and not math.isnan(row.mean_probability)
    ]
    return known[:DRAWN_PUBLISHERS]


def _dots(frame: Frame, placed: Sequence[tuple[PublisherFigures, float, float]]) -> Iterator[str]:
    largest = max((row.n_articles for row, _, _ in placed), default=1)
    for row, x, y in placed:  # the largest first, so that none hides behind another
        radius = max(_SMALLEST, _LARGEST * math.sqrt(row.n_articles / largest))
        area = "" if math.isnan(row.auroc) else f", AUROC {row.auroc:.2f}"
        says = (
            f"{shortened(row.name or '')}: {row.n_articles:,} articles, {row.n_positive:,} positive, mean "
            f"probability {row.mean_probability:.2f}{area}"
        )
        yield frame.dot(x, y, radius, "outlet", says)
