"""Options of long runs, the plan, and how a state is worded. The runs themselves are in tests/running."""

import json
import re
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runs import ARTICLE, Ran

from classifier.cli.interrupts import Interrupts
from classifier.cli.progress import Progress, duration

Run = Callable[..., Ran]


def records(path: Path, n: int) -> None:
    lines = [json.dumps({"key": f"r{i}", "body": None if i == 3 else f"{i}. {ARTICLE}"}) for i in range(n)]
    path.write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize("options", [["--workers", "2"], ["--resume"], ["--cluster", "tcp://127.0.0.1:1"]])
@pytest.mark.parametrize("command", ["score", "mark"])
def test_what_needs_a_file_says_so(command: str, options: list[str], misinfo: Run, article: str) -> None:
    ran = misinfo(command, article, *options)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith(f"misinfo: {options[0]} needs a file to write, ")


def test_a_short_run_makes_no_folder_and_starts_no_process(
    here: Path, misinfo: Run, small_model: Path
) -> None:
    records(here / "in.jsonl", 5)
    ran = misinfo(
        "score", "in.jsonl", "--out", "o.jsonl", "--resume", "--workers", "4", "--model", small_model
    )
    assert ran.code == 1
    assert ran.err.endswith("4 scored, 0 abstained, 1 rejected\n")
    assert sorted(p.name for p in here.iterdir()) == ["in.jsonl", "o.jsonl", "o.jsonl.rejects.jsonl"]


def test_dry_run_says_what_a_run_would_do_and_writes_nothing(
    here: Path, misinfo: Run, small_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classifier.cli.plan.SECONDS", 0.05)
    records(here / "in.jsonl", 3000)
    ran = misinfo(
        "score", "in.jsonl", "--dry-run", "--out", "o.jsonl", "--workers", "2", "--model", small_model
    )
    assert ran.code == 0
    assert sorted(p.name for p in here.iterdir()) == ["in.jsonl"]
    said = ran.text
    assert "in.jsonl: text from 'body'" in said
    assert "records read: 2,048, the first; 1 rejected (1 null_text)" in said
    assert re.search(r"speed: [\d,]+ records/s with one process, 2 workers", said)
    found = re.search(r"estimate: about ([\d,]+) records, \d+ (s|min), ([\d.]+) (KB|MB) to write", said)
    assert found is not None
    assert int(found[1].replace(",", "")) == pytest.approx(3000, rel=0.02)


def test_dry_run_of_few_records_and_of_a_table(here: Path, misinfo: Run, small_model: Path) -> None:
    (here / "in.csv").write_text("name;text\na;x\nb;\n")
    ran = misinfo("score", "in.csv", "--dry-run", "--model", small_model)
    assert "in.csv: text from column 2; utf-8, columns separated by ';'" in ran.text
    assert "records read: 2; 1 rejected (1 empty_text)" in ran.text
    assert "estimate: about 2 records" in ran.text


@pytest.mark.parametrize(
    ("seconds", "says"), [(0.2, "0 s"), (89, "89 s"), (100, "2 min"), (5399, "90 min"), (9000, "2 h 30 min")]
)
def test_durations_are_worded(seconds: float, says: str) -> None:
    assert duration(seconds) == says


def test_a_state_says_what_is_done_and_left() -> None:
    read: list[float | None] = [None]
    progress = Progress(Interrupts(), lambda: read[0], quiet=True)
    progress.finished(Counter(scored=1500, abstained=400, rejected=100), [], earlier=False)
    assert progress.state(10) == "2,000 records, 200 records/s, 100 rejected, 400 abstained"
    read[0] = 0.25
    assert progress.state(10).endswith(", about 30 s left")


def test_the_first_interrupt_asks_the_second_insists() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Interrupts() as interrupts:
        signal.raise_signal(signal.SIGTERM)
        assert interrupts.came
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
