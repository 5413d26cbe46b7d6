"""Paragraphs and their zones: what is title, byline, body, and what is only furniture of the page.

Plain text and copied pages carry no tags, so zones are told by shape: the body is the run of lines that read
as sentences; a headline stands above it; lists of other stories, share lines and comments stand around it.
Where the source is HTML the tags have already said most of it (`readable.blocks`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.text.fold import fold, lowered
from classifier.text.readable import Readable
from classifier.text.words import Words


class Zone(IntEnum):
    """Where a stretch of text stands on the page."""

    TITLE = 0
    BYLINE = 1
    BODY = 2
    FURNITURE = 3
    OTHER_LANGUAGE = 4


class Shape(IntEnum):
    """What a paragraph looks like."""

    PROSE = 0  # reads as one or more sentences
    LINE = 1  # a heading, a label, a bare name
    ITEM = 2  # one of a list


class Paragraph(NamedTuple):
    """One paragraph, without white space at its ends."""

    start: int
    end: int
    zone: Zone
    shape: Shape
    words: int


_BULLET = re.compile(r"(?:[-*\u2022\u2023\u25aa\u25cf\u25e6\u00b7\u2013\u203a>]|[0-9]{1,2}[.)]?)(?:\s|$)")
_BULLETS = frozenset("-*\u2022\u2023\u25aa\u25cf\u25e6\u00b7\u2013\u203a>0123456789")
_ENDS = frozenset((".", "!", "?", "\u2026"))
_LEADS_ON = frozenset(":,\u2013\u2014-")  # a label, a greeting, the place of a report: no headline ends so
_CLOSING = "\"')]} \u00bb\u201c\u2019"
_LONG_LINE = 25  # words: no headline is that long
_SENTENCE_LINE = 15  # words: few headlines are that long, and those capitalise
_TORN = 40  # characters: a shorter line that stops without a mark is a label
_STOPS = re.compile(r"(?<=[\w,]) *\Z")
_GOES_ON = re.compile(r"[\w'-]+[,.;:!?)\"']*(?:\s|\Z)")  # a word, not the address of a picture
_LONGEST_LABEL = 600  # characters of a line that is looked at for what pages say
_READ_BEFORE_COMMENTS = 30  # words: above that, "Comments" is a button at the top of the page

# What pages write and articles do not: how a short lower-cased line begins, and how it goes on, a regex.
_FURNITURE = {
    "quick access": "", "direct access": "", "skip to": "", "skip navigation": "", "jump to": "",
    "main ": "(?:page|contents|menu)", "back to top": "", "home": r"\s*$", "menu": r"\s*$",
    "search": r"\s*$", "share": r"(?: (?:this|it|on|via|with|article|story|page)\b|\s*$)",
    "tweet": r"(?: this)?\s*$", "pin it": "", "email": r"(?: this)?\s*$", "e-mail": r"(?: this)?\s*$",
    "print": r"(?: this)?\s*$", "whatsapp": r"\s*$", "facebook": r"\s*$", "twitter": r"\s*$",
    "read": r"(?: (?:more|next|also|here|this post|all)\b|:)",
    "see": r" (?:more|next|also|here|this post|all)\b",
    "watch": r"(?: (?:more|next|also|here|this post|all)\b|:)",
    "click": r" (?:more|next|also|here|this post|all)\b",
    "view": r" (?:more|next|also|here|this post|all)\b", "also read": "", "a post shared by": "",
    "a video posted by": "", "embed": r"\b", "loading": r"\b", "advert": r"(?:isement|ising)?\b",
    "sponsored": "", "promoted": "", "subscribe": "", "sign ": r"(?:up|in)\b", "log": r" ?in\b",
    "newsletter": "", "get ": "(?:our|the) (?:newsletter|app|latest)",
    "follow ": "(?:us|him|her|them|me|@)", "like us on": "", "find us on": "", "join ": r"(?:us|our)\b",
    "download ": "(?:our|the) app", "(c)": r"\s*\d{4}", "\u00a9": "", "copyright": "",
    "all rights reserved": "",
    "terms of ": "(?:use|service)", "privacy policy": "", "cookie": "", "we use": "s? cookies",
    "this site use": "s? cookies", "this website use": "s? cookies", "accept ": "(?:all )?cookies",
    "filed under": "", "tag": r"s?\s*:", "topic": r"s?\s*:", "categor": r"(?:y|ies)\s*:",
    "posted ": r"(?:in|on|by)\b", "last updated": r"\b", "updated": r"\b", "update": " ?:",
    "published": r"\b", "comment": r"s? ?\(?\d*\)?\s*$", "leave a ": "(?:comment|reply)", "no comments": "",
    "add ": "(?:a )?comment", "this ": r"(?:image|photo|picture)\b", "the ": r"(?:image|photo|picture)\b",
    "getty images": "", "ap photo": "", "photo": r"(?:s? (?:by|credit|courtesy)|s?\b[^.]{0,20}[:/|(])",
    "image": r"s?\b[^.]{0,20}[:/|(]", "picture": r"s?\b[^.]{0,20}[:/|(]",
    "video": r"(?: by\b|s?\b[^.]{0,20}[:/|(])", "credit": r"s?\b[^.]{0,20}[:/|(]",
    "caption": r"s?\b[^.]{0,20}[:/|(]", "graphic": r"s? by\b", "illustration": r"s? by\b",
    "about the author": "", "the author is": "", "to ": "(?:contact|comment|read more)",
    "contact ": "(?:us|the (?:author|reporter|editor))", "report a": "n? (?:error|typo)",
    "have a ": "(?:tip|story)", "support ": "(?:our|independent)", "donate": r"\b", "make a donation": "",
    "our ": "(?:standards|privacy)", "en espa\u00f1ol": "", "special to": r"\b", "series": " ?:",
    "visit our": r"\b", "story highlights": "", "modal trigger": "", "permission details": "",
    "republish": r"\b", "healthday reporter": r"\s*$", "reporter": r"\s*$", "the associated press": r"\s*$",
    "associated press": r"\s*$", "reuters": r"\s*$", "afp": r"\s*$", "usa today": r"\s*$",
}  # fmt: skip
# The same for captions and for links to other stories, which may end with a full stop.
_CAPTION = {
    "file ": r"(?:photo|picture|image|video)\b", "stock ": r"(?:photo|picture|image|video)\b",
    "image ": r"(?:copyright|caption|source|credit)\b", "media ": r"(?:playback|caption)\b",
    "enlarge this image": "", "photo": r"s? ?:\s", "picture": r"[sd]? ?:\s", "video": r" ?:\s",
    "watch": r" ?:\s", "related": r" ?:\s", "read more": r" ?:\s", "also read": r" ?:\s", "story": r" ?:\s",
    "more": r" ?:\s",
}  # fmt: skip
# Said anywhere in a short line; what an article may also write about ("its privacy policy") only in a label.
_FURNITURE_WITHIN = (
    "all rights reserved", "sign up for our", "subscribe to our", "unrelated to the article", "click here to",
    "our privacy policy", "our terms of", "can be reached at", "may be reached at", "was originally published",
    "originally appeared in",
)  # fmt: skip
_LABEL_WITHIN = ("privacy policy", "terms of use", "terms of service", "sign up for the", "cookie policy")
_FOLLOW = re.compile(r"follow (?:him|her|us|them|me) on (?:twitter|facebook|instagram|x\b)")
# Who holds the rights in a picture, at the end of a line without a full stop.
_OWNERS = (
    "getty", "shutterstock", "istock", "alamy", "wireimage", "filmmagic", "splash news", "akm-gsi",
    "reuters", "afp", "ap photo", "photo by", "photo courtesy", "epa", "/ap", "/ ap", "(ap", "via ap",
    "upi", "bloomberg", "/pa",
)  # fmt: skip
_TAIL = 70  # characters at the end of a line that are looked at for them
_CREDIT = re.compile(
    r"(?:getty|shutterstock|istock(?:photo)?|alamy|wireimage|filmmagic|splash news|akm-gsi)\b.{0,40}$"
    r"|(?:\bvia |[/|] ?|\()(?:ap|afp|reuters|epa|pa|upi|bloomberg|getty)\b.{0,25}$"
    r"|\bap photo\b|\breuters/|\bphoto (?:by|courtesy)\b"
)
# Headings below which other stories, buttons or readers' comments stand.
_SECTION = re.compile(
    r"(?:\[?latest\]?\s)?(?:(?:latest|top|more|recent|trending|popular|related|featured|recommended|other"
    r"|editor'?s?|weekly|most|best|our)\b[^.?!]{0,30}\b(?:stories|story|news|articles?|posts?|reads?|picks?|now|viewed|popular"
    r"|best|read|shared|videos?|topics?|links?|content|coverage|for you)\b"
    r"|(?:related|trending|popular)\s*$|must[- ]reads?"
    r"|you (?:may|might) (?:also )?(?:like|enjoy|be interested)"
    r"|popular now|recommended\b|read next|up next|more (?:from|on|in|by|about)\b"
    r"|(?:from (?:the|around the)|around the) web|sponsored (?:links|content)|don'?t miss|what to read next"
    r"|in (?:other|related) news|see also|elsewhere on)",
)
_COMMENTS = re.compile(
    r"(?:\d+ )?(?:readers?'? )?(?:comments?|discussion|replies|responses)\b[ :(]*\d*\)?\s*$"
    r"|(?:leave|post|add) a (?:comment|reply)|join the (?:conversation|discussion)"
)
_COUNTER = re.compile(r"[\d.,]+k? (?:comments?|shares?|views?|min(?:ute)?s? read)\b")
_BYLINE = re.compile(r"(?:by|words by|written by|story by|reporting by|text by)\s*:?\s+(?=\S)", re.IGNORECASE)
_NAMES = re.compile(
    r"(?:[^\W\d_a-z][\w'.-]*\s+){1,3}[^\W\d_a-z][\w'.-]*"
    r"(?:\s+views?|\s*[,|/\u2013\u2014-]\s*(?:staff|senior|special|chief|political|contributing|news|the|for|reporter"
    r"|writer|editor|correspondent|\d).*)?\s*"
)
_MONTHS = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE_LINE = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b.{0,40}\d{4}.{0,30}"
    rf"|{_MONTHS}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}.{{0,40}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTHS}\.?,?\s+\d{{4}}.{{0,40}}"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.{0,40})\s*$"
)
_LINK_LINE = re.compile(
    r"(?:https?://|www\.)\S+\s*$|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}(?:/\S+/\S*)?$|\S+@\S+\.\w+\s*$|[\d\s,.:%|/]+$"
)
_NAVIGATION = re.compile(r"(?:[^|\u203a\u00bb>\u2022]{1,30}[|\u203a\u00bb>\u2022]){2,}")


def _beginnings(table: dict[str, str]) -> tuple[tuple[str, ...], "re.Pattern[str]"]:
    """How a line may begin: `str.startswith` answers for nearly every line, the regex for the few left."""
    return tuple(table), re.compile("|".join(re.escape(start) + rest for start, rest in table.items()))


_FURNITURE_STARTS, _FURNITURE_LINE = _beginnings(_FURNITURE)
_CAPTION_STARTS, _CAPTION_LINE = _beginnings(_CAPTION)


class _Line(NamedTuple):
    start: int
    end: int
    words: int
    ends: bool  # with a mark that ends sentences
    bullet: bool
    prose: bool
    role: str  # from the tags of a page, "" where there are none


class _Lines(NamedTuple):
    """Columns over the lines of texts that stand one behind the other; offsets count from the first text on."""

    text: NDArray[np.int64]  # which text it is of
    start: list[int]
    end: list[int]
    words: list[int]
    ends: list[bool]
    bullet: list[bool]
    prose: list[bool]
    role: dict[int, str]  # of lines whose tags say one
    hinted: list[bool]  # holds a word of `FURNITURE_WORDS`
    plainly: NDArray[np.bool_]  # begins with a letter, not like a caption, and has a space
    like_button: NDArray[np.bool_]  # may begin as in `_FURNITURE`

    def line(self, i: int) -> _Line:
        """One line."""
        return _Line(
            self.start[i],
            self.end[i],
            self.words[i],
            self.ends[i],
            self.bullet[i],
            self.prose[i],
            self.role.get(i, ""),
        )

    def joined_by_list(self, i: int) -> bool:
        """Whether a line is one of a list."""
        return self.bullet[i] or self.role.get(i) == "list"


class Paragraphs(NamedTuple):
    """Columns over the paragraphs of texts that stand one behind the other, in order; shape (n_paragraphs,) each."""

    text: NDArray[np.int64]  # which text it is of
    start: NDArray[np.int64]  # from the beginning of the first text on
    end: NDArray[np.int64]
    zone: NDArray[np.int8]
    shape: NDArray[np.int8]
    words: NDArray[np.int64]
    at: NDArray[np.int64]  # text i has those from ``at[i]`` up to ``at[i + 1]``


def paragraphs(
    shown: Sequence[Readable],
    plain: str,
    found: Words,
    hints: NDArray[np.bool_],
    begin: NDArray[np.int64],
    titles: Sequence[str | None],
) -> Paragraphs:
    """Cut texts into paragraphs, in order, each with its zone.

    `plain` and `found` are the folded texts, parted by empty lines, and their words; text i begins at ``begin[i]``.
    `hints` says of each word whether it is one of `FURNITURE_WORDS`. A title is the headline where the input gives it
    in a place of its own; then no line of the text is taken for the headline unless it repeats it. Time is linear
    in the length of the texts.
    """
    lines = _lines(shown, plain, found, hints, begin)
    at = lines.text.searchsorted(np.arange(len(shown) + 1))
    outside = _page_furniture(lines, at, plain)
    furniture: list[bool] = outside.tolist()
    read = (np.array(lines.prose, np.bool_) & ~outside).nonzero()[0]
    bounds = read.searchsorted(at).tolist()
    reads = read.tolist()
    rows = at.tolist()
    first = np.zeros(len(shown), np.int64)
    last = np.zeros(len(shown), np.int64)
    headlines, bylines = [], []
    unmarked: list[int] = []
    for i, title in enumerate(titles):
        top, end = rows[i], rows[i + 1]
        if top == end:
            continue
        headline = _headline(lines, furniture, top, end, plain, title)
        prose = reads[bounds[i] : bounds[i + 1]]
        if headline is not None:
            headlines.append(headline)
            if headline in prose:
                prose.remove(headline)
        begins, stops = (prose[0], prose[-1]) if prose else (top, end - 1)
        if headline is not None:
            begins = max(begins, headline + 1) if prose else headline + 1
        byline = _byline(lines, furniture, top, end, headline, begins, plain)
        if byline is not None:
            bylines.append(byline)
        if prose:
            above = top - 1 if headline is None else headline
            while (
                begins - 1 > above
                and begins - 1 != byline
                and not furniture[begins - 1]
                and _runs(lines, begins - 1, plain)
            ):
                begins -= 1
                unmarked.append(begins)
            stops = _end_of_body(lines, furniture, stops, end, plain, unmarked)
        first[i], last[i] = begins, stops
    return _zoned(lines, at, outside, first, last, headlines, bylines, unmarked)


def _zoned(
    lines: _Lines,
    at: NDArray[np.int64],
    outside: NDArray[np.bool_],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    headlines: list[int],
    bylines: list[int],
    unmarked: list[int],
) -> Paragraphs:
    """The lines as paragraphs: the body of text i lies from line ``first[i]`` to ``last[i]`` (inclusive)."""
    number = np.arange(len(lines.start))
    outside = outside | (number < first[lines.text]) | (number > last[lines.text])
    zone = np.where(outside, np.int8(Zone.FURNITURE), np.int8(Zone.BODY))
    zone[bylines] = Zone.BYLINE
    zone[headlines] = Zone.TITLE
    shape = np.where(np.array(lines.bullet, np.bool_), np.int8(Shape.ITEM), np.int8(Shape.LINE))
    shape[[i for i, role in lines.role.items() if role == "list"]] = Shape.ITEM
    shape[lines.prose] = Shape.PROSE
    shape[unmarked] = Shape.PROSE
    start, end, words = np.array([lines.start, lines.end, lines.words], np.int64)
    return Paragraphs(lines.text, start, end, zone, shape, words, at)


def _runs(lines: _Lines, i: int, plain: str) -> bool:
    """A sentence whose mark is missing: too long for a headline and not capitalised like one."""
    return (
        lines.words[i] >= _SENTENCE_LINE
        and not lines.bullet[i]
        and not _title_case(plain[lines.start[i] : lines.end[i]])
    )


def _end_of_body(
    lines: _Lines, furniture: list[bool], last: int, end: int, plain: str, unmarked: list[int]
) -> int:
    """The body's last line: what follows the last prose belongs to it if it is a list or runs on.

    Sentences without a mark are added to `unmarked`.
    """
    for i in range(last + 1, end):
        if furniture[i]:
            break
        if lines.joined_by_list(i):
            if not (lines.ends[i] or lines.joined_by_list(i - 1) or plain[lines.end[i - 1] - 1] == ":"):
                break
        elif _runs(lines, i, plain):
            unmarked.append(i)
        elif not (plain[lines.end[i] - 1] == ":" and i + 1 < end and lines.bullet[i + 1]):
            break
        last = i
    return last


# What a character outside Latin-1 is stands in the text alone: it looks like a question mark in `Words.latin`.
_OTHER = ord("?")
_MAY_BE_SPACE = np.isin(np.arange(256), [*range(33), _OTHER])
_SMALL_LETTER = np.array([chr(c).islower() for c in range(256)])
_MAY_BE_BULLET = np.isin(np.arange(256), [_OTHER, *(ord(c) for c in _BULLETS if c < "\u0100")])
_STOP_MARK = np.isin(np.arange(256), list(b".!"))
_CLOSING_MARK = np.isin(np.arange(256), list(b"\"')]}"))
_LETTER = np.array([c < 128 and chr(c).isalpha() for c in range(256)])
_LETTER_OR_DIGIT = np.array([c < 128 and chr(c).isalnum() for c in range(256)])


def _lines(
    shown: Sequence[Readable],
    plain: str,
    found: Words,
    hints: NDArray[np.bool_],
    begin: NDArray[np.int64],
) -> _Lines:
    latin = found.latin
    breaks = (latin == ord("\n")).nonzero()[0]
    start, end = np.empty(len(breaks) + 1, np.int64), np.empty(len(breaks) + 1, np.int64)
    start[0], start[1:] = 0, breaks + 1
    end[:-1], end[-1] = breaks, len(plain)
    some = end > start
    start, end = start[some], end[some]
    opening = latin[start]
    for i in _MAY_BE_SPACE[opening].nonzero()[0].tolist():
        a, b = int(start[i]), int(end[i])
        start[i] = b - len(plain[a:b].lstrip())
    some = end > start
    if not some.all():
        start, end = start[some], end[some]
    start, end = _joined(shown, plain, start, end, latin[start], begin)
    text = begin.searchsorted(start, "right") - 1

    opening, final = latin[start], latin[end - 1]
    for i in _MAY_BE_SPACE[final].nonzero()[0].tolist():
        a, b = int(start[i]), int(end[i])
        end[i] = a + len(plain[a:b].rstrip())
    final = latin[end - 1]
    firsts = np.append(found.start.searchsorted(start.astype(np.int32)), len(found.start))
    words = np.diff(firsts)
    hinted = np.zeros(len(words), np.bool_)
    hinted[firsts.searchsorted(hints.nonzero()[0], "right") - 1] = True

    before = latin[end - 2]
    ends = _STOP_MARK[final] | (_CLOSING_MARK[final] & _STOP_MARK[before] & (end - start > 1))
    for i in (final == _OTHER).nonzero()[0].tolist():
        ends[i] = plain[end[i] - 1] in _ENDS
    for i in (_CLOSING_MARK[final] & ~ends & ~_LETTER_OR_DIGIT[before]).nonzero()[0].tolist():
        ends[i] = plain[max(start[i], end[i] - 6) : end[i]].rstrip(_CLOSING)[-1:] in _ENDS
    bullet = np.zeros(len(start), np.bool_)
    for i in ((words < 60) & _MAY_BE_BULLET[opening]).nonzero()[0].tolist():
        bullet[i] = plain[start[i]] in _BULLETS and _BULLET.match(plain, start[i], end[i]) is not None
    # What announces a quotation, a list or a film is a sentence too: "What they found was this:"
    announces = final == ord(":")
    prose = ~bullet & np.where(ends, words >= 3, (words >= 8) & announces)
    for i in (prose & (words < _LONG_LINE) & (announces | (final == _OTHER))).nonzero()[0].tolist():
        if plain[end[i] - 1] in "?:" and _title_case(plain[start[i] : end[i]]):
            prose[i] = False
    prose |= words >= _LONG_LINE
    letters = _first_letters(latin, start)
    plainly = _LETTER[opening] & ~_BEGINS_CAPTION[letters] & (words > 1)
    plainly[plainly] = latin[found.end[firsts[:-1][plainly]]] == ord(" ")
    return _Lines(
        text,
        start.tolist(),
        end.tolist(),
        words.tolist(),
        ends.tolist(),
        bullet.tolist(),
        prose.tolist(),
        _roles(shown, text, start, end, begin),
        hinted.tolist(),
        plainly,
        _BEGINS_FURNITURE[letters],
    )


def _first_letters(latin: NDArray[np.uint8], start: NDArray[np.int64]) -> NDArray[np.int64]:
    """A number below 32,768 for the first three characters of each line, whatever their case; others may share it."""
    last = len(latin) - 1
    first, second, third = (latin[np.minimum(start + i, last)].astype(np.int64) & 31 for i in range(3))
    return first << 10 | second << 5 | third


def _beginning_with(starts: Iterable[str]) -> NDArray[np.bool_]:
    """By the number of `_first_letters`: whether a line may begin with one of these."""
    result = np.zeros(1 << 15, np.bool_)
    letters = np.frombuffer("".join(start.ljust(3)[:3] for start in starts).encode("latin-1"), np.uint8)
    result[_first_letters(letters, np.arange(0, len(letters), 3))] = True
    return result


_BEGINS_CAPTION, _BEGINS_FURNITURE = _beginning_with(_CAPTION_STARTS), _beginning_with(_FURNITURE_STARTS)


def _joined(
    shown: Sequence[Readable],
    plain: str,
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    opening: NDArray[np.uint8],
    begin: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Put together what was torn: a long line that stops in mid-sentence and goes on in lower case.

    Where a text is hard-wrapped, an empty line alone parts two paragraphs.
    """
    at = start.searchsorted(np.append(begin, len(plain)))
    goes_on = _SMALL_LETTER[opening]
    for i in (opening == _OTHER).nonzero()[0].tolist():
        goes_on[i] = plain[start[i]].islower()
    torn = set((at.searchsorted(goes_on.nonzero()[0], "right") - 1).tolist())
    wide = np.append(0, np.cumsum(end - start > _WIDEST))
    narrow = set(((np.diff(at) >= 8) & (np.diff(wide[at]) == 0)).nonzero()[0].tolist())
    starts, ends, done = [], [], 0
    for text in sorted(torn | narrow):
        if shown[text].markup:
            continue
        first, last = int(at[text]), int(at[text + 1])
        spans = list(zip(start[first:last].tolist(), end[first:last].tolist(), strict=True))
        wrapped = text in narrow and _hard_wrapped(plain, spans)
        if not wrapped and text not in torn:
            continue
        joined = np.array(_put_together(plain, spans, wrapped=wrapped), np.int64)
        starts += [start[done:first], joined[:, 0]]
        ends += [end[done:first], joined[:, 1]]
        done = last
    return np.concatenate([*starts, start[done:]]), np.concatenate([*ends, end[done:]])


def _put_together(plain: str, spans: list[tuple[int, int]], *, wrapped: bool) -> list[tuple[int, int]]:
    joined = spans[:1]
    latest = spans[0][0]  # where the last line put on begins
    for start, end in spans[1:]:
        before = joined[-1][1]
        torn = plain[start].islower() and before - latest >= _TORN
        torn = torn and bool(_STOPS.search(plain, latest, before) and _GOES_ON.match(plain, start, end))
        if torn or (wrapped and plain.count("\n", before, start) == 1):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
        latest = start
    return joined


_WIDEST = 120  # characters: lines broken at a fixed width are no longer


def _hard_wrapped(plain: str, spans: list[tuple[int, int]]) -> bool:
    """Lines broken at a fixed width: many go on in lower case on the next line."""
    going_on = sum(plain[b] == "\n" and plain[b + 1 : b + 2].islower() for _, b in spans[:-1])
    return going_on >= 0.3 * len(spans)


def _roles(
    shown: Sequence[Readable],
    text: NDArray[np.int64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    begin: NDArray[np.int64],
) -> dict[int, str]:
    """What the tags of pages say of their lines, where they say something."""
    roles: dict[int, str] = {}
    for number, one in enumerate(shown):
        if not one.blocks:
            continue
        starts = [block.start for block in one.blocks]
        first, last = text.searchsorted([number, number + 1]).tolist()
        places = np.array([start[first:last], end[first:last]]) - begin[number]
        for i, (a, b) in enumerate(places.T.tolist(), first):
            at = bisect_right(starts, (a + b) // 2) - 1
            if at >= 0 and a < one.blocks[at].end:
                roles[i] = one.blocks[at].role
    return roles


def _title_case(piece: str) -> bool:
    """Most words capitalised, as in the headlines of other stories."""
    parts = [w for w in piece.split() if w[0].isalpha()]
    return len(parts) >= 4 and sum(w[0].isupper() for w in parts) >= 0.7 * len(parts) and not piece.isupper()


# Words without which no line holds what `_FURNITURE_WITHIN`, `_LABEL_WITHIN` or `_FOLLOW` look for.
FURNITURE_WORDS = frozenset(
    b"rights sign subscribe unsubscribe unrelated click privacy terms reached originally follow cookie".split()
)
_SHORT = 40  # words: a longer line is no furniture
_BUTTON = 12  # words: a longer sentence is none, however it begins
# The first three characters of what `_FURNITURE_LINE` and `_CAPTION_LINE` begin with.
_FURNITURE_BEGINS = frozenset(start[:3] for start in _FURNITURE_STARTS)
_CAPTION_BEGINS = frozenset(start[:3] for start in _CAPTION_STARTS)


def _page_furniture(lines: _Lines, at: NDArray[np.int64], plain: str) -> NDArray[np.bool_]:
    """Which lines belong to the page, not to the article."""
    words, size = np.array(lines.words), np.array(lines.end) - np.array(lines.start)
    found: NDArray[np.bool_] = words == 0
    headings: dict[int, tuple[bool, bool]] = {}  # what may open comments, and what a section of other stories
    # Whole sentences without a word of these, that begin like any other; short ones may still be navigation.
    sentence = np.array(lines.ends, np.bool_) & lines.plainly & ~np.array(lines.hinted, np.bool_)
    brief = sentence & (words <= _BUTTON) & ~lines.like_button
    doubtful = (words < _SHORT) & (size < _LONGEST_LABEL) & ~(sentence & (words > _BUTTON)) & ~brief
    for i in brief.nonzero()[0].tolist():
        if _NAVIGATION.match(plain, lines.start[i], lines.end[i]):
            found[i] = True
    for i in doubtful.nonzero()[0].tolist():
        if _is_furniture(lines, i, plain):
            found[i] = True
        if lines.words[i] <= 8 and not lines.ends[i]:
            text = lowered(plain[lines.start[i] : lines.end[i]])
            comments = _COMMENTS.match(text) is not None
            section = _SECTION.match(text.lstrip("[ \u2022*-")) is not None
            if comments or section:
                headings[i] = comments, section
    for i, role in lines.role.items():
        if role in _TOLD:
            found[i] = role in ("furniture", "caption")
    for text_ in np.unique(lines.text[list(headings)]).tolist() if headings else ():
        _leave_out_below(lines, range(*at[text_ : text_ + 2].tolist()), headings, found)
    return found


_TOLD = frozenset(("furniture", "caption", "title", "byline"))  # roles that leave nothing to decide


def _leave_out_below(
    lines: _Lines, rows: range, headings: dict[int, tuple[bool, bool]], found: NDArray[np.bool_]
) -> None:
    """Add to `found` the lines of one text below a heading of comments or of other stories."""
    section = comments = False
    read = 0  # words of prose so far
    for i in rows:
        if lines.role.get(i) in _TOLD:
            continue
        opens_comments, opens_section = headings.get(i, (False, False))
        if opens_comments and read > _READ_BEFORE_COMMENTS:
            comments = True
        elif opens_section:
            section = True
        if section and lines.prose[i] and lines.words[i] >= 20 and not lines.bullet[i]:
            section = False  # the article goes on below a box
        if comments or section:
            found[i] = True
        elif lines.prose[i] and not found[i]:
            read += lines.words[i]


def _is_furniture(lines: _Lines, i: int, plain: str) -> bool:
    text = plain[lines.start[i] : lines.end[i]]
    ends, beginning = lines.ends[i], text[:3].lower()
    sentence = ends and lines.words[i] > _BUTTON  # that begins like a button is still a sentence
    worded = " " in text and text[0].isalpha()
    text = lowered(text)
    if not worded and _LINK_LINE.match(text):
        return True
    if lines.hinted[i] and (
        _holds(text, _FURNITURE_WITHIN) or _FOLLOW.search(text) or (not ends and _holds(text, _LABEL_WITHIN))
    ):
        return True
    if beginning in _CAPTION_BEGINS and text.startswith(_CAPTION_STARTS) and _CAPTION_LINE.match(text):
        return True
    if not ends and _holds(text[-_TAIL:], _OWNERS) and _CREDIT.search(text):
        return True
    if sentence:
        return False
    if (
        (beginning in _FURNITURE_BEGINS or text[0] == "\u00a9")
        and text.startswith(_FURNITURE_STARTS)
        and _FURNITURE_LINE.match(text)
    ):
        return True
    if text[0].isdigit() and _COUNTER.match(text):
        return True
    return _NAVIGATION.match(text) is not None or (not ends and _DATE_LINE.match(text) is not None)


def _holds(text: str, phrases: tuple[str, ...]) -> bool:
    for phrase in phrases:  # noqa: SIM110 - any() takes twice the time here
        if phrase in text:
            return True
    return False


def _headline(
    lines: _Lines, furniture: list[bool], top: int, end: int, plain: str, title: str | None
) -> int | None:
    """The line of the text from line `top` to `end` (exclusive) that is its headline."""
    if lines.role:
        for i in range(top, end):
            if lines.role.get(i) == "title":
                return i
    if title is not None:
        wanted = " ".join(fold(title).low.split())
        for i in range(top, min(top + 3, end)):
            if " ".join(lowered(plain[lines.start[i] : lines.end[i]]).split()) == wanted and end - top > 1:
                return i
        return None
    kept = [i for i in range(top, end) if not furniture[i]]
    if len(kept) == 1:  # one line alone is a headline if it does not read as a sentence
        line = lines.line(kept[0])
        closed = line.ends and plain[line.start : line.end].rstrip(_CLOSING)[-1:] in (".", "!")
        return kept[0] if not closed and 3 <= line.words < _LONG_LINE and not line.bullet else None
    candidates: list[int] = []
    for i in kept:
        line = lines.line(i)
        question = line.ends and line.words < _LONG_LINE and plain[line.end - 1] == "?"
        if line.prose and not (question and not candidates):
            break
        if line.bullet or line.role == "list":
            break
        text = plain[line.start : line.end]
        if (
            2 <= line.words <= 30
            and not _BYLINE.match(text)
            and text[:1] not in "#@("
            and text[-1] not in _LEADS_ON
        ):
            candidates.append(i)
        if len(candidates) == 6:
            break
    if not candidates or candidates[0] == kept[-1]:
        return None
    signed = next(
        (i for i in range(top, min(candidates[-1] + 2, end)) if _is_byline(lines.line(i), plain)), None
    )
    above = [i for i in candidates if signed is not None and i < signed]
    if above and above[0] != above[-1]:  # a menu stands above: the headline is what the byline follows
        return above[-1]
    wide = [
        i
        for i in candidates
        if lines.words[i] >= 4 and not _NAMES.fullmatch(plain[lines.start[i] : lines.end[i]])
    ]
    return (wide or candidates)[0]


def _is_byline(line: _Line, plain: str) -> bool:
    return line.words <= 14 and not line.ends and _BYLINE.match(plain[line.start : line.end]) is not None


def _byline(
    lines: _Lines, furniture: list[bool], top: int, end: int, headline: int | None, first: int, plain: str
) -> int | None:
    """The line of the text from line `top` to `end` (exclusive) that names its author; its body begins at `first`."""
    if lines.role:
        for i in range(top, end):
            if lines.role.get(i) == "byline":
                return i
    top = top if headline is None else headline + 1
    for i in range(top, min(first + 1, end, top + 6)):
        line = lines.line(i)
        text = plain[line.start : line.end]
        if _is_byline(line, plain):
            return i
        if (
            headline is not None
            and i < first
            and not furniture[i]
            and line.words <= 8
            and _NAMES.fullmatch(text)
        ):
            return i
    return None
