"""`misinfo mark --format`: the formats for other tools as files, folders and streams."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runs import ARTICLE, Ran

from classifier.cli.mark import MarkFormat
from classifier.exports import FOLDERS, STREAMS

Run = Callable[..., Ran]


def test_every_format_can_be_named() -> None:
    assert {*STREAMS, *FOLDERS} <= set(MarkFormat)


@pytest.mark.parametrize("form", STREAMS)
def test_a_stream_is_the_same_on_standard_output_and_in_a_file(
    form: str, misinfo: Run, article: str, here: Path
) -> None:
    shown = misinfo("mark", article, "--format", form)
    assert shown.code == 0
    assert shown.out
    assert misinfo("mark", article, "--format", form, "--out", "o").out == b""
    assert (here / "o").read_bytes() == shown.out


def test_sarif_of_many(misinfo: Run, article: str, here: Path) -> None:
    (here / "b.txt").write_text(ARTICLE, encoding="utf-8")
    (run,) = json.loads(misinfo("mark", article, "b.txt", "--format", "sarif").text)["runs"]
    assert [one["location"]["uri"] for one in run["artifacts"]] == ["quay.txt", "b.txt"]


def test_csv_of_a_table_names_the_records(misinfo: Run, here: Path) -> None:
    (here / "t.csv").write_text(
        'id,text\nx7,"The old quay\r\nat Oxmoor may close, perhaps."\n', encoding="utf-8"
    )
    text = misinfo("mark", "t.csv", "--format", "csv").text
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["document"] for row in rows} == {"x7"}
    assert ("may", "2", "11") in {(row["text"], row["line"], row["column"]) for row in rows}


@pytest.mark.parametrize(
    ("form", "names"), [("brat", ["annotation.conf", "quay.ann", "quay.txt"]), ("webanno", ["quay.tsv"])]
)
def test_a_folder_is_filled(form: str, names: list[str], misinfo: Run, article: str, here: Path) -> None:
    ran = misinfo("mark", article, "--format", form, "--out", "new/folder")
    assert (ran.code, ran.out) == (0, b"")
    assert sorted(path.name for path in (here / "new" / "folder").iterdir()) == names
    if form == "brat":
        assert (here / "new" / "folder" / "quay.txt").read_bytes() == (here / article).read_bytes()


@pytest.mark.parametrize("form", FOLDERS)
def test_a_folder_is_named_and_empty(form: str, misinfo: Run, article: str, here: Path) -> None:
    ran = misinfo("mark", article, "--format", form)
    assert (ran.code, ran.err) == (
        2,
        f"misinfo: the format {form} is several files; name a folder for them with --out\n",
    )
    ran = misinfo("mark", article, "--format", form, "--out", here)
    assert ran.code == 2
    assert "give --out a new folder" in ran.err
    assert misinfo("mark", article, "--format", form, "--out", article).code == 2
    assert [path.name for path in here.iterdir()] == [article]


def test_rejects_stand_beside_the_folder(misinfo: Run, article: str, here: Path) -> None:
    (here / "empty.txt").write_text("")
    (here / "there").mkdir()
    for folder in ("there", "new"):
        ran = misinfo("mark", article, "empty.txt", "--format", "webanno", "--out", folder)
        assert ran.code == 1
        assert json.loads((here / f"{folder}.rejects.jsonl").read_text())["code"] == "empty_text"
