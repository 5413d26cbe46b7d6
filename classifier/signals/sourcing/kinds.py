"""What kind of source speaks, whether it is named, and which sources are the same.

Person: one human being by name or by a role that picks out one. Organisation, document, and two sorts of anonymous
sources: `withheld` (somebody in particular, not identified) and `class` (a sort of people). See page.md.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from classifier.signals.lexicon import read_lexicon
from classifier.signals.scan import Context
from classifier.signals.sourcing.clause import DETERMINERS, PREPOSITIONS, Stretch, is_pronoun
from classifier.text.words import words as split

SOURCE_KINDS = ("person", "organisation", "document", "withheld", "class")

_INDEFINITE = frozenset(
    b"a an one another some several many two three four five six ten few most other".split()
)
_TITLES = frozenset(b"mr mrs ms miss dr prof sen rep gov gen sir lord rev judge".split())
_RELATIVES = frozenset(b"who which that whose whom".split())
_AFTER_HEAD = frozenset(
    b"familiar close briefed published released issued compiled conducted commissioned seen obtained leaked written"
    b" signed polled surveyed quoted interviewed contacted".split()
)
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
        _key = b" ".join(split(_form).forms)
        _CLASSES[_key] = _CLASSES.get(_key, _NONE) | {_entry.kind}


class WordClasses:
    """Which sorts of sources a word of a text speaks of: person, people, organisation, document ...

    Only words inside source phrases are asked for, so the whole text is never looked through for them.
    """

    def __init__(self, context: Context) -> None:
        self._forms = context.forms

    def get(self, word: int) -> frozenset[str]:
        """The classes of a word; a term of two words ("coast guard") is known by its last."""
        form = self._forms[word]
        if word:
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


def classify(context: Context, classes: WordClasses, words: Stretch, shouted: bool) -> Source:
    """Kind, name and identity of the source at `words`; `shouted`: the sentence is written in capitals throughout."""
    forms = context.forms
    first, last = words
    if last - first == 1 and is_pronoun(context, first):
        return _pronoun(forms[first])
    parts = _parts(context, words)
    heads = [_head(context, part) for part in parts]
    head = heads[0]
    names = [
        n
        for part in parts
        if forms[part[0]] not in _RELATIVES
        for n in _names(context, classes, part, shouted)
    ]
    head_classes = [classes.get(h) for h in heads]
    gender = _gender(context, classes, words)
    is_person = any("person" in c for c in head_classes)
    is_body = "organisation" in head_classes[0]
    plural = (
        forms[head] not in (b"press", b"congress")
        and forms[head].endswith(b"s")
        and not forms[head].endswith(b"ss")
    )
    tail = forms[names[-1][1] - 1].decode("latin-1") if names else ""
    surname_body = bool(names) and (
        _bodily(context, classes, names[0]) or _called_a_body(context, classes, words, names[0])
    )
    if not names and _asked_for_secrecy(forms[first:last]):
        return Source("withheld", False, "", gender, False)
    if (
        names
        and not surname_body
        and not is_body
        and "people" not in head_classes[0]
        and "document" not in head_classes[0]
    ):
        acronym = context.shown(names[0][0])
        if last - first <= 2 and len(acronym) > 1 and acronym.isupper() and not shouted:
            return Source("organisation", True, acronym.lower(), "", False)
        return Source("person", True, tail, gender, False)
    phrase = b" ".join(f for f in forms[first:last] if f not in DETERMINERS).decode("latin-1")
    if "document" in head_classes[0]:
        within = [
            n
            for n in _all_names(context, words, shouted)
            if _bodily(context, classes, n) or _after_by(context, words, n)
        ]
        return Source("organisation" if within else "document", bool(within), phrase, "", False)
    if is_body or surname_body:
        named = bool(_all_names(context, words, shouted))
        return Source("organisation", named, phrase, "", False)
    if "withheld" in head_classes[0] and (
        plural or forms[first] in _INDEFINITE or is_indefinite(forms, words)
    ):
        return Source("withheld", bool(names), phrase, gender, False)
    if "people" in head_classes[0] or (plural and not is_person):
        named_member = names[-1] if names and len(parts) > 1 else None
        if named_member is not None:
            return Source("person", True, tail, gender, False)
        return Source("class", False, phrase, "", False)
    if is_person:
        if names:
            return Source("person", True, tail, gender, False)
        if forms[first] in (b"a", b"an", b"one", b"another") and "withheld" in head_classes[0]:
            return Source("withheld", False, phrase, gender, False)
        return Source("person", False, phrase, gender, False)
    if forms[head].endswith(_BODY_ENDINGS):
        return Source("organisation", False, phrase, "", False)
    if forms[head].endswith(_PERSONAL_ENDINGS):
        return Source("person", False, phrase, gender, False)
    return Source("organisation" if forms[first] == b"the" else "person", False, phrase, gender, False)


def _asked_for_secrecy(forms: list[bytes]) -> bool:
    """ "who declined to be named", "who requested anonymity"."""
    if b"anonymity" in forms or b"anonymously" in forms:
        return True
    hidden = b"named" in forms or b"identified" in forms
    return hidden and any(f in (b"not", b"declined", b"refused", b"without") for f in forms)


def is_indefinite(forms: list[bytes], words: Stretch) -> bool:
    """Whether a phrase begins with a word for an uncertain number of people, or with a bare plural."""
    return forms[words[0]] in _INDEFINITE or forms[words[0]] not in DETERMINERS


def _pronoun(form: bytes) -> Source:
    if form == b"they":
        return Source("class", False, "", "", True)
    if form in (b"it", b"which"):
        return Source("organisation", False, "", "", True)
    gender = {b"he": "m", b"she": "f"}.get(form, "")
    return Source("person", False, "", gender, True)


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


def _head(context: Context, part: Stretch) -> int:
    """The noun a phrase is built on: the last word before a preposition or a relative."""
    forms = context.forms
    for at in range(part[0] + 1, part[1]):
        if forms[at] in PREPOSITIONS or forms[at] in _RELATIVES or forms[at] in _AFTER_HEAD:
            return at - 1
    return part[1] - 1


def _capital(context: Context, word: int, shouted: bool) -> bool:
    if shouted:
        return context.forms[word] not in DETERMINERS and context.forms[word] not in PREPOSITIONS
    return context.text.plain[context.starts[word]].isupper()


def _names(context: Context, classes: WordClasses, part: Stretch, shouted: bool) -> list[Stretch]:
    """Runs of capitalised words that can be the name of the source itself, in one part of its phrase.

    Left out: what stands behind a preposition ("of the Kiel office"), before a possessive 's, before the word for
    a role ("a Russian researcher"), and a plain word that is capitalised because it opens the sentence.
    """
    forms, found = context.forms, []
    stop = next((i for i in range(part[0] + 1, part[1]) if forms[i] in PREPOSITIONS), part[1])
    at = part[0]
    while at < stop:
        if not _capital(context, at, shouted) or forms[at] in DETERMINERS or is_pronoun(context, at):
            at += 1
            continue
        run = at
        while (
            run < stop
            and (_capital(context, run, shouted) or forms[run] in _PARTS)
            and (run == at or _joined(context, run - 1))
        ):
            run += 1
        begin = at
        while begin < run - 1 and ("person" in classes.get(begin) or forms[begin] in _TITLES):
            begin += 1
        next_is_role = run < stop and bool(classes.get(run) & {"person", "people", "withheld", "document"})
        possessive = context.gap(run - 1).startswith(("'s", "' "))
        lone_role = run - begin == 1 and bool(
            classes.get(begin) & {"person", "people", "withheld", "document"}
        )
        opening = (
            begin == part[0] and run - begin == 1 and run < stop and not shouted
        )  # "Police officers", "Senior aides"
        if not (next_is_role or possessive or lone_role or (opening and forms[begin] not in _TITLES)):
            found.append((begin, run))
        at = run
    return found


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
    return any("organisation" in classes.get(i) for i in range(*name)) or (
        name[1] - name[0] > 1
        and any(context.shown(i).isupper() and len(context.shown(i)) > 2 for i in range(*name))
        and not all(context.shown(i).isupper() for i in range(*name))
    )


def _called_a_body(context: Context, classes: WordClasses, words: Stretch, name: Stretch) -> bool:
    """Whether a word for a body stands right before a name: "the insurer Brackwater"."""
    if name[0] == words[0] or context.gap(name[0] - 1) != " ":
        return False
    before = classes.get(name[0] - 1)
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


@dataclass(slots=True)
class _Known:
    number: int  # among the distinct sources of the document, from 0
    words: Stretch  # the best naming mention
    source: Source
    seen: int  # the word where it was last mentioned


RECENT = 40  # sources a pronoun is held against, the last ones to appear


@dataclass(slots=True)
class Cast:
    """The sources of one document so far: numbers them, and says whom a pronoun means.

    A pronoun means the person last mentioned whose gender does not contradict it, a subject of the sentence
    before coming first. No rule looks further; where none fits, the pronoun stays unresolved.
    """

    context: Context
    known: dict[str, _Known] = field(default_factory=dict)
    order: list[_Known] = field(default_factory=list)  # as they appear

    def enter(self, source: Source, words: Stretch) -> int:
        """Number of the source among the distinct ones of the document, counted from 0."""
        key = f"{source.kind[:3]} {source.key}"
        if key not in self.known:
            self.known[key] = _Known(len(self.known), words, source, words[0])
            self.order.append(self.known[key])
        else:
            entry = self.known[key]
            entry.seen = max(entry.seen, words[0])
            if source.gender and not entry.source.gender:
                entry.source = entry.source._replace(gender=source.gender)
        return self.known[key].number

    def resolve(self, source: Source, word: int) -> tuple[Stretch, int, Source] | None:
        """The source a pronoun at `word` stands for: its naming words, its number, what is known of it."""
        if source.kind == "class":
            return None
        best: tuple[int, _Known] | None = None
        for entry in self.order[-RECENT:]:
            if source.kind == "organisation":
                same_sort = entry.source.kind == "organisation"
            else:  # nobody says "he" of several officials
                same_sort = entry.source.kind == "person" or (
                    entry.source.kind == "withheld" and not entry.source.key.endswith("s")
                )
            if not same_sort or entry.words[0] >= word:
                continue
            if source.gender and entry.source.gender and source.gender != entry.source.gender:
                continue
            recency = self._last_mention(entry, word)
            if best is None or recency > best[0]:
                best = (recency, entry)
        if best is None:
            return None
        entry = best[1]
        if source.gender and not entry.source.gender:
            entry.source = entry.source._replace(gender=source.gender)
        entry.seen = max(entry.seen, word)
        return entry.words, entry.number, entry.source

    def _last_mention(self, entry: _Known, word: int) -> int:
        """Where the source was last named before `word`; a mention that opens a sentence counts as nearer."""
        name = entry.source.key.encode("latin-1", "replace")
        recent = entry.seen if entry.seen < word else entry.words[0]
        if name and b" " not in name:
            forms = self.context.forms
            for at in range(word - 1, max(recent, word - 80), -1):
                if forms[at] == name:
                    return at
        return recent
