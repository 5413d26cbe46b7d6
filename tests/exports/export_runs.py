"""Texts that break careless offsets, all invented, and what each format says of them, read back by its own rules."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import classifier
from classifier import Document
from classifier.exports import folder, stream
from classifier.exports.exported import Exported
from classifier.testing import _NASTY

PLAIN = (
    "Ferry quay may move, officials say\n\n"
    "The quay could be moved by about 60 metres, the harbour office said on Monday.\n\n"
    "“We have looked at four drawings,” said Tove Arnell, the office’s engineer. “One of them might work.” She "
    "added that the boats had been counted twice. It is believed that two letters are missing.\n"
)
HARD = (
    "\ufeffFerry 🚢 quay may move, officials say\r\n\r\n"
    "The cafe\u0301 could be moved by about 60 metres, the harbour 👩\u200d👧 office said on Monday.\r\r"
    "It\u2028may be\tthat [so] {0} | * _ -> ; \\ perhaps,\x0bor 40 % of it, Odo Brask said. \ud83d Perhaps.\r\n\r\n"
    "“We have looked\nat four drawings,” said Tove Arnell,\r\nthe office’s engineer. “One of them might work.”\n"
)
PAGE = (
    "<html><body><article><h1>Quay &amp; 🚢</h1><p>The <b>qu</b>ay m&#97;y m&shy;ove, officials said.</p>"
    "<p>Per\u00adhaps “it wi<i>ll</i>,” said Odo Brask.</p></article></body></html>"
)
DOCUMENTS = (
    Document("news/plain text.txt", PLAIN),
    Document("hard.txt", HARD),
    Document("page.html", PAGE, markup=True),
    Document("news/plain_text.txt", PLAIN.replace("\n", "\r\n")),
    *(Document(f"nasty:{number}", text) for number, text in enumerate(_NASTY) if text.strip()),
)
FAMILIES = ("hedges", "sourcing", "emotive", "emphasis", "structure")


class Said(NamedTuple):
    """One mark as a format gives it back: its label and the words it stands on, white space evened out."""

    label: str
    words: str


def exported(document: Document) -> Exported:
    return Exported(classifier.mark(document, FAMILIES))


def written(name: str, *documents: Document) -> str:
    """The one file of a format."""
    return b"".join(stream(name)(classifier.mark_many(documents, FAMILIES))).decode("utf-8")


def files(name: str, *documents: Document) -> dict[str, str]:
    """The files of a format that fills a folder."""
    found = list(folder(name)(classifier.mark_many(documents, FAMILIES)))
    assert len({file.casefold() for file, _ in found}) == len(found)
    return {file: content.decode("utf-8") for file, content in found}


def objects(name: str, *documents: Document) -> list[dict[str, Any]]:
    """The objects of a format of JSON Lines."""
    return [json.loads(line) for line in written(name, *documents).split("\n") if line]


def evened(text: str) -> str:
    return " ".join(text.split())


def expected(document: Document) -> list[Said]:
    """What every format has to give back."""
    found = exported(document)
    return [Said(mark.label, evened(found.raw[mark.start : mark.end])) for mark in found.marks]


def utf16(text: str, start: int, end: int) -> str:
    """The text between two UTF-16 units, as JavaScript and Java cut it."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def lines_of(text: str) -> list[str]:
    """Lines with their ends, as editors part them."""
    return re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)


def by_lines(text: str, start: tuple[int, int], end: tuple[int, int]) -> str:
    """The text between two places given by line and column from 1; a byte order mark counts nowhere."""
    lines = lines_of(text.removeprefix("\ufeff"))

    def offset(place: tuple[int, int]) -> int:
        line, column = place
        assert 1 <= column <= len(lines[line - 1]) + 1
        return sum(map(len, lines[: line - 1])) + column - 1

    return "".join(lines)[offset(start) : offset(end)]


def read_csv(document: Document) -> Iterator[Said]:
    text = exported(document).raw
    for row in csv.DictReader(io.StringIO(written("csv", document), newline="")):
        words = text[int(row["start"]) : int(row["end"])]
        assert row["document"] == document.id
        assert row["text"] == words
        assert utf16(text, int(row["utf16_start"]), int(row["utf16_end"])) == words
        assert text.encode()[int(row["byte_start"]) : int(row["byte_end"])].decode() == words
        begin, end = (int(row["line"]), int(row["column"])), (int(row["end_line"]), int(row["end_column"]))
        assert by_lines(text, begin, end) == words.removeprefix("\ufeff")
        yield Said(row["label"], evened(words))


def read_doccano(document: Document) -> Iterator[Said]:
    (task,) = objects("doccano", document)
    for entity in task["entities"]:
        yield Said(entity["label"], evened(utf16(task["text"], entity["start_offset"], entity["end_offset"])))


def read_labelstudio(document: Document) -> Iterator[Said]:
    (task,) = json.loads(written("labelstudio", document))
    (prediction,) = task["predictions"]
    for region in prediction["result"]:
        if region["type"] == "labels":
            value = region["value"]
            assert value["text"] == task["data"]["text"][value["start"] : value["end"]]
            (label,) = value["labels"]
            yield Said(label, evened(value["text"]))


def read_prodigy(document: Document) -> Iterator[Said]:
    (task,) = objects("prodigy", document)
    tokens = task["tokens"]
    assert "".join(token["text"] + " " * token["ws"] for token in tokens) == task["text"]
    for token in tokens:
        assert task["text"][token["start"] : token["end"]] == token["text"]
    for span in task["spans"]:
        first, last = tokens[span["token_start"]], tokens[span["token_end"]]
        assert (first["start"], last["end"]) == (span["start"], span["end"])
        yield Said(span["label"], evened(task["text"][span["start"] : span["end"]]))


def read_spacy(document: Document) -> Iterator[Said]:
    (task,) = objects("spacy", document)
    starts = {token["start"] for token in task["tokens"]}
    ends = {token["end"] for token in task["tokens"]}
    for before, after in pairwise(task["tokens"]):
        assert task["text"][before["end"] : after["start"]] in ("", " ")
    for span in task["spans"]["sc"]:
        assert span["start"] in starts and span["end"] in ends
        yield Said(span["label"], evened(task["text"][span["start"] : span["end"]]))


def read_brat(document: Document) -> Iterator[Said]:
    found = files("brat", document)
    text = next(content for name, content in found.items() if name.endswith(".txt"))
    annotations = next(content for name, content in found.items() if name.endswith(".ann"))
    assert text == exported(document).raw
    for line in annotations.splitlines():  # nothing else may end a line there
        if line[0] != "T":
            assert re.fullmatch(r"R\d+\t\w+ Arg1:T\d+ Arg2:T\d+|A\d+\t\w+ T\d+( \w+)?", line), line
            continue
        _, place, shown = line.split("\t")
        label, _, places = place.partition(" ")
        pieces = [text[slice(*map(int, piece.split()))] for piece in places.split(";")]
        assert " ".join(pieces) == shown
        yield Said(label.replace("-", "."), evened(shown))


UNESCAPED = re.compile(r"\\(.)", re.DOTALL)
NAMED = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}


class Row(NamedTuple):
    """One token of a WebAnno file."""

    start: int
    end: int
    labels: list[str]
    roles: list[str]
    origins: list[str]


def webanno_rows(content: str) -> tuple[str, dict[str, Row]]:
    """Text and tokens of a WebAnno TSV 3.3 file, put together as INCEpTION does: sentences, padded to the offsets."""
    head, body = content.split("\n\n\n", 1)
    assert head.splitlines()[0] == "#FORMAT=WebAnno TSV 3.3"
    units: list[str] = []  # UTF-16 units of the text
    rows: dict[str, Row] = {}
    for sentence in body.removesuffix("\n").split("\n\n"):
        lines = sentence.split("\n")
        text = "\n".join(line.removeprefix("#Text=") for line in lines if line.startswith("#Text="))
        text = UNESCAPED.sub(lambda mark: NAMED.get(mark[1], mark[1]), text)
        for number, line in enumerate(line for line in lines if not line.startswith("#Text=")):
            name, place, form, labels, roles, origins = line.split("\t")
            start, end = map(int, place.split("-"))
            if number == 0:
                assert len(units) <= start
                units += [" "] * (start - len(units))
                encoded = text.encode("utf-16-le")
                units += [encoded[i : i + 2].decode("latin-1") for i in range(0, len(encoded), 2)]
            rows[name] = Row(start, end, *(_stacked(c) for c in (labels, roles, origins)))
            form = UNESCAPED.sub(lambda mark: NAMED.get(mark[1], mark[1]), form)
            assert _joined(units[start:end]) == form
    return _joined(units), rows


def _stacked(column: str) -> list[str]:
    return [] if column == "_" else re.split(r"(?<!\\)\|", column)


def _joined(units: Iterable[str]) -> str:
    return b"".join(u.encode("latin-1") if len(u) == 2 else u.encode("utf-16-le") for u in units).decode(
        "utf-16-le"
    )


def read_webanno(document: Document) -> Iterator[Said]:
    (content,) = files("webanno", document).values()
    text, rows = webanno_rows(content)
    spans: dict[str, tuple[str, int, int]] = {}
    for name, row in rows.items():
        for place, value in enumerate(row.labels):
            label, number = re.fullmatch(r"(.*?)(?:\[(\d+)\])?", value).groups()  # type: ignore[union-attr]
            key = number or f"{name} {place}"
            start = spans[key][1] if key in spans else row.start
            spans[key] = (UNESCAPED.sub(r"\1", label), start, row.end)
    for label, start, end in spans.values():
        yield Said(label, evened(utf16(text, start, end)))


def read_webannotation(document: Document) -> Iterator[Said]:
    text = exported(document).raw
    for annotation in json.loads(written("webannotation", document))["items"]:
        if annotation["motivation"] != "tagging":
            continue
        target = annotation["target"]
        if "misinfo:start" in target:
            start, end = target["misinfo:start"], target["misinfo:end"]
        else:
            position, quoted = target["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quoted["exact"]
            assert text[:start].endswith(quoted["prefix"]) and text[end:].startswith(quoted["suffix"])
        yield Said(annotation["body"]["value"], evened(text[start:end]))


READERS = {
    "csv": read_csv,
    "doccano": read_doccano,
    "labelstudio": read_labelstudio,
    "prodigy": read_prodigy,
    "spacy": read_spacy,
    "brat": read_brat,
    "webanno": read_webanno,
    "webannotation": read_webannotation,
}
