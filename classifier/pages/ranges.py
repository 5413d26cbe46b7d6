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
        return f"{value:.0%}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2g}" if abs(value) < 10 else f"{value:.1f}"


def bar(measure: Measure, value: float, usual: tuple[float, float]) -> str:
    """A value as a dot before the band of its usual range; hidden from readers of the page, who have the words."""
    low, high = usual
    left = min(0.0, low, value)
    right = max(high, value) * 1.15
    if measure.high < right or right <= left:
        right = max(measure.high if measure.high < float("inf") else left + 1, left + 1e-9)
    scale = (WIDTH - 8) / (right - left)
    x, a, b = (round(4 + (v - left) * scale) for v in (value, low, high))
    return (
        f'<svg class="bar" viewBox="0 0 {WIDTH} 14" aria-hidden="true">'
        f'<rect x="{a}" y="3" width="{max(2, b - a)}" height="8"/><circle cx="{x}" cy="7" r="4"/></svg>'
    )
