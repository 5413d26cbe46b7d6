"""A signal family in a package of its own: installed, found by its entry point only when named, and proven."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "third_party"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run Python with the package installed into a folder of its own; nothing is downloaded."""
    for needed in ("pip", "hatchling"):
        pytest.importorskip(needed, reason=f"installing a package without a network needs {needed}")
    folder = tmp_path_factory.mktemp("third_party")
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
    ]
    install += ["--disable-pip-version-check", "--target", str(folder / "site"), str(PACKAGE)]
    done = subprocess.run(install, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {
        "PYTHONPATH": str(folder / "site")
    }

    def python(*arguments: str) -> str:
        ran = subprocess.run(
            [sys.executable, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    (folder / "a.txt").write_text("The greatest storm of all may come.\n", encoding="utf-8")
    return python


def test_it_is_listed_and_not_loaded_before_it_is_named(run):
    told = run(
        "-c",
        "import sys, json, classifier\n"
        "from classifier.signals import registry\n"
        "registry.load_families(registry.BUILT_IN)\n"
        "told = classifier.mark('The greatest storm may come.').to_dict()\n"
        "print(json.dumps([registry.available()['superlatives'], sorted(told['signals']),\n"
        "    'acme_superlatives' in sys.modules]))\n",
    )
    assert json.loads(told) == ["acme_superlatives:FAMILY", ["hedges", "sourcing"], False]
    listed = [
        line for line in run("-m", "classifier", "signals").splitlines() if line.startswith("superlatives")
    ]
    assert len(listed) == 1
    assert "acme_superlatives:FAMILY" in listed[0]


def test_check_family_proves_it(run):
    run(
        "-c",
        "from classifier.signals.registry import load_family\n"
        "from classifier.testing import check_family\n"
        "check_family(load_family('superlatives'))\n",
    )


def test_the_command_marks_with_it_when_it_is_named(run):
    told = json.loads(
        run("-m", "classifier", "mark", "a.txt", "--format", "json", "--families", "hedges,superlatives")
    )
    assert [(m["text"], m["kind"]) for m in told["signals"]["superlatives"]] == [("greatest", "best")]
    assert told["measures"]["superlatives.per_100_words"] == pytest.approx(100 / 7)
    assert "# Superlatives" in run("-m", "classifier", "signals", "superlatives")


def test_it_is_not_there_for_others():
    from classifier.signals.registry import available

    assert "superlatives" not in available()
