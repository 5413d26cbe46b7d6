"""What kind of source speaks, and whether it is named; `cast` says which sources are the same.

Person: one human being by name or by a role that picks out one. Organisation, document, and two sorts of anonymous
sources: `withheld` (somebody in particular, not identified) and `class` (a sort of people). See page.md.
"""

import re
from typing import NamedTuple

from classifier.signals.lexicon import read_lexicon
from classifier.signals.scan import Context
from classifier.signals.sourcing.clause import DETERMINERS, PREPOSITIONS, PRONOUNS, Stretch, is_pronoun
from classifier.text.fold import lowered
from classifier.text.words import words as split

SOURCE_KINDS = ("person", "organisation", "document", "withheld", "class")

_INDEFINITE = frozenset(
    b"a an one another some several many two three four five six ten few most other".split()
)
TITLES = frozenset(b"mr mrs ms miss dr prof sen rep gov gen sir lord rev judge".split())
RELATIVES = frozenset(b"who which that whose whom".split())
SPOKESPEOPLE = frozenset(b"spokesman spokeswoman spokesperson".split())
FIRST_PERSON = frozenset(b"i me my we us our".split())
GENDER_OF = {
    **dict.fromkeys((b"he", b"him", b"his", b"himself"), "m"),
    **dict.fromkeys((b"she", b"her", b"hers", b"herself"), "f"),
}
_PRONOUNS = (PRONOUNS - {b"one"}).union(
    RELATIVES, FIRST_PERSON, GENDER_OF, b"it its they their them you your".split()
)
_AFTER_HEAD = frozenset(
    b"familiar close briefed published released issued compiled conducted commissioned seen obtained leaked written"
    b" signed polled surveyed quoted interviewed contacted".split()
)
_REFLEXIVES = frozenset(b"himself herself itself themselves".split())
_AFTER_NAME = frozenset(b"jr sr ii iii iv".split())
# "secretary of state"
_OFFICES = frozenset(b"state staff defense defence government counsel mission".split())
_AMOUNTS = frozenset(
    b"percent half third quarter majority minority group groups number handful couple dozens hundreds thousands tens"
    b" millions most some many several few all one two three four five six seven eight nine ten none each lot scores"
    b" plurality share members any both neither either".split()
)
_HIDDEN = frozenset(b"source sources circle insider insiders entourage".split())
_POLLS = frozenset(b"poll polls survey surveys".split())
_DOMAINS = frozenset(b"com org net".split())
_NOUNS = frozenset(("person", "people", "withheld", "document"))
_PLURAL_ENDINGS = (b"ists", b"crats", b"ians", b"ants", b"ents")
_SMALL = DETERMINERS | PREPOSITIONS
_BEFORE_NAMES = frozenset(("person", "title"))
_BESIDE_PERSONS = frozenset(("person", "title", "male", "female", "withheld"))
_FORENAMES = frozenset(("forename.male", "forename.female"))
_PROPER_BODIES = frozenset(
    b"reuters ap afp bbc cnn fbi cia nsa doj fsb nato cdc fda epa irs kremlin pentagon congress senate".split()
)
_PERSONAL_ENDINGS = (b"er", b"or", b"ist", b"ian", b"man", b"woman", b"ant", b"ent")
_BODY_ENDINGS = (b"ity", b"tion", b"ment", b"ship", b"hood", b"ry", b"dom")
_PARTING = re.compile(r"[,()]")
_PARTS = frozenset(b"van von de del der la le al bin ibn o'".split())


WORDS = read_lexicon(__package__, "sources.tsv")
_NONE: frozenset[str] = frozenset()
_CLASSES: dict[bytes, frozenset[str]] = {}
for _entry in WORDS.entries:
    for _form in _entry.forms:
        # Most are one plain word, and `split` takes its time over it.
        _key = _form.encode() if _form.isascii() and _form.isalpha() else b" ".join(split(_form).forms)
        _CLASSES[_key] = _CLASSES.get(_key, _NONE) | {_entry.kind}
_CLASSES.update({title: _CLASSES.get(title, _NONE) | {"title"} for title in TITLES})
_LAST_OF_PAIRS = frozenset(form.rsplit(b" ", 1)[1] for form in _CLASSES if b" " in form)
_WRITTEN = {form.decode("latin-1"): kinds for form, kinds in _CLASSES.items()}


def classes_of(word: str) -> frozenset[str]:
    """The sorts of sources a lower-cased word speaks of, and what it tells of a name: see `sources.tsv`."""
    return _WRITTEN.get(word, _NONE)


def classes_of_form(form: bytes) -> frozenset[str]:
    """The same for a form of `Words.forms`."""
    return _CLASSES.get(form, _NONE)


class WordClasses:
    """Which sorts of sources a word of a text speaks of: person, people, organisation, document ...

    Only words inside source phrases are asked for, so the whole text is never looked through for them.
    """

    def __init__(self, context: Context) -> None:
        self._forms = context.forms

    def get(self, word: int) -> frozenset[str]:
        """The classes of a word; a term of two words ("coast guard") is known by its last."""
        form = self._forms[word]
        if word and form in _LAST_OF_PAIRS:
            pair = _CLASSES.get(self._forms[word - 1] + b" " + form)
            if pair is not None:
                return pair
        return _CLASSES.get(form, _NONE)


class Source(NamedTuple):
    """What is known of one source span."""

    kind: str  # one of SOURCE_KINDS
    named: bool
    key: str  # equal keys are the same source; "" where nothing can be said
    gender: str  # "m", "f" or ""
    pronoun: bool
    head: bytes = b""  # the noun that says what it is: "minister", "survey"; b"" for a bare name
    forename: str = ""  # of a person called by first and last name
    name: Stretch | None = None  # words of a person's name


def classify(context: Context, classes: WordClasses, words: Stretch, shouted: bool) -> Source:
    """Kind, name and identity of the source at `words`; `shouted`: the sentence is written in capitals throughout."""
    forms = context.forms
    first, last = words
    if last - first > 1 and forms[last - 1] in _REFLEXIVES:
        last -= 1
        words = first, last
    if last - first == 1 and _is_pronoun(context, first):
        return _pronoun(_bare(forms[first]))
    if not shouted:
        name = _plain_name(context, words)
        if name is not None:
            return _person(context, name, _gender(context, classes, words) if last - first > 1 else "")
    if _abbreviated_body(context, words):
        return Source("organisation", True, _phrase(forms, words), "", False)
    parts = _parts(context, words)
    heads = [_head(context, classes, part) for part in parts]
    shown = context.text.plain[context.starts[first] : context.ends[last - 1]]
    names = []
    if shown[:1].isupper() or not shown.islower():
        names = [
            n
            for part, head in zip(parts, heads, strict=True)
            if not (forms[part[0]] in RELATIVES and _is_pronoun(context, part[0]))
            for n in _names(context, classes, (part[0], head + 1), shouted)
        ]
    head = heads[0]
    kinds_of_head = classes.get(head)
    if not names and _asked_for_secrecy(forms[first:last]):
        gender = _gender(context, classes, words)
        return Source("withheld", False, _phrase(forms, words), gender, False, forms[head])
    if names and names[0][0] < parts[0][1] and names[0][1] > head:  # the name is what the phrase is built on
        kind = _kind_of_name(context, classes, words, names[0], kinds_of_head, shouted)
        apposed = (  # "Guardian, the mayor"
            kind == "organisation"
            and names[0][1] - names[0][0] == 1
            and forms[first] not in DETERMINERS
            and any("person" in classes.get(h) for h in heads[1:])
        )
        if kind == "person" or apposed:
            name = names[-1] if len(parts) == 1 else names[0]
            return _person(context, name, _gender(context, classes, words))
        if kind == "organisation":
            return Source("organisation", True, _phrase(forms, words), "", False, forms[head])
    return _described(context, classes, words, parts, heads, names, shouted)


def _plain_name(context: Context, words: Stretch) -> Stretch | None:
    """A few capitalised words of which nothing tells that they are no person's name, with what follows a comma.

    Most sources are called so, and nothing else need be asked about them.
    """
    first, last = words
    forms, plain, starts, ends = context.forms, context.text.plain, context.starts, context.ends
    at, begin, known = first, first, _NONE
    while True:
        if not plain[starts[at]].isupper() or forms[at] in _SMALL:
            return None
        known = _CLASSES.get(forms[at], _NONE)
        at += 1
        if at == last:
            break
        gap = plain[ends[at - 1] : starts[at]]
        if gap == ", " and at < last - 1:
            break
        if known and not known.isdisjoint(_BEFORE_NAMES) and known <= _BESIDE_PERSONS:  # "Mr.", "President"
            if gap not in (" ", ". "):
                return None
            begin = at
        elif gap != " " or at - begin > 3 or not known <= _FORENAMES:
            return None
    if known or at == begin or plain[starts[at - 1] : ends[at - 1]].isupper():
        return None
    if at - first == 1 and forms[first].endswith(_PLURAL_ENDINGS):
        return None
    return begin, at


def _described(
    context: Context,
    classes: WordClasses,
    words: Stretch,
    parts: list[Stretch],
    heads: list[int],
    names: list[Stretch],
    shouted: bool,
) -> Source:
    """A source that is called by what it is, with or without a name beside it."""
    forms = context.forms
    first = words[0]
    head = heads[0]
    form, kinds = forms[head], classes.get(head)
    phrase = _phrase(forms, words)
    is_person = any("person" in classes.get(h) for h in heads)
    plural = form.endswith(b"s") and not form.endswith((b"ss", b"us"))
    if form[:1].isdigit() and form.isdigit():
        return Source("class", False, phrase, "", False, form)
    if "document" in kinds:
        return _document(context, classes, words, head, shouted)
    if "organisation" in kinds and not ("person" in kinds and names):
        named = _names_a_body(context, classes, words, shouted)
        return Source("organisation", named, phrase, "", False, form)
    if form in _HIDDEN or (
        "withheld" in kinds and (plural or forms[first] in _INDEFINITE or is_indefinite(forms, words))
    ):
        if names and len(parts) > 1:
            return _person(context, names[-1], _gender(context, classes, words))
        return Source("withheld", False, phrase, _gender(context, classes, words), False, form)
    if "people" in kinds or (plural and not is_person):
        if names and len(parts) > 1:
            # "experts, including Ada Holm"
            return _person(context, names[-1], _gender(context, classes, words))
        return Source("class", False, phrase, "", False, form)
    if names:
        return _person(context, names[-1], _gender(context, classes, words))
    if "place" in kinds:
        return Source("organisation", True, phrase, "", False, form)
    if is_person:
        return Source("person", False, phrase, _gender(context, classes, words), False, form)
    if form.endswith(_BODY_ENDINGS):
        return Source("organisation", False, phrase, "", False, form)
    if form.endswith(_PERSONAL_ENDINGS):
        return Source("person", False, phrase, _gender(context, classes, words), False, form)
    if forms[first] == b"the":
        return Source("organisation", False, phrase, "", False, form)
    return Source("person", False, phrase, _gender(context, classes, words), False, form)


def _phrase(forms: list[bytes], words: Stretch) -> str:
    return b" ".join(f for f in forms[words[0] : words[1]] if f not in DETERMINERS).decode("latin-1")


def _person(context: Context, name: Stretch, gender: str) -> Source:
    forms, last = context.forms, name[1]
    while last - name[0] > 1 and forms[last - 1] in _AFTER_NAME:
        last -= 1
    forename = ""
    if last - name[0] > 1:
        forename = lowered(context.shown(name[0]))
        told = classes_of(forename)
        if not gender and "forename.male" in told:
            gender = "m"
        elif not gender and "forename.female" in told:
            gender = "f"
    key = lowered(context.shown(last - 1))
    return Source("person", True, key, gender, False, b"", forename, name)


def _kind_of_name(
    context: Context, classes: WordClasses, words: Stretch, name: Stretch, head: frozenset[str], shouted: bool
) -> str:
    """Whose name it is that a phrase is built on: "person", "organisation", or "" for a sort of people or a paper."""
    forms = context.forms
    own = [classes.get(i) for i in range(*name)]
    begin = name[0] - 1
    announced = begin >= words[0] and (forms[begin] in TITLES or "person" in classes.get(begin))
    if announced and not ("organisation" in own[-1] and len(own) > 1):
        return "person"
    if "document" in head or "people" in head:
        return ""
    if any("organisation" in o for o in own) or _called_a_body(context, classes, words, name):
        return "organisation"
    forename = len(own) > 1 and bool(own[0] & {"forename.male", "forename.female"})
    if forename:
        return "person"
    if "place" in own[-1] or ("demonym" in own[0] and len(own) > 1):
        return "organisation"
    if _capitals_beside_words(context, name):
        return "organisation"
    shown = context.shown(name[1] - 1)
    if len(own) == 1 and len(shown) > 1 and shown.isupper() and not shouted:
        return "organisation"  # "HP"
    if forms[words[0]] == b"the" and name[0] == words[0] + 1:
        return "organisation"  # "the Vale Courant"
    return "person"


def _document(context: Context, classes: WordClasses, words: Stretch, head: int, shouted: bool) -> Source:
    """A paper; with the name of the body it comes from, that body."""
    phrase = _phrase(context.forms, words)
    form = context.forms[head]
    for name in _all_names(context, words, shouted):
        before_poll = form in _POLLS and name[0] < head <= name[1] and not _belongs(classes, name, head)
        if (
            _bodily(context, classes, name)
            or _after_by(context, words, name)
            or before_poll
            or (
                name[1] <= head
                and name[1] - name[0] == 1
                and context.shown(name[0]).isupper()
                and not shouted
            )
        ):
            return Source("organisation", True, phrase, "", False, form)
    named = not shouted and head > words[0] and _capital(context, head, shouted)
    return Source("document", named, phrase, "", False, form)


def _belongs(classes: WordClasses, name: Stretch, head: int) -> bool:
    """Whether a name before a noun only tells of where: "a Florida poll"."""
    return all(classes.get(i) & {"place", "demonym"} for i in range(name[0], min(name[1], head)))


def _names_a_body(context: Context, classes: WordClasses, words: Stretch, shouted: bool) -> bool:
    """Whether the name of a body itself stands in its phrase, and not only whose it is or where."""
    for name in _all_names(context, words, shouted):
        if all("demonym" in classes.get(i) for i in range(*name)):
            continue
        owner = name[1] < words[1] and context.gap(name[1] - 1).startswith(("'s", "' "))
        if not owner or _bodily(context, classes, name) or b"campaign" in context.forms[name[1] : words[1]]:
            return True
    return False


def _abbreviated_body(context: Context, words: Stretch) -> bool:
    """ "the F.B.I.", "U.S."."""
    last = words[1] - 1
    if context.ends[last] - context.starts[last] > 1:
        return context.forms[last] in _DOMAINS and last > words[0] and context.gap(last - 1) == "."
    first = words[0] + (context.forms[words[0]] == b"the")
    return words[1] - first > 1 and all(
        context.ends[i] - context.starts[i] == 1 and context.shown(i).isupper()
        for i in range(first, words[1])
    )


def _asked_for_secrecy(forms: list[bytes]) -> bool:
    """ "who declined to be named", "who requested anonymity"."""
    if b"anonymity" in forms or b"anonymously" in forms:
        return True
    hidden = b"named" in forms or b"identified" in forms
    return hidden and any(f in (b"not", b"declined", b"refused", b"without") for f in forms)


def is_indefinite(forms: list[bytes], words: Stretch) -> bool:
    """Whether a phrase begins with a word for an uncertain number of people, or with a bare plural."""
    return forms[words[0]] in _INDEFINITE or forms[words[0]] not in DETERMINERS


def _is_pronoun(context: Context, word: int) -> bool:
    form = context.forms[word]
    if form in PRONOUNS:
        return form in _PRONOUNS and is_pronoun(context, word)
    return form in _PRONOUNS or (b"'" in form and _bare(form) in _PRONOUNS)


def _bare(form: bytes) -> bytes:
    """A pronoun without the verb joined to it: who've, they're."""
    return form.partition(b"'")[0]


def _pronoun(form: bytes) -> Source:
    if form in (b"they", b"their", b"them"):
        return Source("class", False, "", "", True, form)
    if form in (b"it", b"its", b"which", b"that"):
        return Source("organisation", False, "", "", True, form)
    return Source("person", False, "", GENDER_OF.get(form, ""), True, form)


def _parts(context: Context, words: Stretch) -> list[Stretch]:
    """The phrase and its appositions: stretches between commas and brackets."""
    parts, start = [], words[0]
    piece = context.text.plain[context.starts[words[0]] : context.ends[words[1] - 1]]
    if "," in piece or "(" in piece:
        for at in range(words[0], words[1] - 1):
            if _PARTING.search(context.gap(at)):
                parts.append((start, at + 1))
                start = at + 1
    parts.append((start, words[1]))
    return parts


def _head(context: Context, classes: WordClasses, part: Stretch) -> int:
    """The noun a phrase is built on: the last word before a preposition, a relative or what was done to it.

    Of "a group of rabbis" and "52 percent of voters" it is the noun behind.
    """
    forms = context.forms
    at = part[0] + 1
    while at < part[1]:
        form = forms[at]
        if form in PREPOSITIONS:
            behind = forms[at + 1] if at + 1 < part[1] else b""
            if form == b"of" and behind in _OFFICES:
                at += 2
                continue
            amount = form in (b"of", b"in") and (forms[at - 1] in _AMOUNTS or forms[at - 1].isdigit())
            if not amount:
                return at - 1
        elif form in RELATIVES or form in _AFTER_HEAD or _tells_of(context, classes, at):
            return at - 1
        at += 1
    return part[1] - 1


def _tells_of(context: Context, classes: WordClasses, word: int) -> bool:
    """Whether a participle stands behind a noun for a source, both written small: "voters supporting ..."."""
    return (
        context.forms[word].endswith((b"ing", b"ed"))
        and not _capital(context, word, False)
        and not _capital(context, word - 1, False)
        and not classes.get(word - 1).isdisjoint(_NOUNS)
    )


def _capital(context: Context, word: int, shouted: bool) -> bool:
    if shouted:
        return context.forms[word] not in DETERMINERS and context.forms[word] not in PREPOSITIONS
    return context.text.plain[context.starts[word]].isupper()


def _names(context: Context, classes: WordClasses, part: Stretch, shouted: bool) -> list[Stretch]:
    """Runs of capitalised words that can be the name of the source itself, in one part of its phrase up to its head.

    Left out: what stands behind a preposition ("of the Kiel office"), before a possessive 's, before a word for
    a sort of source ("a Russian researcher"), a word for where somebody belongs ("several Republican
    candidates"), and a plain word that is capitalised because it opens the sentence.
    """
    forms, found = context.forms, []
    at, stop = part
    while at < stop:
        if forms[at] in DETERMINERS or _is_pronoun(context, at) or not _capital(context, at, shouted):
            at += 1
            continue
        run = at + 1
        while (
            run < stop
            and (_capital(context, run, shouted) or forms[run] in _PARTS)
            and _joined(context, run - 1)
        ):
            run += 1
        begin = at
        for i in range(at, run - 1):  # "House Speaker Paul Ryan"
            if forms[i] in TITLES or "person" in classes.get(i):
                begin = i + 1
        if not _no_name(context, classes, part, (begin, run), shouted):
            found.append((begin, run))
        at = run
    return found


def _no_name(context: Context, classes: WordClasses, part: Stretch, name: Stretch, shouted: bool) -> bool:
    forms = context.forms
    begin, run = name
    if run < part[1]:
        if context.gap(run - 1).startswith(("'s", "' ")):
            return True
        last = part[1] - 1
        if classes.get(run) & _NOUNS or (
            not _capital(context, last, shouted)
            and (classes.get(last) & _NOUNS or forms[last].endswith(b"s"))
        ):
            return True
        if begin == part[0] and run - begin == 1 and not shouted and forms[begin] not in TITLES:
            return True  # "Police officers", "Senior aides"
    if run - begin > 1:
        return False
    known = classes.get(begin)
    if "demonym" in known:
        return True
    if begin > part[0] and (forms[begin - 1] in TITLES or "person" in classes.get(begin - 1)):
        return False
    opens = begin == 0 or context.sentence_of[begin - 1] != context.sentence_of[begin]
    return bool(known & {"person", "people", "withheld", "document"}) or (
        opens and part[1] - part[0] == 1 and forms[begin].endswith(_PLURAL_ENDINGS)
    )


def _all_names(context: Context, words: Stretch, shouted: bool) -> list[Stretch]:
    """Runs of capitalised words anywhere in a phrase, one that only opens the sentence left out."""
    forms, found, at = context.forms, [], words[0]
    while at < words[1]:
        if _capital(context, at, shouted) and forms[at] not in DETERMINERS and forms[at] not in PREPOSITIONS:
            run = at
            while run < words[1] and _capital(context, run, shouted):
                run += 1
            sentence = context.sentence_of[at]
            opens = at == 0 or context.sentence_of[at - 1] != sentence
            if forms[at] in _PROPER_BODIES or not (
                opens
                and run - at == 1
                and not context.shown(at).isupper()
                and not context.gap(at).startswith("'s")
            ):
                found.append((at, run))
            at = run
        else:
            at += 1
    return found


def _joined(context: Context, word: int) -> bool:
    return context.gap(word) in (" ", ". ", "-", "\n", "  ")


def _bodily(context: Context, classes: WordClasses, name: Stretch) -> bool:
    """Whether a name is that of a body: a word for one stands in it, or it is an acronym beside other words."""
    return any("organisation" in classes.get(i) for i in range(*name)) or _capitals_beside_words(
        context, name
    )


def _capitals_beside_words(context: Context, name: Stretch) -> bool:
    if name[1] - name[0] < 2:
        return False
    shown = [context.shown(i) for i in range(*name) if context.forms[i] not in _AFTER_NAME]
    return any(s.isupper() and len(s) > 2 for s in shown) and not all(s.isupper() for s in shown)


def _called_a_body(context: Context, classes: WordClasses, words: Stretch, name: Stretch) -> bool:
    """Whether a word for a body stands right before a name: "the insurer Brackwater"."""
    if name[0] == words[0] or context.gap(name[0] - 1) != " ":
        return False
    before = classes.get(name[0] - 1)
    if context.forms[name[0] - 1] in _OFFICES:  # "former secretary of state Ada Holm"
        return False
    return "organisation" in before and "person" not in before


def _after_by(context: Context, words: Stretch, name: Stretch) -> bool:
    return any(context.forms[i] in (b"by", b"from") for i in range(max(words[0], name[0] - 2), name[0]))


def _gender(context: Context, classes: WordClasses, words: Stretch) -> str:
    for at in range(*words):
        found = classes.get(at)
        if "male" in found and context.forms[at] != b"his":
            return "m"
        if "female" in found and context.forms[at] != b"her":
            return "f"
    return ""
