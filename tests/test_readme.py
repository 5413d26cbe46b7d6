"""Everything the README shows runs: its commands, its Python, and its figures are those of the shipped model."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = [
    line[2:]
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
]
EXPECTED = {
    "misinfo evaluate my-model data/examples/labelled.csv --against data/examples/labelled.csv": 2,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder that looks like the checkout to the README's commands, which run in their order."""
    path = tmp_path_factory.mktemp("readme")
    (path / "data").symlink_to(ROOT / "data", target_is_directory=True)
    return path


@pytest.mark.skipif(os.name == "nt", reason="the README's commands are for a POSIX shell")
@pytest.mark.parametrize("command", CONSOLE)
def test_the_commands_run(command, folder):
    script = f'misinfo() {{ "{sys.executable}" -m classifier "$@"; }}\n{command}\n'
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == EXPECTED.get(command, 0), done.stderr
    assert "Traceback" not in done.stderr


def test_the_readme_shows_commands():
    assert len(CONSOLE) >= 10
    assert set(EXPECTED) <= set(CONSOLE)


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


def test_every_link_leads_somewhere():
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
