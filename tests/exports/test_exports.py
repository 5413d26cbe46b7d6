"""Every format, read back by its own rules, stands on the same words; attributions are relations where there are any."""

import json
import re

import pytest
from export_runs import DOCUMENTS, FAMILIES, HARD, PLAIN, READERS, expected, exported, files, objects, written
from hypothesis import given, settings
from hypothesis import strategies as st

import classifier
from classifier import Document
from classifier.exports import FOLDERS, STREAMS, folder, stream
from classifier.exports.names import LONGEST, Names
from classifier.exports.tokens import edges, tokens, trimmed

PIECES = st.sampled_from(
    (
        *(
            "quay",
            "Officials",
            "may",
            "said",
            "Perhaps",
            "Tove Arnell said",
            "it is believed that",
            "about 40",
        ),
        *(
            "\U0001f6a2",
            "e\u0301",
            "\ud83d",
            "\ufeff",
            "\u2028",
            "“",
            "”",
            ".",
            ",",
            "[",
            "]",
            "|",
            "\\",
            "->",
            "_",
            "*",
        ),
        *(" ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\x0b", "{", "}", ";"),
    )
)
TEXTS = st.lists(PIECES, min_size=1, max_size=40).map(" ".join).filter(str.strip)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.id)
@pytest.mark.parametrize("name", READERS)
def test_marks_stand_on_the_same_words(name: str, document: Document) -> None:
    assert sorted(READERS[name](document)) == sorted(expected(document))


@pytest.mark.parametrize("name", READERS)
@given(text=TEXTS)
@settings(max_examples=30)
def test_marks_stand_on_the_same_words_in_any_text(name: str, text: str) -> None:
    document = Document("drawn", text, markup=False)
    assert sorted(READERS[name](document)) == sorted(expected(document))


def test_the_documents_are_marked_at_all() -> None:
    for document in DOCUMENTS[:4]:
        labels = {said.label.partition(".")[0] for said in expected(document)}
        assert {"hedges", "sourcing"} <= labels


PARTS = {
    ("source", "“We have looked at four drawings,”", "Tove Arnell, the office’s engineer"),
    ("source", "“One of them might work.”", "Tove Arnell, the office’s engineer"),
    ("cue", "“One of them might work.”", "said"),
    ("source", "the boats had been counted twice", "She"),
    ("antecedent", "She", "Tove Arnell"),
    ("scope", "about", "about 60 metres"),
}
ONE = DOCUMENTS[0]


def doccano_relations() -> set[tuple[str, str, str]]:
    (task,) = objects("doccano", ONE)
    words = {e["id"]: task["text"][e["start_offset"] : e["end_offset"]] for e in task["entities"]}
    return {(r["type"], words[r["from_id"]], words[r["to_id"]]) for r in task["relations"]}


def labelstudio_relations() -> set[tuple[str, str, str]]:
    (task,) = json.loads(written("labelstudio", ONE))
    result = task["predictions"][0]["result"]
    words = {r["id"]: r["value"]["text"] for r in result if r["type"] == "labels"}
    return {
        (r["labels"][0], words[r["from_id"]], words[r["to_id"]]) for r in result if r["type"] == "relation"
    }


def prodigy_relations() -> set[tuple[str, str, str]]:
    (task,) = objects("prodigy", ONE)
    text = task["text"]
    for relation in task["relations"]:
        assert relation["head"] == relation["head_span"]["token_end"]
        assert relation["child"] == relation["child_span"]["token_end"]
    return {
        (r["label"], *(text[r[end]["start"] : r[end]["end"]] for end in ("head_span", "child_span")))
        for r in task["relations"]
    }


def spacy_relations() -> set[tuple[str, str, str]]:
    (task,) = objects("spacy", ONE)
    words = [task["text"][s["start"] : s["end"]] for s in task["spans"]["sc"]]
    return {(r["label"], words[r["head"]], words[r["tail"]]) for r in task["relations"]}


def brat_relations() -> set[tuple[str, str, str]]:
    lines = files("brat", ONE)["news_plain_text.ann"].splitlines()
    words = {line.split("\t")[0]: line.split("\t")[2] for line in lines if line[0] == "T"}
    found = re.findall(r"^R\d+\t(\w+) Arg1:(T\d+) Arg2:(T\d+)$", "\n".join(lines), re.MULTILINE)
    return {(label, words[head], words[tail]) for label, head, tail in found}


def webannotation_relations() -> set[tuple[str, str, str]]:
    items = json.loads(written("webannotation", ONE))["items"]
    words = {i["id"]: i["target"]["selector"][1]["exact"] for i in items if i["motivation"] == "tagging"}
    return {
        (i["body"][0]["value"], words[i["target"]], words[i["body"][1]["source"]])
        for i in items
        if i["motivation"] == "linking"
    }


@pytest.mark.parametrize(
    "relations",
    [
        doccano_relations,
        labelstudio_relations,
        prodigy_relations,
        spacy_relations,
        brat_relations,
        webannotation_relations,
    ],
    ids=lambda f: f.__name__,
)
def test_attributions_are_relations(relations) -> None:
    found = exported(ONE)
    words = [found.raw[mark.start : mark.end] for mark in found.marks]
    assert relations() == {(label, words[head], words[tail]) for label, head, tail in found.relations}
    assert relations() >= PARTS


def test_webanno_relations_name_the_row_they_come_from() -> None:
    content = files("webanno", Document("a", "Officials said it may close."))["a.tsv"]
    rows = [line.split("\t") for line in content.splitlines() if re.match(r"\d+-\d+\t", line)]
    assert [row[2:] for row in rows[:5]] == [
        ["Officials", "sourcing.source.anonymous", "source", "1-3[3_0]"],
        ["said", "sourcing.cue", "cue", "1-3[3_0]"],
        ["it", "sourcing.content.indirect[3]", "_", "_"],
        ["may", "hedges.modal[1]|hedges.scope[2]|sourcing.content.indirect[3]", "scope", "1-4[1_2]"],
        ["close", "hedges.scope[2]|sourcing.content.indirect[3]", "_", "_"],
    ]


def test_ids_of_doccano_are_used_once() -> None:
    tasks = objects("doccano", *DOCUMENTS[:4])
    ids = [one["id"] for task in tasks for one in (*task["entities"], *task["relations"])]
    assert len(ids) == len(set(ids)) > 40


def test_brat_is_told_what_there_is() -> None:
    found = files("brat", *DOCUMENTS)
    conf = found.pop("annotation.conf")
    types = set(re.search(r"\[entities\]\n(.*?)\n\n", conf, re.DOTALL)[1].split("\n"))  # type: ignore[index]
    relations = set(re.findall(r"^(\w+)\tArg1:", conf, re.MULTILINE))
    used = "\n".join(content for name, content in found.items() if name.endswith(".ann"))
    assert types == set(re.findall(r"^T\d+\t(\S+) ", used, re.MULTILINE))
    assert relations == set(re.findall(r"^R\d+\t(\S+) ", used, re.MULTILINE))
    attributes = set(re.findall(r"^(\w+)\tArg:", conf, re.MULTILINE))
    assert attributes == set(re.findall(r"^A\d+\t(\S+) ", used, re.MULTILINE))


@pytest.mark.parametrize("name", STREAMS)
def test_nothing_to_write_is_a_sound_file(name: str) -> None:
    content = b"".join(stream(name)([])).decode()
    if name == "csv":
        assert content.count("\n") == 1
    elif name in ("sarif", "webannotation", "labelstudio"):
        json.loads(content)
    else:
        assert content == ""


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_is_written_as_documents_come(name: str) -> None:
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield classifier.mark(PLAIN)

    pieces = stream(name)(endless())
    assert b"".join(next(pieces) for _ in range(12))
    assert len(taken) <= 12


def test_lines_are_what_editors_find_places_by() -> None:
    text = exported(DOCUMENTS[1]).raw
    lines = written("lines", DOCUMENTS[1]).splitlines()
    assert len(lines) == len(exported(DOCUMENTS[1]).items)
    shown = re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff"))
    for line in lines:
        path, row, column, kind, message = re.fullmatch(r"(.+?):(\d+):(\d+): (\w+\.\w+): (.+)", line).groups()  # type: ignore[union-attr]
        assert path == "hard.txt"
        if kind.startswith("hedges."):
            cue = re.match("“(.+?)”", message)[1]  # type: ignore[index]
            assert " ".join(shown[int(row) - 1][int(column) - 1 :].split()).startswith(cue)


def test_lines_neither_break_nor_steer() -> None:
    document = Document("a\x1b[2J\nb.txt", "Perhaps\x1b[31m it may.\x9b The “\x07\r\n” quay.\u2028 " + HARD)
    content = written("lines", document)
    assert len(content.splitlines()) == content.count("\n") == len(exported(document).items)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", content)


def test_names_of_files_are_plain_and_used_once() -> None:
    names = Names()
    found = [names.of(one) for one in ("a/b.txt", "A/B.html", "a_b", "../..", "", "é 🚢?.txt", "x" * 300)]
    assert found == ["a_b", "A_B-2", "a_b-3", "document", "document-2", "é", "x" * LONGEST]


@given(text=TEXTS, data=st.data())
def test_tokens_end_at_the_edges(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    stretches = data.draw(st.lists(st.tuples(places, places).map(sorted).map(tuple), max_size=4))
    stretches = [trimmed(text, *stretch) for stretch in stretches]
    found = tokens(text, edges(stretches))
    assert "".join(text[t.start : t.end] + " " * t.spaced for t in found) == text
    for start, end in stretches:
        if start < end:
            assert start in {t.start for t in found} and end in {t.end for t in found}
    assert all(t.blank == text[t.start : t.end].isspace() for t in found)


@pytest.mark.parametrize("name", FOLDERS)
def test_every_document_gets_its_files(name: str) -> None:
    found = [file for file, _ in folder(name)(classifier.mark_many(DOCUMENTS, FAMILIES))]
    endings = {"brat": (".txt", ".ann"), "webanno": (".tsv",)}[name]
    for ending in endings:
        assert sum(file.endswith(ending) for file in found) == len(DOCUMENTS)
