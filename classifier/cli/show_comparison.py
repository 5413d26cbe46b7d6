"""A comparison as a person reads it: what changed, sort by sort, with the sentences of both versions."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from classifier.cli.terminal import Page
from classifier.comparison import CHANGES, Comparison
from classifier.exports.messages import one_line
from classifier.pages.ranges import crosses, shown
from classifier.scoring.usual import usual_ranges
from classifier.signals.family import Measure

Changed = tuple[Measure, float | None, float | None]

_BOLD, _RESET = "\x1b[1m", "\x1b[0m"


def shown_comparison(comparison: Comparison, page: Page) -> str:
    """A summary, then each sort of change with its places; lines of at most the page's width."""
    crossed = [one for one in comparison.measures if crosses(*one)]
    return "\n".join(_lines(comparison.to_dict(), crossed, page)) + "\n"


def _lines(says: dict[str, Any], crossed: Sequence[Changed], page: Page) -> Iterator[str]:
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
            yield from _heading(f"{title} ({len(found)})", page)
        for change in found:
            yield from _wrapped(change["says"], page.width, "  ")
            for sign, place in (("-", change["old_sentence"]), ("+", change["new_sentence"])):
                if place is not None:
                    text = f"{sign} {place['start']}: {place['text']}"
                    yield from _wrapped(text, page.width, "    ", "      ")
    if crossed:
        yield from _heading(f"measures that left or entered their usual range ({len(crossed)})", page)
    for measure, old, new in crossed:
        was, now = ("can't be measured" if v is None else shown(measure, v) for v in (old, new))
        band = usual_ranges().get(measure.name)
        usual = f"; usual {shown(measure, band[0])}–{shown(measure, band[1])}" if band else ""
        line = f"{measure.name}: {was}, now {now}{usual} ({measure.unit})"
        yield from _wrapped(line, page.width, "  ", "    ")
    for name, version in (("old", says["old"]), ("new", says["new"])):
        for note in version["notes"]:
            yield f"note on the {name} version: {note.replace('_', ' ')}"


def _heading(text: str, page: Page) -> tuple[str, str]:
    return "", f"{_BOLD}{text}{_RESET}" if page.color else text


def _wrapped(text: str, width: int, first: str = "", later: str | None = None) -> list[str]:
    indent = first if later is None else later
    return textwrap.wrap(one_line(text), width, initial_indent=first, subsequent_indent=indent)
