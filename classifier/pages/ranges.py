"""The measures of an article against what is usual in ordinary news."""

from collections.abc import Mapping, Sequence

from classifier.scoring.usual import usual_ranges
from classifier.signals.family import Measure
from classifier.text.escape import escaped

WIDTH = 120  # units of a bar


def measures(found: Sequence[Measure], values: Mapping[str, float | None]) -> str:
    """The measures outside their usual range, then the others by family."""
    usual = usual_ranges()
    outside, others = [], dict[str, list[Measure]]()
    for measure in found:
        if position(values[measure.name], usual.get(measure.name)) in ("below", "above"):
            outside.append(measure)
        else:
            others.setdefault(measure.name.partition(".")[0], []).append(measure)
    ranged = sum(values[m.name] is not None and m.name in usual for m in found)
    pieces = [
        "<p>The grey band is the usual range: the 10th to the 90th percentile of each measure in ordinary news of"
        " several hundred outlets. By that definition two in ten measures of an ordinary article lie outside, too;"
        f" here {len(outside)} of {ranged} do.</p>\n"
    ]
    if outside:
        pieces.append(_table("Outside the usual range", outside, values, usual))
    for family, own in others.items():
        table = _table(f"Within the usual range, or not measured: {family}", own, values, usual)
        pieces.append(f"<details><summary>{escaped(family)}: {len(own)} more</summary>\n{table}</details>\n")
    return "".join(pieces)


def measures_changed(changed: Sequence[tuple[Measure, float | None, float | None]]) -> str:
    """Measures with their values before and now: first those that left or entered their usual range."""
    usual = usual_ranges()
    seen = [one for one in changed if _value(one[0], one[1]) != _value(one[0], one[2])]
    if not seen:
        return "<p>No measure changed.</p>\n"
    crossed = [one for one in seen if crosses(*one)]
    others = [one for one in seen if not crosses(*one)]
    pieces = [
        f"<p>{len(crossed)} of the {len(seen)} measures that changed left or entered their usual range: the 10th to the"
        " 90th percentile in ordinary news, the grey band. The ring is the value before, the dot the value now.</p>\n"
    ]
    if crossed:
        pieces.append(_table_of_changes("Left or entered the usual range", crossed, usual))
    if others:
        table = _table_of_changes("Changed on the same side of the usual range", others, usual)
        pieces.append(f"<details><summary>{len(others)} more</summary>\n{table}</details>\n")
    return "".join(pieces)


def crosses(measure: Measure, old: float | None, new: float | None) -> bool:
    """Whether a measure lies on another side of its usual range now, or can be measured only in one version."""
    usual = usual_ranges().get(measure.name)
    return (old is None) != (new is None) or position(old, usual) != position(new, usual)


def _value(measure: Measure, value: float | None) -> str:
    return "can’t be measured" if value is None else shown(measure, value)


def _table_of_changes(
    caption: str,
    changed: Sequence[tuple[Measure, float | None, float | None]],
    usual: Mapping[str, tuple[float, float]],
) -> str:
    rows = "".join(_row_of_change(*one, usual.get(one[0].name)) for one in changed)
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Measure", "Before", "Now", "Usual range"))
    return (
        f'<table class="changed-measures"><caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table>\n"
    )


def _row_of_change(
    measure: Measure, old: float | None, new: float | None, usual: tuple[float, float] | None
) -> str:
    drawn, band = "", "not known"
    if usual is not None:
        band = f"{shown(measure, usual[0])}–{shown(measure, usual[1])}"
        if old is not None and new is not None:
            drawn = bar(measure, new, usual, before=old)
    return (
        f'<tr><th scope="row"><code>{escaped(measure.name)}</code> <small>{escaped(measure.unit)}</small></th>'
        f"<td>{_value(measure, old)}</td><td>{_value(measure, new)}</td><td>{drawn} {band}</td></tr>\n"
    )


def position(value: float | None, usual: tuple[float, float] | None) -> str:
    """Where a value lies: below, within or above the usual range; "" where either is unknown."""
    if value is None or usual is None:
        return ""
    return "below" if value < usual[0] else "above" if value > usual[1] else "within"


def _table(
    caption: str,
    found: Sequence[Measure],
    values: Mapping[str, float | None],
    usual: Mapping[str, tuple[float, float]],
) -> str:
    rows = "".join(_row(m, values[m.name], usual.get(m.name)) for m in found)
    return (
        f'<table class="measures"><caption>{escaped(caption)}</caption>\n<thead><tr><th scope="col">Measure</th>'
        '<th scope="col">Value and usual range</th><th scope="col">Usual</th></tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table>\n"
    )


def _row(measure: Measure, value: float | None, usual: tuple[float, float] | None) -> str:
    name = f"<code>{escaped(measure.name)}</code>"
    if value is None:
        why = escaped(measure.undefined or "undefined for this text")
        return f'<tr><th scope="row">{name}</th><td colspan="2" class="undefined">can’t be measured: {why}</td></tr>\n'
    low, high = usual or (value, value)
    says = escaped(measure.says.format(value=value, low=low, high=high).partition("; usual")[0])
    if usual is None:
        return f'<tr><th scope="row">{says} {name}</th><td colspan="2">{shown(measure, value)}</td></tr>\n'
    where = position(value, usual)
    sort = f' class="{where}"' if where != "within" else ""
    return (
        f'<tr{sort}><th scope="row">{says} {name}</th><td>{bar(measure, value, usual)}</td>'
        f"<td>{shown(measure, low)}–{shown(measure, high)} <span>{where}</span></td></tr>\n"
    )


def shown(measure: Measure, value: float) -> str:
    """A value of a measure as a number for people."""
    if measure.unit.startswith("share"):
        return f"{value:.1%}" if 0 < value < 0.01 else f"{value:.0%}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2g}" if abs(value) < 10 else f"{value:.1f}"


def bar(measure: Measure, value: float, usual: tuple[float, float], before: float | None = None) -> str:
    """A value as a dot before the band of its usual range, and as a ring what it was before.

    Hidden from readers of the page, who have the words.
    """
    low, high = usual
    values = [value] if before is None else [before, value]
    left = min(0.0, low, *values)
    right = max(high, *values) * 1.15
    if measure.high < right or right <= left:
        right = max(measure.high if measure.high < float("inf") else left + 1, left + 1e-9)
    scale = (WIDTH - 8) / (right - left)
    x, a, b, was = (round(4 + (v - left) * scale) for v in (value, low, high, values[0]))
    ring = "" if before is None else f'<circle class="old" cx="{was}" cy="7" r="3.5"/>'
    return (
        f'<svg class="bar" viewBox="0 0 {WIDTH} 14" aria-hidden="true">'
        f'<rect x="{a}" y="3" width="{max(2, b - a)}" height="8"/>{ring}<circle cx="{x}" cy="7" r="4"/></svg>'
    )
