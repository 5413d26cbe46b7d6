"""Two versions of a text side by side: a row for each pair of sentences, with its marks, its words that are others, and
what is told of it. Runs of sentences that stayed as they were share a row."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from classifier.comparison import Change, Comparison, Pair
from classifier.comparison.result import Place
from classifier.pages.marks import Places, element, marks_of
from classifier.pages.painted import Element, Painted
from classifier.scoring.answers import Marking
from classifier.text.escape import escaped, shortened
from classifier.text.paragraphs import Zone

SAYS = 300  # characters shown of what is said of a change
_OUTSIDE = -1.0  # words that are others enclose the marks on the same stretch


@dataclass(slots=True)
class _Row:
    """Pairs that share a row. `sort`: kept, changed, moved, gone or new."""

    sort: str
    pairs: list[Pair]
    told: list[Change] = field(default_factory=list)

    @property
    def plain(self) -> bool:
        """Whether nothing is to be said of it."""
        return self.sort == "kept" and not self.told


class Versions:
    """Both versions of a comparison, ready to be shown."""

    def __init__(self, found: Comparison) -> None:
        edits = [edit for pair in found.pairs for edit in pair.edits]
        self.old = _Side(found.old, "o", "del", (pair.old for pair in found.pairs), (old for old, _ in edits))
        self.new = _Side(found.new, "n", "ins", (pair.new for pair in found.pairs), (new for _, new in edits))
        self._rows = self._rows_of(found)
        self._row_of = {
            (side, place): number
            for number, row in enumerate(self._rows)
            for pair in row.pairs
            for side, place in (("old", pair.old), ("new", pair.new))
            if place is not None
        }

    def links(self, change: Change) -> str:
        """Links to where a change stands in each version: to its mark, else to its sentence."""
        links = []
        for which, side, place, sentence in (
            ("before", self.old, change.old, change.old_sentence),
            ("now", self.new, change.new, change.new_sentence),
        ):
            where = place or sentence
            if where is None:
                continue
            target = side.mark(place) if place else None
            row = self._row_of.get(("old" if side is self.old else "new", sentence)) if sentence else None
            if target is None and row is not None:
                target = f"r{row}"
            if target is not None:
                links.append(f'<a href="#{target}">{which}: {side.paragraph(where)}</a>')
        return " ".join(links)

    def table(self, old: str, new: str) -> str:
        """The rows under the names of the versions, which are HTML."""
        rows = "".join(self._row(number, row) for number, row in enumerate(self._rows))
        if not rows:
            return "<article><p>Neither version has a headline or a body.</p></article>\n"
        heads = "".join(
            f'<div role="columnheader"><b>{head}</b>{name}</div>'
            for head, name in (("Before", f" {old}"), ("Now", f" {new}"), ("What is told", ""))
        )
        return (
            '<article><div role="table" aria-labelledby="text-h">\n'
            f'<div role="row" class="heads">{heads}</div>\n{rows}</div></article>\n'
        )

    def _rows_of(self, found: Comparison) -> list[_Row]:
        told: dict[tuple[str, Place | None], list[Change]] = defaultdict(list)
        for change in found.changes:  # where it stands now, or stood
            told["new" if change.new_sentence else "old", change.new_sentence or change.old_sentence].append(
                change
            )
        rows: list[_Row] = []
        for pair in found.pairs:
            own = told["new", pair.new] if pair.new else []
            own = own + told["old", pair.old] if pair.old else own
            row = _Row(_sort(pair), [pair], own)
            if rows and row.plain and rows[-1].plain and self._goes_on(rows[-1].pairs[-1], pair):
                rows[-1].pairs.append(pair)
            else:
                rows.append(row)
        return rows

    def _goes_on(self, one: Pair, two: Pair) -> bool:
        """Whether two pairs stand in the same paragraph in both versions."""
        return self.old.together(one.old, two.old) and self.new.together(one.new, two.new)

    def _row(self, number: int, row: _Row) -> str:
        label = "" if row.sort == "kept" else row.sort
        if row.sort == "moved" and row.pairs[0].similarity < 1:
            label = "moved and changed"
        told = "".join(f"<li>{escaped(shortened(change.says, SAYS))}</li>" for change in row.told)
        says = (f"<p>{label}</p>" if label else "") + (f"<ul>{told}</ul>" if told else "")
        cells = (
            side.cell([place for place in places if place is not None])
            for side, places in (
                (self.old, [pair.old for pair in row.pairs]),
                (self.new, [pair.new for pair in row.pairs]),
            )
        )
        classes = "pair " + ("plain" if row.plain else row.sort)
        return (
            f'<div role="row" class="{classes}" id="r{number}">{"".join(cells)}'
            f'<div role="cell" class="told">{says}</div></div>\n'
        )


def _sort(pair: Pair) -> str:
    if pair.new is None:
        return "gone"
    if pair.old is None:
        return "new"
    if pair.moved:
        return "moved"
    return "kept" if pair.similarity == 1 else "changed"


class _Side:
    """One version: its sentences as HTML."""

    def __init__(
        self,
        marking: Marking,
        prefix: str,
        tag: str,
        sentences: Iterable[Place | None],
        edits: Iterable[Place | None],
    ) -> None:
        text = marking.marked.text
        self._readable = text.readable
        self._prefix = prefix
        self._which = "old" if tag == "del" else "new"
        self._language = f' lang="{escaped(text.language)}"' if text.language not in ("en", "und") else ""
        self.marks = marks_of(marking, marking.to_dict())
        self._paragraphs = [p.start for p in text.paragraphs]
        self._titles = {p.start for p in text.zone(Zone.TITLE)}
        self._places = Places(self.marks, [p.start for p in text.zone(Zone.BODY)])
        elements = [
            *(element(mark, prefix) for mark in self.marks),
            *(
                Element(*self._readable.span_of_raw(*place), _OUTSIDE, f"<{tag}>", f"<{tag}>", f"</{tag}>")
                for place in edits
                if place is not None
            ),
        ]
        elements.sort(key=lambda one: (one.start, -one.end, one.rank))
        painted = Painted(self._readable.text, elements)
        places = sorted(place for place in sentences if place is not None)
        self._stretches = [self._readable.span_of_raw(*place) for place in places]
        self._shown = {
            place: painted.stretch(*stretch) for place, stretch in zip(places, self._stretches, strict=True)
        }

    def mark(self, place: Place) -> str | None:
        """The id of the mark on just this stretch of the text as given, if it is shown."""
        number = self._places.mark(*place)
        if number is None:
            return None
        mark = self.marks[number]
        last = bisect_left(self._stretches, (mark.end, 0)) - 1  # of the sentences that begin before its end
        return f"{self._prefix}{number}" if last >= 0 and self._stretches[last][1] > mark.start else None

    def paragraph(self, place: Place) -> str:
        """Where a stretch of the text as given begins, in words."""
        return self._places.paragraph_at(self._readable.span_of_raw(*place)[0])

    def words(self, place: Place) -> str:
        """What a reader sees of a stretch of the text as given."""
        first, last = self._readable.span_of_raw(*place)
        return self._readable.text[first:last]

    def together(self, one: Place | None, two: Place | None) -> bool:
        """Whether two sentences stand in the same paragraph."""
        return one is not None and two is not None and self._number(one) == self._number(two)

    def cell(self, sentences: list[Place]) -> str:
        """Sentences of one paragraph as a cell of a row."""
        shown = " ".join(self._shown[place] for place in sentences)
        paragraph = ""
        if sentences:
            title = self._paragraphs[self._number(sentences[0])] in self._titles
            paragraph = f'<p{" class=title" if title else ""} dir="auto">{shown}</p>'
        return f'<div role="cell" class="{self._which}"{self._language}>{paragraph}</div>'

    def _number(self, place: Place) -> int:
        """The paragraph of a sentence."""
        return bisect_right(self._paragraphs, self._readable.span_of_raw(*place)[0]) - 1
