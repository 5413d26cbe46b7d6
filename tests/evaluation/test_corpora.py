"""The corpora two collections took from one source are found to overlap."""

import gzip
import json
import os
from pathlib import Path

import numpy as np
import pytest

from classifier.evaluation.duplicates import near_duplicate_clusters

SHARED = Path(os.environ.get("MISINFO_SHARED", Path(__file__).parents[3] / "shared"))


def texts(name: str) -> list[str]:
    path = SHARED / "corpora" / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def test_one_source_seen_twice() -> None:
    first, second = texts("buzzfeed_fb2016"), texts("fakenewsnet_v1")
    clusters = near_duplicate_clusters([*first, *second])
    shared = np.isin(clusters[len(first) :], clusters[: len(first)]).sum()
    # The corpora's README estimates 194 at a Jaccard similarity of 0.7; the looser rule must find them.
    assert 194 <= shared <= 300
