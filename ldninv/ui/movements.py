"""The movements of a batch as a list that the arrows walk; the one in hand can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ldninv.ui import theme
from ldninv.ui.acting.actions import TAKE_BACK
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.buttons import ENTER
from ldninv.ui.facts import MOVEMENTS, Movement
from ldninv.ui.ring import FocusRing

Index = QModelIndex | QPersistentModelIndex

_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_NARROW = 20
"""Average letters of width that it asks for."""


class Movements(QWidget):
    """A heading, and the list below it."""

    take_back_asked = Signal(object)
    """Carries the `Posted`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        heading = QLabel(self.tr(MOVEMENTS), self)
        heading.setFont(theme.scaled(self.font(), 1, bold=True))
        self.list = Lines(self)
        self.list.setAccessibleName(self.tr(MOVEMENTS))
        self.list.asked.connect(self._ask)
        self.list.doubleClicked.connect(lambda _index: self._ask())
        heading.setBuddy(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.step(self, 2), 0, 0)
        layout.setSpacing(theme.step(self, 1))
        layout.addWidget(heading)
        layout.addWidget(self.list)

    @property
    def there(self) -> bool:
        """Whether there are any."""
        return bool(self.list.shown)

    def show_movements(self, shown: Sequence[Movement]) -> None:
        """Show other movements; none is in hand."""
        self.list.fill(shown)

    def _ask(self) -> None:
        chosen = self.list.chosen
        if chosen is not None and chosen.voidable:
            self.take_back_asked.emit(chosen.posted)


class Lines(QListView):
    """As high as all of its lines: what is around it scrolls. In the line in hand stands the button to take it back."""

    asked = Signal()
    walked = Signal(object)
    """Another line is in hand; carries where it stands in the list."""

    def __init__(self, parent: QWidget) -> None:
        self._heights: dict[int, list[int]] = {}
        super().__init__(parent)
        self._rows = _Rows(self)
        self.button = ActionButton(self.tr("Take back…"), TAKE_BACK.icon, self.viewport())
        self.button.setToolTip(self.tr("Take back the movement that is chosen (Enter)"))
        self.button.clicked.connect(self.asked)
        self.button.hide()
        self.setModel(self._rows)
        self.setItemDelegate(_Line(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.clicked.connect(lambda _index: self._walk())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        FocusRing(self)

    @property
    def shown(self) -> tuple[Movement, ...]:
        """The movements, newest first."""
        return self._rows.movements

    @property
    def chosen(self) -> Movement | None:
        """The movement in hand; None where none is."""
        row = self.currentIndex().row()
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def choose(self, row: int) -> None:
        """Take a movement in hand."""
        self.setCurrentIndex(self._rows.index(row))

    def fill(self, movements: Sequence[Movement]) -> None:
        """Show other movements; none is in hand."""
        if tuple(movements) != self.shown or self.chosen is not None:
            self._rows.fill(movements)
            self.button.hide()
            self._measure_again()

    def height_of(self, row: int) -> int:
        """Return the height of a row."""
        return self._heights_at(self.viewport().width())[row]

    def sizeHint(self) -> QSize:
        """Return a narrow column."""
        width = theme.letters(self, _NARROW)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return no height of its own: that follows from the width."""
        return QSize(theme.letters(self, _NARROW), 0)

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return sum(self._heights_at(width))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Choose the line that the focus alone came to as well, and make room in it for the button."""
        super().currentChanged(current, previous)
        chosen = self.chosen
        if current.isValid():
            self.selectionModel().select(current, self.selectionModel().SelectionFlag.ClearAndSelect)
        self.button.setVisible(chosen is not None and chosen.voidable)
        self._measure_again()

    def updateGeometries(self) -> None:
        """Put the button where its line is."""
        super().updateGeometries()
        row = self.currentIndex().row()
        if row >= 0:
            box, pad = self._place_of(row), theme.step(self, 1)
            self.button.resize(self.button.sizeHint())
            self.button.move(2 * pad, box.bottom() - self.button.height() - pad)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again in another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._measure_again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask to take the line in hand back by Enter or Delete; letters go on to the search."""
        if event.key() in ENTER or event.key() == Qt.Key.Key_Delete:
            self.asked.emit()
        elif event.text().strip() and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)
            self._walk()

    def _walk(self) -> None:
        if self.chosen is not None:
            self.walked.emit(self._place_of(self.currentIndex().row()))

    def _measure_again(self) -> None:
        self._heights.clear()
        self.updateGeometry()
        self.scheduleDelayedItemsLayout()

    def _place_of(self, row: int) -> QRect:
        heights = self._heights_at(self.viewport().width())
        return QRect(0, sum(heights[:row]), self.viewport().width(), heights[row])

    def _heights_at(self, width: int) -> list[int]:
        """Return the heights of the rows, measured once for each width."""
        if width not in self._heights:
            self._heights[width] = self._measured(width)
        return self._heights[width]

    def _measured(self, width: int) -> list[int]:
        metrics, pad = QFontMetrics(theme.tabular(self.font())), theme.step(self, 1)
        room = QRect(0, 0, max(1, width - 4 * pad), 1)
        line = metrics.height() + 2 * pad
        found = [line + metrics.boundingRect(room, _WRAPPED, each.text).height() for each in self.shown]
        chosen = self.chosen
        if chosen is not None and chosen.voidable:
            found[self.currentIndex().row()] += self.button.sizeHint().height() + pad
        return found


class _Rows(QAbstractListModel):
    """The movements as Qt asks for them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.movements: tuple[Movement, ...] = ()

    def fill(self, movements: Sequence[Movement]) -> None:
        """Hold other movements."""
        self.beginResetModel()
        self.movements = tuple(movements)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.movements)

    def data(self, index: Index, role: int = 0) -> Any:  # noqa: ANN401 - Qt's own signature
        """Return what a screen reader says of a line, and what is copied of it."""
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}:
            movement = self.movements[index.row()]
            return f"{movement.when}: {movement.text}"
        return None


class _Line(QStyledItemDelegate):
    """When and by whom, and below it what."""

    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self._lines = lines

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return room for all of it."""
        return QSize(theme.letters(self._lines, _NARROW), self._lines.height_of(index.row()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        shown: Any = option  # the stubs lack an option's members
        box: QRect = shown.rect
        selected = bool(shown.state & QStyle.StateFlag.State_Selected)
        movement, pad = self._lines.shown[index.row()], theme.step(self._lines, 1)
        colours = theme.colours_of(self._lines.palette())
        if selected:
            painter.fillRect(box, QColor(colours.selection))
            painter.fillRect(QRect(box.topLeft(), QSize(pad // 2, box.height())), QColor(colours.accent))
        inside = box.adjusted(2 * pad, pad, -2 * pad, -pad)
        painter.setFont(theme.tabular(self._lines.font()))
        painter.setPen(QColor(colours.on_selection if selected else colours.muted))
        painter.drawText(inside, _WRAPPED, movement.when)
        painter.setPen(QColor(colours.on_selection if selected else colours.text))
        painter.drawText(inside.adjusted(0, QFontMetrics(painter.font()).height(), 0, 0), _WRAPPED, movement.text)
