"""Marks and answers as a person reads them on a terminal."""

from collections.abc import Iterator
from textwrap import fill
from typing import Any

from classifier.scoring.answers import Answer, Marking

WIDTH = 100
_RESET = "\x1b[0m"
# Without colour the marks stand in brackets of their own.
_STYLES = {"hedge": "\x1b[30;43m", "source": "\x1b[1;36m", "cue": "\x1b[4m", "content": "\x1b[32m"}
_BRACKETS = {"hedge": ("[", "]"), "source": ("{", "}"), "cue": ("<", ">"), "content": ("", "")}
_ORDER = ("content", "source", "cue", "hedge")  # the later ones stand inside the earlier ones


def shown_marking(marking: Marking, *, color: bool) -> str:
    """Title and body with their marks, then the measures."""
    record = marking.to_dict()
    raw = marking.document.raw
    lines = [f"== {record['id']}", ""]
    for start, end in _stretches(record):
        lines.append(fill(_styled(raw, start, end, list(_marks(record)), color), WIDTH) if not color else _styled(raw, start, end, list(_marks(record)), color))
        lines.append("")
    if not color:
        lines += ["[hedge]  {source}  <cue>", ""]
    for name, value in record["measures"].items():
        shown = f"{value:.3g}" if value is not None else f"undefined: {record['undefined'][name]}"
        lines.append(f"{name:36} {shown}")
    lines += [f"note: {note.replace('_', ' ')}" for note in record["notes"]]
    return "\n".join(lines) + "\n\n"


def _stretches(record: dict[str, Any]) -> list[tuple[int, int]]:
    title = [(record["title"]["start"], record["title"]["end"])] if record["title"] else []
    return title + [(start, end) for start, end in record["body"]]


def _marks(record: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    for hedge in record["signals"].get("hedges", ()):
        yield hedge["start"], hedge["end"], "hedge"
    for item in record["signals"].get("sourcing", ()):
        for part in ("source", "cue"):
            if item[part] is not None:
                yield item[part]["start"], item[part]["end"], part
        for content in item["content"]:
            yield content["start"], content["end"], "content"


def _styled(raw: str, start: int, end: int, marks: list[tuple[int, int, str]], color: bool) -> str:
    """``raw[start:end]`` with its marks; where they overlap, the innermost kind is shown."""
    top = [""] * (end - start)
    for kind in _ORDER:
        for a, b, k in marks:
            if k == kind:
                for i in range(max(a, start), min(b, end)):
                    top[i - start] = kind
    pieces, at = [], 0
    while at < len(top):
        stop = at
        while stop < len(top) and top[stop] == top[at]:
            stop += 1
        piece = raw[start + at : start + stop]
        if top[at] and color:
            piece = f"{_STYLES[top[at]]}{piece}{_RESET}"
        elif top[at]:
            opening, closing = _BRACKETS[top[at]]
            piece = f"{opening}{piece}{closing}"
        pieces.append(piece)
        at = stop
    return "".join(pieces)


def shown_answer(answer: Answer, *, every: bool) -> str:
    """The score with its reasons and their places, or why there is none."""
    if answer.score is None:
        says = answer.abstained.says if answer.abstained is not None else ""
        return f"{answer.id}\n  no score: {says}\n\n"
    s = answer.score
    raw = answer.marking.document.raw
    lines = [
        f"{answer.id}",
        f"  {s.probability:.2f} ({s.low:.2f} to {s.high:.2f}) that it is like the articles labelled {s.label!r} in the training data",
    ]
    for reason in s.reasons(every=every):
        lines.append(f"  {reason.contribution:+.2f}  {reason.says()}")
        places = [f"{p['start']}: {' '.join(raw[p['start'] : p['end']].split())[:48]}" for p in reason.spans[:3]]
        if places:
            more = len(reason.spans) - len(places)
            lines.append("         " + " | ".join(places) + (f" | and {more} more" if more else ""))
    return "\n".join(lines) + "\n\n"
