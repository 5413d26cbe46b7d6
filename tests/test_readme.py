"""The README's Python runs, and its figures are those of the shipped model; tests/docs runs its commands."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder that looks like the checkout."""
    path = tmp_path_factory.mktemp("readme")
    (path / "data").symlink_to(ROOT / "data", target_is_directory=True)
    return path


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_the_python_runs(code, folder):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "may modal writer" in done.stdout


def test_two_commands_do_all_the_set_up_and_ci_runs_them():
    commands = re.findall(r"```bash\n(.*?)\n```", README, re.DOTALL)
    assert len(commands) == 2
    assert all("\n" not in command for command in commands)
    assert commands[0].startswith("python3 -m venv .venv && .venv/bin/pip install .")
    assert commands[1].endswith("-m pytest")
    assert "README.md | head -2" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_figures_are_those_of_the_shipped_models():
    made = runpy.run_path(str(ROOT / "benchmarks" / "readme_figures.py"))
    assert made["filled"](README, made["shipped"]()) == README, "run: python benchmarks/readme_figures.py"
