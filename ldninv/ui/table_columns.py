"""The columns of a table: which are seen, in which order and how wide; where room is short, some yield."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from ldninv.ui import pills, theme
from ldninv.ui.table import Column, RowTableModel
from ldninv.ui.table_parts import Header

_NARROWEST = 3
"""Average letters that a column keeps."""
_WIDEST = 60
"""Average letters that a column takes for its own texts at most."""


class ColumnsView(QTableView):
    """Columns as wide as their texts or as a person made them; those that yield go where room is short."""

    def __init__(self, model: RowTableModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.setModel(model)
        header = Header(self)
        self.setHorizontalHeader(header)
        header.setAccessibleName(self.tr("Column titles"))
        header.sectionResized.connect(self._widened)
        self._widths: dict[int, int] = {}
        self._off: set[int] = set()
        self._fitted: dict[int, str] = {}
        self._settling = False
        self._measure()

    @property
    def in_order(self) -> list[int]:
        """The sections of all columns as they stand from left to right, hidden ones too."""
        header = self.horizontalHeader()
        return [header.logicalIndex(place) for place in range(header.count())]

    @property
    def shown_columns(self) -> list[Column[Any]]:
        """The columns that are seen, from left to right."""
        return [self.rows.columns[section] for section in self.in_order if not self.isColumnHidden(section)]

    @property
    def wanted(self) -> list[bool]:
        """Of each column whether it is to be shown where there is room."""
        return [section not in self._off for section in range(len(self.rows.columns))]

    def want(self, section: int, *, shown: bool) -> None:
        """Show a column or not; one always stays."""
        self._off = self._off - {section} if shown else self._off | {section}
        if len(self._off) == len(self.rows.columns):
            self._off.discard(section)
        self._make_room()

    def shift(self, section: int, places: int) -> None:
        """Move a column past the columns that are seen beside it, to the right or, below zero, to the left."""
        header = self.horizontalHeader()
        seen = [each for each in self.in_order if not self.isColumnHidden(each)]
        at = seen.index(section) + places
        if 0 <= at < len(seen):
            header.moveSection(header.visualIndex(section), header.visualIndex(seen[at]))
            says = self.tr("{column}: column {number} of {count}")
            title = self.rows.columns[section].title
            self._announce(says.format(column=title, number=at + 1, count=len(seen)))

    @property
    def column_in_hand(self) -> int:
        """The section of the cell that the keyboard is at; of the first column where it is at none."""
        section = self.currentIndex().column()
        return section if section >= 0 and not self.isColumnHidden(section) else self.columnAt(0)

    def widen(self, section: int, letters: int) -> None:
        """Make a column wider by some average letters or, below zero, narrower, and tell a screen reader."""
        letter = theme.letters(self, 1)
        now = round(self._widths[section] / letter)
        self._widths[section] = max(_NARROWEST, now + letters) * letter
        self._make_room()
        says = self.tr("{column}: {count} letters wide")
        self._announce(says.format(column=self.rows.columns[section].title, count=max(_NARROWEST, now + letters)))

    def widen_to(self, section: int, texts: Sequence[str]) -> None:
        """Make a column as wide as its texts need, up to a bound; never narrower, and not twice for the same texts."""
        longest = max(texts, key=len, default="")
        if longest != self._fitted.get(section):
            self._fitted[section] = longest
            self._fit(section, longest)
            self._make_room()

    def arrangement(self) -> list[list[Any]]:
        """Return the columns from left to right: name, width in average letters, and whether it is shown."""
        letter, columns = theme.letters(self, 1), self.rows.columns
        return [
            [columns[each].name, round(self._widths[each] / letter, 2), each not in self._off] for each in self.in_order
        ]

    def arrange(self, arrangement: Sequence[Sequence[Any]]) -> None:
        """Put the columns as `arrangement` has them; those that it does not know stay as they are."""
        sections = {column.name: section for section, column in enumerate(self.rows.columns)}
        header = self.horizontalHeader()
        known = [(sections[str(name)], *how) for name, *how in arrangement if name in sections]
        for place, (section, width, shown) in enumerate(known):
            header.moveSection(header.visualIndex(section), place)
            self._widths[section] = max(1, round(float(width) * theme.letters(self, 1)))
            self._off = self._off - {section} if shown else self._off | {section}
        if len(self._off) == len(sections):
            self._off.clear()
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns yield, or come back."""
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again in another font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_widths"):
            self._measure()

    def _announce(self, text: str) -> None:
        """Tell a screen reader what nothing that has the focus says."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _measure(self) -> None:
        """Take heights and widths from the font."""
        metrics = QFontMetrics(self.font())
        bold = QFontMetrics(theme.scaled(self.font(), 1, bold=True))
        pad = theme.step(self, 4) + 1
        for section, column in enumerate(self.rows.columns):
            text = pills.width(metrics, column.widest) if column.sign else metrics.horizontalAdvance(column.widest)
            title = bold.horizontalAdvance(column.title) + (metrics.height() if column.sort is not None else 0)
            self._widths[section] = max(text, title) + pad
            if section in self._fitted:
                self._fit(section, self._fitted[section])
        self.verticalHeader().setDefaultSectionSize(metrics.height() + theme.step(self, 3))
        self.horizontalHeader().setFixedHeight(metrics.height() + theme.step(self, 3))
        self._make_room()

    def _fit(self, section: int, text: str) -> None:
        wanted = self.fontMetrics().horizontalAdvance(text) + theme.step(self, 4) + 1
        self._widths[section] = max(self._widths[section], min(wanted, _WIDEST * theme.letters(self, 1)))

    def _make_room(self) -> None:
        """Show as many columns as fit; those that yield go in their order, the others scroll.

        The scroll bar has its room whether it is seen or not: columns must not come and go with the number of rows.
        """
        room = self.contentsRect().width() - self.verticalScrollBar().sizeHint().width()
        shown = set(self._widths) - self._off
        yielding = sorted((column.yields, section) for section, column in enumerate(self.rows.columns) if column.yields)
        for _, section in yielding:
            if sum(self._widths[each] for each in shown) > room and len(shown) > 1:
                shown.discard(section)
        self._settling = True
        for section, width in self._widths.items():
            self.setColumnHidden(section, section not in shown)
            if section in shown:
                self.setColumnWidth(section, width)
        self._settling = False

    def _widened(self, section: int, _old: int, new: int) -> None:
        """Keep a width that a person gave; the last column only takes what is left."""
        if not self._settling and new and section != self._last_shown():
            self._widths[section] = new

    def _last_shown(self) -> int:
        return next((section for section in reversed(self.in_order) if not self.isColumnHidden(section)), -1)
