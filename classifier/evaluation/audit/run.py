"""The audit of a corpus: all checks on all articles, and on each corpus alone where there are several."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np

from classifier.errors import TrainingError
from classifier.evaluation.audit import collecting, metadata, outlets, repeats, wording
from classifier.evaluation.audit.facts import Facts, facts
from classifier.evaluation.audit.finding import Finding
from classifier.evaluation.audit.result import Audit
from classifier.evaluation.duplicates import IntArray
from classifier.evaluation.publishers import count_publishers

CHECKS: Mapping[str, Callable[[Facts], Finding]] = {
    check.__name__: check
    for check in (
        repeats.exact_duplicates,
        repeats.near_duplicates,
        repeats.duplicates_other_label,
        repeats.duplicates_between_corpora,
        outlets.publisher_confound,
        outlets.corpus_confound,
        outlets.few_publishers,
        outlets.dominant_publisher,
        outlets.publisher_in_text,
        wording.publisher_phrases,
        wording.repeated_phrases,
        wording.label_words,
        wording.agency_tags,
        wording.addresses,
        collecting.length_alone,
        metadata.dates_alone,
        metadata.date_format,
        metadata.class_balance,
        metadata.missing_publishers,
        metadata.missing_dates,
        metadata.missing_titles,
        collecting.share_text,
        collecting.footer_text,
        collecting.cut_endings,
        collecting.furniture,
        collecting.quotation_marks,
        collecting.mojibake,
        collecting.markup,
        collecting.layout,
        collecting.languages,
        collecting.short_texts,
    )
}
"""Every check by the code of its finding, in the order of a report."""

_BETWEEN = ("duplicates_between_corpora", "corpus_confound")  # say nothing of one corpus alone


def audit(
    texts: Sequence[str],
    labels: Sequence[str | None],
    *,
    publishers: Sequence[str | None] | None = None,
    dates: Sequence[str | date | None] | None = None,
    titles: Sequence[str | None] | None = None,
    corpora: Sequence[str] | None = None,
    ids: Sequence[str] | None = None,
    urls: Sequence[str | None] | None = None,
    positive: str | None = None,
    clusters: IntArray | None = None,
) -> Audit:
    """What in labelled articles would fool a model that learns from them, or whoever measures it.

    All sequences have the length n of `texts`; None: known of no article. Labels are any strings, None where
    an article has none; with `positive` that label is set against all others, else each against the rest.
    `dates` are read where they begin with YYYY-MM-DD. `corpora` names the file or collection of each article.
    `clusters` are near-duplicate clusters, shape (n,), from `near_duplicate_clusters` where they are known
    already. Deterministic. Raises TrainingError where there is no article or none is labelled `positive`,
    ValueError where the lengths differ.
    """
    n = len(texts)
    nothing = [None] * n
    columns = (
        labels,
        publishers if publishers is not None else nothing,
        dates if dates is not None else nothing,
        titles if titles is not None else nothing,
        corpora if corpora is not None else ["corpus"] * n,
        ids if ids is not None else [str(i) for i in range(n)],
        urls if urls is not None else nothing,
    )
    if any(len(column) != n for column in columns) or (clusters is not None and clusters.shape != (n,)):
        raise ValueError(
            "labels, publishers, dates, titles, corpora, ids, urls and clusters need a length of n"
        )
    if not n:
        raise TrainingError("there is no article to audit; give a corpus with at least one usable text")
    if positive is not None and positive not in labels:
        named = ", ".join(sorted({label for label in labels if label is not None})) or "none"
        raise TrainingError(f"no article is labelled {positive!r}, the labels are {named}; name one of them")
    found = facts(texts, *columns, positive, clusters)
    names = list(dict.fromkeys(found.corpora))
    by_corpus = {}
    if len(names) > 1:
        for name in names:
            alone = found.rows(np.flatnonzero([one == name for one in found.corpora]))
            by_corpus[name] = tuple(check(alone) for code, check in CHECKS.items() if code not in _BETWEEN)
    return Audit(
        n_articles=n,
        labels=found.counts,
        corpora={name: list(found.corpora).count(name) for name in names},
        n_publishers=count_publishers(found.publishers),
        findings=tuple(check(found) for check in CHECKS.values()),
        by_corpus=by_corpus,
    )
