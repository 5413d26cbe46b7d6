"""Drawings as inline SVG: a frame with two axes, and what is drawn into it in units of the data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from classifier.text.escape import escaped


class Axis(NamedTuple):
    """What runs along one side: its words, its ends, and where numbers stand."""

    says: str
    low: float
    high: float
    ticks: Sequence[float]


SHARE = (0.0, 0.25, 0.5, 0.75, 1.0)


def share_axis(says: str) -> Axis:
    """An axis from 0 to 1."""
    return Axis(says, 0.0, 1.0, SHARE)


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing area with axes; sizes in pixels, all other numbers in units of the axes."""

    x: Axis
    y: Axis
    width: int = 460
    height: int = 360
    left: int = 58
    right: int = 14
    top: int = 12
    bottom: int = 48

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Pixels from the left and from the top."""
        across = (x - self.x.low) / (self.x.high - self.x.low)
        up = (y - self.y.low) / (self.y.high - self.y.low)
        wide, high = self.width - self.left - self.right, self.height - self.top - self.bottom
        return self.left + across * wide, self.height - self.bottom - up * high

    def line(self, points: Iterable[tuple[float, float]], kind: str) -> str:
        """Points joined in their order. kind: a class of the style sheet."""
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py in (self.at(x, y) for x, y in points))
        return f'<polyline class="{kind}" points="{path}"/>'

    def dot(self, x: float, y: float, radius: float, kind: str, says: str = "") -> str:
        """A circle; `says` is shown where somebody points at it."""
        px, py = self.at(x, y)
        inner = f"<title>{escaped(says)}</title>" if says else ""
        return f'<circle class="{kind}" cx="{px:.1f}" cy="{py:.1f}" r="{radius:.1f}">{inner}</circle>'

    def drawn(self, name: str, title: str, says: str, marks: Iterable[str]) -> str:
        """The whole drawing. name: unique in the document; title and says: for who can't see it."""
        pieces = [
            f'<svg class="plot" viewBox="0 0 {self.width} {self.height}" role="img"'
            f' aria-labelledby="{name}-t {name}-d">',
            f'<title id="{name}-t">{escaped(title)}</title><desc id="{name}-d">{escaped(says)}</desc>',
            *self._axes(),
            *marks,
            "</svg>",
        ]
        return "\n".join(pieces) + "\n"

    def _axes(self) -> Iterable[str]:
        for tick in self.x.ticks:
            px, py = self.at(tick, self.y.low)
            yield f'<line class="grid" x1="{px:.1f}" y1="{py:.1f}" x2="{px:.1f}" y2="{self.top}"/>'
            yield f'<text class="tick" x="{px:.1f}" y="{py + 17:.1f}" text-anchor="middle">{tick:g}</text>'
        for tick in self.y.ticks:
            px, py = self.at(self.x.low, tick)
            yield f'<line class="grid" x1="{px:.1f}" y1="{py:.1f}" x2="{self.width - self.right}" y2="{py:.1f}"/>'
            yield f'<text class="tick" x="{px - 7:.1f}" y="{py + 4:.1f}" text-anchor="end">{tick:g}</text>'
        middle = (self.left + self.width - self.right) / 2
        yield (
            f'<text class="axis" x="{middle:.1f}" y="{self.height - 8}" text-anchor="middle">'
            f"{escaped(self.x.says)}</text>"
        )
        height = (self.top + self.height - self.bottom) / 2
        yield (
            f'<text class="axis" x="14" y="{height:.1f}" text-anchor="middle"'
            f' transform="rotate(-90 14 {height:.1f})">{escaped(self.y.says)}</text>'
        )


def interval_bar(low: float, high: float, value: float) -> str:
    """An interval between 0 and 1 as a small bar, 0.5 dashed, for a table that also says it in figures."""
    return (
        '<svg class="bar" viewBox="0 0 104 14" aria-hidden="true">'
        '<line class="middle" x1="52" y1="0" x2="52" y2="14"/>'
        f'<line class="reach" x1="{2 + 100 * low:.1f}" y1="7" x2="{2 + 100 * high:.1f}" y2="7"/>'
        f'<circle class="dot" cx="{2 + 100 * value:.1f}" cy="7" r="3.5"/></svg>'
    )
