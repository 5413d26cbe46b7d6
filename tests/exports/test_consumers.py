"""The tools themselves open what is written for them; each is left out where it is not installed."""

import io
import json
from typing import Any

import pytest
from export_runs import DOCUMENTS, Said, evened, expected, exported, objects, written


def test_pandas_reads_the_csv() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pandas.read_csv(io.StringIO(written("csv", *DOCUMENTS), newline=""), keep_default_na=False)
    assert len(frame) == sum(len(exported(document).marks) for document in DOCUMENTS)
    assert frame["start"].dtype.kind == frame["byte_end"].dtype.kind == "i"
    hard = frame[frame["document"] == "hard.txt"]
    raw = exported(DOCUMENTS[1]).raw
    assert [raw[a:b] for a, b in zip(hard["start"], hard["end"], strict=True)] == list(hard["text"])


def test_spacy_reads_its_json_and_a_docbin_keeps_it() -> None:
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed (heavy)")
    from spacy.tokens import Doc, DocBin

    nlp = spacy.blank("en")
    docs = [Doc(nlp.vocab).from_json(found, validate=True) for found in objects("spacy", *DOCUMENTS)]
    kept = DocBin().from_bytes(DocBin(docs=docs).to_bytes()).get_docs(nlp.vocab)
    for document, doc in zip(DOCUMENTS, kept, strict=True):
        assert doc.text == exported(document).raw
        assert [Said(s.label_, evened(s.text)) for s in doc.spans["sc"]] == expected(document)


def test_label_studio_takes_the_predictions() -> None:
    interface = pytest.importorskip(
        "label_studio_sdk.label_interface", reason="the SDK of Label Studio is not installed (heavy)"
    )
    tasks: list[dict[str, Any]] = json.loads(written("labelstudio", *DOCUMENTS))
    results = [region for task in tasks for region in task["predictions"][0]["result"]]
    relations = {label for r in results if r["type"] == "relation" for label in r["labels"]}
    labels = {label for r in results if r["type"] == "labels" for label in r["value"]["labels"]}
    config = interface.LabelInterface(
        "<View><Relations>"
        + "".join(f'<Relation value="{relation}"/>' for relation in sorted(relations))
        + '</Relations><Labels name="label" toName="text">'
        + "".join(f'<Label value="{label}"/>' for label in sorted(labels))
        + '</Labels><Text name="text" value="$text"/></View>'
    )
    for task in tasks:
        assert config.validate_task({"data": task["data"]})
        assert config.validate_prediction(task["predictions"][0], return_errors=True) == []


def test_bratly_reads_the_folder(tmp_path) -> None:
    reader = pytest.importorskip("bratly.io", reason="bratly-io-fs is not installed")
    from export_runs import files

    for name, content in files("brat", *DOCUMENTS[:4]).items():
        (tmp_path / name).write_text(content, encoding="utf-8", newline="")
    found = reader.read_document_collection_from_folder(str(tmp_path))
    marks = sum(len(exported(document).marks) for document in DOCUMENTS[:4])
    read = [a for d in found.documents for c in d.annotation_collections for a in c.annotations]
    assert sum(type(a).__name__ == "EntityAnnotation" for a in read) == marks
