"""No measure that a model reads is the length of the article in disguise."""

import gzip
import json

import numpy as np
import pytest
from scipy.stats import spearmanr

from classifier import Document
from classifier.features.batches import batches
from classifier.features.matrix import matrix, scored_measures
from classifier.signals.extract import extract
from classifier.signals.registry import BUILT_IN, load_families

HIGHEST = 0.3  # absolute rank correlation with the number of body words
EVERY = 3  # article is read


@pytest.fixture(scope="module")
def ordinary(shared):
    """Measure -> values, and the body words, of ordinary news without its test part."""
    path = shared / "corpora" / "allsides_bias.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [row["text"] for row in map(json.loads, lines) if row["split"] != "test"][::EVERY]
    families = load_families(BUILT_IN)
    measures = scored_measures(families)
    values, words = [], []
    for chunk in batches(Document(str(i), text) for i, text in enumerate(texts)):
        signals, _ = extract(chunk, families)
        values.append(matrix(signals, measures))
        words.append(signals.body_words)
    X = np.concatenate(values)
    return {m.name: X[:, i] for i, m in enumerate(measures)}, np.concatenate(words)


@pytest.mark.parametrize("name", [m.name for m in scored_measures(load_families(BUILT_IN))])
def test_a_scored_measure_does_not_go_with_the_length(ordinary, name):
    values, words = ordinary
    known = ~np.isnan(values[name])
    assert known.sum() > 1000
    assert abs(spearmanr(values[name][known], words[known])[0]) < HIGHEST, (
        f"{name} goes with the length: control it, or describe it only (scored=False) and say so on the page"
    )
