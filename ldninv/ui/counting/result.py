"""What came of a count, group by group, and the one button that sets the books right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from ldninv.services.counting import Comparison
from ldninv.ui import theme
from ldninv.ui.acting.fields import ActionButton, Field, Tick
from ldninv.ui.blank import Blank
from ldninv.ui.counting import lines, tables
from ldninv.ui.flow import FlowLayout
from ldninv.ui.words import counted


class Result(QWidget):
    """Missing, unexpected, wrong place, expired, other numbers; nothing is changed before it is posted."""

    post_asked = Signal()
    walked = Signal()
    """It was looked at, and nothing is to be changed."""
    back_asked = Signal()
    """There is more to scan."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.summary = QLabel(self)
        self.summary.setFont(theme.scaled(self.font(), 1.2, bold=True))
        self.summary.setWordWrap(True)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.table = tables.differing(self)
        self.table.selected.connect(self._tell)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.agreed = Blank("check-circle", self)
        self.moves = Tick(self.tr("Move what is booked elsewhere"), self)
        self.none_left = Tick(self.tr("Set what is missing to no capsules"), self)
        self.reason = Field(parent=self)
        self._reason_name = QLabel(self.tr("Why they differ (may stay empty)"), self)
        self._reason_name.setBuddy(self.reason)
        self.reason.setAccessibleName(self._reason_name.text())
        self.post = ActionButton(self.tr("Post the differences"), "clipboard-check", self, first=True)
        self.post.clicked.connect(self.post_asked)
        self.back = ActionButton(self.tr("Scan more"), "barcode-scan", self)
        self.back.clicked.connect(self.back_asked)
        self.only_look = ActionButton(self.tr("Done, change nothing"), "walk", self)
        self.only_look.clicked.connect(self.walked)
        self._lay_out()

    def show_comparison(self, seen: Comparison) -> None:
        """Show what came of it."""
        rows = lines.differences(seen)
        self.summary.setText(lines.summary(seen))
        self.summary.setVisible(bool(rows))
        tables.show(self.table, rows)
        if rows:
            self.table.selectRow(0)
        self._tell()
        self.agreed.say(
            self.tr("All as in the books"),
            self.tr("{batches} at {place}.").format(
                batches=counted(seen.agreed, "batch", "batches"), place=seen.place.name
            ),
        )
        self._views.setCurrentWidget(self.table if rows else self.agreed)
        wrong, missing = len(seen.wrong_place), len(seen.missing)
        self._tick(
            self.moves,
            wrong,
            self.tr("Move what is booked elsewhere to {place} ({number})").format(place=seen.place.name, number=wrong),
        )
        self._tick(
            self.none_left, missing, self.tr("Set what is missing to no capsules ({number})").format(number=missing)
        )
        for part in (self._reason_name, self.reason):
            part.setVisible(bool(seen.differing or missing))
        self.post.setText(self.tr("Post the differences") if rows else self.tr("Keep this count"))
        self.post.setAccessibleName(self.post.text())
        self.post.updateGeometry()

    def begin(self) -> None:
        """Forget what was ticked and said for another count."""
        for tick in (self.moves, self.none_left):
            tick.setChecked(False)
        self.reason.clear()

    def start(self) -> None:
        """Put the focus on the button that posts."""
        self.post.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tell(self) -> None:
        """Say the row in hand whole, however little of it the table has room for."""
        index = self.table.currentIndex()
        row = self.table.rows.row(index.row()) if index.isValid() else None
        self.told.setText("" if row is None else f"{row.lot}: {row.remark}")
        self.told.setVisible(row is not None)

    def _tick(self, tick: Tick, number: int, text: str) -> None:
        tick.setText(text)
        tick.setAccessibleName(text)
        tick.setVisible(bool(number))
        tick.updateGeometry()
        if not number:
            tick.setChecked(False)

    def _lay_out(self) -> None:
        self._views = QStackedLayout()
        self._views.addWidget(self.table)
        self._views.addWidget(self.agreed)
        ways = QWidget(self)
        buttons = FlowLayout(theme.step(self, 2), ways)
        for button in (self.post, self.back, self.only_look):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addWidget(self.summary)
        layout.addLayout(self._views, 1)
        layout.addWidget(self.told)
        ticks = QWidget(self)
        flow = FlowLayout(theme.step(self, 4), ticks)
        why = QHBoxLayout()
        why.setSpacing(theme.step(self, 2))
        for tick in (self.moves, self.none_left):
            flow.addWidget(tick)
        for part in (self._reason_name, self.reason):
            why.addWidget(part)
        layout.addWidget(ticks)
        layout.addLayout(why)
        layout.addWidget(ways)
