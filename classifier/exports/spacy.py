"""spaCy's own JSON of a document, one a line: ``Doc(vocab).from_json(object)`` reads it, a DocBin takes the Doc.

Marks are in the span group "sc", which spaCy's span categoriser and displaCy look into. A Doc has no place for
relations: ``relations``, by the numbers of spans in that group, is a key of its own that `from_json` passes over.
Offsets count code points.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from classifier.exports.exported import Exported
from classifier.exports.json_pieces import lines
from classifier.exports.tokens import edges, tokens, trimmed
from classifier.scoring.answers import Marking


def spacy(markings: Iterable[Marking]) -> Iterator[bytes]:
    """One object a document."""
    return lines(_object(Exported(marking)) for marking in markings)


def _object(found: Exported) -> dict[str, Any]:
    text = found.raw
    places = [trimmed(text, mark.start, mark.end) for mark in found.marks]
    return {
        "text": text,
        "ents": [],
        "tokens": [
            {"id": number, "start": token.start, "end": token.end}
            for number, token in enumerate(tokens(text, edges(places)))
        ],
        "spans": {
            "sc": [
                {"start": start, "end": end, "label": mark.label, "kb_id": ""}
                for mark, (start, end) in zip(found.marks, places, strict=True)
            ]
        },
        "relations": [
            {"head": relation.head, "tail": relation.tail, "label": relation.label}
            for relation in found.relations
        ],
        "document": found.id,
    }
