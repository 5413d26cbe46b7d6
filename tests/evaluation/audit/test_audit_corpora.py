"""The flaws that the shared corpora are known for are found, and sound ones are left alone."""

import gzip
import json
from functools import cache
from pathlib import Path

import pytest

from classifier.evaluation.audit import Audit, Finding, audit

RANK = {None: 0, "low": 1, "medium": 2, "high": 3}

# corpus, check, least severity, and what the corpora's README says of it
KNOWN = [
    ("recovery", "publisher_confound", "high", {"one_label": (1.0, 1.0), "rule": (0.99, 1.0)}),
    ("recovery", "exact_duplicates", "medium", {"articles": (119, 119)}),
    ("recovery", "publisher_in_text", "medium", {}),
    ("recovery", "agency_tags", "low", {}),
    ("recovery", "mojibake", "low", {}),
    ("recovery", "label_words", "low", {}),
    ("fakenewsnet_v1", "share_text", "medium", {}),
    ("fakenewsnet_v1", "agency_tags", "medium", {}),
    ("fakenewsnet_v1", "cut_endings", "medium", {}),
    ("horne2017", "length_alone", "high", {}),
    ("horne2017", "repeated_phrases", "medium", {}),
    ("golbeck2018", "publisher_in_text", "high", {"share": (0.9, 1.0)}),
    ("golbeck2018", "addresses", "high", {"share": (0.9, 1.0)}),
    ("golbeck2018", "near_duplicates", "medium", {"articles": (16, 20)}),
    ("buzzfeed_fb2016", "quotation_marks", "high", {"share": (0.24, 1.0)}),
    ("buzzfeed_fb2016", "agency_tags", "medium", {}),
    ("buzzfeed_fb2016", "duplicates_other_label", "medium", {"articles": (26, 60)}),
    ("fakehealth_story", "exact_duplicates", "medium", {"articles": (39, 39)}),
    ("fakehealth_story", "duplicates_other_label", "medium", {"clusters": (2, 2)}),
    ("fakehealth_story", "length_alone", "medium", {"auroc": (0.65, 0.71)}),
    ("fakehealth_story", "agency_tags", "low", {}),
    ("fakebr", "length_alone", "high", {"auroc": (0.975, 0.985)}),
    ("fakebr", "languages", "high", {"share": (0.99, 1.0)}),
    ("fakebr", "missing_dates", "high", {}),
    ("fakebr", "publisher_confound", "high", {"one_label": (1.0, 1.0)}),
    ("fakebr", "dominant_publisher", "high", {}),
    ("snopes312", "quotation_marks", "high", {}),
]
SOUND = [
    ("celebrity", "length_alone"),
    ("celebrity", "label_words"),
    ("celebrity", "exact_duplicates"),
    ("celebrity", "quotation_marks"),
    ("fakehealth_story", "publisher_confound"),
    ("fakehealth_story", "quotation_marks"),
    ("fakehealth_release", "exact_duplicates"),
    ("recovery", "length_alone"),
    ("recovery", "languages"),
]


def rows(shared: Path, *names: str) -> list[dict]:
    """All but the articles of official test splits."""
    found = []
    for name in names:
        path = shared / "corpora" / f"{name}.jsonl.gz"
        if not path.exists():
            pytest.skip(f"{path} is not there")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found += [row | {"corpus": name} for row in map(json.loads, lines) if row["split"] != "test"]
    return found


@cache
def audited(shared: Path, *names: str) -> Audit:
    found = rows(shared, *names)
    one = {key: [row[key] for row in found] for key in found[0]}
    columns = {
        "publishers": "publisher",
        "dates": "date",
        "titles": "title",
        "corpora": "corpus",
        "ids": "id",
        "urls": "url",
    }
    return audit(one["text"], one["label"], **{name: one[key] for name, key in columns.items()})


def finding(done: Audit, code: str) -> Finding:
    return next(found for found in done.findings if found.code == code)


@pytest.mark.parametrize(
    ("corpus", "code", "severity", "figures"), KNOWN, ids=[f"{c}-{k}" for c, k, _, _ in KNOWN]
)
def test_a_known_flaw_is_found(shared: Path, corpus: str, code: str, severity: str, figures: dict) -> None:
    found = finding(audited(shared, corpus), code)
    assert RANK[found.severity] >= RANK[severity], found.says
    for name, (low, high) in figures.items():
        assert low <= found.figures[name] <= high, (name, found.figures[name])


@pytest.mark.parametrize(("corpus", "code"), SOUND)
def test_what_is_sound_passes(shared: Path, corpus: str, code: str) -> None:
    assert finding(audited(shared, corpus), code).status == "passed"


def test_one_source_seen_twice(shared: Path) -> None:
    found = finding(audited(shared, "buzzfeed_fb2016", "fakenewsnet_v1"), "duplicates_between_corpora")
    assert found.severity == "high"
    # the corpora's README estimates 194 at a Jaccard similarity of 0.7; the looser rule finds more
    assert 194 <= found.figures["articles"]["buzzfeed_fb2016 / fakenewsnet_v1"] <= 300
