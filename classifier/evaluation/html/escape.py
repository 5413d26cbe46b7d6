"""Names given by users inside HTML: always escaped, of bounded length, and unable to steer the page around them."""

import html
import re

LONGEST = 60  # characters of a name

# What HTML can't hold: control characters, and halves of surrogate pairs, which have no UTF-8.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def escaped(text: str) -> str:
    """Text as HTML, for content and quoted attributes alike."""
    return html.escape(_UNSHOWABLE.sub("\ufffd", text))


def shortened(name: str) -> str:
    """A name on one line of at most 60 characters, not yet escaped."""
    line = " ".join(name[: 4 * LONGEST].split())
    return line if len(line) <= LONGEST and len(name) <= 4 * LONGEST else line[: LONGEST - 1].rstrip() + "…"


def isolated(name: str) -> str:
    """A name as HTML, shortened, and apart from the writing direction around it."""
    return f"<bdi>{escaped(shortened(name))}</bdi>"
