"""The fields of the forms: numbers, reasons with the usual ones as buttons, and choices that are big enough to hit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ldninv.ui import icons, theme
from ldninv.ui.buttons import Whole
from ldninv.ui.flow import FlowLayout

Value = TypeVar("Value")

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_NARROW = 24
"""Average letters of a line of text that is broken."""
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class ActionButton(Whole):
    """Icon and word; the one that is likeliest is filled with the accent."""

    def __init__(self, word: str, icon: str, parent: QWidget | None = None, *, first: bool = False) -> None:
        super().__init__(word, parent)
        self._icon = icon
        self._first = first
        self.setCheckable(False)

    def set_first(self, first: bool) -> None:  # noqa: FBT001 - a setter, as Qt has them
        """Fill it, or leave it plain."""
        self._first = first
        self.update()

    @property
    def first(self) -> bool:
        """Whether it is the likeliest."""
        return self._first

    def room(self) -> QSize:
        """Return room for icon and word."""
        metrics = theme.metrics(self, bold=True)
        width = metrics.horizontalAdvance(self.text()) + metrics.height() + theme.step(self, 7)
        return QSize(width, metrics.height() + theme.step(self, 4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        colours = theme.colours_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.step(self, 1)
        first, pointed = self._first and self.isEnabled(), self.underMouse() and self.isEnabled()
        usual = colours.text if self.isEnabled() else colours.disabled
        ink = QColor(colours.on_accent if first else usual)
        ground = colours.accent if first else colours.selection if pointed else colours.button
        painter.setPen(QColor(colours.accent if first or pointed else colours.border))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -3, -3), radius, radius)
        side, pad = self.fontMetrics().height(), theme.step(self, 2)
        icons.paint(painter, QRect(pad + 2, (self.height() - side) // 2, side, side), self._icon, ink)
        painter.setFont(theme.scaled(self.font(), 1, bold=self._first))
        painter.setPen(ink)
        painter.drawText(self.rect().adjusted(2 * pad + side + 2, 0, 0, 0), _MIDDLE, self.text())
        self._paint_focus(painter, radius)
        painter.end()


class Choice(Whole):
    """One of several; the chosen one has a tick and the accent's frame, so that it is not told by colour alone.

    One that only fills a field is never chosen, and Enter presses it.
    """

    def __init__(
        self, text: str, parent: QWidget | None = None, *, factor: float = 1, chosen_stays: bool = True
    ) -> None:
        super().__init__(text, parent)
        self._factor = factor
        self.setCheckable(chosen_stays)

    def room(self) -> QSize:
        """Return room for the text and the tick."""
        metrics = theme.metrics(self, self._factor, bold=self.isCheckable())
        tick = metrics.height() if self.isCheckable() else 0
        width = metrics.horizontalAdvance(self.text()) + tick + theme.step(self, 5)
        return QSize(width, metrics.height() + theme.step(self, 4 if tick else 3))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        colours = theme.colours_of(self.palette())
        chosen = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.step(self, 1)
        painter.setPen(QPen(QColor(colours.accent if chosen or self.underMouse() else colours.border), 1 + chosen))
        painter.setBrush(QColor(colours.selection if chosen else colours.button))
        painter.drawRoundedRect(self.rect().adjusted(3, 3, -3, -3), radius, radius)
        painter.setFont(theme.scaled(self.font(), self._factor, bold=chosen))
        ink = QColor(colours.on_selection if chosen else colours.text)
        inside = self.rect()
        if chosen:
            side, pad = painter.fontMetrics().height(), theme.step(self, 2)
            icons.paint(painter, QRect(pad, (self.height() - side) // 2, side, side), "check", ink)
            inside = inside.adjusted(side, 0, 0, 0)
        painter.setPen(ink)
        painter.drawText(inside, _CENTRE, self.text())
        self._paint_focus(painter, radius)
        painter.end()


class Tick(QCheckBox):
    """Yes or no; its box grows with the text, as Qt's own does not, and a text that is too long goes on below."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Return room for box and text in one line."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + 2 * metrics.height()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return room for the beginning of a line: it is never cut, and goes on in the next."""
        narrow = min(self.sizeHint().width(), theme.letters(self, _NARROW))
        return QSize(narrow, self.sizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """Return room for all lines of the text."""
        return self._text_in(QRect(0, 0, width, 0)).height() + theme.step(self, 2)

    def _text_in(self, whole: QRect) -> QRect:
        """Return where the text stands beside its box, as high as its lines are."""
        side = self.fontMetrics().height()
        left = whole.adjusted(side + 1 + theme.step(self, 2), 0, 0, 0)
        lines = self.fontMetrics().boundingRect(0, 0, left.width(), 0, _WRAPPED, self.text())
        high = max(side, lines.height())
        return QRect(left.x(), (whole.height() - high) // 2, left.width(), high)

    def hitButton(self, where: QPoint) -> bool:
        """Take a press anywhere on it."""
        return self.rect().contains(where)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        colours = theme.colours_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self.fontMetrics().height()
        beside = self._text_in(self.rect())
        box = QRect(2, beside.top(), side, side)
        inked = QColor(colours.text if self.isEnabled() else colours.disabled)
        edge = colours.accent if self.hasFocus() or self.underMouse() else colours.muted
        painter.setPen(QPen(QColor(edge), 1 + self.hasFocus()))
        painter.setBrush(QColor(colours.accent if self.isChecked() else colours.base))
        painter.drawRoundedRect(box, 2, 2)
        if self.isChecked():
            icons.paint(painter, box, "check", QColor(colours.on_accent))
        painter.setPen(inked)
        painter.drawText(beside, _WRAPPED, self.text())
        painter.end()


class Choices(QWidget, Generic[Value]):
    """A row of choices, of which at most one is chosen."""

    chosen = Signal()

    def __init__(self, values: Mapping[Value, str], name: str, parent: QWidget, *, factor: float = 1) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        flow = FlowLayout(theme.step(self, 1), self)
        self._buttons: dict[Value, Choice] = {}
        for value, text in values.items():
            button = Choice(text, self, factor=factor)
            button.setAccessibleDescription(name)
            button.clicked.connect(lambda _checked=False: self.chosen.emit())
            self._group.addButton(button)
            flow.addWidget(button)
            self._buttons[value] = button

    @property
    def value(self) -> Value | None:
        """What is chosen; None where nothing is."""
        return next((value for value, button in self._buttons.items() if button.isChecked()), None)

    def choose(self, value: Value | None) -> None:
        """Choose a value; None, or a value that is no choice, chooses nothing."""
        self._group.setExclusive(False)
        for each, button in self._buttons.items():
            button.setChecked(each == value)
        self._group.setExclusive(True)
        none = self.value is None
        for button in self._buttons.values():  # Qt sees to that only where a person chooses
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if none or button.isChecked() else Qt.FocusPolicy.ClickFocus
            )

    def button(self, value: Value) -> Choice:
        """Return the button of a value."""
        return self._buttons[value]

    def first(self) -> Choice:
        """Return the button that the focus goes to."""
        return next((each for each in self._buttons.values() if each.isChecked()), next(iter(self._buttons.values())))


class Field(QLineEdit):
    """A field with an edge that is seen on any ground, light or dark."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge over Qt's own, which is lost on a dark ground."""
        super().paintEvent(event)
        colours = theme.colours_of(self.palette())
        painter = QPainter(self)
        painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else colours.disabled), 1 + self.hasFocus()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 2, 2)
        painter.end()


class NumberField(Field):
    """A whole number, typed. It takes any text: a scan that lands here is refused, and never becomes a number."""

    def __init__(self, name: str, parent: QWidget, number: int | None = None, steps: Sequence[int] = ()) -> None:
        super().__init__("" if number is None else str(number), parent)
        self._steps = tuple(steps)
        self.setAccessibleName(name)
        self.setFont(theme.tabular(theme.scaled(self.font(), 1.2)))
        self.setMaximumWidth(theme.letters(self, 16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step up and down with the arrows; the other keys type."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._step(up=event.key() == Qt.Key.Key_Up)
        else:
            super().keyPressEvent(event)

    def _step(self, *, up: bool) -> None:
        text = self.text().strip()
        now = int(text) if text.isascii() and text.isdigit() else 0
        if self._steps:
            beyond = [step for step in self._steps if (step > now if up else step < now)]
            now = (min(beyond) if up else max(beyond)) if beyond else now
        else:
            now = max(0, now + (1 if up else -1))
        self.setText(str(now))
        self.selectAll()


class ReasonField(QWidget):
    """A reason: typed, or one of the usual ones at a press."""

    changed = Signal()

    def __init__(self, usual: Sequence[str], name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = Field(parent=self)
        self.field.setAccessibleName(name)
        self.field.textChanged.connect(lambda _text: self.changed.emit())
        self.buttons: list[Choice] = []
        offered = QWidget(self)
        offered.setAccessibleName(self.tr("Usual answers"))
        flow = FlowLayout(theme.step(self, 1), offered)
        for text in usual:
            button = Choice(text, offered, chosen_stays=False)
            button.clicked.connect(lambda _checked=False, text=text: self._take(text))
            flow.addWidget(button)
            self.buttons.append(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 1))
        layout.addWidget(self.field)
        layout.addWidget(offered)
        self.setFocusProxy(self.field)

    @property
    def text(self) -> str:
        """What is given."""
        return self.field.text()

    def _take(self, text: str) -> None:
        self.field.setText(text)
        self.field.setFocus()
