"""The command as a process: streams, pipes, interrupts, what it loads, and faults of our own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runs import ARTICLE, Ran, command

Run = Callable[..., Ran]
COMMANDS = (
    "mark",
    "score",
    "compare",
    "audit",
    "train",
    "evaluate",
    "signals",
    "model",
    "report",
    "serve",
    "doctor",
)
HEAVY = ("sklearn", "scipy", "joblib", "pandas")


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_short_plain_and_on_stdout(name: str, misinfo: Run) -> None:
    ran = misinfo(*name.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.text.startswith("Usage: misinfo")
    assert len(ran.text.splitlines()) < 70
    assert "─" not in ran.text


def test_without_arguments_the_help_comes_with_code_2(misinfo: Run) -> None:
    ran = misinfo()
    assert (ran.code, ran.out) == (2, b"")
    assert all(name in ran.err for name in COMMANDS)


@pytest.mark.parametrize("environment", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0"}])
@pytest.mark.parametrize("form", ["jsonl", "text"])
def test_output_is_utf8_whatever_the_console(
    environment: dict[str, str], form: str, process: Run, here: Path
) -> None:
    (here / "é🚢.txt").write_text(ARTICLE, encoding="utf-8")
    ran = process("mark", "é🚢.txt", "--format", form, **environment)
    assert ran.code == 0
    assert "é🚢.txt" in ran.text
    assert "drawings,”" in ran.text


def loaded(arguments: list[str], names: tuple[str, ...]) -> list[str]:
    code = (
        "import sys; from classifier.cli import main; sys.argv = ['misinfo', *sys.argv[1:]]\n"
        "try: main()\n"
        f"finally: print(*[n for n in {names!r} if n in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return done.stderr.splitlines()[-1].split()


def test_marking_and_scoring_load_no_heavy_module(article: str, small_model: Path) -> None:
    names = (*HEAVY, "rich", "numpy")
    assert loaded(["mark", article], names) == ["numpy"]
    assert loaded(["score", article, "--model", str(small_model)], names) == ["numpy"]


def test_help_loads_nothing_but_itself() -> None:
    names = (*HEAVY, "rich", "numpy", "msgspec", "classifier.signals", "classifier.io")
    assert loaded(["--help"], names) == []


def test_a_closed_pipe_ends_quietly(here: Path) -> None:
    lines = "".join(json.dumps({"id": str(n), "text": ARTICLE}) + "\n" for n in range(200))
    (here / "many.jsonl").write_text(lines)
    process = subprocess.Popen(
        command("mark", "many.jsonl"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=here
    )
    assert process.stdout is not None and process.stderr is not None
    first = process.stdout.readline()
    process.stdout.close()
    assert json.loads(first)["id"] == "0"
    assert process.stderr.read() == b""
    assert process.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_sentence(article: str) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command("mark", article), stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"misinfo: the output can't be written")
    assert b"Traceback" not in done.stderr and b"Exception" not in done.stderr


def test_closed_standard_output_is_one_sentence(article: str) -> None:
    shell = f"exec {' '.join(command('mark', article))} >&-"
    done = subprocess.run(["sh", "-c", shell], stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        b"misinfo: standard output is closed; name a file with --out\n",
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize(
    ("name", "number"), [("-", signal.SIGINT), ("endless.jsonl", signal.SIGINT), ("-", signal.SIGTERM)]
)
def test_an_interrupt_is_one_line_and_leaves_nothing_behind(
    name: str, number: signal.Signals, here: Path
) -> None:
    os.mkfifo(here / "endless.jsonl")
    process = subprocess.Popen(
        command("mark", name, "--input-format", "jsonl", "--format", "json", "--out", "o.jsonl"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=here,
    )
    assert process.stdin is not None
    lines = b"".join(json.dumps({"text": ARTICLE}).encode() + b"\n" for _ in range(300))
    writer = process.stdin if name == "-" else open(here / name, "wb")  # noqa: SIM115
    writer.write(lines)
    writer.flush()
    deadline = time.monotonic() + 60
    while not list(here.glob(".o.jsonl.*.part")) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert list(here.glob(".o.jsonl.*.part"))
    process.send_signal(number)
    _, err = process.stdout, process.stderr
    assert err is not None
    said = err.read()
    assert (process.wait(60), said) == (130, b"misinfo: interrupted; nothing half-written is left\n")
    writer.close()
    assert [path.name for path in here.iterdir()] == ["endless.jsonl"]


def test_a_fault_of_our_own_is_one_line_and_code_3(
    misinfo: Run, article: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr("classifier.scoring.scorer.Marker.mark_many", broken)
    monkeypatch.delenv("MISINFO_TRACEBACK", raising=False)
    ran = misinfo("mark", article, "--out", "o")
    assert (ran.code, ran.out) == (3, b"")
    assert ran.err == (
        "misinfo: internal error: ZeroDivisionError: two lines;"
        " set MISINFO_TRACEBACK=1 to see where, and please report it\n"
    )
    assert not Path("o").exists()
    monkeypatch.setenv("MISINFO_TRACEBACK", "1")
    with pytest.raises(AssertionError, match="Traceback"):
        misinfo("mark", article)
