"""The governed words of a hedge: the stretch of its sentence that it weakens, found by rules without a parser.

The guideline is that of BioScope (V. Vincze et al., *The BioScope corpus*, 2008), read for news: the scope holds its
cue, and runs to the end of the clause or of the phrase. What was chosen and measured stands in docs/decisions/0008.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from classifier.signals.hedges.grammar import (
    BE,
    CONTRACTED,
    DETERMINERS,
    FINITE,
    HAVE,
    NEGATIONS,
    PREPOSITIONS,
    SUBJECTS,
)
from classifier.signals.span import Span
from classifier.text.segment import Segmented

Stretch = tuple[int, int]

# A sentence of a transcript can be as long as the text; the look around a cue must not grow with it.
FARTHEST = 60

_STOP = re.compile(r"[;:!?\u2026]|\.\.|--|\s[\u2013-]\s|\u2014")
_BRACKET = re.compile(r"\s\(|\)(?:\s|$)")
_COMMA = re.compile(r",[\s\"']")
_MODALS = frozenset(b"may might could can will would should must may've might've could've mightn't".split())
_BETWEEN = (
    BE
    | HAVE
    | NEGATIONS
    | _MODALS
    | frozenset(
        b"do does did also still now then even once again always often only just so more most very less least quite"
        b" rather long yet already ever therefore thus hence indeed instead".split()
    )
)
_PRONOUNS = SUBJECTS | frozenset(b"this that these those there".split())
_RELATIVES = frozenset(b"which who whom whose where that".split())
_ENDS_CLAUSE = frozenset(b"because although though whereas while unless".split())
_ENDS_AFTER_COMMA = _ENDS_CLAUSE | frozenset(
    b"which who whom whose where since as but so yet nor according when if after before until even despite".split()
)
_BEGINS_CLAUSE = _ENDS_CLAUSE | frozenset(
    b"if when whether since as after before until once how why what".split()
)
_JOINING = _BEGINS_CLAUSE | frozenset((b"and", b"or", b"but", b"than"))
_SAYING = frozenset(
    b"said says say told tells according added adds wrote writes argued argues explained noted warned reported".split()
)
_RAISING = (b"seem", b"appear", b"look", b"tend", b"purport")
_EXPLETIVE = frozenset((b"it", b"there"))
_OF_THE_NOUN = frozenset(b"of for in with between against about as behind among from on".split())
_COUNTED = frozenset(
    b"one two three four five six seven eight nine ten eleven twelve dozen dozens twenty thirty forty fifty sixty"
    b" seventy eighty ninety hundred hundreds thousand thousands million millions billion billions trillion m bn k"
    b" per cent percent half third thirds quarter quarters tenth tenths fifth fifths double twice".split()
)
_PARTS = frozenset(
    b"cent percent half third thirds quarter quarters tenth tenths fifth fifths all most none".split()
)
_PLURALS = frozenset(b"people men women children police staff".split())
_BEHIND_QUANTITY = ("or so", "or thereabouts", "give or take")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words near a cue in its sentence, and in its quotation if it stands in one; stretches count these words."""

    plain: str  # folded text, case kept
    forms: list[bytes]  # lower-cased
    starts: list[int]  # characters in `plain`
    ends: list[int]

    def gap(self, word: int) -> str:
        """What stands between a word and the next one, 40 characters at most; empty behind the last."""
        if word + 1 >= len(self.forms):
            return ""
        end = self.ends[word]
        return self.plain[end : min(self.starts[word + 1], end + 40)]

    def form(self, word: int) -> bytes:
        """A word, empty outside."""
        return self.forms[word] if 0 <= word < len(self.forms) else b""

    def parted(self, word: int) -> bool:
        """Whether a mark, a comma or the end follows the word."""
        gap = self.gap(word)
        return not gap or bool(_STOP.search(gap) or _COMMA.search(gap) or _BRACKET.search(gap))

    def after(self, last: int) -> bytes:
        """The word that follows the one before `last` with no mark between, else empty."""
        return b"" if self.parted(last - 1) else self.forms[last]

    def before(self, word: int) -> bytes:
        """The word before with no mark between, else empty."""
        return b"" if word == 0 or self.parted(word - 1) else self.forms[word - 1]


def scopes(text: Segmented, spans: Iterable[Span]) -> list[Stretch | None]:
    """The scope of each hedge, offsets of the readable text; it holds its cue. None: nothing is governed here.

    `spans` are sorted by place. The time for one hedge does not depend on the length of the text.
    """
    quotations = sorted((q.start, q.end) for q in text.quotations if q.kind != "title")
    found: list[Stretch | None] = []
    at = 0
    for span in spans:
        while at < len(quotations) and quotations[at][1] <= span.start:
            at += 1
        inside = at < len(quotations) and quotations[at][0] <= span.start
        found.append(_scope_in(text, span, quotations[at] if inside else None))
    return found


def _scope_in(text: Segmented, span: Span, quotation: Stretch | None) -> Stretch | None:
    sentence = text.sentences.at(span.start)
    if sentence < 0:
        return None
    first, last = text.words.index(span.start), text.words.index(span.end)
    low = max(int(text.sentences.first_word[sentence]), first - FARTHEST)
    high = min(int(text.sentences.last_word[sentence]), last + FARTHEST)
    if quotation is not None:
        low = max(low, text.words.index(quotation[0]))
        high = max(last, min(high, text.words.index(quotation[1])))
    near = Surroundings(
        text.plain,
        text.words.forms[low:high],
        text.words.start[low:high].tolist(),
        text.words.end[low:high].tolist(),
    )
    return scope(near, first - low, last - low, span.kind)


def scope(near: Surroundings, first: int, last: int, kind: str) -> Stretch | None:
    """The scope of the cue that is words `first` to `last` (exclusive), in characters; None where it has none.

    `kind` is a kind of hedge of this family, or "conditional".
    """
    words = _RULES[kind](near, first, last)
    if words is None:
        return None
    start, end = near.starts[min(words[0], first)], near.ends[max(words[1], last) - 1]
    opened = near.plain.count("(", start, end) - near.plain.count(")", start, end)
    behind = near.plain[end : end + 2]
    if behind[:1] == "%":
        end += 1
    if opened > 0 and ")" in behind:
        end += behind.index(")") + 1
    if kind == "approximator" and near.plain[start - 1 : start] in ("$", "\u20ac", "\u00a3"):
        start -= 1
    return start, end


# ---- clauses


def _clause_end(near: Surroundings, last: int, *, holds_clauses: bool = False, fronted: bool = False) -> int:
    """Where the clause ends that goes on behind the cue (exclusive).

    `holds_clauses`: what follows is a that-clause, so that joined clauses belong to it. `fronted`: the cue stands in a
    subordinate clause at the head of its sentence, which ends at the first comma.
    """
    depth, opened = 0, last
    for at in range(last - 1, len(near.forms) - 1):
        gap = near.gap(at)
        if depth == 0 and ")" in gap.partition("(")[0]:
            return at + 1
        depth_before = depth
        depth += gap.count("(") - gap.count(")")
        if depth > 0 and depth_before <= 0:
            opened = at + 1
        if depth > 0:
            continue
        depth = 0
        if depth_before == 0 and _STOP.search(gap):
            return at + 1
        if _COMMA.search(gap):
            if at >= last and (fronted or _new_clause(near, at + 1, holds_clauses)):
                return at + 1
        elif at >= last and _joins_clause(near, at + 1, holds_clauses):
            return at + 1
    closes = ")" in near.plain[near.ends[-1] : near.ends[-1] + 3]
    return len(near.forms) if depth == 0 or closes else opened


def _new_clause(near: Surroundings, word: int, holds_clauses: bool) -> bool:
    """Whether something new begins at a word behind a comma."""
    form = near.forms[word]
    if form in _ENDS_AFTER_COMMA:
        return True
    if form in (b"and", b"or"):
        return not holds_clauses and _finite_ahead(near, word + 1)
    if form.endswith(b"ing") and len(form) > 5:
        return True
    at = word
    while at < min(word + 8, len(near.forms)):  # "..., the mason said on Monday"
        if near.forms[at] in _SAYING:
            return True
        if near.parted(at):
            return False
        at += 1
    return False


def _joins_clause(near: Surroundings, word: int, holds_clauses: bool) -> bool:
    """Whether a clause of its own begins at a word with no comma before it."""
    form = near.forms[word]
    if form in _ENDS_CLAUSE:
        return True
    if form == b"but":
        return near.form(word + 1) not in (b"not", b"also")
    if form in (b"and", b"or") and not holds_clauses:
        follows = near.form(word + 1)
        if follows in FINITE or follows in SUBJECTS or follows == b"that":
            return True
        if follows.endswith(b"s") and near.form(word + 2) in DETERMINERS and near.form(word + 2) != b"that":
            return True  # "may sink and blocks the port"
        return follows in DETERMINERS and _finite_ahead(near, word + 1)
    return False


def _finite_ahead(near: Surroundings, word: int) -> bool:
    """Whether an auxiliary stands among the next words, before any mark, relative or conjunction."""
    for at in range(word, min(word + 8, len(near.forms))):
        form = near.forms[at]
        if form in FINITE or form in SUBJECTS:
            return True
        if form in _RELATIVES or form in _BEGINS_CLAUSE or near.parted(at):
            return False
    return False


def _clause_start(near: Surroundings, word: int) -> int:
    """Where the clause begins that holds a word, its subject or relative pronoun included."""
    depth = 0
    at = word
    while at > 0:
        gap, form = near.gap(at - 1), near.forms[at - 1]
        depth += gap.count(")") - gap.count("(")
        if depth < 0:
            return at
        if depth == 0:
            if _STOP.search(gap):
                return at
            if _COMMA.search(gap) and not _listed(near, at, word):
                return at
            if form in _BEGINS_CLAUSE or (form in _SAYING and at < word):
                return at
            shown = form == b"that" and at > 1 and not near.parted(at - 2)
            if form in (b"which", b"who") or shown or (form == b"that" and at == word):
                return at - 1 if at == word else at
            if form in (b"but", b"yet") or (
                form in (b"and", b"or") and (at == word or _verb_before(near, at - 1))
            ):
                return at
        at -= 1
    return 0


def _listed(near: Surroundings, at: int, word: int) -> bool:
    """Whether the comma before word `at` parts members of a list that ends before the verb at `word`."""
    return near.forms[at] in (b"and", b"or") and not any(f in FINITE for f in near.forms[at + 1 : word])


def _verb_before(near: Surroundings, word: int) -> bool:
    """Whether an auxiliary stands shortly before a word, so that a conjunction there joins clauses."""
    for at in range(word - 1, max(word - 15, -1), -1):
        if near.forms[at] in FINITE:
            return True
        if near.forms[at] == b"that" or near.parted(at - 1 if at else 0):
            return False
    return False


def _lead(near: Surroundings, first: int) -> int:
    """The first of the auxiliaries, negations and adverbs right before a verb."""
    at = first
    while (
        at > 0
        and not near.parted(at - 1)
        and (near.forms[at - 1] in _BETWEEN or near.forms[at - 1].endswith(b"ly"))
    ):
        at -= 1
    return at


def _subject_start(near: Surroundings, first: int) -> int:
    """Where the clause begins whose verb group leads up to the cue.

    A comma right before the verb group closes an insertion, so that the clause begins further to the left.
    """
    lead = _lead(near, first)
    if lead > 0 and _COMMA.search(near.gap(lead - 1)):
        opening = next((at for at in range(lead - 2, -1, -1) if _COMMA.search(near.gap(at))), None)
        if opening is not None and lead - opening < 20:
            return _clause_start(near, opening)
    return _clause_start(near, lead)


def _fronted(near: Surroundings, first: int) -> bool:
    """Whether the clause of the cue ends at the next comma: one that came first in its sentence, or an inserted one."""
    lead = _lead(near, first)
    start = _clause_start(near, lead)
    if near.forms[start] in (b"which", b"who", b"that"):
        return start > 0 and _COMMA.search(near.gap(start - 1)) is not None
    if start > 0 and near.forms[start - 1] in _BEGINS_CLAUSE:
        return start == 1 or near.parted(start - 2) or near.forms[0] == b"to"
    return False


# ---- one rule a kind


def _modal(near: Surroundings, first: int, last: int) -> Stretch | None:
    end = _clause_end(near, last, fronted=_fronted(near, first))
    at = last
    while (
        near.form(at) in NEGATIONS
        or near.form(at).endswith(b"ly")
        or near.form(at) in (b"also", b"then", b"still")
    ):
        at += 1
    if near.form(at) == b"have":
        at += 1
    passive = near.form(at) in (b"be", b"been") and _participle(near.form(at + 1), near.form(at + 2))
    if passive:
        return _subject_start(near, first), end
    return (first, end) if end > last else (_subject_start(near, first), end)


def _participle(form: bytes, following: bytes) -> bool:
    if form.endswith(b"ly"):
        form = following
    return form.endswith((b"ed", b"wn", b"ught", b"ken", b"ten", b"sen", b"ven")) or form in (
        b"made", b"held", b"sold", b"told", b"found", b"lost", b"built", b"put", b"cut", b"seen", b"done", b"kept",
        b"left", b"paid", b"sent", b"hit", b"shut", b"set", b"led", b"said", b"understood", b"drawn", b"torn",
    )  # fmt: skip


def _verb(near: Surroundings, first: int, last: int) -> Stretch | None:
    form = near.forms[first]
    lead = _lead(near, first)
    verbs = near.forms[lead:first]
    subject = near.before(lead)
    passive = _participle(form, b"") and (
        any(f in BE for f in verbs) or (subject in CONTRACTED and near.gap(lead - 1).startswith("'s"))
    )
    follows = near.after(last)
    reduced = not verbs and _participle(form, b"") and follows in (b"to", b"of") and subject not in _PRONOUNS
    if lead > 0 and near.parted(last - 1) and not passive and _COMMA.search(near.gap(lead - 1)) is None:
        told = _clause_start(near, lead)
        if told > 0 and _COMMA.search(near.gap(told - 1)):  # "The wall will fall, he claims."
            start = _clause_start(near, told - 1)
            inserted = _COMMA.search(near.gap(last - 1)) is not None
            return start, _clause_end(near, last) if inserted else last
    raised = form.startswith(_RAISING)
    fronted = _fronted(near, first)
    end = _clause_end(
        near, last, holds_clauses=near.form(last) == b"that" or form.endswith(b"ing"), fronted=fronted
    )
    if subject in _EXPLETIVE and (passive or raised) and near.form(last) != b"to":
        return (first, end) if end > last else None
    if passive or reduced or raised:
        return _subject_start(near, first), end
    return (first, end) if end > last else None


def _noun(near: Surroundings, first: int, last: int) -> Stretch | None:
    follows = near.after(last)
    if follows == b"that" or (follows in BE and near.form(last + 1) == b"that"):
        return first, _clause_end(near, last + 1, holds_clauses=True)
    if follows in _OF_THE_NOUN or follows == b"to":
        return first, _phrase_end(near, last + 1)
    if follows in SUBJECTS:
        return first, _clause_end(near, last)
    return None


def _phrase_end(near: Surroundings, last: int) -> int:
    """Where the noun phrase ends that goes on at word `last`, with the phrases that belong to its noun."""
    at = last
    while at < len(near.forms) and (at == last or not near.parted(at - 1)):
        form = near.forms[at]
        noun = form == b"will" and near.form(at + 1) in FINITE  # "a second will was found"
        if at > last and (
            (form in FINITE and not noun)
            or form in _RELATIVES
            or form in _BEGINS_CLAUSE
            or form in (b"to", b"by", b"but")
            or (form in PREPOSITIONS and form not in _OF_THE_NOUN)
            or (form == b"on" and near.form(at + 1).endswith(b"day"))
            or (form in (b"and", b"or") and (near.form(at + 1) in FINITE or _finite_ahead(near, at + 1)))
            or form in _SAYING
        ):
            break
        at += 1
    return at


def _adjective(near: Surroundings, first: int, last: int) -> Stretch | None:
    lead = _lead(near, first)
    subject = near.before(lead)
    linked = any(f in BE for f in near.forms[lead:first]) or subject.endswith((b"'re", b"'m"))
    linked = linked or (subject in CONTRACTED and near.gap(lead - 1).startswith("'s"))
    follows = near.after(last)
    if follows in (b"that", b"whether", b"if"):
        return first, _clause_end(near, last, holds_clauses=True)
    if follows == b"to":
        end = _clause_end(near, last, fronted=_fronted(near, first))
        return (_subject_start(near, first) if linked and subject not in _EXPLETIVE else first), end
    if not follows or follows in PREPOSITIONS or follows in FINITE or follows in _JOINING:
        if linked or not (lead == first or follows in (b"and", b"or", b"but")):
            return _subject_start(near, first), last
        return (first, _phrase_end(near, last)) if follows in (b"and", b"or", b"but") else None
    if near.forms[first] == b"likely" and near.before(lead) not in DETERMINERS:
        return first, _clause_end(near, last, fronted=_fronted(near, first))  # "it most likely fell"
    return first, _phrase_end(near, last)


def _adverb(near: Surroundings, first: int, last: int) -> Stretch | None:
    gap = near.gap(last - 1)
    if not gap or (near.parted(last - 1) and not _COMMA.search(gap)):
        start = first - 1 if first and _COMMA.search(near.gap(first - 1)) else first
        start = _clause_start(near, start)
        return (start, last) if start < first else None
    if near.before(first) in DETERMINERS and near.before(first) != b"that":  # "a possibly stolen car"
        return first, last + 1
    return first, _clause_end(near, last, fronted=_fronted(near, first))


def _approximator(near: Surroundings, first: int, last: int) -> Stretch | None:
    cue = b" ".join(near.forms[first:last]).decode("latin-1")
    if cue in _BEHIND_QUANTITY:
        start = first
        while start > max(0, first - 5) and not near.parted(start - 1):
            start -= 1
            form = near.forms[start]
            if _counts(near, start) or form in DETERMINERS:
                while start > 0 and near.gap(start - 1) in (",", "."):  # "1,000"
                    start -= 1
                return start, last
        return None
    at = last
    while at < len(near.forms) and near.form(at) in DETERMINERS and not near.parted(at - 1):
        at += 1
    while at < len(near.forms) and (_counts(near, at) or _inner(near, at) or _range(near, at, last)):
        if at > last and near.parted(at - 1):
            return first, at
        at += 1
    if at == len(near.forms) or (at > last and near.parted(at - 1)):
        return first, at
    if near.form(at) == b"of" and (near.form(at - 1) in _PARTS or "%" in near.gap(at - 1)):
        return first, _phrase_end(near, at + 1)
    if near.form(at) in PREPOSITIONS or near.form(at) in FINITE or near.form(at) in DETERMINERS:
        return (first, at) if at > last else None
    for end in range(at, min(at + 3, len(near.forms))):
        form = near.forms[end]
        if end > at and (
            near.parted(end - 1) or form in FINITE or form in PREPOSITIONS or form in DETERMINERS
        ):
            break
        if form in _PLURALS or (form.endswith(b"s") and not form.endswith(b"ss")):
            return first, end + 1
    return first, at + 1


def _counts(near: Surroundings, word: int) -> bool:
    """Whether a word is a number."""
    return near.form(word) in _COUNTED or near.form(word)[:1].isdigit()


def _range(near: Surroundings, word: int, last: int) -> bool:
    """Whether a word joins two numbers: "40 to 50", "between 40 and 50"."""
    joins = near.form(word) in (b"to", b"or") or (
        near.form(word) == b"and" and near.form(last - 1) == b"between"
    )
    return joins and word > last and _counts(near, word - 1) and _counts(near, word + 1)


def _inner(near: Surroundings, word: int) -> bool:
    """Whether a word goes on from a number without a space: "1,000", "3 p.m.", "40-year"."""
    return word > 0 and near.gap(word - 1) in (",", ".", "-", "/") and near.form(word - 1)[:1].isdigit()


def _conditional(near: Surroundings, first: int, last: int) -> Stretch | None:
    head = first == 0 or near.parted(first - 1) or (near.forms[0] == b"to" and first < 5)
    end = _clause_end(near, last, fronted=head)
    return (first, end) if end > last else None


_RULES: dict[str, Callable[[Surroundings, int, int], Stretch | None]] = {
    "modal": _modal,
    "verb": _verb,
    "noun": _noun,
    "adjective": _adjective,
    "adverb": _adverb,
    "approximator": _approximator,
    "conditional": _conditional,
}
