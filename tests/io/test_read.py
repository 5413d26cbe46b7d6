"""What the user named: files, folders, standard input, and what is said where one can't be used."""

import gzip
import io
import os
import pickle
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier.errors import InputError
from classifier.io import Columns, read
from classifier.io.records import Ids
from classifier.text.document import Document, Reject

TEXT = "The ferry may run again.\r\nSo Ines Halloran said."


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    monkeypatch.chdir(tmp_path)

    def make(name: Any, content: Any = TEXT) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(
            gzip.compress(data, mtime=0) if name.endswith(".gz") and isinstance(content, str) else data
        )
        return str(name)

    return make


def brief(records: Any) -> list[Any]:
    return [
        (r.id, r.raw) if isinstance(r, Document) else (r.file, r.record, r.line, r.id, r.code)
        for r in records
    ]


@pytest.mark.parametrize(
    ("name", "markup"),
    [
        ("a.txt", None),
        ("a", None),
        ("a.md", None),
        ("./b/a.txt.gz", None),
        ("a.HTML", True),
        ("a.htm.gz", True),
    ],
)
def test_single_article(here: Callable[..., str], name: Any, markup: Any) -> None:
    assert list(read([here(name)])) == [Document(name, TEXT, markup=markup)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", "id,text\na,One\n"),
        ("t.tsv", "id\ttext\na\tOne\n"),
        ("t.TAB", "id\ttext\na\tOne\n"),
        ("t.csv.gz", "id,text\na,One\n"),
        ("t.jsonl", '{"id": "a", "text": "One"}\n'),
        ("t.ndjson.gz", '{"id": "a", "text": "One"}\n'),
        ("t.json", '[{"id": "a", "text": "One"}]\n'),
        ("t.json.gz", '{"id": "a", "text": "One"}\n'),
        ("t.txt", "id\ttext\na\tOne\n"),
        ("t.txt", "id\ttext\r\na\tOne\r\n".encode("utf-16")),
    ],
)
def test_single_table(here: Callable[..., str], name: Any, content: Any) -> None:
    assert brief(read([here(name, content)])) == [("a", "One")]


def test_a_table_called_txt_is_told_and_can_be_overruled(here: Callable[..., str]) -> None:
    told: list[str] = []
    here("t.txt", "id\ttext\na\tOne\n")
    assert [type(r) for r in read(["t.txt"], notes=told.append)] == [Document]
    assert told == [
        "t.txt: was recognised as a table with tabs between its columns; "
        "say --input-format text if it is an article",
        "t.txt: was read as UTF-8 with tabs between the columns",
    ]
    assert brief(read(["t.txt"], input_format="text")) == [("t.txt", "id\ttext\na\tOne\n")]
    assert brief(read([here("n.txt", "Home\tArticle\tText\nA story.\nIt ends.\n")]))[0][0] == "n.txt"


def test_folder(here: Callable[..., str]) -> None:
    for name in (
        "f/b.txt",
        "f/a/z.html",
        "f/a.txt",
        "f/.hidden.txt",
        "f/.git/c.txt",
        "f/t.csv",
        "f/p.PDF",
        "f/c.text.gz",
    ):
        here(name)
    told: list[str] = []
    got: list[Any] = list(read(["f"], notes=told.append))
    assert [(d.id, d.markup) for d in got] == [
        ("a.txt", None),
        ("a/z.html", True),
        ("b.txt", None),
        ("c.text.gz", None),
    ]
    assert told == [
        "f: files whose ending is no article's are left out (.csv: 1, .pdf: 1); name them to read them"
    ]


def test_several_folders_keep_their_ids_apart(here: Callable[..., str]) -> None:
    for name in ("f/a.txt", "g/a.txt"):
        here(name)
    assert [d.id for d in read(["f/", "g"])] == ["f/a.txt", "g/a.txt"]


def test_an_id_is_used_once_in_a_run(here: Callable[..., str]) -> None:
    here("a.txt")
    here("t.csv", "id,text\na.txt,One\nb,Two\n")
    here("u.jsonl", '{"id": "b", "text": "x"}\n')
    assert brief(read(["a.txt", "t.csv", "u.jsonl", "a.txt"])) == [
        ("a.txt", TEXT),
        ("t.csv", 1, 2, "a.txt", "duplicate_id"),
        ("b", "Two"),
        ("u.jsonl", 1, 1, "b", "duplicate_id"),
        ("a.txt", 1, 1, "a.txt", "duplicate_id"),
    ]


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_empty_article_is_a_reject(here: Callable[..., str], content: Any) -> None:
    (got,) = read([here("a.txt", content)])
    assert got == Reject(
        "a.txt",
        1,
        1,
        "a.txt",
        "empty_text",
        "the file is empty or only white space",
        "give a file with a text",
    )


def test_article_beyond_the_limit(here: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["classifier.io.read"], "RECORD_LIMIT", 20)
    assert brief(read([here("a.txt")])) == [("a.txt", 1, 1, "a.txt", "too_large")]


# (name, content or None: no such file, options, parts of the sentence, the reject's code beside good inputs)
UNUSABLE = [
    ("no.txt", None, {}, ["no.txt: does not exist; check the path"], "unreadable"),
    ("", None, {}, ["'': does not exist; check the path"], "unreadable"),
    ("a.txt", b"%PDF-1.4", {}, ["a.txt: is a PDF and no text; save it as plain text"], "unreadable"),
    ("a.txt", b"\xff\xfea\x00b", {}, ["a.txt: ", "is no UTF-16-LE; save it as UTF-8"], "invalid_utf8"),
    ("a.txt.gz", b"no gzip", {}, ["a.txt.gz: is called .gz and is no gzip data; take .gz off"], "unreadable"),
    ("t.csv.gz", b"id,text\n", {}, ["t.csv.gz: is called .gz and is no gzip data"], "unreadable"),
    ("a.txt.gz", gzip.compress(b"abc" * 99)[:-12], {}, ["a.txt.gz: can't be read", "cut off"], "unreadable"),
    ("t.csv", b"id,words\n1,x\n", {}, ["t.csv: has no column", "--text"], "missing_text"),
    (
        "t.csv",
        b"id,text\n1,x\n",
        {"columns": Columns(label="verdict")},
        ["'verdict'", "--label"],
        "unreadable",
    ),
    ("t.jsonl", b'{"words": 1}\n', {}, ["t.jsonl: has no key", "--text"], "missing_text"),
    ("t.jsonl", b"\x1f\x8b\x08", {}, ["t.jsonl: is gzip data", ".gz"], "unreadable"),
    ("f/t.csv", b"", {}, ["f: holds no articles (.htm, .html, .text, .txt, .xhtml); name"], "unreadable"),
]


@pytest.mark.parametrize(("name", "content", "options", "parts", "code"), UNUSABLE)
def test_unusable_input(
    here: Callable[..., str], name: Any, content: Any, options: Any, parts: Any, code: Any
) -> None:
    if content is not None:
        here(name, content)
    name = name.partition("/")[0]
    with pytest.raises(InputError) as caught:
        list(read([name], **options))
    sentence = str(caught.value)
    assert all(part in sentence for part in parts), sentence
    assert "\n" not in sentence and sentence.count("; ") == 1 and not sentence.endswith(".")
    records: Any = read([here("one.txt"), name, here("two.txt")], **options)
    first, second, third = records
    assert (first.id, third.id) == ("one.txt", "two.txt")
    assert (second.code, second.record, second.line) == (code, 1, 1)
    assert f"{second.file}: {second.message}; {second.remedy}" == sentence


@pytest.mark.parametrize(
    ("inputs", "options", "sentence"),
    [
        ([], {}, "no input: nothing was named; name files or folders, or - for standard input"),
        (["-", "-"], {}, "standard input: is named twice; name - once"),
        (
            ["a", "b"],
            {"encoding": "klingon"},
            "--encoding: 'klingon' is no text encoding known here; use a name such as",
        ),
        (
            ["a", "b"],
            {"input_format": "xml"},
            "--input-format: 'xml' is no known format; use one of auto, text",
        ),
    ],
)
def test_a_wrong_call_is_refused_at_once(inputs: Any, options: Any, sentence: Any) -> None:
    with pytest.raises(InputError) as caught:
        read(inputs, **options)
    assert str(caught.value).startswith(sentence)


def test_a_folder_is_no_table(here: Callable[..., str]) -> None:
    here("f/a.txt")
    with pytest.raises(InputError, match=r"^f: is a folder, .* not as csv; name its files"):
        read(["f"], input_format="csv")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(here: Callable[..., str]) -> None:
    os.chmod(here("a.txt"), 0)
    with pytest.raises(
        InputError, match=r"^a\.txt: can't be read \(permission denied\); give yourself permission"
    ):
        list(read(["a.txt"]))


def test_permission_is_the_systems_word(here: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Any, *args: Any) -> None:
        raise PermissionError(13, "Permission denied")

    here("a.txt")
    monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(
        InputError, match=r"^a\.txt: can't be read \(permission denied\); give yourself permission"
    ):
        list(read(["a.txt"]))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such name")
def test_a_file_name_that_is_no_utf8_gives_an_id_that_can_be_written(
    here: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "f").mkdir()
    with open(os.fsencode(tmp_path / "f") + b"/caf\xe9.txt", "wb") as out:
        out.write(b"text")
    assert [d.id for d in read(["f"])] == ["caf\\xe9.txt"]


# (bytes, format, what comes)
STDIN = [
    (TEXT.encode(), "auto", [("-", TEXT)]),
    (b"{ is no JSON\n", "auto", [("-", "{ is no JSON\n")]),
    (
        b'\n {"id": "a", "text": "One"}\n{"id": "b", "text": ""}\n',
        "auto",
        [("a", "One"), ("-", 2, 3, "b", "empty_text")],
    ),
    (b"\n<!DOCTYPE html>\n<p>x</p>", "auto", [("-", "\n<!DOCTYPE html>\n<p>x</p>")]),
    (b'{"text": "x"}', "text", [("-", '{"text": "x"}')]),
    (b"<p>x</p>", "html", [("-", "<p>x</p>")]),
    (b"id,text\na,One\n,Two\n", "csv", [("a", "One"), ("-:2", "Two")]),
    (b"id\ttext\na\tOne\n", "tsv", [("a", "One")]),
    (b'{"text": "x"}\nnull\n', "jsonl", [("-:1", "x"), ("-", 2, 2, None, "not_an_object")]),
    (b"", "auto", [("-", 1, 1, "-", "empty_text")]),
    (b"", "jsonl", [("-", 1, 1, None, "empty_text")]),
]


@pytest.mark.parametrize(("data", "kind", "expected"), STDIN)
@pytest.mark.parametrize("seekable", [True, False])
def test_standard_input(data: Any, kind: Any, expected: Any, seekable: Any) -> None:
    stream: Any = io.BytesIO(data)
    stream.seekable = lambda: seekable
    got = list(read(["-"], input_format=kind, stdin=stream))
    assert brief(got) == expected
    assert all(d.markup is (True if "<" in d.raw else None) for d in got if isinstance(d, Document))


def zstd_packed(data: bytes) -> bytes:
    module = pytest.importorskip("backports.zstd", reason="the extra `zstd` is not installed")
    return bytes(module.compress(data))


@pytest.mark.parametrize("pack", [gzip.compress, zstd_packed])
@pytest.mark.parametrize("seekable", [True, False])
@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        (TEXT.encode(), "auto", [("-", TEXT)]),
        (b'{"id": "a", "text": "One"}\n', "auto", [("a", "One")]),
        (b'[\n{"id": "a", "text": "One"}]', "auto", [("a", "One")]),
        (b"id,text\na,One\n", "csv", [("a", "One")]),
    ],
)
def test_packed_standard_input(pack: Any, seekable: Any, data: Any, kind: Any, expected: Any) -> None:
    stream: Any = io.BytesIO(pack(data))
    stream.seekable = lambda: seekable
    assert brief(read(["-"], input_format=kind, stdin=stream)) == expected


def test_damaged_zstandard(here: Callable[..., str]) -> None:
    rows = "".join(f"r{n},Text {n * 7919 % 1009}\n" for n in range(30_000))
    whole = zstd_packed(("id,text\n" + rows).encode())
    here("t.csv.zst", whole[: len(whole) // 2])
    *before, last = brief(read(["t.csv.zst"]))
    assert [record_id for record_id, _ in before] == [f"r{n}" for n in range(len(before))]
    assert last == ("t.csv.zst", len(before) + 1, len(before) + 2, None, "unreadable")
    here("t.jsonl.zst", whole[:4] + bytes(100))
    got: Any = list(read([here("one.txt"), "t.jsonl.zst"]))
    assert got[1].code == "unreadable"
    assert "cut off or damaged" in got[1].remedy


def test_without_a_library_for_zstandard_the_remedy_is_told(
    here: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("compression.zstd", "backports.zstd"):
        monkeypatch.setitem(sys.modules, name, None)
    here("a.txt.zst", b"\x28\xb5\x2f\xfd")
    with pytest.raises(InputError, match=r"a\.txt\.zst: is Zstandard data.*misinfo-signals\[zstd\]"):
        list(read(["a.txt.zst"]))


def test_patterns(here: Callable[..., str]) -> None:
    for name in ("f/b.txt", "f/a.txt", "g/h/c.txt", "[x].txt", "f/t.csv"):
        here(name, TEXT if name.endswith("txt") else "id,text\nt,One\n")
    assert [d.id for d in read(["f/*"])] == ["f/a.txt", "f/b.txt", "t"]
    assert [d.id for d in read(["**/*.txt"])] == ["[x].txt", "f/a.txt", "f/b.txt", "g/h/c.txt"]
    assert [d.id for d in read(["[x].txt"])] == ["[x].txt"]
    assert [d.id for d in read(["?"])] == ["f/a.txt", "f/b.txt", "g/h/c.txt"]
    with pytest.raises(InputError, match=r"^\*\.md: matches no file; check the pattern$"):
        read(["*.md"])
    assert brief(read(["*.md", "[x].txt"]))[0] == ("*.md", 1, 1, None, "unreadable")


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sets(
        st.lists(st.sampled_from(["a", "a.b", "a-b", "b", "B", "a~"]), min_size=1, max_size=3).map("/".join),
        max_size=8,
    )
)
def test_folders_come_in_the_order_of_their_paths(
    tmp_path_factory: pytest.TempPathFactory, names: set[str]
) -> None:
    folder = tmp_path_factory.mktemp("f")
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_text("x")
    (folder / "z.txt").write_text("x")
    assert [d.id for d in read([folder])] == sorted({f"{name}.txt" for name in names} | {"z.txt"})


def test_a_folder_is_walked_as_it_is_read(here: Callable[..., str]) -> None:
    for name in ("f/a/1.txt", "f/b/2.txt"):
        here(name)
    records = read(["f"])
    assert [next(records).id] == ["a/1.txt"]
    here("f/c/3.txt")
    assert [d.id for d in records] == ["b/2.txt"]  # the names of a folder are taken when it is come to
    assert [d.id for d in read(["f"])] == ["a/1.txt", "b/2.txt", "c/3.txt"]


def test_columns_say_nothing_of_an_article_and_that_is_told_once(here: Callable[..., str]) -> None:
    told: list[str] = []
    columns = Columns(text="body", keep=("url",))
    here("t.csv", "body,url\nOne,u\n")
    got: Any = list(read([here("a.txt"), here("b.txt"), "t.csv"], columns=columns, notes=told.append))
    assert told[0] == "a.txt: is an article without columns; --text, --keep say nothing of it"
    assert sum("without columns" in note for note in told) == 1
    assert [d.kept for d in got] == [{"url": None}, {"url": None}, {"url": "u"}]


def test_a_layout_is_said_once(here: Callable[..., str]) -> None:
    told: list[str] = []
    names = [here("a.csv", "text\nx\n"), here("b.csv", "text\nx\n"), here("c.csv", "id;text\n1;x\n")]
    list(read(names, notes=told.append))
    assert [note.partition(":")[0] for note in told] == ["a.csv", "c.csv"]


def test_ids_are_exact_however_many() -> None:
    ids = Ids()
    assert all(ids.claim(f"id {n}") for n in range(5000))
    assert not any(ids.claim(f"id {n}") for n in range(5000))
    assert ids.claim("id 5000")


def test_ids_take_memory_little_by_little() -> None:
    ids = Ids()
    steps = []
    tracemalloc.start()
    try:
        for first in range(0, 40_000, 1000):
            before, _ = tracemalloc.get_traced_memory()
            tracemalloc.reset_peak()
            for n in range(first, first + 1000):
                ids.claim(str(n))
            steps.append(tracemalloc.get_traced_memory()[1] - before)
    finally:
        tracemalloc.stop()
    assert max(steps) < 100_000, steps  # a table that doubles takes half a megabyte at once
    assert sum(steps) < 20 * 40_000


def test_documents_go_to_another_process() -> None:
    for document in (Document("a", "x"), Document("b", "y", "t", True, {"label": "1"}, {"url": None})):
        assert pickle.loads(pickle.dumps(document)) == document


def test_json_lines_on_a_pipe_are_not_waited_for() -> None:
    first_end, second_end = os.pipe()
    with open(first_end, "rb") as source, open(second_end, "wb", buffering=0) as out:
        out.write(b'{"id": "r", "text": "x"}\n' * 101)
        records = read(["-"], stdin=source)
        assert next(records) == Document("r", "x")  # the pipe is still open


def test_import_is_light() -> None:
    heavy = "{'sklearn', 'scipy', 'joblib', 'pandas'}"
    code = f"import sys, classifier.io.read; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
