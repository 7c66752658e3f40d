"""The folder that this computer watches for loggers' files, in the settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ldninv.ui import theme, words
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.flow import FlowLayout
from ldninv.ui.settings.panel import Panel


class FolderForm(Panel):
    """Says which folder is watched and what waits there, and leads to another or to none."""

    asked = Signal()
    """A folder is to be watched."""
    left = Signal()
    """The folder is to be watched no longer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent.tr("Folder of loggers’ files"),
            parent.tr(
                "Kept for this computer. What the logger's program exports to this folder waits on Today, and never "
                "comes in by itself."
            ),
            parent,
        )
        self.says = self.line()
        self.says.setForegroundRole(self.foregroundRole())
        self.choose = ActionButton("", "eye", self)
        self.leave = ActionButton(self.tr("No longer watch it"), "close", self)
        bar = QWidget(self)
        flow = FlowLayout(theme.step(self, 1), bar)
        for way in (self.choose, self.leave):
            flow.addWidget(way)
        self.fields.addWidget(bar)
        self.choose.clicked.connect(lambda _checked=False: self.asked.emit())
        self.leave.clicked.connect(lambda _checked=False: self.left.emit())
        self.show_waiting(None, ())

    def show_waiting(self, folder: Path | None, files: Sequence[Path], why: str = "") -> None:
        """Say which folder is watched and what waits in it, or `why` nobody knows."""
        if folder is None and self.leave.hasFocus():
            self.choose.setFocus()
        self.leave.setVisible(folder is not None)
        self.choose.setText(self.tr("Watch a folder…") if folder is None else self.tr("Watch another folder…"))
        if folder is None:
            self.says.setText(self.tr("No folder is watched."))
            return
        none = self.tr("nothing waits there")
        waits = words.counted(len(files), self.tr("file waits"), self.tr("files wait")) if files else none
        self.says.setText(why or self.tr("{folder}: {waits}.").format(folder=str(folder), waits=waits))
