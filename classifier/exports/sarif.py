"""SARIF 2.1.0 (OASIS Standard incl. Errata 01), what code hosts, editors and review tools read.

Columns and offsets count code points (`columnKind`), lines and columns from 1; a byte order mark counts nowhere, as
the standard has it (3.30.2). A mark is no finding of fault: results are `informational`, of level `none`. An
attribution is one result; source, cue and contents are its related locations.
"""

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from classifier.exports.exported import Exported, Item
from classifier.exports.json_pieces import array, encoded
from classifier.exports.messages import message
from classifier.exports.rules import Rule, rules
from classifier.scoring.answers import Marking
from classifier.text.units import BYTE_ORDER_MARK

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# In messages these would make links and placeholders (3.11.5, 3.11.6).
_ESCAPES = str.maketrans({"\\": "\\\\", "[": "\\[", "]": "\\]", "{": "{{", "}": "}}"})


def sarif(markings: Iterable[Marking]) -> Iterator[bytes]:
    """One log with one run; what is known only at its end stands after the results."""
    run = _Run()
    yield b'{"version":"2.1.0","$schema":' + encoded(SCHEMA) + b',"runs":[{"columnKind":"unicodeCodePoints",'
    yield b'"newlineSequences":["\\r\\n","\\n","\\r"],"results":'
    yield from array(run.results(markings))
    yield b',\n"artifacts":' + encoded(run.artifacts) + b',\n"tool":' + encoded(run.tool()) + b"}]}\n"


class _Run:
    """Results as they come, and what they refer to."""

    def __init__(self) -> None:
        self.artifacts: list[dict[str, Any]] = []
        self._rules: dict[str, Rule] = {}
        self._numbers: dict[str, int] = {}

    def results(self, markings: Iterable[Marking]) -> Iterator[dict[str, Any]]:
        for marking in markings:
            if not self._rules:
                self._rules = {rule.id: rule for f in marking.batch.families for rule in rules(f)}
                self._numbers = {rule: number for number, rule in enumerate(self._rules)}
            found = Exported(marking)
            uri = quote(found.id)
            properties = {"textSha256": found.result["sha256"], "language": found.result["language"]}
            self.artifacts.append({"location": {"uri": uri}, "properties": properties})
            artifact = {"uri": uri, "index": len(self.artifacts) - 1}
            for item in found.items:
                yield self._result(found, item, artifact)

    def tool(self) -> dict[str, Any]:
        return {
            "driver": {
                "name": "misinfo-signals",
                "version": version("misinfo-signals"),
                "language": "en",
                "rules": [_descriptor(rule) for rule in self._rules.values()],
            }
        }

    def _result(self, found: Exported, item: Item, artifact: dict[str, Any]) -> dict[str, Any]:
        def location(says: dict[str, Any]) -> dict[str, Any]:
            region = _region(found, says["start"], says["end"])
            return {"physicalLocation": {"artifactLocation": artifact, "region": region}}

        result: dict[str, Any] = {
            "ruleId": item.rule,
            "kind": "informational",
            "level": "none",
            "message": {"text": message(item).translate(_ESCAPES)},
            "locations": [location(item.says)],
            "properties": item.facts(),
        }
        if item.rule in self._numbers:
            result["ruleIndex"] = self._numbers[item.rule]
        if related := [
            {"id": number, **location(part), "message": {"text": field.replace("_", " ")}}
            for number, (field, part) in enumerate(item.parts(), start=1)
        ]:
            result["relatedLocations"] = related
        return result


def _region(found: Exported, start: int, end: int) -> dict[str, Any]:
    mark = found.raw.startswith(BYTE_ORDER_MARK)
    start = max(start, 1) if mark else start
    line, column = found.units.position(start).shown
    end_line, end_column = found.units.position(end).shown
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": start - mark,
        "charLength": end - start,
        "snippet": {"text": found.raw[start:end]},
    }


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.says},
        "fullDescription": {"text": rule.marks, "markdown": rule.marks},
        "help": {"text": rule.warns, "markdown": rule.warns},
        "defaultConfiguration": {"level": "none"},
    }
