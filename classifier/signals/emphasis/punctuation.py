"""Marks that stress or hold back: exclamation marks, runs of question marks, suspense dots, emoji."""

import re
from collections.abc import Iterator

from classifier.signals.scan import Context
from classifier.text.readable import QUOTATION_MARKS_DESTROYED
from classifier.text.words import STOP

_RUN = re.compile(r"[!?]+")
_ELLIPSIS = re.compile("\u2026")
_EXCLAMATION = ord("!")
# Names that are written with the mark.
NAMES = (
    "Yahoo",
    "Jeopardy",
    "Yum",
    "Democracy Now",
    "Mamma Mia",
    "Moulin Rouge",
    "Oklahoma",
    "Panic",
    " E",
    "Hello",
)
_INVITES = frozenset(
    b"app donate download inbox newsletter newsletters signing subscribe subscribing".split()
)
_INVITATION = 200  # characters before the mark
_GOES_ON = re.compile(r"!(?:'s)?,? [a-z]|!'s|![\w=]|!, ")
_DOTS = re.compile(r"\u2026[.\u2026]*|\.(?:\.{2,}| \. \.(?: \.)?)")
_BESIDE_OMISSION = frozenset("\"'[](){}<>\u2014")
_EMOJI = re.compile(
    "(?:[\U0001f1e6-\U0001f1ff\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001faff\u2764]"
    "[\ufe0f\u200d\U0001f3fb-\U0001f3ff\u2640\u2642]*)+"
)
_ASTRAL = 0xF0  # how UTF-8 begins what stands there


def runs_of_marks(context: Context) -> Iterator[tuple[int, int, str]]:
    """Runs with an exclamation mark, runs of question marks, and dots that hold back: start, end, kind."""
    plain, last = context.text.plain, int(context.text.sentences.end[-1])
    destroyed = QUOTATION_MARKS_DESTROYED in context.text.notes  # the question marks were something else
    done = 0
    for at in _candidates(context):
        if at < done:
            continue
        run = (_RUN if plain[at] in "!?" else _DOTS).match(plain, at)
        if run is None:
            continue
        done = run.end()
        if plain[at] not in "!?":
            if _holds_back(plain, at, done, last) and not _is_passed_on(context, at):
                yield at, done, "ellipsis"
        elif "!" in run[0]:
            if not _said_by_page(context, at) and (done > at + 1 or not _part_of_a_name(context, at)):
                yield at, done, "exclamation"
        elif done > at + 1 and not destroyed and not plain[max(at - 1, 0)].isspace():
            yield at, done, "question_run"


def _candidates(context: Context) -> list[int]:
    """Places of exclamation marks, of what stands before another mark at most one sign on, and of "\u2026"; sorted."""
    found = context.text.words
    marks = (found.cells == STOP).nonzero()[0]
    chosen = found.latin[marks] == _EXCLAMATION
    chosen[:-1] |= marks[1:] - marks[:-1] <= 2
    places: list[int] = marks[chosen].tolist()
    if "\u2026" in context.text.plain:
        places = sorted({*places, *(one.start() for one in _ELLIPSIS.finditer(context.text.plain))})
    return places


def _said_by_page(context: Context, at: int) -> bool:
    """Whether the sentence invites to subscribe, as pages do in the middle of articles."""
    sentences = context.text.sentences
    sentence = sentences.at(at)
    if sentence < 0:
        return True
    cells = context.text.words.cells[sentences.start[sentence] : at]
    return not _INVITES.isdisjoint(cells[-_INVITATION:].tobytes().split())


def _part_of_a_name(context: Context, at: int) -> bool:
    """Whether a lone mark belongs to a name ("Yahoo!"), or to code, or is written inside the sentence."""
    plain, word = context.text.plain, context.text.words.index(at) - 1
    if word < 0 or context.ends[word] < at - 2:
        return True
    if _GOES_ON.match(plain, at) or plain[at - 1] in "<[":
        return True
    return plain.endswith(NAMES, 0, at)


def _holds_back(plain: str, start: int, end: int, last: int) -> bool:
    if end - start > 8 or end >= last:  # a leader of dots; where the text is torn off
        return False
    before = plain[max(0, start - 2) : start].strip()[-1:]
    after = plain[end : end + 2].strip()[:1]
    if before in _BESIDE_OMISSION or after in _BESIDE_OMISSION or not before or not after:
        return False
    if "\n" in plain[end : end + 2] or plain.startswith(" MUST WATCH", end):  # torn off, as teasers are
        return False
    if before in ".!?" or (plain[start - 1] == plain[end] == " " and after.isupper() and after != "I"):
        return False  # whole sentences were left out
    return not (before.isdigit() and after.isdigit())


def _is_passed_on(context: Context, at: int) -> bool:
    """Whether the paragraph is a quotation set apart: the one before it ends with a colon."""
    text = context.text
    number = int(text.sentences.paragraph[max(text.sentences.at(at), 0)])
    return number > 0 and text.plain[text.paragraphs[number - 1].end - 1] == ":"


def emoji(context: Context) -> Iterator[tuple[int, int, str]]:
    """Runs of emoji."""
    plain = context.text.plain
    if plain.isascii() or _ASTRAL not in plain.encode("utf-8", "surrogatepass"):
        return
    for found in _EMOJI.finditer(plain):
        yield found.start(), found.end(), "emoji"
