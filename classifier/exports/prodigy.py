"""Prodigy's JSON Lines for its relations interface: text, tokens, spans, and relations between spans.

Offsets count code points; a relation names the last token of each span, as Prodigy does.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from classifier.exports.exported import Exported, Mark
from classifier.exports.json_pieces import lines
from classifier.exports.tokens import Reach, edges, tokens, trimmed
from classifier.scoring.answers import Marking


def prodigy(markings: Iterable[Marking]) -> Iterator[bytes]:
    """One task a document."""
    return lines(_task(Exported(marking)) for marking in markings)


def _task(found: Exported) -> dict[str, Any]:
    text = found.raw
    found_tokens = tokens(text, edges(trimmed(text, mark.start, mark.end) for mark in found.marks))
    reach = Reach(found_tokens)

    def span(mark: Mark) -> dict[str, Any]:
        start, end = trimmed(text, mark.start, mark.end)
        first, last = reach.of(start, end)
        return {"start": start, "end": end, "token_start": first, "token_end": last, "label": mark.label}

    spans = [span(mark) for mark in found.marks]
    relations = [
        {
            "head": spans[relation.head]["token_end"],
            "child": spans[relation.tail]["token_end"],
            "label": relation.label,
            "head_span": spans[relation.head],
            "child_span": spans[relation.tail],
        }
        for relation in found.relations
    ]
    return {
        "text": text,
        "tokens": [
            {
                "text": text[token.start : token.end],
                "start": token.start,
                "end": token.end,
                "id": number,
                "ws": token.spaced,
                "disabled": token.blank,
            }
            for number, token in enumerate(found_tokens)
        ],
        "spans": spans,
        "relations": relations,
        "meta": {"document": found.id},
    }
