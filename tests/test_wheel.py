"""The wheel holds what it needs: word lists, pages, types, the shipped model; started from another folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from classifier.signals.registry import BUILT_IN

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The wheel's contents in a folder of their own."""
    pytest.importorskip(
        "hatchling", reason="building the wheel without a network needs hatchling (extra test)"
    )
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.mark.parametrize(
    "name",
    [
        "py.typed",
        *(f"signals/{family}/{file}" for family in BUILT_IN for file in ("cues.tsv", "page.md")),
        "signals/emphasis/plain_words.txt",
        "scoring/usual.json",
        *(f"pages/{name}.css" for name in ("base", "report", "comparison", "batch")),
        *(f"pages/{name}.js" for name in ("report", "batch")),
        *(f"web/static/{name}" for name in ("index.html", "page.css", "page.js")),
        "shipped/signals/manifest.json",
        "shipped/signals/estimator.npz",
    ],
)
def test_the_wheel_holds(unpacked, name):
    assert (unpacked / "classifier" / name).is_file()


def test_the_wheel_holds_no_tests_and_no_articles(unpacked):
    assert not [
        p for p in unpacked.rglob("*") if "test_" in p.name or "examples" in p.parts or p.suffix == ".gz"
    ]


def test_it_runs_from_another_folder(unpacked, tmp_path):
    (tmp_path / "a.txt").write_text("Officials say the gate may be shut.", encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {"PYTHONPATH": str(unpacked)}
    where = [sys.executable, "-c", "import classifier; print(classifier.__file__)"]
    assert (
        str(unpacked)
        in subprocess.run(where, cwd=tmp_path, env=environment, capture_output=True, text=True).stdout
    )
    for arguments in (["mark", "a.txt"], ["score", "a.txt"], ["model"], ["signals", "hedges"]):
        done = subprocess.run(
            [sys.executable, "-m", "classifier", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
