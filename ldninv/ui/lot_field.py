"""The field of a component's lot, which takes a scan of its label."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ldninv.domain.scan.plain import GS
from ldninv.ui.acting.fields import Field
from ldninv.ui.buttons import ENTER
from ldninv.ui.scanner.says import Heard


class LotField(Field):
    """A component's lot, typed or scanned; a separator that a scanner types is kept, where it can be seen."""

    entered = Signal()
    """What stands there is whole, and Enter or Tab leaves it."""

    SEPARATOR = "␝"

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.misread = False
        self.reads: Callable[[str], Heard | None] | None = None
        """What takes a scan that was meant for this field."""
        self.editingFinished.connect(self.entered)

    def take_scan(self, text: str) -> Heard | None:
        """Take the label of a component."""
        return None if self.reads is None else self.reads(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the separators of a code, and stay in a field that holds none that can be read."""
        if event.text() == GS:
            self.insert(self.SEPARATOR)
            return
        super().keyPressEvent(event)
        if event.key() in ENTER and self.misread:
            self.selectAll()
            event.accept()
