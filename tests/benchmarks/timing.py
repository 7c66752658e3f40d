"""Measuring: two things in turn, so that whatever else the computer does falls on both; medians; ratios."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    what: str
    on: str
    """The shelf it was measured on."""
    reached: float
    target: float | None
    unit: str = "×"
    """`×` for a ratio to the floor, else what is counted."""
    floor: str = ""
    at_least: bool = False
    """Whether more is better."""
    said: str = ""
    """The plain numbers behind it."""

    @property
    def met(self) -> str:
        """Whether the target is reached, in a word."""
        if self.target is None:
            return ""
        return "yes" if (self.reached >= self.target if self.at_least else self.reached <= self.target) else "**no**"

    @property
    def line(self) -> str:
        """The line in Markdown."""
        sign = "≥" if self.at_least else "≤"
        goal = "" if self.target is None else f"{sign} {self.target:g} {self.unit}".replace(" ×", "")
        reached = f"{self.reached:,.0f} {self.unit}" if self.reached >= 100 else f"{self.reached:.2g} {self.unit}"
        if self.unit == "×" and 10 <= self.reached < 100:
            reached = f"{self.reached:.0f} ×"
        return f"| {self.what} | {self.on} | {self.floor} | {goal} | {reached} | {self.met} | {self.said} |"


HEAD = (
    "| What | Batches | Measured against | Target | Reached | Met | In plain numbers |\n|---|---|---|---|---|---|---|"
)


def seconds(act: Callable[[], object]) -> float:
    """Return how long `act` takes."""
    begun = perf_counter()
    act()
    return perf_counter() - begun


def in_turn(
    floor: Callable[[], object], *acts: Callable[[], object], before: Callable[[], object] = int
) -> tuple[float, list[float]]:
    """Do the floor and an act by turns, once for each act, and return the median of the floor and the acts' times.

    What is done `before` each turn is not measured.
    """
    floors, times = [], []
    for act in acts:
        before()
        floors.append(seconds(floor))
        times.append(seconds(act))
    return statistics.median(floors), times


def ms(value: float) -> str:
    """Return seconds as text."""
    return f"{1000 * value:.1f} ms" if value < 1 else f"{value:.2f} s"
