"""How every table looks: signs as pills, a bar at the rows in hand, titles in line with their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap, QStaticText
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from ldninv.domain.signs import Sign
from ldninv.ui import icons, pills, theme
from ldninv.ui.colours import Colours
from ldninv.ui.table import ALIGNMENT, DISPLAY, Column, RowTableModel

_TEXTS = 5000
"""Texts that are kept as they are drawn."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column stands in the table."""

    column: Column[Any]
    left: int
    wide: int


@dataclass(slots=True)
class _Looks:
    """How rows look in a font, a palette and a fineness of the screen; texts and pills are drawn anew in no time."""

    font: QFont
    palette: int
    fineness: float
    colours: Colours
    pad: int
    _texts: dict[tuple[str, int], tuple[QStaticText, QSize]] = field(default_factory=dict)
    """By what is written and the width for it: the text as it fits there, and its size."""
    _pills: dict[Sign, QPixmap] = field(default_factory=dict)

    def paint(self, painter: QPainter, box: QRect, row: Any, places: Sequence[_Place], ink: str) -> None:  # noqa: ANN401 - rows are of any kind
        """Draw the cells of a row."""
        painter.setPen(QColor(ink))
        top, high = box.top(), box.height()
        for place in places:
            column, left, inside = place.column, place.left + self.pad, place.wide - 2 * self.pad
            sign = None if column.sign is None else column.sign(row)
            if sign is not None:
                pill = self._pill(sign)
                size = pill.deviceIndependentSize().toSize()
                part = QRect(0, 0, min(pill.width(), round(inside * self.fineness)), pill.height())
                painter.drawPixmap(QPoint(left, top + (high - size.height()) // 2), pill, part)
            else:
                text, size = self._text(column.text(row), inside)
                at = left + inside - size.width() if column.right else left
                painter.drawStaticText(at, top + (high - size.height()) // 2, text)

    def _text(self, says: str, wide: int) -> tuple[QStaticText, QSize]:
        found = self._texts.get((says, wide))
        if found is None:
            if len(self._texts) > _TEXTS:
                self._texts.clear()
            cut = QFontMetrics(self.font).elidedText(says, Qt.TextElideMode.ElideRight, wide)
            text = QStaticText(cut)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(font=self.font)
            found = self._texts[says, wide] = text, text.size().toSize()
        return found

    def _pill(self, sign: Sign) -> QPixmap:
        found = self._pills.get(sign)
        if found is None:
            metrics = QFontMetrics(self.font)
            box = QRect(0, 0, pills.width(metrics, sign.word), pills.height(metrics))
            found = QPixmap(box.size() * self.fineness)
            found.setDevicePixelRatio(self.fineness)
            found.fill(Qt.GlobalColor.transparent)
            with QPainter(found) as painter:
                painter.setFont(self.font)
                pills.paint(painter, box, sign, self.colours)
            self._pills[sign] = found
        return found


class Cells:
    """Draws all rows that are seen in one go: a sign is a pill, and a row in hand has a bar at its left.

    A delegate, which Qt asks for every cell, and a text that is laid out anew each time would take five times as long.
    """

    def __init__(self, rows: RowTableModel[Any], table: QTableView) -> None:
        self._rows, self._table = rows, table
        self._looks: _Looks | None = None

    def paint(self, painter: QPainter, seen: QRect, selected: Sequence[tuple[int, int]]) -> None:
        """Draw the part that is to be seen; `selected` has the first and last row of every run of them."""
        table, looks = self._table, self._now()
        first, last = table.rowAt(seen.top()), table.rowAt(seen.bottom())
        last = last if last >= 0 else len(self._rows.ids) - 1
        selected = [(top, bottom) for top, bottom in selected if top <= last and bottom >= first]
        places, across = self._places(seen), table.viewport().width()
        painter.setFont(looks.font)
        for number in range(first, last + 1) if first >= 0 else ():
            box = QRect(0, table.rowViewportPosition(number), across, table.rowHeight(number))
            ink = looks.colours.text
            if any(top <= number <= bottom for top, bottom in selected):
                ink = looks.colours.on_selection
                painter.fillRect(box, QColor(looks.colours.selection))
                bar = QRect(box.topLeft(), QSize(looks.pad // 2, box.height()))
                painter.fillRect(bar, QColor(looks.colours.accent))
            elif number % 2:
                painter.fillRect(box, QColor(looks.colours.alternate))
            row = self._rows.row(number)
            if row is not None:
                looks.paint(painter, box, row, places, ink)

    def _places(self, seen: QRect) -> list[_Place]:
        """Return where the columns stand of which something is seen."""
        table = self._table
        places = [
            _Place(column, table.columnViewportPosition(section), table.columnWidth(section))
            for section, column in enumerate(self._rows.columns)
            if not table.isColumnHidden(section)
        ]
        return [each for each in places if each.left <= seen.right() and each.left + each.wide > seen.left()]

    def _now(self) -> _Looks:
        """Return how rows look; in another font, palette or fineness nothing is kept of what was drawn."""
        table, looks = self._table, self._looks
        font, palette, fineness = table.font(), table.palette(), table.devicePixelRatioF()
        if looks is None or (looks.palette, looks.fineness, looks.font) != (palette.cacheKey(), fineness, font):
            looks = _Looks(QFont(font), palette.cacheKey(), fineness, theme.colours_of(palette), theme.step(table, 2))
            self._looks = looks
        return looks


class Header(QHeaderView):
    """The titles, in line with their cells; an arrow shows what the rows are sorted by."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setSectionsMovable(True)
        self.setMouseTracking(True)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one title."""
        colours = theme.colours_of(self.palette())
        painter.fillRect(rect, QColor(colours.alternate))
        painter.setPen(QColor(colours.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if self._is_in_hand(section):
            thick = theme.step(self, 1) // 2
            painter.fillRect(rect.adjusted(0, rect.height() - thick, 0, 0), QColor(colours.accent))
        painter.setFont(theme.scaled(self.font(), 1, bold=True))
        painter.setPen(QColor(colours.muted))
        pad = theme.step(self, 2)
        inside = rect.adjusted(pad, 0, -pad, 0)
        align = Qt.AlignmentFlag(self.model().headerData(section, Qt.Orientation.Horizontal, ALIGNMENT))
        title = str(self.model().headerData(section, Qt.Orientation.Horizontal, DISPLAY))
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            side = painter.fontMetrics().height()
            left = align & Qt.AlignmentFlag.AlignLeft
            width = painter.fontMetrics().horizontalAdvance(title)
            x = inside.left() + width + pad // 4 if left else inside.right() - width - side - pad // 4
            up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            box = QRect(x, rect.top() + (rect.height() - side) // 2, side, side)
            icons.paint(painter, box, "menu-up" if up else "menu-down", QColor(colours.accent))
            painter.setPen(QColor(colours.text))
        painter.drawText(inside, int(align), title)

    def _is_in_hand(self, section: int) -> bool:
        """Whether the keyboard is at a cell of the column, which it can move and widen."""
        table = self.parent()
        return isinstance(table, QTableView) and table.hasFocus() and table.currentIndex().column() == section
