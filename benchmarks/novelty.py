"""Distances from the training articles compared: false alarms on ordinary news, and texts of other kinds noticed.

The tables in docs/decisions/0011 come from here. The threshold of each distance is set on half of the outlets of
allsides_bias; what is printed was counted on the others, and on corpora that set nothing. ``--write`` writes
classifier/scoring/ordinary.npz, the measures of ordinary news that training sets its threshold on.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from measured import POOL, ROOT, one_core, rows
from sklearn.cluster import KMeans
from sklearn.covariance import LedoitWolf
from sklearn.ensemble import IsolationForest

from classifier import Document
from classifier.features.batches import batches
from classifier.features.matrix import matrix, scored_measures
from classifier.models.novelty import ALARM, EDGES, FEWEST, Novelty, fit_novelty
from classifier.scoring.abstention import reason_to_abstain
from classifier.signals.extract import extract
from classifier.signals.registry import BUILT_IN, load_families

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from other_kinds import OTHER_KINDS

ORDINARY = "allsides_bias"
OTHERS = ("hyperpartisan_byarticle", "basil", "semeval25_narratives_en")
HEALTH = ("fakehealth_story", "fakehealth_release")
CUTS = (80, 110, 150, 220, 320)  # words after which a sentence ends an article cut short
OF_OUTLET = 12  # articles of an outlet that are cut, for the comparison
STORED = 2  # articles of an outlet in ordinary.npz
FAMILIES = load_families(BUILT_IN)
MEASURES = scored_measures(FAMILIES)
Distance = Callable[[np.ndarray], np.ndarray]


class Texts(NamedTuple):
    """Articles that a score would be given for."""

    X: np.ndarray
    words: np.ndarray
    outlets: np.ndarray  # names, "" where unknown
    given: np.ndarray  # numbers of the documents that are left


def measured(texts: list[tuple[str, str]]) -> Texts:
    """Measures of (outlet, text)."""
    X, words, kept = [], [], []
    for chunk in batches(Document(str(i), text) for i, (_, text) in enumerate(texts)):
        signals, marked = extract(chunk, FAMILIES)
        X.append(matrix(signals, MEASURES))
        words.append(signals.body_words)
        kept += [reason_to_abstain(one.text) is None for one in marked]
    k = np.flatnonzero(kept)
    return Texts(
        np.concatenate(X)[k], np.concatenate(words)[k], np.array([outlet for outlet, _ in texts])[k], k
    )


def cut(text: str, words: int) -> str:
    """The beginning of a text, up to the end of a sentence after so many words."""
    for n, word in enumerate(re.finditer(r"\S+", text), 1):
        if n >= words and word.group()[-1] in '.!?"”':
            return text[: word.end()]
    return text


def of_corpus(name: str, labels: tuple[str, ...] = ()) -> Texts:
    """A corpus without its test rows."""
    found = [r for r in rows(name) if not labels or r["label"] in labels]
    return measured([(r["publisher"] or "", r["text"]) for r in found])


def cut_short(n: int, seed: int) -> Texts:
    """Up to n articles of each outlet of ordinary news, cut to each of the lengths."""
    return measured([(r["publisher"], cut(r["text"], k)) for r in chosen(n, seed) for k in CUTS])


def chosen(n: int, seed: int) -> list[dict]:
    """Up to n articles of each outlet of ordinary news."""
    found = rows(ORDINARY)
    seen: Counter[str] = Counter()
    result = []
    for i in np.random.default_rng(seed).permutation(len(found)).tolist():
        seen[found[i]["publisher"]] += 1
        if seen[found[i]["publisher"]] <= n:
            result.append(found[i])
    return result


def standardised(X: np.ndarray, limit: float) -> Distance:
    """Clip to the 1st and 99th percentile for mean and deviation, then z, itself clipped; nan is 0."""
    low, high = np.nanquantile(X, [0.01, 0.99], axis=0)
    clipped = np.clip(X, low, high)
    center, deviation = np.nanmean(clipped, axis=0), np.nanstd(clipped, axis=0)
    deviation[deviation == 0] = 1
    return lambda Y: np.nan_to_num(np.clip((Y - center) / deviation, -limit, limit), nan=0.0)


def ranked(X: np.ndarray) -> Distance:
    """Normal scores of ranks, as the distance that is shipped has them."""
    return fitted(X, X, np.full(len(X), 500), np.arange(len(X))).scores


def fitted(X: np.ndarray, ordinary: np.ndarray, words: np.ndarray, outlets: np.ndarray) -> Novelty:
    """The distance that is shipped."""
    return fit_novelty(X, ordinary, words, np.unique(outlets, return_inverse=True)[1])


def mahalanobis(X: np.ndarray, scaled: Distance) -> Distance:
    """With the shrunk covariance of Ledoit and Wolf 2004."""
    found = LedoitWolf().fit(scaled(X))

    def distance(Y: np.ndarray) -> np.ndarray:
        off = scaled(Y) - found.location_
        return np.sqrt(((off @ found.precision_) * off).sum(axis=1))

    return distance


def neighbours(X: np.ndarray, scaled: Distance) -> Distance:
    """Mean distance to the 5 nearest of 300 prototypes (means of k-means)."""
    centers = KMeans(300, n_init=1, random_state=0).fit(scaled(X)).cluster_centers_

    def distance(Y: np.ndarray) -> np.ndarray:
        Z = scaled(Y)
        squares = (Z**2).sum(axis=1)[:, None] + (centers**2).sum(axis=1) - 2 * Z @ centers.T
        return np.sqrt(np.maximum(np.sort(squares, axis=1)[:, :5], 0)).mean(axis=1)

    return distance


def farthest(scaled: Distance, share: float) -> Distance:
    """Mean over the share of the measures farthest out; 0: the one measure farthest out."""

    def distance(Y: np.ndarray) -> np.ndarray:
        far = np.sort(np.abs(scaled(Y)), axis=1)
        return far[:, -max(1, round(share * far.shape[1])) :].mean(axis=1)

    return distance


def forest(X: np.ndarray) -> Distance:
    """Isolation forest of 200 trees (Liu, Ting and Zhou 2008)."""
    scaled = standardised(X, np.inf)
    trees = IsolationForest(n_estimators=200, random_state=0).fit(scaled(X))
    return lambda Y: -trees.score_samples(scaled(Y))


def distances(X: np.ndarray) -> dict[str, Distance]:
    """All that are compared, fitted on the training articles."""
    z, ranks = standardised(X, 8), ranked(X)
    return {
        "Mahalanobis, shrunk, z": mahalanobis(X, z),
        "Mahalanobis, shrunk, ranks": mahalanobis(X, ranks),
        "largest z": farthest(standardised(X, np.inf), 0),
        "largest, ranks": farthest(ranks, 0),
        "nearest prototypes, z": neighbours(X, z),
        "nearest prototypes, ranks": neighbours(X, ranks),
        "isolation forest (reference)": forest(X),
        "farthest tenth, z": farthest(z, 0.1),
        "farthest twentieth, ranks": farthest(ranks, 0.05),
        "farthest seventh, ranks": farthest(ranks, 0.15),
        "farthest tenth, ranks: shipped": farthest(ranks, 0.1),
    }


def alike_outlets(outlets: np.ndarray) -> np.ndarray:
    """Weights under which every outlet counts the same; an unknown one is the article's own."""
    names = np.where(outlets == "", np.char.add("?", np.arange(len(outlets)).astype(str)), outlets)
    _, code, size = np.unique(names, return_inverse=True, return_counts=True)
    return 1 / size[code]


def share(hit: np.ndarray, outlets: np.ndarray) -> float:
    """Share of the articles, every outlet counting the same."""
    return float(np.average(hit, weights=alike_outlets(outlets)))


def main() -> None:
    """Print the tables, or write the measures of ordinary news."""
    one_core()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    if parser.parse_args().write:
        write()
        return
    pool = [of_corpus(name, ("reliable", "unreliable")) for name in POOL]
    X = np.concatenate([one.X for one in pool])
    whole, short = of_corpus(ORDINARY), cut_short(OF_OUTLET, seed=1)
    outlets = np.unique(whole.outlets)
    half = np.random.default_rng(0).permutation(outlets)[: len(outlets) // 2]
    ordinary = [np.concatenate(pair) for pair in zip(whole[:3], short[:3], strict=True)]
    sets = np.isin(ordinary[2], half)
    others = {name: of_corpus(name) for name in OTHERS} | {name: of_corpus(name) for name in HEALTH}
    kinds = [(kind, text) for kind, texts in OTHER_KINDS.items() for text in texts]
    joined = [
        (kind, "\n\n".join(texts * (1 if len(texts) > 1 else 2))) for kind, texts in OTHER_KINDS.items()
    ]
    strange, stranger = measured(kinds), measured(joined)
    lengths = [(a, b) for a, b in pairwise(EDGES) if ((ordinary[1] >= a) & (ordinary[1] < b)).sum() >= FEWEST]
    print(f"{len(X)} training articles, {len(MEASURES)} measures; stated rate {ALARM:.0%}", flush=True)
    print(
        f"{len(strange.X)} of {len(kinds)} texts of other kinds would be scored, {len(stranger.X)} of {len(joined)} joined"
    )
    print(
        "| distance | "
        + " | ".join(f"{max(a, 75)} to {b:g}" for a, b in lengths)
        + " | whole | "
        + " | ".join(others)
        + " | noticed | joined |"
    )
    for name, distance in distances(X).items():
        reached = distance(ordinary[0])
        limit = fitted_limit(reached[sets], *(part[sets] for part in ordinary[1:]))
        alarm = reached > limit(ordinary[1])
        cells = []
        for a, b in lengths:
            of_length = ~sets & (ordinary[1] >= a) & (ordinary[1] < b)
            cells.append(share(alarm[of_length], ordinary[2][of_length]))
        fresh = ~np.isin(whole.outlets, half)
        cells.append(share(distance(whole.X[fresh]) > limit(whole.words[fresh]), whole.outlets[fresh]))
        for one in others.values():
            new = ~np.isin(one.outlets, half)
            cells.append(share(distance(one.X[new]) > limit(one.words[new]), one.outlets[new]))
        noticed = distance(strange.X) > limit(strange.words)
        noticed_joined = distance(stranger.X) > limit(stranger.words)
        print(
            f"| {name} | "
            + " | ".join(f"{c:.1%}" for c in cells)
            + f" | {noticed.sum()} | {noticed_joined.sum()} |",
            flush=True,
        )
    for told, (found, texts, hit) in {
        "alone": (strange, kinds, noticed),
        "joined": (stranger, joined, noticed_joined),
    }.items():
        print(f"{told}, missed:", ", ".join(texts[i][0] for i in found.given[~hit].tolist()))
        left = sorted(set(range(len(texts))) - set(found.given.tolist()))
        print(f"{told}, not scored anyhow:", ", ".join(texts[i][0] for i in left))


def fitted_limit(reached: np.ndarray, words: np.ndarray, outlets: np.ndarray) -> Distance:
    """The threshold by length, set as `fit_novelty` sets it, for any distance."""
    middles, limits = [], []
    for a, b in pairwise(EDGES):
        k = np.flatnonzero((words >= a) & (words < b))
        if len(k) >= FEWEST:
            order = k[np.argsort(reached[k], kind="stable")]
            weight = alike_outlets(outlets[order])
            above = 1 - np.cumsum(weight) / weight.sum()
            middles.append(np.log(np.median(words[k])))
            limits.append(reached[order][np.argmax(above <= ALARM)])
    falling = np.minimum.accumulate(limits)
    return lambda n: np.interp(np.log(n), middles, falling)


def write() -> None:
    """Write classifier/scoring/ordinary.npz; the same corpus and marks give the same bytes."""
    articles = chosen(STORED, seed=2)
    found = measured(
        [(r["publisher"], text) for r in articles for text in (r["text"], *(cut(r["text"], k) for k in CUTS))]
    )
    path = ROOT / "classifier" / "scoring" / "ordinary.npz"
    np.savez_compressed(
        path,
        X=found.X.astype(np.float32),
        words=found.words.astype(np.int32),
        outlets=np.unique(found.outlets, return_inverse=True)[1].astype(np.int16),
        names=np.array([m.name for m in MEASURES]),
        families=np.array([f"{f.name} {f.lexicon.sha256}" for f in FAMILIES]),
    )
    print(f"{found.X.shape} written to {path.relative_to(ROOT)}, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
