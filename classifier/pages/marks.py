"""What is marked on a page: every span of a result, with what it says to somebody who points at it."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from classifier.pages.painted import Element
from classifier.scoring.answers import Marking
from classifier.scoring.reasons import Reason
from classifier.signals.span import Flag, Span
from classifier.text.escape import escaped, isolated
from classifier.text.readable import Readable

WEAKENED = 50  # characters shown of the words that a hedge weakens
WIDE = 60  # characters: above, a mark is drawn with thin lines


class Look(NamedTuple):
    """How a family stands in the legend."""

    rank: int  # of two spans that are equal, the higher lies inside
    says: str


WORDING = "wording"
"""Under this name stand places that a model of wording gives as reasons; it is no family of signals."""
LOOKS: Mapping[str, Look] = {
    "hedges": Look(9, "words that withhold full commitment: may, reportedly, about 40"),
    "sourcing": Look(1, "who says what: source, cue, and what is passed on"),
    "certainty": Look(6, "words that leave no doubt, no exception, no higher degree"),
    "evidence": Look(5, "figures, dates, names and references a reader could check"),
    "emotive": Look(8, "loaded and emotional words"),
    "address": Look(7, "who speaks to whom: I, we, you, commands, questions"),
    "emphasis": Look(4, "emphasis by shape: capitals, exclamation marks, scare quotes"),
    "structure": Look(0, "places where sentences, words or paragraphs stand out"),
    WORDING: Look(2, "turns of phrase that are a reason of the score"),
}
OTHER = Look(3, "a family of another package")
_PARTS = {"content": 2, "source": 3, "cue": 4, "antecedent": 5, "speaks_for": 5}


class Mark(NamedTuple):
    """One marked stretch of the readable text. `number` counts marks in reading order."""

    number: int
    start: int  # into the readable text
    end: int
    first: int  # into the raw text
    last: int
    family: str
    part: str  # "source", "cue", "content" ... of an attribution, else ""
    kind: str  # the whole kind
    group: int
    named: bool
    value: int
    says: str

    @property
    def rank(self) -> float:
        """Of two marks on the same words, the higher lies inside."""
        return LOOKS.get(self.family, OTHER).rank + _PARTS.get(self.part, 0) / 10

    @property
    def counts(self) -> bool:
        """Whether it is counted as a signal: of an attribution only what is passed on."""
        return self.part in ("", "content")


def marks_of(marking: Marking, found: Mapping[str, Any], reasons: Sequence[Reason] = ()) -> list[Mark]:
    """The marks of a result in reading order, those that enclose others first. `found` is its `to_dict()`.

    What of the `reasons` is no signal, turns of phrase, is marked too.
    """
    shown = marking.marked.text.readable
    rows: list[Mark] = []
    for family, spans in zip(marking.batch.families, marking.marked.spans, strict=True):
        items = found["signals"][family.name]
        texts = (
            _said_of_parts(shown, spans)
            if family.name == "sourcing"
            else _said(family.name, spans, items if len(items) == len(spans) else [{}] * len(spans))
        )
        for span, says in zip(spans, texts, strict=True):
            part = span.kind.partition(".")[0] if family.name == "sourcing" else ""
            rows.append(
                Mark(
                    0,
                    span.start,
                    span.end,
                    *shown.raw_span(span.start, span.end),
                    family.name,
                    part,
                    span.kind,
                    span.group,
                    bool(span.flags & Flag.NAMED),
                    span.value,
                    says,
                )
            )
    rows += _of_wording(shown, reasons)
    rows.sort(key=lambda mark: (mark.start, -mark.end, mark.rank))
    return [mark._replace(number=number) for number, mark in enumerate(rows)]


def _of_wording(shown: Readable, reasons: Sequence[Reason]) -> Iterator[Mark]:
    for reason in reasons:
        name, _, word = reason.measure.partition(".")
        if name == WORDING:
            way = "raises" if reason.contribution > 0 else "lowers"
            for span in reason.spans:
                first, last = span["start"], span["end"]
                start, end = shown.span_of_raw(first, last)
                if shown.text[start:end].strip():  # the break between two paragraphs can't be seen
                    says = f"wording · with “{word}” it {way} the score"
                    yield Mark(0, start, end, first, last, WORDING, "", word, -1, False, 0, says)


def element(mark: Mark, prefix: str = "m") -> Element:
    """A mark as an element with the id `prefix` and its number.

    The first piece can be reached by keyboard and linked to; the others follow it.
    """
    classes = f"f-{mark.family}" + (f" {mark.part}" if mark.part else "")
    if mark.end - mark.start > WIDE:
        classes += " wide"
    if mark.part == "source":
        classes += " named" if mark.named else " unnamed"
    head = f'<mark class="{escaped(classes)}"'
    group = f' data-g="{prefix}{mark.family[0]}{mark.group}"' if mark.group >= 0 else ""
    return Element(
        mark.start,
        mark.end,
        mark.rank,
        f'{head} id="{prefix}{mark.number}" tabindex=0{group} data-at="{mark.first}-{mark.last}"'
        f' data-says="{escaped(mark.says)}">',
        f'{head} data-m="{prefix}{mark.number}"{group}>',
        "</mark>",
    )


def link(mark: int, text: str) -> str:
    """A link to a mark of an article that shows its words."""
    return f'<a href="#m{mark}">{isolated(text, 40)}</a>'


def in_words(code: str) -> str:
    """A code of the output as a reader meets it: ``long_sentence`` is a long sentence."""
    return code.replace("_", " ")


def _said(family: str, spans: Sequence[Span], items: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for span, item in zip(spans, items, strict=True):
        says = [family, in_words(span.kind.replace(".", ", "))]
        if item.get("negated"):
            says.append("negated")
        if item.get("direction") in ("for", "against"):
            says.append(f"speaks {item['direction']} somebody or something")
        if item.get("strength"):
            says.append(f"strength {item['strength']} of 3")
        if item.get("voice") == "quoted":
            says.append("in a quotation")
        if item.get("zone") in ("title", "furniture") and span.kind != "headline":
            says.append("in the headline" if item["zone"] == "title" else "outside the article")
        if item.get("scope"):
            says.append(f"weakens “{_short(item['scope']['text'])}”")
        yield " · ".join(says)


def _said_of_parts(shown: Readable, spans: Sequence[Span]) -> Iterator[str]:
    sources: dict[int, str] = {}
    for span in spans:
        if span.kind.startswith("source."):
            sources[span.group] = _short(shown.shown(span.start, span.end))
    for span in spans:
        part, _, kind = span.kind.partition(".")
        source = sources.get(span.group)
        match part:
            case "source":
                named = "named" if span.flags & Flag.NAMED else "not named"
                yield f"sourcing · source: {source_kind(kind)}, {named}"
            case "cue":
                yield f"sourcing · cue of {f'“{source}”' if source else 'an attribution to nobody'}"
            case "content":
                yield f"sourcing · {kind} content, {f'by “{source}”' if source else 'no source given'}"
            case "antecedent":
                yield f"sourcing · whom “{source}” stands for"
            case _:
                yield f"sourcing · whom “{source}” speaks for"


def source_kind(kind: str) -> str:
    """The kind of a source in words."""
    return {
        "withheld": "identity withheld",
        "class": "a sort of people",
        "document": "document or evidence",
    }.get(kind, in_words(kind))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WEAKENED else line[: WEAKENED - 1].rstrip() + "…"


class Places:
    """Finds the mark that stands at a place of the raw text, and the paragraph it is in."""

    def __init__(self, marks: Sequence[Mark], body: Sequence[int]) -> None:
        self._marks = marks
        self._body = body  # where the paragraphs of the body begin, in the readable text
        self._exact: dict[tuple[int, int], int] = {}
        for mark in marks:
            self._exact.setdefault((mark.first, mark.last), mark.number)

    def mark(self, first: int, last: int) -> int | None:
        """The number of the mark on just these characters of the raw text."""
        return self._exact.get((first, last))

    def paragraph(self, number: int) -> str:
        """Where a mark begins: the paragraph of the body counted from 1, or the headline."""
        return self.paragraph_at(self._marks[number].start)

    def paragraph_at(self, position: int) -> str:
        """The same for a place in the readable text."""
        paragraph = bisect_right(self._body, position)
        return f"¶{paragraph}" if paragraph else "headline"
