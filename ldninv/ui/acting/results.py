"""Results beside their limits: within or outside, as icon and word, and what was found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ldninv.domain.quality import Judged
from ldninv.domain.signs import Sign, Tone
from ldninv.ui import pills, theme

WITHIN = Sign("Within", Tone.GOOD, "check-circle")
OUTSIDE = Sign("Outside", Tone.STOP, "alert-octagon")


class Results(QWidget):
    """As many lines as there are results."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.step(self, 1))
        self.lines: list[_Line] = []
        self.hide()

    def show_results(self, shown: Sequence[Judged]) -> None:
        """Show other results, in the lines that are there already as far as they reach."""
        while len(self.lines) < len(shown):
            self.lines.append(_Line(self))
            self._column.addWidget(self.lines[-1])
        for number, line in enumerate(self.lines):
            line.setVisible(number < len(shown))
        for line, each in zip(self.lines, shown, strict=False):
            line.say(each)
        self.setVisible(bool(shown))
        self.setAccessibleName("; ".join(line.text for line in self.lines[: len(shown)]))


class _Line(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sign = WITHIN
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setFont(theme.tabular(self.font()))
        row = QHBoxLayout(self)
        row.setContentsMargins(self._pill + theme.step(self, 2), 0, 0, 0)
        row.addWidget(self._text)
        self.setMinimumHeight(pills.height(self.fontMetrics()))

    @property
    def text(self) -> str:
        """What it says, its word first."""
        return f"{self._sign.word}: {self._text.text()}".replace("\N{NO-BREAK SPACE}", " ")

    def say(self, result: Judged) -> None:
        """Show a result."""
        self._sign = WITHIN if result.within else OUTSIDE
        said = f"{result.name} {result.found} ({result.limits})"
        self._text.setText(said.replace(" %", "\N{NO-BREAK SPACE}%"))
        self.setAccessibleName(self.text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the word beside the first line."""
        painter = QPainter(self)
        box = QRect(0, 0, self._pill, pills.height(self.fontMetrics()))
        pills.paint(painter, box, self._sign, theme.colours_of(self.palette()))
        painter.end()

    @property
    def _pill(self) -> int:
        return max(pills.width(self.fontMetrics(), sign.word) for sign in (WITHIN, OUTSIDE))
