"""Other people's text inside HTML: always escaped, of bounded length, and unable to steer the page around it."""

import html
import re

LONGEST = 60  # characters, unless more or fewer are asked for

# What HTML can't hold: control characters, and halves of surrogate pairs, which have no UTF-8.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def escaped(text: str) -> str:
    """Text as HTML, for content and quoted attributes alike."""
    return html.escape(_UNSHOWABLE.sub("\ufffd", text))


def shortened(text: str, most: int = LONGEST) -> str:
    """The beginning of a text on one line of at most `most` characters, not yet escaped."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most and len(text) <= 4 * most else line[: most - 1].rstrip() + "…"


def isolated(text: str, most: int = LONGEST) -> str:
    """A text as HTML, shortened, and apart from the writing direction around it."""
    return f"<bdi>{escaped(shortened(text, most))}</bdi>"
