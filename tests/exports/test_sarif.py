"""SARIF: sound by its schema, places by its rules, rules from the families' pages."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from export_runs import DOCUMENTS, by_lines, evened, exported, written

from classifier import Document
from classifier.exports.rules import rules
from classifier.signals.registry import BUILT_IN, load_family

SCHEMA = json.loads(
    (Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")
)


def run_of(*documents: Document) -> dict[str, Any]:
    log = json.loads(written("sarif", *documents))
    jsonschema.validate(log, SCHEMA, cls=jsonschema.Draft4Validator)
    (run,) = log["runs"]
    return run


def test_it_is_sound_by_the_schema() -> None:
    run = run_of(*DOCUMENTS)
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == sum(len(exported(document).items) for document in DOCUMENTS)
    assert len(run["artifacts"]) == len(DOCUMENTS)


def test_the_schema_would_tell() -> None:
    log = json.loads(written("sarif", DOCUMENTS[0]))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, SCHEMA, cls=jsonschema.Draft4Validator)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.id)
def test_regions_are_the_marked_words(document: Document) -> None:
    found, run = exported(document), run_of(document)
    text = found.raw.removeprefix("\ufeff")  # counts nowhere (3.30.2)
    assert run["artifacts"][0]["properties"]["textSha256"] == found.result["sha256"]
    for item, result in zip(found.items, run["results"], strict=True):
        spans = [item.says, *(part for _, part in item.parts())]
        places = [*result["locations"], *result.get("relatedLocations", ())]
        for span, place in zip(spans, places, strict=True):
            region = place["physicalLocation"]["region"]
            words = found.raw[span["start"] : span["end"]].removeprefix("\ufeff")
            assert text[region["charOffset"] :][: region["charLength"]] == words == region["snippet"]["text"]
            begin = (region["startLine"], region["startColumn"])
            assert by_lines(text, begin, (region["endLine"], region["endColumn"])) == words


def test_an_attribution_is_one_result_with_its_parts() -> None:
    results = run_of(DOCUMENTS[0])["results"]
    result = next(r for r in results if r["message"]["text"].startswith("source “Tove Arnell"))
    assert result["ruleId"] == "sourcing.person"
    parts = [
        (place["message"]["text"], evened(place["physicalLocation"]["region"]["snippet"]["text"]))
        for place in result["relatedLocations"]
    ]
    assert parts == [
        ("source", "Tove Arnell, the office’s engineer"),
        ("cue", "said"),
        ("content", "“We have looked at four drawings,”"),
        ("content", "“One of them might work.”"),
    ]


def test_a_mark_is_no_fault() -> None:
    run = run_of(*DOCUMENTS)
    assert {(r["kind"], r["level"]) for r in run["results"]} == {("informational", "none")}
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_words_make_no_links_and_no_placeholders() -> None:
    document = Document("a b#c?.txt", "It is, says Odo Brask [the mayor](1) of {0} \\ Oxmoor, perhaps so.")
    run = run_of(document)
    assert run["artifacts"][0]["location"]["uri"] == "a%20b%23c%3F.txt"
    (message,) = (r["message"]["text"] for r in run["results"] if r["ruleId"] == "sourcing.person")
    assert "Odo Brask" in message
    for plain in ("[", "]"):
        assert message.count(plain) == message.count("\\" + plain)
    assert "{0}" not in message.replace("{{0}}", "")


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_kind_has_a_rule_from_its_page(name: str) -> None:
    family = load_family(name)
    found = rules(family)
    if name != "sourcing":
        assert [rule.id for rule in found] == [f"{name}.{kind}" for kind in family.kinds]
    for rule in found:
        assert len(rule.says) > 5 and rule.says != rule.id.partition(".")[2], rule.id
        assert rule.marks and rule.warns
        assert rule.marks in family.page() and rule.warns in family.page()


def test_an_empty_run_is_sound() -> None:
    assert run_of()["results"] == []
