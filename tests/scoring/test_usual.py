"""The ranges of ordinary news: there for every measure a model reads, in order, and in the reasons of a model."""

import json
from importlib import resources

import pytest
from invented_articles import articles

from classifier.features.matrix import scored_measures
from classifier.scoring.usual import usual_ranges
from classifier.signals.registry import BUILT_IN, load_families
from classifier.training import train
from classifier.training.recipe import FEWEST

AGAIN = "run `python benchmarks/measures.py`, which writes the ranges again"


@pytest.mark.parametrize("measure", scored_measures(load_families(BUILT_IN)), ids=lambda m: m.name)
def test_every_scored_measure_has_a_range_inside_its_own(measure):
    assert measure.name in usual_ranges(), AGAIN
    low, high = usual_ranges()[measure.name]
    assert measure.low <= low <= high <= measure.high


def test_the_file_says_where_it_is_from():
    data = json.loads(resources.files("classifier.scoring").joinpath("usual.json").read_text("utf-8"))
    assert data["articles"] > 5000
    assert data["outlets"] > 300
    assert set(data["lexicons_sha256"]) <= set(BUILT_IN)
    assert len(data["corpus_sha256"]) == 64


def test_a_model_calls_usual_what_is_so_in_ordinary_news():
    manifest = train(
        articles(2 * FEWEST),
        name="x",
        positive="unreliable",
        negative="reliable",
        families=("hedges", "sourcing"),
    ).manifest
    for name, given in zip(manifest["measures"], manifest["usual"], strict=True):
        assert tuple(given) == usual_ranges()[name]
