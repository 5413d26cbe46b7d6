"""Decides from what holds inside the tags which paragraphs of a page are its article."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal, NamedTuple

from classifier.text.html_tags import (
    BYLINE,
    CAPTION,
    FORM,
    FURNITURE,
    FURNITURE_BY_NAME,
    HEADING,
    HEADLINE,
    LIST,
    MAIN,
    NOT_HEADLINE,
)

Role = Literal["title", "byline", "furniture", "caption", "list", "prose"]


@dataclass(frozen=True, slots=True)
class Block:
    """What the tags say about the paragraph `text[start:end]` of the visible text."""

    start: int
    end: int
    role: Role


class Piece(NamedTuple):
    """What holds for a visible character: flags, and the numbers of the article and articleBody it is in."""

    flags: int
    article: int
    body: int


class Paragraph(NamedTuple):
    """A stretch of visible text between two breaks."""

    start: int
    end: int
    pieces: Counter[Piece]  # visible characters by what holds for them


_LONGEST_BYLINE = 150  # characters: a longer "author" element is about the author
_ONE_OF_THE_ARTICLES = 0.25  # of the longest one's running text; shorter <article> elements are teasers
_BELIEVED = 0.2  # of the page's running text; an <article> with less of it is not what the page is about
_LABEL = 30  # characters of a paragraph that make no running text yet: links and labels are shorter


def roles(paragraphs: list[Paragraph]) -> list[Block]:
    """One block a paragraph; furniture told by names alone is not believed where it leaves no article."""
    blocks = _roles_believing(paragraphs, FURNITURE | FURNITURE_BY_NAME | FORM)
    if not any(block.role in ("prose", "list") for block in blocks):
        blocks = _roles_believing(paragraphs, FURNITURE)
    return blocks


def _roles_believing(paragraphs: list[Paragraph], furniture: int) -> list[Block]:
    holds = [max(paragraph.pieces, key=paragraph.pieces.__getitem__) for paragraph in paragraphs]
    lengths = [paragraph.end - paragraph.start for paragraph in paragraphs]
    inside = _inside(holds, lengths, furniture)
    articles = {hold.article for hold, within in zip(holds, inside, strict=True) if within}
    title = _title(holds, inside, articles)
    blocks = []
    for number, (paragraph, hold) in enumerate(zip(paragraphs, holds, strict=True)):
        near = inside[number] or not hold.article or hold.article in articles
        role: Role
        if number == title:
            role = "title"
        elif hold.flags & furniture:
            role = "furniture"
        elif (
            near
            and lengths[number] <= _LONGEST_BYLINE
            and any(piece.flags & BYLINE for piece in paragraph.pieces)
        ):
            role = "byline"
        elif not inside[number]:
            role = "furniture"
        elif hold.flags & CAPTION:
            role = "caption"
        elif hold.flags & LIST:
            role = "list"
        else:
            role = "prose"
        blocks.append(Block(paragraph.start, paragraph.end, role))
    return blocks


def _inside(holds: list[Piece], lengths: list[int], furniture: int) -> list[bool]:
    """Say of each paragraph whether the page itself calls it part of the article; all, if it is silent."""
    bodies: Counter[int] = Counter()
    articles: Counter[int] = Counter()
    mains: Counter[int] = Counter()
    for hold, length in zip(holds, lengths, strict=True):
        if not hold.flags & (furniture | CAPTION | HEADING):
            running = max(length - _LABEL, 0)
            bodies[hold.body] += running
            articles[hold.article] += running
            mains[hold.flags & MAIN] += running
    if kept := _longest(bodies):
        return [hold.body in kept for hold in holds]
    if kept := _longest(articles):
        return [hold.article in kept for hold in holds]
    if kept := _longest(mains):
        return [hold.flags & MAIN in kept for hold in holds]
    return [True] * len(holds)


def _longest(sizes: Counter[int]) -> set[int]:
    """Keep the elements that hold the article: none if they have too little of the page's running text."""
    whole = sizes.total()
    most = max((size for number, size in sizes.items() if number), default=0)
    kept = {number for number, size in sizes.items() if number and 0 < size >= _ONE_OF_THE_ARTICLES * most}
    return kept if sum(sizes[number] for number in kept) >= _BELIEVED * whole else set()


def _title(holds: list[Piece], inside: list[bool], articles: set[int]) -> int | None:
    """Find the headline: the first h1 of the article, else the last h1 before it, else what is called one."""
    headings = [
        number
        for number, hold in enumerate(holds)
        if hold.flags & HEADING and not hold.flags & (FURNITURE | NOT_HEADLINE)
    ]
    headings = [n for n in headings if not holds[n].flags & FURNITURE_BY_NAME] or headings
    for number in headings:
        if inside[number] or (holds[number].article and holds[number].article in articles):
            return number
    if headings:
        first = inside.index(True) if True in inside else len(inside)
        return max((number for number in headings if number < first), default=headings[0])
    return next(
        (n for n, hold in enumerate(holds) if hold.flags & HEADLINE and not hold.flags & FURNITURE), None
    )
