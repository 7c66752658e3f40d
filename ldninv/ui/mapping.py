"""Which column of a list holds what: one choice a field, to be corrected by hand over the first lines of the file."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ldninv.domain.batch_list import BatchList, Columns, ColumnsUnclear, Field
from ldninv.ui import theme, words
from ldninv.ui.flow import FlowLayout
from ldninv.ui.ring import FocusRing
from ldninv.ui.table import Column, RowTableModel
from ldninv.ui.table_view import TableView

_EXAMPLES = 20
"""Lines of the file that are shown."""
_LONGEST = 30
_WIDEST = 60
"""Letters of a cell, and columns, that are given room."""
_OPENS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of a file: their titles, what was understood, and the first lines below."""

    titles: tuple[str, ...]
    indices: tuple[tuple[Field, int], ...]
    below: tuple[tuple[str, ...], ...]

    def title(self, at: int) -> str:
        """Return the file's own word for a column, or its number."""
        word = self.titles[at] if at < len(self.titles) else ""
        return f"“{word}”" if word else f"column {at + 1}"

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max(len(self.titles), *(len(row) for row in self.below), 0)


def head_of(what: BatchList | ColumnsUnclear) -> Head:
    """Return the columns of a list that was read, or of one whose columns are unclear."""
    if isinstance(what, ColumnsUnclear):
        return Head(what.header, what.indices, what.below)
    below = tuple(what.cells(line) for line in sorted(what.source)[:_EXAMPLES])
    return Head(what.header, what.indices, below)


class Choice(QComboBox):
    """A choice that neither a wheel nor an arrow key changes by accident: both open or pass it.

    It has a ring of its own: the style shows the focus of what cannot be typed into only after a Tab, and hardly.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        FocusRing(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list where Qt would choose the next entry unseen."""
        if event.key() in _OPENS:
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls."""
        event.ignore()


class _Area(QScrollArea):
    """As tall as what it holds, and scrolling where there is less room."""

    def __init__(self, rows: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows = rows
        self.setWidget(rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take no more room than the lines at this width need."""
        super().resizeEvent(event)
        self.setMaximumHeight(self._rows.heightForWidth(self.viewport().width()))


class Mapping(QWidget):
    """Shows which column holds what, and says when a person corrects it."""

    corrected = Signal(object)
    """Carries the `Columns` as they are now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices = {field: Choice(self) for field in Field}
        self.lines: TableView | None = None
        self._in_hand: Field | None = None
        self._shown: Columns = {}
        rows = QWidget(self)
        flow = FlowLayout(theme.step(self, 2), rows)
        for field, choice in self.choices.items():
            flow.addWidget(self._row(field, choice))
        area = _Area(rows, self)
        area.setAccessibleName(self.tr("Which column holds what"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, theme.step(self, 2), 0, 0)
        self._layout.addWidget(area, 3)

    @property
    def columns(self) -> Columns:
        """Which column holds what, as it is chosen."""
        return {field.value: choice.currentData() for field, choice in self.choices.items()}

    def show_head(self, head: Head) -> None:
        """Show the columns of a file."""
        known = dict(head.indices)
        for field, choice in self.choices.items():
            choice.clear()
            choice.addItem(self.tr("not in the list"), None)
            for at in range(head.width):
                choice.addItem(head.title(at), at)
            choice.setCurrentIndex(known[field] + 1 if field in known else 0)
        self._shown = self.columns
        if self.lines is not None:
            self._layout.removeWidget(self.lines)
            self.lines.deleteLater()
        self.lines = self._table(head)
        self._layout.addWidget(self.lines, 2)

    def clear(self) -> None:
        """Show no columns."""
        self._in_hand = None
        self.show_head(Head((), (), ()))

    @property
    def correcting(self) -> bool:
        """Whether a person is at it, and wants to find it as it was left."""
        return self._in_hand is not None

    def take_focus(self) -> None:
        """Go to the choice that was corrected last, or to the first that is open."""
        unset = next((field for field, choice in self.choices.items() if choice.currentData() is None), Field.LOT)
        self.choices[self._in_hand or unset].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._in_hand = None

    def _row(self, field: Field, choice: Choice) -> QWidget:
        row = QWidget(self)
        name = QLabel(words.field(field), row)
        name.setBuddy(choice)
        choice.setAccessibleName(self.tr("Column of: {field}").format(field=words.field(field)))
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(16)
        choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        choice.activated.connect(lambda _index, field=field: self._correct(field))
        layout = QVBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 1) // 2)
        layout.addWidget(name)
        layout.addWidget(choice)
        return row

    def _correct(self, field: Field) -> None:
        """Take a choice; what held the column before holds none now."""
        chosen = self.choices[field].currentData()
        for other, choice in self.choices.items():
            if other is not field and chosen is not None and choice.currentData() == chosen:
                choice.setCurrentIndex(0)
        if self.columns != self._shown:
            self._in_hand = field
            self.corrected.emit(self.columns)

    def _table(self, head: Head) -> TableView:
        """Return the first lines of the file under its own titles."""
        columns = [_column(head, at) for at in range(min(head.width, _WIDEST))]
        model: RowTableModel[tuple[str, ...]] = RowTableModel(columns)
        model.show_rows(head.below)
        table = TableView(model, self.tr("First lines of the file"), self)
        model.setParent(table)
        return table


def _column(head: Head, at: int) -> Column[tuple[str, ...]]:
    cells = [row[at] for row in head.below if at < len(row)]
    widest = max((cell[:_LONGEST] for cell in cells), key=len, default="")
    return Column(
        title=head.title(at).strip("“”"), text=lambda row: row[at] if at < len(row) else "", widest=widest or "–"
    )
