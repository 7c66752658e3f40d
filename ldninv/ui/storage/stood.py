"""A batch to choose, and bars below the chart of a place that show where it stood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, tzinfo
from math import inf

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

from ldninv.domain.signs import Tone
from ldninv.domain.storage.stays import Presence
from ldninv.services.storage.presence import Stood
from ldninv.ui.ring import FocusRing
from ldninv.ui.storage.figures import moment
from ldninv.ui.storage.strip import Bar, Strip


class WhereItStood(QComboBox):
    """The batches that ever stood at a place; the one that is chosen stays while it is among them."""

    def __init__(self, strip: Strip, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Where a batch stood"))
        FocusRing(self)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._strip = strip
        self._stood: Sequence[Stood] = ()
        self._place = ""
        self._zone: tzinfo = UTC
        self.currentIndexChanged.connect(lambda _index: self._overlay())

    def show_stood(self, stood: Sequence[Stood], place: str, zone: tzinfo) -> None:
        """Offer batches, of which the stays at `place` are set off."""
        self._stood, self._place, self._zone = stood, place, zone
        chosen = self.currentText()
        with QSignalBlocker(self):
            self.clear()
            self.addItem(self.tr("Where a batch stood…"))
            self.addItems([each.lot for each in stood])
            self.setCurrentIndex(max(0, self.findText(chosen)))
        self.setEnabled(bool(stood))
        self._overlay()

    def _overlay(self) -> None:
        """Show where the chosen batch stood."""
        number = self.currentIndex() - 1
        self._strip.setVisible(number >= 0)
        if number < 0:
            return
        stood = self._stood[number]
        told = [self._told(each) for each in stood.presences]
        bars = [
            Bar(
                each.start,
                each.end,
                Tone.GOOD if each.place == self._place else Tone.QUIET,
                "map-marker",
                each.place,
                said,
            )
            for each, said in zip(stood.presences, told, strict=True)
        ]
        self._strip.show_bars(bars, f"{stood.lot}. {'; '.join(told)}")

    def _told(self, each: Presence) -> str:
        until = self.tr("today") if each.end == inf else moment(each.end, self._zone)
        return f"{each.place}: {moment(each.start, self._zone)} – {until}"
