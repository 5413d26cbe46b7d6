"""The text of an article with its marks, nested where they nest and cut where they cross."""

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import groupby

from classifier.pages.marks import Mark
from classifier.text.escape import escaped, isolated
from classifier.text.paragraphs import Paragraph, Shape, Zone
from classifier.text.segment import Segmented

WIDE = 60  # characters: above, a mark is drawn with thin lines
LEFT_OUT = {
    Zone.FURNITURE: "left out as furniture of the page",
    Zone.OTHER_LANGUAGE: "left out: another language",
}


def article(text: Segmented, marks: Sequence[Mark]) -> str:
    """Headline, byline and body; what was left out stands folded in its place."""
    painted = _Painted(text.readable.text, marks)
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


def _paragraph(paragraph: Paragraph, painted: "_Painted") -> str:
    inner = painted.stretch(paragraph.start, paragraph.end)
    sort = {Zone.TITLE: "title", Zone.BYLINE: "byline"}.get(paragraph.zone)
    if sort is None and paragraph.shape is not Shape.PROSE:
        sort = "line"
    return f'<p class="{sort}" dir="auto">{inner}</p>\n' if sort else f'<p dir="auto">{inner}</p>\n'


class _Painted:
    """Stretches of a text with their marks; asked for from its beginning to its end."""

    def __init__(self, text: str, marks: Sequence[Mark]) -> None:
        self._text = text
        self._marks = marks
        self._next = 0
        self._open: list[Mark] = []  # begun in an earlier stretch, and not ended there

    def stretch(self, start: int, end: int) -> str:
        """``text[start:end]`` as HTML."""
        first = self._next
        while self._next < len(self._marks) and self._marks[self._next].start < end:
            self._next += 1
        within = [m for m in (*self._open, *self._marks[first : self._next]) if m.end > start]
        self._open = [mark for mark in within if mark.end > end]
        return "".join(self._pieces(start, end, within))

    def _pieces(self, start: int, end: int, marks: Sequence[Mark]) -> Iterator[str]:
        waiting = [(max(m.start, start), -min(m.end, end), m.rank, m.number) for m in marks]
        heapify(waiting)
        by_number = {mark.number: mark for mark in marks}
        ends: list[int] = []  # of the elements that are open, the innermost last
        at = start
        while waiting:
            opens, less, rank, number = heappop(waiting)
            closes = -less
            while ends and ends[-1] <= opens:
                yield escaped(self._text[at : ends[-1]]) + "</mark>"
                at = ends.pop()
            if ends and closes > ends[-1]:  # crosses the end of an element: the rest is another element
                heappush(waiting, (ends[-1], -closes, rank, number))
                closes = ends[-1]
            yield escaped(self._text[at:opens])
            at = opens
            yield _opening(by_number[number], goes_on=opens > by_number[number].start)
            ends.append(closes)
        while ends:
            yield escaped(self._text[at : ends[-1]]) + "</mark>"
            at = ends.pop()
        yield escaped(self._text[at:end])


def _opening(mark: Mark, *, goes_on: bool) -> str:
    """The tag of a mark. The first piece can be reached by keyboard and linked to; the others follow it."""
    classes = f"f-{mark.family}" + (f" {mark.part}" if mark.part else "")
    if mark.end - mark.start > WIDE:
        classes += " wide"
    if mark.part == "source":
        classes += " named" if mark.named else " unnamed"
    group = f' data-g="{mark.family[0]}{mark.group}"' if mark.group >= 0 else ""
    if goes_on:
        return f'<mark class="{escaped(classes)}" data-m="{mark.number}"{group}>'
    return (
        f'<mark class="{escaped(classes)}" id="m{mark.number}" tabindex=0{group}'
        f' data-at="{mark.first}-{mark.last}" data-says="{escaped(mark.says)}">'
    )


def link(mark: int, text: str) -> str:
    """A link to a mark that shows its words."""
    return f'<a href="#m{mark}">{isolated(text, 40)}</a>'
