"""`misinfo score` with tables in and out: formats by ending, columns carried through, folders of parts."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_runs import ARTICLE, LIST, Ran

Run = Callable[..., Ran]


@pytest.fixture
def score(misinfo: Run, here: Path, small_model: Path) -> Run:
    out = io.StringIO()
    rows = [
        ("id", "url", "text", "date"),
        ("x", "u1", ARTICLE, "1911"),
        ("y", "=u2", LIST, ""),
        ("z", "", "", ""),
    ]
    csv.writer(out).writerows(rows)
    (here / "in.csv").write_text(out.getvalue(), encoding="utf-8", newline="")

    def run(*arguments: object, **options: Any) -> Ran:
        return misinfo("score", *arguments, "--model", small_model, **options)

    return run


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))


def test_the_ending_of_out_is_what_is_written(score: Run, here: Path) -> None:
    ran = score("in.csv", "--out", "o.csv.gz", "--keep", "url, date")
    assert (ran.code, ran.out) == (1, b"")
    first, second = table(gzip.decompress((here / "o.csv.gz").read_bytes()))
    assert (first["id"], first["url"], first["date"], first["abstained"]) == ("x", "u1", "1911", "")
    assert 0 <= float(first["low"]) <= float(first["probability"]) <= float(first["high"]) <= 1
    assert (second["id"], second["url"], second["probability"]) == ("y", "'=u2", "")
    assert second["abstained"] == "not_running_text"
    (reject,) = map(json.loads, (here / "o.csv.gz.rejects.jsonl").read_text().splitlines())
    assert (reject["id"], reject["code"]) == ("z", "empty_text")


def test_format_goes_before_the_ending(score: Run, here: Path) -> None:
    score("in.csv", "--out", "o.csv", "--format", "jsonl", "--keep", "url")
    told = [json.loads(line) for line in (here / "o.csv").read_text().splitlines()]
    assert [one["kept"] for one in told] == [{"url": "u1"}, {"url": "=u2"}]


def test_csv_on_standard_output(score: Run) -> None:
    ran = score("in.csv", "--format", "csv", "--signals")
    assert [row["id"] for row in table(ran.out)] == ["x", "y"]
    assert json.loads(table(ran.out)[0]["signals"])["signals"]["hedges"]


def test_parquet_in_and_out(score: Run, here: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `parquet` is not installed")
    import pyarrow

    pyarrow_table = pyarrow.table(
        {"uid": [1, 2, 3], "body": [ARTICLE, None, LIST], "year": [1911, None, 1912]}
    )
    parquet.write_table(pyarrow_table, here / "in.parquet")
    ran = score("in.parquet", "--out", "o.parquet", "--keep", "year")
    assert ran.code == 1
    assert "in.parquet: the column 'body' was taken for the text; say --text if that is wrong" in ran.err
    assert "in.parquet, record 2, line 2: the text 'body' is null" in ran.err
    rows = parquet.read_table(here / "o.parquet").to_pylist()
    assert [(row["id"], row["year"], row["abstained"]) for row in rows] == [
        ("1", "1911", None),
        ("3", "1912", "not_running_text"),
    ]
    assert [row["id"] for row in score("-", stdin=(here / "in.parquet").read_bytes()).records] == ["1", "3"]
    ran = score("in.parquet", "--format", "parquet", terminal=True)
    assert (ran.code, ran.out) == (2, b"")
    assert "Parquet is nothing for a terminal" in ran.err


def test_a_folder_of_parts(score: Run, here: Path) -> None:
    assert score("in.csv", "--out", "parts", "--format", "csv", "--part-size", 1).code == 1
    assert sorted(path.name for path in (here / "parts").iterdir()) == ["part-000000.csv", "part-000001.csv"]
    assert [row["id"] for row in table((here / "parts" / "part-000001.csv").read_bytes())] == ["y"]
    assert (here / "parts.rejects.jsonl").is_file()
    ran = score("in.csv", "--out", "parts", "--part-size", 1)
    assert (ran.code, "parts: is there and not empty; name a new folder" in ran.err) == (2, True)
    ran = score("in.csv", "--part-size", 1)
    assert (ran.code, "--part-size makes a folder" in ran.err) == (2, True)


def test_a_column_to_keep_that_is_not_there(score: Run) -> None:
    ran = score("in.csv", "--keep", "url,author")
    assert ran.code == 2
    assert (
        "in.csv: has no column 'author' to keep (columns: 'id', 'url', 'text', 'date'); mend --keep"
        in ran.err
    )


def test_patterns_are_expanded_in_order(score: Run, here: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a/3.txt", "a/x.csv"):
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_text(ARTICLE)
    assert [r["id"] for r in score("?/*.txt").records] == ["a/3.txt", "b/1.txt", "b/2.txt"]
    assert [r["id"] for r in score("**/[12].txt").records] == ["b/1.txt", "b/2.txt"]
    ran = score("*.docx")
    assert (ran.code, "*.docx: matches no file; check the pattern" in ran.err) == (2, True)
