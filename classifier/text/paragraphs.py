"""Paragraphs and their zones: what is title, byline, body, and what is only furniture of the page.

Plain text and copied pages carry no tags, so zones are told by shape: the body is the run of lines that read as
sentences; a headline stands above it; lists of other stories, share lines and comments stand around it. Where
the source is HTML the tags have already said most of it (`readable.blocks`).
"""

import re
from bisect import bisect_right
from enum import IntEnum
from typing import NamedTuple

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


_LINE = re.compile(r"\S[^\n]*")
_BULLET = re.compile(r"(?:[-*\u2022\u2023\u25aa\u25cf\u25e6\u00b7\u2013\u203a>]|[0-9]{1,2}[.)]?)(?:\s|$)")
_BULLETS = frozenset("-*\u2022\u2023\u25aa\u25cf\u25e6\u00b7\u2013\u203a>0123456789")
_ENDS = frozenset((".", "!", "?", "\u2026"))
_CLOSING = "\"')]} \u00bb\u201c\u2019"
_LONG_LINE = 25  # words: no headline is that long

# Whole lines that no article writes about itself. Matched at the start of a short lower-cased line.
_FURNITURE = re.compile(
    r"""(?:(?:quick|direct)\ access|skip\ (?:to|navigation)|jump\ to|main\ (?:page|contents|menu)|back\ to\ top
    |share(?:\ (?:this|it|on|via|with|article|story|page)\b|\s*$)|tweet(?:\ this)?\s*$|pin\ it|e-?mail(?:\ this)?\s*$|print(?:\ this)?\s*$
    |whatsapp\s*$|facebook\s*$|twitter\s*$|(?:read|see|watch|view|click)\ (?:more|next|also|here|this\ post|all)\b|read:|watch:|also\ read
    |a\ post\ shared\ by|a\ video\ posted\ by|view\ this\ post|embed\b|loading\b|advert(?:isement|ising)?\b
    |sponsored|promoted|subscribe|sign\ (?:up|in)\b|log\ ?in\b|newsletter|get\ (?:our|the)\ (?:newsletter|app|latest)
    |follow\ (?:us|him|her|them|me|@)|like\ us\ on|find\ us\ on|join\ (?:us|our)\b|download\ (?:our|the)\ app
    |(?:\(c\)|\u00a9|copyright)\b|copyright|all\ rights\ reserved|terms\ of\ (?:use|service)|privacy\ policy|cookie
    |(?:we|this\ (?:site|website))\ uses?\ cookies|accept\ (?:all\ )?cookies|filed\ under|tags?\s*:|topics?\s*:|categor(?:y|ies)\s*:
    |posted\ (?:in|on|by)\b|(?:last\ )?updated\b|published\b|\d+\ (?:comments?|shares?|views?|min(?:ute)?s?\ read)\b
    |comments?\ ?\(?\d*\)?\s*$|leave\ a\ (?:comment|reply)|no\ comments|add\ (?:a\ )?comment|home\s*$|menu\s*$|search\s*$
    |(?:this|the)\ (?:image|photo|picture)\b|(?:photo|image|picture|video|credit|caption|file\ (?:photo|picture|image))s?\b[^.]{0,20}[:/|(]
    |file\ (?:photo|picture|image)|getty\ images|ap\ photo|image\ (?:source|credit)|photo\ (?:by|credit|courtesy)
    |about\ the\ author|the\ author\ is|to\ (?:contact|comment|read\ more)|contact\ (?:us|the\ (?:author|reporter|editor))|report\ an?\ (?:error|typo)
    |have\ a\ (?:tip|story)|support\ (?:our|independent)|donate\b|make\ a\ donation|our\ (?:standards|privacy)
    )""",
    re.VERBOSE,
)
# Looked for one by one: a tenth of the time of one expression with alternatives.
_FURNITURE_WITHIN = (
    "all rights reserved", "sign up for our", "sign up for the", "subscribe to our", "is unrelated to the article",
    "click here to", "privacy policy", "terms of use", "terms of service",
)
_FOLLOW = re.compile(r"follow (?:him|her|us|them|me) on (?:twitter|facebook|instagram|x\b)")
# Headings below which other stories, buttons or readers' comments stand.
_SECTION = re.compile(
    r"(?:\[?latest\]?\s)?(?:(?:latest|top|more|recent|trending|popular|related|featured|recommended|other|editor'?s?|weekly|most|best|our)\b"
    r"[^.?!]{0,30}\b(?:stories|story|news|articles?|posts?|reads?|picks?|now|viewed|popular|best|read|shared|videos?|topics?|links?|content|coverage|for you)\b"
    r"|related\s*$|trending\s*$|popular\s*$|must[- ]reads?|you (?:may|might) (?:also )?(?:like|enjoy|be interested)|popular now|recommended\b"
    r"|read next|up next|more (?:from|on|in|by|about)\b|from (?:the|around the) web|around the web|sponsored (?:links|content)|don'?t miss"
    r"|what to read next|in (?:other|related) news|see also|elsewhere on)",
)
_COMMENTS = re.compile(r"(?:\d+ )?(?:readers?'? )?(?:comments?|discussion|replies|responses)\b[ :(]*\d*\)?\s*$|(?:leave|post|add) a (?:comment|reply)|join the (?:conversation|discussion)")
_BYLINE = re.compile(
    r"(?:by|words by|written by|story by|reporting by|text by)\s*:?\s+(?=\S)", re.IGNORECASE
)
_NAMES = re.compile(
    r"(?:[^\W\d_a-z][\w'.-]*\s+){1,3}[^\W\d_a-z][\w'.-]*"
    r"(?:\s+views?|\s*[,|/\u2013\u2014-]\s*(?:staff|senior|special|chief|political|contributing|news|the|for|reporter|writer|editor|correspondent|\d).*)?\s*"
)
_DATE_LINE = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b.{0,40}\d{4}.{0,30}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}.{0,40}"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+\d{4}.{0,40}"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.{0,40})\s*$"
)
_LINK_LINE = re.compile(r"(?:https?://|www\.)\S+\s*$|\S+@\S+\.\w+\s*$|[\d\s,.:%|/]+$")
_NAVIGATION = re.compile(r"(?:[^|\u203a\u00bb>\u2022]{1,30}[|\u203a\u00bb>\u2022]){2,}")


class _Line(NamedTuple):
    start: int
    end: int
    words: int
    ends: bool  # with a mark that ends sentences
    bullet: bool
    prose: bool
    role: str  # from the tags of a page, "" where there are none


def paragraphs(readable: Readable, plain: str, low: str, words: Words, title: str | None) -> list[Paragraph]:
    """Cut a text into paragraphs, in order, each with its zone.

    `title` is the headline where the input gives it in a place of its own; then no line of the text is taken
    for the headline unless it repeats it. Time is linear in the length of the text.
    """
    lines = _lines(readable, plain, words)
    if not lines:
        return []
    furniture = _page_furniture(lines, low)
    headline = _headline(lines, furniture, plain, low, title)
    prose = [i for i, line in enumerate(lines) if line.prose and i not in furniture and i != headline]
    first, last = (prose[0], prose[-1]) if prose else (0, len(lines) - 1)
    if headline is not None:
        first = max(first, headline + 1) if prose else headline + 1
    byline = _byline(lines, furniture, headline, first, plain)
    result = []
    for i, line in enumerate(lines):
        shape = Shape.PROSE if line.prose else Shape.ITEM if line.bullet or line.role == "list" else Shape.LINE
        if i == headline:
            zone = Zone.TITLE
        elif i == byline:
            zone = Zone.BYLINE
        elif i in furniture or not first <= i <= last:
            zone = Zone.FURNITURE
        else:
            zone = Zone.BODY
        result.append(Paragraph(line.start, line.end, zone, shape, line.words))
    return result


def _lines(readable: Readable, plain: str, words: Words) -> list[_Line]:
    spans = [m.span() for m in _LINE.finditer(plain)]
    if len(spans) >= 8 and not readable.markup and _hard_wrapped(plain, spans):
        spans = _joined(plain, spans)
    roles = _roles(readable, spans)
    firsts = words.start.searchsorted([s for s, _ in spans]).tolist()
    firsts.append(len(words.start))
    lines = []
    for i, (start, end) in enumerate(spans):
        if plain[end - 1].isspace():
            end -= len(plain[start:end]) - len(plain[start:end].rstrip())  # noqa: PLW2901
        n = firsts[i + 1] - firsts[i]
        ends = plain[end - 1] in _ENDS or plain[max(start, end - 6) : end].rstrip(_CLOSING)[-1:] in _ENDS
        bullet = n < 60 and plain[start] in _BULLETS and _BULLET.match(plain, start, end) is not None
        prose = n >= _LONG_LINE or (ends and n >= 3 and not bullet)
        if prose and n < _LONG_LINE and plain[end - 1] == "?" and _title_case(plain[start:end]):
            prose = False
        lines.append(_Line(start, end, n, ends, bullet, prose, roles[i]))
    return lines


def _joined(plain: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Lines not parted by an empty one, as one."""
    joined = spans[:1]
    for start, end in spans[1:]:
        if plain.count("\n", joined[-1][1], start) == 1:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _hard_wrapped(plain: str, spans: list[tuple[int, int]]) -> bool:
    """Lines broken at a fixed width: many go on in lower case on the next line."""
    if max(e - s for s, e in spans) > 120:
        return False
    going_on = sum(
        plain[b] == "\n" and plain[b + 1 : b + 2].islower() for (_, b), _ in zip(spans, spans[1:], strict=False)
    )
    return going_on >= 0.3 * len(spans)


def _roles(readable: Readable, spans: list[tuple[int, int]]) -> list[str]:
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


def _page_furniture(lines: list[_Line], low: str) -> set[int]:
    """Indices of lines that belong to the page, not to the article."""
    found: set[int] = set()
    section = False  # below a heading such as "Related stories"
    comments = False
    prose_seen = False
    for i, line in enumerate(lines):
        if line.role in ("furniture", "caption"):
            found.add(i)
            continue
        if line.role in ("title", "byline"):
            continue
        text = low[line.start : line.end] if line.words < 40 else ""
        if text and line.words <= 8 and not line.ends:
            if prose_seen and _COMMENTS.match(text):
                comments = True
            elif _SECTION.match(text.lstrip("[ \u2022*-")):
                section = True
        if section and line.prose and line.ends and line.words >= 20 and not line.bullet:
            section = False  # the article goes on below a box
        if comments or section or (text and _is_furniture(line, text)):
            found.add(i)
        elif line.prose:
            prose_seen = True
    return found


def _is_furniture(line: _Line, text: str) -> bool:
    if line.words == 0 or _LINK_LINE.match(text):
        return "http" not in text or line.words <= 12
    if any(phrase in text for phrase in _FURNITURE_WITHIN) or ("follow " in text and _FOLLOW.search(text)):
        return True
    if line.ends and line.words > 12:  # a sentence that begins like a button is still a sentence
        return False
    return _FURNITURE.match(text) is not None or _NAVIGATION.match(text) is not None or (
        not line.ends and _DATE_LINE.match(text) is not None
    )


def _headline(
    lines: list[_Line], furniture: set[int], plain: str, low: str, title: str | None
) -> int | None:
    for i, line in enumerate(lines):
        if line.role == "title":
            return i
    if title is not None:
        wanted = " ".join(title.lower().split())
        for i, line in enumerate(lines[:3]):
            if " ".join(low[line.start : line.end].split()) == wanted and len(lines) > 1:
                return i
        return None
    kept = [i for i in range(len(lines)) if i not in furniture]
    if len(kept) == 1:  # one line alone is a headline if it does not read as a sentence
        line = lines[kept[0]]
        closed = line.ends and plain[line.start : line.end].rstrip(_CLOSING)[-1:] in (".", "!")
        return kept[0] if not closed and 3 <= line.words < _LONG_LINE and not line.bullet else None
    candidates = []
    for i in kept:
        line = lines[i]
        question = line.ends and line.words < _LONG_LINE and plain[line.end - 1] == "?"
        if line.prose and not (question and not candidates):
            break
        if line.bullet or line.role == "list":
            break
        text = plain[line.start : line.end]
        if 2 <= line.words <= 30 and not _BYLINE.match(text) and text[:1] not in "#@(":
            candidates.append(i)
        if len(candidates) == 6:
            break
    if not candidates or candidates[0] == kept[-1]:
        return None
    wide = [i for i in candidates if lines[i].words >= 4 and not _NAMES.fullmatch(plain[lines[i].start : lines[i].end])]
    return (wide or candidates)[0]


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
        if line.words <= 14 and not line.ends and _BYLINE.match(text):
            return i
        if headline is not None and i < first and i not in furniture and line.words <= 8 and _NAMES.fullmatch(text):
            return i
    return None
