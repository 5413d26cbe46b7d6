"""The card of a model, written from its manifest and never by hand."""

from typing import Any


def card(manifest: dict[str, Any]) -> str:
    """Markdown: what the model reads, what it learned from, how it did, what it is and is not for."""
    report = manifest["report"]
    lines = [
        f"# Model card: {manifest['name']}",
        "",
        f"A score is the calibrated probability that an article is like those labelled *{manifest['positive']}* (against"
        f" *{manifest['negative']}*) in the corpora below. It is no statement about truth, and no verdict on an article or"
        " an outlet.",
        "",
        "## What it reads",
        "",
        f"Signal families: {', '.join(manifest['families'])}. Measures, each of which opens to places in the text:",
        "",
        *(
            f"- `{name}`, usually {low:.3g} to {high:.3g}"
            for name, (low, high) in zip(manifest["measures"], manifest["usual"], strict=True)
        ),
        "",
        "It reads neither publisher, date, address nor title given apart, and no words but those of its lexicons.",
        "",
        "## What it learned from",
        "",
        "| corpus | articles | positive | publishers |",
        "|---|---:|---:|---:|",
        *(
            f"| {d['corpus']} | {d['articles']} | {d['positive']} | {d['publishers'] or 'unknown'} |"
            for d in manifest["data"]
        ),
        "",
        f"Share of positives: {manifest['prevalence']:.3f}. Left out: "
        + (
            ", ".join(f"{n} ({why.replace('_', ' ')})" for why, n in manifest["left_out"].items())
            or "nothing"
        )
        + ".",
        "",
        "## How it did on publishers it had not seen",
        "",
        f"{report['n_articles']} articles of {report['n_publishers']} known publishers, in folds with no publisher and no"
        " near-duplicate on two sides. Intervals are 95 %, by bootstrap over publishers.",
        "",
        "| figure | value | interval |",
        "|---|---:|---|",
        *(
            f"| {name.replace('_', ' ')} | {_figure(e['value'])} | {_figure(e['low'])} to {_figure(e['high'])} |"
            for name, e in report["estimates"].items()
        ),
        "",
        "| beside it, on the same articles | AUROC | interval |",
        "|---|---:|---|",
        _rival("this model in random folds, which leak publishers", manifest["random_folds"]),
        *(_rival(name, rival) for name, rival in report["rivals"].items()),
        "",
        "| corpus | articles | AUROC | interval |",
        "|---|---:|---:|---|",
        *(_corpus(name, one) for name, one in report["by_corpus"].items()),
        "",
        "## Checks",
        "",
        *(f"- **{c['code']}**, {c['status'].replace('_', ' ')}: {c['says']}" for c in report["checks"]),
        "",
        "## When it gives no score",
        "",
        f"Below {manifest['thresholds']['body_words']} words of body, where less than"
        f" {manifest['thresholds']['running_text']:.0%} of them stand in running sentences, and where most of the text is"
        " not in English.",
        "",
        "## Use",
        "",
        "For putting articles in an order in which people read them, for showing which marks moved a score, and for"
        " comparing corpora. Not for removing, ranking down or labelling anything without a person reading it, not for"
        " judging authors or outlets, not for text other than English news prose.",
        "",
        "## Made with",
        "",
        ", ".join(f"{name} {number}" for name, number in manifest["versions"].items())
        + "; options "
        + ", ".join(f"{name}={value}" for name, value in manifest["options"].items())
        + ".",
        "",
    ]
    return "\n".join(lines)


def _figure(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}"


def _rival(name: str, rival: dict[str, Any]) -> str:
    if "not_applicable" in rival:
        return f"| {name} | | {rival['not_applicable']} |"
    e = rival["auroc"]
    return f"| {name} | {_figure(e['value'])} | {_figure(e['low'])} to {_figure(e['high'])} |"


def _corpus(name: str, one: dict[str, Any]) -> str:
    e = one["estimates"]["auroc"]
    return f"| {name} | {one['n_articles']} | {_figure(e['value'])} | {_figure(e['low'])} to {_figure(e['high'])} |"
