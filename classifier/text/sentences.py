"""Sentences: where one ends and the next begins, inside a paragraph.

A mark ends a sentence if white space and something that can open a sentence follow, unless the word before it
is an abbreviation. Abbreviations of titles never end one; those of firms, places and hours do if a word
follows that commonly opens a sentence. English; other languages bring their own two lists.
"""

import re

# Alternatives of plain characters make the search jump from mark to mark (half the time of a set); the look
# behind keeps a run of marks from being tried again at each of its marks: a line of a million dots.
_BREAK = re.compile(
    r"(?:\.|!|\?|\u2026)(?<![.!?\u2026].)[.!?\u2026]*+[\"')\]}]*+"
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
_NUMBERED = frozenset(("no", "nos", "p", "pp", "fig", "vol", "art", "ch", "sec"))  # before a number alone
_LONGEST = 12  # characters of an abbreviation looked at
_OPENERS = """
the a an he she it they we i you his her its their our my this that these those there here but and so yet in
on at after before when while if as for from with by to since during because although though however what
who how why where some many most all both each one two no not according officials police meanwhile mr mrs ms
dr
"""
OPENERS = frozenset(_OPENERS.split())


def sentence_ends(plain: str, start: int, end: int) -> list[int]:
    """Ends (exclusive) of the sentences of ``plain[start:end]``; the last is `end` itself.

    `plain` is folded (see `fold`), case kept. Between two ends there is at least one character.
    """
    ends: list[int] = []
    for match in _BREAK.finditer(plain, start, end):
        at, after = match.span()
        if after - at == 1 and plain[at] == "." and _abbreviated(plain, start, at):
            continue
        ends.append(after)
    if not ends or ends[-1] < end:
        ends.append(end)
    return ends


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
