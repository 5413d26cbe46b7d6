"""Sentences: where one ends and the next begins, inside a paragraph.

A mark ends a sentence if white space and something that can open a sentence follow, unless the word before it
is an abbreviation. Abbreviations of titles never end one; those of firms, places and hours do if a word
follows that commonly opens a sentence. English; other languages bring their own two lists.
"""

import re

import numpy as np
from numpy.typing import NDArray

from classifier.text.words import SPACE, STOP, Words

# Tried where a run of marks begins.
_BREAK = re.compile(
    r"[.!?\u2026]++[\"')\]}]*+"
    r"(?=\s+[\"'(\[{\u2014\u2013-]*\s?(?:[^\W_a-z\u00df-\u00f6\u00f8-\u00ff]|[a-z][A-Z]))"
)
_LAST_WORD = re.compile(r"[\w.&'-]+$")
_NEXT_WORD = re.compile(r"[\s\"'(\[{\u2014\u2013-]*([\w']+)")

_NEVER_LAST = """
mr mrs ms mx messrs dr prof rev hon sen sens rep reps gov govs gen lt col sgt cpl capt cmdr maj adm pres
supt det insp st ste mt ft vs v cf eg ie e.g i.e viz approx ca fig figs vol pp p no nos art sec ch ed eds
pvt spc brig amb atty asst assoc dist rs
"""
NEVER_LAST = frozenset(_NEVER_LAST.split())
_SOMETIMES_LAST = """
inc corp co ltd llc plc bros jr sr phd ph.d m.d b.a m.a u.s u.k u.n e.u d.c n.y l.a u.s.a a.m p.m am pm est
etc al jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun ave blvd rd hwy dept
calif fla mass pa tex va wash conn mich minn ariz ga ill ind kan ky la md mo neb nev okla ore tenn wis colo
ala ark del miss mont n.c n.d n.h n.j n.m s.c s.d w.va v.p n.a
"""
SOMETIMES_LAST = frozenset(_SOMETIMES_LAST.split())
_ABBREVIATIONS = NEVER_LAST | SOMETIMES_LAST
ABBREVIATIONS = frozenset(form.encode() for form in _ABBREVIATIONS if form.isalpha())  # that are one word
_NUMBERED = frozenset(("no", "nos", "p", "pp", "fig", "vol", "art", "ch", "sec"))  # before a number alone
TITLES = frozenset(form.encode() for form in NEVER_LAST - _NUMBERED if form.isalpha() and len(form) > 1)
_LONGEST = 12  # characters of an abbreviation looked at
_OPENERS = """
the a an he she it they we i you his her its their our my this that these those there here but and so yet in
on at after before when while if as for from with by to since during because although though however what
who how why where some many most all both each one two no not according officials police meanwhile mr mrs ms
dr
"""
OPENERS = frozenset(_OPENERS.split())


def sentence_ends(
    plain: str,
    found: Words,
    abbreviations: NDArray[np.bool_],
    titles: NDArray[np.bool_],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Ends (exclusive) of the sentences of the paragraphs from `starts` to `ends`, sorted.

    The last of each paragraph is its own end. `plain` is folded (see `fold`), case kept, and paragraphs have no
    white space at their ends. `abbreviations` and `titles` say of each word whether it is one of `ABBREVIATIONS`
    and of `TITLES`. Between two ends there is at least one character.

    Nearly every mark is decided for the whole text at once; what stands beside brackets, quotation marks, dots
    or accents is read by `_BREAK` and `_abbreviated`, which say the same of all the others.
    """
    cells = found.cells
    at = (cells == STOP).nonzero()[0]
    if not len(at) or not len(starts):
        return ends
    owner = starts.searchsorted(at, "right") - 1
    until = ends[owner]  # of a mark before all paragraphs that of the last one; dropped below
    # The first of a run of marks; a letter behind it, or less than a space and a letter, ends the matter.
    here = (owner >= 0) & (at + 2 < until) & ((at == 0) | (cells[at - 1] != STOP))
    at, owner, until = at[here], owner[here], until[here]
    here = cells[at + 1] <= SPACE
    at, owner, until = at[here], owner[here], until[here]
    latin = found.latin
    closed = _IS_CLOSING[latin[at + 1]]  # one closing mark behind it
    after = at + 1 + closed
    here = (after + 1 < until) & ~_HOLDS_ON[latin[after]]
    if not here.all():
        at, owner, until, closed, after = at[here], owner[here], until[here], closed[here], after[here]
    behind, opens = latin[after], latin[after + 1]
    spaced = (behind == 32) | (behind == 10)
    third = latin[np.minimum(after + 2, len(latin) - 1)]
    sure = spaced & (_BEGINS[opens] | (_IS_OPENING[opens] & _BEGINS[third] & (after + 2 < until)))
    # No sentence begins with a small letter, unless a capital follows it: "eBay".
    goes_on = spaced & (opens >= 97) & (opens <= 122) & ((third < 65) | (third > 90))
    doubtful = ~(goes_on | sure)
    dotted = (sure & (latin[at] == 46) & ~closed).nonzero()[0]
    if len(dotted):
        whole, title = _whole_words(found, abbreviations, titles, at[dotted])
        sure[dotted[title]] = False
        doubtful[dotted] = ~(whole | title)
    breaks = after[sure & ~doubtful].tolist()
    for i in doubtful.nonzero()[0].tolist():
        place = int(at[i])
        match = _BREAK.match(plain, place, int(until[i]))
        if match is None:
            continue
        last = match.end()
        if last - place == 1 and plain[place] == "." and _abbreviated(plain, int(starts[owner[i]]), place):
            continue
        breaks.append(last)
    result = np.concatenate([np.array(breaks, np.int64), ends])
    result.sort()
    return result


def _whole_words(
    found: Words, abbreviations: NDArray[np.bool_], titles: NDArray[np.bool_], dots: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether a word ends at each dot that is surely no abbreviation, or surely one of `TITLES`.

    `_abbreviated` says False and True there.
    """
    word = np.minimum(found.end.searchsorted(dots.astype(np.int32)), len(found.end) - 1)
    start = found.start[word]
    length = found.end[word] - start
    head, tail = found.packed
    before = np.where(start > 0, found.cells[start - 1], SPACE)
    ends_here = found.end[word] == dots
    whole: NDArray[np.bool_] = ends_here & ~abbreviations[word]
    whole &= (length > 1) & (length <= 16) & (before != STOP)
    whole &= ((head[word] | tail[word]) & _NOT_ASCII) == 0
    apart = (start == 0) | _PARTS[found.latin[start - 1]]
    return whole, ends_here & titles[word] & apart


_NOT_ASCII = np.uint64(0x8080808080808080)
_IS_CLOSING = np.isin(np.arange(256), list(b"\"')]}"))
_IS_OPENING = np.isin(np.arange(256), list(b"\"'([{-"))
_BEGINS = np.isin(np.arange(256), list(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
_HOLDS_ON = np.isin(np.arange(256), list(b",;:-/&%$#@*+=<>|~^([{"))  # a mark before one of these ends nothing
_PARTS = np.isin(np.arange(256), list(b' \n"('))  # no abbreviation reaches over these


def _abbreviated(plain: str, start: int, dot: int) -> bool:
    piece = plain[max(start, dot - _LONGEST) : dot].rpartition(" ")[2]
    if len(piece) > 1 and piece.isalpha() and piece.lower() not in _ABBREVIATIONS:
        return False  # nearly every sentence ends with such a word
    before = _LAST_WORD.search(piece)
    if before is None:
        return False
    word = before.group().lower().strip("'-")
    single = len(word) == 1 and word.isalpha()
    if (
        not single
        and word not in NEVER_LAST
        and word not in SOMETIMES_LAST
        and not re.fullmatch(r"(?:\w\.)+\w", word)
    ):
        return False
    follows = _NEXT_WORD.match(plain, dot + 1)
    after = follows.group(1).lower() if follows else ""
    if word in _NUMBERED:
        if after[:1].isdigit():
            return True
        if not (single and before.group()[0].isupper()):
            return False
    elif word in NEVER_LAST:
        return True
    if single and not before.group()[0].isupper():
        return False
    return after not in OPENERS
