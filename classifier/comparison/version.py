"""One version of an article taken apart: sentences with their words, hedges and sources. Offsets are readable ones."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from classifier.comparison.result import Place
from classifier.scoring.answers import Marking
from classifier.signals.span import Flag, Span
from classifier.text.segment import Segmented

# Words that call nobody by anything.
_UNTELLING = frozenset(
    (
        *(
            "the",
            "a",
            "an",
            "his",
            "her",
            "its",
            "their",
            "our",
            "my",
            "some",
            "one",
            "this",
            "these",
            "those",
        ),
        *("i", "he", "she", "they", "it", "we", "you", "him", "them", "who", "which", "that"),
    )
)


class Passage(NamedTuple):
    """A stretch of text as words."""

    start: int
    end: int
    words: tuple[str, ...]  # lower-cased
    places: tuple[Place, ...]  # of the words

    @property
    def place(self) -> Place:
        """The stretch."""
        return self.start, self.end


class Attribution(NamedTuple):
    """Who is given which words."""

    source: Place | None
    cue: Place | None
    contents: tuple[Place, ...]
    kind: str  # of the source: person, organisation, document, withheld, class, none
    named: bool  # here or, for a pronoun, where it points to
    number: int  # which of the distinct sources this is; negative: not known which
    called: tuple[frozenset[str], ...]  # the telling words of source and antecedent

    @property
    def anonymous(self) -> bool:
        """Whether the source is kept back, or a sort of people."""
        return self.kind in ("withheld", "class")


class Sentence(NamedTuple):
    """One sentence of title or body."""

    passage: Passage
    core: tuple[str, ...]  # its words without those that name and introduce a source
    hedges: tuple[Span, ...]
    attribution: Attribution | None  # that at least half of its core is the content of


class Version:
    """A marking, taken apart once."""

    def __init__(self, marking: Marking) -> None:
        self.text = marking.marked.text
        found = dict(zip((f.name for f in marking.batch.families), marking.marked.spans, strict=True))
        self.attributions = list(_attributions(self.text, found.get("sourcing", [])))
        self.sentences = list(_sentences(self.text, self.attributions, found.get("hedges", [])))
        self.quotations = [
            passage(self.text, q.start, q.end) for q in self.text.quotations if q.kind == "speech"
        ]

    def raw(self, place: Place | None) -> Place | None:
        """The same stretch of the text as given."""
        return None if place is None else self.text.readable.raw_span(*place)

    def shown(self, place: Place) -> str:
        """The words of a stretch on one line."""
        return " ".join(self.text.readable.text[place[0] : place[1]].split())

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that holds a place; None outside title and body."""
        at = bisect_right(self.sentences, position, key=lambda s: s.passage.start) - 1
        return self.sentences[at] if at >= 0 and position < self.sentences[at].passage.end else None

    def sources(self) -> dict[int, list[Attribution]]:
        """The attributions of each source that is called by anything, in order."""
        found: dict[int, list[Attribution]] = defaultdict(list)
        for attribution in self.attributions:
            if attribution.number >= 0 and attribution.called:
                found[attribution.number].append(attribution)
        return found


def passage(text: Segmented, start: int, end: int) -> Passage:
    """A stretch as words, without white space at its ends."""
    shown = text.readable.text[start:end]
    start, end = start + len(shown) - len(shown.lstrip()), start + len(shown.rstrip())
    first, last = text.words.start.searchsorted((start, end)).tolist()
    starts, ends = text.words.start[first:last].tolist(), text.words.end[first:last].tolist()
    places = tuple(zip(starts, ends, strict=True))
    return Passage(start, end, tuple(text.low[a:b] for a, b in places), places)


def _attributions(text: Segmented, spans: Iterable[Span]) -> Iterator[Attribution]:
    groups: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        groups[span.group].append(span)
    for parts in groups.values():
        one = {part.kind.partition(".")[0]: part for part in parts}
        source, cue = one.get("source"), one.get("cue")
        called = [_called(text, part) for part in (source, one.get("antecedent")) if part is not None]
        yield Attribution(
            None if source is None else (source.start, source.end),
            None if cue is None else (cue.start, cue.end),
            tuple((part.start, part.end) for part in parts if part.kind.startswith("content.")),
            "none" if source is None else source.kind.partition(".")[2],
            any(part.flags & Flag.NAMED for part in parts),
            -1 if source is None else source.value,
            tuple(filter(None, called)),
        )


def _called(text: Segmented, source: Span) -> frozenset[str]:
    """What somebody is called: the telling words up to the first comma."""
    comma = text.plain.find(",", source.start, source.end)
    return frozenset(passage(text, source.start, comma if comma > 0 else source.end).words) - _UNTELLING


def _sentences(
    text: Segmented, attributions: Sequence[Attribution], hedges: Sequence[Span]
) -> Iterator[Sentence]:
    contents = [(*place, one) for one in attributions for place in one.contents]
    naming = [part for one in attributions for part in (one.source, one.cue) if part is not None]
    for start, end in zip(text.sentences.start.tolist(), text.sentences.end.tolist(), strict=True):
        whole = passage(text, start, end)
        if not whole.words:
            continue
        own = [(first, last) for first, last in naming if first < end and last > start]
        core = [
            (word, at)
            for word, (at, _) in zip(whole.words, whole.places, strict=True)
            if not any(first <= at < last for first, last in own)
        ]
        covered: Counter[Attribution] = Counter()
        for first, last, one in contents:
            if first < end and last > start and one.kind != "none":
                covered[one] += sum(first <= at < last for _, at in core)
        attributed = 0 < len(core) <= 2 * covered.total()
        yield Sentence(
            whole,
            tuple(word for word, _ in core),
            tuple(hedge for hedge in hedges if start <= hedge.start < end),
            covered.most_common(1)[0][0] if attributed else None,
        )
