"""A corpus as columns: all that the checks ask of its articles, worked out once for any selection of them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from classifier.evaluation.audit.names import names_own_publisher, states_own_label
from classifier.evaluation.audit.phrases import Phrases, repeated_phrases
from classifier.evaluation.audit.traces import Traces, traces
from classifier.evaluation.duplicates import Clusters, IntArray, find_duplicates
from classifier.evaluation.metrics import FloatArray
from classifier.evaluation.splits import day_of
from classifier.text.document import Document
from classifier.text.paragraphs import Zone
from classifier.text.readable import MOJIBAKE, QUOTATION_MARKS_DESTROYED
from classifier.text.segment import Segmented, segment_all

BoolArray: TypeAlias = NDArray[np.bool_]

FEWEST = 20
"""Articles a label needs on either side of a comparison; shares of fewer say little."""
_TOGETHER = 64  # documents segmented in one go
_DAY = 10  # characters of YYYY-MM-DD, before whatever time follows
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")


class Contrast(NamedTuple):
    """One label against all others."""

    label: str
    rows: IntArray
    """The articles with a label."""
    y: FloatArray
    """(len(rows),) 1 where they carry `label`, else 0."""


@dataclass(frozen=True)
class Facts:
    """Columns over n articles."""

    ids: Sequence[str]
    labels: Sequence[str | None]
    publishers: Sequence[str | None]
    corpora: Sequence[str]
    positive: str | None
    """The label to set against all others; None: each is."""
    titled: BoolArray
    day: FloatArray
    """Proleptic day number; nan where there is no date or one that can't be read."""
    written: Sequence[str]
    """How the date is written, digits as 9 and letters as a; empty where there is none."""
    n_words: FloatArray
    """Words between white space, as the rival that knows only the length counts them."""
    exact: IntArray
    near: IntArray
    languages: Sequence[str]
    """ISO 639-1, `und` where unknown."""
    furniture: FloatArray
    """Share of the words that stand outside headline, byline and body; nan without words."""
    traces: Traces
    own_name: BoolArray
    """Whether the text names its own publisher more often than others do."""
    own_label: BoolArray
    """Whether the text states its own label: on a line of its own, in brackets, behind "verdict:"."""
    own_address: BoolArray
    """Whether the text holds its own address; false where that is not known."""
    phrases: Phrases

    def __len__(self) -> int:
        return len(self.ids)

    def rows(self, rows: IntArray) -> "Facts":
        """The same facts of some of the articles."""
        chosen: dict[str, object] = {}
        for name in (f.name for f in fields(self) if f.name != "positive"):
            column = getattr(self, name)
            if isinstance(column, Traces | Phrases):
                chosen[name] = column.rows(rows)
            elif isinstance(column, np.ndarray):
                chosen[name] = column[rows]
            else:
                chosen[name] = [column[i] for i in rows.tolist()]
        return replace(self, **chosen)  # type: ignore[arg-type]

    @cached_property
    def counts(self) -> dict[str, int]:
        """Articles of each label, commonest first."""
        found = Counter(label for label in self.labels if label is not None)
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    @cached_property
    def contrasts(self) -> tuple[Contrast, ...]:
        """The comparisons of labels there are articles enough for; of two labels only one."""
        names = np.array([label or "" for label in self.labels])
        rows = np.flatnonzero([label is not None for label in self.labels])
        wanted = [self.positive] if self.positive is not None else [*reversed(self.counts)]
        if len(self.counts) == 2:
            wanted = wanted[:1]
        found = [Contrast(label, rows, (names[rows] == label).astype(np.float64)) for label in wanted]
        return tuple(c for c in found if FEWEST <= c.y.sum() <= len(c.y) - FEWEST)

    def why_no_contrast(self) -> str:
        """The reason where there is nothing to compare."""
        if not self.counts:
            return "no article has a label"
        if len(self.counts) == 1:
            return f"all labelled articles are {next(iter(self.counts))!r}"
        return f"two labels with {FEWEST} articles each are needed to compare them"


def facts(
    texts: Sequence[str],
    labels: Sequence[str | None],
    publishers: Sequence[str | None],
    dates: Sequence[str | date | None],
    titles: Sequence[str | None],
    corpora: Sequence[str],
    ids: Sequence[str],
    urls: Sequence[str | None],
    positive: str | None,
    near: IntArray | None,
) -> Facts:
    """The columns of n articles; all arguments have length n. near: near-duplicate clusters, None: find them."""
    n = len(texts)
    languages, furniture = [], np.full(n, np.nan)
    damaged: dict[str, list[int]] = {MOJIBAKE: [], QUOTATION_MARKS_DESTROYED: []}
    for i, text in enumerate(_segmented(texts, titles)):
        languages.append(text.language)
        furniture[i] = _share_of_furniture(text)
        for note, rows in damaged.items():
            if note in text.notes:
                rows.append(i)
    clusters = find_duplicates(texts) if near is None else Clusters(_exact(texts, near), near)
    days = [day_of(value[:_DAY] if isinstance(value, str) else value) for value in dates]
    return Facts(
        ids=ids,
        labels=labels,
        publishers=publishers,
        corpora=corpora,
        positive=positive,
        titled=np.array([bool(title and title.strip()) for title in titles], np.bool_),
        day=np.array([np.nan if day is None else day.toordinal() for day in days], np.float64),
        written=[_shape_of(value) for value in dates],
        n_words=np.array([len(text.split()) for text in texts], np.float64),
        exact=clusters.exact,
        near=clusters.near,
        languages=languages,
        furniture=furniture,
        traces=traces(texts, damaged[MOJIBAKE], damaged[QUOTATION_MARKS_DESTROYED]),
        own_name=names_own_publisher(texts, publishers),
        own_label=states_own_label(texts, labels),
        own_address=np.array([_holds(text, url) for text, url in zip(texts, urls, strict=True)], np.bool_),
        phrases=repeated_phrases(texts),
    )


def _segmented(texts: Sequence[str], titles: Sequence[str | None]) -> Iterator[Segmented]:
    for first in range(0, len(texts), _TOGETHER):
        some = zip(texts[first : first + _TOGETHER], titles[first : first + _TOGETHER], strict=True)
        yield from segment_all([Document("", text, title) for text, title in some]).texts


def _share_of_furniture(text: Segmented) -> float:
    words = sum(paragraph.words for paragraph in text.paragraphs)
    return sum(paragraph.words for paragraph in text.zone(Zone.FURNITURE)) / words if words else np.nan


def _exact(texts: Sequence[str], near: IntArray) -> IntArray:
    """Ids of exact copies, which are always near-duplicates: only texts that share a cluster are compared."""
    exact = np.arange(len(texts))
    _, cluster, size = np.unique(near, return_inverse=True, return_counts=True)
    repeated = np.flatnonzero(size[cluster] > 1)
    found = find_duplicates([texts[i] for i in repeated.tolist()]).exact
    _, first = np.unique(found, return_index=True)
    exact[repeated] = repeated[first[found]]
    return exact


def _shape_of(value: str | date | None) -> str:
    if value is None:
        return ""
    return _LETTERS.sub("a", _DIGIT.sub("9", str(value).strip()))


def _holds(text: str, url: str | None) -> bool:
    address = (url or "").strip().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return len(address) > 4 and address.rstrip("/") in text
