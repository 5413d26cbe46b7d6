"""Chunks of the inputs: read by themselves, from their ranges, they give what the whole reading gives."""

import gzip
import io
import json
import os
import pickle
import threading
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier.errors import InputError
from classifier.io import Columns, ranges, read, read_chunks, read_ranges
from classifier.text.document import Document

# One broken row of every kind in each; "a" comes twice, and again in every other input.
ROWS = [
    "a,One,x",
    "",
    'b,"Two\r\nlines, ""quoted""",x',
    "c,short",
    "d,,x",
    'e,"never closed,x',
    "a,Again,x",
    "   ",
    "f,caf\udce9,x",
    'g,"""",x',
    "h,One,x,long",
    "i,Zoë “said” 🚢,x",
    'j,"stray "mark,x',
    "k,Last,x",
]
LINES = [
    '{"id": "a", "text": "One"}',
    "",
    '{"id": "b", "text": "Zoë “said” 🚢"}',
    '{"id": "c", "text": null}',
    "no json",
    '{"id": "a", "text": "Again"}',
    "[1]",
    '{"id": "d", "text": "caf\udce9"}',
    '{"id": 7, "text": 7}',
    "   ",
    '{"id": "k", "text": "Last"}',
]
TABLE = "id,text,label\n" + "\n".join(ROWS) + "\n"
JSON_LINES = "\n".join(LINES) + "\n"


def raw(text: str, encoding: str = "utf-8") -> bytes:
    return text.encode(encoding, "surrogateescape")


def parquet(*, row_group: int = 3) -> bytes:
    arrow = pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
    from pyarrow import parquet as module

    table = arrow.table(
        {"id": ["a", "b", "a", None, "e", "f", "g"], "text": ["One", None, "Again", " ", "Zoë", "x", "y"]}
    )
    out = io.BytesIO()
    module.write_table(table, out, row_group_size=row_group)
    return out.getvalue()


def zstd(data: bytes) -> bytes:
    try:
        from backports import zstd as module
    except ModuleNotFoundError:
        module = pytest.importorskip("compression.zstd", reason="the extra `zstd` is not installed")
    return bytes(module.compress(data))


# name, content, whether each range can be reached without reading what stands before it
INPUTS: list[tuple[str, Callable[[], bytes], bool]] = [
    ("t.csv", lambda: raw(TABLE), True),
    ("bom.csv", lambda: raw("\ufeffsep=,\n" + TABLE), True),
    ("crlf.csv", lambda: raw(TABLE.replace("\n", "\r\n")), True),
    ("windows.csv", lambda: raw("id;text\na;caf\udce9\nb;\udc81\nc;\udc93x\udc94\nd\ne;Fin\n"), True),
    ("utf16.csv", lambda: "id\ttext\na\tZoë\nb\t\nc\tx\n".encode("utf-16"), False),
    ("t.csv.gz", lambda: gzip.compress(raw(TABLE), mtime=0), False),
    ("cut.csv.gz", lambda: gzip.compress(raw(TABLE + "z,More,x\n" * 150), mtime=0)[:-20], False),
    ("t.csv.zst", lambda: zstd(raw(TABLE)), False),
    ("t.jsonl", lambda: raw(JSON_LINES), True),
    ("bom.jsonl", lambda: raw("\ufeff\n" + JSON_LINES.replace("\n", "\r\n")), True),
    ("utf16.jsonl", lambda: "\n".join(LINES[:5]).encode("utf-16"), False),
    ("t.jsonl.gz", lambda: gzip.compress(raw(JSON_LINES), mtime=0), False),
    ("t.jsonl.zst", lambda: zstd(raw(JSON_LINES)), False),
    ("t.json", lambda: b'[{"id": "a", "text": "x"},\n 1, {"id": "a", "text": "y"}, {"text": "z"}]', False),
    ("pretty.jsonl", lambda: b'[\n{"id": "a", "text": "x"},\n{"id": "b",\n "text": ""}\n]', False),
    ("t.parquet", parquet, True),
    ("t.parquet.gz", lambda: gzip.compress(parquet(), mtime=0), True),
    ("a.txt", lambda: b"One.", True),
    ("empty.html", lambda: b" ", True),
    ("binary.txt", lambda: b"%PDF-1.4", True),
    ("empty.csv", lambda: b"", True),
    ("headless.csv", lambda: b"nr,words\n1,x\n", True),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def alone(chunks: Any) -> Iterator[Any]:
    """Every chunk as another process reads it."""
    for chunk in reversed(list(chunks)):
        again = list(read_ranges(pickle.loads(pickle.dumps(chunk.ranges))))
        assert again == chunk.records
        yield again


@pytest.mark.parametrize("size", [1, 2, 5, 256])
@pytest.mark.parametrize(("name", "content", "near"), INPUTS, ids=[name for name, _, _ in INPUTS])
def test_ranges_of_one_input_give_the_whole(
    here: Path, name: str, content: Callable[[], bytes], near: bool, size: int
) -> None:
    (here / name).write_bytes(content())
    (here / "z.txt").write_bytes(b"The end.")
    whole = list(read([name, "z.txt"]))
    chunks = list(read_chunks([name, "z.txt"], size=size))
    assert list(chain.from_iterable(chunk.records for chunk in chunks)) == whole
    assert [len(chunk.records) for chunk in chunks[:-1]] == [size] * (len(chunks) - 1)
    assert list(chain.from_iterable(reversed(list(alone(chunks))))) == whole
    assert all(chunk.near for chunk in chunks[1:]) is near or len(whole) <= size + 1


def test_chunks_go_over_inputs_and_ids_are_kept_apart_over_all(here: Path) -> None:
    names = []
    for name, content, _ in INPUTS:
        (here / name).write_bytes(content())
        names.append(name)
    (here / "f").mkdir()
    for number in range(9):
        (here / "f" / f"{number}.txt").write_bytes(b"x" * number)
    names += ["gone.txt", "f"]
    whole = list(read(names))
    assert {d.id for d in whole if isinstance(d, Document)} >= {"a", "a.txt", "8.txt"}
    chunks = list(read_chunks(names, size=7))
    assert len([d for d in whole if isinstance(d, Document) and d.id == "a"]) == 1
    assert list(chain.from_iterable(reversed(list(alone(chunks))))) == whole
    assert sum(part.count for chunk in chunks for part in chunk.ranges) == len(whole)


row = st.one_of(
    st.sampled_from(ROWS),
    st.text(st.sampled_from(list('ab,;"\r\n\té🚢\udce9')), max_size=15),
)
line = st.one_of(
    st.sampled_from(LINES),
    st.text(st.sampled_from(list('{}[]"a:,é🚢\udce9 ')), max_size=15),
    st.fixed_dictionaries({"id": st.integers(0, 9), "text": st.text(max_size=5)}).map(json.dumps),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(row, max_size=12), size=st.integers(1, 4), end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_table(tmp_path: Path, rows: list[str], size: int, end: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(raw("id,text,label" + end + end.join(rows)))
    chunks = list(read_chunks([path], size=size))
    assert list(chain.from_iterable(reversed(list(alone(chunks))))) == list(read([path]))
    assert all(chunk.near for chunk in chunks) or end == "\r\n"


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(lines=st.lists(line, max_size=12), size=st.integers(1, 4))
def test_any_json_lines(tmp_path: Path, lines: list[str], size: int) -> None:
    path = tmp_path / "t.jsonl"
    path.write_bytes(raw("\n".join(['{"id": "first", "text": "x"}', *lines])))
    chunks = list(read_chunks([path], size=size))
    assert list(chain.from_iterable(reversed(list(alone(chunks))))) == list(read([path]))
    assert all(chunk.near for chunk in chunks)


def test_what_is_kept_and_chosen_goes_with_the_range(here: Path) -> None:
    (here / "t.csv").write_text("nr,words,url\n1,One,u1\n2,Two,\n3,Three,u3\n")
    columns = Columns(text="words", id="nr", keep=("url",))
    chunks = list(read_chunks(["t.csv"], size=1, columns=columns))
    got: Any = list(chain.from_iterable(read_ranges(chunk.ranges) for chunk in chunks))
    assert [(d.id, d.raw, d.kept) for d in got] == [
        ("1", "One", {"url": "u1"}),
        ("2", "Two", {"url": None}),
        ("3", "Three", {"url": "u3"}),
    ]


def test_large_texts_end_a_chunk(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "CHUNK_CHARACTERS", 25)
    (here / "t.csv").write_text("text\n" + "ten chars.\n" * 7)
    assert [len(chunk.records) for chunk in read_chunks(["t.csv"])] == [3, 3, 1]


def test_rows_deep_in_a_row_group_are_not_near(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classifier.io.parquet.NEAR", 2)
    (here / "t.parquet").write_bytes(parquet(row_group=4))
    chunks = list(read_chunks(["t.parquet"], size=1))
    assert [chunk.near for chunk in chunks] == [True, True, False, False, True, True, False]
    assert list(chain.from_iterable(reversed(list(alone(chunks))))) == list(read(["t.parquet"]))


def test_standard_input_is_read_once() -> None:
    stream = io.BytesIO(raw(JSON_LINES))
    chunks = list(read_chunks(["-"], size=4, input_format="jsonl", stdin=stream))
    assert not any(chunk.near for chunk in chunks)
    with pytest.raises(InputError, match=r"standard input: can't be read a second time; use its records"):
        list(read_ranges(chunks[0].ranges))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a path")
@pytest.mark.parametrize(("name", "data"), [("t.csv", TABLE), ("t.jsonl", JSON_LINES), ("t.txt", "One.")])
def test_a_pipe_with_a_path_is_read_once(here: Path, name: str, data: str) -> None:
    (here / f"plain-{name}").write_bytes(raw(data))
    os.mkfifo(here / name)
    writer = threading.Thread(target=lambda: (here / name).write_bytes(raw(data)))
    writer.start()
    chunks = list(read_chunks([name], size=4))
    writer.join()
    assert not any(chunk.near for chunk in chunks)
    told = [(type(r), r.id and r.id[-1]) for chunk in chunks for r in chunk.records]
    assert told == [(type(r), r.id and r.id[-1]) for r in read([f"plain-{name}"])]
    with pytest.raises(InputError, match=f"{name}: can't be read a second time"):
        list(read_ranges(chunks[0].ranges))


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl"])
def test_a_file_that_got_shorter_is_told(here: Path, name: str) -> None:
    (here / name).write_bytes(raw(dict(zip(["t.csv", "t.jsonl"], [TABLE, JSON_LINES], strict=True))[name]))
    *_, last = read_chunks([name], size=3)
    (here / name).write_bytes(b'id,text,label\n{"id": "a", "text": "x"}\n')
    with pytest.raises(InputError, match=rf"{name}: has \d records fewer than when it was cut into chunks"):
        list(read_ranges(last.ranges))
