"""W3C Web Annotation (JSON-LD): one collection whose page holds an annotation for each mark and each relation.

A mark in plain text is given by `TextPositionSelector` (code points) and `TextQuoteSelector` with the words around it.
In a page the standard counts the text that is left without tags, so there the quotation of what a reader sees is the
selector, and the place in the source stands in `misinfo:start` and `misinfo:end`. A relation links two annotations.
"""

import uuid
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from classifier.exports.exported import Exported, Mark
from classifier.exports.json_pieces import array, encoded
from classifier.scoring.answers import Marking
from classifier.text.units import sound

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # code points of prefix and suffix


def webannotation(markings: Iterable[Marking]) -> Iterator[bytes]:
    """One annotation page, its items written as they come."""
    context = [CONTEXT, {"misinfo": "urn:misinfo-signals:"}]
    yield b'{"@context":' + encoded(context) + b',"type":"AnnotationPage","startIndex":0,"items":'
    yield from array(_annotations(markings))
    yield b"}\n"


def _annotations(markings: Iterable[Marking]) -> Iterator[dict[str, Any]]:
    generator = {
        "id": f"urn:misinfo-signals:{version('misinfo-signals')}",
        "type": "Software",
        "name": "misinfo-signals",
    }
    for marking in markings:
        found = Exported(marking)
        # The same text under the same name always gets the same ids.
        own = uuid.uuid5(uuid.NAMESPACE_URL, f"misinfo-signals:{found.result['sha256']}:{found.id}")
        names = [f"urn:uuid:{uuid.uuid5(own, str(number))}" for number in range(len(found.marks))]
        for name, mark in zip(names, found.marks, strict=True):
            yield {
                "id": name,
                "type": "Annotation",
                "motivation": "tagging",
                "generator": generator,
                "body": {"type": "TextualBody", "purpose": "tagging", "value": mark.label},
                "target": _target(found, mark),
                **{f"misinfo:{fact}": value for fact, value in mark.facts.items()},
            }
        for number, relation in enumerate(found.relations):
            yield {
                "id": f"urn:uuid:{uuid.uuid5(own, f'relation {number}')}",
                "type": "Annotation",
                "motivation": "linking",
                "generator": generator,
                "body": [
                    {"type": "TextualBody", "purpose": "tagging", "value": relation.label},
                    {"type": "SpecificResource", "purpose": "linking", "source": names[relation.tail]},
                ],
                "target": names[relation.head],
            }


def _target(found: Exported, mark: Mark) -> dict[str, Any]:
    source = {
        "id": quote(found.id),
        "type": "Text",
        "format": "text/html" if found.markup else "text/plain",
        "language": found.result["language"],
    }
    if not found.markup:
        position = {"type": "TextPositionSelector", "start": mark.start, "end": mark.end}
        quoted = _quoted(found.raw, mark.start, mark.end)
        return {"source": source, "selector": [position, quoted]}
    readable = found.marking.marked.text.readable
    start, end = mark.start, mark.end
    if readable.back is not None:
        start, end = bisect_left(readable.back[0], start), bisect_right(readable.back[1], end)
    return {
        "source": source,
        "selector": _quoted(sound(readable.text), start, end),
        "misinfo:start": mark.start,
        "misinfo:end": mark.end,
    }


def _quoted(text: str, start: int, end: int) -> dict[str, Any]:
    return {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
