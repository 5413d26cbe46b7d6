"""Marks and answers as a person reads them: wrapped text, marks in colour or in brackets."""

import os
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from shutil import get_terminal_size
from typing import NamedTuple, Self

from classifier.scoring.answers import Answer, Marking, Reason
from classifier.text.paragraphs import Zone
from classifier.text.readable import Readable

WIDTH = 100
PLACES = 3  # shown for each reason
PLACE_WIDTH = 60

_RESET = "\x1b[0m"
_CODE = re.compile(r"\x1b\[[0-9;]*m")
# What an article holds must not steer the terminal.
_HARMLESS = dict.fromkeys((*range(9), *range(14, 32), *range(127, 133), *range(134, 160)), "\ufffd")


class Style(NamedTuple):
    """How one sort of mark looks; where several overlap, the highest rank colours the text."""

    rank: int
    name: str
    code: str
    opening: str
    closing: str


CONTENT = Style(
    0, "what is passed on", "\x1b[32m", "", ""
)  # whole sentences: brackets would only be in the way
SOURCE = Style(1, "source", "\x1b[1;36m", "{", "}")
CUE = Style(2, "cue", "\x1b[4m", "<", ">")
OTHER = Style(3, "signal of another family", "\x1b[35m", "[[", "]]")
HEDGE = Style(4, "hedge", "\x1b[30;43m", "[", "]")


class Page(NamedTuple):
    """Where text is shown."""

    width: int
    color: bool

    @classmethod
    def of(cls, terminal: bool) -> Self:
        """The page that a terminal, or else a file or pipe, is; NO_COLOR (no-color.org) is honoured."""
        if not terminal:
            return cls(WIDTH, False)
        color = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return cls(max(20, min(WIDTH, get_terminal_size().columns)), color)


class Place(NamedTuple):
    """One marked stretch of the readable text."""

    start: int
    end: int
    style: Style


def shown_marking(marking: Marking, page: Page) -> str:
    """Headline and body as a reader sees them, with their marks; then the measures and what was noticed."""
    text = marking.marked.text
    places = list(_places(marking))
    parts = [f"== {_plain(marking.document.id)}"]
    if marking.document.title:
        parts.append("\n".join(_wrapped(_plain(marking.document.title), page.width)))
    stretches = [(p.start, p.end) for p in text.paragraphs if p.zone in (Zone.TITLE, Zone.BODY)]
    painted = _painted(text.readable.text, stretches, places, page.color)
    parts += ["\n".join(_wrapped(stretch, page.width)) for stretch in painted]
    if not stretches:
        parts.append("(no title and no body were found)")
    if key := _key(places, page.color):
        parts.append(key)
    parts.append("\n".join(_measures(marking)))
    return "\n\n".join(parts) + "\n\n"


def shown_answer(answer: Answer, page: Page, *, every: bool) -> str:
    """The probability, what it means and what moved it, each with its places; or why there is none."""
    lines = [_plain(answer.id)]
    if answer.score is None:
        says = answer.abstained.says if answer.abstained is not None else "no reason was given"
        lines += _wrapped(f"no score: {says}", page.width, "  ")
        return "\n".join(lines) + "\n\n"
    score = answer.score
    meaning = (
        f"{score.probability:.2f} (95 % interval {score.low:.2f} to {score.high:.2f}) is the probability that"
        f" it carries the label {score.label!r}, as the corpora behind the model {answer.model['name']!r} use"
        " that label. It is no verdict on the article; read the reasons."
    )
    lines += _wrapped(meaning, page.width, "  ")
    reasons = score.reasons(every=every)
    lines.append(
        "  Reasons, with what each adds to the log-odds:" if reasons else "  No single measure stands out."
    )
    for reason in reasons:
        first, *more = _wrapped(_plain(reason.says()), page.width, " " * 9)
        lines += [f"  {reason.contribution:+.2f}  {first.lstrip()}", *more]
        lines += _evidence(answer.marking.marked.text.readable, reason)
    return "\n".join(lines) + "\n\n"


def _places(marking: Marking) -> Iterator[Place]:
    for family, spans in zip(marking.batch.families, marking.marked.spans, strict=True):
        for span in spans:
            style = _style(family.name, span.kind)
            if style is not None:
                yield Place(span.start, span.end, style)


def _style(family: str, kind: str) -> Style | None:
    if family == "hedges":
        return HEDGE
    if family == "sourcing":
        return {"source": SOURCE, "cue": CUE, "content": CONTENT}.get(kind.partition(".")[0])
    return OTHER


def _painted(
    text: str, stretches: Sequence[tuple[int, int]], places: Iterable[Place], color: bool
) -> Iterator[str]:
    """Each stretch of `text` with its marks. One sweep over the sorted edges: linear but for the sorting."""
    edges = sorted(edge for place in places for edge in _edges(place))
    opened = [0] * (HEDGE.rank + 1)
    at_edge = 0
    for start, end in stretches:
        pieces = []
        shown = ""
        at = start
        while True:
            # Contents go on over paragraphs: what opened before the stretch is still counted.
            while at_edge < len(edges) and (edge := edges[at_edge]).at <= at < end + (not edge.opens):
                at_edge += 1
                opened[edge.style.rank] += 1 if edge.opens else -1
                if not color and start <= edge.at <= end:
                    pieces.append(edge.style.opening if edge.opens else edge.style.closing)
            if color:
                now = next((style.code for style in _STYLES if opened[style.rank]), "")
                if now != shown:
                    pieces.append((_RESET if shown else "") + now)
                    shown = now
            if at >= end:
                break
            until = min(end, edges[at_edge].at) if at_edge < len(edges) else end
            pieces.append(text[at:until].translate(_HARMLESS))
            at = until
        yield "".join(pieces) + (_RESET if shown else "")


_STYLES = (HEDGE, OTHER, CUE, SOURCE, CONTENT)


class _Edge(NamedTuple):
    """Sorted so that at one place marks close before others open, and those that enclose open first."""

    at: int
    opens: bool
    nesting: tuple[int, int]
    style: Style


def _edges(place: Place) -> tuple[_Edge, _Edge]:
    start, end, style = place
    return _Edge(start, True, (-end, style.rank), style), _Edge(end, False, (-start, -style.rank), style)


def _key(places: Iterable[Place], color: bool) -> str:
    """What the marks mean that occur."""
    used = sorted({place.style for place in places}, reverse=True)
    if color:
        return "  ".join(f"{style.code}{style.name}{_RESET}" for style in used)
    return "  ".join(f"{style.opening}{style.name}{style.closing}" for style in used if style.opening)


def _measures(marking: Marking) -> Iterator[str]:
    values = marking.measures
    width = max(map(len, values), default=0)
    for measure in marking.batch.measures:
        value = values[measure.name]
        if value is None:
            yield f"{measure.name:{width}}  undefined: {measure.undefined}"
        else:
            yield f"{measure.name:{width}}  {value:<8.3g} {measure.unit}".rstrip()
    text = marking.marked.text
    if left := len(text.zone(Zone.FURNITURE)):
        yield f"note: {left} stretches of page furniture left out"
    for note in text.notes:
        yield f"note: {note.replace('_', ' ')}"


def _evidence(readable: Readable, reason: Reason) -> Iterator[str]:
    for span in reason.spans[:PLACES]:
        shown = " ".join(_plain(_seen(readable, span["start"], span["end"])).split())
        if len(shown) > PLACE_WIDTH:
            shown = shown[: PLACE_WIDTH - 1].rstrip() + "…"
        yield f"           {span['start']}: {shown}"
    if (more := len(reason.spans) - PLACES) > 0:
        yield f"           and {more} more"


def _seen(readable: Readable, start: int, end: int) -> str:
    """What a reader sees of ``raw[start:end]``."""
    if readable.back is None:
        return readable.raw[start:end]
    return readable.text[bisect_left(readable.back[0], start) : bisect_right(readable.back[1], end)]


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Lines of at most `width` columns, colour codes not counted and closed at the end of each line."""
    lines: list[str] = []
    line: list[str] = []
    size = 0
    style = ""

    def finish() -> None:
        nonlocal style
        joined = style + " ".join(line)
        codes = _CODE.findall(joined)
        style = codes[-1] if codes and codes[-1] != _RESET else ""
        lines.append(indent + joined + (_RESET if style else ""))

    for word in text.split():
        length = len(_CODE.sub("", word)) if "\x1b" in word else len(word)
        if line and len(indent) + size + 1 + length > width:
            finish()
            line, size = [], -1
        line.append(word)
        size += 1 + length
    finish()
    return lines


def _plain(text: str) -> str:
    return text.translate(_HARMLESS)
