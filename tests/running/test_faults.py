"""What can happen to a long run, each done for real; afterwards every record is there once."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hurt import Hurt

from classifier.io.ranges import CHUNK as RECORDS

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills and interrupts as POSIX has them")

ARTICLE = (
    "The ferry quay at Lindhamn could be moved by about 60 metres, the harbour office said on Monday. "
    "“We have looked at four drawings,” said Tove Arnell, the office's engineer. “One of them might work.” "
    "She added that the fishermen had been asked twice. According to a report by the coast survey, the old "
    "quay has sunk by a hand's breadth since 1980. Critics claim that the sums were never checked. It is "
    "believed that the work will cost as much as a new school, and the council votes on the plan in June."
)
CHUNKS = 5
AT = RECORDS + 20  # a record of the second chunk


def texts(orders: dict[int, str] | None = None, chunks: int = CHUNKS) -> list[str | None]:
    """Articles, lists too short to score and a record without a text; the last chunk is half full."""
    found: list[str | None] = []
    for i in range(chunks * RECORDS - RECORDS // 2):
        text = f"Note {i}. {ARTICLE}" if i % 16 == 0 else f"Note {i}. The gate may be shut."
        found.append(f"{text} {(orders or {}).get(i, '')}")
    found[7] = None
    return found


def test_parent_killed_then_resumed_gives_the_same_bytes(hurt: Hurt) -> None:
    hurt.write(texts({3: "COUNT first", AT: "WAIT gate"}))
    expected = hurt.undisturbed()

    run = hurt.start()
    hurt.reached("gate")
    hurt.wait_for_chunk(0)
    run.kill()
    run.communicate()
    assert not hurt.out.exists()
    hurt.let_go("gate")
    # A killed process may have been in the midst of a line.
    with (hurt.parts / "parts.jsonl").open("ab") as journal:
        journal.write(b'{"chunk":1,"records":256,"tal')
    code, err = hurt.run("--resume")
    assert code == 1, err
    hurt.same_as(expected)
    assert (hurt.orders / "first").read_bytes() == b"."  # what was finished was not done again


@pytest.mark.parametrize("workers", ["1", "2"])
def test_worker_killed_from_outside_loses_nothing(workers: str, hurt: Hurt) -> None:
    hurt.write(texts({AT: "WAIT gate"}))
    expected = hurt.undisturbed()

    run = hurt.start("--workers", workers)
    worker = hurt.reached("gate")
    os.kill(worker, signal.SIGKILL)
    hurt.let_go("gate")
    code, err = hurt.ended(run)
    assert code == 1
    assert "a worker process was lost; the chunks under way are tried again, alone" in err
    hurt.same_as(expected)


@pytest.mark.parametrize(
    ("order", "message"),
    [
        ("KILL", "the worker process that had it was killed, by the system or by a crash"),
        ("EXHAUST", "working on it failed (MemoryError)"),
        ("RAISE", "working on it failed (ZeroDivisionError as told)"),
    ],
)
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_record_that_kills_is_rejected_alone(order: str, message: str, workers: str, hurt: Hurt) -> None:
    hurt.write(texts({AT: order}))
    code, err = hurt.run("--workers", workers)
    assert code == 1, err
    hurt.check()
    (lost,) = [line for line in hurt.rejected() if line["code"] == "worker_lost"]
    assert (lost["file"], lost["record"], lost["line"], lost["id"]) == (
        "in.jsonl",
        AT + 1,
        AT + 1,
        f"r{AT}",
    )
    assert lost["message"] == message
    assert len(hurt.rejected()) == 2
    assert f"in.jsonl, record {AT + 1}, line {AT + 1}: {message}" in err
    n = hurt.n
    counts = [int(word) for word in err.splitlines()[-1].replace(",", "").split() if word.isdigit()]
    assert sum(counts) == n and counts[-1] == 2


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_an_interrupt_finishes_the_chunks_under_way(name: str, hurt: Hurt) -> None:
    hurt.write(texts({AT: "WAIT gate"}, chunks=12))
    expected = hurt.undisturbed()

    run = hurt.start()
    hurt.reached("gate")
    if name == "SIGINT":  # from a terminal it goes to the workers too
        os.killpg(run.pid, signal.SIGINT)
    else:
        run.terminate()
    hurt.wait_to_hear(run, "misinfo: interrupted; the chunks under way are finished first")
    hurt.let_go("gate")
    code, err = hurt.ended(run)
    assert code == 130
    assert "the same command with --resume goes on from there" in err
    assert not hurt.out.exists()
    assert (hurt.parts / "000001.part").exists()  # it was under way
    done = len(list(hurt.parts.glob("*.part")))
    assert done < 12
    assert hurt.run("--resume")[0] == 1
    hurt.same_as(expected)


def test_a_second_interrupt_stops_at_once(hurt: Hurt) -> None:
    hurt.write(texts({AT: "WAIT gate"}))
    run = hurt.start()
    hurt.reached("gate")
    hurt.wait_for_chunk(0)
    run.send_signal(signal.SIGINT)
    hurt.wait_to_hear(run, "misinfo: interrupted; the chunks under way are finished first")
    run.send_signal(signal.SIGINT)
    code, err = hurt.ended(run)  # the gate is still shut
    assert code == 130
    assert "the same command with --resume goes on from there" in err
    hurt.let_go("gate")
    assert hurt.run("--resume")[0] == 1
    hurt.check()


def test_a_full_disk_is_one_sentence_and_can_be_resumed(hurt: Hurt) -> None:
    hurt.write(texts())
    expected = hurt.undisturbed()
    limit = len(expected[0]) // 2  # no single part is that large, the joined file is

    def no_larger() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    code, err = hurt.run(preexec_fn=no_larger)
    assert code == 2
    assert "out.jsonl: can't be written (file too large); make room on the disk" in err
    assert "--resume" in err
    assert not hurt.out.exists()
    assert hurt.run("--resume")[0] == 1
    hurt.same_as(expected)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(["mount", *options], capture_output=True).returncode:
        pytest.skip("a small file system can't be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_file_system_can_be_resumed(small_disk: Path, hurt: Hurt) -> None:
    hurt.write(texts())
    expected = hurt.undisturbed()
    assert len(expected[0]) > 256 * 1024
    hurt.out.symlink_to(small_disk / "out.jsonl")
    code, err = hurt.run()
    assert code == 2
    assert "can't be written (no space left on device); make room on the disk" in err
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert hurt.run("--resume")[0] == 1
    assert (small_disk / "out.jsonl").read_bytes() == expected[0]
    assert [path.name for path in small_disk.iterdir()] == ["out.jsonl"]


def interrupted(hurt: Hurt) -> None:
    """A run that has finished a part and was killed."""
    hurt.write(texts({AT: "WAIT gate"}))
    run = hurt.start()
    hurt.reached("gate")
    hurt.wait_for_chunk(0)
    run.kill()
    run.communicate()
    hurt.let_go("gate")


def test_another_input_is_refused_by_name(hurt: Hurt) -> None:
    interrupted(hurt)
    source = hurt.folder / "in.jsonl"
    before = source.stat()
    data = source.read_bytes()
    source.write_bytes(data.replace(b"Note 3.", b"Note 4."))
    code, err = hurt.run("--resume")
    assert code == 2
    assert err.startswith("misinfo: in.jsonl: has changed since the run in ")
    # The same size and time, as a copy may have them: noticed where the records are read.
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    code, err = hurt.run("--resume")
    assert code == 2
    assert "in.jsonl, record 1 or one of the 255 after it is not what the interrupted run has read" in err
    assert not hurt.out.exists()
    source.write_bytes(data)
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert hurt.run("--resume")[0] == 1
    hurt.check()


def test_other_options_and_another_model_are_refused_by_name(hurt: Hurt) -> None:
    interrupted(hurt)
    code, err = hurt.run("--resume", "--all-reasons")
    assert code == 2
    assert "is of a run with another --all-reasons (no then, yes now); call it as then, or delete" in err
    code, err = hurt.run("--resume", "--model", "signals")
    assert code == 2
    assert "is of a run with another model (small " in err
    code, err = hurt.run()
    assert code == 2
    assert "out.jsonl: has an unfinished run beside it; say --resume to go on with it, or delete" in err
    assert hurt.run("--resume", "--workers", "1")[0] == 1
    hurt.check()


def test_two_runs_into_one_output_are_refused(hurt: Hurt) -> None:
    hurt.write(texts({AT: "WAIT gate"}))
    first = hurt.start()
    hurt.reached("gate")
    for options in ((), ("--resume",)):
        code, err = hurt.run(*options)
        assert code == 2
        assert (
            err == "misinfo: out.jsonl: is being written by another run; wait for it or name another --out\n"
        )
    hurt.let_go("gate")
    assert hurt.ended(first)[0] == 1
    hurt.check()


def test_a_damaged_part_is_made_again(hurt: Hurt) -> None:
    interrupted(hurt)
    part = hurt.parts / "000000.part"
    whole = part.read_bytes()
    part.write_bytes(whole[:-10])
    assert hurt.run("--resume")[0] == 1
    hurt.check()
    assert hurt.out.read_bytes().startswith(whole)


def test_resume_without_a_run_starts_from_the_beginning(hurt: Hurt) -> None:
    hurt.write(texts())
    code, err = hurt.run("--resume")
    assert code == 1
    assert "there is no unfinished run beside out.jsonl; it starts from the beginning" in err
    hurt.check()


def test_a_folder_of_the_users_is_left_alone(hurt: Hurt) -> None:
    hurt.write(texts())
    hurt.parts.mkdir()
    (hurt.parts / "notes.txt").write_text("mine")
    code, err = hurt.run()
    assert code == 2
    assert "is in the way and no unfinished run; move it or name another --out" in err
    assert (hurt.parts / "notes.txt").read_text() == "mine"


def test_orphaned_workers_go(hurt: Hurt) -> None:
    hurt.write(texts({AT: "WAIT gate"}))
    run = hurt.start()
    worker = hurt.reached("gate")
    run.kill()
    run.communicate()
    for _ in range(2000):
        state = Path(f"/proc/{worker}/status")
        if not state.exists() or "State:\tZ" in state.read_text():
            return
        signal.sigtimedwait([], 0.01)
    pytest.fail("the worker is still there")


def test_what_is_kept_is_plain(hurt: Hurt) -> None:
    interrupted(hurt)
    lines = [json.loads(line) for line in (hurt.parts / "parts.jsonl").read_bytes().splitlines()]
    assert {line["records"] for line in lines} <= {RECORDS, RECORDS // 2}
    manifest = json.loads((hurt.parts / "manifest.json").read_bytes())
    assert manifest["command"] == "score" and manifest["format"] == 1
