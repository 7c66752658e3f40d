"""Blocks set one below the other on sheet after sheet: what every paper of several pages is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from PySide6.QtGui import QPageLayout, QPainter

from ldninv.paper.page import PageSize, Writer

Draw = Callable[[Writer, float], None]
"""Draws a block with its top at a height of the page."""

Block = tuple[float, Draw]


class Measured(Protocol):
    """A row of a table that was broken into lines."""

    @property
    def height(self) -> float:
        """What it takes."""


class Tabled(Protocol):
    """A table that was measured for a sheet's width."""

    head_height: float

    @property
    def rows(self) -> Sequence[Measured]:
        """Its rows, at least one."""

    def draw_head(self, writer: Writer, top: float) -> None:
        """Draw the titles of its columns."""

    def draw_rows(self, writer: Writer, top: float, first: int, last: int) -> None:
        """Draw the rows from `first` up to, without, `last`."""


class Titled(Protocol):
    """What stands above a table, and above what goes on with it."""

    @property
    def short_height(self) -> float:
        """What its second form takes."""

    def draw_continued(self, writer: Writer, top: float) -> None:
        """Say that the table goes on."""


@dataclass(slots=True)
class Flow:
    """Blocks set one below the other, page after page."""

    top: float
    """Where pages after the first begin."""
    bottom: float
    y: float
    pages: list[list[Block]] = field(default_factory=lambda: [[]])

    def fits(self, height: float) -> bool:
        """Whether a block of that height still finds room on the page."""
        return self.y + height <= self.bottom

    def place(self, height: float, draw: Draw) -> None:
        """Set a block below the last one."""
        self.pages[-1].append((self.y, draw))
        self.y += height

    def skip(self, height: float) -> None:
        """Leave room, where something stands above it."""
        if self.pages[-1]:
            self.y += height

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append([])
        self.y = self.top

    def place_table(self, table: Tabled, title: Titled, after: float) -> None:
        """Set a table on as many pages as it takes; its last row stays with the `after` that follows it."""
        first = 0
        while first < len(table.rows):
            if first > 0:
                self.turn()
                self.place(title.short_height, title.draw_continued)
            self.place(table.head_height, table.draw_head)
            last, height = self._fitting(table.rows, first, after)
            self.place(height, partial(table.draw_rows, first=first, last=last))
            first = last

    def _fitting(self, rows: Sequence[Measured], first: int, after: float) -> tuple[int, float]:
        """Return one past the last row that fits on the page from row `first` on, at least one, and their height."""
        height, last = rows[first].height, first + 1
        while last < len(rows):
            following = rows[last].height
            if not self.fits(height + following + (after if last + 1 == len(rows) else 0)):
                break
            height += following
            last += 1
        return last, height


class Sheets(ABC):
    """Pages that were laid out once, for whatever they are drawn on."""

    def __init__(self, title: str, page: PageSize, pages: Sequence[Sequence[Block]]) -> None:
        self.title = title
        """What a print job and a file are called."""
        self.page = page
        """The size of every sheet."""
        self._pages = pages

    @property
    def layout(self) -> QPageLayout:
        """What a printer or a PDF is set to."""
        return self.page.layout

    @property
    def page_count(self) -> int:
        """Pages, at least one."""
        return len(self._pages)

    def paint(self, painter: QPainter, page_number: int) -> None:
        """Draw a page, 1 being the first, on a painter whose units are `UNIT` to the point."""
        writer = Writer(painter)
        if page_number > 1:
            self.draw_running_head(writer)
        for top, draw in self._pages[page_number - 1]:
            draw(writer, top)
        self.draw_foot(writer, page_number)

    @abstractmethod
    def draw_running_head(self, writer: Writer) -> None:
        """Draw what stands above every page but the first."""

    @abstractmethod
    def draw_foot(self, writer: Writer, page_number: int) -> None:
        """Draw what stands below every page."""
