"""Where a source and a content begin and end around a cue: boundaries of noun phrases and clauses, without a parser.

A stretch of words is a pair of word numbers, the second exclusive; a stretch of text a pair of character offsets.
"""

import re
from dataclasses import dataclass

from classifier.signals.scan import Context

Stretch = tuple[int, int]

AUXILIARIES = frozenset(
    b"is are was were be been being has have had having do does did would will could can may might should must shall"
    b" also later then never again ever always often repeatedly reportedly once still even just only first now soon"
    b" further himself herself themselves itself both all not previously recently earlier today yesterday"
    b" wasn't hasn't haven't hadn't didn't doesn't wouldn't won't previously famously publicly".split()
)
BE = frozenset(b"is are was were be been being isn't aren't wasn't weren't".split())
NEGATIONS = frozenset(
    b"not never didn't doesn't don't wouldn't won't hasn't haven't hadn't cannot can't nobody none no neither".split()
)
PRONOUNS = frozenset(b"he she it they we i you who which one".split())
DETERMINERS = frozenset(
    b"the a an his her its their our my your this that these those some several many most few one two three four five"
    b" six ten other another both all each every no any".split()
)
SUBORDINATORS = frozenset(
    b"because when while if as after before since although though but so what where why how whether than then until"
    b" unless once yet nor however whereas".split()
)
PREPOSITIONS = frozenset(
    b"in on at by with from for to of about during after before since under over through into against among between"
    b" without within despite according like unlike amid following as per upon until".split()
)
OPENING_ADVERBS = frozenset(
    b"meanwhile however still yet later earlier today yesterday instead moreover furthermore also then now indeed"
    b" nevertheless nonetheless ultimately finally separately afterwards afterward recently previously asked pressed"
    b" speaking writing responding referring and but or so".split()
)
_ASIDES = frozenset(b"however meanwhile though too again also instead therefore".split())
RECIPIENTS = frozenset(
    b"me him her us them you reporters staff everyone people parliament congress lawmakers police".split()
)
# A single full stop inside a sentence belongs to an abbreviation.
_STOPS = re.compile(r"[;:!?\"()\u2014\u2026]|\.\.|--| [\u2013-] ")
_NO_CLAUSE = frozenset(b"for of about with to".split())  # "asked for a review", "argued about 40 letters"
_COMMA_OR_STOP = re.compile(r"[,;:!?\"()\u2014\u2026]|\.\.|--| [\u2013-] ")
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
# What may stand between a cue and its content: when and where it was said.
_DAY = rf"(?:{_WEEKDAY}|yesterday|today|tonight|this week|last (?:week|month|year|night)|earlier)"
_MEDIUM = (
    r"(?:statement|interview|e-?mail|letter|tweet|post|news release|press release|release|speech|memo|call|briefing"
    r"|conference|report|debate|rally|hearing|appearance|op-ed|essay|column|book|video|phone|telephone|meeting)s?"
)
_CIRCUMSTANCE = re.compile(
    rf"\s*,?\s*(?:(?:late|early|earlier|last|this|later|on|as early as)\s+)*{_DAY}"
    r"(?:\s+(?:morning|afternoon|evening|night))?(?=[\s,:])"
    rf"|\s*,?\s*on\s+{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    r"|\s*,?\s*(?:in|during|through|via|at|by|on)\s+(?:an?|the|his|her|their|its)\s+(?:[\w-]+\s+){0,3}?"
    rf"{_MEDIUM}(?:\s+(?:on|to|with|from|published|released|posted|sent|obtained)\s+[^,.:;\"]{{1,40}}?)?(?=[\s,:])"
    r"|\s*,?\s*(?:at|by|in)\s+(?:noon|dawn|court|writing|public|private|part|response|turn)(?=[\s,:])",
)


@dataclass(frozen=True, slots=True)
class View:
    """One sentence: its words `first` to `last` (exclusive)."""

    context: Context
    first: int
    last: int
    start: int  # characters
    end: int

    def gap(self, word: int) -> str:
        """What stands behind a word, to the next word or the end of the sentence."""
        plain, nearest = self.context.text.plain, self.end
        if word + 1 < self.last:
            nearest = self.context.starts[word + 1]
        return plain[self.context.ends[word] : nearest]

    def capital(self, word: int) -> bool:
        """Whether a word is written with a capital letter."""
        return self.context.text.plain[self.context.starts[word]].isupper()

    def span(self, words: Stretch) -> Stretch:
        """Characters of a stretch of words."""
        return self.context.starts[words[0]], self.context.ends[words[1] - 1]


def is_pronoun(context: Context, word: int) -> bool:
    """Whether a word is a pronoun; in capitals among small letters (WHO, IT) it is a name."""
    if context.forms[word] not in PRONOUNS:
        return False
    shown = context.shown(word)
    if len(shown) == 1 or not shown.isupper():
        return True
    beside = context.shown(word + 1 if word + 1 < len(context.forms) else word - 1)
    return beside.isupper()


def subject_before(view: View, cue: int) -> Stretch | None:
    """The noun phrase before a verb that is its subject; None if there is none.

    A comma right before the verb closes an apposition or a relative clause, so that the subject begins further to
    the left, at the first part of the clause that can be one.
    """
    forms, first = view.context.forms, view.first
    at = cue - 1
    while at > first and forms[at] in _ASIDES and "," in view.gap(at) and "," in view.gap(at - 1):
        at -= 1  # "Smith, however, said"
    while (
        at >= first
        and (forms[at] in AUXILIARIES or forms[at].endswith(b"ly"))
        and not _COMMA_OR_STOP.search(view.gap(at))
    ):
        at -= 1
    if at < first or forms[at] == b"that" or forms[at] in SUBORDINATORS or forms[at] in (b"and", b"or"):
        return None
    gap = view.gap(at)
    if _STOPS.search(gap) and ")" not in gap and "\u2014" not in gap:
        return None
    if is_pronoun(view.context, at) and "," not in gap:
        return at, at + 1
    if "," in gap or ")" in gap or "\u2014" in gap:
        return _parted_subject(view, at)
    start = at
    while start > first and at - start < 16:
        gap = view.gap(start - 1)
        form = forms[start - 1]
        if _COMMA_OR_STOP.search(gap) or form in SUBORDINATORS or form == b"that":
            break
        if form in (b"and", b"or") and not (
            start - 2 >= first and view.capital(start) and view.capital(start - 2)
        ):
            break
        start -= 1
    while start < at and (
        forms[start] in OPENING_ADVERBS or forms[start].endswith(b"ly") or forms[start] in SUBORDINATORS
    ):
        start += 1
    if forms[start] in PREPOSITIONS and forms[start] != b"like":  # "In a statement the ministry said"
        inner = next((i for i in range(at, start, -1) if forms[i] in (b"the", b"a", b"an")), None)
        start = inner if inner is not None and inner > start + 1 else start
    return start, at + 1


def _parted_subject(view: View, at: int) -> Stretch | None:
    forms = view.context.forms
    start = at
    parts = []  # starts of comma-separated parts, right to left
    while start > view.first:
        gap = view.gap(start - 1)
        if "," in gap:
            parts.append(start)
        if '"' in gap or (_STOPS.search(gap) and "(" not in gap and ")" not in gap and "\u2014" not in gap):
            break
        start -= 1
        if at - start > 45:
            return None
    parts.append(start)
    parts.reverse()
    for i, part in enumerate(parts):
        form = forms[part]
        if form in (b"and", b"but", b"while", b"where") and part < at:
            return part + 1, at + 1
        alone = (
            i + 1 < len(parts) and parts[i + 1] == part + 1
        )  # "Reed, the mayor": a name, whatever its ending
        unfit = (
            form in PREPOSITIONS
            or form in SUBORDINATORS
            or form in OPENING_ADVERBS
            or form.endswith(b"ly")
            or (form.endswith(b"ing") and not alone)
            or (
                form.endswith(b"ed")
                and not alone
                and forms[part + 1 : part + 2] != [b"by"]
                and part == view.first
            )
        )
        if not unfit or i == len(parts) - 1:
            later = next((p for p in parts[i + 1 :] if forms[p] in (b"and", b"but") and p < at), None)
            return (part if later is None else later + 1), at + 1
    return None


_LEAVES_SOURCE = frozenset(
    b"before after when while during as on to about adding by because if since until noting earlier later yesterday"
    b" today monday tuesday wednesday thursday friday saturday sunday last this".split()
)
_CARRIES_ON = frozenset(b"a an the who whose his her its their one which whom".split())


def subject_after(view: View, word: int) -> Stretch | None:
    """The noun phrase after an inverted verb, with the appositions that follow it."""
    forms = view.context.forms
    if word >= view.last or _COMMA_OR_STOP.search(view.gap(word - 1)):
        return None
    end = _phrase_end(view, word)
    if end == word:
        return None
    while end < view.last and view.gap(end - 1).strip() == ",":
        carries = forms[end] in _CARRIES_ON or (view.capital(end) and not forms[end].endswith(b"ing"))
        if not carries:
            break
        stop = end + 1
        while stop < view.last and not _COMMA_OR_STOP.search(view.gap(stop - 1)):
            if forms[end] not in (b"who", b"whose", b"which") and forms[stop] in _LEAVES_SOURCE:
                return word, stop
            stop += 1
        end = stop
    return word, end


def _phrase_end(view: View, word: int) -> int:
    forms = view.context.forms
    at = word
    while at < view.last and at - word < 20:
        form = forms[at]
        if form in _LEAVES_SOURCE or form == b"that":
            break
        follows = forms[at + 1] if at + 1 < view.last else b""
        if form in (b"in", b"at") and (
            follows in DETERMINERS or follows[:1].isdigit() or follows in (b"response", b"court")
        ):
            break
        at += 1
        if _COMMA_OR_STOP.search(view.gap(at - 1)):
            break
    return at


def content_after(view: View, word: int, *, recipient: bool) -> Stretch | None:
    """Characters of the clause that follows a cue, `word` being the first word behind it; None if nothing does.

    What tells to whom, when and where it was said, a comma and "that" are left out.
    """
    context, forms = view.context, view.context.forms
    if word >= view.last or (forms[word] in _NO_CLAUSE and not recipient):
        return None
    that = _that(view, word, 9 if recipient else 6)
    if that is not None:
        at = that + 1
        return _trim(view, context.ends[that], view.end) if at < view.last else None
    place = context.ends[word - 1]
    if recipient and not _STOPS.search(view.gap(word - 1)):
        at = word
        if forms[at] in RECIPIENTS:
            at += 1
        else:
            if forms[at] in DETERMINERS:
                at += 1
            begun = at
            while (
                at < view.last
                and view.capital(at)
                and at - begun < 4
                and (at == begun or not _COMMA_OR_STOP.search(view.gap(at - 1)))
            ):
                at += 1
            if at == begun and at < view.last:
                at += 1
        if at >= view.last:
            return None
        place = context.ends[at - 1]
    low = context.text.low
    for _ in range(2):
        circumstance = _CIRCUMSTANCE.match(low, place, view.end)
        if circumstance is None or circumstance.end() >= view.end:
            break
        place = circumstance.end()
    span = _trim(view, place, view.end)
    if span is not None and low.startswith("that ", span[0]):
        return _trim(view, span[0] + 4, view.end)
    return span


def _that(view: View, word: int, reach: int) -> int | None:
    forms = view.context.forms
    for at in range(word, min(word + reach, view.last)):
        if forms[at] == b"that":
            return at
        if _STOPS.search(view.gap(at)) or forms[at] in SUBORDINATORS:
            return None
    return None


_LEADING = " ,:;.\n\u2014\u2013-"
_TRAILING = " ,:;.!?\n\u2014\u2013-\u2026"


def _trim(view: View, start: int, end: int) -> Stretch | None:
    """Take white space and punctuation off both ends, marks of quotation and what stands before them aside."""
    plain = view.context.text.plain
    while start < end and plain[start] in _LEADING:
        start += 1
    while end > start and plain[end - 1] in _TRAILING:
        end -= 1
    return (start, end) if end > start else None


def trim(view: View, start: int, end: int) -> Stretch | None:
    """See `_trim`; for stretches found elsewhere."""
    return _trim(view, start, end)


def content_before(view: View, word: int) -> Stretch | None:
    """Characters from the start of the sentence to the comma before `word`, for "..., she said"."""
    if word <= view.first or "," not in view.gap(word - 1):
        return None
    return _trim(view, view.start, view.context.ends[word - 1])
