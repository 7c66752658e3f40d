"""Records of temperature on paper: a bar from the lowest to the highest of each column, so that no peak is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from ldninv.paper.fonts import UNIT, text_face
from ldninv.paper.page import HAIR, RULE, SOFT, Writer
from ldninv.reports.document import Curve

_NAME, _BELOW = 14 * UNIT, 20 * UNIT
_PLOT, _LOW_PLOT = 160 * UNIT, 96 * UNIT
"""How high one is drawn, and each of several."""
_AXIS = 24 * UNIT
_THIN = 0.9 * UNIT
"""The least height of a bar: a temperature that stands still is a line."""
_USUAL = (14.0, 31.0)
_STEP, _WIDE = 5, 60


@dataclass(frozen=True, slots=True)
class Scale:
    """Degrees from bottom to top, the same for all that stand below each other."""

    low: int
    high: int

    @classmethod
    def of(cls, curves: Sequence[Curve]) -> Scale:
        """Return a scale that shows every reading, and the limits."""
        known = [peak for curve in curves for peak in curve.peaks if peak is not None]
        low = floor(min([_USUAL[0], *(peak[0] for peak in known)]) - 0.5)
        return cls(low, ceil(max([_USUAL[1], *(peak[1] for peak in known)]) + 0.5))

    @property
    def lines(self) -> range:
        """The degrees that have a line."""
        step = _STEP if self.high - self.low <= _WIDE else 2 * _STEP
        return range(ceil(self.low / step) * step, self.high + 1, step)


def curve_height(count: int) -> float:
    """Return how high each of `count` drawings is, in units of the page."""
    return _NAME + (_PLOT if count == 1 else _LOW_PLOT) + _BELOW


def draw_curve(
    writer: Writer, top: float, curve: Curve, scale: Scale, height: float, left: float, width: float
) -> None:
    """Draw a record from `top` down, `height` high, under its name, with its scale at the left."""
    face, begins, room = text_face(7.5), left + _AXIS, width - _AXIS
    writer.text(begins, top + 9 * UNIT, curve.name, text_face(8.5, bold=True))
    top, plot = top + _NAME, height - _NAME - _BELOW

    def y(celsius: float) -> float:
        return top + plot * (scale.high - celsius) / (scale.high - scale.low)

    writer.band(begins, y(curve.keep[1]), room, y(curve.keep[0]) - y(curve.keep[1]))
    for celsius in scale.lines:
        writer.rule(begins, y(celsius), begins + room, y(celsius), HAIR, 0.5)
        writer.right(begins - 3 * UNIT, y(celsius) + 2.5 * UNIT, f"{celsius}", face, SOFT)
    for limit in curve.permitted:
        writer.rule(begins, y(limit), begins + room, y(limit), SOFT, 0.7)
    column = room / len(curve.peaks)
    for at, (low, high) in _joined(curve.peaks):
        writer.block(begins + at * column, y(high), column, max(y(low) - y(high), _THIN))
    below = top + plot
    writer.rule(begins, below, begins + room, below, RULE, 0.7)
    for share, name in curve.marks:
        x = begins + share * room
        writer.rule(x, below, x, below + 3 * UNIT, RULE, 0.7)
        writer.text(x, below + 11 * UNIT, name, face, SOFT)
    writer.text(left, below + 11 * UNIT, "°C", face, SOFT)


def _joined(peaks: Sequence[tuple[float, float] | None]) -> list[tuple[int, tuple[float, float]]]:
    """Return each known column by its number, drawn out to meet the one before it: a steep line stays a line."""
    found: list[tuple[int, tuple[float, float]]] = []
    before: tuple[float, float] | None = None
    for at, peak in enumerate(peaks):
        if peak is not None:
            low, high = peak
            met = (low, high) if before is None else (min(low, before[1]), max(high, before[0]))
            found.append((at, met))
        before = peak
    return found
