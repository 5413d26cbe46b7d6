"""Label Studio tasks with predictions, one array. Offsets count code points, as Label Studio has since release 1.6.

The labelling interface needs ``<Text name="text" value="$text"/>`` with ``<Labels name="label" toName="text">``, and
``<Relations>`` for the relations.
"""

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any

from classifier.exports.exported import Exported
from classifier.exports.json_pieces import array
from classifier.scoring.answers import Marking


def labelstudio(markings: Iterable[Marking]) -> Iterator[bytes]:
    """One task a document."""
    yield from array(_task(Exported(marking)) for marking in markings)
    yield b"\n"


def _task(found: Exported) -> dict[str, Any]:
    regions: list[dict[str, Any]] = [
        {
            "id": f"m{number}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": mark.start,
                "end": mark.end,
                "text": found.raw[mark.start : mark.end],
                "labels": [mark.label],
            },
            "meta": {"text": [f"{name}: {value}" for name, value in mark.facts.items()]},
        }
        for number, mark in enumerate(found.marks)
    ]
    relations: list[dict[str, Any]] = [
        {
            "type": "relation",
            "from_id": f"m{relation.head}",
            "to_id": f"m{relation.tail}",
            "direction": "right",
            "labels": [relation.label],
        }
        for relation in found.relations
    ]
    prediction = {
        "model_version": f"misinfo-signals {version('misinfo-signals')}",
        "result": regions + relations,
    }
    return {"data": {"text": found.raw, "document": found.id}, "predictions": [prediction]}
