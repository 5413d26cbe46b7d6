"""Tables: what becomes of every record, and where it stands."""

import csv
import gzip
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import InputError
from classifier.io import tables
from classifier.io.columns import Columns
from classifier.io.records import Ids, duplicates_rejected, is_blank
from classifier.io.tables import TableReader, quoting_of, separator_of
from classifier.text.document import REJECT_CODES, Document, Reject

FIND_COLUMNS = Columns()


def read(
    data: Any, *, columns: Any = FIND_COLUMNS, encoding: Any = None, tabs: Any = False, notes: Any = None
) -> list[Any]:
    stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
    told: list[str] = notes if notes is not None else []
    reader = TableReader(
        stream, name="t.csv", columns=columns, encoding=encoding, tabs=tabs, notes=told.append
    )
    ids = Ids()
    return [
        found
        for _, found in duplicates_rejected(reader.records(), "t.csv", lambda _, own: not ids.claim(own))
    ]


def brief(records: Any) -> list[Any]:
    """(id, text) of a document, (record, line, id, code) of a reject."""
    return [(r.id, r.raw) if isinstance(r, Document) else (r.record, r.line, r.id, r.code) for r in records]


# (table, what becomes of it)
TABLES = [
    ("id,text\na,One\nb,Two", [("a", "One"), ("b", "Two")]),
    ("\ufeffid,text\na,One\n", [("a", "One")]),
    ('\ufeff"id","text"\na,One\n', [("a", "One")]),
    ("text\nOne\nTwo\n", [("t.csv:1", "One"), ("t.csv:2", "Two")]),
    ("sep=;\nid;text\na;One, two\n", [("a", "One, two")]),
    ('id|text\r\na|"One\r\ntwo"\r\nb|Three\r\n', [("a", "One\r\ntwo"), ("b", "Three")]),
    ('id\ttext\na\tHe said "no"\n', [("a", 'He said "no"')]),
    ("\n\nid,text\n\na,One\n   \nb,\n", [("a", "One"), (2, 7, "b", "empty_text")]),
    ("id,text\ra,One\rb, \r", [("a", "One"), (2, 3, "b", "empty_text")]),
    ("id,text\na,One\na,Two\n", [("a", "One"), (2, 3, "a", "duplicate_id")]),
    ("id,text\na,\na,Two\n", [(1, 2, "a", "empty_text"), ("a", "Two")]),
    ("id,text\n,One\n,Two\n", [("t.csv:1", "One"), ("t.csv:2", "Two")]),
    (
        "id,text\na\nb,Two,x\nc,Three\n",
        [(1, 2, "a", "wrong_columns"), (2, 3, "b", "wrong_columns"), ("c", "Three")],
    ),
    # a mark that is never closed: to the end, to another mark, to another mark behind which the line fits
    ('id,text\na,"One\nb,Two\nc,Three\n', [(1, 2, "a", "unclosed_quote"), ("b", "Two"), ("c", "Three")]),
    (
        'id,text\na,"One\nb,"Two, too"\nc,Three\n',
        [(1, 2, "a", "unclosed_quote"), ("b", "Two, too"), ("c", "Three")],
    ),
    (
        'id,text,n\na,"One,1\nb,Two,2\nc,",Three",3\n',
        [(1, 2, "a", "unclosed_quote"), ("b", "Two"), ("c", ",Three")],
    ),
    ('id,text\na,"One "two" three"\nb,Two\n', [(1, 2, "a", "unclosed_quote"), ("b", "Two")]),
    # two of them, with a short record between
    (
        'id,text\na,"One\nb\nc,"Three\nd,Four\n',
        [
            (1, 2, "a", "unclosed_quote"),
            (2, 3, "b", "wrong_columns"),
            (3, 4, "c", "unclosed_quote"),
            ("d", "Four"),
        ],
    ),
    # several lines in a record of the wrong width are one reject
    ('id,text\na,"One\ntwo, and\nthree",x\nb,Two\n', [(1, 2, "a", "wrong_columns"), ("b", "Two")]),
    ("id,text\na,NUL\x00 inside\n", [("a", "NUL\x00 inside")]),
    ("id,text\n", []),
    ("", [(1, 1, None, "empty_text")]),
    (" \n\n", [(1, 1, None, "empty_text")]),
]


@pytest.mark.parametrize(("table", "expected"), TABLES)
def test_table(table: Any, expected: Any) -> None:
    assert brief(read(table)) == expected


def test_document_carries_title_and_meta() -> None:
    head = "id;publisher;date;headline;text;label"
    got = read(f"{head}\na;Quay Post;2026-05-03;Gate shut;The gate is shut.;1\nb; ;;;It may open.;\n")
    assert got == [
        Document(
            "a",
            "The gate is shut.",
            "Gate shut",
            None,
            {"label": "1", "publisher": "Quay Post", "date": "2026-05-03"},
        ),
        Document("b", "It may open.", None, None, {}),
    ]


def test_reject_says_both_numbers_and_what_to_do() -> None:
    short, loose = read('id,text,label\na,One\nb,"Two,1\n')
    assert short == Reject(
        "t.csv",
        1,
        2,
        "a",
        "wrong_columns",
        "the record has 2 fields where the header has 3",
        "put quotation marks around fields that hold the separator or line breaks",
    )
    assert "begins in line 3" in loose.message and "double the marks" in loose.remedy


@pytest.mark.parametrize(
    ("header", "columns", "parts"),
    [
        ("id,words", Columns(), ["t.csv: has no column", "'id', 'words'", "--text"]),
        ("id,words", Columns(text="story"), ["no column 'story'", "'id', 'words'", "--text"]),
        ("id,text", Columns(publisher="outlet"), ["no column 'outlet'", "--publisher"]),
        ("id,text,text", Columns(), ["more than one column called 'text'", "name of its own"]),
        ('id,"text', Columns(), ["header in line 1", "not closed"]),
    ],
)
def test_unusable_header(header: Any, columns: Any, parts: Any) -> None:
    with pytest.raises(InputError) as caught:
        read(f"{header}\na,b\n", columns=columns)
    assert all(part in str(caught.value) for part in parts), str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("header", "columns", "text", "notes"),
    [
        ("Id,TEXT", Columns(), "x", 0),
        ("uid,Article Text", Columns(), "x", 2),
        ("text,body", Columns(), "a", 0),
        ("text,body", Columns(text="body"), "x", 0),
        ("text,Body", Columns(text="body"), "x", 0),
        ("content,text", Columns(), "x", 0),
        (",text,", Columns(), "x", 0),
    ],
)
def test_choice_of_columns(header: Any, columns: Any, text: Any, notes: Any) -> None:
    told: list[str] = []
    got = read(f"{header}\na,x{',' * (header.count(',') - 1)}\n", columns=columns, notes=told)
    assert ([d.raw for d in got], len(told)) == ([text], notes)


def test_guess_is_told_with_the_option() -> None:
    told: list[str] = []
    read("id,content\na,x\n", notes=told)
    assert told == ["t.csv: the column 'content' was taken for the text; say --text if that is wrong"]


@pytest.mark.parametrize(
    ("sample", "tabs", "separator"),
    [
        ("id,text\na,b; c; d\n", False, ","),
        ("id;text\na;b, c, d\n", False, ";"),
        ("id\ttext\na\tb, c; d\n", False, "\t"),
        ("id|text\na|b, c\n", False, "|"),
        ("text\na, b\n", False, ";"),  # one column: any that does not split it
        ("text\na; b, c\n", False, "\t"),
        ("id;a,text\n1;2,3\n", False, ","),
    ],
)
def test_separator(sample: Any, tabs: Any, separator: Any) -> None:
    assert separator_of(sample, Columns(), tabs) == separator


QUOTINGS = [
    # quoting, separator, three rows of (id, text) as written, the texts
    (
        "doubled",
        ",",
        [("a", '"One, ""two"""'), ("b", "Three"), ("c", '"It\\"')],
        ['One, "two"', "Three", "It\\"],
    ),
    (
        "escaped",
        ",",
        [("a", '"One \\"two\\" three"'), ("b", '"\\"Four\\", said\nFive"'), ("c", '"No \\"six\\", no"')],
        ['One "two" three', '"Four", said\nFive', 'No "six", no'],
    ),
    ("single", ",", [(n, "'One, two, it''s'") for n in "abc"], ["One, two, it's"] * 3),
    (
        "none",
        "\t",
        [("a", '"One" two'), ("b", 'Three "four'), ("c", '"Five, six'), ("d", '"Six"!')],
        ['"One" two', 'Three "four', '"Five, six', '"Six"!'],
    ),
]


@pytest.mark.parametrize(("quoting", "separator", "rows", "texts"), QUOTINGS, ids=[q[0] for q in QUOTINGS])
def test_quoting(quoting: Any, separator: Any, rows: Any, texts: Any) -> None:
    table = "\n".join(separator.join(row) for row in [("id", "text"), *rows]) + "\n"
    assert quoting_of(table, separator) == quoting
    assert [record.raw for record in read(table, tabs=separator == "\t")] == texts


def test_a_few_stray_marks_change_no_quoting() -> None:
    rows = "".join(f'{n},"One, {n}",\'x\'\n{n}a,"never closed,x\n' for n in range(5))
    got = read(f"id,text,label\n{rows}")
    assert [type(record) for record in got] == [Document, Reject] * 5
    tabs = "".join(f'{n}\t"One"\n{n}a\t"never closed\n' for n in range(5))
    assert [type(record) for record in read(f"id\ttext\n{tabs}", tabs=True)] == [Document, Reject] * 5


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("id;text\na;One\n", "UTF-8 with ';' between the columns"),
        ("id\ttext\na\tOne\n", "UTF-8 with tabs between the columns"),
        (
            "id,text\n" + 'a,"b \\"c\\" d"\n' * 3,
            "UTF-8 with ',' between the columns and quotation marks escaped by a backslash",
        ),
    ],
)
def test_the_layout_is_said(table: Any, said: Any) -> None:
    reader = TableReader(
        io.BytesIO(table.encode()),
        name="t.csv",
        columns=FIND_COLUMNS,
        encoding=None,
        tabs=False,
        notes=lambda note: None,
    )
    list(reader.records())
    assert str(reader.layout) == said


def test_a_field_of_fifty_megabytes() -> None:
    text = "word, " * 8_333_333 + '\n"é"'
    out = io.StringIO()
    csv.writer(out).writerows([["id", "text"], ["a", text], ["b", "next"]])
    first, second = read(out.getvalue())
    assert first.raw == text
    assert second.raw == "next"


def test_encodings() -> None:
    table = "id;text\na;“Zoë” – 5 €\n"
    told: list[str] = []
    assert brief(read(table.encode("cp1252"), notes=told)) == [("a", "“Zoë” – 5 €")]
    assert len(told) == 1 and "Windows-1252" in told[0] and "--encoding" in told[0]
    assert brief(read(table.encode("utf-16"))) == [("a", "“Zoë” – 5 €")]
    assert brief(read(table.encode("cp1252"), encoding="cp1252")) == [("a", "“Zoë” – 5 €")]


def test_a_damaged_record_of_a_utf8_table_costs_itself() -> None:
    data = "id,text\na,“One” – ä\nb,".encode() + b"caf\xe9" + "\nc,Drei ö\n".encode()
    assert brief(read(data)) == [("a", "“One” – ä"), (2, 3, "b", "invalid_utf8"), ("c", "Drei ö")]


def test_binary_content_is_refused() -> None:
    with pytest.raises(InputError, match=r"^t\.csv: is a ZIP archive .*save it as text or CSV$"):
        read(b"PK\x03\x04" + bytes(100))


def test_a_field_beyond_the_csv_modules_own_limit() -> None:
    text = "word, " * 50_000 + '\n"said"'
    out = io.StringIO()
    csv.writer(out).writerows([["id", "text"], ["a", text], ["b", "next"]])
    assert brief(read(out.getvalue())) == [("a", text), ("b", "next")]


def test_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "RECORD_LIMIT", 100)
    long = "x" * 250
    table = f'id,text\na,One\nb,{long}\nc,Three\nd,"Four\n' + "".join(f"e{n},Five {n}\n" for n in range(20))
    got = brief(read(table))
    assert got[:4] == [("a", "One"), (2, 3, None, "too_large"), ("c", "Three"), (4, 5, "d", "unclosed_quote")]
    assert got[4:] == [(f"e{n}", f"Five {n}") for n in range(20)]


@pytest.mark.parametrize("stray", [False, True])
def test_truncated_gzip_keeps_what_was_read(stray: Any) -> None:
    rows = [f'r{n},"Text {n * 7919 % 1009},\nline two"\n' for n in range(300)]
    if stray:
        rows[3] = 'r3,"never closed\n'
    packed = gzip.compress(("id,text\n" + "".join(rows)).encode(), mtime=0)
    stream: Any = gzip.GzipFile(fileobj=io.BytesIO(packed[:700]))
    reader = TableReader(
        stream, name="t.csv.gz", columns=FIND_COLUMNS, encoding=None, tabs=False, notes=lambda note: None
    )
    *before, last = [found for _, found in reader.records()]
    assert isinstance(last, Reject)
    assert 10 < len(before) < 299
    assert [r.id for r in before] == [f"r{n}" for n in range(len(before))]
    assert [r.code for r in before if isinstance(r, Reject)] == ["unclosed_quote"] * stray
    assert (last.code, last.record) == ("unreadable", len(before) + 1)
    assert last.line in (2 * len(before) + 2 - stray, 2 * len(before) + 3 - stray)
    assert f"line {last.line}" in last.message and "cut off" in last.remedy


SHARED = Path(os.environ.get("MISINFO_SHARED", Path(__file__).parents[3] / "shared"))


@pytest.mark.parametrize("case", ["excel_semicolons.csv", "excel_unicode_text.txt", "broken_lines.jsonl"])
def test_shared_case(case: Any) -> None:
    from classifier.io import read as read_inputs

    path = SHARED / "cases" / case
    if not path.exists():
        pytest.skip(f"{path} is not here")
    gold = json.loads(path.with_suffix("").with_suffix(".gold.json").read_text("utf-8"))["records"]
    codes = {"wrong_field_count": "wrong_columns"}
    got = list(read_inputs([path]))
    assert len(got) == len(gold)
    for want, has in zip(gold, got, strict=True):
        if isinstance(has, Document):
            assert (want["result"], want["id"]) == ("scored", has.id)
            assert all(has.raw[h["start"] : h["end"]] == h["text"] for h in want["hedges"])
        else:
            assert want["result"] in ("rejected", "either")
            assert want["line"] == has.line and want.get("record", has.record) == has.record
            if "reason" in want:
                assert codes.get(want["reason"], want["reason"]) == has.code
                assert want["id"] == has.id


field_text = st.text(st.sampled_from(list('ab ,;|\t"\r\né🚢\u2028\x0c')), max_size=12)


@settings(max_examples=200)
@given(
    rows=st.lists(st.tuples(field_text, field_text), max_size=8),
    separator=st.sampled_from(",;|\t"),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_rows_come_back_with_their_lines(
    rows: Any, separator: Any, quoting: Any, end: Any, encoding: Any
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=quoting, lineterminator=end)
    writer.writerow(["id", "text", "title"])
    expected: list[Any] = []
    line = 2
    for number, (text, title) in enumerate(rows):
        before = out.tell()
        writer.writerow([f"r{number}", text, title])
        if is_blank(text):
            expected.append((number + 1, line, f"r{number}", "empty_text"))
        else:
            expected.append((f"r{number}", text))
        line += sum(1 for _ in io.StringIO(out.getvalue()[before:], newline=""))
    table = out.getvalue().encode(encoding)
    assert brief(read(table)) == expected


words = st.text(st.sampled_from("abc é"), min_size=1, max_size=10).filter(str.strip)
broken = st.sampled_from(["good", "quoted", "short", "long", "empty", "twice", "stray", "blank line"])


@settings(max_examples=200)
@given(st.lists(st.tuples(broken, words), max_size=12))
def test_every_broken_row_is_accounted_for_once(rows: Any) -> None:
    lines, record = ["first,start,x"], 1
    expected: list[Any] = [("first", "start")]
    for kind, text in rows:
        line, record_id = len(lines) + 2, f"r{len(lines)}"
        record += kind != "blank line"
        outcomes: dict[str, tuple[str, Any]] = {
            "good": (f"{record_id},{text},x", (record_id, text)),
            "quoted": (f'{record_id},"{text}, ""{text}""",x', (record_id, f'{text}, "{text}"')),
            "short": (f"{record_id},{text}", (record, line, record_id, "wrong_columns")),
            "long": (f"{record_id},{text},x,y", (record, line, record_id, "wrong_columns")),
            "empty": (f"{record_id},,x", (record, line, record_id, "empty_text")),
            "twice": (f"first,{text},x", (record, line, "first", "duplicate_id")),
            "stray": (f'{record_id},"{text},x', (record, line, record_id, "unclosed_quote")),
            "blank line": ("", None),
        }
        row, outcome = outcomes[kind]
        lines.append(row)
        expected += [outcome] if outcome else []
    got = read("id,text,label\n" + "\n".join(lines) + "\n")
    assert brief(got) == expected
    assert all(r.code in REJECT_CODES and r.message and r.remedy for r in got if isinstance(r, Reject))
