"""Help with examples that run, and shell completion."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runs import Ran, command

from classifier.cli.app import app
from classifier.cli.help import _COMMANDS, described

Run = Callable[..., Ran]
ROOT = Path(__file__).resolve().parents[2]
NAMES = [one.callback.__name__ for one in app.registered_commands if one.callback is not None]
EXAMPLES = [call for _, examples in _COMMANDS.values() for call, _ in examples]


@pytest.mark.parametrize("name", NAMES)
def test_every_command_shows_examples(name: str, misinfo: Run) -> None:
    text = misinfo(name, "--help").text
    _, examples = _COMMANDS[name]
    assert "\n  Examples:\n" in text
    for call, says in examples:
        assert f"misinfo {name} " in f"{call} "
        assert f"\n    {call}\n        {says}\n" in text


def test_the_list_of_commands_is_not_cut_off(misinfo: Run) -> None:
    listed = misinfo("--help").text.partition("Commands:")[2]
    assert "..." not in listed
    assert [line.split()[0] for line in listed.strip().splitlines()] == NAMES


def test_no_examples_for_a_command_without() -> None:
    assert described("nothing") == {}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("examples")
    (path / "data").symlink_to(ROOT / "data", target_is_directory=True)
    return path


@pytest.mark.skipif(os.name == "nt", reason="the examples are for a POSIX shell")
@pytest.mark.parametrize("call", EXAMPLES)
def test_the_examples_run(call: str, folder: Path) -> None:
    script = f'misinfo() {{ "{sys.executable}" -m classifier "$@"; }}\n{call}\n'
    environment = os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def completed(words: str, at: int) -> list[str]:
    environment = {"_MISINFO_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(at)}
    done = subprocess.run(command(), capture_output=True, text=True, env=os.environ | environment, check=True)
    assert done.stderr == ""
    return done.stdout.split()


def test_the_shell_is_told_what_could_be_typed() -> None:
    assert completed("misinfo ma", 1) == ["mark"]
    assert completed("misinfo mark --format s", 3) == ["sarif", "spacy"]
    assert "--families" in completed("misinfo mark --f", 2)
    assert set(NAMES) <= set(completed("misinfo ", 1))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell(shell: str, process: Run) -> None:
    ran = process("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert (ran.code, ran.err) == (0, "")
    assert "_MISINFO_COMPLETE" in ran.text
    assert re.search(r"\bmisinfo\b", ran.text)


def test_completion_is_installed_into_the_home_folder(process: Run, tmp_path: Path) -> None:
    ran = process(
        "--install-completion", "bash", HOME=str(tmp_path), _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1"
    )
    assert (ran.code, ran.err) == (0, "")
    assert "misinfo.sh" in (tmp_path / ".bashrc").read_text(encoding="utf-8")
