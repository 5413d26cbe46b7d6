"""Words inside addresses, handles and hashtags, which are not the writer's words."""

import re

from classifier.text.fold import lowered
from classifier.text.words import HINT, STOP, Words

# What stands around these signs tells.
_HINTS = {
    "/": re.compile(r".*?(?::/(?=/)|\.(?:com|org|net)/)", re.DOTALL),
    "#": re.compile(r".*?#\w", re.DOTALL),
    "@": re.compile(r".*?@\w", re.DOTALL),
}
_BEFORE_SLASH = frozenset(":/mgtMGT")  # where one of "://", ".com/", ".org/", ".net/" holds it
_WWW = b"www" + bytes([STOP])
_SOLID = re.compile(r"\S+")


def address_words(plain: str, found: Words) -> list[int]:
    """Words of the stretches between white space that hold a hint of an address, a handle or a hashtag; sorted."""
    inside: set[int] = set()
    reach = dict.fromkeys(_HINTS, 0)
    for at in (found.cells == HINT).nonzero()[0].tolist():
        hint = plain[at]
        if hint == "/" and plain[at - 1] not in _BEFORE_SLASH:
            continue
        if at >= reach[hint] and _HINTS[hint].match(lowered(plain[max(at - 4, 0) : at + 3])):
            start, end = _stretch(plain, at)
            reach[hint] = end
            inside.update(range(found.index(start), found.index(end)))
    cells = found.cells.tobytes()
    at = cells.find(_WWW)
    while at >= 0:
        rest = _SOLID.match(plain, at + len(_WWW))
        end = rest.end() if rest and plain[at + 3] == "." else at + 1
        if end > at + 1:
            inside.update(range(found.index(at), found.index(end)))
        at = cells.find(_WWW, end)
    return sorted(inside)


def _stretch(plain: str, at: int) -> tuple[int, int]:
    """The characters around a place up to white space on both sides, 2,000 at most on each."""
    before = plain[max(0, at - 2000) : at]
    start = at if before[-1:].isspace() or not before else at - len(before.rsplit(None, 1)[-1])
    after = _SOLID.match(plain, at, at + 2000)
    return start, after.end() if after else at + 1
