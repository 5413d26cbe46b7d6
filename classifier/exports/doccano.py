"""Doccano's JSON Lines for sequence labelling with relations. Offsets count UTF-16 units, as doccano does.

(It counts grapheme clusters instead in a project set up so; leave that off.) Ids of entities and relations are unique
in the whole file.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from classifier.exports.exported import Exported
from classifier.exports.json_pieces import lines
from classifier.scoring.answers import Marking


def doccano(markings: Iterable[Marking]) -> Iterator[bytes]:
    """One object a document."""
    return lines(_objects(markings))


def _objects(markings: Iterable[Marking]) -> Iterator[dict[str, Any]]:
    first = 1  # free id
    for marking in markings:
        found = Exported(marking)
        units = found.units
        entities = [
            {
                "id": first + i,
                "label": mark.label,
                "start_offset": units.utf16(mark.start),
                "end_offset": units.utf16(mark.end),
            }
            for i, mark in enumerate(found.marks)
        ]
        after = first + len(entities)
        relations = [
            {
                "id": after + i,
                "from_id": first + relation.head,
                "to_id": first + relation.tail,
                "type": relation.label,
            }
            for i, relation in enumerate(found.relations)
        ]
        first = after + len(relations)
        yield {"document": found.id, "text": found.raw, "entities": entities, "relations": relations}
