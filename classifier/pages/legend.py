"""The legend of the marks, which is also the filter: a box for each family."""

from collections.abc import Iterable, Mapping

from classifier.pages.marks import LOOKS, OTHER
from classifier.text.escape import escaped

_PARTS = (
    '<p class="parts">In sourcing, <span class="sample f-sourcing source named">the source</span> is framed'
    ' (dashed: <span class="sample f-sourcing source unnamed">not named</span>),'
    ' <span class="sample f-sourcing cue">its cue</span> underlined,'
    ' <span class="sample f-sourcing content">what is passed on</span> shaded.</p>\n'
)


def legend(counts: Mapping[str, str], further: str = "") -> str:
    """The families in the order given, each with its number of marks in words; `further` is HTML behind them."""
    rows = "".join(
        f'<li><label><input type="checkbox" id="show-{escaped(name)}" checked>'
        f' <span class="sample f-{escaped(name)}{" cue" if name == "sourcing" else ""}">{escaped(name)}</span>'
        f" <b>{count}</b> <small>{escaped(LOOKS.get(name, OTHER).says)}</small></label></li>\n"
        for name, count in counts.items()
    )
    return (
        f'<fieldset class="legend"><legend>Marks to show</legend>\n<ul>\n{rows}</ul>\n'
        f"{_PARTS if 'sourcing' in counts else ''}"
        '<p class="keys">Point at a mark, or go to the text with Tab and from mark to mark with the arrow keys.</p>\n'
        f"{further}</fieldset>\n"
    )


def in_order(names: Iterable[str]) -> list[str]:
    """Families in the order of the legend, those of other packages last."""
    return sorted(names, key=lambda name: list(LOOKS).index(name) if name in LOOKS else len(LOOKS))
