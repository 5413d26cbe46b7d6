"""Train the tagger and the linker for the sourcing family: an experiment, see docs/decisions/0009.

    python benchmarks/attribution/training.py --out FILE [--jobs 2] [--algorithm ap]

Reads the train part of PolNeAR, and the texts (not the labels) of the corpora for the classes of like words. Needs the
extra `train` (python-crfsuite). Takes about 15 minutes on two cores and 8 GB; the same data gives the same file.
Prints F1 of the words and of the runs by role on the dev part; figures of whole attributions come from the checks.
"""

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from measured import SHARED

# Each process is one thread; the jobs share the cores.
os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import numpy as np
import pycrfsuite
from attributions import CLASSES
from chain import best_path, probabilities, steps
from joblib import Parallel, delayed
from linker import CONTENT, SOURCE, codes, n_codes, pairs, runs
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix, hstack
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.linear_model import LogisticRegression
from tagger import Tagged
from templates import (
    FIRST,
    LABELS,
    LEXICAL,
    SECOND,
    SORTS,
    Template,
    first_columns,
    numbers,
    second_columns,
    space,
)
from tokens import PAD, Column, Tokens, tokens

from classifier.signals.extract import scanner
from classifier.signals.scan import Context, Hits
from classifier.signals.sourcing import FAMILY
from classifier.text.document import Document
from classifier.text.segment import Segmented, segment_all
from classifier.text.words import Vocabulary

UNLABELLED = "recovery fakenewsnet_v1 horne2017 celebrity buzzfeed_fb2016 fakehealth_story fakehealth_release allsides_bias"
UNLABELLED += " hyperpartisan_byarticle basil golbeck2018"
TEXTS = 6000  # of each corpus at most
FORMS = 30_000  # words of the vocabulary
CONTEXTS = 3000  # words that count as neighbours
DIMENSIONS = 80
FOLDS = 4
LEAST = 3  # occurrences of a feature that is kept
SETTINGS: dict[str, dict[str, float]] = {
    "lbfgs": {"c1": 0.4, "c2": 0.03, "max_iterations": 90},  # penalised likelihood
    "ap": {"max_iterations": 12},  # averaged perceptron (Collins 2002): five times as fast
}
SCALES = {
    "lbfgs": 1.0,
    "ap": 1 / 300,
}  # a perceptron has no scale of its own; this one is near that of the other
FORBIDDEN = -40.0  # score of a step that cannot be: I behind O or behind another role
SOURCE_THRESHOLD, CONTENT_THRESHOLD = 0.3, 0.05
Parts = dict[str, list[list[int]] | None]


def articles(split: str) -> list[dict[str, Any]]:
    """Rows of one part of PolNeAR."""
    path = SHARED / "gold" / "attribution_polnear.jsonl.gz"
    if not path.is_file():
        raise SystemExit(f"{path} is not there; set MISINFO_SHARED to the folder that holds gold/")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["split"] == split]


def scanned(texts: Iterable[str]) -> tuple[list[Context], list[Hits]]:
    """Texts with the hits of the family's lexicon."""
    contexts, hits = [], []
    scan = scanner((FAMILY,)).scan_all
    for text in texts:
        for context, found in scan(segment_all([Document("", text)])):
            contexts.append(context)
            hits.append(found[0])
    return contexts, hits


# -- classes of like words


def unlabelled(train: Sequence[dict[str, Any]]) -> Iterator[list[bytes]]:
    """The words of each text of the corpora and of the train part."""
    for name in UNLABELLED.split():
        with gzip.open(SHARED / "corpora" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for _, line in zip(range(TEXTS), lines, strict=False):
                row = json.loads(line)
                if row.get("lang", "en") == "en":
                    yield segment_all([Document("", row["text"])]).words.forms
    for row in train:
        yield segment_all([Document("", row["text"])]).words.forms


def word_classes(texts: list[list[bytes]]) -> tuple[list[bytes], dict[int, NDArray[np.int16]]]:
    """The commonest words, and for each number of SORTS the class of each: words with like neighbours.

    Positive pointwise mutual information with the words one and two places to either side, reduced by a truncated
    SVD (Levy & Goldberg 2014), then k-means.
    """
    counts: Counter[bytes] = Counter()
    for forms in texts:
        counts.update(forms)
    vocabulary = [form for form, n in counts.most_common(FORMS) if n >= 5]
    number = {form: i for i, form in enumerate(vocabulary)}
    ids = [np.fromiter((number.get(form, -1) for form in forms), np.int32, len(forms)) for forms in texts]
    blocks = [_information(ids, offset, len(vocabulary)) * weight for offset, weight in _NEIGHBOURS]
    reduction = TruncatedSVD(DIMENSIONS, random_state=0, n_iter=4)
    vectors = reduction.fit_transform(hstack(blocks).tocsr()) / np.sqrt(reduction.singular_values_)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    classes = {}
    for n in SORTS:
        means = MiniBatchKMeans(n, random_state=0, n_init=3, batch_size=4096, max_iter=60)
        classes[n] = means.fit_predict(vectors.astype(np.float32)).astype(np.int16)
    return vocabulary, classes


_NEIGHBOURS = ((1, 1.0), (-1, 1.0), (2, 0.5), (-2, 0.5))


def _information(ids: list[NDArray[np.int32]], offset: int, n_forms: int) -> csr_matrix:
    """Positive mutual information of words and their neighbours at an offset; shape (n_forms, CONTEXTS + 1)."""
    words, near = [], []
    for text in ids:
        own, other = (text[:-offset], text[offset:]) if offset > 0 else (text[-offset:], text[:offset])
        kept = own >= 0
        words.append(own[kept])
        near.append(np.where((other >= 0) & (other < CONTEXTS), other, CONTEXTS)[kept])
    place = np.concatenate(words), np.concatenate(near)
    table = coo_matrix((np.ones(len(place[0]), np.float32), place), (n_forms, CONTEXTS + 1)).tocsr()
    total = table.sum()
    rows = np.asarray(table.sum(1)).ravel()
    columns = np.asarray(table.sum(0)).ravel() ** 0.75  # smoothed, or rare neighbours weigh too much
    columns *= total / columns.sum()
    table = table.tocoo()
    value = np.log(table.data * total / (rows[table.row] * columns[table.col]))
    kept = value > 0
    return csr_matrix((value[kept], (table.row[kept], table.col[kept])), table.shape)


# -- gold labels


def word_spans(text: Segmented) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Where each word begins and ends in the raw text."""
    start, end = text.words.start, text.words.end
    back = text.readable.back
    return (start, end) if back is None else (back[0, start], back[1, end - 1])


def inside(spans: tuple[NDArray[np.int32], NDArray[np.int32]], parts: list[list[int]] | None) -> list[int]:
    """The words that lie in a gold span."""
    start, end = spans
    found: set[int] = set()
    for first, last in parts or []:
        found.update(range(int(end.searchsorted(first, "right")), int(start.searchsorted(last, "left"))))
    return sorted(found)


def gold_labels(text: Segmented, attributions: list[Parts]) -> tuple[NDArray[np.int64], list[set[int]]]:
    """The label of each word, and the attributions each word is part of."""
    spans = word_spans(text)
    labels = np.zeros(len(spans[0]), np.int64)
    groups: list[set[int]] = [set() for _ in labels]
    for number, attribution in enumerate(attributions):
        for role, name in enumerate(("source", "cue", "content")):
            previous = -2
            for word in inside(spans, attribution[name]):
                groups[word].add(number)
                if not labels[word]:
                    labels[word] = 1 + 2 * role + (word == previous + 1)
                    previous = word
    return labels, groups


class Part:
    """One part of the corpus: its words as columns, with gold labels and groups."""

    def __init__(self, rows: list[dict[str, Any]], vocabulary: Vocabulary, sorts: dict[str, Column]) -> None:
        contexts, hits = scanned(row["text"] for row in rows)
        self.batch: Tokens = tokens(contexts, hits, CLASSES, vocabulary)
        self.columns = first_columns(self.batch, sorts, vocabulary[b"that"])
        gold = [gold_labels(c.text, row["attributions"]) for c, row in zip(contexts, rows, strict=True)]
        places = list(zip(self.batch.document.tolist(), self.batch.word.tolist(), strict=True))
        self.labels = np.array([gold[doc][0][word] for doc, word in places])
        self.groups = [gold[doc][1][word] for doc, word in places]
        self.sentence = self.batch.sentence[self.batch.rows]
        self.walk = steps(self.sentence)
        self.fold = np.random.default_rng(0).integers(0, FOLDS, len(rows))[self.batch.document]

    def matrix(self, templates: Sequence[Template], columns: dict[str, Column]) -> NDArray[np.uint32]:
        """The number of each template at each word."""
        at = self.batch.rows - PAD
        return np.stack([numbers(template, columns)[at] for template in templates], 1)


# -- chains


class Chain:
    """A trained chain: weights of the numbers of each template, and of the steps."""

    def __init__(self, model: str, n_templates: int, scale: float) -> None:
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        info = tagger.info()
        found: list[dict[int, NDArray[np.float32]]] = [{} for _ in range(n_templates)]
        for (feature, label), weight in info.state_features.items():
            template, number = map(int, feature.split(":"))
            row = found[template].setdefault(number, np.zeros(len(LABELS), np.float32))
            row[int(label)] = weight * scale
        self.weights = [dict(sorted(one.items())) for one in found]
        self.transitions = np.full((len(LABELS), len(LABELS)), FORBIDDEN, np.float32)
        for (before, after), weight in info.transitions.items():
            self.transitions[int(before), int(after)] = weight * scale
        self.start = np.zeros(len(LABELS), np.float32)
        self.start[2::2] = FORBIDDEN

    def scores(self, matrix: NDArray[np.uint32], templates: Sequence[Template]) -> NDArray[np.float32]:
        """Scores of the labels at each word."""
        result = np.zeros((len(matrix), len(LABELS)), np.float32)
        for column, (template, weights) in enumerate(zip(templates, self.weights, strict=True)):
            table = np.zeros((space(template), len(LABELS)), np.float32)
            if weights:
                table[list(weights)] = list(weights.values())
            result += table[matrix[:, column]]
        return result


def train_chain(part: Part, matrix: NDArray[np.uint32], algorithm: str, left_out: int | None = None) -> Chain:
    """A conditional random field over the sentences of a part, one fold left out (Lafferty, McCallum & Pereira 2001)."""
    trainer = pycrfsuite.Trainer(algorithm, verbose=False)
    begins = np.flatnonzero(np.append(True, part.sentence[1:] != part.sentence[:-1]))
    for first, last in zip(begins, [*begins[1:], len(matrix)], strict=True):
        if part.fold[first] != left_out:
            rows = [[f"{i}:{number}" for i, number in enumerate(row)] for row in matrix[first:last].tolist()]
            trainer.append(pycrfsuite.ItemSequence(rows), [str(n) for n in part.labels[first:last]])
    trainer.set_params({"feature.minfreq": LEAST, **SETTINGS[algorithm]})
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "chain.crfsuite")
        trainer.train(path)
        return Chain(path, matrix.shape[1], SCALES[algorithm])


def found_by(
    chain: Chain, part: Part, scores: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Labels and probabilities of a chain."""
    return (
        best_path(scores, chain.transitions, chain.start, part.walk),
        probabilities(scores, chain.transitions, chain.start, part.walk),
    )


def report(name: str, part: Part, labels: NDArray[np.int64]) -> None:
    """F1 of words and of runs, by role."""
    shown = []
    for role, title in enumerate(("source", "cue", "content")):
        gold, marked = ((one + 1) // 2 == role + 1 for one in (part.labels, labels))
        words = 2 * (gold & marked).sum() / (gold.sum() + marked.sum())
        batch = [
            Tagged(part.batch, part.columns, one, np.zeros((0, 0), np.float32))
            for one in (part.labels, labels)
        ]
        sets = []
        for tagged in batch:
            found = runs(tagged)
            ours = found.role == role
            sets.append(set(zip(found.first[ours].tolist(), found.last[ours].tolist(), strict=True)))
        exact = 2 * len(sets[0] & sets[1]) / max(1, len(sets[0]) + len(sets[1]))
        shown.append(f"{title} words {words:.3f} runs {exact:.3f}")
    print(f"{name}: " + ", ".join(shown), flush=True)


# -- linker


def train_link(part: Part, labels: NDArray[np.int64], role: int) -> tuple[NDArray[np.float32], float]:
    """Weights and intercept of the pairs of one role."""
    tagged = Tagged(part.batch, part.columns, labels, np.zeros((0, 0), np.float32))
    found = runs(tagged)
    owners = [
        set().union(*part.groups[first:last]) for first, last in zip(found.first, found.last, strict=True)
    ]
    ours, cue, features = pairs(tagged, found, role)
    truth = np.array([bool(owners[a] & owners[b]) for a, b in zip(ours, cue, strict=True)])
    places = codes(features)
    matrix = csr_matrix(
        (np.ones(places.size, np.float32), places.ravel(), np.arange(0, places.size + 1, places.shape[1])),
        (len(places), n_codes()),
    )
    model = LogisticRegression(C=0.5, max_iter=400).fit(matrix, truth)
    print(
        f"link {role}: {len(truth)} pairs, {truth.mean():.3f} true, accuracy {model.score(matrix, truth):.4f}",
        flush=True,
    )
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


# -- all of it


def packed(chains: Sequence[Chain], first: int, last: int) -> dict[str, NDArray[Any]]:
    """Numbers and weights of templates `first` to `last`, those of several chains side by side."""
    sizes, found, rows = [], [], []
    none = np.zeros(len(LABELS), np.float32)
    for template in range(first, last):
        seen = sorted(set().union(*(chain.weights[template] for chain in chains)))
        sizes.append(len(seen))
        found += seen
        rows += [np.concatenate([chain.weights[template].get(n, none) for chain in chains]) for n in seen]
    return {
        "sizes": np.array(sizes, np.int32),
        "numbers": np.array(found, np.int32),
        "weights": np.array(rows, np.float16).reshape(len(found), len(chains) * len(LABELS)),
    }


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--algorithm", choices=SETTINGS, default="lbfgs")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    began = time.time()

    def tell(what: str) -> None:
        print(f"{time.time() - began:6.0f} s  {what}", flush=True)

    rows = articles("train")
    forms, classes = word_classes(list(unlabelled(rows)))
    tell(f"{len(forms)} words in classes")
    vocabulary = Vocabulary(forms)
    # Number 0 is a word outside the vocabulary, the last one an empty row.
    sorts = {f"sort_{n}": np.concatenate([[n], classes[n], [n + 1]]).astype(np.int32) for n in SORTS}
    train, dev = Part(rows, vocabulary, sorts), Part(articles("dev"), vocabulary, sorts)
    shared = (*LEXICAL, *FIRST)
    matrix = train.matrix(shared, train.columns)
    tell(f"{matrix.shape[0]} words, {matrix.shape[1]} templates")
    left_out = [*range(FOLDS), None]
    chains = Parallel(args.jobs)(
        delayed(train_chain)(train, matrix, args.algorithm, fold) for fold in left_out
    )
    tell("first pass")
    # What the first pass finds in text it was not trained on: one fold at a time.
    labels = np.zeros(len(matrix), np.int64)
    sureness = np.zeros((len(matrix), len(LABELS)), np.float32)
    for fold, chain in enumerate(chains[:FOLDS]):
        own = train.fold == fold
        labels[own], sureness[own] = (
            values[own] for values in found_by(chain, train, chain.scores(matrix, shared))
        )
    first = chains[FOLDS]
    report("first pass, train, fold by fold", train, labels)
    dev_matrix = dev.matrix(shared, dev.columns)
    dev_labels, dev_sureness = found_by(first, dev, first.scores(dev_matrix, shared))
    report("first pass, dev", dev, dev_labels)
    columns = second_columns(train.batch, train.columns, labels, sureness)
    dev_columns = second_columns(dev.batch, dev.columns, dev_labels, dev_sureness)
    both = (*shared, *SECOND)
    second = train_chain(train, np.hstack([matrix, train.matrix(SECOND, columns)]), args.algorithm)
    tell("second pass")
    scores = second.scores(np.hstack([dev_matrix, dev.matrix(SECOND, dev_columns)]), both)
    report("second pass, dev", dev, found_by(second, dev, scores)[0])
    links = {}
    for name, role, threshold in (
        ("link_source", SOURCE, SOURCE_THRESHOLD),
        ("link_content", CONTENT, CONTENT_THRESHOLD),
    ):
        weights, intercept = train_link(train, train.labels, role)
        links[name] = weights.astype(np.float16)
        links[f"{name}_bias"] = np.array([intercept, np.log(threshold / (1 - threshold))], np.float32)
    arrays = {
        "forms": np.frombuffer(b"\n".join(forms), np.uint8),
        **{name: table.astype(np.int16) for name, table in sorts.items()},
        "transitions": np.stack([first.transitions, second.transitions]),
        "start": np.stack([first.start, second.start]),
        **links,
    }
    bounds = (0, len(LEXICAL), len(shared), len(both))
    for i, (name, used) in enumerate(
        (("lexical", [first, second]), ("first", [first, second]), ("second", [second]))
    ):
        arrays |= {f"{name}_{key}": array for key, array in packed(used, bounds[i], bounds[i + 1]).items()}
    np.savez_compressed(args.out, **arrays)
    tell(f"wrote {args.out}, {args.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
