"""JSON Lines and JSON arrays: what becomes of every line."""

import gzip
import io
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import InputError
from classifier.io import jsonlines
from classifier.io.columns import Columns
from classifier.io.jsonlines import JsonReader, is_json_object
from classifier.io.records import Ids, duplicates_rejected
from classifier.text.document import REJECT_CODES, Document, Reject

FIND_COLUMNS = Columns()


def read(
    data: Any,
    *,
    columns: Any = FIND_COLUMNS,
    encoding: Any = None,
    notes: Any = None,
    whole: bool = False,
) -> list[Any]:
    stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
    told: list[str] = notes if notes is not None else []
    reader = JsonReader(
        stream, name="t.jsonl", columns=columns, encoding=encoding, whole=whole, notes=told.append
    )
    ids = Ids()
    records = duplicates_rejected(reader.records(), "t.jsonl", lambda _, own: not ids.claim(own))
    return [found for _, found in records]


def brief(records: Any) -> list[Any]:
    return [(r.id, r.raw) if isinstance(r, Document) else (r.record, r.line, r.id, r.code) for r in records]


GOOD = '{"id": "z", "text": "Z"}'
# (line put before a good one, what becomes of it)
LINES = [
    ('{"id": 7, "text": "x"}', ("7", "x")),
    ('{"id": 7.5, "text": "x"}', ("7.5", "x")),
    ('{"id": null, "text": "x"}', ("t.jsonl:1", "x")),
    ('{"id": [1], "text": "x"}', ("t.jsonl:1", "x")),
    ('{"id": " ", "text": "x"}', ("t.jsonl:1", "x")),
    ('{"text": "a\\u0000b\\ud83d\\udea2"}', ("t.jsonl:1", "a\x00b🚢")),
    ('{"id": "a", "text": null}', (1, 1, "a", "null_text")),
    ('{"id": "a", "text": " \\n"}', (1, 1, "a", "empty_text")),
    ('{"id": "a", "text": 4}', (1, 1, "a", "text_not_string")),
    ('{"id": "a", "text": ["x"]}', (1, 1, "a", "text_not_string")),
    ('{"id": "a", "body": "x"}', (1, 1, "a", "missing_text")),
    ('{"id": "a", "text": "x', (1, 1, None, "invalid_json")),
    ('{"id": "a", "text": "\\ud83d"}', (1, 1, None, "invalid_json")),
    ('{"id": "a", "text": NaN}', (1, 1, None, "invalid_json")),
    ("[" * 100_000, (1, 1, None, "invalid_json")),
    ('["a"]', (1, 1, None, "not_an_object")),
    ("null", (1, 1, None, "not_an_object")),
]


@pytest.mark.parametrize(("line", "expected"), LINES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line(line: Any, expected: Any, end: Any) -> None:
    assert brief(read(f"{line}{end}{GOOD}")) == [expected, ("z", "Z")]


def test_blank_lines_count_as_lines_only() -> None:
    got = read(f"\n{GOOD}\n  \r\n\nnull\n")
    assert brief(got) == [("z", "Z"), (2, 5, None, "not_an_object")]


def test_invalid_bytes_cost_their_line() -> None:
    got = read(b'{"text": "caf\xe9"}\n' + GOOD.encode())
    assert brief(got) == [(1, 1, None, "invalid_utf8"), ("z", "Z")]
    assert "byte 13" in got[0].message and "--encoding" in got[0].remedy


def test_duplicate_ids_the_first_stands() -> None:
    got = read(
        f'{{"id": "z", "text": null}}\n{GOOD}\n{GOOD}\n{{"id": "t.jsonl:5", "text": "x"}}\n{{"text": "y"}}'
    )
    assert brief(got) == [
        (1, 1, "z", "null_text"),
        ("z", "Z"),
        (3, 3, "z", "duplicate_id"),
        ("t.jsonl:5", "x"),
        (5, 5, "t.jsonl:5", "duplicate_id"),
    ]


def test_meta_and_title() -> None:
    line = '{"text": "x", "headline": "T", "class": 1, "outlet": "Quay Post", "date": "", "uid": 3, "x": []}'
    told: list[str] = []
    assert read(line, notes=told) == [Document("3", "x", "T", None, {"label": "1", "publisher": "Quay Post"})]
    assert len(told) == 4 and all("--" in note for note in told)
    assert read('{"text": "x", "label": true}')[0].meta == {"label": "true"}


@pytest.mark.parametrize(
    ("lines", "columns", "told", "texts"),
    [
        (['{"text": "x", "body": "y"}'], Columns(), 0, ["x"]),
        (['{"text": "x", "body": "y"}'], Columns(text="body"), 0, ["y"]),
        (['{"Text": "x"}'], Columns(), 0, ["x"]),
        (['{"body": "x"}', '{"text": "y"}', '{"text": "z"}'], Columns(), 0, ["y", "z"]),
        (['{"content": "x"}', "null", '{"content": "y"}'], Columns(), 1, ["x", "y"]),
        (['{"text": "x"}'], Columns(label="verdict"), 1, ["x"]),
        (["null"] * 100 + ['{"text": "x"}'], Columns(), 0, ["x"]),
    ],
)
def test_choice_of_keys(lines: Any, columns: Any, told: Any, texts: Any) -> None:
    notes: list[str] = []
    got = read("\n".join(lines), columns=columns, notes=notes)
    assert [r.raw for r in got if isinstance(r, Document)] == texts
    assert len(notes) == told and len(got) == len(lines)


@pytest.mark.parametrize("columns", [Columns(), Columns(text="story")])
def test_no_object_has_the_text(columns: Any) -> None:
    with pytest.raises(InputError) as caught:
        read('{"id": 1, "words": "x"}\n{"id": 2}', columns=columns)
    assert str(caught.value).startswith("t.jsonl: has no key ")
    assert "(keys: 'id', 'words'); say --text" in str(caught.value)


def test_a_line_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "RECORD_LIMIT", 40)
    got = read('{"text": "' + "x" * 200 + '"}\n' + GOOD + '\n{"text": "' + "y" * 200)
    assert brief(got) == [(1, 1, None, "too_large"), ("z", "Z"), (3, 3, None, "too_large")]


def test_encodings() -> None:
    line = '{"id": "a", "text": "Zoë – 5 €"}\n'
    assert brief(read("\ufeff" + line)) == [("a", "Zoë – 5 €")]
    assert brief(read((line + GOOD).encode("utf-16"))) == [("a", "Zoë – 5 €"), ("z", "Z")]
    assert brief(read((line + GOOD).encode("cp1252"), encoding="cp1252")) == [("a", "Zoë – 5 €"), ("z", "Z")]


@pytest.mark.parametrize("cut", [40, 200, -4])
def test_truncated_gzip_keeps_what_was_read(cut: Any) -> None:
    lines = [f'{{"id": "r{n}", "text": "Text {n * 7919 % 1009}"}}\n' for n in range(60)]
    packed = gzip.compress("".join(lines).encode(), mtime=0)
    got = read_all(gzip.GzipFile(fileobj=io.BytesIO(packed[:cut])))
    documents, last = got[:-1], got[-1]
    assert [d.id for d in documents] == [f"r{n}" for n in range(len(documents))]
    assert (last.code, last.record, last.line) == ("unreadable", len(documents) + 1, len(documents) + 1)
    assert f"line {last.line}" in last.message and "cut off" in last.remedy


def read_all(stream: Any) -> list[Any]:
    reader = JsonReader(stream, name="t", columns=FIND_COLUMNS, encoding=None, notes=lambda note: None)
    return [found for _, found in reader.records()]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (f"{GOOD}\n" + '{"id": "y", "text": ""}', [("z", "Z"), (2, 2, "y", "empty_text")]),
        (f'[{GOOD}, {{"id": 1, "text": "x"}}]', [("z", "Z"), ("1", "x")]),
        (
            f'\n[\n {GOOD},\n 1,\n {{\n"id": 1, "text":\n null}}\n]\n',
            [("z", "Z"), (2, 4, None, "not_an_object"), (3, 5, "1", "null_text")],
        ),
        ('{\n  "id": "a",\n  "text": "x"\n}\n', [("a", "x")]),
        ("", [(1, 1, None, "empty_text")]),
        ("[]", [(1, 1, None, "empty_text")]),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_file(data: Any, expected: Any, encoding: Any) -> None:
    got = brief(read(data.encode(encoding) if data else b"", whole=True))
    assert got == expected


def test_broken_json_file() -> None:
    with pytest.raises(InputError, match=r"^t\.jsonl: is neither one JSON array .*--input-format jsonl"):
        read('[{"text": "x"},\n', whole=True)


ARRAYS = [
    ('[\n{"id": "a", "text": "x"},\n{"id": "b", "text": ""}\n]\n', [("a", "x"), (2, 3, "b", "empty_text")]),
    ('\n[{"id": "a", "text": "x"}, {"id": "b", "text": "y"}]', [("a", "x"), ("b", "y")]),
    ('[{"id": "a", "text": "x"},\n {"id": "b", "text": "y"}]', [("a", "x"), ("b", "y")]),
    ('{\n  "id": "a",\n  "text": "x"\n}\n', [("a", "x")]),
]


@pytest.mark.parametrize(("data", "expected"), ARRAYS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_an_array_called_jsonl_is_read_and_told(data: Any, expected: Any, encoding: Any) -> None:
    told: list[str] = []
    assert brief(read(data.encode(encoding), notes=told)) == expected
    assert told == ["t.jsonl: holds one JSON value and no lines of JSON, and was read as such"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (f"[\n{GOOD}\n", [(1, 1, None, "invalid_json"), ("z", "Z")]),
        (f'[{{"text": "x"}}]\n{GOOD}\n', [(1, 1, None, "not_an_object"), ("z", "Z")]),
        (f"{{\n{GOOD}\n", [(1, 1, None, "invalid_json"), ("z", "Z")]),
    ],
)
def test_lines_that_only_begin_like_an_array(data: Any, expected: Any) -> None:
    assert brief(read(data)) == expected


def test_an_array_on_a_pipe_read_as_lines_is_refused_once() -> None:
    stream: Any = io.BytesIO(b'[\n{"text": "x"}\n]')
    stream.seekable = lambda: False
    with pytest.raises(
        InputError, match="t: begins as one JSON array and not as JSON Lines; leave --input-format"
    ):
        read_all(stream)


def test_a_line_of_fifty_megabytes() -> None:
    text = "word, " * 8_333_333 + "é"
    (got,) = read(msgspec.json.encode({"text": text}))
    assert got.raw == text


@pytest.mark.parametrize(
    ("line", "answer"), [(b' {"a": 1}\n', True), (b"{a}", False), (b"[1]", False), (b"", False)]
)
def test_is_json_object(line: Any, answer: Any) -> None:
    assert is_json_object(line) is answer


any_line = st.one_of(
    st.sampled_from([line for line, _ in LINES if len(line) < 1000]).map(str.encode),
    st.binary(max_size=20).filter(lambda data: b"\n" not in data),
    st.dictionaries(
        st.sampled_from(["id", "text", "label"]), st.text() | st.none() | st.integers() | st.floats()
    ).map(msgspec.json.encode),
)


@given(st.lists(any_line, max_size=20))
def test_every_line_is_accounted_for_once(lines: Any) -> None:
    data = b"\n".join([GOOD.encode(), *lines])
    if data.count(b"\x00") > 2:  # may look like UTF-16
        return
    got = read(data)
    filled = [n for n, line in enumerate([GOOD.encode(), *lines], 1) if line.strip()]
    assert len(got) == len(filled)
    for record, (number, item) in enumerate(zip(filled, got, strict=True), 1):
        if isinstance(item, Reject):
            assert (item.record, item.line) == (record, number)
            assert item.code in REJECT_CODES
        else:
            item.raw.encode()
            item.id.encode()
