"""A table of a report: what its cells say, its columns, and the words around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from ldninv.domain.quantities import Strength
from ldninv.domain.signs import Sign

CHECK_OFF = ("Found", "Counted", "Action", "Initials")
"""Columns that stay empty for a person's hand."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A last dispensing day that lies behind: the supply is no longer covered."""

    day: date


Cell = str | int | date | Passed | Strength | Sign | None
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its name for programs, its title for people, and what a row shows in it."""

    key: str
    title: str
    cell: Callable[[Row], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One table of the report with the words around it."""

    key: str
    title: str
    short: str
    """The title where room is scarce, such as on a sheet's tab."""
    sign: Sign
    columns: tuple[tuple[str, str], ...]
    """Key and title of each column."""
    rows: tuple[tuple[Cell, ...], ...]
    none: str
    """The full sentence for a section with nothing."""
    total: str
    more: str | None = None
    """What the total says besides."""
    note: str | None = None
    """How to read it."""
    none_in_short: str = "None"
    check_off: bool = True
    """Whether a hand ticks its rows: not where they are listed elsewhere."""

    @property
    def totals(self) -> str:
        """All that is counted, in words."""
        return self.total if self.more is None else f"{self.total}, {self.more}"


def text(cell: Cell) -> str:
    """Return what a cell says, in plain words."""
    said = _SAID.get(type(cell))
    return str(cell) if said is None else said(cell)


_SAID: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    Sign: lambda sign: sign.word,
    Strength: lambda strength: f"{strength} mg",
    Passed: lambda passed: passed.day.isoformat(),
    date: date.isoformat,
}
"""By its kind, looked up rather than matched: a report has half a million cells. The rest says itself."""


def titles(columns: Iterable[Column[Row]]) -> tuple[tuple[str, str], ...]:
    """Return key and title of each column."""
    return tuple((column.key, column.title) for column in columns)


def cells(columns: tuple[Column[Row], ...], rows: Iterable[Row]) -> tuple[tuple[Cell, ...], ...]:
    """Return what each row shows, column by column."""
    return tuple(tuple(column.cell(row) for column in columns) for row in rows)
