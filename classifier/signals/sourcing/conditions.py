"""When a word of the lexicon is no cue of sourcing: conditions named in cues.tsv."""

from collections.abc import Callable, Mapping

from classifier.signals.scan import Context
from classifier.signals.sourcing.clause import AUXILIARIES, BE, DETERMINERS, PREPOSITIONS, PRONOUNS

Condition = Callable[[Context, int, int], bool]


def noun_use(context: Context, word: int, last: int) -> bool:
    """A noun or a name, not the verb: "the report of", "United States", "false claims", "days of protest"."""
    forms = context.forms
    after = forms[last] if last < len(forms) else b""
    if not word or context.sentence_of[word - 1] != context.sentence_of[word]:
        return after == b"of" or not forms[word].endswith((b"ed", b"ing"))
    before = forms[word - 1]
    if before in DETERMINERS and before not in ALSO_SUBJECTS:
        return True
    if after == b"of" or context.gap(word - 1).startswith(("'s", "' ")) or before in PREPOSITIONS - {b"to"}:
        return True
    if forms[word].endswith((b"ed", b"ing")):
        return False
    plain = context.text.plain
    capital = plain[context.starts[word - 1]].isupper()
    if (
        plain[context.starts[word]].isupper()
        and not plain[context.starts[word] : context.starts[word] + 2].isupper()
    ):
        return True
    if before in PRONOUNS or before in AUXILIARIES or before == b"to" or capital:
        return False
    # "the president claims" against "false claims": a clause must follow.
    return (
        after not in CLAUSE_OPENERS
        and after != b"that"
        and not context.gap(last - 1).strip().startswith((":", ",", '"'))
    )


ALSO_SUBJECTS = frozenset(b"that all both each some many most few others one".split())


def bare_object(context: Context, word: int, last: int) -> bool:
    """No clause, name or definite thing follows: "214 confirmed cases", "deny funding"."""
    del word
    if last >= len(context.forms):
        return False
    if context.gap(last - 1).strip():
        return False
    following = context.forms[last]
    return not (
        following in DETERMINERS
        or following in PRONOUNS
        or following in (b"that", b"to", b"there")
        or context.text.plain[context.starts[last]].isupper()
        or context.quoted[last]
    )


def taken_object(context: Context, word: int, last: int) -> bool:
    """A claim laid to lives, titles or insurance money is no assertion."""
    window = context.forms[last : last + 5]
    if noun_use(context, word, last):
        return True
    if any(w in _TAKEN for w in window) and b"that" not in window:
        return True
    return (
        bool(window)
        and window[0] in DETERMINERS
        and not any(w in VERBAL or w.endswith(b"ed") for w in context.forms[last + 1 : last + 14])
    )


_TAKEN = frozenset(
    b"lives life victory credit responsibility title cup prize championship benefits asylum damages"
    b" compensation".split()
)
VERBAL = frozenset(
    b"is are was were be been has have had will would can could may might must did does do".split()
)


def proposal(context: Context, word: int, last: int) -> bool:
    """A suggestion of what to do: a thing or an -ing form follows, no clause."""
    window = context.forms[last : last + 1]
    if not window or b"that" in context.forms[last : last + 6]:
        return False
    nearest = window[0]
    if nearest.endswith(b"ing"):
        return True
    if noun_use(context, word, last):
        return True
    return nearest in (b"a", b"an", b"to") and not any(w in VERBAL for w in context.forms[last : last + 8])


def by_measure(context: Context, word: int, last: int) -> bool:
    """Arranged by something: no comma before it and nobody behind it."""
    if last >= len(context.forms):
        return True
    if context.forms[last] in (
        b"plan",
        b"plans",
        b"size",
        b"schedule",
        b"need",
        b"needs",
        b"taste",
        b"law",
        b"custom",
        b"length",
        b"age",
        b"type",
    ):
        return True
    opens = word == 0 or context.sentence_of[word - 1] != context.sentence_of[word]
    before = context.gap(word - 1) if word else ""
    if (
        opens
        or any(c in before for c in ',"\u2014\u2013:;)')
        or context.forms[word - 1] in (b"and", b"but", b"that")
    ):
        return False
    sentence = context.sentence_of[word]
    near = [i for i in range(last, min(last + 6, len(context.forms))) if context.sentence_of[i] == sentence]
    return not any(context.text.plain[context.starts[i]].isupper() for i in near)


def without_that(context: Context, word: int, last: int) -> bool:
    """A thought or a finding counts only with a clause for its content."""
    forms = context.forms
    window = forms[last : last + 3]
    if b"that" in window[:2]:
        return False
    if (word and forms[word - 1] in BE) or (word > 1 and forms[word - 2] in BE):
        return window[:1] not in ([b"to"], [b"by"])
    if not window:
        return True
    following = [
        forms[i]
        for i in range(last, min(last + 7, len(forms)))
        if context.sentence_of[i] == context.sentence_of[word]
    ]
    return window[0] not in CLAUSE_OPENERS or not any(w in VERBAL or w.endswith(b"ed") for w in following[1:])


CLAUSE_OPENERS = frozenset(
    b"the a an he she it they we i you there this these those his her its their our my".split()
)


def without_that_after(context: Context, word: int, last: int) -> bool:
    """A noun of saying counts only with its content: "that" right behind it."""
    del word
    return context.forms[last : last + 1] != [b"that"] or context.gap(last - 1) != " "


def without_content(context: Context, word: int, last: int) -> bool:
    """A verb that also has other uses: it needs "that", a quotation, or a comma beside it."""
    if b"that" in context.forms[last : last + 4]:
        return False
    after = context.gap(last - 1).strip()
    before = context.gap(word - 1).strip() if word else ""
    quoted_before = word > 0 and context.quoted[word - 1]
    if (
        after.startswith((":", ",", '"'))
        or quoted_before
        or (before.endswith((",", '"')) and not after.startswith("."))
    ):
        return False
    return not any(context.quoted[i] for i in range(last, min(last + 5, len(context.quoted))))


def without_quotation(context: Context, word: int, last: int) -> bool:
    """A verb that passes words on only beside a quotation: "he continued"."""
    near = (*range(max(word - 4, 0), word), *range(last, min(last + 4, len(context.quoted))))
    return not any(context.quoted[i] for i in near)


_EVIDENCE = frozenset(
    b"poll polls survey surveys report reports study studies data figures records record research results analysis"
    b" documents numbers evidence images statistics findings tests test review audit emails surveys polling".split()
)


def without_evidence(context: Context, word: int, last: int) -> bool:
    """To show or find something says it only if a paper does it, or a clause follows."""
    if not any(form in _EVIDENCE for form in context.forms[max(word - 4, 0) : word]):
        return without_that(context, word, last)
    return context.sentence_of[last : last + 1] != context.sentence_of[word : word + 1]


UNLESS: Mapping[str, Condition] = {
    "bare_object": bare_object,
    "noun_use": noun_use,
    "taken_object": taken_object,
    "proposal": proposal,
    "by_measure": by_measure,
    "without_that": without_that,
    "without_that_after": without_that_after,
    "without_content": without_content,
    "without_evidence": without_evidence,
    "without_quotation": without_quotation,
}
