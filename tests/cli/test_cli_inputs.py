"""Every kind of input, and every bad one: what is said, which exit code, and that nothing is lost."""

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_runs import ARTICLE, LIST, Ran

from classifier.signals.registry import available

Run = Callable[..., Ran]
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"
PAGE = f"<html><body><h1>Quay</h1>{''.join(f'<p>{p}</p>' for p in ARTICLE.split(chr(10)) if p)}</body></html>"


def line(**fields: Any) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


def csv(*rows: tuple[str, ...]) -> str:
    return "".join(",".join(f'"{field}"' for field in row) + "\n" for row in rows)


TWO_LINES = line(id="x", text=ARTICLE) + line(id="y", text=LIST)
TWO_ROWS = csv(("id", "text"), ("x", ARTICLE), ("y", LIST))

# name, content, ids in order
KINDS = [
    ("a.txt", ARTICLE, ["a.txt"]),
    ("a.txt.gz", gzip.compress(ARTICLE.encode()), ["a.txt.gz"]),
    ("a.html", PAGE, ["a.html"]),
    ("a.csv", TWO_ROWS, ["x", "y"]),
    ("a.tsv", TWO_ROWS.replace('","', '"\t"'), ["x", "y"]),
    ("a.jsonl", TWO_LINES, ["x", "y"]),
    ("a.jsonl.gz", gzip.compress(TWO_LINES.encode()), ["x", "y"]),
    ("a.csv.gz", gzip.compress(TWO_ROWS.encode()), ["x", "y"]),
]


@pytest.mark.parametrize(("name", "content", "ids"), KINDS, ids=[kind[0] for kind in KINDS])
@pytest.mark.parametrize("command", ["mark", "score"])
def test_every_kind_of_input(
    command: str, name: str, content: str | bytes, ids: list[str], misinfo: Run, here: Path, small_model: Path
) -> None:
    put(here, {name: content})
    ran = misinfo(command, name, *model(command, small_model))
    assert ran.code == 0
    assert [record["id"] for record in ran.records] == ids
    counts = f"{len(ids)} marked" if command == "mark" else f"1 scored, {len(ids) - 1} abstained"
    assert ran.err.splitlines()[-1] == f"misinfo: {counts}, 0 rejected"


@pytest.mark.parametrize("command", ["mark", "score"])
def test_a_folder_gives_its_articles_in_order(
    command: str, misinfo: Run, here: Path, small_model: Path
) -> None:
    put(here, {"f/b.txt": ARTICLE, "f/a/c.html": PAGE, "f/skipped.dat": "x"})
    ran = misinfo(command, "f", *model(command, small_model))
    assert ran.code == 0
    assert [record["id"] for record in ran.records] == ["a/c.html", "b.txt"]
    assert ".dat: 1" in ran.err


@pytest.mark.parametrize(
    ("content", "ids"),
    [(ARTICLE, ["-"]), (TWO_LINES, ["x", "y"]), (PAGE, ["-"])],
    ids=["text", "jsonl", "html"],
)
def test_standard_input(content: str, ids: list[str], misinfo: Run) -> None:
    ran = misinfo("mark", "-", stdin=content.encode())
    assert (ran.code, [record["id"] for record in ran.records]) == (0, ids)


def test_inputs_come_out_in_the_order_given(misinfo: Run, here: Path) -> None:
    put(here, {"b.txt": ARTICLE, "a.jsonl": TWO_LINES, "c.html": PAGE})
    ran = misinfo("mark", "c.html", "a.jsonl", "-", "b.txt", stdin=ARTICLE.encode())
    assert [record["id"] for record in ran.records] == ["c.html", "x", "y", "-", "b.txt"]


# what is wrong, files, arguments, exit code, what stderr has to say
BAD: list[tuple[str, dict[str, Any], list[str], int, list[str]]] = [
    ("missing file", {}, ["gone.txt"], 2, ["gone.txt", "does not exist", "check the path"]),
    ("empty file", {"e.txt": ""}, ["e.txt"], 2, ["e.txt: the file is empty", "give a file with a text"]),
    ("empty table", {"e.csv": ""}, ["e.csv"], 2, ["e.csv"]),
    ("empty lines", {"e.jsonl": ""}, ["e.jsonl"], 2, ["e.jsonl"]),
    ("blank input", {}, ["-"], 2, ["-: the file is empty"]),
    ("folder without articles", {"f/x.dat": "x"}, ["f"], 2, ["f: holds no articles"]),
    ("binary file", {"p.txt": PNG}, ["p.txt"], 2, ["p.txt", "is a PNG picture and no text"]),
    ("NUL characters", {"n.txt": b"ab\x00cd"}, ["n.txt"], 2, ["n.txt", "NUL"]),
    ("not gzip", {"g.txt.gz": b"plain"}, ["g.txt.gz"], 2, ["g.txt.gz", "no gzip data"]),
    (
        "no text column",
        {"t.csv": csv(("nr", "story"), ("1", "x"))},
        ["t.csv"],
        2,
        ["'nr', 'story'", "--text"],
    ),
    ("column not there", {"t.csv": TWO_ROWS}, ["t.csv", "--text", "story"], 2, ["'story'", "'id', 'text'"]),
    ("key not there", {"t.jsonl": TWO_LINES}, ["t.jsonl", "--text", "story"], 2, ["'story'", "'id', 'text'"]),
    (
        "null text",
        {"t.jsonl": TWO_LINES + line(id="z", text=None)},
        ["t.jsonl"],
        1,
        ["t.jsonl, record 3, line 3: the text 'text' is null; give the record a text or take it out"],
    ),
    ("only a null text", {"t.jsonl": line(id="z", text=None)}, ["t.jsonl"], 1, ["t.jsonl, record 1, line 1"]),
    (
        "cut-off line",
        {"t.jsonl": TWO_LINES + '{"text": "a'},
        ["t.jsonl"],
        1,
        ["t.jsonl, record 3, line 3", "JSON"],
    ),
    ("short row", {"t.csv": TWO_ROWS + "z\n"}, ["t.csv"], 1, ["t.csv, record 3, line 16", "header has 2"]),
    ("open quote", {"t.csv": TWO_ROWS + '"z","never'}, ["t.csv"], 1, ["t.csv, record 3, line 16", "quot"]),
    ("not UTF-8", {"t.jsonl": TWO_LINES.encode() + b'{"text": "\xff"}\n'}, ["t.jsonl"], 1, ["UTF-8"]),
    ("one of two missing", {"a.txt": ARTICLE}, ["a.txt", "gone.txt"], 1, ["gone.txt: does not exist"]),
    ("both missing", {}, ["gone.txt", "lost.txt"], 2, ["gone.txt: does not", "lost.txt: does not"]),
    ("one of a folder empty", {"f/a.txt": ARTICLE, "f/b.txt": " "}, ["f"], 1, ["f/b.txt: the file is empty"]),
    ("stdin twice", {}, ["-", "-"], 2, ["name - once"]),
    (
        "unknown encoding",
        {"a.txt": ARTICLE},
        ["a.txt", "--encoding", "klingon"],
        2,
        ["--encoding", "'klingon'"],
    ),
    ("unknown kind", {"a.txt": ARTICLE}, ["a.txt", "--input-format", "pdf"], 2, ["--input-format", "jsonl"]),
    ("unknown format", {"a.txt": ARTICLE}, ["a.txt", "--format", "xml"], 2, ["'xml'", " jsonl,", "--help`"]),
    ("unknown option", {"a.txt": ARTICLE}, ["a.txt", "--bogus"], 2, ["--bogus", "--help`"]),
    ("no input", {}, [], 2, ["INPUT", "--help`"]),
    (
        "output is input",
        {"a.txt": ARTICLE},
        ["a.txt", "--out", "./a.txt"],
        2,
        ["a.txt is an input", "name another"],
    ),
    ("output in folder", {"f/a.txt": ARTICLE}, ["f", "--out", "f/a.txt"], 2, ["f/a.txt is an input"]),
    ("rejects are input", {"a.txt": ARTICLE}, ["a.txt", "--rejects", "a.txt"], 2, ["a.txt is an input"]),
    ("one output twice", {"a.txt": ARTICLE}, ["a.txt", "--out", "o", "--rejects", "o"], 2, ["two outputs"]),
    ("output is a folder", {"a.txt": ARTICLE, "f/b.txt": ""}, ["a.txt", "--out", "f"], 2, ["f: is a folder"]),
    (
        "output's folder missing",
        {"a.txt": ARTICLE},
        ["a.txt", "--out", "no/o"],
        2,
        ["no/o", "make its folder"],
    ),
]


@pytest.mark.parametrize(
    ("files", "arguments", "code", "said"), [b[1:] for b in BAD], ids=[b[0] for b in BAD]
)
@pytest.mark.parametrize("command", ["mark", "score"])
def test_bad_input(
    command: str,
    files: dict[str, Any],
    arguments: list[str],
    code: int,
    said: list[str],
    misinfo: Run,
    here: Path,
    small_model: Path,
) -> None:
    put(here, files)
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    ran = misinfo(command, *arguments, *model(command, small_model))
    assert ran.code == code
    for words in said:
        assert words in ran.err
    lines = ran.err.splitlines()
    assert all(text.startswith("misinfo: ") for text in lines)
    lines = [text for text in lines if " was read as UTF-8 with ',' between the columns" not in text]
    assert len(lines) <= 3  # a sentence for each fault and the summary
    if code == 2:
        assert ran.out == b""
    else:
        assert lines[-1].endswith(f"{len(lines) - 1} rejected")
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before


# what is wrong, arguments, what stderr has to say
WRONG_CALLS = [
    (
        ["mark", "quay.txt", "--families", "hedges,horoscope"],
        ["'horoscope'", ", ".join(sorted(available()))],
    ),
    (["mark", "quay.txt", "--families", ","], ["--families"]),
    (["score", "quay.txt", "--model", "nowhere"], ["'nowhere'", "model folder"]),
    (["score", "quay.txt", "--model", "."], ["no model folder"]),
    (["model", "nowhere"], ["'nowhere'"]),
    (["signals", "horoscope"], ["'horoscope'", ", ".join(sorted(available()))]),
    (["nope"], ["No such command 'nope'; see `misinfo --help`"]),
    (["train", "quay.txt"], ["--out"]),
    (["train", "quay.txt", "--out", "quay.txt"], ["is a file"]),
    (["train", "quay.txt", "--out", "."], ["holds other files"]),
    (["train", "quay.txt", "--out", "m", "--seed", "x"], ["misinfo: --seed: "]),
    (
        ["compare", "quay.txt", "quay.txt", "--format", "x"],
        [
            "misinfo: --format: 'x' is no known value; use one of text, json, html; see `misinfo compare --help`\n"
        ],
    ),
    (["score", "quay.txt", "--workers", "0"], ["misinfo: --workers: ", "1"]),
    (["train", "quay.txt", "--out", "m", "--families", "horoscope"], ["'horoscope'"]),
    (["evaluate", "nowhere", "quay.txt"], ["'nowhere'"]),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG_CALLS, ids=[" ".join(call[0]) for call in WRONG_CALLS])
def test_wrong_call_is_one_line_and_code_2(
    arguments: list[str], said: list[str], misinfo: Run, article: str
) -> None:
    ran = misinfo(*arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert len(ran.err.splitlines()) == 1
    for words in said:
        assert words in ran.err


def damaged(model: Path, here: Path, **changes: Any) -> Path:
    folder = here / "damaged"
    shutil.copytree(model, folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(manifest | changes), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"format": 99}, ["format version 99", "misinfo train"]),
        ({"families": {"hedges": {"lexicon_sha256": "0"}}}, ["another word list", "misinfo train"]),
        ({"measures": ["hedges.made_up"]}, ["get the model again"]),
    ],
)
@pytest.mark.parametrize("command", ["score", "evaluate"])
def test_a_model_that_does_not_fit_is_refused(
    command: str,
    changes: dict[str, Any],
    said: list[str],
    misinfo: Run,
    article: str,
    here: Path,
    small_model: Path,
) -> None:
    folder = damaged(small_model, here, **changes)
    call = ["score", "--model", folder, article] if command == "score" else ["evaluate", folder, article]
    ran = misinfo(*call)
    assert (ran.code, ran.out) == (2, b"")
    assert len(ran.err.splitlines()) == 1
    for words in said:
        assert words in ran.err


def test_a_model_whose_check_changed_is_used_with_a_warning(
    misinfo: Run, article: str, here: Path, small_model: Path
) -> None:
    manifest = json.loads((small_model / "manifest.json").read_text(encoding="utf-8"))
    folder = damaged(small_model, here, check=manifest["check"] | {"probability": 0.123})
    ran = misinfo("score", "--model", folder, article)
    assert ran.code == 0
    assert "0.1230" in ran.err.splitlines()[0]
    assert "score" in ran.records[0]


def test_rejects_file_holds_every_reject(misinfo: Run, here: Path, small_model: Path) -> None:
    bad = "".join(f"{{{n}\n" for n in range(30))
    put(here, {"t.jsonl": TWO_LINES + bad + line(id="x", text="again")})
    ran = misinfo("score", "t.jsonl", "--model", small_model, "--out", "o.jsonl")
    assert (ran.code, ran.out) == (1, b"")
    rejects = [json.loads(text) for text in (here / "o.jsonl.rejects.jsonl").read_text().splitlines()]
    assert [reject["record"] for reject in rejects] == list(range(3, 34))
    assert set(rejects[0]) == {"file", "record", "line", "id", "code", "message", "remedy"}
    assert (rejects[-1]["code"], rejects[-1]["id"]) == ("duplicate_id", "x")
    answers = [json.loads(text) for text in (here / "o.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == ["x", "y"]
    assert ran.err.splitlines()[-1] == "misinfo: 1 scored, 1 abstained, 31 rejected"
    assert "o.jsonl.rejects.jsonl will hold them all" in ran.err


def test_without_a_rejects_file_every_reject_is_told(misinfo: Run, here: Path) -> None:
    put(here, {"t.jsonl": TWO_LINES + "".join(f"{{{n}\n" for n in range(30))})
    ran = misinfo("mark", "t.jsonl")
    told = [text for text in ran.err.splitlines() if "record" in text]
    assert len(told) == 30
    assert "line 32" in told[-1]


def test_a_run_without_rejects_leaves_no_rejects_file(misinfo: Run, article: str, here: Path) -> None:
    (here / "o.rejects.jsonl").write_text("of an earlier run\n")
    assert misinfo("mark", article, "--out", "o").code == 0
    assert sorted(path.name for path in here.iterdir()) == ["o", article]


def put(folder: Path, files: dict[str, Any]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def model(command: str, folder: Path) -> list[str]:
    return ["--model", str(folder)] if command == "score" else []
