"""What is seen once a batch was kept: its lot in large type, what is so now, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ldninv.domain.signs import OF_STATE
from ldninv.domain.standing import State
from ldninv.services.ledger import Done
from ldninv.ui import theme
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.card_parts import Verdict
from ldninv.ui.flow import FlowLayout


class Made(QWidget):
    """The lot in large type, what is so now, and what comes next."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lot = ""
        self._verdict = Verdict(self)
        self._lot = says(self, 2.6, bold=True)
        self._about = says(self, 1.2)
        self._notices = says(self)
        self.open = ActionButton(self.tr("Open the batch"), "pill-multiple", self, first=True)
        self.label = ActionButton(self.tr("Print its label"), "label", self)
        self.another = ActionButton(self.tr("Make another"), "flask-plus", self)
        ways = QWidget(self)
        flow = FlowLayout(theme.step(self, 2), ways)
        flow.addWidget(self.open)
        flow.addWidget(self.label)
        flow.addWidget(self.another)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 3))
        row = QHBoxLayout()
        row.addWidget(self._verdict)
        row.addStretch(1)
        layout.addLayout(row)
        for part in (self._lot, self._about, self._notices, ways):
            layout.addWidget(part)
        layout.addStretch(1)

    def show_lot(self, done: Done, product: str) -> None:
        """Show what was kept."""
        posted = done.posted
        self.lot = posted.lot
        self._verdict.show_sign(OF_STATE[State.QUARANTINED])
        self._lot.setText(posted.lot)
        at = self.tr(", at {place}").format(place=posted.entry.place) if posted.entry.place else ""
        says = self.tr("{product}, {number} made{place}. It waits in quarantine until it is released.")
        self._about.setText(says.format(product=product, number=posted.entry.capsules, place=at))
        self._notices.setText("\n".join(text[:1].upper() + text[1:] + "." for text in done.notices))


def says(parent: QWidget, factor: float = 1, *, bold: bool = False) -> QLabel:
    """Return a line that says something, to be read and copied."""
    label = QLabel(parent)
    label.setFont(theme.tabular(theme.scaled(parent.font(), factor, bold=bold)))
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
