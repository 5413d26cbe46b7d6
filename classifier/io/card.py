"""The card of a model, written from its manifest and never by hand."""

from collections.abc import Iterator, Mapping
from typing import Any

_WHAT = """\
A score is the calibrated probability that an article is like those labelled *{positive}* (against
*{negative}*) in the corpora below. It is no statement about truth, and no verdict on an article or an
outlet."""

_READS = """\
It reads neither publisher, date, address nor title given apart, and no words but those of its lexicons."""

_FOLDS = """\
{n_articles} articles of {n_publishers} known publishers, in folds with no publisher and no near-duplicate on
two sides. Intervals are 95 %, by bootstrap over publishers."""

_LIMITS = """\
Below {body_words} words of body, where less than {running_text:.0%} of them stand in running sentences, and
where most of the text is not in English."""

_USE = """\
For putting articles in an order in which people read them, for showing which marks moved a score, and for
comparing corpora. Not for removing, ranking down or labelling anything without a person reading it, not for
judging authors or outlets, not for text other than English news prose."""


def card(manifest: Mapping[str, Any]) -> str:
    """Markdown: what the model reads, what it learned from, how it did, what it is and is not for."""
    return "\n".join(_lines(manifest)) + "\n"


def _lines(manifest: Mapping[str, Any]) -> Iterator[str]:
    report = manifest["report"]
    yield f"# Model card: {manifest['name']}"
    yield from ("", _WHAT.format_map(manifest))
    yield from ("", "## What it reads", "")
    families = ", ".join(manifest["families"])
    yield f"Signal families: {families}. Measures, each of which opens to places in the text:"
    yield ""
    for name, (low, high) in zip(manifest["measures"], manifest["usual"], strict=True):
        yield f"- `{name}`, usually {low:.3g} to {high:.3g}"
    yield from ("", _READS)
    yield from ("", "## What it learned from", "")
    yield from _head("corpus", "articles", "positive", "publishers")
    for d in manifest["data"]:
        yield _row(d["corpus"], d["articles"], d["positive"], d["publishers"] or "unknown")
    left = ", ".join(f"{n} ({why.replace('_', ' ')})" for why, n in manifest["left_out"].items())
    yield from ("", f"Share of positives: {manifest['prevalence']:.3f}. Left out: {left or 'nothing'}.")
    yield from ("", "## How it did on publishers it had not seen", "", _FOLDS.format_map(report), "")
    yield from _head("figure", "value", "interval")
    for name, e in report["estimates"].items():
        yield _row(name.replace("_", " "), *_figure(e))
    yield ""
    yield from _head("beside it, on the same articles", "AUROC", "interval")
    leaking = manifest["random_folds"]["auroc"]
    yield _row("this model in random folds, which leak publishers", *_figure(leaking))
    for name, rival in report["rivals"].items():
        why = rival.get("not_applicable")
        yield _row(name, "", why) if why else _row(name, *_figure(rival["auroc"]))
    yield ""
    yield from _head("corpus", "articles", "AUROC", "interval")
    for name, one in report["by_corpus"].items():
        yield _row(name, one["n_articles"], *_figure(one["estimates"]["auroc"]))
    yield from ("", "## Checks", "")
    for c in report["checks"]:
        yield f"- **{c['code']}**, {c['status'].replace('_', ' ')}: {c['says']}"
    yield from ("", "## When it gives no score", "", _LIMITS.format_map(manifest["thresholds"]))
    yield from ("", "## Use", "", _USE, "", "## Made with", "")
    made_with = ", ".join(f"{name} {number}" for name, number in manifest["versions"].items())
    options = ", ".join(f"{name}={value}" for name, value in manifest["options"].items())
    yield f"{made_with}; options {options}."


def _head(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield _row("---", *["---:"] * (len(names) - 1))


def _row(*cells: object) -> str:
    # Names of corpora are the user's and may hold what ends a cell.
    return "".join(f"| {str(cell).replace('|', chr(92) + '|')} " for cell in cells) + "|"


def _figure(estimate: Mapping[str, float | None]) -> tuple[str, str]:
    value, low, high = (
        "undefined" if number is None else f"{number:.3f}"
        for number in (estimate["value"], estimate["low"], estimate["high"])
    )
    return value, f"{low} to {high}"
