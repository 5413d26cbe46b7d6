"""Chains: a content that itself passes on somebody else's word ("the aide said the minister had told him that …")."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from classifier.signals.scan import Context
from classifier.signals.sourcing.clause import (
    BE,
    DETERMINERS,
    NEGATIONS,
    PREPOSITIONS,
    Stretch,
    View,
    is_pronoun,
    subject_before,
)
from classifier.signals.sourcing.conditions import ALSO_SUBJECTS, VERBAL

_SPEAKERS = frozenset(b"i we you".split())  # in quotation marks the speaker and those spoken to
_THIRD = frozenset(b"he she it they".split())
_OBJECTS = frozenset(b"me us him them".split())  # "have us believe"
_HEARING = frozenset(b"hear hears heard".split())  # whoever does it, the word is another's
# "could say": nobody has said it.
_MODALS = frozenset(b"will would can could may might must shall should".split())
# What evidence does is no word of another: "these results suggest that".
_EVIDENCE = frozenset(
    b"evidence"
    b" show shows showed shown find finds found demonstrate demonstrates demonstrated indicate indicates indicated"
    b" suggest suggests suggested reveal reveals revealed imply implies implied".split()
)
# Participles that after "is" or "was" tell of somebody's word without saying whose.
_HEARSAY = frozenset(
    b"told informed advised warned assured reminded notified said reported alleged rumoured rumored claimed believed"
    b" thought understood suspected".split()
)
# Words no subject ends in.
_NEVER_LAST = _OBJECTS | PREPOSITIONS | BE | VERBAL | NEGATIONS | (DETERMINERS - ALSO_SUBJECTS)
_CLAUSE_ENDS = re.compile(r"[,;:.!?\"()\u2014\u2026]")
_REACH = 8  # words behind a cue in which its clause must show itself


def second_hand(
    context: Context, cue_words: Sequence[int], contents: Sequence[Stretch], source: Stretch | None = None
) -> bool:
    """Whether a content (stretches of characters) holds another cue with a subject of its own and a clause.

    `cue_words` are the first words of the cues of saying and knowing in the document, sorted. `source` are the
    words of the speaker, None if nobody is named: a cue whose subject is the speaker again starts no chain.
    """
    place = context.starts.__getitem__
    for start, end in contents:
        at = bisect_left(cue_words, start, key=place)
        while at < len(cue_words) and place(cue_words[at]) < end:
            view = _view(context, cue_words[at], start, end)
            if view is not None and _passes_on(view, cue_words[at], source):
                return True
            at += 1
    return False


def _view(context: Context, word: int, start: int, end: int) -> View | None:
    """The part of the word's sentence that lies between two characters, so that no rule looks further."""
    number = context.sentence_of[word]
    if number < 0:
        return None
    s, find = context.text.sentences, context.text.words.index
    start, end = max(start, int(s.start[number])), min(end, int(s.end[number]))
    return View(context, find(start), find(end), start, end)


def _passes_on(view: View, word: int, source: Stretch | None) -> bool:
    forms = view.context.forms
    form = forms[word]
    if form == b"according":
        return word + 2 < view.last and not _speaker_again(view, (word + 2, word + 3), word, source)
    passive = _passive(view, word)
    if (passive and form not in _HEARSAY) or form in _EVIDENCE or (form.endswith(b"ing") and not passive):
        return False
    subject = subject_before(view, word)
    if subject is None or forms[subject[1] - 1] in _NEVER_LAST or b"let" in forms[view.first : word][-5:]:
        return False  # "let the owner know that"
    if any(f in NEGATIONS for f in forms[subject[0] : word]) or any(
        f in _MODALS for f in forms[subject[1] : word]
    ):
        return False
    if form in _HEARING:
        return forms[word + 1 : word + 2] in ([b"that"], [b"from"]) and word + 2 < view.last
    if not passive and _speaker_again(view, subject, word, source):
        return False
    if passive and forms[word + 1 : word + 2] == [b"to"]:  # "is said to be"
        return word + 2 < view.last
    return _has_clause(view, word) or _stands_behind(view, subject, word)


def _passive(view: View, word: int) -> bool:
    """Whether a form of "be" stands before the word, adverbs aside."""
    forms, at = view.context.forms, word - 1
    while at > view.first and (forms[at].endswith(b"ly") or forms[at] in (b"also", b"now", b"still")):
        at -= 1
    return at >= view.first and forms[at] in BE and not forms[word].endswith(b"ing")


def _speaker_again(view: View, subject: Stretch, word: int, source: Stretch | None) -> bool:
    """Whether a subject inside a content is most likely the one who speaks."""
    context, last = view.context, subject[1] - 1
    form = context.forms[last].partition(b"'")[0]  # "we've"
    if form in _SPEAKERS or is_pronoun(context, last):
        if form in _SPEAKERS:
            return True
        if form not in _THIRD or (context.quoted[word] and form != b"it"):
            return False  # in his own words nobody calls himself "he"; "it" is seldom somebody
        spoken = context.forms[source[0]] if source is not None and is_pronoun(context, source[0]) else b""
        return spoken not in _THIRD or spoken == form
    if source is None:
        return False
    words = context.forms[source[0] : source[1]]  # "an aide to the minister" is not the minister
    return form in takewhile(lambda one: one not in PREPOSITIONS, words)


def _has_clause(view: View, word: int) -> bool:
    """Whether words or a clause follow the cue: marks of quotation, "that", or what can be a subject and its verb."""
    forms = view.context.forms
    gap = view.gap(word).strip()
    if gap[:1] in (":", '"', "'"):
        return word + 1 < view.last
    at = word + 1
    while at < view.last and at - word <= _REACH and not _CLAUSE_ENDS.search(view.gap(at - 1)):
        form = forms[at]
        if form == b"that" and at - word <= 4:
            return True
        if form in (b"and", b"but", b"or"):
            return False
        if at > word + 1 and (form in VERBAL or form.endswith(b"ed")):
            return forms[word + 1] not in PREPOSITIONS
        at += 1
    return False


def _stands_behind(view: View, subject: Stretch, word: int) -> bool:
    """Whether the cue ends its sentence and what it passes on stands before it: "it is over, they said"."""
    begins = subject[0]
    return word + 1 >= view.last and begins - view.first >= 3 and "," in view.gap(begins - 1)
