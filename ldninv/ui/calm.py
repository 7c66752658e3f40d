"""A line that says what is so, with its icon, and at most one way on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ldninv.domain.signs import Tone
from ldninv.ui import icons, theme


class CalmLine(QWidget):
    """Larger than usual text, on the page's own ground; among fields as large as they are."""

    def __init__(self, icon: str, parent: QWidget, tone: Tone = Tone.QUIET, *, factor: float = 1.15) -> None:
        super().__init__(parent)
        self._factor = factor
        self._icon = icon
        self._tone = tone
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setFont(theme.scaled(self.font(), factor))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(self._side + theme.step(self, 2), 0, 0, 0)
        self._row.setSpacing(theme.step(self, 3))
        self._row.addWidget(self._text, 1)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(self, text: str) -> None:
        """Say it."""
        self._text.setText(text)

    def set_tone(self, tone: Tone) -> None:
        """Draw the icon in another tone."""
        self._tone = tone
        self.update()

    def show_sign(self, icon: str, tone: Tone) -> None:
        """Draw another icon in its tone."""
        self._icon = icon
        self.set_tone(tone)

    def offer(self, label: str, icon: str, act: Callable[[], None]) -> QPushButton:
        """Offer a way on, and return its button."""
        button = QPushButton(label, self)
        button.setAutoDefault(True)
        icons.put_on(button, icon)
        button.clicked.connect(lambda _checked=False: act())
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return button

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon beside the first line."""
        line = self._text.fontMetrics().height()
        top = self._text.y() if self._text.text().count("\n") else (self.height() - line) // 2
        painter = QPainter(self)
        tint = theme.colours_of(self.palette()).tones[self._tone]
        icons.paint(painter, QRect(0, top, self._side, line), self._icon, QColor(tint.ink))
        painter.end()

    @property
    def _side(self) -> int:
        return round(theme.metrics(self, self._factor).height() * 1.2)
