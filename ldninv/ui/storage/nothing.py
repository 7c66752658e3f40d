"""The Storage page before there is any record: what to do first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ldninv.ui.blank import Blank


class NothingRecorded(Blank):
    """Offers both ways to begin: a logger's file, and a thermometer that is read by hand."""

    import_asked = Signal()
    by_hand_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("home-thermometer", parent)
        self.say(
            self.tr("No logger's record yet"),
            self.tr(
                "Bring in the file that your data logger exports: it is judged as controlled room temperature, and the "
                "batches that stood there are marked. You can also drop it here."
            ),
        )
        self.offer(self.tr("Import a logger's file…"), "tray-arrow-down", self.import_asked.emit, large=True)
        by_hand = self.tr("No logger? Check a place by hand…")
        self.by_hand = self.offer(by_hand, "thermometer-check", self.by_hand_asked.emit, large=True)
