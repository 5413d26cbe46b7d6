"""Reads HTML source as a browser shows it: the visible text, its place in the source, and what the tags say.

One pass from left to right with a tolerant stack of open elements; no tree is built. Every search is either
successful or made once, so that the time is linear in the length of the source, whatever stands in it.
"""

import html
import re
from collections import Counter
from html.entities import html5
from typing import NamedTuple

from classifier.text.html_roles import Block, Paragraph, Piece, roles
from classifier.text.html_tags import (
    BLOCK,
    CLOSED_BY_SELF,
    FORM,
    FURNITURE_BY_NAME,
    HIDDEN,
    IN_HEAD,
    LISTS,
    MAIN,
    NO_TRAITS,
    OWN,
    PARAGRAPH,
    PREFORMATTED,
    RAW_TEXT,
    UNSEEN,
    VOID,
    traits_of,
)
from classifier.text.rewrite import Back, Rewrite

_DECLARED = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_COMMON_TAG = re.compile(
    r"<(?:(?:p|br|div|span|h[1-6]|li|ul|article)(?:\s[^<>]*+|/)?|a\s(?:[^<>h]|h(?!ref))*+href[^<>]*+"
    r"|/(?:p|div|span|a|h[1-6]|li|ul|article)\s*+)>",
    re.IGNORECASE,
)


def looks_like_markup(raw: str) -> bool:
    """Say whether `raw` is HTML source: it declares itself, or has at least two tags of running text."""
    if "<" not in raw:
        return False
    if _DECLARED.search(raw):
        return True
    first = _COMMON_TAG.search(raw)
    return first is not None and _COMMON_TAG.search(raw, first.end()) is not None


def visible(raw: str) -> tuple[str, Back, tuple[Block, ...]]:
    """Return the visible text of HTML source, the index back into the source, and its paragraphs' roles.

    Inline tags leave no gap. Paragraphs are parted by two line feeds, lines (`<br>`) by one; they go back to
    the tag that parts them. White space is collapsed outside `<pre>`. Where the page says which part of it
    is the article (`<article>`, `<main>`, itemprop articleBody), everything else is furniture. Never raises.
    """
    page = _Page(raw)
    page.read()
    text, back = page.out.finish()
    return text, back, tuple(roles(page.paragraphs))


_OPENING = re.compile(r"<(?=[A-Za-z/!?])")
_NAME = re.compile(r"</?([A-Za-z][^\s/>]{0,63})")
_REST = re.compile(r"""(?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+>""")
_SPACE = " \t\n\r\f"
_SPECIAL = re.compile(
    r"(?:[ \t\n\r\f]|&(?:#(?:9|1[023]|32)|#[xX](?:9|[aAcCdD]|20)|Tab|NewLine);){2,}|[\t\n\r\f]"
    r"|&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{0,31};?)"
)
_LONGEST_REFERENCE = 40
_BLANK_LINE = re.compile(r"\n(?:[ \t\r\f]*+\n)+")
_PARTS_PARAGRAPHS = re.compile(r"<(?:p|br|div|li|td|h[1-6])[\s/>]", re.IGNORECASE)
_LINE = 1
_PARAGRAPH_BREAK = 2
_DEPTH = 500  # browsers stop nesting at 512; without a limit, misnested tags cost quadratic time
_INLINE_REACH = 64  # open inline elements that the end tag of another one looks past


class _Element(NamedTuple):
    name: str
    flags: int
    article: int  # number of the innermost article, 0 outside
    body: int  # number of the innermost articleBody, 0 outside


class _Page:
    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.out = Rewrite()
        self.paragraphs: list[Paragraph] = []
        self._stack = [_Element("", 0, 0, 0)]
        self._open: Counter[str] = Counter()
        self._articles = 0
        self._bodies = 0
        self._break = 0
        self._break_span = (0, 0)
        self._space: tuple[int, int] | None = None
        self._paragraph_start = 0
        self._pieces: Counter[Piece] = Counter()
        self._last_close = raw.rfind(">")
        self._quotes_close = True
        self._cdata_closes = True
        # Articles pasted from an editor have tags inside paragraphs but none between them.
        self._blank_lines_part = _PARTS_PARAGRAPHS.search(raw) is None

    def read(self) -> None:
        raw = self.raw
        place = 0
        while found := _OPENING.search(raw, place):
            start = found.start()
            if start >= self._last_close:
                break
            self._characters(place, start)
            place = self._tag(start)
        self._characters(place, len(raw))
        self._end_paragraph()

    def _tag(self, start: int) -> int:
        """Read the tag, comment or declaration that begins at `start`; return where it ends."""
        raw = self.raw
        named = _NAME.match(raw, start)
        if named is None:
            return self._declaration(start)
        end = self._tag_end(named.end())
        name = named[1].lower()
        if raw[start + 1] == "/":
            self._close(name, start, end)
            return end
        attributes = raw[named.end() : end - 1]
        self._begin(name, attributes, start, end)
        if name in RAW_TEXT:
            closing = re.compile(f"</{re.escape(name)}(?=[\\s/>])[^>]*>?", re.IGNORECASE).search(raw, end)
            return closing.end() if closing else len(raw)
        return end

    def _declaration(self, start: int) -> int:
        raw = self.raw
        if raw.startswith("<!--", start):
            end = raw.find("-->", start + 2)
            return end + 3 if end >= 0 else len(raw)
        if self._cdata_closes and raw.startswith("<![CDATA[", start):
            end = raw.find("]]>", start)
            if end >= 0:
                return end + 3
            self._cdata_closes = False
        return raw.find(">", start) + 1

    def _tag_end(self, place: int) -> int:
        if self._quotes_close:
            found = _REST.match(self.raw, place)
            if found:
                return found.end()
            # A quotation mark is missing somewhere: from here on a tag ends at the first ">". Trying again
            # at each tag would read the rest of the source each time.
            self._quotes_close = False
        return self.raw.find(">", place) + 1

    def _begin(self, name: str, attributes: str, start: int, end: int) -> None:
        if self._stack[-1].name == "head" and name not in IN_HEAD:
            self._pop_to(len(self._stack) - 1)
        if name == "br":
            self._part(_LINE, start, end)
            return
        if name in BLOCK:
            self._close_implied(name)
            if not self._stack[-1].flags & UNSEEN:
                self._part(_PARAGRAPH_BREAK, start, end)
        if name in VOID or name in RAW_TEXT:
            return
        if name == "q":
            self._show("\u201c", start, end)
        if len(self._stack) < _DEPTH and not (attributes.endswith("/") and name not in BLOCK):
            self._push(name, attributes)

    def _push(self, name: str, attributes: str) -> None:
        parent = self._stack[-1]
        traits = traits_of(name, attributes) if attributes else NO_TRAITS
        inherited, own = parent.flags, OWN.get(name, 0) | traits.flags
        article, body = parent.article, parent.body
        if name == "article":
            self._articles += 1
            article = self._articles
            inherited &= ~FORM
        elif own & MAIN or traits.is_body:
            inherited &= ~(FORM | FURNITURE_BY_NAME)
        if name == "header" and (article or inherited & MAIN):
            own &= ~FURNITURE_BY_NAME
        if name not in BLOCK and inherited & PARAGRAPH:
            own &= ~FURNITURE_BY_NAME
        if traits.is_body:
            self._bodies += 1
            body = self._bodies
        self._stack.append(_Element(name, inherited | own, article, body))
        self._open[name] += 1

    def _close(self, name: str, start: int, end: int) -> None:
        if name == "br":
            self._part(_LINE, start, end)
            return
        if name == "q" and self._open["q"]:
            self._show("\u201d", start, end)
        block = name in BLOCK
        if block and not self._stack[-1].flags & UNSEEN:
            self._part(_PARAGRAPH_BREAK, start, end)
        if not self._open[name]:
            return
        reach = _DEPTH if block else _INLINE_REACH
        for depth in range(len(self._stack) - 1, max(0, len(self._stack) - 1 - reach), -1):
            element = self._stack[depth]
            if element.name == name:
                self._pop_to(depth)
                return
            if element.name in BLOCK and not block and name not in HIDDEN:
                return

    def _close_implied(self, name: str) -> None:
        if self._open["p"]:
            for depth in range(len(self._stack) - 1, 0, -1):
                element = self._stack[depth].name
                if element == "p":
                    self._pop_to(depth)
                    break
                if element in BLOCK or element in HIDDEN:
                    break
        ended = CLOSED_BY_SELF.get(name)
        if ended is None or not any(self._open[element] for element in ended):
            return
        for depth in range(len(self._stack) - 1, 0, -1):
            element = self._stack[depth].name
            if element in ended:
                self._pop_to(depth)
                if name != "tr" or element == "tr":
                    return
            elif element in LISTS or element in ("table", "dl"):
                return

    def _pop_to(self, depth: int) -> None:
        for element in self._stack[depth:]:
            self._open[element.name] -= 1
        del self._stack[depth:]

    # --- visible characters

    def _characters(self, start: int, end: int) -> None:
        raw = self.raw
        if start >= end or self._stack[-1].flags & UNSEEN:
            return
        if self._stack[-1].flags & PREFORMATTED:
            self._preformatted(start, end)
        elif not self._blank_lines_part:
            self._collapsed(start, end)
        else:
            for found in _BLANK_LINE.finditer(raw, start, end):
                self._collapsed(start, found.start())
                self._part(_PARAGRAPH_BREAK, found.start(), found.end())
                start = found.end()
            self._collapsed(start, end)

    def _collapsed(self, start: int, end: int) -> None:
        raw = self.raw
        chunk = raw[start:end]
        inner = chunk.strip(_SPACE)
        if not inner:
            if chunk and self._space is None:
                self._space = (start, end)
            return
        first = start + chunk.index(inner[0])
        last = first + len(inner)
        if first > start and self._space is None:
            self._space = (start, first)
        place = first
        for found in _SPECIAL.finditer(raw, first, last):
            self._keep(place, found.start())
            place = found.end()
            if found[0][0] == "&" and found[0].find(";") in (-1, len(found[0]) - 1):
                place = self._reference(found[0], found.start())
            elif self._space is None:
                self._space = found.span()
        self._keep(place, last)
        if last < end and self._space is None:
            self._space = (last, end)

    def _preformatted(self, start: int, end: int) -> None:
        place = start
        for found in _SPECIAL.finditer(self.raw, start, end):
            if found[0][0] == "&":
                self._keep(place, found.start())
                place = self._reference(found[0], found.start())
        self._keep(place, end)

    def _reference(self, written: str, start: int) -> int:
        """Show the character reference at `start`; return where it ends. Same reading as html.unescape."""
        length = len(written)
        if written[1] != "#" and written[1:] not in html5:
            # Old names do without a semicolon and may run into a word: "&ampersand" is "&ersand".
            length = next((n for n in range(length - 1, 2, -1) if written[1:n] in html5), 0)
            if not length:
                self._keep(start, start + len(written))
                return start + len(written)
        # int() refuses more than 4300 digits; no character has more than seven.
        shown = html.unescape(written[:length]) if length <= _LONGEST_REFERENCE else "\ufffd"
        if shown and not shown.strip(_SPACE) and not self._stack[-1].flags & PREFORMATTED:
            if self._space is None:
                self._space = (start, start + length)
        else:
            self._show(shown, start, start + length)
        return start + length

    def _keep(self, start: int, end: int) -> None:
        if start < end:
            self._flush()
            self._pieces[self._holds()] += end - start
            self.out.keep(self.raw, start, end)

    def _show(self, shown: str, start: int, end: int) -> None:
        if shown and not self._stack[-1].flags & UNSEEN:
            self._flush()
            self._pieces[self._holds()] += len(shown)
            self.out.put(shown, start, end)

    def _holds(self) -> Piece:
        element = self._stack[-1]
        return Piece(element.flags, element.article, element.body)

    def _part(self, strength: int, start: int, end: int) -> None:
        """Remember a break; two lines' ends without text between them make a paragraph's end."""
        if self._stack[-1].flags & UNSEEN:
            return
        if self._break == _LINE == strength:
            strength = _PARAGRAPH_BREAK
        if strength > self._break:
            self._break, self._break_span = strength, (start, end)
        self._space = None

    def _flush(self) -> None:
        """Write the break or the space that stands before the character about to be written."""
        if self._break:
            if self._break == _PARAGRAPH_BREAK:
                self._end_paragraph()
            if self.out.length:
                self.out.put("\n" * self._break, *self._break_span)
            if self._break == _PARAGRAPH_BREAK:
                self._paragraph_start = self.out.length
        elif self._space and self.out.length:
            self.out.put(" ", *self._space)
        self._break = 0
        self._space = None

    def _end_paragraph(self) -> None:
        if self._pieces:
            self.paragraphs.append(Paragraph(self._paragraph_start, self.out.length, self._pieces))
            self._pieces = Counter()
