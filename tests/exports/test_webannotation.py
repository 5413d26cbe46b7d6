"""Web Annotation: what the W3C model demands of annotations, bodies, targets and selectors."""

import json
from typing import Any

from export_runs import DOCUMENTS, written

import classifier
from classifier import Document

MOTIVATIONS = {"tagging", "linking"}


def items(*documents: Document) -> list[dict[str, Any]]:
    page = json.loads(written("webannotation", *documents))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    return page["items"]


def test_the_model_holds() -> None:
    found = items(*DOCUMENTS)
    assert len({item["id"] for item in found}) == len(found)
    for item in found:
        assert item["type"] == "Annotation"
        assert item["id"].startswith("urn:uuid:")
        assert item["motivation"] in MOTIVATIONS
        if item["motivation"] == "linking":
            continue
        assert item["body"]["type"] == "TextualBody"
        source, selectors = item["target"]["source"], item["target"]["selector"]
        assert not set(source["id"]) & set(' <>"{}|\\^`')
        for selector in selectors if isinstance(selectors, list) else [selectors]:
            if selector["type"] == "TextPositionSelector":
                assert 0 <= selector["start"] < selector["end"]
            else:
                assert selector["type"] == "TextQuoteSelector"
                assert selector["exact"]


def test_a_page_is_quoted_as_a_reader_sees_it() -> None:
    marks = [item for item in items(DOCUMENTS[2]) if item["motivation"] == "tagging"]
    assert {item["target"]["source"]["format"] for item in marks} == {"text/html"}
    (may,) = (item for item in marks if item["body"]["value"] == "hedges.modal")
    selector = may["target"]["selector"]
    assert (selector["exact"], selector["suffix"][:6]) == ("may", " move,")
    assert selector["prefix"].endswith("The quay ")
    raw = DOCUMENTS[2].raw
    assert raw[may["target"]["misinfo:start"] : may["target"]["misinfo:end"]] == "m&#97;y"


def test_ids_are_the_same_each_time_and_for_each_document_others() -> None:
    text = "Perhaps the quay may move."
    first = items(Document("a", text))
    assert first == items(Document("a", text))
    assert not {i["id"] for i in first} & {i["id"] for i in items(Document("b", text))}
    assert first[0]["target"]["source"]["language"] == classifier.mark(text).to_dict()["language"]
