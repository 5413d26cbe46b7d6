"""Text of articles inside HTML: always escaped, and never able to steer the page around it."""

import html
import re

# What HTML can't hold: control characters, and halves of surrogate pairs, which have no UTF-8.
_UNSHOWABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
SNIPPET = 60  # characters


def escaped(text: str) -> str:
    """Text as HTML, for content and quoted attributes alike."""
    return html.escape(_UNSHOWABLE.sub("\ufffd", text))


def snippet(text: str, most: int = SNIPPET) -> str:
    """The beginning of a text on one line as HTML, isolated from the writing direction around it."""
    line = " ".join(text[: 4 * most].split())
    if len(line) > most or len(text) > 4 * most:
        line = line[: most - 1].rstrip() + "…"
    return f"<bdi>{escaped(line)}</bdi>"
