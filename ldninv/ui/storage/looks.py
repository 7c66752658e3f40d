"""How the curves of several loggers are told apart: by colour, and by marks for who cannot tell colours; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ldninv.ui.colours import Colours


class Mark(Enum):
    """What stands on a curve here and there.

    Lines are never dashed: on this chart a line that breaks off says that nothing is known there (R16).
    """

    CIRCLES = "circles"
    SQUARES = "squares"
    TRIANGLES = "triangles"
    DIAMONDS = "diamonds"
    CROSSES = "crosses"


@dataclass(frozen=True, slots=True)
class Look:
    """How one curve looks."""

    colour: int
    """Which of the colours of its scheme."""
    mark: Mark

    @classmethod
    def of(cls, number: int) -> Look:
        """Return the look of a place's logger by its number; twenty look each like no other."""
        marks = tuple(Mark)
        return cls(number % _COLOURS, marks[number % len(marks)])

    def ink(self, colours: Colours) -> str:
        """Return its colour in a scheme."""
        return colours.curves[self.colour]


_COLOURS = 4
