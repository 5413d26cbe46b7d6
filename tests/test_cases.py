"""The shared small cases, measured from outside as a user would: never worse than what was promised."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def report(shared: Path) -> dict[str, Any]:
    checker = shared / "check" / "cases.py"
    if not checker.is_file():
        pytest.skip(f"{checker} is not there")
    environment = os.environ | {"MISINFO": f"{sys.executable} -m classifier", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(checker), "--json"], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_contract_holds(report: dict[str, Any]) -> None:
    assert report["breaches"] == []


@pytest.mark.parametrize(
    ("part", "whole", "least"),
    [
        ("hedges found", "hedges", 0.95),
        ("titles right", "titles", 1.0),
        ("bodies right", "bodies", 1.0),
        ("furniture kept out", "furniture", 1.0),
        ("quotations found", "quotations", 0.95),
        ("records right", "records", 1.0),
        ("codes right", "codes", 1.0),
        ("table checks right", "table checks", 1.0),
        ("attribution kind right", "attribution kind asked", 0.9),
    ],
)
def test_shares_over_all_cases(report: dict[str, Any], part: str, whole: str, least: float) -> None:
    totals = report["totals"]
    assert totals[whole] > 0
    assert totals.get(part, 0) >= least * totals[whole]


def test_attributions_and_what_only_looks_like_a_mark(report: dict[str, Any]) -> None:
    totals = report["totals"]
    assert totals["attributions whole"] + totals["attributions half"] >= 0.9 * totals["attributions"]
    assert totals.get("look-alikes marked", 0) <= 0.02 * totals["look-alikes"]
    assert totals.get("attributions wrong", 0) == 0


def test_the_copied_page(report: dict[str, Any]) -> None:
    counts = report["cases"]["scraped_page.txt"]["counts"]
    assert counts["titles right"] == counts["bodies right"] == 1
    assert counts["hedges found"] >= 10
    assert counts["attributions whole"] + counts["attributions half"] >= 7
    assert counts["furniture kept out"] == counts["furniture"]
