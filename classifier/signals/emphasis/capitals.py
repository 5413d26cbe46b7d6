"""Words in capitals for stress, told from acronyms, names, datelines, labels and headings.

A word in capitals is stressed only if it is a plain word of the language: ``plain_words.txt`` lists them, compiled
from what news writes in small letters. So an acronym nobody knows needs no list of acronyms.
"""

from collections.abc import Iterator
from importlib import resources

import numpy as np

from classifier.signals.scan import Context
from classifier.text.paragraphs import Shape, Zone

PLAIN_FILE = resources.files(__package__).joinpath("plain_words.txt").read_bytes()
PLAIN = frozenset(PLAIN_FILE.partition(b"\n")[2].split())
# In capitals these stand for something else or are the tag of a line ("UPDATE", "VIDEO"), unless capitals go on.
_TAGS_LISTED = """
article breaking business by clarification click close com copyright correction corrections developing editor
editorial exclusive file focus follow headline here index interview key learn listen live map more must national
news note now opinion photo photos podcast points politics poll quote read related report reporter review scroll
see share sign source sports story subscribe summary today transcript trending update updated updates video view
viewpoint views watch watched win world
"""
_TAGS = frozenset(_TAGS_LISTED.encode().split())
# What no name begins with: before a capitalised word they are stressed all the same ("NOT Monday").
_NEVER_NAMES_LISTED = """
after again against all already and any are be because been before but can could did do does ever every from had
has have he her his how if is just less more most must my never no not only our really she should so still that
their them these they this those too very was we were what when where which why will would you your
"""
_NEVER_NAMES = frozenset(_NEVER_NAMES_LISTED.encode().split())
_SMALL = frozenset(b"a an the of to in on at for from with by and it is here this now".split())
# Alone in capitals at the beginning of a paragraph they are a lead-in: "OVER the past year".
_OPENERS = _SMALL | frozenset(
    b"over after when as if while before during since under until between he she they we there what".split()
)
_NAMING = frozenset(
    (b"as", b"called", b"named", b"dubbed", b"text")
)  # before a word in capitals: it is a name
_ALSO_NAMES = frozenset(
    b"fire led life people port start swift time".split()
)  # alone in capitals they are names
_SEARCHED = frozenset((b"and", b"or", b"not"))  # between the words of a search
_JOINS = frozenset((" ", ", ", "-", " & ", "; ", "'S ", "'s "))
_A = 65  # the letter
_LETTERS = 26
SHOUTED = 0.3  # share of words in capitals from which a whole text is written so, which stresses nothing
_NEAR = 10_000  # characters
_ISLAMIC_STATE = ("Islamic State", "ISIS", "ISIL")


def capitals(context: Context) -> Iterator[tuple[int, int, str]]:
    """Runs of stressed words: start, end, kind; in order."""
    found = context.text.words
    if not len(found.start):
        return
    # What begins with two capitals; few words do, and those are looked at one by one.
    chosen = (found.latin[found.start] - np.uint8(_A) < _LETTERS).nonzero()[0]
    second = found.latin.take(found.start[chosen] + 1, mode="clip")
    chosen = chosen[second - np.uint8(_A) < _LETTERS]
    if not len(chosen) or len(chosen) > SHOUTED * len(found.start) + 3:
        return
    done = 0
    for word in chosen.tolist():
        if word < done or context.word(word) not in PLAIN or context.sentence_of[word] < 0:
            continue
        if not context.shown(word).isupper() or word in context.machine:
            continue
        begin, end = word, word + 1
        while begin > done and _go_together(context, begin - 1):
            begin -= 1
        while end < len(context.starts) and _go_together(context, end - 1):
            end += 1
        done = end
        while not context.shown(begin).isupper():  # figures at the ends are not stressed
            begin += 1
        while not context.shown(end - 1).isupper():
            end -= 1
        if _stressed(context, begin, end):
            yield context.starts[begin], context.ends[end - 1], "capitals"


def _go_together(context: Context, word: int) -> bool:
    """Whether a word and the next one are both in capitals (or a figure), with nothing between that parts them."""
    if context.gap(word) not in _JOINS or context.sentence_of[word] != context.sentence_of[word + 1]:
        return False
    return all(shown.isupper() or shown.isdigit() for shown in (context.shown(word), context.shown(word + 1)))


def _stressed(context: Context, first: int, last: int) -> bool:
    words = [context.word(i) for i in range(first, last)]
    plain = sum(word in PLAIN for word in words)
    if 2 * plain <= len(words) or _is_tag(words):
        return False
    text = context.text
    sentences = text.sentences
    sentence = context.sentence_of[first]
    paragraph = text.paragraphs[int(sentences.paragraph[sentence])]
    if _is_label(context, first, last):
        return False
    if paragraph.zone is Zone.TITLE:
        return last - first < 0.6 * paragraph.words
    if sentences.start[sentence] == paragraph.start and _led_in(
        context, int(sentences.first_word[sentence]), first
    ):
        return False
    if paragraph.shape is not Shape.PROSE:
        return 2 * (last - first) < paragraph.words and len(words) > 1  # else a heading, a name in a list
    return len(words) > 1 or _stressed_alone(context, first, words[0])


def _is_tag(words: list[bytes]) -> bool:
    """Whether these are what a page says: "SHARE THIS ARTICLE", "WATCH"."""
    if words[:2] == [b"must", b"watch"]:
        return True
    return any(word in _TAGS for word in words) and all(word in _TAGS or word in _SMALL for word in words)


def _led_in(context: Context, opening: int, first: int) -> bool:
    """Whether the paragraph opens in capitals: with the place of a report, with a heading, as magazines do."""
    if first == opening:
        second = first + 1 < len(context.starts) and context.shown(first + 1).isupper()
        return second or context.word(first) in _OPENERS or not context.gap(first).startswith((" ", "!", "."))
    return all(context.shown(i).isupper() for i in (opening, opening + 1))


def _is_label(context: Context, first: int, last: int) -> bool:
    gap = context.gap(last - 1)
    if gap.startswith((":", ")", "]", " |", "/", "&", "_", "=")) or gap[:2].strip() in (
        "-",
        "\u2013",
        "\u2014",
        ">",
    ):
        return True
    return first > 0 and context.gap(first - 1).endswith(("&", "/", "_", "#", "@", ".", ": "))


def _stressed_alone(context: Context, word: int, form: bytes) -> bool:
    following = context.shown(word + 1) if word + 1 < len(context.starts) else ""
    if context.hyphenated(word, word + 1) or following.isdigit():
        return False
    if form in _ALSO_NAMES or (word and context.word(word - 1) in _NAMING):
        return False
    shown, near = context.shown(word), _near(context, word)
    if shown + "'s" in near:  # whose it is: a name
        return False
    if form in _NEVER_NAMES:
        if form in _SEARCHED and word and not {*context.gap(word - 1), *context.gap(word)}.isdisjoint('"()'):
            return False
        return form != b"is" or not any(name in near for name in _ISLAMIC_STATE)
    if _names(context, word - 1) or _names(context, word + 1):
        return False
    # Written so each time, it is a name: the VICE of "VICE reported".
    return near.count(shown) == 1 or shown.lower() in near


def _near(context: Context, word: int) -> str:
    """The text around a word: all of an article, and of a book no more than one."""
    at = context.starts[word]
    return context.text.plain[max(at - _NEAR, 0) : at + _NEAR]


def _names(context: Context, word: int) -> bool:
    """Whether a neighbour is capitalised inside the same sentence, so that both may be a name."""
    if not 0 <= word < len(context.starts):
        return False
    shown = context.shown(word)
    begins = word == 0 or context.sentence_of[word] != context.sentence_of[word - 1]
    return shown[:1].isupper() and len(shown) > 1 and not begins
