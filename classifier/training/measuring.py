"""Labelled articles as numbers: measures and masked words, marked in several processes, repeats left out."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from classifier.evaluation.duplicates import keep_for_training, near_duplicate_clusters
from classifier.features.matrix import matrix, scored_measures
from classifier.features.wording import Listed, Tokens, joined, listed_words, narrowed, tokens_of, word_list
from classifier.scoring.abstention import reason_to_abstain
from classifier.signals.extract import extract
from classifier.signals.family import Family
from classifier.signals.registry import load_families
from classifier.text.document import Document
from classifier.text.words import Vocabulary
from classifier.training.labelled import Labelled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

T = TypeVar("T")

CHUNK = 256  # articles a worker gets at a time
FEWEST_FOR_WORKERS = 1024  # articles; starting processes for fewer takes longer than marking them


@dataclass(frozen=True, slots=True)
class Measured:
    """Articles with their measures, after what can't be used was left out."""

    articles: list[Labelled]
    X: Floats  # (n, n_measures)
    y: Ints
    clusters: Ints  # near-duplicate cluster of each
    left_out: dict[str, int]  # reason -> number of articles
    tokens: Tokens | None = None  # masked words under `listed`; None where wording is not read
    listed: tuple[bytes, ...] = ()

    @property
    def texts(self) -> list[str]:
        """The raw texts."""
        return [a.document.raw for a in self.articles]

    @property
    def publishers(self) -> list[str | None]:
        """The publisher of each, None where unknown."""
        return [a.publisher for a in self.articles]

    @property
    def corpora(self) -> list[str]:
        """The corpus of each."""
        return [a.corpus for a in self.articles]

    @property
    def dates(self) -> list[str | None]:
        """The date of each as it was given, None where unknown."""
        return [a.document.meta.get("date") for a in self.articles]


class _Part(NamedTuple):
    """What a worker says of a chunk; the articles that can't be scored are in `refused` alone."""

    X: Floats
    refused: list[str | None]  # code, None for an article that can be scored; one for each of the chunk
    tokens: Tokens | None
    listed: Listed


def measure(
    articles: Sequence[Labelled],
    families: Sequence[str],
    *,
    wording: bool = False,
    clusters: Ints | None = None,
    deduplicate: bool = True,
    workers: int = 1,
) -> Measured:
    """Mark the articles, leave out what is never scored and (if asked) what repeats another article.

    families: names. wording: mask the words too. clusters: near-duplicate cluster of each article, (n,), where they are
    known already. workers: processes; their number does not change the result.
    """
    if clusters is None:
        clusters = near_duplicate_clusters([a.document.raw for a in articles])
    parts = list(_parts([a.document for a in articles], tuple(families), wording, workers))
    refused = [code for part in parts for code in part.refused]
    left: Counter[str] = Counter(code for code in refused if code is not None)
    chosen = np.array([i for i, code in enumerate(refused) if code is None], np.int64)
    X = np.concatenate([np.zeros((0, len(scored_measures(load_families(families))))), *(p.X for p in parts)])
    y = np.array([articles[i].positive for i in chosen.tolist()], np.int64)
    tokens, listed = _together(parts) if wording else (None, ())
    if deduplicate and len(chosen):
        alone = keep_for_training(clusters[chosen], y)
        left["repeats another article"] = alone.n_repeats
        left["repeats one of the other label"] = alone.n_contradictory
        X, y, chosen = X[alone.keep], y[alone.keep], chosen[alone.keep]
        tokens = None if tokens is None else tokens.rows(np.flatnonzero(alone.keep))
    usable = [articles[i] for i in chosen.tolist()]
    return Measured(usable, X, y, clusters[chosen], {k: v for k, v in left.items() if v}, tokens, listed)


def _parts(
    documents: Sequence[Document], families: tuple[str, ...], wording: bool, workers: int
) -> Iterator[_Part]:
    # A worker needs the text alone, and what it sends back is small.
    bare = [Document(d.id, d.raw, d.title) for d in documents]
    chunks = [bare[first : first + CHUNK] for first in range(0, len(bare), CHUNK)]
    if workers == 1 or len(documents) < FEWEST_FOR_WORKERS:
        return (_marked(chunk, families, wording) for chunk in chunks)
    from joblib import Parallel, delayed

    run = Parallel(n_jobs=workers, backend="loky", return_as="generator", batch_size=1)
    found: Iterator[_Part] = run(delayed(_marked)(chunk, families, wording) for chunk in chunks)
    return found


def beside(
    work: Callable[..., T], texts: Sequence[Any], *more: Any, workers: int, **named: Any
) -> Iterator[T]:
    """What `work` makes of many texts, one result: made meanwhile in another process where that pays."""
    if workers == 1 or len(texts) < FEWEST_FOR_WORKERS:
        return (work(texts, *more, **named) for _ in range(1))
    from joblib import Parallel, delayed

    found: Iterator[T] = Parallel(n_jobs=2, backend="loky", return_as="generator")(
        [delayed(work)(texts, *more, **named)]
    )
    return found


def _marked(documents: Sequence[Document], families: tuple[str, ...], wording: bool) -> _Part:
    loaded: tuple[Family, ...] = load_families(families)
    signals, marked = extract(documents, loaded)
    refused = [reason_to_abstain(one.text) for one in marked]
    kept = [i for i, why in enumerate(refused) if why is None]
    texts = [marked[i].text for i in kept]
    listed = listed_words(texts if wording else ())
    tokens = tokens_of(texts, Vocabulary(_own_list(listed))) if wording else None
    X = matrix(signals, scored_measures(loaded))[kept]
    return _Part(X, [None if why is None else why.code for why in refused], tokens, listed)


def _own_list(listed: Listed) -> tuple[bytes, ...]:
    """The words of a chunk: what stands in a single article of it, or in names here, may be otherwise elsewhere."""
    return tuple(sorted(listed.plain))


def _together(parts: Sequence[_Part]) -> tuple[Tokens, tuple[bytes, ...]]:
    """The masked words of all chunks under one list of words."""
    all_listed = Listed(Counter(), Counter())
    for part in parts:
        all_listed.with_more(part.listed)
    listed = word_list(all_listed)
    return joined(
        [narrowed(p.tokens, _own_list(p.listed), listed) for p in parts if p.tokens is not None]
    ), listed


def n_words(texts: Sequence[str]) -> Floats:
    """Words of each text between blanks, (n,)."""
    return np.array([len(text.split()) for text in texts], np.float64)
