"""What each measure tells, alone: AUROC on each development corpus, its tie to the length, its range in ordinary news.

Writes two files, both generated: docs/measures.md, and classifier/scoring/usual.json, the ranges that reasons call
usual. Takes all families of the registry; a few minutes.
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from measured import ROOT, digest, rows
from scipy.stats import rankdata, spearmanr

from classifier import Document
from classifier.evaluation.duplicates import keep_for_training, near_duplicate_clusters
from classifier.evaluation.intervals import Estimate, bootstrap
from classifier.evaluation.metrics import Tally
from classifier.features.batches import batches
from classifier.features.matrix import matrix, measures_of
from classifier.scoring.abstention import reason_to_abstain
from classifier.signals.extract import extract
from classifier.signals.family import Family, Measure
from classifier.signals.registry import BUILT_IN, load_families

CORPORA = (
    *("recovery", "fakenewsnet_v1", "horne2017", "celebrity", "buzzfeed_fb2016"),
    *("fakehealth_story", "fakehealth_release", "ctfan22_test"),
)
ORDINARY = "allsides_bias"
DRAWS = 500  # of publishers, for an interval
HOLDS = 6  # corpora of the eight on which a measure points the same way
LENGTH = 0.3  # absolute rank correlation with the word count; from there a measure is a proxy for the length
USUAL = (10, 90)  # percentiles
FEW = 5  # articles of an outlet; below, their mean says nothing about it


class Measured(NamedTuple):
    """Articles that a score would be given for, with all measures."""

    documents: list[Document]
    labels: list[str]
    publishers: list[str | None]
    words: np.ndarray  # of the body, (n,)
    X: np.ndarray  # (n, n_measures)


def measured(found: list[dict], families: tuple[Family, ...]) -> Measured:
    """The measures of these rows of a corpus."""
    measures = measures_of(families)
    documents = [Document(str(r["id"]), r["text"], title=r["title"]) for r in found]
    values, words, kept = [], [], []
    for chunk in batches(documents):
        signals, marked = extract(chunk, families)
        values.append(matrix(signals, measures))
        words.append(signals.body_words)
        kept += [reason_to_abstain(one.text) is None for one in marked]
    rows_kept = np.flatnonzero(kept)
    return Measured(
        [documents[i] for i in rows_kept],
        [found[i]["label"] for i in rows_kept],
        [found[i]["publisher"] for i in rows_kept],
        np.concatenate(words)[rows_kept].astype(float),
        np.concatenate(values)[rows_kept],
    )


class Told(NamedTuple):
    """A corpus and what each measure tells on it."""

    name: str
    reliable: int
    unreliable: int
    publishers: int
    estimates: list[Estimate]  # one a measure


def told(name: str, families: tuple[Family, ...]) -> Told:
    """AUROC of each measure for the label unreliable; satire and mixed labels are left out, repeats counted once."""
    # All rows of ctfan22_test carry the name of their source's split; here they are for development.
    labelled = [r for r in rows(name, test=True) if r["label"] in ("reliable", "unreliable")]
    data = measured(labelled, families)
    y = np.array([label == "unreliable" for label in data.labels], float)
    clusters = near_duplicate_clusters([d.raw for d in data.documents])
    keep = np.flatnonzero(keep_for_training(clusters, y.astype(int)).keep)
    publishers = [data.publishers[i] for i in keep]
    estimates = [
        bootstrap(y[keep], ranked(column), publishers, {"auroc": Tally.auroc}, draws=DRAWS)["auroc"]
        for column in data.X[keep].T
    ]
    n = int(y[keep].sum())
    return Told(name, len(keep) - n, n, len({p for p in publishers if p}), estimates)


def ranked(values: np.ndarray) -> np.ndarray:
    """The values as shares of the articles that do not exceed them, nan where undefined: an AUROC reads the order alone."""
    result = np.full(len(values), np.nan)
    known = ~np.isnan(values)
    result[known] = rankdata(values[known]) / max(known.sum(), 1)
    return result


class Ordinary(NamedTuple):
    """A measure on ordinary news."""

    length: float  # rank correlation with the word count; nan where it never varies
    defined: float  # share of articles
    usual: list[float]  # 10th and 90th percentile of articles, every outlet counting the same
    outlets: list[float]  # the same percentiles of the outlets' means


def ordinary(data: Measured) -> list[Ordinary]:
    """Each measure on the articles of ordinary news."""
    sizes = Counter(data.publishers)
    weights = np.array([1 / sizes[p] for p in data.publishers])
    of_outlet = {p: np.flatnonzero([q == p for q in data.publishers]) for p, n in sizes.items() if n >= FEW}
    result = []
    for column in data.X.T:
        known = ~np.isnan(column)
        values = column[known]
        varies = len(values) > 1 and values.min() < values.max()
        means = [np.nanmean(column[i]) for i in of_outlet.values() if known[i].sum() >= FEW]
        result.append(
            Ordinary(
                float(spearmanr(values, data.words[known])[0]) if varies else math.nan,
                float(known.mean()),
                percentiles(values, weights[known]),
                percentiles(np.array(means), np.ones(len(means))),
            )
        )
    return result


def percentiles(values: np.ndarray, weights: np.ndarray) -> list[float]:
    """The smallest values that `USUAL` percent of the weight do not exceed; 0 and 0 where there are none."""
    if not len(values):
        return [0.0, 0.0]
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    places = np.minimum(reached.searchsorted(np.array(USUAL) / 100), len(values) - 1)
    return [float(v) for v in values[order][places]]


def signs(estimates: Sequence[Estimate]) -> tuple[int, int]:
    """On how many corpora a measure is above and below 0.5."""
    return sum(e.value > 0.5 for e in estimates), sum(e.value < 0.5 for e in estimates)


def page(
    families: Sequence[str], measures: Sequence[Measure], corpora: list[Told], news: list[Ordinary], n: int
) -> Iterator[str]:
    """The lines of docs/measures.md."""
    yield "<!-- Generated by `python benchmarks/measures.py`; do not edit. -->"
    yield "# What each measure tells, alone"
    yield (
        "\nGenerated by `python benchmarks/measures.py`. A measure alone is no model: this page says in which direction it points,"
        " where, and how far."
    )
    yield "\n## Corpora\n"
    yield (
        "Articles labelled reliable and unreliable (no satire, no mixed labels) that a score would be given for; near-duplicates"
        " inside a corpus count once."
    )
    yield "\n| corpus | reliable | unreliable | publishers |\n| --- | ---: | ---: | ---: |"
    for c in corpora:
        yield f"| {c.name} | {c.reliable} | {c.unreliable} | {c.publishers or 'unknown'} |"
    yield (
        f"\nOrdinary news: {n} articles of {ORDINARY} without its test part. Hardly any has its headline in the text, so"
        " measures of headlines are undefined for most."
    )
    steady = [
        m.name for i, m in enumerate(measures) if max(signs([c.estimates[i] for c in corpora])) >= HOLDS
    ]
    yield f"\n## Measures that point the same way on at least {HOLDS} of the {len(corpora)} corpora\n"
    yield (
        (", ".join(f"`{name}`" for name in steady) or "None.")
        + f"\n\nThat is {len(steady)} of {len(measures)}; of measures that tell nothing about 29 % would do so by chance."
    )
    for family in (*families, "crossed"):
        own = [i for i, m in enumerate(measures) if m.name.startswith(family + ".")]
        if own:
            yield f"\n## {family}\n"
            yield from _told_table([(measures[i], [c.estimates[i] for c in corpora]) for i in own], corpora)
            yield from _ordinary_table([(measures[i], news[i]) for i in own])


def _told_table(told_by: list[tuple[Measure, list[Estimate]]], corpora: list[Told]) -> Iterator[str]:
    yield (
        "AUROC for the label *unreliable* (above 0.5: higher in unreliable articles), 95 % interval over publishers; bold where"
        f" the interval leaves out 0.5. Signs: corpora above / below 0.5; ★ from {HOLDS} of {len(corpora)} on.\n"
    )
    yield "| measure | " + " | ".join(c.name for c in corpora) + " | signs |"
    yield "| --- |" + " --- |" * (len(corpora) + 1)
    for measure, estimates in told_by:
        above, below = signs(estimates)
        star = " ★" if max(above, below) >= HOLDS else ""
        cells = " | ".join(map(_cell, estimates))
        yield f"| `{measure.name}` | {cells} | {above} / {below}{star} |"


def _cell(e: Estimate) -> str:
    if math.isnan(e.value):
        return "–"
    if math.isnan(e.low):
        return f"{e.value:.2f}"
    text = f"{e.value:.2f} [{e.low:.2f}, {e.high:.2f}]"
    return f"**{text}**" if e.low > 0.5 or e.high < 0.5 else text


def _ordinary_table(on_news: list[tuple[Measure, Ordinary]]) -> Iterator[str]:
    yield (
        "\nOn ordinary news: rank correlation with the number of body words, share of articles where it is defined, 10th to 90th"
        f" percentile of articles (every outlet counting the same) and of outlets' means (of at least {FEW} articles).\n"
    )
    yield "| measure | read by models | length | defined | usual | outlets |\n| --- | --- | ---: | ---: | ---: | ---: |"
    for measure, o in on_news:
        length = (
            "–" if math.isnan(o.length) else f"{o.length:+.2f}" + (" (!)" if abs(o.length) >= LENGTH else "")
        )
        ranges = " | ".join(f"{low:.3g} to {high:.3g}" for low, high in (o.usual, o.outlets))
        yield f"| `{measure.name}` | {'yes' if measure.scored else 'no'} | {length} | {o.defined:.0%} | {ranges} |"


def main() -> None:
    """Measure, and write both files."""
    names = tuple(BUILT_IN)
    families = load_families(names)
    measures = measures_of(families)
    texts = rows(ORDINARY)
    print(f"{len(measures)} measures on {ORDINARY}", file=sys.stderr)
    data = measured(texts, families)
    news = ordinary(data)
    usual = {
        "what": "10th and 90th percentile of each measure in ordinary news, every outlet counting the same;"
        " generated by benchmarks/measures.py",
        "corpus": ORDINARY,
        "articles": len(data.documents),
        "outlets": len(set(data.publishers)),
        "corpus_sha256": digest([r["text"] for r in texts]),
        "lexicons_sha256": {f.name: f.lexicon.sha256 for f in families},
        "measures": {
            m.name: [float(f"{v:.6g}") for v in o.usual]
            for m, o in zip(measures, news, strict=True)
            if o.defined
        },
    }
    path = ROOT / "classifier" / "scoring" / "usual.json"
    path.write_text(json.dumps(usual, indent=1) + "\n", encoding="utf-8")
    print(f"written to {path.relative_to(ROOT)}", file=sys.stderr)
    corpora = []
    for name in CORPORA:
        print(name, file=sys.stderr)
        corpora.append(told(name, families))
    path = ROOT / "docs" / "measures.md"
    path.write_text(
        "\n".join(page(names, measures, corpora, news, len(data.documents))) + "\n", encoding="utf-8"
    )
    print(f"written to {path.relative_to(ROOT)}", file=sys.stderr)
    for m, o in zip(measures, news, strict=True):
        if m.scored and abs(o.length) >= LENGTH:
            print(
                f"{m.name} goes with the length ({o.length:+.2f}); it can't be read by a model",
                file=sys.stderr,
            )


if __name__ == "__main__":
    main()
