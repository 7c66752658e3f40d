"""A list as high as all of its lines, which the arrows walk; in the line in hand stands what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ldninv.ui import theme
from ldninv.ui.acting.actions import TAKE_BACK, Action
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.buttons import ENTER
from ldninv.ui.facts import Movement, Part
from ldninv.ui.ring import FocusRing

Index = QModelIndex | QPersistentModelIndex
L = TypeVar("L", Movement, Part)

_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_NARROW = 20
"""Average letters of width that it asks for."""


class Lines(QListView, Generic[L]):
    """As high as all of its lines: what is around it scrolls. In the line in hand stand the buttons of its offers."""

    asked = Signal(object)
    """Carries the `Action` that is to be done with the line in hand."""
    walked = Signal(object)
    """Another line is in hand; carries where it stands in the list."""

    def __init__(self, offers: Sequence[Action], parent: QWidget) -> None:
        self._heights: dict[int, list[int]] = {}
        super().__init__(parent)
        self._rows: _Rows[L] = _Rows(self)
        self.buttons = {action: self._button(action) for action in offers}
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
    def shown(self) -> tuple[L, ...]:
        """The lines from the top."""
        return self._rows.lines

    @property
    def chosen(self) -> L | None:
        """The line in hand; None where none is."""
        row = self.currentIndex().row()
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def choose(self, row: int) -> None:
        """Take a line in hand."""
        self.setCurrentIndex(self._rows.index(row))

    def fill(self, lines: Sequence[L]) -> None:
        """Show other lines; none is in hand."""
        if tuple(lines) != self.shown or self.chosen is not None:
            self._rows.fill(lines)
            self._offer(())
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
        self._offer(() if chosen is None else chosen.offers)
        self._measure_again()

    def updateGeometries(self) -> None:
        """Put the buttons where their line is."""
        super().updateGeometries()
        chosen = self.chosen
        if chosen is None:
            return
        box, pad = self._place_of(self.currentIndex().row()), theme.step(self, 1)
        buttons = [self.buttons[action] for action in chosen.offers]
        if self._beside(buttons, box.width()):
            left = 2 * pad
            for button in buttons:
                button.resize(button.sizeHint())
                button.move(left, box.bottom() - button.height() - pad)
                left += button.width() + pad
            return
        bottom = box.bottom()
        for button in reversed(buttons):
            button.resize(button.sizeHint())
            bottom -= button.height() + pad
            button.move(2 * pad, bottom)

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
        """Do the first of what the line in hand offers by Enter, take it back by Delete; letters go to the search."""
        chosen = self.chosen
        if event.key() in ENTER or event.key() == Qt.Key.Key_Delete:
            offers = () if chosen is None else chosen.offers
            wanted = [each for each in offers if event.key() in ENTER or each is TAKE_BACK]
            if wanted:
                self.asked.emit(wanted[0])
        elif event.text().strip() and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)
            self._walk()

    def _walk(self) -> None:
        if self.chosen is not None:
            self.walked.emit(self._place_of(self.currentIndex().row()))

    def _button(self, action: Action) -> ActionButton:
        button = ActionButton(self.tr(action.word).removesuffix("…") + "…", action.icon, self.viewport())
        button.setToolTip(self.tr(action.about))
        button.clicked.connect(lambda _checked=False: self.asked.emit(action))
        button.hide()
        return button

    def _offer(self, actions: Sequence[Action]) -> None:
        for action, button in self.buttons.items():
            button.setVisible(action in actions)

    def _beside(self, buttons: Sequence[ActionButton], width: int) -> bool:
        """Whether the buttons fit beside one another."""
        pad = theme.step(self, 1)
        return sum(each.sizeHint().width() + pad for each in buttons) + 3 * pad <= width

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
        if chosen is not None and chosen.offers:
            buttons = [self.buttons[action] for action in chosen.offers]
            rows = 1 if self._beside(buttons, width) else len(buttons)
            found[self.currentIndex().row()] += rows * (buttons[0].sizeHint().height() + pad)
        return found


class _Rows(QAbstractListModel, Generic[L]):
    """The lines as Qt asks for them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: tuple[L, ...] = ()

    def fill(self, lines: Sequence[L]) -> None:
        """Hold other lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = 0) -> Any:  # noqa: ANN401 - Qt's own signature
        """Return what a screen reader says of a line, and what is copied of it."""
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}:
            line = self.lines[index.row()]
            return f"{line.when}: {line.text}" if line.text else line.when
        return None


class _Line(QStyledItemDelegate):
    """When and by whom, and below it what."""

    def __init__(self, lines: Lines[Any]) -> None:
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
