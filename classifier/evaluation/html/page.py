"""The report as a page: headline, figures, drawings, tables; one file, no script, nothing from elsewhere."""

import base64
import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources

from classifier.evaluation.html.charts import (
    drawn_publishers,
    publisher_areas,
    publisher_scores,
    reliability_diagram,
    risk_coverage_curve,
    roc_curve,
)
from classifier.evaluation.html.svg import interval_bar
from classifier.evaluation.intervals import Estimate
from classifier.evaluation.report import FIGURE_NAMES, Measured, Report, figure, mean_auroc
from classifier.evaluation.rivals import RIVALS
from classifier.text.escape import escaped, isolated

LISTED_PUBLISHERS = 100
LISTED_CORPORA = 200
_STATUS = {"issue": "Issue", "tip": "Tip", "passed": "Passed", "not_applicable": "Not applicable"}


def page(report: Report) -> str:
    """The whole document; names of corpora, publishers and labels are escaped and shortened."""
    sections = {
        "figures": ("Figures and rivals", _figures(report)),
        "checks": ("Checks", _checks(report)),
        "calibration": ("Does the probability mean what it says?", _calibration(report)),
        "selection": ("What if only the surest articles are answered?", _selection(report)),
        "curve": ("Does it put articles in order?", _curve(report)),
        "publishers": ("Publisher by publisher", _publishers(report)),
        "corpora": ("Corpus by corpus", _corpora(report)),
        "coverage": ("Articles without a score", _coverage(report)),
        "limits": ("What these figures can't say", _limits(report)),
    }
    links = "".join(f'<li><a href="#{name}">{says}</a></li>' for name, (says, _) in sections.items())
    body = "".join(
        f'<section aria-labelledby="{name}">\n<h2 id="{name}">{says}</h2>\n{"".join(pieces)}</section>\n'
        for name, (says, pieces) in sections.items()
    )
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escaped(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escaped(report.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f"{''.join(_head(report))}"
        f'<nav aria-label="Sections"><ul>{links}</ul></nav>\n{body}</main>\n</body>\n</html>\n'
    )


@cache
def _style() -> str:
    return resources.files(__package__).joinpath("page.css").read_text(encoding="utf-8")


def _head(report: Report) -> Iterator[str]:
    whole = report.all
    yield f"<h1>{escaped(report.title)}</h1>\n"
    n_corpora = len(report.by_corpus)
    yield (
        f"<p>Measured on {escaped(report.measured_on)}: {whole.n_articles:,} articles of {whole.n_publishers:,} "
        f"publishers and {report.n_without_publisher:,} articles without a known publisher, from "
        f"{n_corpora} {'corpus' if n_corpora == 1 else 'corpora'}. {report.share_positive:.0%} are labelled "
        f"{isolated(report.positive)}. In brackets: 95&nbsp;% intervals over publishers.</p>\n"
    )
    found = Counter(finding.status for finding in report.checks)
    issues, tips = (
        f"{found[status]} {status if found[status] == 1 else status + 's'}" for status in ("issue", "tip")
    )
    shown = [
        ("AUROC", *_parts(whole.estimates["auroc"])),
        ("Calibration error", *_parts(whole.estimates["calibration_error"])),
        ("Articles with a score", f"{whole.coverage:.0%}", f"{whole.n_articles:,} articles in all"),
        ("Checks", issues, f"{tips}, {found['passed']} passed"),
    ]
    cards = "".join(
        f"<div><dt>{name}</dt><dd>{value}<small>{more}</small></dd></div>" for name, value, more in shown
    )
    yield f'<dl class="head">{cards}</dl>\n'


def _figures(report: Report) -> Iterator[str]:
    ours = "This score"
    if report.random is not None and report.all.n_publishers:
        ours = "Unseen publishers"
    rows: dict[str, Mapping[str, Estimate]] = {ours: report.all.estimates}
    if report.random is not None:
        rows["Random folds (leak; no evidence)"] = report.random
    for name, rival in report.rivals.items():
        if not isinstance(rival, str):
            knows = RIVALS[name].says if name in RIVALS else name
            rows[f"Rival: only {knows}"] = rival
    head = ["score", *FIGURE_NAMES.values()]
    body = (
        [escaped(name), *(_cell(estimates[key], bar=key == "auroc") for key in FIGURE_NAMES)]
        for name, estimates in rows.items()
    )
    yield _table("The score beside what must be beaten, on the same articles", head, body)
    for name, rival in report.rivals.items():
        if isinstance(rival, str):
            yield f'<p class="note">Rival {escaped(name)} not applicable: {escaped(rival)}.</p>\n'


def _checks(report: Report) -> Iterator[str]:
    order = list(_STATUS)
    yield '<ul class="checks">\n'
    for finding in sorted(report.checks, key=lambda finding: order.index(finding.status)):
        yield (
            f'<li class="{finding.status}"><span class="status">{_STATUS[finding.status]}</span>'
            f"<span>{escaped(finding.says)}<code>{escaped(finding.code)}</code></span></li>\n"
        )
    yield "</ul>\n"


def _calibration(report: Report) -> Iterator[str]:
    if not report.reliability:
        yield "<p>No article was scored.</p>\n"
        return
    estimates = report.all.estimates
    yield _plots(
        [
            (
                reliability_diagram(report),
                "Each point is a fifteenth of the scored articles; the stroke is its gap to the diagonal, on "
                "which a probability of 0.7 is right seven times in ten.",
            )
        ]
    )
    yield (
        f"<p>Calibration error {figure(estimates['calibration_error'])}; "
        f"{figure(estimates['calibration_error_matched'])} once the share of positives is matched. "
        "An interval that begins at 0 does not rule out perfect calibration.</p>\n"
    )
    rows = (
        [f"{row.mean_probability:.3f}", f"{row.share_positive:.3f}", f"{row.n:,}"]
        for row in report.reliability
    )
    head = ["mean probability", f"share {isolated(report.positive)}", "articles"]
    yield _folded("Figures of the diagram", _table("Reliability", head, rows, plain=True))


def _selection(report: Report) -> Iterator[str]:
    if not report.risk_coverage:
        yield "<p>No article was scored.</p>\n"
        return
    ours = report.all.selective
    yield _plots(
        [
            (
                risk_coverage_curve(report),
                "Articles whose probability lies nearest to 0.5 are left out first. The ring is the surer half "
                "of the scored articles, the dot all of them.",
            )
        ]
    )
    yield (
        f"<p>On the wrong side of 0.5: {figure(ours['error'])} of the scored articles, "
        f"{figure(ours['error_at_half'])} of the surer half; the ratio is {figure(ours['ratio'])}.</p>\n"
    )
    rows = ([f"{coverage:.3f}", f"{error:.3f}"] for coverage, error in report.risk_coverage)
    yield _folded(
        "Figures of the curve",
        _table("Risk and coverage", ["share answered", "share wrong among them"], rows, plain=True),
    )


def _curve(report: Report) -> Iterator[str]:
    if not report.roc:
        yield "<p>The scored articles do not carry both labels, so nothing can be said.</p>\n"
        return
    yield _plots(
        [
            (
                roc_curve(report),
                f"Receiver operating characteristic; AUROC {figure(report.all.estimates['auroc'])}.",
            )
        ]
    )
    rows = (
        [
            "none" if math.isnan(point.threshold) else f"{point.threshold:.3f}",
            f"{point.false_positive_rate:.3f}",
            f"{point.true_positive_rate:.3f}",
        ]
        for point in report.roc
    )
    head = ["positive from", "false positive rate", "true positive rate"]
    yield _folded("Figures of the curve", _table("ROC", head, rows, plain=True))


def _publishers(report: Report) -> Iterator[str]:
    known = [row for row in report.by_publisher if row.name is not None]
    if not known:
        yield "<p>No publisher is known, so nothing can be said about publishers.</p>\n"
        return
    plots = [
        (
            publisher_scores(report),
            "A dot a publisher, by its number of articles. Near the diagonal the score agrees with the labels.",
        )
    ]
    if within := publisher_areas(report):
        plots.append((within, "Publishers with articles of both labels: can the score tell those apart?"))
    yield _plots(plots)
    drawn = len(drawn_publishers(report))
    if drawn < len(known):
        yield f'<p class="note">Drawn: {drawn:,} of {len(known):,}, the largest that have a scored article.</p>\n'
    if not within:
        yield '<p class="note">No publisher has scored articles of both labels.</p>\n'
    listed = [*known[:LISTED_PUBLISHERS], *(row for row in report.by_publisher if row.name is None)]
    rows = (
        [
            "<i>without a known publisher</i>" if row.name is None else isolated(row.name),
            f"{row.n_articles:,}",
            f"{row.n_positive:,}",
            f"{row.coverage:.0%}",
            _number(row.mean_probability),
            _number(row.auroc),
        ]
        for row in listed
    )
    head = ["publisher", "articles", "positive", "scored", "mean probability", "AUROC"]
    says = f"The {min(len(known), LISTED_PUBLISHERS)} largest of {len(known):,} publishers"
    yield _folded(says, _table(f"{says}; one publisher is one draw, so there are no intervals", head, rows))


def _corpora(report: Report) -> Iterator[str]:
    head = [
        "corpus",
        "articles",
        "publishers",
        "scored",
        "AUROC",
        "calibration error",
        "matched",
        "error ratio",
    ]
    shown = list(report.by_corpus.items())
    yield _table(
        "Figures of each corpus alone; error ratio: wrong among the surer half as a part of wrong among all",
        head,
        (_corpus(name, measured) for name, measured in shown[:LISTED_CORPORA]),
    )
    if len(shown) > LISTED_CORPORA:
        yield f'<p class="note">The first {LISTED_CORPORA} of {len(shown):,} corpora.</p>\n'
    yield from _not_learned_from(report, head)


def _not_learned_from(report: Report, head: Sequence[str]) -> Iterator[str]:
    found = dict(list(report.other_corpora.items())[:LISTED_CORPORA])
    measured = {name: one for name, one in found.items() if not isinstance(one, str)}
    if measured:
        yield _table(
            "Each corpus as a model of the other corpora scores it",
            head,
            (_corpus(name, one) for name, one in measured.items()),
        )
    if mean := mean_auroc(report):
        yield f'<p class="note">Mean AUROC over {mean[1]} corpora: {mean[0]:.3f}.</p>\n'
    if isinstance(report.later, Measured):
        yield _table(
            "The latest articles as a model of the earlier ones scores them; publishers stand on both sides",
            ["", *head[1:]],
            [_corpus("later", report.later)],
        )
    for name, why in found.items():
        if isinstance(why, str):
            yield f'<p class="note">No figure of {isolated(name)} by the others: {escaped(why)}.</p>\n'
    if isinstance(report.later, str):
        yield f'<p class="note">No figure of later articles: {escaped(report.later)}.</p>\n'


def _corpus(name: str, measured: Measured) -> list[str]:
    return [
        isolated(name),
        f"{measured.n_articles:,}",
        f"{measured.n_publishers:,}",
        f"{measured.coverage:.0%}",
        _cell(measured.estimates["auroc"], bar=True),
        _cell(measured.estimates["calibration_error"]),
        _cell(measured.estimates["calibration_error_matched"]),
        _cell(measured.selective["ratio"]),
    ]


def _coverage(report: Report) -> Iterator[str]:
    whole = report.all
    scored = round(whole.coverage * whole.n_articles)
    yield f"<p>{scored:,} of {whole.n_articles:,} articles ({whole.coverage:.1%}) got a score.</p>\n"
    if report.abstained:
        rows = (
            [escaped(code.replace("_", " ")), f"{n:,}", f"{n / whole.n_articles:.1%}"]
            for code, n in sorted(report.abstained.items(), key=lambda item: -item[1])
        )
        yield _table("Why the others got none", ["reason", "articles", "share"], rows)
    elif report.abstained is None:
        yield (
            '<p class="note">Articles that are never scored (too short, no running text, another language) '
            "were left out before anything was measured.</p>\n"
        )


def _limits(report: Report) -> Iterator[str]:
    yield (
        f"<p>A score is the calibrated probability that an article is labelled {isolated(report.positive)} as "
        "these corpora label it, mostly by who published it. It is no statement about truth. Figures hold for "
        "articles like these: another time, subject or sort of outlet may give others, and the table by corpus "
        "shows how much they differ here. An interval says how much hangs on which publishers were drawn, not "
        "on how the labels came about.</p>\n"
    )


def _plots(drawings: Sequence[tuple[str, str]]) -> str:
    figures = "".join(
        f"<figure>\n{drawing}<figcaption>{caption}</figcaption></figure>\n" for drawing, caption in drawings
    )
    return f'<div class="plots">\n{figures}</div>\n'


def _folded(says: str, inner: str) -> str:
    return f"<details><summary>{escaped(says)}</summary>\n{inner}</details>\n"


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, plain: bool = False) -> str:
    """A table of cells that are HTML already; the first of each row is its heading, unless `plain`."""
    first = "td" if plain else "th"
    scope = "" if plain else ' scope="row"'
    body = "".join(
        f"<tr><{first}{scope}>{row[0]}</{first}>{''.join(f'<td>{cell}</td>' for cell in row[1:])}</tr>\n"
        for row in rows
    )
    heads = "".join(f'<th scope="col">{cell}</th>' if cell else "<td></td>" for cell in head)
    return (
        f'<div class="wide" role="group" tabindex="0" aria-label="{escaped(caption)}">\n<table>\n'
        f"<caption>{escaped(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}</tbody>\n"
        "</table>\n</div>\n"
    )


def _parts(estimate: Estimate) -> tuple[str, str]:
    value, _, interval = figure(estimate).partition(" ")
    return value, interval


def _cell(estimate: Estimate, *, bar: bool = False) -> str:
    value, interval = _parts(estimate)
    if not interval:
        return value
    drawn = ""
    if bar and not math.isnan(estimate.low):
        drawn = f"<br>{interval_bar(estimate.low, estimate.high, estimate.value)}"
    return f"{value}<br><small>{interval}</small>{drawn}"


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.2f}"
