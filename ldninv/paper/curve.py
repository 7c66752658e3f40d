"""A record of temperature on paper: a bar from the lowest to the highest of each column, so that no peak is lost."""

from __future__ import annotations

from math import ceil, floor

from ldninv.paper.fonts import UNIT, text_face
from ldninv.paper.page import HAIR, RULE, SOFT, Writer
from ldninv.reports.document import Curve

CURVE_HEIGHT = 190 * UNIT
_PLOT = 160 * UNIT
_AXIS = 24 * UNIT
_THIN = 0.9 * UNIT
"""The least height of a bar: a temperature that stands still is a line."""
_USUAL = (14.0, 31.0)
_STEP = 5


def draw_curve(writer: Writer, top: float, curve: Curve, left: float, width: float) -> None:
    """Draw a record from `top` down, `CURVE_HEIGHT` high, with its scale at the left."""
    known = [peak for peak in curve.peaks if peak is not None]
    low = floor(min(_USUAL[0], *(peak[0] for peak in known)) - 0.5)
    high = ceil(max(_USUAL[1], *(peak[1] for peak in known)) + 0.5)
    face = text_face(7.5)
    begins, room = left + _AXIS, width - _AXIS

    def y(celsius: float) -> float:
        return top + _PLOT * (high - celsius) / (high - low)

    writer.band(begins, y(curve.keep[1]), room, y(curve.keep[0]) - y(curve.keep[1]))
    for celsius in range(ceil(low / _STEP) * _STEP, high + 1, _STEP):
        writer.rule(begins, y(celsius), begins + room, y(celsius), HAIR, 0.5)
        writer.right(begins - 3 * UNIT, y(celsius) + 2.5 * UNIT, f"{celsius}", face, SOFT)
    column = room / len(curve.peaks)
    for at, peak in enumerate(curve.peaks):
        if peak is not None:
            upper, lower = y(peak[1]), y(peak[0])
            writer.block(begins + at * column, upper, column, max(lower - upper, _THIN))
    writer.rule(begins, top + _PLOT, begins + room, top + _PLOT, RULE, 0.7)
    writer.text(begins, top + _PLOT + 11 * UNIT, curve.begins, face, SOFT)
    writer.right(begins + room, top + _PLOT + 11 * UNIT, curve.ends, face, SOFT)
    writer.text(left, top + _PLOT + 11 * UNIT, "°C", face, SOFT)
