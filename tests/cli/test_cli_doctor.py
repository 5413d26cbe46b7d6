"""`misinfo doctor`: all is well here, and each trouble is one line with its remedy."""

import locale
import os
import re
import shutil
import sys
import tomllib
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest
from cli_runs import Ran

from classifier.cli import checkup
from classifier.cli.checkup import EXTRAS, Finding, findings

Run = Callable[..., Ran]
ROOT = Path(__file__).resolve().parents[2]


def troubles() -> list[str]:
    return [found.trouble for found in findings() if found.trouble is not None]


def test_all_is_well_here(process: Callable[..., Ran]) -> None:
    ran = process("doctor", LC_ALL="C.UTF-8")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.text.splitlines()
    assert lines[-1] == "all is well"
    assert f"package      misinfo-signals {metadata.version('misinfo-signals')}" in lines
    assert f"library      numpy {metadata.version('numpy')}" in lines
    assert any(re.match(r"model        signals scores its check article as stored, ", line) for line in lines)
    assert any(line.startswith("families     ") and "hedges" in line for line in lines)


def test_trouble_is_told_last_and_the_exit_code_is_1(misinfo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Finding("a", "one"), Finding("b", "two", "two is wrong; mend it")]
    monkeypatch.setattr(checkup, "findings", lambda: iter(found))
    ran = misinfo("doctor")
    assert (ran.code, ran.err) == (1, "")
    assert ran.text == "a            one\nb            two\ntrouble: two is wrong; mend it\n"


def test_a_library_too_old_or_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = {"numpy": "1.9.2rc1", "joblib": None}
    real = checkup._version
    monkeypatch.setattr(
        checkup, "_version", lambda name: versions.get(name, "9.9") if name in versions else real(name)
    )
    monkeypatch.setattr(
        metadata,
        "requires",
        lambda _: ["joblib>=1.3", "numpy>=1.26", "typer", "nope>=1; extra == 'web'", "a; extra=='x'"],
    )
    says = {(f.topic, f.says) for f in findings()}
    assert troubles() == [
        "joblib is not installed; run `pip install 'joblib>=1.3'`",
        "numpy is 1.9.2rc1, 1.26 is needed; run `pip install 'numpy>=1.26'`",
    ]
    assert ("extra", f"web absent (nope): {EXTRAS['web']}") in says


def test_a_package_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    assert troubles() == [
        "misinfo-signals is run from a folder and is not installed; run `pip install .` there"
    ]


@pytest.mark.parametrize(
    ("version", "numbers"), [("1.26", (1, 26)), ("2.0.0rc1", (2, 0, 0)), ("10.1+cpu", (10, 1))]
)
def test_versions_are_compared_as_numbers(version: str, numbers: tuple[int, ...]) -> None:
    assert checkup._numbers(version) == numbers


def test_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "shipped_models", dict)
    assert troubles() == ["no model was found, so nothing can be scored; install the package again"]


def test_a_damaged_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, small_model: Path) -> None:
    folder = tmp_path / "small"
    shutil.copytree(small_model, folder)
    monkeypatch.setattr(checkup, "shipped_models", lambda: {"small": folder})
    assert troubles() == []
    (folder / "estimator.npz").write_bytes(b"no arrays")
    (trouble,) = troubles()
    assert "estimator.npz" in trouble and "get the model again" in trouble


def test_a_model_that_scores_otherwise(monkeypatch: pytest.MonkeyPatch, small_model: Path) -> None:
    monkeypatch.setattr(checkup, "shipped_models", lambda: {"small": small_model})
    monkeypatch.setattr(
        "classifier.scoring.bundle.Bundle.check", lambda _: "it gives 0.2 where 0.3 is stored"
    )
    assert troubles() == ["it gives 0.2 where 0.3 is stored"]


@pytest.mark.parametrize(
    ("where", "name"),
    [((sys, "getfilesystemencoding"), "file names are read as"), ((locale, "getencoding"), "console")],
)
def test_an_encoding_that_can_not_show_everything(where, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*where, lambda: "ISO-8859-1")
    (trouble,) = troubles()
    assert name in trouble and "ISO-8859-1" in trouble
    assert trouble.endswith("set LC_ALL=C.UTF-8, or PYTHONUTF8=1 on Windows")


def test_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(checkup, "get_terminal_size", lambda: os.terminal_size((30, 24)))
    monkeypatch.setenv("NO_COLOR", "1")
    (trouble,) = troubles()
    assert trouble == "the terminal is 30 columns wide; make it 40 at least, or write with --out"
    assert any("no colour, brackets" in f.says for f in findings() if f.topic == "terminal")


def test_little_memory_and_a_system_that_does_not_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "_memory", lambda: 512 << 20)
    (trouble,) = troubles()
    assert trouble.startswith("this machine has 512 MiB of memory; ")
    monkeypatch.setattr(checkup, "_memory", lambda: None)
    assert troubles() == []
    assert Finding("memory", "unknown") in findings()


def test_every_extra_is_explained() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(declared["optional-dependencies"]) <= set(EXTRAS)
