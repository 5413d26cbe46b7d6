"""The text of an article with its marks."""

from collections.abc import Sequence
from itertools import groupby

from classifier.pages.marks import Mark, element
from classifier.pages.painted import Painted
from classifier.text.paragraphs import Paragraph, Shape, Zone
from classifier.text.segment import Segmented

LEFT_OUT = {
    Zone.FURNITURE: "left out as furniture of the page",
    Zone.OTHER_LANGUAGE: "left out: another language",
}


def article(text: Segmented, marks: Sequence[Mark]) -> str:
    """Headline, byline and body; what was left out stands folded in its place."""
    painted = Painted(text.readable.text, [element(mark) for mark in marks])
    pieces = []
    for left_out, run in groupby(text.paragraphs, key=lambda p: LEFT_OUT.get(p.zone)):
        paragraphs = [_paragraph(paragraph, painted) for paragraph in run]
        if left_out is None:
            pieces += paragraphs
        else:
            count = f"{len(paragraphs)} stretch{'es' if len(paragraphs) > 1 else ''}"
            pieces.append(
                f"<details><summary>{count} {left_out}</summary>\n{''.join(paragraphs)}</details>\n"
            )
    return "".join(pieces) or "<p>No headline and no body were found in this text.</p>\n"


def _paragraph(paragraph: Paragraph, painted: Painted) -> str:
    inner = painted.stretch(paragraph.start, paragraph.end)
    sort = {Zone.TITLE: "title", Zone.BYLINE: "byline"}.get(paragraph.zone)
    if sort is None and paragraph.shape is not Shape.PROSE:
        sort = "line"
    return f'<p class="{sort}" dir="auto">{inner}</p>\n' if sort else f'<p dir="auto">{inner}</p>\n'
