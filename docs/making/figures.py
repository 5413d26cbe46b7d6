"""The honest figures with their plots, made from what the repository holds: each model's manifest, each benchmark's result.

Nothing here knows how many models there are, what they are called, or what they reach.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from classifier.evaluation.html.svg import Axis, Frame, share_axis

ROOT = Path(__file__).resolve().parents[2]
FIGURES = {
    "auroc": "AUROC",
    "balanced_accuracy": "balanced accuracy",
    "brier": "Brier score",
    "calibration_error": "calibration error",
    "average_precision": "average precision",
}
RIVALS = {"prior": "share of positives", "length": "length alone", "tfidf": "words and word pairs"}


class Row(NamedTuple):
    """One line of an interval plot."""

    name: str
    estimate: Mapping[str, float | None]
    kind: str  # a class of the style sheet: ours, rival, leak


def models() -> str:
    """Each shipped model: figures beside rivals, corpus by corpus, calibration, selection, checks."""
    found = sorted((ROOT / "models").glob("*/manifest.json"))
    manifests = [json.loads(path.read_text(encoding="utf-8")) for path in found]
    return "\n".join(line for manifest in manifests for line in _model(manifest))


def _model(manifest: Mapping[str, Any]) -> Iterator[str]:
    name, report = manifest["name"], manifest["report"]
    rivals = {key: rival for key, rival in report["rivals"].items() if "not_applicable" not in rival}
    columns = {"this model": report["estimates"]}
    columns |= {RIVALS.get(key, key): rival for key, rival in rivals.items()}
    columns["random folds (leak)"] = manifest["random_folds"]
    yield from (f"## The model `{name}`", "")
    yield (
        f"{report['n_articles']:,} articles of {report['n_publishers']:,} known publishers; share of "
        f"{manifest['positive']}: {manifest['prevalence']:.0%}. Every article was scored by a model that had seen "
        "neither its publisher nor a near-duplicate of it. 95 % intervals over publishers."
    )
    yield from ("", f"| score | {' | '.join(FIGURES.values())} |", f"|---|{'---:|' * len(FIGURES)}")
    for label, estimates in columns.items():
        yield f"| {label} | {' | '.join(_figure(estimates.get(key)) for key in FIGURES)} |"
    yield from (
        "",
        "Random folds put articles of one publisher on both sides; they show what leaks and are evidence of",
    )
    yield from (
        "nothing else. A rival that knows only the share of positives, or the length, should be easy to beat.",
        "",
    )
    rows = [
        Row(label, estimates["auroc"], "ours" if i == 0 else "leak" if "leak" in label else "rival")
        for i, (label, estimates) in enumerate(columns.items())
    ]
    yield _intervals(f"{name}-rivals", f"AUROC of {name} beside rivals", rows)
    rows = [
        Row(f"{corpus} ({measured['n_articles']:,})", measured["estimates"]["auroc"], "ours")
        for corpus, measured in report["by_corpus"].items()
    ]
    yield _intervals(f"{name}-corpora", f"AUROC of {name}, corpus by corpus", rows)
    elsewhere = {f"{corpus}, by the others": found for corpus, found in report["other_corpora"].items()}
    if report["later"] is not None:
        elsewhere["the latest articles, by the earlier ones"] = report["later"]
    rows = [
        Row(f"{says} ({found['n_articles']:,})", found["estimates"]["auroc"], "ours")
        for says, found in elsewhere.items()
        if "not_applicable" not in found
    ]
    if rows:
        yield "Scored by models that had learned from other corpora only, or from earlier articles only:"
        yield ""
        yield _intervals(f"{name}-elsewhere", f"AUROC of {name} on what it had not learned from", rows)
    yield from ('<div class="plots">', _reliability(name, report), _risk(name, report), "</div>", "")
    yield from (f"### What the checks of `{name}` say", "")
    for check in report["checks"]:
        yield f"- **{check['status'].replace('_', ' ')}**: {check['says']}"
    yield ""


def _figure(estimate: Mapping[str, float | None] | None) -> str:
    if estimate is None or estimate["value"] is None:
        return "undefined"
    if estimate["low"] is None:
        return f"{estimate['value']:.3f}"
    return f"{estimate['value']:.3f} [{estimate['low']:.3f},\N{NO-BREAK SPACE}{estimate['high']:.3f}]"


def _intervals(name: str, title: str, rows: Sequence[Row]) -> str:
    """Values from 0 to 1 with their intervals, one row each, 0.5 dashed."""
    left, top, step, width = 176, 10, 30, 560
    known = [row for row in rows if row.estimate["value"] is not None]
    height = top + step * len(known) + 44
    frame = Frame(share_axis("AUROC"), Axis("", 0.0, float(len(known)), ()), width, height, left, 16, top, 44)
    marks = [frame.line([(0.5, 0), (0.5, len(known))], "ideal")]
    for i, row in enumerate(known):
        at = len(known) - i - 0.5
        value, low, high = (row.estimate[key] for key in ("value", "low", "high"))
        assert value is not None
        y = frame.at(0, at)[1]
        marks.append(f'<text x="{left - 10}" y="{y + 4:.1f}" text-anchor="end">{escape(row.name)}</text>')
        if low is not None and high is not None:
            marks.append(frame.line([(low, at), (high, at)], f"reach {row.kind}"))
        marks.append(frame.dot(value, at, 5, f"dot {row.kind}", f"{row.name}: {_figure(row.estimate)}"))
    says = "; ".join(f"{row.name} {_figure(row.estimate)}" for row in rows)
    left_out = [row.name for row in rows if row.estimate["value"] is None]
    note = f" Undefined where there is one label only: {', '.join(left_out)}." if left_out else ""
    return _figure_of(frame.drawn(name, title, says, marks), f"{title}.{note}")


def _reliability(name: str, report: Mapping[str, Any]) -> str:
    bins = report["reliability"]
    points = [(row["mean_probability"], row["share_positive"]) for row in bins]
    frame = Frame(share_axis("mean probability"), share_axis("share of positives"))
    marks = [frame.line([(0, 0), (1, 1)], "ideal"), frame.line(points, "curve")]
    marks += [
        frame.dot(x, y, 4.5, "dot ours", f"{x:.2f}: {y:.2f} of {row['n']:,} articles")
        for (x, y), row in zip(points, bins, strict=True)
    ]
    says = (
        f"{len(bins)} bins of about equally many articles; on the diagonal the probability is what it says."
    )
    return _figure_of(
        frame.drawn(f"{name}-reliability", f"Reliability of {name}", says, marks), f"Reliability. {says}"
    )


def _risk(name: str, report: Mapping[str, Any]) -> str:
    points = [(point["coverage"], point["error"]) for point in report["risk_coverage"]]
    top = max(0.1, *(error for _, error in points)) if points else 0.1
    ticks = [tick / 10 for tick in range(int(top * 10 + 0.999) + 1)]
    frame = Frame(
        share_axis("share of articles answered, surest first"), Axis("share wrong", 0.0, ticks[-1], ticks)
    )
    says = "A curve that rises to the right means that sureness can be relied on."
    drawn = frame.drawn(f"{name}-risk", f"Risk and coverage of {name}", says, [frame.line(points, "curve")])
    return _figure_of(
        drawn, f"Risk and coverage: how many are wrong when only the surest are answered. {says}"
    )


def _figure_of(drawing: str, caption: str) -> str:
    return f"<figure>\n{drawing}<figcaption>{escape(caption)}</figcaption>\n</figure>\n"


def benchmarks() -> str:
    """Each file of benchmarks/results: what was measured where, and every figure in it."""
    return "\n".join(
        line
        for path in sorted((ROOT / "benchmarks" / "results").glob("*.json"))
        for line in _benchmark(json.loads(path.read_text(encoding="utf-8")))
    )


def _benchmark(result: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"### `{result['what']}`", "")
    versions = ", ".join(f"{name} {version}" for name, version in result.get("versions", {}).items())
    where = [result.get("machine"), f"Python {result['python']}" if "python" in result else None, versions]
    if "articles" in result:
        where.insert(0, f"{result['articles']:,} articles, {result['characters']:,} characters")
    yield from ("; ".join(filter(None, where)) + f". Commit `{result['commit'][:10]}`.", "")
    rows, columns = _table(result["figures"])
    yield from (f"| case | {' | '.join(columns)} |", f"|---|{'---:|' * len(columns)}")
    for name, row in rows.items():
        yield f"| {name} | {' | '.join(_number(row.get(column)) for column in columns)} |"
    yield ""


def _table(figures: Mapping[str, Any]) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Rows by name with their columns: nested objects become columns, plain values the column `value`."""
    rows = {
        name: _flat(value) if isinstance(value, dict) else {"value": value} for name, value in figures.items()
    }
    return rows, list(dict.fromkeys(column for row in rows.values() for column in row))


def _flat(nested: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in nested.items():
        name = f"{before}{key.replace('_', ' ')}"
        flat |= _flat(value, f"{name}, ") if isinstance(value, dict) else {name: value}
    return flat


def _number(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "" if value is None else escape(str(value))
    return (
        f"{value:,}" if isinstance(value, int) else f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    )
