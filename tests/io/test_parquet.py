"""Parquet: every row is accounted for, whatever its types, and a damaged row group costs itself."""

import datetime
import decimal
import io
from pathlib import Path
from typing import Any

import pytest

from classifier.errors import InputError
from classifier.io import Columns, read
from classifier.text.document import Document

pa = pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
pq = pytest.importorskip("pyarrow.parquet", reason="the extra `parquet` is not installed")


def brief(records: Any) -> list[Any]:
    return [(r.id, r.raw) if isinstance(r, Document) else (r.record, r.line, r.id, r.code) for r in records]


def packed(table: Any, **options: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(tmp_path)

    def make(columns: Any, **options: Any) -> str:
        table = columns if isinstance(columns, pa.Table) else pa.table(columns)
        Path("t.parquet").write_bytes(packed(table, **options))
        return "t.parquet"

    return make


def test_rows_are_records(made: Any) -> None:
    name = made(
        {"id": ["a", None, "c", "a", "e"], "text": ["One", "Two\n", None, "Again", " "], "n": [1, 2, 3, 4, 5]}
    )
    assert brief(read([name])) == [
        ("a", "One"),
        ("t.parquet:2", "Two\n"),
        (3, 3, "c", "null_text"),
        (4, 4, "a", "duplicate_id"),
        (5, 5, "e", "empty_text"),
    ]


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())], ids=str
)
def test_kinds_of_strings(made: Any, kind: Any) -> None:
    assert brief(read([made({"text": pa.array(["Zoë 🚢", "Two", "Two"], kind)})])) == [
        ("t.parquet:1", "Zoë 🚢"),
        ("t.parquet:2", "Two"),
        ("t.parquet:3", "Two"),
    ]


def test_other_types_are_written_out(made: Any) -> None:
    moment = datetime.datetime(2026, 5, 3, 4, 5, 6)
    name = made(
        {
            "id": [17, None],
            "text": ["One", "Two"],
            "date": pa.array([moment, None], pa.timestamp("ns")),
            "day": [datetime.date(2026, 5, 3), None],
            "price": [decimal.Decimal("1.50"), None],
            "tags": [["x", "y"], []],
            "label": [True, False],
        }
    )
    first, second = read([name], columns=Columns(keep=("day", "price", "tags", "label")))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.id == "17"
    assert first.meta == {"label": "true", "date": "2026-05-03T04:05:06"}
    assert first.kept == {"day": "2026-05-03", "price": "1.50", "tags": '["x","y"]', "label": "true"}
    assert second.kept == {"day": None, "price": None, "tags": "[]", "label": "false"}


def test_a_string_that_is_no_utf8(made: Any) -> None:
    raw = pa.array([b"One", b"caf\xe9", b"Three"], pa.binary()).view(pa.string())
    assert brief(read([made({"id": ["a", "b", "c"], "text": raw})])) == [
        ("a", "One"),
        (2, 2, "b", "invalid_utf8"),
        ("c", "Three"),
    ]


@pytest.mark.parametrize("column", [[1, 2], [b"x", b"y"], [["x"], ["y"]]], ids=["int", "bytes", "list"])
def test_a_text_that_is_none(made: Any, column: Any) -> None:
    assert brief(read([made({"text": column})])) == [(n, n, None, "text_not_string") for n in (1, 2)]


def test_a_damaged_row_group_costs_its_rows(made: Any) -> None:
    texts = [f"Text {n * 7919 % 10007}." for n in range(300)]
    name = made({"text": texts}, row_group_size=100, compression="zstd", use_dictionary=False)
    data = bytearray(Path(name).read_bytes())
    about = pq.read_metadata(name).row_group(1).column(0)
    begin = about.data_page_offset + 40
    data[begin : begin + 60] = bytes(60)
    Path(name).write_bytes(data)
    got = list(read([name]))
    assert len(got) == 300
    assert [type(record) for record in got[:100] + got[200:]] == [Document] * 200
    assert brief(got[100:200]) == [(n, n, None, "unreadable") for n in range(101, 201)]
    assert "row group 2 can't be read" in str(got[100])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PAR1 and nothing more", "t.parquet: is no Parquet file that can be read"),
        (b"id,text\n", "t.parquet: is no Parquet file that can be read"),
        (
            packed(pa.table({"nr": [1]})),
            "t.parquet: has no column that is known to hold the text (columns: 'nr')",
        ),
        (packed(pa.table({"text": ["x"]}))[:-20], "t.parquet: is no Parquet file that can be read"),
    ],
)
def test_what_is_no_table(made: Any, data: bytes, sentence: str) -> None:
    Path("t.parquet").write_bytes(data)
    with pytest.raises(InputError) as caught:
        list(read(["t.parquet"]))
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_columns_are_chosen_as_in_other_tables(made: Any) -> None:
    told: list[str] = []
    name = made({"uid": ["a"], "maintext": ["One"], "outlet": ["Quay Post"]})
    (got,) = read([name], notes=told.append)
    assert isinstance(got, Document)
    assert (got.id, got.raw, got.meta) == ("a", "One", {"publisher": "Quay Post"})
    assert told[0] == "t.parquet: the column 'maintext' was taken for the text; say --text if that is wrong"
    with pytest.raises(InputError, match="has no column 'author' to keep"):
        list(read([name], columns=Columns(keep=("author",))))


def test_no_rows(made: Any) -> None:
    told: list[str] = []
    assert list(read([made({"text": pa.array([], pa.string())})], notes=told.append)) == []
    assert told == ["t.parquet: there are no records in it"]


@pytest.mark.parametrize("seekable", [True, False])
@pytest.mark.parametrize("kind", ["auto", "parquet"])
def test_standard_input(seekable: bool, kind: str) -> None:
    stream: Any = io.BytesIO(packed(pa.table({"id": ["a"], "text": ["One"]})))
    stream.seekable = lambda: seekable
    assert brief(read(["-"], input_format=kind, stdin=stream)) == [("a", "One")]
