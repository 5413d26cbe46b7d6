"""What is usual: the range of each built-in measure in ordinary news, for reasons.

Labelled corpora are half false articles or collected around one subject; a range taken from them would call usual
what no ordinary article has. ``usual.json`` holds the 10th and 90th percentile over articles of several hundred
outlets, every outlet counting the same; `benchmarks/measures.py` writes it.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def usual_ranges() -> Mapping[str, tuple[float, float]]:
    """Measure -> 10th and 90th percentile in ordinary news; measures of other packages are not there."""
    data = json.loads(resources.files(__package__).joinpath("usual.json").read_text(encoding="utf-8"))
    return {name: (low, high) for name, (low, high) in data["measures"].items()}
