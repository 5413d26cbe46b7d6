"""Text in columns: how wide it is, where its lines break, and what of it is not for a terminal."""

import os
import re
from shutil import get_terminal_size
from typing import NamedTuple, Self

from wcwidth import wcswidth, wcwidth

WIDTH = 100
RESET = "\x1b[0m"
_CODE = re.compile(r"\x1b\[[0-9;]*m")
# What an article holds must not steer the terminal: control characters, overrides of the writing direction, and halves
# of surrogate pairs, which can't be written at all.
_HARMLESS = dict.fromkeys(
    (
        *range(9),
        *range(14, 32),
        *range(127, 133),
        *range(134, 160),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
    ),
    "\ufffd",
)
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_JOINER = "\u200d"


class Page(NamedTuple):
    """Where text is shown."""

    width: int
    color: bool

    @classmethod
    def of(cls, terminal: bool) -> Self:
        """The page that a terminal, or else a file or pipe, is.

        NO_COLOR (no-color.org) is honoured, then FORCE_COLOR (force-color.org), which colours files and pipes too.
        """
        width = max(20, min(WIDTH, get_terminal_size().columns)) if terminal else WIDTH
        if os.environ.get("NO_COLOR"):
            return cls(width, False)
        forced = os.environ.get("FORCE_COLOR", "0") not in ("", "0")
        return cls(width, forced or (terminal and os.environ.get("TERM") != "dumb"))


def plain(text: str) -> str:
    """Text that can't steer the terminal."""
    return text.translate(_HARMLESS)


def one_line(text: str, most: int) -> str:
    """The beginning of a text on one line of at most `most` columns, its writing direction kept to itself."""
    line = " ".join(plain(text[: 8 * most]).split())
    if columns(line) > most or len(text) > 8 * most:
        line = f"{line[: _fitting(line, most - 1)].rstrip()}…"
    return f"\u2068{line}\u2069" if _RIGHT_TO_LEFT.search(line) else line


def columns(text: str) -> int:
    """How many columns a text takes; colour codes and marks on letters take none, wide characters two."""
    if text.isascii() and "\x1b" not in text:
        return len(text)
    bare = _CODE.sub("", text)
    wide = wcswidth(bare)
    return wide if wide >= 0 else sum(max(0, wcwidth(c)) for c in bare)


def padded(text: str, size: int) -> str:
    """The text filled up with spaces to `size` columns."""
    return text + " " * max(0, size - columns(text))


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Lines of at most `width` columns; a colour ends with its line and goes on in the next.

    Lines break at white space, and inside what is wider than a line alone: scripts without spaces, addresses.
    """
    lines: list[str] = []
    line: list[str] = []
    size = 0
    style = ""

    def finish() -> None:
        nonlocal style
        joined = style + " ".join(line)
        codes = _CODE.findall(joined)
        style = codes[-1] if codes and codes[-1] != RESET else ""
        lines.append(indent + joined + (RESET if style else ""))

    room = width - len(indent)
    for word in text.split():
        length = columns(word)
        for piece in _broken(word, room) if length > room else [word]:
            length = columns(piece)
            if line and size + 1 + length > room:
                finish()
                line, size = [], -1
            line.append(piece)
            size += 1 + length
    finish()
    return lines


def _broken(word: str, room: int) -> list[str]:
    """A word in pieces of at most `room` columns; colour codes stay whole."""
    pieces = []
    rest = word
    while columns(rest) > room:
        cut = _fitting(rest, room)
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return [*pieces, rest] if rest else pieces


def _fitting(text: str, most: int) -> int:
    """How many characters from the beginning take at most `most` columns: one cluster at least, none cut."""
    used = at = 0
    while at < len(text):
        code = _CODE.match(text, at)
        if code is not None:
            at = code.end()
            continue
        end = at + 1
        while end < len(text) and (
            text[end - 1] == _JOINER or (text[end] != "\x1b" and wcwidth(text[end]) == 0)
        ):
            end += 1  # marks on the letter, joiners, and what they join
        used += columns(text[at:end])
        if used > most and at > 0:
            return at
        at = end
    return at
