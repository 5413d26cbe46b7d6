"""Quotations: which stretches stand in quotation marks, of whatever shape, and what kind they are.

Six shapes of marks, apostrophes, elisions, inches, nesting, quotations re-opened paragraph by paragraph and
never closed. A stray mark costs its own paragraph, never the article: pairing starts anew with each of them.
What is returned does not tell which *shape* of mark an outlet uses, since a score that read it would read the
outlet.
"""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from classifier.text.words import Words

QuotationKind = Literal["speech", "scare", "title", "nested"]


class Quotation(NamedTuple):
    """A quoted stretch with its marks; `closed` is false where the closing mark is missing.

    `inner` is the stretch within the marks of the first paragraph, for rules that read the words.
    """

    start: int
    end: int
    kind: QuotationKind
    closed: bool
    inner: tuple[int, int]


# Marks as alternatives that each begin with a plain character: only so a search jumps from one to the next.
# An apostrophe between two letters or digits is no mark and is left out at once.
_APOSTROPHES = "'\u2018\u2019\u201a`"
_PLAIN_MARKS = frozenset('"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a')
_MARKS = ["''", "\u2018\u2018", "\u2019\u2019", "``", *sorted(_PLAIN_MARKS)]
_MARKS += [rf"{mark}(?:(?<![^\W_].)|(?![^\W_]))" for mark in _APOSTROPHES]
_MARK = re.compile("|".join(_MARKS))
_ELISION = re.compile(
    r"['\u2018\u2019](?:\d0s|\d\d\b|n'|n\u2019|em\b|tis\b|twas\b|til\b|cause\b|bout\b|round\b|cos\b|kay\b|nuff\b)",
    re.IGNORECASE,
)
_INCHES = re.compile(r"\d['\u2019\u2032]\s?\d{1,2}$")
_SINGLE = frozenset((*_APOSTROPHES, "\u2039", "\u203a"))
# shape of an opening mark -> the marks that may close it
_CLOSES = {
    '"': ('"', "\u201d", "''", "\u2019\u2019"),  # outlets mix one sign and two apostrophes
    "\u201c": ("\u201d", '"', "\u201c", "''", "\u2019\u2019"),
    "\u201d": '\u201d"',  # some languages open with it
    "\u201e": '\u201c\u201d\u201f"',
    "\u201f": '\u201d\u201c"',
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab\u00bb",
    "''": ("''", "\u2019\u2019", '"'),
    "\u2018\u2018": ("\u2019\u2019", "''"),
    "\u2019\u2019": ("\u2019\u2019", "''"),
    "``": ("''", "\u2019\u2019", '"', "``"),
    "'": "'\u2019",
    "\u2018": "\u2019'",
    "`": "'\u2019`",
    "\u201a": "\u2018\u2019",
    "\u2039": "\u203a",
    "\u203a": "\u2039",
}
_ALWAYS_OPENS = frozenset(
    ("\u201c", "\u201e", "\u00ab", "\u2018", "\u201a", "``", "\u2018\u2018", "\u2039", "`")
)
_OPENS_AFTER = frozenset("([{\u2014\u2013-/")
_PLAIN_PAIRS = frozenset((("\u201c", "\u201d"), ('"', '"')))
_ENDS_SPEECH = frozenset((",", ".", "!", "?", "\u2026"))
_SMALL_WORDS = "a an the of and in on to for by at with from or as is vs"
SMALL_IN_TITLES = frozenset(_SMALL_WORDS.split())  # what a title need not capitalise
_WORD = re.compile(r"[^\W_][\w'\u2019-]*")
_GOES_ON = re.compile(r"\s+[a-z]")
_DASH = re.compile(r"\s*[\u2014\u2013-]")


_Mark = tuple[int, int, str]  # start, stop, shape


class _Open(NamedTuple):
    mark: str
    start: int
    inner: int


def quotations(text: str, found_words: Words, spans: Sequence[tuple[int, int]]) -> list[Quotation]:
    """Quotations of `text`, paragraph by paragraph (`spans`, in order), sorted by start.

    A quotation left open at the end of a paragraph goes on if the next paragraph opens with a mark of the
    same shape; otherwise it ends with its paragraph and is not closed. Where another of its shape opens
    inside it, it was never closed and ends there. `found_words` are the words of the text, folded. Linear in
    the length of the text.
    """
    found: list[Quotation] = []
    carried: _Open | None = None  # open since an earlier paragraph
    carried_end = 0
    first_end = 0
    marks = _marks(text, found_words)
    place = 0  # of the next mark
    for start, end in spans:
        while place < len(marks) and marks[place][0] < start:
            place += 1
        first = place
        while place < len(marks) and marks[place][0] < end:
            place += 1
        if first == place:
            if carried is not None:
                found.append(_carried(text, carried, carried_end, first_end, closed=False))
                carried = None
            continue
        at = start
        if carried is not None:
            if marks[first][0] == start and marks[first][2] == carried.mark:
                at = marks[first][1]
                first += 1
            else:
                found.append(_carried(text, carried, carried_end, first_end, closed=False))
                carried = None
        inside, left = _pair(text, at, marks[first:place], end, carried)
        if carried is not None and left is carried:  # still open
            carried_end = end
            found += inside
            continue
        if carried is not None:
            begun = carried
            if not any(q.start == begun.start for q in inside):  # given up for a later mark of its shape
                found.append(_carried(text, carried, carried_end, first_end, closed=False))
            inside = [
                _carried(text, begun, q.end, first_end, closed=True) if q.start == begun.start else q
                for q in inside
            ]
            carried = None
        found += inside
        if left is not None:
            carried, carried_end, first_end = left, end, end
    if carried is not None:
        found.append(_carried(text, carried, carried_end, first_end, closed=False))
    found.sort()
    return found


def _marks(text: str, found_words: Words) -> list[_Mark]:
    marks: list[_Mark] = []
    reach = 0
    for place in found_words.quotes.tolist():
        if place < reach:
            continue
        if text[place] in _PLAIN_MARKS:
            marks.append((place, place + 1, text[place]))
        elif match := _MARK.match(text, place):
            reach = match.end()
            marks.append((place, reach, match.group()))
    return marks


def _pair(
    text: str, at: int, marks: list[_Mark], end: int, carried: _Open | None
) -> tuple[list[Quotation], _Open | None]:
    """Pair the marks of ``text[at:end]``; what is still open at its end comes second."""
    stack: list[_Open] = [carried] if carried is not None else []
    found: list[Quotation] = []
    taken = -1  # a closing mark read together with its opening one
    for i, (start, stop, mark) in enumerate(marks):
        if i == taken:
            continue
        if not stack and i + 1 < len(marks) and _plain_pair(text, at, marks[i], marks[i + 1]):
            taken = i + 1
            inner_end, closed_at, _ = marks[taken]
            found.append(_quotation(text, _Open(mark, start, stop), closed_at, inner_end, closed=True))
            continue
        before = text[start - 1] if start > at else ""
        after = text[stop] if stop < end else ""
        single = mark in _SINGLE
        if single and _ELISION.match(text, start, end):
            continue
        if before.isdigit() and mark in '"\u201d' and _INCHES.search(text, max(at, start - 6), start):
            continue
        closing = _closes(stack, mark) if stack else None
        if closing is not None and mark in "\u00bb\u203a":
            after = ""  # spaces stand on both sides of these; what closes, closes
        if mark in _ALWAYS_OPENS:
            # Turned the wrong way: it closes in German, and after a word in careless English.
            opens = mark != "\u201c" or not (
                (closing is not None and stack[closing].mark == "\u201e")
                or (before.strip() and before not in _OPENS_AFTER and not after.isalnum())
            )
        elif mark == "\u2019":
            opens = False  # an apostrophe or a closing mark
        else:
            opens = _can_open(before, after, can_close=closing is not None) and not (
                mark == "\u201d" and (stack or before.strip())
            )
        if opens and (after.strip() or mark in "\u00ab\u201e\u2039"):
            if any(o.mark == mark for o in stack) and mark not in "'\"":
                # The earlier one was never closed: it ends here.
                found += _given_up(text, [o for o in stack if o.mark == mark and o is not carried], start)
                stack = [o for o in stack if o.mark != mark]
            if len(stack) < 3:
                stack.append(_Open(mark, start, stop))
            continue
        if closing is None:
            continue
        if single and _plural_possessive(text, start, end, stack[closing].mark):
            continue
        opened = stack[closing]
        del stack[closing:]
        kind: QuotationKind | None = "nested" if stack else None
        found.append(_quotation(text, opened, stop, stop - len(mark), closed=True, kind=kind))
    for o in stack[1:] if stack else ():
        if o.mark not in _SINGLE:
            found.append(_quotation(text, o, end, end, closed=False, kind="nested"))
    bottom = stack[0] if stack else None
    if bottom is not None and bottom is not carried and bottom.mark == '"':
        first_within = min((q.start for q in found if _within(text, bottom, q)), default=-1)
        if first_within >= 0:  # no straight mark stands within another: the first was never closed
            found = [
                q._replace(kind=_kind(text, q.start, q.end, q.inner)) if _within(text, bottom, q) else q
                for q in found
            ]
            found += _given_up(text, [bottom], first_within)
            bottom = None
    if (
        bottom is not None
        and bottom is not carried
        and bottom.mark in ("'", "\u2018", "`")
        and not _opens_speech(text, bottom, at)
    ):
        bottom = None  # a lone single mark is an apostrophe more often than a quotation
    return found, bottom


def _plain_pair(text: str, at: int, opening: _Mark, closing: _Mark) -> bool:
    """Whether two marks that follow one another are so clearly a pair that the rules need not be tried.

    Nothing is open before them, the first stands behind a space or at the beginning, the second behind a letter
    or a mark.
    """
    if (opening[2], closing[2]) not in _PLAIN_PAIRS:
        return False
    before, last = text[opening[0] - 1 : opening[0]], text[closing[0] - 1]
    return (
        (opening[0] == at or before == " ")
        and not text[opening[1]].isspace()
        and not (last.isspace() or last.isdigit() or last in _OPENS_AFTER)
    )


def _within(text: str, opened: _Open, quotation: Quotation) -> bool:
    return quotation.start > opened.start and text.startswith(opened.mark, quotation.start)


def _given_up(text: str, opened: list[_Open], end: int) -> list[Quotation]:
    """The quotations, never closed, that end where the next begins; single marks alone are apostrophes."""
    while text[end - 1].isspace():
        end -= 1
    return [
        _quotation(text, o, end, end, closed=False) for o in opened if o.mark not in _SINGLE and o.inner < end
    ]


def _can_open(before: str, after: str, *, can_close: bool) -> bool:
    """Whether a mark that serves at both ends stands like an opening one, by its neighbours."""
    if not after.strip():
        return False
    if can_close:
        return not before.strip() or before in _OPENS_AFTER
    return not (before.isalnum() or (before and before in ".,!?;:'\u2019)\u2026%"))


def _opens_speech(text: str, opened: _Open, at: int) -> bool:
    before = text[max(at, opened.start - 2) : opened.start]
    return opened.start == at or before.endswith((": ", ", "))


def _closes(stack: list[_Open], mark: str) -> int | None:
    """Which open quotation `mark` would close: the innermost of a fitting shape."""
    for i in range(len(stack) - 1, -1, -1):
        if mark in _CLOSES[stack[i].mark]:
            return i
    return None


def _plural_possessive(text: str, start: int, end: int, opening: str) -> bool:
    """``the residents' petition`` inside single marks: another mark further on closes them."""
    if start == 0 or text[start - 1] not in "sS" or not _GOES_ON.match(text, start + 1, start + 4):
        return False
    closes = _CLOSES[opening]
    return any(
        later.group() in closes and text[later.start() - 1].strip()
        for later in _MARK.finditer(text, start + 1, end)
    )


def _quotation(
    text: str, opened: _Open, end: int, inner_end: int, *, closed: bool, kind: QuotationKind | None = None
) -> Quotation:
    inner = (opened.inner, max(opened.inner, min(inner_end, end)))
    return Quotation(opened.start, end, kind or _kind(text, opened.start, end, inner), closed, inner)


def _carried(text: str, opened: _Open, end: int, first_end: int, *, closed: bool) -> Quotation:
    """A quotation that may go on behind the end of its first paragraph: then it is no title."""
    found = _quotation(text, opened, end, first_end, closed=closed)
    return found._replace(kind="speech") if found.kind == "title" and end > first_end else found


def _kind(text: str, start: int, end: int, inner: tuple[int, int]) -> QuotationKind:
    """Speech, a title, or words the writer keeps at a distance, told by shape alone."""
    piece = text[inner[0] : inner[1]].strip()
    before = text[max(0, start - 2) : start].rstrip()
    if piece[-1:] in _ENDS_SPEECH or before[-1:] == ":":
        return "speech"
    words = _WORD.findall(piece)
    if len(words) > 12:
        return "speech"
    after = text[end : end + 3]
    if after[:1] == "," and len(words) > 4:
        return "speech"
    heavy = [w for w in words if w.lower() not in SMALL_IN_TITLES]
    capital = sum(w[0].isupper() or w[0].isdigit() for w in heavy)
    if len(heavy) >= 2 and capital == len(heavy) and not piece.isupper():
        return "title"
    if len(words) > 2 and _DASH.match(text, end, end + 2):
        return "speech"
    # A sentence of its own in marks: it opens a paragraph or stands after a full stop.
    if (not before or before[-1:] in '.!?\u201d"\n') and len(words) >= 5:
        return "speech"
    return "scare" if len(words) <= 3 else "speech"
