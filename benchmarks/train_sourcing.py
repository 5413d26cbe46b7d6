"""Train the tagger and the linker of the sourcing family and write their arrays.

    python benchmarks/train_sourcing.py --out classifier/signals/sourcing/tagger.npz

Reads the train part of PolNeAR, and the texts (never the labels, never a test part) of the corpora: from these come the
vocabulary, a vector for each word (positive mutual information with its neighbours, reduced by a truncated SVD; Levy &
Goldberg 2014), and a network that guesses hidden words, from which the tagger starts (Devlin et al. 2019, in small). A
wide network trained so labels the texts, and the narrow one that ships learns from those labels and from the gold ones
(Hinton et al. 2015; Kim & Rush 2016). Needs the extra `train` (PyTorch). Prints F1 of the words and of the runs by role
on the dev part; figures of whole attributions come from the checks. The same data, versions and number of threads give
the same file.
"""

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))

import numpy as np
import torch
from measured import SHARED
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix, hstack
from sklearn.decomposition import TruncatedSVD
from sklearn.linear_model import LogisticRegression
from torch import Tensor, nn
from torch.nn import functional

from classifier.signals.scan import Context, Hits, Scanner
from classifier.signals.sourcing.chain import best_path, steps
from classifier.signals.sourcing.columns import (
    CUE_VALUES,
    ENDINGS,
    PAD,
    SHAPE_VALUES,
    TABLES,
    Tokens,
    endings,
    tokens,
)
from classifier.signals.sourcing.cues import CLASSES, LEXICON
from classifier.signals.sourcing.linker import CONTENT, SOURCE, codes, n_codes, pairs, runs
from classifier.signals.sourcing.tagger import COARSE, DILATIONS, LABELS, MOST, Tagger
from classifier.text.document import Document
from classifier.text.segment import Segmented, segment_all
from classifier.text.words import Vocabulary

UNLABELLED = "recovery fakenewsnet_v1 horne2017 celebrity buzzfeed_fb2016 fakehealth_story fakehealth_release allsides_bias"
UNLABELLED += " hyperpartisan_byarticle basil golbeck2018"
TEXTS = 6000  # of each corpus at most
CHARACTERS = 20_000  # of each text at most
FORMS = 30_000  # words of the vocabulary
LEAST = 5  # occurrences of a word in it
CONTEXTS = 3000  # words that count as neighbours
DIMENSIONS = 96  # of a word's vector
GUESSED = 8000  # words that are guessed where they are hidden
TOGETHER = 6000  # words of a batch without labels
ARTICLES = 6  # of a batch with labels
CUT = 0.3  # share of texts that are cut into pieces
FORBIDDEN = -1e4
SOURCE_THRESHOLD, CONTENT_THRESHOLD = 0.3, 0.05
Parts = dict[str, list[list[int]] | None]


class Width(NamedTuple):
    """The size of a network and how it is trained."""

    words: int  # numbers of a word's vector; of each layer too
    dilations: tuple[int, ...]
    drop: float  # share of numbers left out while training
    unknown: float  # share of words made unknown while training
    nameless: float  # the same of words with a capital
    passes: int  # over the articles with gold labels


WIDE = Width(128, (1, 2, 4, 8, 1), 0.4, 0.1, 0.3, 9)
NARROW = Width(40, DILATIONS, 0.1, 0.05, 0.3, 9)


# -- texts


def articles(split: str) -> list[dict[str, Any]]:
    """The articles of one part of PolNeAR."""
    with gzip.open(SHARED / "gold" / "attribution_polnear.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["split"] == split]


def unlabelled(train: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The texts of the corpora and of the train part."""
    for name in UNLABELLED.split():
        kept = 0
        with gzip.open(SHARED / "corpora" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if kept < TEXTS and row.get("lang", "en") == "en" and row.get("split") != "test":
                    kept += 1
                    yield row["text"][:CHARACTERS]
    for row in train:
        yield row["text"]


def scanned(texts: Iterable[str]) -> Iterator[tuple[Context, Hits]]:
    """Contexts and cues of texts, a few texts at a time."""
    scanner = Scanner([LEXICON])
    group: list[Document] = []
    for text in texts:
        group.append(Document("", text))
        if len(group) == 50:
            yield from ((context, hits[0]) for context, hits in scanner.scan_all(segment_all(group)))
            group = []
    if group:
        yield from ((context, hits[0]) for context, hits in scanner.scan_all(segment_all(group)))


# -- words


def word_vectors(texts: Iterable[str]) -> tuple[list[bytes], NDArray[np.float32]]:
    """The commonest words, and a vector for each: words with like neighbours have like vectors."""
    found = [segment_all([Document("", text)]).words.forms for text in texts]
    counts: Counter[bytes] = Counter()
    for forms in found:
        counts.update(forms)
    vocabulary = [form for form, n in counts.most_common(FORMS) if n >= LEAST]
    number = {form: i for i, form in enumerate(vocabulary)}
    ids = [np.fromiter((number.get(form, -1) for form in forms), np.int32, len(forms)) for forms in found]
    blocks = [_information(ids, offset, len(vocabulary)) * weight for offset, weight in _NEIGHBOURS]
    reduction = TruncatedSVD(DIMENSIONS, random_state=0, n_iter=4)
    vectors = reduction.fit_transform(hstack(blocks).tocsr()) / np.sqrt(reduction.singular_values_)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    return vocabulary, vectors.astype(np.float32)


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


# -- columns


class Part:
    """Texts as columns, those of all of them one behind the other, with labels."""

    def __init__(self, texts: Iterable[str], vocabulary: Vocabulary) -> None:
        columns: dict[str, list[NDArray[Any]]] = {name: [] for name in ("word", *TABLES)}
        sentences, documents = [], []
        n_sentences = n_documents = 0
        group: list[tuple[Context, Hits]] = []

        def close() -> None:
            nonlocal n_sentences, n_documents
            contexts, hits = zip(*group, strict=True)
            batch = tokens(contexts, hits, CLASSES, vocabulary)
            for name, parts in columns.items():
                kind = np.int32 if name == "word" else np.int16
                parts.append(batch.inputs[name][batch.rows].astype(kind))
            sentences.append(batch.sentence + n_sentences)
            documents.append(batch.document + n_documents)
            n_sentences += sum(len(context.text.sentences.start) for context in contexts)
            n_documents += len(contexts)
            group.clear()

        for one in scanned(texts):
            group.append(one)
            if len(group) == 200:
                close()
        if group:
            close()
        self.columns = {name: np.concatenate(parts) for name, parts in columns.items()}
        self.sentence = np.concatenate(sentences).astype(np.int32)
        document = np.concatenate(documents)
        first = np.flatnonzero(np.append(True, document[1:] != document[:-1]))
        self.bounds = list(zip(first.tolist(), np.append(first[1:], len(document)).tolist(), strict=True))
        self.empty = {"word": len(vocabulary) + 1, **{name: size - 1 for name, size in TABLES.items()}}
        self.labels = np.zeros(len(document), np.int64)

    def label(self, labels: NDArray[np.int64]) -> "Part":
        """Set the labels; a run that goes on into a sentence begins there anew."""
        first = np.append(True, self.sentence[1:] != self.sentence[:-1])
        self.labels = labels - (first & (labels > 0) & (labels % 2 == 0))
        return self

    def pieces(self, random: np.random.Generator) -> list[tuple[int, int]]:
        """The texts, some of them cut into pieces of a few sentences: short texts must be read as well."""
        result = []
        for first, last in self.bounds:
            if random.random() > CUT:
                result.append((first, last))
                continue
            starts = first + np.flatnonzero(np.diff(self.sentence[first:last], prepend=-1))
            at = 0
            while at < len(starts):
                end = at + int(random.integers(1, 12))
                result.append((int(starts[at]), int(starts[end]) if end < len(starts) else last))
                at = end
        return result

    def rows(self, bounds: Sequence[tuple[int, int]]) -> tuple[dict[str, Tensor], Tensor, NDArray[np.int64]]:
        """Columns of some texts with empty rows around each, the rows that hold a word, and their numbers."""
        at, places = PAD, []
        for first, last in bounds:
            places.append(np.arange(at, at + last - first))
            at += last - first + PAD
        rows = np.concatenate(places)
        numbers = np.concatenate([np.arange(first, last) for first, last in bounds])
        columns = {}
        for name, values in self.columns.items():
            column = np.full(at, self.empty[name])
            column[rows] = values[numbers]
            columns[name] = torch.from_numpy(column)
        return columns, torch.from_numpy(rows), numbers


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


class Gold(NamedTuple):
    """The gold of one part of PolNeAR: its words, their labels, the attributions each is part of."""

    batch: Tokens
    labels: NDArray[np.int64]
    groups: list[set[int]]


def gold_of(rows: list[dict[str, Any]], vocabulary: Vocabulary) -> Gold:
    """Read the gold of some articles."""
    contexts, hits = zip(*scanned(row["text"] for row in rows), strict=True)
    batch = tokens(contexts, hits, CLASSES, vocabulary)
    gold = [gold_labels(c.text, row["attributions"]) for c, row in zip(contexts, rows, strict=True)]
    places = list(zip(batch.document.tolist(), batch.word.tolist(), strict=True))
    return Gold(
        batch,
        np.array([gold[doc][0][word] for doc, word in places]),
        [gold[doc][1][word] for doc, word in places],
    )


# -- the network


class Network(nn.Module):
    """What `Tagger` computes, with real numbers, and the chance to be trained."""

    def __init__(self, forms: Sequence[bytes], vectors: NDArray[np.float32], width: Width) -> None:
        super().__init__()
        n_forms, size = len(vectors), width.words
        self.width = width
        self.n_forms = n_forms
        self.form = nn.Embedding(n_forms + 2, size)
        self.ending = nn.Embedding(ENDINGS, size)
        none = np.zeros((1, vectors.shape[1]), np.float32)
        self.register_buffer("vectors", torch.from_numpy(np.concatenate([none, vectors, none])))
        every = [np.zeros(1, np.int64), endings(forms), np.zeros(1, np.int64), np.arange(ENDINGS)]
        self.register_buffer("endings", torch.from_numpy(np.concatenate(every)))
        self.project = nn.Linear(vectors.shape[1], size, bias=False)
        self.tables = nn.ModuleDict({name: nn.Embedding(n, size) for name, n in TABLES.items()})
        self.bias = nn.Parameter(torch.zeros(size))
        self.layers = nn.ModuleList(
            nn.Conv1d(size, size, 3, dilation=dilation, padding=dilation) for dilation in width.dilations
        )
        self.out = nn.Linear(size, len(LABELS))
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.start = nn.Parameter(torch.zeros(len(LABELS)))
        self.drop = nn.Dropout(width.drop)
        for table in (self.form, self.ending, *self.tables.values()):
            nn.init.normal_(table.weight, 0, 0.03)
        forbidden = torch.zeros(len(LABELS), len(LABELS))
        for label in (2, 4, 6):
            forbidden[:, label] = FORBIDDEN
            forbidden[[label - 1, label], label] = 0
        self.register_buffer("forbidden", forbidden)
        self.register_buffer("no_start", torch.tensor([0.0, 0, FORBIDDEN, 0, FORBIDDEN, 0, FORBIDDEN]))

    def words(self, word: Tensor, ending: Tensor) -> Tensor:
        """The vector of each word: a known one's own; of an unknown one (0) that of its ending, -1 for none."""
        own = self.form(word) + self.project(self.vectors[word]) + self.bias
        spelled = (word == 0) & (ending >= 0)
        return own + spelled[:, None] * self.ending(ending.clamp(min=0))

    def forward(self, columns: dict[str, Tensor], hidden: Tensor | None = None) -> Tensor:
        """The last layer at each row; shape (n_rows, width). Nothing is shown of `hidden` words."""
        word = columns["word"]
        ending = self.endings[word]
        unknown = word > self.n_forms + 1
        if hidden is not None:
            unknown |= hidden
            ending = torch.where(hidden, -1, ending)
        elif self.training:
            shape = columns["signs"] % SHAPE_VALUES // 2
            share = torch.where((shape == 1) | (shape == 2), self.width.nameless, self.width.unknown)
            unknown |= (torch.rand(word.shape) < share) & (word != self.n_forms + 1)
        x = self.words(torch.where(unknown, 0, word), ending)
        for name, table in self.tables.items():
            x = x + table(columns[name].long())
        x = self.drop(torch.relu(x)).T[None]
        for layer in self.layers:
            found = torch.relu(layer(x))
            x = x + self.drop(found.transpose(1, 2)).transpose(1, 2)
        return x[0].T

    def steps(self) -> tuple[Tensor, Tensor]:
        """Scores of the steps from label to label, and of the first label."""
        return self.transitions + self.forbidden, self.start + self.no_start

    def loss(self, scores: Tensor, sentence: NDArray[np.int32], labels: Tensor) -> Tensor:
        """Minus the log-likelihood of the labels of all sentences."""
        walk = steps(sentence)
        word = torch.from_numpy(walk.word)
        transitions, start = self.steps()
        first = walk.active[0]
        before = labels[word[:first]]
        total = scores[word[:first]] + start
        gold = total.gather(1, before[:, None]).sum()
        ended = torch.zeros(())
        end = first
        for n in walk.active[1:]:
            ended = ended + torch.logsumexp(total[n:], 1).sum()
            at = word[end : end + n]
            end += n
            here = labels[at]
            gold = gold + scores[at].gather(1, here[:, None]).sum() + transitions[before[:n], here].sum()
            before = here
            total = torch.logsumexp(total[:n, :, None] + transitions[None], 1) + scores[at]
        return ended + torch.logsumexp(total, 1).sum() - gold


def batches(
    bounds: Sequence[tuple[int, int]], words: int, random: np.random.Generator
) -> list[list[tuple[int, int]]]:
    """Texts in any order, as many together as have that many words."""
    result: list[list[tuple[int, int]]] = [[]]
    size = 0
    for number in random.permutation(len(bounds)):
        if size >= words:
            result.append([])
            size = 0
        result[-1].append(bounds[number])
        size += bounds[number][1] - bounds[number][0]
    return result


def pretrain(network: Network, texts: Part) -> None:
    """Let the network guess hidden words from those around them, once through the texts."""
    random = np.random.default_rng(0)
    head = nn.Linear(network.width.words, GUESSED + 1)
    parameters = [*network.parameters(), *head.parameters()]
    groups = batches(texts.pieces(random), TOGETHER, random)
    optimizer = torch.optim.AdamW(parameters, 2e-3, weight_decay=1e-2)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, len(groups), pct_start=0.05)
    network.drop.p = 0.1
    network.train()
    began, total = time.time(), 0.0
    for number, group in enumerate(groups, 1):
        columns, rows, _ = texts.rows(group)
        hidden = torch.zeros(len(columns["word"]), dtype=torch.bool)
        hidden[rows] = torch.rand(len(rows)) < 0.15
        word = columns["word"][hidden]
        place = columns["place"]
        # The class of the cue would tell the word.
        columns["place"] = torch.where(hidden, place - place % CUE_VALUES, place)
        guess = head(network(columns, hidden)[hidden])
        loss = functional.cross_entropy(guess, torch.where(word <= GUESSED, word, 0).long())
        _step(optimizer, rate, parameters, loss)
        total += float(loss)
        if number % 200 == 0:
            print(
                f"  {number} of {len(groups)} batches, {total / 200:.3f}, {time.time() - began:.0f} s",
                flush=True,
            )
            total = 0.0
    network.drop.p = network.width.drop


def _step(optimizer: Any, rate: Any, parameters: list[Tensor], loss: Tensor) -> None:
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(parameters, 1.0)
    optimizer.step()
    rate.step()


def fit(network: Network, gold: Part, words: int, labelled: Part | None) -> None:
    """Train on the gold, `words` a batch, and between its batches once on all texts labelled by another network."""
    random = np.random.default_rng(0)
    parameters = list(network.parameters())
    plans: list[list[tuple[Part, list[tuple[int, int]]]]] = []
    rest = (
        []
        if labelled is None
        else [(labelled, group) for group in batches(labelled.pieces(random), 2 * TOGETHER, random)]
    )
    for left in range(network.width.passes, 0, -1):
        share = rest[: -(-len(rest) // left)]
        rest = rest[len(share) :]
        plans.append([*((gold, group) for group in batches(gold.pieces(random), words, random)), *share])
    optimizer = torch.optim.AdamW(parameters, 2e-3, weight_decay=1e-2)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, sum(map(len, plans)), pct_start=0.1)
    began = time.time()
    network.train()
    for number, plan in enumerate(plans, 1):
        total, n_words = 0.0, 0
        for place in random.permutation(len(plan)):
            part, group = plan[place]
            columns, rows, numbers = part.rows(group)
            scores = network.out(network(columns)[rows])
            loss = network.loss(scores, part.sentence[numbers], torch.from_numpy(part.labels[numbers]))
            _step(optimizer, rate, parameters, loss / len(numbers))
            total, n_words = total + float(loss), n_words + len(numbers)
        print(f"  pass {number}: {total / n_words:.4f} a word, {time.time() - began:.0f} s", flush=True)


def labels_of(network: Network, part: Part) -> NDArray[np.int64]:
    """The labels of the best paths."""
    labels = np.zeros(len(part.sentence), np.int64)
    network.eval()
    with torch.no_grad():
        transitions, start = (table.numpy() for table in network.steps())
        for group in batches(part.bounds, TOGETHER, np.random.default_rng(0)):
            columns, rows, numbers = part.rows(group)
            scores = network.out(network(columns)[rows]).numpy()
            labels[numbers] = best_path(scores, transitions, start, steps(part.sentence[numbers]))
    return labels


def report(name: str, gold: Gold, labels: NDArray[np.int64]) -> None:
    """F1 of words and of runs, by role."""
    shown = []
    sets = []
    for one in (gold.labels, labels):
        found = runs(gold.batch, one)
        rows = zip(found.role.tolist(), found.first.tolist(), found.last.tolist(), strict=True)
        sets.append(set(rows))
    for role, title in enumerate(("source", "cue", "content")):
        true, marked = ((one + 1) // 2 == role + 1 for one in (gold.labels, labels))
        words = 2 * (true & marked).sum() / (true.sum() + marked.sum())
        a, b = ({run for run in one if run[0] == role} for one in sets)
        shown.append(f"{title} words {words:.3f} runs {2 * len(a & b) / max(1, len(a) + len(b)):.3f}")
    print(f"{name}: " + ", ".join(shown), flush=True)


# -- whole numbers


def arrays_of(network: Network, forms: Sequence[bytes], train: Part) -> dict[str, NDArray[Any]]:
    """The network in whole numbers, as `Tagger` reads it."""
    with torch.no_grad():
        numbers = torch.arange(network.n_forms + 2)
        ending = torch.arange(ENDINGS)
        word = torch.cat(
            [
                network.words(numbers, torch.full_like(numbers, -1)),
                network.words(torch.zeros_like(ending), ending),
            ]
        ).numpy()
        tables = {"word": word, **{name: table.weight.numpy() for name, table in network.tables.items()}}
        # One step between layers is this much; the largest number met in training text still fits.
        largest = 0.0
        for group in batches(train.bounds, TOGETHER, np.random.default_rng(0))[:40]:
            columns, rows, _ = train.rows(group)
            largest = max(largest, float(network.eval()(columns)[rows].max()))
        step = max(largest / MOST, max(np.abs(table).max() for table in tables.values()) / (127 * COARSE))
        arrays: dict[str, NDArray[Any]] = {"forms": np.frombuffer(b"\n".join(forms), np.uint8)}
        for name, table in tables.items():
            arrays[name] = np.rint(table / (step * COARSE)).astype(np.int8)
        for dilation, layer in zip(DILATIONS, network.layers, strict=True):
            kernel = layer.weight.numpy().transpose(2, 1, 0).reshape(-1, network.width.words)
            arrays |= _whole(f"layer_{dilation}", kernel, layer.bias.numpy() / step)
        arrays |= _whole("out", network.out.weight.numpy().T * step, network.out.bias.numpy())
        transitions, start = (table.numpy().astype(np.float32) for table in network.steps())
    return arrays | {"transitions": transitions, "start": start}


def _whole(name: str, kernel: NDArray[np.float32], bias: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    shift = int(np.floor(np.log2(127 / np.abs(kernel).max())))
    scale = 2.0**shift
    return {
        f"{name}_kernel": np.rint(kernel * scale).astype(np.int8),
        f"{name}_bias": np.rint(bias * scale).astype(np.int32),
        f"{name}_shift": np.array(shift, np.int16),
    }


# -- linker


def train_link(gold: Gold, role: int) -> tuple[NDArray[np.float32], float]:
    """Weights and intercept of the pairs of one role."""
    found = runs(gold.batch, gold.labels)
    owners = [set().union(*gold.groups[a:b]) for a, b in zip(found.first, found.last, strict=True)]
    ours, cue, features = pairs(gold.batch, found, role)
    truth = np.array([bool(owners[a] & owners[b]) for a, b in zip(ours, cue, strict=True)])
    places = codes(features)
    matrix = csr_matrix(
        (np.ones(places.size, np.float32), places.ravel(), np.arange(0, places.size + 1, places.shape[1])),
        (len(places), n_codes()),
    )
    model = LogisticRegression(C=0.5, max_iter=400).fit(matrix, truth)
    print(
        f"link {role}: {len(truth)} pairs, {truth.mean():.3f} true, accuracy {model.score(matrix, truth):.4f}"
    )
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.use_deterministic_algorithms(True)
    began = time.time()

    def tell(what: str) -> None:
        print(f"{time.time() - began:6.0f} s  {what}", flush=True)

    rows, dev_rows = articles("train"), articles("dev")
    forms, vectors = word_vectors(unlabelled(rows))
    tell(f"{len(forms)} words with vectors")
    vocabulary = Vocabulary(forms)
    texts = Part(unlabelled(rows), vocabulary)
    tell(f"{len(texts.labels)} words without labels")
    gold, dev_gold = gold_of(rows, vocabulary), gold_of(dev_rows, vocabulary)
    train = Part((row["text"] for row in rows), vocabulary).label(gold.labels)
    dev = Part((row["text"] for row in dev_rows), vocabulary).label(dev_gold.labels)
    words = ARTICLES * len(train.labels) // len(rows)
    torch.manual_seed(0)
    labelled = None
    for width in (WIDE, NARROW):
        network = Network(forms, vectors, width)
        if width is WIDE:
            pretrain(network, texts)
            tell("hidden words")
        fit(network, train, words, labelled)
        report(f"{width.words} wide, dev", dev_gold, labels_of(network, dev))
        tell("trained")
        if width is WIDE:
            labelled = texts.label(labels_of(network, texts))
            tell("labelled")
    arrays = arrays_of(network, forms, train)
    for name, role, threshold in (
        ("link_source", SOURCE, SOURCE_THRESHOLD),
        ("link_content", CONTENT, CONTENT_THRESHOLD),
    ):
        weights, intercept = train_link(gold, role)
        arrays[name] = weights.astype(np.float16)
        arrays[f"{name}_bias"] = np.array([intercept, np.log(threshold / (1 - threshold))], np.float32)
    np.savez_compressed(args.out, **arrays)
    report("as written, dev", dev_gold, Tagger(arrays).labels(dev_gold.batch))
    tell(f"wrote {args.out}, {args.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
