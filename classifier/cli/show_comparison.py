"""A comparison as a person reads it: what changed, sort by sort, with the sentences of both versions."""

import textwrap
from collections.abc import Iterator
from typing import Any

from classifier.cli.terminal import Page
from classifier.comparison import CHANGES, Comparison
from classifier.exports.messages import one_line

_BOLD, _RESET = "\x1b[1m", "\x1b[0m"


def shown_comparison(comparison: Comparison, page: Page) -> str:
    """A summary, then each sort of change with its places; lines of at most the page's width."""
    return "\n".join(_lines(comparison.to_dict(), page)) + "\n"


def _lines(says: dict[str, Any], page: Page) -> Iterator[str]:
    yield from _wrapped(f"- {says['old']['id']}", page.width)
    yield from _wrapped(f"+ {says['new']['id']}", page.width)
    counts = says["sentences"]
    yield from _wrapped(
        f"{counts['kept']} sentences stayed as they were ({counts['moved']} moved), {counts['changed']} changed,"
        f" {counts['dropped']} went, {counts['added']} came.",
        page.width,
    )
    if not says["changes"]:
        yield "Nothing changed in sources, hedges and quotations."
    for code, title in CHANGES.items():
        found = [change for change in says["changes"] if change["change"] == code]
        if found:
            heading = f"{title} ({len(found)})"
            yield from ("", f"{_BOLD}{heading}{_RESET}" if page.color else heading)
        for change in found:
            yield from _wrapped(change["says"], page.width, "  ")
            for sign, place in (("-", change["old_sentence"]), ("+", change["new_sentence"])):
                if place is not None:
                    text = f"{sign} {place['start']}: {place['text']}"
                    yield from _wrapped(text, page.width, "    ", "      ")
    for name, version in (("old", says["old"]), ("new", says["new"])):
        for note in version["notes"]:
            yield f"note on the {name} version: {note.replace('_', ' ')}"


def _wrapped(text: str, width: int, first: str = "", later: str | None = None) -> list[str]:
    indent = first if later is None else later
    return textwrap.wrap(one_line(text), width, initial_indent=first, subsequent_indent=indent)
