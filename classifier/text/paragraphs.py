"""Paragraphs and their zones: what is title, byline, body, and what is only furniture of the page.

Plain text and copied pages carry no tags, so zones are told by shape: the body is the run of lines that read
as sentences; a headline stands above it; lists of other stories, share lines and comments stand around it.
Where the source is HTML the tags have already said most of it (`readable.blocks`).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

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


_BODY, _PROSE = Zone.BODY, Shape.PROSE  # looked up through the class they take ten times as long


class Paragraph(NamedTuple):
    """One paragraph, without white space at its ends."""

    start: int
    end: int
    zone: Zone
    shape: Shape
    words: int


_LINE = re.compile(r"\S[^\n]*")
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


def paragraphs(readable: Readable, plain: str, words: Words, title: str | None) -> list[Paragraph]:
    """Cut a text into paragraphs, in order, each with its zone.

    `title` is the headline where the input gives it in a place of its own; then no line of the text is taken
    for the headline unless it repeats it. Time is linear in the length of the text.
    """
    lines = _lines(readable, plain, words)
    if not lines:
        return []
    furniture = _page_furniture(lines, plain)
    headline = _headline(lines, furniture, plain, title)
    prose = [i for i, line in enumerate(lines) if line.prose and i not in furniture and i != headline]
    first, last = (prose[0], prose[-1]) if prose else (0, len(lines) - 1)
    if headline is not None:
        first = max(first, headline + 1) if prose else headline + 1
    byline = _byline(lines, furniture, headline, first, plain)
    unmarked: set[int] = set()
    if prose:
        top = -1 if headline is None else headline
        while (
            first - 1 > top
            and first - 1 != byline
            and first - 1 not in furniture
            and _runs(lines[first - 1], plain)
        ):
            first -= 1
            unmarked.add(first)
        last = _end_of_body(lines, furniture, last, plain, unmarked)
    result = []
    for i, (start, end, n, _, bullet, is_prose, role) in enumerate(lines):
        if is_prose or i in unmarked:
            shape = _PROSE
        else:
            shape = Shape.ITEM if bullet or role == "list" else Shape.LINE
        if i == headline:
            zone = Zone.TITLE
        elif i == byline:
            zone = Zone.BYLINE
        elif i in furniture or not first <= i <= last:
            zone = Zone.FURNITURE
        else:
            zone = _BODY
        result.append(Paragraph(start, end, zone, shape, n))
    return result


def _runs(line: _Line, plain: str) -> bool:
    """A sentence whose mark is missing: too long for a headline and not capitalised like one."""
    return line.words >= _SENTENCE_LINE and not line.bullet and not _title_case(plain[line.start : line.end])


def _end_of_body(lines: list[_Line], furniture: set[int], last: int, plain: str, unmarked: set[int]) -> int:
    """Index of the body's last line: what follows the last prose belongs to it if it is a list or runs on.

    Indices of sentences without a mark are added to `unmarked`.
    """
    for i in range(last + 1, len(lines)):
        line, before = lines[i], lines[i - 1]
        if i in furniture:
            break
        if line.bullet or line.role == "list":
            if not (line.ends or before.bullet or before.role == "list" or plain[before.end - 1] == ":"):
                break
        elif _runs(line, plain):
            unmarked.add(i)
        elif not (plain[line.end - 1] == ":" and i + 1 < len(lines) and lines[i + 1].bullet):
            break
        last = i
    return last


def _lines(readable: Readable, plain: str, words: Words) -> list[_Line]:
    spans = [m.span() for m in _LINE.finditer(plain)]
    if not readable.markup:
        wrapped = len(spans) >= 8 and _hard_wrapped(plain, spans)
        spans = _joined(plain, spans, wrapped=wrapped)
    roles = _roles(readable, spans)
    firsts = words.start.searchsorted([s for s, _ in spans]).tolist()
    firsts.append(len(words.start))
    lines = []
    for i, (start, end) in enumerate(spans):
        final = plain[end - 1]
        if final.isspace():
            end -= len(plain[start:end]) - len(plain[start:end].rstrip())
            final = plain[end - 1]
        n = firsts[i + 1] - firsts[i]
        ends = final in _ENDS or (
            final in _CLOSING and plain[max(start, end - 6) : end].rstrip(_CLOSING)[-1:] in _ENDS
        )
        bullet = n < 60 and plain[start] in _BULLETS and _BULLET.match(plain, start, end) is not None
        # What announces a quotation, a list or a film is a sentence too: "What they found was this:"
        prose = n >= _LONG_LINE or (not bullet and (n >= 3 if ends else n >= 8 and final == ":"))
        if prose and n < _LONG_LINE and final in "?:" and _title_case(plain[start:end]):
            prose = False
        lines.append(_Line(start, end, n, ends, bullet, prose, roles[i]))
    return lines


def _joined(plain: str, spans: list[tuple[int, int]], *, wrapped: bool) -> list[tuple[int, int]]:
    """Put together what was torn: a long line that stops in mid-sentence and goes on in lower case.

    Where the text is hard-wrapped, an empty line alone parts two paragraphs.
    """
    if not wrapped and not any(plain[start].islower() for start, _ in spans):
        return spans
    joined = spans[:1]
    latest = spans[0][0] if spans else 0  # where the last line put on begins
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


def _hard_wrapped(plain: str, spans: list[tuple[int, int]]) -> bool:
    """Lines broken at a fixed width: many go on in lower case on the next line."""
    for start, end in spans:
        if end - start > 120:
            return False
    going_on = sum(plain[b] == "\n" and plain[b + 1 : b + 2].islower() for _, b in spans[:-1])
    return going_on >= 0.3 * len(spans)


def _roles(readable: Readable, spans: list[tuple[int, int]]) -> Sequence[str]:
    if not readable.blocks:
        return [""] * len(spans)
    starts = [block.start for block in readable.blocks]
    roles = []
    for start, end in spans:
        at = bisect_right(starts, (start + end) // 2) - 1
        block = readable.blocks[at] if at >= 0 else None
        roles.append(block.role if block is not None and start < block.end else "")
    return roles


def _title_case(piece: str) -> bool:
    """Most words capitalised, as in the headlines of other stories."""
    parts = [w for w in piece.split() if w[0].isalpha()]
    return len(parts) >= 4 and sum(w[0].isupper() for w in parts) >= 0.7 * len(parts) and not piece.isupper()


def _page_furniture(lines: list[_Line], plain: str) -> set[int]:
    """Indices of lines that belong to the page, not to the article."""
    found: set[int] = set()
    section = False  # below a heading such as "Related stories"
    comments = False
    read = 0  # words of prose so far
    for i, line in enumerate(lines):
        start, end, words, ends, bullet, prose, role = line
        if role:
            if role in ("furniture", "caption"):
                found.add(i)
                continue
            if role in ("title", "byline"):
                continue
        text = lowered(plain[start:end]) if words < 40 and end - start < _LONGEST_LABEL else ""
        if text and words <= 8 and not ends:
            if read > _READ_BEFORE_COMMENTS and _COMMENTS.match(text):
                comments = True
            elif _SECTION.match(text.lstrip("[ \u2022*-")):
                section = True
        if section and prose and words >= 20 and not bullet:
            section = False  # the article goes on below a box
        if comments or section or words == 0 or (text and _is_furniture(line, text)):
            found.add(i)
        elif prose:
            read += words
    return found


def _is_furniture(line: _Line, text: str) -> bool:
    if (" " not in text or not text[0].isalpha()) and _LINK_LINE.match(text):
        return True
    if _holds(text, _FURNITURE_WITHIN) or ("follow " in text and _FOLLOW.search(text)):
        return True
    if text.startswith(_CAPTION_STARTS) and _CAPTION_LINE.match(text):
        return True
    owned = not line.ends and _holds(text[-_TAIL:], _OWNERS) and _CREDIT.search(text)
    if owned or (not line.ends and _holds(text, _LABEL_WITHIN)):
        return True
    if line.ends and line.words > 12:  # a sentence that begins like a button is still a sentence
        return False
    if text.startswith(_FURNITURE_STARTS) and _FURNITURE_LINE.match(text):
        return True
    if text[0].isdigit() and _COUNTER.match(text):
        return True
    return _NAVIGATION.match(text) is not None or (not line.ends and _DATE_LINE.match(text) is not None)


def _holds(text: str, phrases: tuple[str, ...]) -> bool:
    for phrase in phrases:  # noqa: SIM110 - any() takes twice the time here
        if phrase in text:
            return True
    return False


def _headline(lines: list[_Line], furniture: set[int], plain: str, title: str | None) -> int | None:
    for i, line in enumerate(lines):
        if line.role == "title":
            return i
    if title is not None:
        wanted = " ".join(fold(title).low.split())
        for i, line in enumerate(lines[:3]):
            if " ".join(lowered(plain[line.start : line.end]).split()) == wanted and len(lines) > 1:
                return i
        return None
    kept = [i for i in range(len(lines)) if i not in furniture]
    if len(kept) == 1:  # one line alone is a headline if it does not read as a sentence
        line = lines[kept[0]]
        closed = line.ends and plain[line.start : line.end].rstrip(_CLOSING)[-1:] in (".", "!")
        return kept[0] if not closed and 3 <= line.words < _LONG_LINE and not line.bullet else None
    candidates: list[int] = []
    for i in kept:
        line = lines[i]
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
        (i for i in range(candidates[-1] + 2) if i < len(lines) and _is_byline(lines[i], plain)), None
    )
    above = [i for i in candidates if signed is not None and i < signed]
    if above and above[0] != above[-1]:  # a menu stands above: the headline is what the byline follows
        return above[-1]
    wide = [
        i
        for i in candidates
        if lines[i].words >= 4 and not _NAMES.fullmatch(plain[lines[i].start : lines[i].end])
    ]
    return (wide or candidates)[0]


def _is_byline(line: _Line, plain: str) -> bool:
    return line.words <= 14 and not line.ends and _BYLINE.match(plain[line.start : line.end]) is not None


def _byline(
    lines: list[_Line], furniture: set[int], headline: int | None, first: int, plain: str
) -> int | None:
    for i, line in enumerate(lines):
        if line.role == "byline":
            return i
    top = 0 if headline is None else headline + 1
    for i in range(top, min(first + 1, len(lines), top + 6)):
        line = lines[i]
        text = plain[line.start : line.end]
        if _is_byline(line, plain):
            return i
        if (
            headline is not None
            and i < first
            and i not in furniture
            and line.words <= 8
            and _NAMES.fullmatch(text)
        ):
            return i
    return None
