"""What changed between two versions: attributions, sources, hedges and quotations, statement by statement.

Everything is told within pairs of sentences, so a sentence that only moved is no change. A statement counts as given to
a source here if at least half of its words are, those that name and introduce the source aside: a statement that
loses its source stays the same statement.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from classifier.comparison.alignment import Match, aligned, rising
from classifier.comparison.result import CHANGES, Change, Comparison, Pair, Place
from classifier.comparison.version import Attribution, Passage, Sentence, Version
from classifier.scoring.answers import Marking
from classifier.signals.span import Span

SIMILAR = 0.5  # sentences less similar are two statements
TELLING = 3  # words; fewer tell no statement from another
SAME_QUOTATION = 0.6  # quotations less similar are two quotations
AROUND = 2  # words on each side of a hedge by which it is known again


def compare(old: Marking, new: Marking) -> Comparison:
    """What changed from `old` to `new`; both are to be marked with the families hedges and sourcing."""
    before, after = Version(old), Version(new)
    matches = aligned(_views(before.sentences), _views(after.sentences), SIMILAR)
    changes = [
        *_of_attributions(before, after, matches),
        *_of_sources(before, after),
        *_of_hedges(before, after, matches),
        *_of_quotations(before, after),
    ]
    order = {code: place for place, code in enumerate(CHANGES)}
    # Each where it stands in the new version; what went, in the order it had.
    changes.sort(key=lambda c: (order[c.code], c.new or c.new_sentence or c.old or (0, 0), c.old or (0, 0)))
    return Comparison(old, new, tuple(_pairs(before, after, matches)), tuple(changes))


def _views(sentences: Iterable[Sentence]) -> list[tuple[tuple[str, ...], ...]]:
    """The words of each sentence, and again without those of its source, unless then little is left."""
    return [(s.passage.words, s.core if len(s.core) >= TELLING else s.passage.words) for s in sentences]


def _pairs(before: Version, after: Version, matches: Sequence[Match]) -> Iterator[Pair]:
    """All sentences; one that went stands before the one that followed it."""
    in_order = rising([match.old for match in matches])
    old_of = {match.new: match for match in matches}
    kept = {match.old for match in matches}
    gone = [i for i in range(len(before.sentences)) if i not in kept]
    old = [before.raw(sentence.passage.place) for sentence in before.sentences]
    for j, sentence in enumerate(after.sentences):
        new = after.raw(sentence.passage.place)
        match = old_of.get(j)
        if match is None:
            yield Pair(None, new, 0.0, False)
            continue
        moved = match.old not in in_order
        while gone and gone[0] < match.old and not moved:
            yield Pair(old[gone.pop(0)], None, 0.0, False)
        edits = (
            ()
            if match.similarity == 1
            else tuple(_edits(before, after, before.sentences[match.old].passage, sentence.passage))
        )
        yield Pair(old[match.old], new, match.similarity, moved, edits)
    yield from (Pair(old[i], None, 0.0, False) for i in gone)


def _of_attributions(before: Version, after: Version, matches: Sequence[Match]) -> Iterator[Change]:
    called_before, called_after = _called(before), _called(after)
    for match in matches:
        old, new = before.sentences[match.old], after.sentences[match.new]
        was, now = old.attribution, new.attribution
        was_source, now_source = was.source if was else None, now.source if now else None
        code: str | None
        if was and now and was_source and now_source:
            names = f"from “{before.shown(was_source)}” to “{after.shown(now_source)}”"
            same = _alike(called_before.get(was.number, was.called), called_after.get(now.number, now.called))
            code = _source_change(was, now, same)
            says = f"the source went {names}"
        elif was_source:
            code, says = "attribution_lost", f"was given to “{before.shown(was_source)}”, is now flat"
        elif now_source:
            code, says = "attribution_gained", f"was flat, is now given to “{after.shown(now_source)}”"
        else:
            code, says = None, ""
        if code is not None:
            places = before.raw(was_source), after.raw(now_source)
            yield Change(code, says, *places, before.raw(old.passage.place), after.raw(new.passage.place))


def _source_change(was: Attribution, now: Attribution, same: bool) -> str | None:
    if was.named and now.anonymous:
        return "source_anonymous"
    if was.anonymous and now.named:
        return "source_named"
    return "source_changed" if was.called and now.called and not same else None


def _called(version: Version) -> dict[int, tuple[frozenset[str], ...]]:
    """All that each source is called."""
    return {
        number: tuple(words for one in own for words in one.called)
        for number, own in version.sources().items()
    }


def _alike(one: Iterable[frozenset[str]], other: Sequence[frozenset[str]]) -> bool:
    """Whether two sources are called alike: the words of one name are all in a name of the other."""
    return any(a <= b or b <= a for a in one for b in other)


def _of_sources(before: Version, after: Version) -> Iterator[Change]:
    """Sources that only one version has, told by what they are called."""
    called_before, called_after = _called(before), _called(after)
    for number, own in before.sources().items():
        if not any(_alike(called_before[number], names) for names in called_after.values()):
            place, sentence, says = _source(before, own)
            yield Change("source_dropped", f"{says} is gone", place, None, sentence, None)
    for number, own in after.sources().items():
        if not any(_alike(called_after[number], names) for names in called_before.values()):
            place, sentence, says = _source(after, own)
            yield Change("source_added", f"{says} is new", None, place, None, sentence)


def _source(version: Version, own: Sequence[Attribution]) -> tuple[Place | None, Place | None, str]:
    """Where a source first speaks, in which sentence, and what it is called there."""
    first = next(one.source for one in own if one.source is not None)
    times = f" ({len(own)} attributions)" if len(own) > 1 else ""
    return version.raw(first), _sentence_at(version, first), f"the source “{version.shown(first)}”{times}"


def _sentence_at(version: Version, place: Place) -> Place | None:
    sentence = version.sentence_at(place[0])
    return version.raw(sentence.passage.place) if sentence is not None else None


class _Hedge(NamedTuple):
    """One hedge in its sentence, and the sentence of the other version if there is one."""

    span: Span
    own: Sentence
    other: Sentence | None

    @property
    def place(self) -> Place:
        return self.span.start, self.span.end

    def words(self, around: int) -> tuple[str, ...]:
        """Its words, with so many on each side."""
        places, words = self.own.passage.places, self.own.passage.words
        first, last = (bisect_left(places, (at, 0)) for at in self.place)
        return words[max(0, first - around) : last + around]

    def among(self, first: int, last: int) -> bool:
        """Whether it begins in one of these words of its sentence."""
        places = self.own.passage.places[first:last]
        return bool(places) and places[0][0] <= self.span.start < places[-1][1]


def _of_hedges(before: Version, after: Version, matches: Sequence[Match]) -> Iterator[Change]:
    gone: list[_Hedge] = []
    came: list[_Hedge] = []
    changed: list[tuple[_Hedge, _Hedge]] = []
    for match in matches:
        old, new = before.sentences[match.old], after.sentences[match.new]
        was = [_Hedge(span, old, new) for span in old.hedges]
        now = [_Hedge(span, new, old) for span in new.hedges]
        _take_out_same(was, now, lambda hedge: hedge.words(0))
        changed += _take_out_replaced(was, now, old.passage, new.passage)
        gone += was
        came += now
    paired = {match.old for match in matches}, {match.new for match in matches}
    for i, old in enumerate(before.sentences):
        gone += [_Hedge(span, old, None) for span in old.hedges if i not in paired[0]]
    for j, new in enumerate(after.sentences):
        came += [_Hedge(span, new, None) for span in new.hedges if j not in paired[1]]
    _take_out_same(
        gone, came, lambda hedge: hedge.words(AROUND)
    )  # sentences may have been torn apart or joined
    for one, two in changed:
        says = f"“{before.shown(one.place)}” became “{after.shown(two.place)}”"
        yield _hedge_change("hedge_changed", says, before, after, one, two)
    for one in gone:
        how = "is gone, its statement stayed" if one.other else "is gone with its sentence"
        yield _hedge_change("hedge_dropped", f"“{before.shown(one.place)}” {how}", before, after, one, None)
    for one in came:
        how = "is new in a statement that was there" if one.other else "came with its sentence"
        yield _hedge_change("hedge_added", f"“{after.shown(one.place)}” {how}", before, after, None, one)


def _take_out_same(gone: list[_Hedge], came: list[_Hedge], key: Callable[[_Hedge], tuple[str, ...]]) -> None:
    """Take out of both lists what is the same in both, one for one."""
    both = Counter(map(key, gone)) & Counter(map(key, came))
    for hedges in (gone, came):
        left = both.copy()
        kept = []
        for hedge in hedges:
            if left[key(hedge)] > 0:
                left[key(hedge)] -= 1
            else:
                kept.append(hedge)
        hedges[:] = kept


def _take_out_replaced(
    gone: list[_Hedge], came: list[_Hedge], old: Passage, new: Passage
) -> list[tuple[_Hedge, _Hedge]]:
    """Take out of both lists hedges that stand where the other version has others, and give the pairs."""
    pairs: list[tuple[_Hedge, _Hedge]] = []
    if not gone or not came:
        return pairs
    for operation, a, b, c, d in SequenceMatcher(None, old.words, new.words, autojunk=False).get_opcodes():
        one = next((hedge for hedge in gone if hedge.among(a, b)), None)
        two = next((hedge for hedge in came if hedge.among(c, d)), None)
        if operation == "replace" and one is not None and two is not None:
            gone.remove(one)
            came.remove(two)
            pairs.append((one, two))
    return pairs


def _hedge_change(
    code: str, says: str, before: Version, after: Version, old: _Hedge | None, new: _Hedge | None
) -> Change:
    old_sentence = old.own if old else new.other if new else None
    new_sentence = new.own if new else old.other if old else None
    return Change(
        code,
        says,
        before.raw(old.place if old else None),
        after.raw(new.place if new else None),
        before.raw(old_sentence.passage.place if old_sentence else None),
        after.raw(new_sentence.passage.place if new_sentence else None),
    )


def _of_quotations(before: Version, after: Version) -> Iterator[Change]:
    """Quotations of speech; capitals, marks and order do not matter, words do."""
    old, new = before.quotations, after.quotations
    matches = aligned([(q.words,) for q in old], [(q.words,) for q in new], SAME_QUOTATION)
    for match in matches:
        was, now = old[match.old], new[match.new]
        if match.similarity < 1:
            places = before.raw(was.place), after.raw(now.place)
            sentences = _sentence_at(before, was.place), _sentence_at(after, now.place)
            says = f"{before.shown(was.place)} now reads {after.shown(now.place)}"
            yield Change(
                "quotation_changed", says, *places, *sentences, tuple(_edits(before, after, was, now))
            )
    paired = {match.old for match in matches}, {match.new for match in matches}
    for i, was in enumerate(old):
        if i not in paired[0]:
            place, sentence = before.raw(was.place), _sentence_at(before, was.place)
            yield Change(
                "quotation_dropped", f"{before.shown(was.place)} is gone", place, None, sentence, None
            )
    for j, now in enumerate(new):
        if j not in paired[1]:
            place, sentence = after.raw(now.place), _sentence_at(after, now.place)
            yield Change("quotation_added", f"{after.shown(now.place)} is new", None, place, None, sentence)


def _edits(
    before: Version, after: Version, old: Passage, new: Passage
) -> Iterator[tuple[Place | None, Place | None]]:
    """The words that are others now, as stretches of both texts."""
    for operation, a, b, c, d in SequenceMatcher(None, old.words, new.words, autojunk=False).get_opcodes():
        if operation != "equal":
            was = (old.places[a][0], old.places[b - 1][1]) if a < b else None
            now = (new.places[c][0], new.places[d - 1][1]) if c < d else None
            yield before.raw(was), after.raw(now)
