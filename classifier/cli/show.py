"""Marks and answers as a person reads them: wrapped text, marks in colour or in brackets."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappush, heappushpop
from typing import NamedTuple

from classifier.cli.terminal import RESET, Page, columns, one_line, padded, plain, wrapped
from classifier.pages.ranges import shown as number_shown
from classifier.scoring.answers import Answer, Marking
from classifier.scoring.reasons import Reason
from classifier.scoring.usual import usual_ranges
from classifier.signals.family import Measure
from classifier.text.paragraphs import Zone
from classifier.text.readable import Readable

PLACES = 3  # shown for each reason
PLACE_WIDTH = 60
BAR = (8, 18)  # columns of a bar: at least, at most; where there is no room for the least there is none
WIDE = 60  # characters: a longer mark of another family stands in brackets only, without colour
RANKED = 200  # articles shown of a ranking


class Style(NamedTuple):
    """How one sort of mark looks; where several overlap, the highest rank colours the text.

    Colours come as pairs of text and background, so that they can be read on dark and light terminals. They are those
    of Okabe and Ito (2008), which people with any colour vision can tell apart, as near as 256 colours come.
    """

    rank: int
    name: str
    code: str
    opening: str
    closing: str
    label: bool = False  # whether the brackets stand there in colour too

    def shown(self, text: str, color: bool) -> str:
        """The text with this mark around it."""
        if not color:
            return f"{self.opening}{text}{self.closing}"
        inside = f"{self.opening}{text}{self.closing}" if self.label else text
        return f"{self.code}{inside}{RESET}" if self.code else inside


CONTENT = Style(
    0, "what is passed on", "\x1b[4m", "", ""
)  # whole sentences: brackets would only be in the way
CUE = Style(2, "cue", "\x1b[1;4m", "<", ">")
SOURCE = Style(3, "source", "\x1b[1;30;48;5;117m", "{", "}")
HEDGE = Style(10, "hedge", "\x1b[30;48;5;220m", "[", "]")
FAMILIES = {
    "structure": Style(1, "structure", "", "[s:", "]", label=True),
    "evidence": Style(4, "evidence", "\x1b[30;48;5;79m", "[e:", "]", label=True),
    "emphasis": Style(5, "emphasis", "\x1b[30;48;5;252m", "[!:", "]", label=True),
    "address": Style(6, "address", "\x1b[97;48;5;25m", "[a:", "]", label=True),
    "certainty": Style(7, "certainty", "\x1b[97;48;5;130m", "[c:", "]", label=True),
    "emotive": Style(8, "emotive", "\x1b[30;48;5;175m", "[m:", "]", label=True),
}
OTHER = Style(9, "signal of another family", "\x1b[7m", "[[", "]]", label=True)
_RANKS = HEDGE.rank + 1


class Place(NamedTuple):
    """One marked stretch of the readable text."""

    start: int
    end: int
    style: Style


def shown_marking(marking: Marking, page: Page) -> str:
    """Headline and body as a reader sees them, with their marks; then the measures and what was noticed."""
    text = marking.marked.text
    places = list(_places(marking))
    parts = [f"== {one_line(marking.document.id, page.width - 3)}"]
    if marking.document.title:
        parts.append("\n".join(wrapped(plain(marking.document.title), page.width)))
    stretches = [(p.start, p.end) for p in text.paragraphs if p.zone in (Zone.TITLE, Zone.BODY)]
    painted = _painted(text.readable.text, stretches, places, page.color)
    parts += ["\n".join(wrapped(stretch, page.width)) for stretch in painted]
    if not stretches:
        parts.append("(no title and no body were found)")
    if key := _key(places, page):
        parts.append(key)
    parts.append("\n".join(_measures(marking, page)))
    return "\n\n".join(parts) + "\n\n"


def shown_answer(answer: Answer, page: Page, *, every: bool) -> str:
    """The probability, what it means and what moved it, each with its places; or why there is none."""
    lines = [one_line(answer.id, page.width)]
    if answer.score is None:
        lines += wrapped(f"no score: {_why_none(answer)}", page.width, "  ")
        return "\n".join(lines) + "\n\n"
    score = answer.score
    meaning = (
        f"{score.probability:.2f} (95 % interval {score.low:.2f} to {score.high:.2f}) is the probability that"
        f" it carries the label {score.label!r}, as the corpora behind the model {answer.model['name']!r} use"
        f" that label, where {score.prevalence:.0%} of the articles carry it. It is no verdict on the article; read the"
        " reasons."
    )
    lines += wrapped(meaning, page.width, "  ")
    reasons = score.reasons(every=every)
    lines.append(
        "  Reasons, with what each adds to the log-odds:" if reasons else "  No single measure stands out."
    )
    for reason in reasons:
        first, *more = wrapped(plain(reason.says), page.width, " " * 9)
        lines += [f"  {reason.contribution:+.2f}  {first.lstrip()}", *more]
        lines += _evidence(answer.marking.marked.text.readable, reason, page)
    if change := score.crossing():
        lines += wrapped(plain(change.says()), page.width, "  ")
    return "\n".join(lines) + "\n\n"


class Ranked(NamedTuple):
    """One article of a ranking, ordered by its probability; of equal ones the earlier is the higher."""

    probability: float
    earlier: int
    id: str
    interval: str
    reason: str


class Ranking:
    """The articles of a run from the highest probability down, those without a score last.

    Keeps `RANKED` of each, however many come.
    """

    def __init__(self) -> None:
        self._scored: list[Ranked] = []
        self._abstained: list[tuple[str, str]] = []
        self._answers = {"scored": 0, "abstained": 0}
        self._meaning = ""

    def add(self, answer: Answer) -> None:
        """Put an article in its place."""
        score = answer.score
        self._answers["abstained" if score is None else "scored"] += 1
        if score is None:
            if len(self._abstained) < RANKED:
                self._abstained.append((answer.id, _why_none(answer)))
            return
        self._meaning = (
            f"p is the probability of the label {score.label!r}, as the corpora behind the model"
            f" {answer.model['name']!r} use it, where {score.prevalence:.0%} of the articles carry it, with its 95 %"
            " interval; beside it what moved it most, in log-odds. It is no verdict; name one article to see its"
            " reasons with their places."
        )
        strongest = next(iter(score.reasons()), None)
        says = "no single measure stands out"
        if strongest is not None:
            says = f"{strongest.contribution:+.2f} {strongest.says}"
        row = Ranked(
            score.probability,
            -self._answers["scored"],
            answer.id,
            f"{score.low:.2f}–{score.high:.2f}",
            says,
        )
        if len(self._scored) < RANKED:
            heappush(self._scored, row)
        else:
            heappushpop(self._scored, row)

    def shown(self, page: Page) -> str:
        """The table."""
        rows = [
            (f"{r.probability:.2f}", r.interval, r.id, r.reason) for r in sorted(self._scored, reverse=True)
        ]
        rows += [("–", "", name, f"no score: {why}") for name, why in self._abstained]
        name = max(7, min(max(columns(row[2]) for row in rows), page.width // 3)) if rows else 7
        rest = page.width - name - 18
        bold, reset = ("\x1b[1m", RESET) if page.color else ("", "")
        lines = [f"{bold}{'p':>4}  {'interval':9}  {padded('article', name)}  strongest reason{reset}"]
        for p, interval, article, reason in rows:
            head = f"{bold}{p:>4}{reset}  {padded(interval, 9)}  {padded(one_line(article, name), name)}"
            if rest >= 20:
                lines.append(f"{head}  {one_line(reason, rest)}")
            else:
                lines += [head.rstrip(), f"      {one_line(reason, page.width - 6)}"]
        for what, kept in (("scored", len(self._scored)), ("abstained", len(self._abstained))):
            if (more := self._answers[what] - kept) > 0:
                lines.append(f"      and {more:,} more {what}; --out FILE writes all of them")
        if self._meaning:
            lines += ["", *wrapped(self._meaning, page.width)]
        return "\n".join(lines) + "\n"


def shown_answers(answers: Iterable[Answer], page: Page, *, every: bool) -> Iterator[str]:
    """One article with all that is known of it, or several as a ranking; with `every`, each with all reasons."""
    rest = iter(answers)
    first = next(rest, None)
    if first is None:
        return
    second = None if every else next(rest, None)
    if second is None:
        yield shown_answer(first, page, every=every)
        for answer in rest:
            yield shown_answer(answer, page, every=every)
        return
    ranking = Ranking()
    for answer in (first, second):
        ranking.add(answer)
    for answer in rest:
        ranking.add(answer)
    yield ranking.shown(page)


def _why_none(answer: Answer) -> str:
    return answer.abstained.says if answer.abstained is not None else "no reason was given"


def _places(marking: Marking) -> Iterator[Place]:
    for family, spans in zip(marking.batch.families, marking.marked.spans, strict=True):
        for span in spans:
            style = _style(family.name, span.kind, span.end - span.start)
            if style is not None:
                yield Place(span.start, span.end, style)


def _style(family: str, kind: str, length: int) -> Style | None:
    if family == "hedges":
        return HEDGE
    if family == "sourcing":
        return {"source": SOURCE, "cue": CUE, "content": CONTENT}.get(kind.partition(".")[0])
    style = FAMILIES.get(family, OTHER)
    return style._replace(code="") if length > WIDE else style


def _painted(
    text: str, stretches: Sequence[tuple[int, int]], places: Iterable[Place], color: bool
) -> Iterator[str]:
    """Each stretch of `text` with its marks. One sweep over the sorted edges: linear but for the sorting."""
    edges = sorted(edge for place in places for edge in _edges(place))
    opened = [0] * _RANKS
    codes = [""] * _RANKS
    at_edge = 0
    for start, end in stretches:
        pieces = []
        shown = ""
        at = start
        while True:
            # Contents go on over paragraphs: what opened before the stretch is still counted.
            while at_edge < len(edges) and (edge := edges[at_edge]).at <= at < end + (not edge.opens):
                at_edge += 1
                style = edge.style
                if style.code:
                    opened[style.rank] += 1 if edge.opens else -1
                    codes[style.rank] = style.code
                bracket = style.opening if edge.opens else style.closing
                if not start <= edge.at <= end or (color and not style.label):
                    continue
                if color and (of := style.code or _top(opened, codes)) != shown:
                    pieces.append((RESET if shown else "") + of)  # a label stands in the colour of its mark
                    shown = of
                pieces.append(bracket)
            if color:
                now = _top(opened, codes)
                if now != shown:
                    pieces.append((RESET if shown else "") + now)
                    shown = now
            if at >= end:
                break
            until = min(end, edges[at_edge].at) if at_edge < len(edges) else end
            pieces.append(plain(text[at:until]))
            at = until
        yield "".join(pieces) + (RESET if shown else "")


def _top(opened: Sequence[int], codes: Sequence[str]) -> str:
    """The colour of the highest rank that is open."""
    return next((codes[rank] for rank in range(_RANKS - 1, -1, -1) if opened[rank]), "")


class _Edge(NamedTuple):
    """Sorted so that at one place marks close before others open, and those that enclose open first."""

    at: int
    opens: bool
    nesting: tuple[int, int]
    style: Style


def _edges(place: Place) -> tuple[_Edge, _Edge]:
    start, end, style = place
    return _Edge(start, True, (-end, style.rank), style), _Edge(end, False, (-start, -style.rank), style)


def _key(places: Iterable[Place], page: Page) -> str:
    """What the marks mean that occur."""
    used = {place.style.name: place.style for place in places}
    known = {style.name: style for style in (HEDGE, CUE, SOURCE, CONTENT, *FAMILIES.values(), OTHER)}
    styles = sorted((known[name] for name in used), reverse=True)
    lines = [""]
    for style in styles:
        if not page.color and not style.opening:
            continue
        shown = style.shown(style.name, page.color)
        if lines[-1] and columns(lines[-1]) + 2 + columns(shown) > page.width:
            lines.append("")
        lines[-1] += f"  {shown}" if lines[-1] else shown
    return "\n".join(lines)


def _measures(marking: Marking, page: Page) -> Iterator[str]:
    values = marking.measures
    usual = usual_ranges()
    undefined: dict[str, list[str]] = {}
    size = max((len(name) for name, value in values.items() if value is not None), default=0)
    bar = min(BAR[1], page.width - size - 28)  # beside the name, the value and the usual range in figures
    bars = bar >= BAR[0]
    if size:
        head = f"{'measure':{size}}  {'value':>6}"
        yield f"{head}  usual range" if bars else head
    for measure in marking.batch.measures:
        value = values[measure.name]
        if value is None:
            undefined.setdefault(measure.undefined, []).append(measure.name)
            continue
        line = f"{measure.name:{size}}  {_number(measure, value):>6}"
        if measure.name in usual:
            low, high = usual[measure.name]
            where = "below" if value < low else "above" if value > high else ""
            if bars:
                line += f"  {_bar(value, low, high, bar)}"
            line += f"  {_number(measure, low)}–{_number(measure, high)}"
            line += f" {_strong(where, page)}" if where else ""
        yield line
    for why, names in undefined.items():
        yield from wrapped(f"undefined: {', '.join(names)}: {why}", page.width)
    text = marking.marked.text
    if left := len(text.zone(Zone.FURNITURE)):
        yield f"note: {left} stretches of page furniture left out"
    for note in text.notes:
        yield f"note: {note.replace('_', ' ')}"


def _number(measure: Measure, value: float) -> str:
    return number_shown(measure, value) if measure.unit.startswith("share") else f"{value:.3g}"


def _strong(text: str, page: Page) -> str:
    return f"\x1b[1m{text}{RESET}" if page.color else text


def _bar(value: float, low: float, high: float, size: int) -> str:
    """The usual range as a band, and the value as a dot on it or beside it."""
    left, right = min(0.0, low, value), max(high, value)
    scale = (size - 1) / (right - left) if right > left else 0.0
    first, last, at = (round((x - left) * scale) for x in (low, high, value))
    cells = ["━" if first <= i <= last else "·" for i in range(size)]
    cells[at] = "●"
    return "".join(cells)


def _evidence(readable: Readable, reason: Reason, page: Page) -> Iterator[str]:
    seen = [(span["start"], _seen(readable, span["start"], span["end"])) for span in reason.spans]
    shown = [
        (at, text) for at, text in seen if text.strip()
    ]  # the break between two paragraphs can't be seen
    for at, text in shown[:PLACES]:
        start = f"           {at}: "
        room = max(8, min(PLACE_WIDTH, page.width - len(start)))
        yield start + one_line(text, room)
    if shown and (more := len(seen) - len(shown[:PLACES])) > 0:
        yield f"           and {more} more"


def _seen(readable: Readable, start: int, end: int) -> str:
    """What a reader sees of ``raw[start:end]``."""
    if readable.back is None:
        return readable.raw[start:end]
    return readable.text[bisect_left(readable.back[0], start) : bisect_right(readable.back[1], end)]
