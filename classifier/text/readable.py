"""Makes a document readable once, with an exact index back to the text as it was given."""

import html
import re
import unicodedata
from dataclasses import dataclass
from html.entities import html5

import numpy as np

from classifier.text.document import Document
from classifier.text.html_roles import Block
from classifier.text.markup import looks_like_markup, visible
from classifier.text.rewrite import Back, Edit, apply

__all__ = ["MOJIBAKE", "QUOTATION_MARKS_DESTROYED", "Block", "Readable", "readable"]

MOJIBAKE = "mojibake_suspected"
QUOTATION_MARKS_DESTROYED = "quotation_marks_destroyed"


@dataclass(frozen=True, slots=True)
class Readable:
    """What a reader sees of `raw`, and where each of its characters stands there.

    `back` has shape (2, len(text)): start and end (exclusive) in `raw` of every character of `text`, both
    rows never falling; None means that `text` is `raw`. `markup`: `raw` is HTML source, and `blocks` then
    says what its tags tell about each paragraph of `text` (sorted, not overlapping). `notes` are codes
    for what was found damaged.
    """

    raw: str
    text: str
    back: Back | None
    markup: bool
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in `raw`; needs 0 <= start < end <= len(text)."""
        if self.back is None:
            return start, end
        return int(self.back[0, start]), int(self.back[1, end - 1])

    def span_of_raw(self, first: int, last: int) -> tuple[int, int]:
        """Which stretch of `text` stands for ``raw[first:last]``: what `raw_span` came from, if from anything."""
        if self.back is None:
            return first, last
        starts, ends = self.back
        return int(starts.searchsorted(np.int32(first))), int(ends.searchsorted(np.int32(last), "right"))

    def shown(self, start: int, end: int) -> str:
        """`text[start:end]` as the output prints it: the raw slice, or what a reader sees of a page."""
        if self.markup or self.back is None:
            return self.text[start:end]
        first, last = self.raw_span(start, end)
        return self.raw[first:last]


def readable(document: Document) -> Readable:
    """Make `document.raw` readable. Nearly always nothing has to go, and `text` is `raw` at no cost.

    Whether it is HTML says `document.markup`, or a look at it where that is None. In both sorts character
    references are resolved, invisible characters vanish and UTF-8 once read as Windows-1252 is read again.
    Never raises: any string is readable.
    """
    raw = document.raw
    text = raw
    back: Back | None = None
    blocks: tuple[Block, ...] = ()
    markup = document.markup
    if markup is None:
        markup = looks_like_markup(raw)
    if markup:
        text, back, blocks = visible(raw)
    elif "&" in raw:
        text, back = apply(text, back, _references(raw))

    notes: list[str] = []
    if not text.isascii():
        text, back, blocks, damaged = _mended(text, back, blocks)
        if damaged:
            notes.append(MOJIBAKE)
    if "?" in text and _quotation_marks_destroyed(text):
        notes.append(QUOTATION_MARKS_DESTROYED)
    return Readable(raw, text, back, markup, blocks, tuple(notes))


def _mended(
    text: str, back: Back | None, blocks: tuple[Block, ...]
) -> tuple[str, Back | None, tuple[Block, ...], bool]:
    # Characters from U+00C0 to U+00FF are found fast in UTF-8: they all begin with C3, which is never a later
    # byte. Looking for them in the text costs ten times the encoding.
    damaged = False
    if _MAY_BE_MISREAD.search(text.encode("utf-8", "surrogatepass")):
        for _ in range(2):  # text that went through the wrong reader twice is not rare
            edits = _misread(text)
            if not edits:
                break
            damaged = True
            text, back, blocks = _carried(text, back, blocks, edits)
    if any(mark in text for mark in _INVISIBLE_ONES):
        edits = [Edit(found.start(), found.end(), "") for found in _INVISIBLE.finditer(text)]
        text, back, blocks = _carried(text, back, blocks, edits)
    return text, back, blocks, damaged


def _carried(
    text: str, back: Back | None, blocks: tuple[Block, ...], edits: list[Edit]
) -> tuple[str, Back | None, tuple[Block, ...]]:
    if not blocks:
        return (*apply(text, back, edits), ())
    _, way = apply(text, None, edits)
    if way is None:
        return text, back, blocks
    kept = []
    places = way[0].searchsorted([(block.start, block.end) for block in blocks])
    for (start, end), block in zip(places.tolist(), blocks, strict=True):
        if start < end:
            kept.append(Block(start, end, block.role))
    return (*apply(text, back, edits), tuple(kept))


# Not the joiners U+200C and U+200D: they hold emoji and words of some scripts together.
_INVISIBLE_ONES = "\u00ad\u200b\u2060\ufeff"
_INVISIBLE = re.compile(f"[{_INVISIBLE_ONES}]+")

# "&amp;amp;#160;": each time a page is escaped once more, one "amp;" is added.
_REFERENCE = re.compile(r"&(?:amp;)*(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def _references(text: str) -> list[Edit]:
    edits = []
    for found in _REFERENCE.finditer(text):
        name = found[0].rpartition("&")[2].rpartition("amp;")[2] or "amp;"
        if name[0] == "#" or name in html5:
            shown = html.unescape(f"&{name}")
            if shown:
                edits.append(Edit(found.start(), found.end(), shown))
    return edits


def _windows_1252(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


# The second to fourth bytes of UTF-8 when read as Windows-1252, or as Latin-1 (control characters).
_BYTES = {_windows_1252(byte): byte for byte in range(0x80, 0xC0)} | {chr(b): b for b in range(0x80, 0xC0)}
_LATER = "[" + re.escape("".join(_BYTES)) + "]"
_MISREAD = re.compile(
    f'[\u00c2-\u00df]{_LATER}|[\u00e0-\u00ef]{_LATER}{{2}}|[\u00f0-\u00f4]{_LATER}{{3}}|\u00e2\u20ac"?(?!{_LATER})'
)
_MAY_BE_MISREAD = re.compile(rb'\xc3[\x82-\xb4](?:["\x80-\xff])')  # before what `_MISREAD` needs behind it
# Marks that rightly follow an accented letter ("É”", "café\u00a0»"), so that the pair proves nothing; the
# second set follows capitals in brand names, but after Â and Ã they are the commonest damage of all.
_MAY_FOLLOW = frozenset("‘’“”–—…•‚„‹›«»´\u00a0\u00ad")
_MAY_FOLLOW_NAME = frozenset("®™©°¹²³ªº")


def _misread(text: str) -> list[Edit]:
    edits = []
    proofs = 0
    for found in _MISREAD.finditer(text):
        piece = found[0]
        if piece.startswith("\u00e2\u20ac") and len(piece) < 3:
            shown = "\u201d"  # the last byte, 9D, is undefined in Windows-1252 and gets lost
        elif piece == '\u00e2\u20ac"':
            shown = "\u2014"  # the dashes' last bytes look like quotation marks and get straightened
        else:
            try:
                shown = bytes((ord(piece[0]), *(_BYTES[c] for c in piece[1:]))).decode("utf-8")
            except UnicodeDecodeError:
                continue
            if unicodedata.category(shown) in {"Cn", "Co", "Cs"}:
                continue
            proofs += _is_proof(piece)
        edits.append(Edit(found.start(), found.end(), shown))
    return edits if proofs >= 2 else []


def _is_proof(piece: str) -> bool:
    lead, later = piece[0], piece[1:]
    if lead == "\u00c2":
        return later not in "‘’“”"
    if _MAY_FOLLOW.issuperset(later):
        return False
    return lead == "\u00c3" or not _MAY_FOLLOW_NAME.union(_MAY_FOLLOW).issuperset(later)


# The literal comes first in each, the look behind after it: only so the search jumps from mark to mark.
_MARK_IN_CONTRACTION = re.compile(r"\?(?<=[A-Za-z]\?)(?:s|t|re|ve|ll|d|m)(?![A-Za-z=])")
_MARK_BEFORE_WORD = re.compile(r"\?(?<=[\s(]\?)[A-Za-z]")
_QUOTATION_MARKS = '"“”«»„'


def _quotation_marks_destroyed(text: str) -> bool:
    if text.count("?") < 2:
        return False
    found = len(_MARK_IN_CONTRACTION.findall(text)) + len(_MARK_BEFORE_WORD.findall(text))
    if found < 2:
        return False
    return 2 * sum(text.count(mark) for mark in _QUOTATION_MARKS) <= found
