"""The card of a model, written from its manifest and never by hand."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from classifier.models.unsure import Promise

_WHAT = """\
A score is the calibrated probability that an article is like those labelled *{positive}* (against
*{negative}*) in the corpora below. It is no statement about truth, and no verdict on an article or an
outlet."""

_READS = """\
It reads neither publisher, date, address nor title given apart, and no words but those of its lexicons."""

_READS_WORDING = """\
It also reads {n_phrases} runs of one to three words and signs in which names, numbers, dates, addresses and rare words
are replaced by their class: how a text is written, as far as that can be parted from what it is about. It reads neither
publisher, date, address nor title given apart."""

_PROMISED = """\
Asked for at most {risk:.0%} of wrong answers (`--risk`), it gives a score to about {coverage:.0%} of articles like
those it was trained on, and promises that share at {confidence:.0%} confidence for publishers drawn like those of
training."""

_NOTHING_PROMISED = "No share of wrong answers can be promised (`--risk`): there are too few publishers."

_FOLDS = """\
{n_articles} articles of {n_publishers} known publishers, in folds with no publisher and no near-duplicate on
two sides. Intervals are 95 %, by bootstrap over publishers."""

_FOLDS_OF_NOBODY = """\
{n_articles} articles, in folds with no near-duplicate on two sides. No publisher is known, so nothing can be said about
publishers it had not seen. Intervals are 95 %, by bootstrap over articles."""

_LIMITS = """\
Below {body_words} words of body, where less than {running_text:.0%} of them stand in running sentences, and
where most of the text is not in English."""

_UNLIKE = """\
Where the measures lie farther from those of the training articles than those of {false_alarms:.0%} of ordinary news of
that length do."""

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
    yield from ("", _reads(manifest))
    yield from ("", "## What it learned from", "")
    yield from _head("corpus", "articles", "positive", "publishers")
    for d in manifest["data"]:
        yield _row(d["corpus"], d["articles"], d["positive"], d["publishers"] or "unknown")
    left = ", ".join(f"{n} ({why.replace('_', ' ')})" for why, n in manifest["left_out"].items())
    yield from ("", f"Share of positives: {manifest['prevalence']:.3f}. Left out: {left or 'nothing'}.")
    named = report["n_publishers"] > 0
    unseen, folds = ("publishers", _FOLDS) if named else ("articles", _FOLDS_OF_NOBODY)
    yield from ("", f"## How it did on {unseen} it had not seen", "", folds.format_map(report), "")
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
    yield from _not_learned_from(report)
    yield from ("", "## Checks", "")
    for c in report["checks"]:
        yield f"- **{c['code']}**, {c['status'].replace('_', ' ')}: {c['says']}"
    yield from ("", "## When it gives no score", "", _LIMITS.format_map(manifest["thresholds"]))
    if manifest["false_alarms"] is not None:
        yield from ("", _UNLIKE.format_map(manifest))
    yield from ("", *_promised(Promise.from_dict(manifest["promise"])))
    yield from ("", "## Use", "", _USE, "", "## Made with", "")
    made_with = ", ".join(f"{name} {number}" for name, number in manifest["versions"].items())
    options = ", ".join(f"{name}={value}" for name, value in manifest["options"].items())
    yield f"{made_with}; options {options}."


def _reads(manifest: Mapping[str, Any]) -> str:
    if manifest["scorer"] == "signals":
        return _READS
    return _READS_WORDING.format_map(manifest)


def _not_learned_from(report: Mapping[str, Any]) -> Iterator[str]:
    """Corpora and later articles scored by models that had not learned from them."""
    found = {f"{name}, by the other corpora": one for name, one in report["other_corpora"].items()}
    if report["later"] is not None:
        found["the latest articles, by the earlier ones"] = report["later"]
    if not found:
        return
    yield ""
    yield from _head("not learned from", "articles", "AUROC", "interval")
    for says, one in found.items():
        why = one.get("not_applicable")
        yield (
            _row(says, "", "", why)
            if why
            else _row(says, one["n_articles"], *_figure(one["estimates"]["auroc"]))
        )


def _promised(promise: Promise) -> Iterator[str]:
    if promise.lowest is None:
        yield _NOTHING_PROMISED
        return
    risks = [risk for risk in (0.1, 0.2, 0.3) if risk >= promise.lowest]
    for risk in risks or [math.ceil(100 * promise.lowest) / 100]:
        coverage = promise.coverage_for(risk)
        yield _PROMISED.format(risk=risk, coverage=coverage, confidence=promise.confidence)


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
