"""Spans of one document as objects of the output contract, with the voice each of them stands in."""

from collections.abc import Sequence
from typing import Any

from classifier.signals.span import Span
from classifier.text.paragraphs import Zone
from classifier.text.segment import Segmented
from classifier.text.stretches import Stretches


def voiced(text: Segmented, spans: Sequence[Span]) -> list[dict[str, Any]]:
    """Start, end, text, kind, zone (title, body) and voice (writer, quoted) of each span, offsets into the raw text.

    Quoted is what begins inside quotation marks other than a title's; indirect speech is the writer's voice.
    """
    quoted = Stretches((q.start, q.end) for q in text.quotations if q.kind != "title")
    items = []
    for span in spans:
        start, end = text.readable.raw_span(span.start, span.end)
        sentence = text.sentences.at(span.start)
        in_title = sentence >= 0 and text.sentences.zone[sentence] == Zone.TITLE
        items.append(
            {
                "start": start,
                "end": end,
                "text": text.readable.shown(span.start, span.end),
                "kind": span.kind,
                "zone": "title" if in_title else "body",
                "voice": "quoted" if quoted.hold(span.start) else "writer",
            }
        )
    return items
