"""Scores as JSON Lines, CSV and Parquet: the same answers, whole or in parts, packed or not."""

import csv
import gzip
import io
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from invented_articles import articles, written

from classifier.errors import InputError
from classifier.io import read
from classifier.io.bundle import load_scorer
from classifier.io.results import (
    ResultFormat,
    ResultTable,
    join_parts,
    part_name,
    result_format,
    write_part,
    write_parts,
    written_results,
)
from classifier.scoring.answers import Answer
from classifier.scoring.reasons import REASONS
from classifier.scoring.scorer import Scorer
from classifier.text.document import Document

FORMATS = list(ResultFormat)
KEEP = ("url", "date")


@pytest.fixture(scope="module")
def scorer(tmp_path_factory: pytest.TempPathFactory) -> Scorer:
    return load_scorer(written(tmp_path_factory.mktemp("models") / "small"))


@pytest.fixture(scope="module")
def answers(scorer: Scorer) -> list[Answer]:
    documents = [
        Document(f"d{n}", a.document.raw, kept={"url": f"https://x.example/{n}", "date": None})
        for n, a in enumerate(articles(6, seed=4))
    ]
    documents.insert(2, Document("short", "The gate may be shut.", kept={"url": 'a,"b"\r\nc', "date": "é"}))
    documents.append(Document("=HYPERLINK(1)", documents[0].raw))
    return list(scorer.score_many(documents))


@pytest.fixture
def table(scorer: Scorer) -> Callable[..., ResultTable]:
    def make(format_: ResultFormat, **options: Any) -> ResultTable:
        if format_ is ResultFormat.PARQUET:
            pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
        more = {"n_reasons": len(scorer.bundle.groups)} if options.get("all_reasons") else {}
        return ResultTable(format_, **{"keep": KEEP} | more | options)

    return make


def in_one_go(answers: list[Answer], table: ResultTable) -> bytes:
    out = io.BytesIO()
    with written_results(out, table) as results:
        for answer in answers:
            results.write(answer)
    return out.getvalue()


def rows(data: bytes, format_: ResultFormat) -> list[dict[str, Any]]:
    """Rows of a table with plain values; empty cells are None."""
    if format_ is ResultFormat.PARQUET:
        from pyarrow import parquet

        return parquet.read_table(io.BytesIO(data)).to_pylist()  # type: ignore[no-any-return]
    lines = csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True)
    return [{name: cell or None for name, cell in row.items()} for row in lines]


def test_json_lines_are_the_answers_and_what_is_kept(answers: Any, table: Any) -> None:
    lines = in_one_go(answers, table(ResultFormat.JSONL)).splitlines()
    for line, answer in zip(lines, answers, strict=True):
        told = json.loads(line)
        assert told.pop("kept") == {"url": None, "date": None} | answer.marking.document.kept
        assert told == json.loads(json.dumps(answer.to_dict()))
    assert "kept" not in json.loads(in_one_go(answers, table(ResultFormat.JSONL, keep=())).splitlines()[0])


@pytest.mark.parametrize("format_", [ResultFormat.CSV, ResultFormat.PARQUET])
def test_a_row_says_what_the_answer_says(answers: Any, table: Any, format_: Any) -> None:
    shape = table(format_)
    got = rows(in_one_go(answers, shape), format_)
    assert len(got) == len(answers)
    for row, answer in zip(got, answers, strict=True):
        assert list(row) == list(shape.columns())
        told = answer.to_dict()
        assert (
            row["id"] == answer.id if format_ is ResultFormat.PARQUET else row["id"].lstrip("'") == answer.id
        )
        assert (row["model"], row["model_sha256"]) == (told["model"]["name"], told["model"]["sha256"])
        assert str(row["schema"]) == "1"
        assert row["url"] == answer.marking.document.kept.get("url")
        assert row["date"] == answer.marking.document.kept.get("date")
        score, abstained = told.get("score", {}), told.get("abstained", {})
        assert (row["abstained"], row["says"]) == (abstained.get("code"), abstained.get("says"))
        for name in ("probability", "low", "high", "prevalence", "base"):
            assert number(row[name]) == score.get(name)
        assert row["label"] == score.get("label")
        for i in range(1, REASONS + 1):
            reason = dict(enumerate(score.get("reasons", []), 1)).get(i, {})
            assert row[f"reason_{i}_measure"] == reason.get("measure")
            assert row[f"reason_{i}_says"] == reason.get("says")
            assert number(row[f"reason_{i}_value"]) == reason.get("value")
            assert number(row[f"reason_{i}_contribution"]) == reason.get("contribution")
    assert {row["abstained"] for row in got} == {None, "too_short"}


def number(cell: Any) -> float | None:
    return None if cell is None else float(cell)


@pytest.mark.parametrize("format_", [ResultFormat.CSV, ResultFormat.PARQUET])
def test_signals_and_all_reasons(answers: Any, table: Any, format_: Any) -> None:
    got = rows(in_one_go(answers, table(format_, signals=True, all_reasons=True, would_change=True)), format_)
    for row, answer in zip(got, answers, strict=True):
        assert json.loads(row["signals"]) == json.loads(json.dumps(answer.marking.to_dict()))
        change = answer.score.crossing() if answer.score is not None else None
        assert row["would_change"] == (None if change is None else change.says())
        if answer.score is not None:
            shares = [
                number(row[f"reason_{i}_contribution"])
                for i in range(1, len(answer.score.reasons(every=True)) + 1)
            ]
            total = answer.score.base + sum(share for share in shares if share is not None)
            assert math.isclose(
                total,
                answer.score.base
                + float(answer.score.scored.prediction.contributions[answer.score.row].sum()),
            )


def test_a_kept_column_whose_name_is_taken(answers: Any, table: Any) -> None:
    shape = table(ResultFormat.CSV, keep=("label", "url"))
    assert list(shape.columns())[-2:] == ["kept_label", "url"]
    assert rows(in_one_go(answers, shape), ResultFormat.CSV)[0]["kept_label"] is None


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1+1", "'＝1+1"),
        ("-5", "-5"),
        ("+49", "+49"),
        ("-1.5e-3", "-1.5e-3"),
        ("-", "-"),
        ("a=b", "a=b"),
        ("", None),
    ],
)
def test_no_cell_runs_in_a_spreadsheet(scorer: Any, table: Any, text: Any, cell: Any) -> None:
    (answer,) = scorer.score_many([Document("d", "Short.", kept={"url": text})])
    (row,) = rows(in_one_go([answer], table(ResultFormat.CSV, keep=("url",))), ResultFormat.CSV)
    assert row["url"] == cell
    told = json.loads(in_one_go([answer], table(ResultFormat.JSONL, keep=("url",))))
    assert told["kept"]["url"] == text


@pytest.mark.parametrize("sizes", [(8,), (1, 7), (3, 0, 3, 2), (1,) * 8])
@pytest.mark.parametrize("format_", FORMATS)
def test_parts_joined_are_the_file_written_in_one_go(
    answers: Any, table: Any, format_: Any, sizes: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classifier.io.results.ROW_GROUP", 3)
    shape, parts, begin = table(format_), [], 0
    for number, size in enumerate(sizes):
        parts.append(tmp_path / part_name(number, format_))
        write_part(parts[-1], answers[begin : begin + size], shape)
        begin += size
    out = io.BytesIO()
    join_parts(parts, out, shape)
    assert out.getvalue() == in_one_go(answers, shape)


@pytest.mark.parametrize("format_", [ResultFormat.CSV, ResultFormat.PARQUET])
def test_parts_of_another_shape_are_refused(answers: Any, table: Any, format_: Any, tmp_path: Path) -> None:
    write_part(tmp_path / "a", answers, table(format_, keep=("url",)))
    with pytest.raises(InputError, match="is a part with other columns"):
        join_parts([tmp_path / "a"], io.BytesIO(), table(format_))


@pytest.mark.parametrize("format_", FORMATS)
def test_no_answers(table: Any, format_: Any) -> None:
    data = in_one_go([], table(format_))
    assert (data == b"") if format_ is ResultFormat.JSONL else rows(data, format_) == []


@pytest.mark.parametrize("format_", [ResultFormat.JSONL, ResultFormat.CSV])
@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_packed(answers: Any, table: Any, format_: Any, packing: Any, tmp_path: Path) -> None:
    path = tmp_path / f"x.{format_}.{packing}"
    try:
        write_part(path, answers, table(format_))
    except InputError as error:
        pytest.skip(str(error))
    data = path.read_bytes()
    if packing == "gz":
        unpacked = gzip.decompress(data)
    else:
        zstd = pytest.importorskip("backports.zstd", reason="the extra `zstd` is not installed")
        unpacked = zstd.decompress(data)
    assert unpacked == in_one_go(answers, table(format_))
    assert result_format(path) is format_
    write_part(tmp_path / f"y.{packing}", answers, table(format_))
    assert (tmp_path / f"y.{packing}").read_bytes() == data


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        (None, "jsonl"),
        ("a", "jsonl"),
        ("a.jsonl", "jsonl"),
        ("a.csv", "csv"),
        ("b.c/a.CSV.gz", "csv"),
        ("a.csv.zst", "csv"),
        ("a.parquet", "parquet"),
        ("a.csv.txt", "jsonl"),
    ],
)
def test_the_ending_says_the_format(name: Any, format_: Any) -> None:
    assert result_format(name) == format_


@pytest.mark.parametrize("format_", FORMATS)
def test_a_folder_of_parts(answers: Any, table: Any, format_: Any, tmp_path: Path) -> None:
    shape = table(format_)
    write_parts(tmp_path / "out", answers, shape, 3)
    parts = sorted((tmp_path / "out").iterdir())
    assert [part.name for part in parts] == [part_name(n, format_) for n in range(3)]
    out = io.BytesIO()
    join_parts(parts, out, shape)
    assert out.getvalue() == in_one_go(answers, shape)
    (tmp_path / "empty").mkdir()
    write_parts(tmp_path / "empty", [], shape, 3)
    assert [part.name for part in (tmp_path / "empty").iterdir()] == [part_name(0, format_)]
    with pytest.raises(InputError, match="out: is there and not empty; name a new folder"):
        write_parts(tmp_path / "out", answers, shape, 3)


def test_after_an_error_no_folder_is_left(answers: Any, table: Any, tmp_path: Path) -> None:
    def failing() -> Any:
        yield from answers
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_parts(tmp_path / "out", failing(), table(ResultFormat.CSV), 2)
    assert not list(tmp_path.iterdir())


def test_without_pyarrow_the_remedy_is_told(
    answers: Any, table: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    shape = ResultTable(ResultFormat.PARQUET)
    with pytest.raises(InputError, match=r"pyarrow is not installed; .*misinfo-signals\[parquet\]"):
        write_part(tmp_path / "a.parquet", answers, shape)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("format_", FORMATS)
def test_results_can_be_read_again(answers: Any, table: Any, format_: Any, tmp_path: Path) -> None:
    from classifier.io import Columns

    path = tmp_path / f"x.{format_}"
    write_part(path, [a for a in answers if a.id.startswith("d")], table(format_, keep=()))
    columns = Columns(text="model" if format_ is not ResultFormat.JSONL else "id", id="id")
    assert [d.id for d in read([path], columns=columns)] == [f"d{n}" for n in range(6)]
