"""The line below the pages: the day, the scanner, who works on which database, and when it was last copied."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ldninv.ui import ages, icons, theme, words
from ldninv.ui.flow import FlowLayout


class Note(QWidget):
    """An icon and a few words."""

    def __init__(self, icon: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self._name = name
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(round(1.4 * self.fontMetrics().height()), 0, 0, 0)
        row.addWidget(self._text)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(self, text: str, more: str = "") -> None:
        """Say `text`, and `more` to who points at it."""
        self._text.setText(text)
        self._text.setAccessibleName(f"{self._name}: {more or text}")
        self.setToolTip(more or self._name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        side = self.fontMetrics().height()
        painter = QPainter(self)
        colour = QColor(theme.colours_of(self.palette()).muted)
        icons.paint(painter, QRect(0, (self.height() - side) // 2, side, side), self._icon, colour)
        painter.end()


class StatusLine(QWidget):
    """Says it in a line, or in two where the text is large."""

    backup_asked = Signal()
    shortcuts_asked = Signal()

    def __init__(self, person: str, database: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Status"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.day = Note("calendar", self.tr("Today"), self)
        self.scanner = Note("barcode-scan", self.tr("Scanner"), self)
        self.person = Note("account", self.tr("Working as"), self)
        self.database = Note("database", self.tr("Database"), self)
        self.backup = self._button("backup-restore")
        self.backup.clicked.connect(lambda _checked=False: self.backup_asked.emit())
        self.help = self._button("keyboard")
        self.help.clicked.connect(lambda _checked=False: self.shortcuts_asked.emit())
        self.scanner.say(
            self.tr("Scanner ready"),
            self.tr("A scanner that types like a keyboard is ready: scan a label on any page."),
        )
        self.person.say(person)
        self.database.say(Path(database).name, database)
        self.help.setText(self.tr("Shortcuts (?)"))
        self.help.setAccessibleName(self.tr("Show the keyboard shortcuts"))
        inside = QWidget(self)
        flow = FlowLayout(theme.step(self, 4), inside)
        row = QHBoxLayout(self)
        pad = theme.step(self, 2)
        row.setContentsMargins(pad, pad // 2, pad, pad // 2)
        row.addWidget(inside)
        for part in (self.day, self.scanner, self.person, self.database, self.backup, self.help):
            flow.addWidget(part)

    def show_day(self, day: date) -> None:
        """Show the pharmacy's day."""
        self.day.say(words.weekday(day))

    def show_backup(self, last: datetime | None, now: datetime) -> None:
        """Show when the database was last copied, and offer to do it."""
        said = ages.backed_up(last, now)
        self.backup.setText(self.tr("{when} – back up…").format(when=said))
        self.backup.setAccessibleName(self.tr("{when}. Back up now").format(when=said))

    def _button(self, icon: str) -> QPushButton:
        button = QPushButton(self)
        button.setFlat(True)
        button.setText(" ")
        icons.put_on(button, icon)
        return button
