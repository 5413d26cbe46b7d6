"""Attributions without a cue word: speakers' turns, headlines, a dash and a name, quotations that go on.

No tagger of words finds them, since nothing says that anybody speaks but where things stand.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import itemgetter

from classifier.signals.scan import Context
from classifier.signals.sourcing.attribution import Attribution
from classifier.signals.sourcing.clause import Stretch
from classifier.text.paragraphs import Paragraph, Zone
from classifier.text.quotations import Quotation
from classifier.text.stretches import Stretches

Found = tuple[Stretch, Stretch]  # words of the source, characters of the content

# A label that opens a paragraph: "MAYOR ROOK:", "Q:", "Ada Rook, chair:".
_LABEL = re.compile(r"[\"']?([A-Z](?:[^:\n\"?!]{0,58}[\w.)])?):(?=[\s\"'])\s*(?=\S)")
_DASH = re.compile(r"[\s.,]{0,3}(?:[\u2014\u2013\u2015\u2012-]|--)\s*(?=[A-Z@])")
_FAR = 64  # characters of a label
_LONGEST = 6  # words of it
_LONGEST_LINE = 12  # words of a name with what it is, after a dash
_SMALL = frozenset(b"of the and for de von van la al bin".split())
# Labels that bring in no speaker.
_NOT_SPEAKERS = frozenset(
    b"update updated note notes related more read watch listen photo photos video source sources tags topics correction"
    b" editor's warning breaking exclusive opinion analysis politics sports business health contact date time place"
    b" location where when what why who how email phone website web follow via copyright image caption credit answer"
    b" question fact fiction verdict claim rating conclusion summary disclaimer disclosure example step tip tips"
    b" subject from to cc re ps".split()
)
_PAPERS = frozenset(b"poll survey report study reports polls".split())  # they may speak in a headline
_LEAST_TURNS = 2
_LEAST_WORDS = 3  # of a quotation that stands alone
_TRAILING = " \n\t,;:.\u2014\u2013-"


def uncued(context: Context, found: Sequence[Attribution]) -> tuple[list[Found], list[tuple[int, Stretch]]]:
    """Attributions without a cue, and contents that belong to the attributions found before, by their number."""
    text = context.text
    told = Stretches(c for a in found for c in a.content)
    body = [p for p in text.paragraphs if p.zone is Zone.BODY]
    new = list(_turns(context, body, told))
    if (title := text.zone(Zone.TITLE)) and (headline := _headline(context, title[0], found, told)):
        new.append(headline)
    loose = [q for q in text.quotations if q.kind == "speech" and not told.touch(q.start, q.end)]
    if loose:
        taken = Stretches(content for _, content in new)
        loose = [q for q in loose if not taken.touch(q.start, q.end)]
    signed = {q: source for q in loose if (source := _after_dash(context, q)) is not None}
    new += [(source, (q.start, q.end)) for q, source in signed.items()]
    going_on = _going_on(context, [q for q in loose if q not in signed], found)
    return new, list(going_on)


def _label(context: Context, paragraph: Paragraph) -> tuple[Stretch, int] | None:
    """The words of a label that opens a paragraph, and where what follows it begins."""
    plain = context.text.plain
    if plain.find(":", paragraph.start, paragraph.start + _FAR) < 0:
        return None
    match = _LABEL.match(plain, paragraph.start, paragraph.end)
    if match is None:
        return None
    index = context.text.words.index
    first, last = index(match.start(1)), index(match.end(1))
    if not 0 < last - first <= _LONGEST:
        return None
    for at in range(first, last):
        form = context.word(at)
        if form in _NOT_SPEAKERS or not (context.shown(at)[0].isupper() or form in _SMALL):
            return None
    return (first, last), match.end()


def _turns(context: Context, body: Sequence[Paragraph], told: Stretches) -> Iterator[Found]:
    """Paragraphs of a transcript: each opens with the name of who speaks."""
    labels = [(p, label) for p in body if (label := _label(context, p)) is not None]
    if len(labels) < _LEAST_TURNS:
        return
    called = Counter(context.word(words[1] - 1) for _, (words, _) in labels)
    turns = [
        (words, _trimmed(context, start, p.end))
        for p, (words, start) in labels
        if called[context.word(words[1] - 1)] >= _LEAST_TURNS
        or context.shown(words[1] - 1).isupper()
        or context.text.plain[start] == '"'
    ]
    if len(turns) >= _LEAST_TURNS:
        yield from ((words, content) for words, content in turns if not told.touch(*content))


def _headline(
    context: Context, title: Paragraph, found: Sequence[Attribution], told: Stretches
) -> Found | None:
    """A headline that opens with a paper, or with somebody who speaks in the body: "Rook: Quay will close"."""
    label = _label(context, title)
    if label is None:
        return None
    words, start = label
    name = context.word(words[1] - 1)
    content = _trimmed(context, start, title.end)
    speaks = name in _PAPERS or any(
        name in {context.word(at) for at in range(*a.source)} for a in found if a.source is not None
    )
    return (words, content) if speaks and not told.touch(*content) else None


def _trimmed(context: Context, start: int, end: int) -> Stretch:
    """Without white space and marks at the end."""
    plain = context.text.plain
    while end > start + 1 and plain[end - 1] in _TRAILING:
        end -= 1
    return start, end


def _after_dash(context: Context, quote: Quotation) -> Stretch | None:
    """The words of a name behind a dash that follows a quotation and ends its line."""
    plain = context.text.plain
    match = _DASH.match(plain, quote.end)
    if match is None:
        return None
    stop = plain.find("\n", match.end())
    stop = len(plain) if stop < 0 else stop
    index = context.text.words.index
    first, end = index(match.end()), index(stop)
    if not 0 < end - first <= _LONGEST_LINE:
        return None
    last = first + 1
    while last < end and context.gap(last - 1) == " " and context.shown(last)[0].isupper():
        last += 1
    return first, last


def _going_on(
    context: Context, loose: Sequence[Quotation], found: Sequence[Attribution]
) -> Iterator[tuple[int, Stretch]]:
    """Quotations that stand alone belong to who is quoted in their paragraph."""
    text, plain = context.text, context.text.plain
    loose = [q for q in loose if _stands_alone(context, q)]
    if not loose:
        return
    owner = text.sentences.paragraph
    spoken: dict[int, list[tuple[int, int]]] = {}
    for number, a in enumerate(found):
        quoted = [start for start, _ in a.content if plain[start] in "\"'"]
        if a.source is not None and quoted and (sentence := text.sentences.at(quoted[0])) >= 0:
            spoken.setdefault(int(owner[sentence]), []).append((quoted[0], number))
    for quote in loose:
        near = sorted(spoken.get(int(owner[text.sentences.at(quote.start)]), ()))
        if near:
            at = bisect_left(near, quote.start, key=itemgetter(0))
            _, number = min(near[max(at - 1, 0) : at + 1], key=lambda one: abs(one[0] - quote.start))
            yield number, (quote.start, quote.end)


def _stands_alone(context: Context, quote: Quotation) -> bool:
    """Whether a quotation of some words opens its sentence."""
    text = context.text
    sentence = text.sentences.at(quote.start)
    if sentence < 0 or text.words.index(quote.end) - text.words.index(quote.start) < _LEAST_WORDS:
        return False
    return (
        int(text.sentences.start[sentence]) == quote.start
        or text.plain[quote.start - 2 : quote.start] == ". "
    )
