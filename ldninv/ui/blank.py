"""What stands where there is nothing to show: an icon, what is so, and what to do first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ldninv.ui import icons, theme, words


class Picture(QWidget):
    """One icon, drawn large and quiet."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.setMaximumHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """Return its size: four lines of text high."""
        side = 4 * self.fontMetrics().height()
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it, where there is room for more than a speck."""
        side = min(self.width(), self.height())
        if side < self.fontMetrics().height():
            return
        painter = QPainter(self)
        box = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        icons.paint(painter, box, self._icon, QColor(theme.colours_of(self.palette()).muted))
        painter.end()


class _Large(QPushButton):
    """As wide as others of its kind, where there is room."""

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(label, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for a finger."""
        return super().sizeHint().expandedTo(QSize(theme.letters(self, 60), 0))

    def minimumSizeHint(self) -> QSize:
        """Return room for its text."""
        return super().sizeHint()


class Blank(QWidget):
    """Says why there is nothing, and offers the way out."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        self._title = QLabel(self)
        self._title.setFont(theme.scaled(self.font(), 1.4, bold=True))
        self._text = QLabel(self)
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMaximumWidth(theme.letters(self, 110))
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._offers: list[QPushButton] = []
        self._buttons = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.step(self, 3))
        layout.addStretch(1)
        layout.addWidget(Picture(icon, self), 3, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._title, self._text):
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(label, 100)
            row.addStretch(1)
            layout.addLayout(row)
        layout.addLayout(self._buttons)
        layout.addStretch(2)

    def say(self, title: str, text: str) -> None:
        """Say what is so, and what to do."""
        self._said = title
        self._title.setText(words.breakable(title))
        self._text.setText(text)

    @property
    def offers(self) -> tuple[QPushButton, ...]:
        """The buttons it offers."""
        return tuple(self._offers)

    @property
    def text(self) -> str:
        """What it says."""
        return f"{self._said}\n{self._text.text()}"

    def clear_offers(self) -> None:
        """Take all buttons away."""
        while self._offers:
            button = self._offers.pop()
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()

    def offer(self, label: str, icon: str, act: Callable[[], object], *, large: bool = False) -> QPushButton:
        """Add a button that does `act`."""
        button = _Large(label, self) if large else QPushButton(label, self)
        button.setFont(theme.scaled(self.font(), 1.2 if large else 1))
        icons.put_on(button, icon)
        button.setAutoDefault(True)
        if large:
            button.setMinimumHeight(2 * button.sizeHint().height())
        button.clicked.connect(lambda _checked=False: act())
        self.setTabOrder(self._offers[-1] if self._offers else self, button)
        self._offers.append(button)
        self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button
