"""Files that are there whole or not at all."""

import errno
import gzip
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from classifier.errors import InputError
from classifier.io.write import JsonLinesWriter, RejectsWriter, atomic_writer, default_rejects_path
from classifier.text.document import Reject

REJECT = Reject("t.csv", 3, 7, None, "empty_text", "the text is empty – “really”", "give it one")


def files(folder: Any) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz"])
def test_text_is_written_as_it_is(tmp_path: Path, name: Any) -> None:
    path = tmp_path / name
    with atomic_writer(path) as out:
        out.write("é\r\n\n")
        assert not path.exists()
    data = path.read_bytes()
    assert (gzip.decompress(data) if name.endswith(".gz") else data) == "é\r\n\n".encode()
    assert files(tmp_path) == [name]


def test_gzip_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("a.gz", "b.gz"):
        with atomic_writer(tmp_path / name, binary=True) as out:
            out.write(b"abc" * 100)
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


@pytest.mark.parametrize(
    "error", [ValueError("no"), KeyboardInterrupt(), BrokenPipeError(errno.EPIPE, "gone")]
)
@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz"])
@pytest.mark.parametrize("binary", [True, False])
def test_after_an_error_the_old_file_stands(tmp_path: Path, error: Any, name: Any, binary: Any) -> None:
    path = tmp_path / name
    path.write_bytes(b"old")
    with pytest.raises(type(error)), atomic_writer(path, binary=binary) as out:
        out.write(b"new" * 9999 if binary else "new" * 9999)
        raise error
    assert (files(tmp_path), path.read_bytes()) == ([name], b"old")


def test_a_full_disk_is_one_sentence_and_the_old_file_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with (
        pytest.raises(InputError, match=r"a\.txt: can't be written \(no space left on device\); make room"),
        atomic_writer(path) as out,
    ):
        out.write("new")
    assert (files(tmp_path), path.read_bytes()) == (["a.txt"], b"old")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("no/a.txt", "a.txt: can't be written (no such file or directory); make its folder first"),
        ("file/a.txt", "a.txt: can't be written (not a directory); make its folder first"),
        ("folder", "folder: is a folder and can't be written as a file; name a file"),
    ],
)
def test_where_nothing_can_be_written(tmp_path: Path, name: Any, sentence: Any) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(InputError) as caught, atomic_writer(tmp_path / name):
        pass
    assert sentence in str(caught.value)


def test_mode_and_link_are_kept(tmp_path: Path) -> None:
    (tmp_path / "real.txt").touch(mode=0o640)
    (tmp_path / "real.txt").chmod(0o640)
    (tmp_path / "link.txt").symlink_to("real.txt")
    with atomic_writer(tmp_path / "link.txt") as out:
        out.write("new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"
    assert stat.S_IMODE((tmp_path / "real.txt").stat().st_mode) == 0o640


def test_a_device_stays_a_device() -> None:
    with atomic_writer("/dev/null") as out:
        out.write("gone")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_rejects_have_exactly_the_keys_of_the_contract(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    with RejectsWriter(path) as rejects:
        rejects.write(REJECT)
        rejects.write(REJECT)
    lines = path.read_text("utf-8").splitlines()
    assert rejects.count == len(lines) == 2
    assert json.loads(lines[0]) == {
        "file": "t.csv",
        "record": 3,
        "line": 7,
        "id": None,
        "code": "empty_text",
        "message": "the text is empty – “really”",
        "remedy": "give it one",
    }


def test_no_rejects_no_file(tmp_path: Path) -> None:
    with RejectsWriter(tmp_path / "r.jsonl"):
        pass
    assert files(tmp_path) == []
    (tmp_path / "r.jsonl").write_text("of an earlier run")
    with RejectsWriter(tmp_path / "r.jsonl"):
        pass
    assert files(tmp_path) == []


def test_an_interrupted_run_leaves_the_old_rejects(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text("old")
    for writes in (0, 1):
        with pytest.raises(KeyboardInterrupt), RejectsWriter(tmp_path / "r.jsonl") as rejects:
            for _ in range(writes):
                rejects.write(REJECT)
            raise KeyboardInterrupt
        assert (files(tmp_path), (tmp_path / "r.jsonl").read_text()) == (["r.jsonl"], "old")


def test_rejects_without_a_path_are_counted() -> None:
    with RejectsWriter(None) as rejects:
        rejects.write(REJECT)
    assert rejects.count == 1


@pytest.mark.parametrize(
    ("out", "expected"), [("a/out.jsonl", "a/out.jsonl.rejects.jsonl"), (None, None), ("/dev/null", None)]
)
def test_default_rejects_path(out: Any, expected: Any) -> None:
    got = default_rejects_path(out, ["in.csv", "-"])
    assert (None if got is None else got.as_posix()) == expected


def test_rejects_never_write_over_an_input() -> None:
    with pytest.raises(InputError, match=r"is an input .*; say --rejects$"):
        default_rejects_path("out", ["./out.rejects.jsonl"])


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with atomic_writer(path, binary=True) as out:
        lines = JsonLinesWriter(out)
        lines.write({"b": float("nan"), "a": [float("inf"), 0.1, "é\n"]})
        lines.write({})
    assert path.read_bytes() == '{"b":null,"a":[null,0.1,"é\\n"]}\n{}\n'.encode()
    assert lines.count == 2
