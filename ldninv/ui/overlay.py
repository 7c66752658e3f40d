"""What is laid over the window until it is put away: not a dialog, so nothing waits for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from ldninv.ui import theme

_SHADE = 150
"""How dark the window is behind it, of 255."""


class Panel(QFrame):
    """What is seen of it."""

    outgrown = Signal()
    """What it holds needs more room or less."""

    def event(self, event: QEvent) -> bool:
        """Say when what it holds was laid out anew."""
        taken = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.outgrown.emit()
        return taken


class Overlay(QWidget):
    """Covers its window, with a panel in the middle; Esc or a click beside it puts it away."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._behind = parent
        self._before: QWidget | None = None
        self.setAccessibleName(name)
        self.panel = Panel(self)
        self.panel.outgrown.connect(lambda: self.place() if self.isVisible() else None)
        self.panel.setAutoFillBackground(True)
        self.panel.setBackgroundRole(QPalette.ColorRole.Base)
        self.panel.setFrameShape(QFrame.Shape.StyledPanel)
        self.column = QVBoxLayout(self.panel)
        pad = theme.step(self, 5)
        self.column.setContentsMargins(pad, pad, pad, pad)
        self.column.setSpacing(theme.step(self, 3))
        parent.installEventFilter(self)
        self.hide()

    def start(self) -> QWidget:
        """Return what the focus goes to first."""
        raise NotImplementedError

    def open(self) -> None:
        """Lay it over the window."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self.place()
        self.show()
        self.raise_()
        self.start().setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Stand in the middle, as large as it needs and the window allows."""
        room = self._behind.rect()
        self.setGeometry(room)
        gap = theme.step(self, 4)
        inside = room.adjusted(gap, gap, -gap, -gap)
        beside = self.column.contentsMargins()
        for area in self.panel.findChildren(Tall, options=Qt.FindChildOption.FindDirectChildrenOnly):
            area.setMaximumWidth(max(1, inside.width() - beside.left() - beside.right()))
        wanted = self.panel.sizeHint().boundedTo(inside.size())
        self.panel.resize(wanted)
        self.panel.move(room.center() - self.panel.rect().center())

    def give_way(self) -> None:
        """Go away with every dialog that it opened: one left behind would print or save what is no longer seen."""
        for dialog in self.findChildren(QDialog):
            dialog.reject()
        self.close()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the focus back."""
        super().hideEvent(event)
        if self._before is not None and not event.spontaneous():
            (self._before if self._before.isVisible() else self._behind).setFocus()
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if watched is self._behind and event.type() is QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go away at Esc; nothing else reaches the window behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go away at a click beside it."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close()

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Keep the focus inside while it is open."""
        held = self.window().focusWidget()
        first = held if held is not None and self.isAncestorOf(held) else self
        each = _beside(first, following=following)
        while each is not first and not (self.isAncestorOf(each) and _takes_tab(each)):
            each = _beside(each, following=following)
        each.setFocus(Qt.FocusReason.TabFocusReason if following else Qt.FocusReason.BacktabFocusReason)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Darken what is behind."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, _SHADE))
        painter.end()


class Tall(QScrollArea):
    """Asks for all the room of what it holds, and scrolls where it gets less."""

    def __init__(self, inside: QWidget, parent: QWidget, *, letters: int = 80) -> None:
        super().__init__(parent)
        self._inside = inside
        self._letters = letters
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        """Return the size of what it holds, wide enough that few lines break."""
        width = max(self._inside.sizeHint().width(), theme.letters(self, self._letters))
        width = min(width, self.maximumWidth())  # where there is less room, more lines break
        return QSize(width, self._inside.heightForWidth(width) + theme.step(self, 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for other room where what it holds grows or shrinks."""
        if watched is self.widget() and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def dismiss_dialogs(window: QWidget) -> None:
    """Put away the dialogs over a window that ask for a file or a printer: what they were for goes out of sight."""
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible() and (isinstance(dialog, QFileDialog) or dialog.inherits("QAbstractPrintDialog")):
            dialog.reject()


def shown_over(window: QWidget) -> Overlay | None:
    """Return what is laid over a window; None where nothing is."""
    return next((each for each in window.findChildren(Overlay) if each.isVisible()), None)


def put_away(window: QWidget) -> bool:
    """Put away what is laid over a window, and return whether something was."""
    shown = shown_over(window)
    return shown is not None and shown.close()


def next_outside(whole: QWidget, last: QWidget) -> QWidget | None:
    """Return what Tab reaches first behind `last` that is no part of `whole`; None where there is nothing."""
    each = _beside(last, following=True)
    while each is not last:
        if not whole.isAncestorOf(each) and _takes_tab(each):
            return each
        each = _beside(each, following=True)
    return None


def _beside(widget: QWidget, *, following: bool) -> QWidget:
    """Return the next widget in the order of Tab, or the one before; Qt's chain is a ring."""
    found = widget.nextInFocusChain() if following else widget.previousInFocusChain()
    return widget if found is None else found


def _takes_tab(widget: QWidget) -> bool:
    wanted = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(wanted) and widget.isEnabled() and widget.isVisible() and widget.focusProxy() is None
