"""Runs the command line as a user does, in this process or in one of its own."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runs import ARTICLE, Ran, checked, command, corpus

from classifier.cli import main


@pytest.fixture
def misinfo(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """The command in this process; standard streams say they are ASCII, as under LC_ALL=C."""

    def run(*arguments: object, stdin: bytes = b"", terminal: bool = False) -> Ran:
        out, err = io.BytesIO(), io.BytesIO()
        stdout, stderr = io.TextIOWrapper(out, "ascii"), io.TextIOWrapper(err, "ascii")
        with monkeypatch.context() as patch, pytest.raises(SystemExit) as end:
            patch.setattr(sys, "argv", ["misinfo", *map(str, arguments)])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "ascii"))
            patch.setattr(stdout, "isatty", lambda: terminal, raising=False)
            patch.setattr(sys, "stdout", stdout)
            patch.setattr(sys, "stderr", stderr)
            main()
        stderr.flush()
        return checked(end.value.code, out.getvalue(), err.getvalue().decode("utf-8"))  # type: ignore[arg-type]

    return run


@pytest.fixture
def process() -> Callable[..., Ran]:
    """The command in a process of its own."""

    def run(*arguments: object, stdin: bytes = b"", **environment: str) -> Ran:
        done = subprocess.run(
            command(*arguments), input=stdin, capture_output=True, env=os.environ | environment, check=False
        )
        return checked(done.returncode, done.stdout, done.stderr.decode("utf-8"))

    return run


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def article(here: Path) -> str:
    """An article in the working folder."""
    (here / "quay.txt").write_text(ARTICLE, encoding="utf-8")
    return "quay.txt"


@pytest.fixture(scope="session")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus just large enough to train on."""
    return corpus(tmp_path_factory.mktemp("corpora") / "invented.csv", per_label=48, publishers=8)
