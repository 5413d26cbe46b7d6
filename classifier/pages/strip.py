"""Where the signals stand along an article: one strip a family, as inline SVG."""

from collections.abc import Iterator, Sequence

from classifier.pages.marks import Mark
from classifier.text.escape import escaped

WIDTH = 1000  # units of the strip from the first character of the article to its last


def strips(marks: Sequence[Mark], families: Sequence[str], stretches: Sequence[tuple[int, int]]) -> str:
    """Strips for the marks in the given stretches of the text (headline and body, in order)."""
    if not stretches:
        return ""
    begins, ends = stretches[0][0], stretches[-1][1]
    scale = WIDTH / max(1, ends - begins)

    def at(position: int) -> int:
        return min(WIDTH, max(0, round((position - begins) * scale)))

    rows, empty = [], []
    for name, says, chosen in _rows(marks, families):
        inside = [mark for mark in chosen if begins <= mark.start < ends]
        if not inside:
            empty.append(says)
            continue
        path = _path((at(mark.start), at(mark.end)) for mark in inside)
        where = f"{says}: {len(inside)} {_thirds(inside, begins, ends)}".strip()
        rows.append(
            f'<li class="f-{escaped(name)}"><span>{escaped(says)} <b>{len(inside)}</b></span>'
            f'<svg viewBox="0 0 {WIDTH} 12" preserveAspectRatio="none" role="img"'
            f' aria-label="{escaped(where)}" data-from="{begins}" data-to="{ends}">'
            f'<path d="{path}"/></svg></li>\n'
        )
    drawn = (
        f'<ol class="strips">\n{"".join(rows)}</ol>\n'
        '<p class="about">Each strip runs from the headline to the end of the article; long marks are drawn at their'
        " length.</p>\n"
        if rows
        else ""
    )
    return drawn + (f'<p class="about">Not found here: {escaped("; ".join(empty))}.</p>\n' if empty else "")


def _rows(marks: Sequence[Mark], families: Sequence[str]) -> Iterator[tuple[str, str, list[Mark]]]:
    for family in families:
        own = [mark for mark in marks if mark.family == family]
        if family != "sourcing":
            yield family, family, own
            continue
        sourced = {mark.group for mark in own if mark.part == "source"}
        named = {mark.group for mark in own if mark.part == "source" and mark.named}
        contents = [mark for mark in own if mark.part == "content"]
        yield family, "passed on, source named", [m for m in contents if m.group in named]
        yield (
            f"{family} unnamed",
            "passed on, source not named",
            [m for m in contents if m.group in sourced - named],
        )
        yield f"{family} none", "passed on, no source", [m for m in contents if m.group not in sourced]


def _path(stretches: Iterator[tuple[int, int]]) -> str:
    """One path for all marks of a row; what lies on the same units is drawn once."""
    pieces = []
    reached = -1
    for start, end in sorted(stretches):
        end = max(end, start + 2)
        start = max(start, reached)
        if end <= start:
            continue
        pieces.append(f"M{start} 0h{end - start}v12h{start - end}z")
        reached = end
    return "".join(pieces)


def _thirds(marks: Sequence[Mark], begins: int, ends: int) -> str:
    if not marks:
        return ""
    counts = [0, 0, 0]
    for mark in marks:
        counts[min(2, 3 * (mark.start - begins) // max(1, ends - begins))] += 1
    return f"({counts[0]} in the first third, {counts[1]} in the second, {counts[2]} in the last)"
